"""mlcroissant, over the Croissant file beside the package."""

import pandas as pd

from tests.integration.clients.given import Client, Given, Seen, installed, of_rows


def read(given: Given) -> Seen:
    """The records of each table."""
    import mlcroissant

    described = mlcroissant.Dataset(jsonld=str(given.export("croissant")))

    def table(name: str):
        rows = [{k.partition("/")[2]: plain(v) for k, v in record.items()}
                for record in described.records(name)]  # fmt: skip
        return of_rows(rows, given.package.tables[name].names)

    return given.each(table)


def plain(value):
    """A value as Python has it."""
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


CLIENTS = [Client("mlcroissant", "`hudna export croissant`", installed("mlcroissant"), read)]

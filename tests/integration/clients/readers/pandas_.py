"""pandas by itself: what it makes of CSV, and of Parquet."""

import pandas as pd

from tests.integration.clients.given import Client, Given, Seen, installed, of_pandas


def csv(given: Given) -> Seen:
    """As a user reads a file who knows nothing of it."""
    return given.each(lambda n: of_pandas(pd.read_csv(given.csv(n))))


def parquet(given: Given) -> Seen:
    """The export, with types that have a place for what is missing."""
    folder = given.export("parquet")
    return given.each(
        lambda n: of_pandas(
            pd.read_parquet(folder / f"{n}.parquet", dtype_backend="numpy_nullable")
        )
    )


CLIENTS = [
    Client("pandas", "CSV: `pd.read_csv`", installed("pandas"), csv),
    Client("pandas", "Parquet: `pd.read_parquet`, nullable", installed("pandas"), parquet),
]

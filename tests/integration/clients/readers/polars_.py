"""polars by itself: what it makes of CSV, and of Parquet."""

import polars as pl

from tests.integration.clients.given import Client, Given, Seen, installed
from tests.integration.clients.readers.own_loader import of_polars


def csv(given: Given) -> Seen:
    """As a user reads a file who knows nothing of it but that there are dates."""
    return given.each(lambda n: of_polars(pl.read_csv(given.csv(n), try_parse_dates=True,
                                                      infer_schema_length=None)))  # fmt: skip


def parquet(given: Given) -> Seen:
    """The export."""
    folder = given.export("parquet")
    return given.each(lambda n: of_polars(pl.read_parquet(folder / f"{n}.parquet")))


CLIENTS = [
    Client("polars", "CSV: `pl.read_csv`, dates tried", installed("polars"), csv),
    Client("polars", "Parquet: `pl.read_parquet`", installed("polars"), parquet),
]

"""hudna.load, into each kind of frame."""

import hudna
from tests.integration.clients.given import (
    Client,
    Column,
    Given,
    Seen,
    installed,
    of_arrow,
    of_pandas,
)


def pandas(given: Given) -> Seen:
    """Data frames of pandas."""
    return {n: of_pandas(f) for n, f in hudna.load(package=given.folder).items()}


def polars(given: Given) -> Seen:
    """Data frames of polars."""
    return {n: of_polars(f) for n, f in hudna.load(package=given.folder, into="polars").items()}


def of_polars(frame):
    """Columns of a data frame of polars."""
    return {c.name: Column(POLARS.get(str(c.dtype.base_type()), "something else"), c.to_list())
            for c in frame}  # fmt: skip


POLARS = {"String": "text", "Int64": "integer", "Float64": "number", "Boolean": "boolean",
          "Date": "date", "Enum": "codes", "Categorical": "codes"}  # fmt: skip


def arrow(given: Given) -> Seen:
    """Tables of Arrow."""
    return {n: of_arrow(t) for n, t in hudna.load(package=given.folder, into="arrow").items()}


CLIENTS = [
    Client("hudna.load", "package, into pandas", installed("pandas"), pandas),
    Client("hudna.load", "package, into polars", installed("polars"), polars),
    Client("hudna.load", "package, into Arrow", installed("pyarrow"), arrow),
]

"""R: our loader, base R, readr, jsonlite, RSQLite."""

from functools import partial

from tests.integration.clients.given import (
    INTEGRATION,
    PROGRAMS,
    Client,
    Given,
    Seen,
    r_version,
    rscript,
)

LOADER = INTEGRATION.parents[1] / "scripts" / "hudna.R"


def loader(given: Given) -> Seen:
    """scripts/hudna.R."""
    return rscript(LOADER, given)


def program(name: str, export: str = ""):
    """A program beside this one."""

    def read(given: Given) -> Seen:
        return rscript(PROGRAMS / name, given, given.export(export) if export else "")

    return read


CLIENTS = [
    Client("R: scripts/hudna.R", "package: `hudna_load`", r_version, loader),
    Client("R: base", "CSV: `read.csv`, `na.strings = \"\"`", r_version, program("base.R")),
    Client("R: readr", "CSV: `read_csv`, `na = \"\"`", partial(r_version, "readr"),
           program("readr.R")),
    Client("R: jsonlite", "`hudna export json`: `fromJSON`", partial(r_version, "jsonlite"),
           program("jsonlite.R", "json")),
    Client("R: RSQLite", "`hudna export sqlite`", partial(r_version, "RSQLite"),
           program("rsqlite.R", "sqlite")),
]  # fmt: skip

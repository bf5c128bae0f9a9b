"""JSON: all tables in one file, every value typed, as a data package with its rows inside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from hudna.form.package import Package
from hudna.outputs import descriptors, exporting, jsonvalues
from hudna.outputs.exporting import Tell
from hudna.outputs.relational import listed

ENDING = ".json"
MARK = "hudna export json"
HEAD = f'{{\n"exported": "{MARK}",\n'


def write(package: Package, path: Path) -> None:
    """Write the file; the same package gives the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text(package, said))


def text(package: Package, said: Tell) -> Iterator[str]:
    """The text in pieces: what the descriptor says, then each table with a line for each record."""
    about = descriptors.about(package, MARK)
    yield "{\n"
    for name, value in about.items():
        yield f"{jsonvalues.line(name)}: {jsonvalues.line(value)},\n"
    yield '"resources": ['
    start = ""
    with exporting.opened(package) as store:
        for table in package.tables.values():
            told = jsonvalues.line(descriptors.table(package, table))
            yield f'{start}\n{told[:-1]}, "data": [\n'
            chunks = exporting.rows(store, table, listed(table.names), said)
            several = jsonvalues.rows(table.names, chain.from_iterable(chunks))
            yield from jsonvalues.separated(several)
            yield "\n]}"
            start = ","
    yield "\n]}\n"


def ours(path: Path) -> bool:
    """Whether a file was exported before."""
    return jsonvalues.begins(path, HEAD)

"""Tables as an export must give them back: every cell with its type, straight from the CSV."""

from __future__ import annotations

from hudna.engine import whole
from hudna.form import package as packages
from hudna.form import values
from hudna.outputs import exporting
from tests.packages import nasty

__all__ = ["cells", "nasty", "same", "shipped", "twice"]


def shipped() -> packages.Package:
    """The package that hudna carries."""
    return packages.read(packages.home())[0]


def cells(package: packages.Package) -> dict[str, list[tuple]]:
    """The typed values of every table: text, int, float, bool, date, or None."""
    out = {}
    for name, table in package.tables.items():
        rows = []
        for row in whole.table(package, table).rows:
            texts = [None if c in table.missing else c for c in row]
            rows.append(tuple(
                None if c is None else c if f.type == "string" else told(f, c)
                for f, c in zip(table.fields, texts, strict=True)
            ))  # fmt: skip
        out[name] = rows
    return out


def same(package, got, held=lambda value: value):
    """Whether what was read again is every cell of a package, with its type, in its order.

    got: the rows of each table. held: a value as the format has it.
    """
    wanted = {n: [tuple(map(held, r)) for r in rows] for n, rows in cells(package).items()}
    assert list(got) == list(wanted)
    for name, rows in wanted.items():
        assert got[name] == rows, name
        assert [list(map(type, r)) for r in got[name]] == [list(map(type, r)) for r in rows], name


def twice(name, package, folder):
    """The paths of two exports of a package, made one after the other."""
    ending = exporting.module(name).ENDING
    paths = [folder / f"{n}{ending}" for n in ("one", "two")]
    for path in paths:
        exporting.write(name, package, path)
    return paths


def told(field, text):
    """The value of a cell."""
    value = values.value(field, text)
    return float(value) if field.type == "number" else value

"""Tables as an export must give them back: every cell with its type, straight from the CSV."""

from __future__ import annotations

from hudna.engine import whole
from hudna.form import package as packages
from hudna.form import values
from tests.packages import nasty

__all__ = ["cells", "nasty", "shipped"]


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


def told(field, text):
    """The value of a cell."""
    value = values.value(field, text)
    return float(value) if field.type == "number" else value

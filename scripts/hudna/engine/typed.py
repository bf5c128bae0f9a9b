"""From a Table Schema to SQL: the typed columns of a table and the faults of each of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from hudna.form import patterns, values
from hudna.form.schema import Field, Table

SQL_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
# Texts whose value SQL and Python are sure to see alike. All others are odd: Python says what they
# mean (values.value), once for each distinct text.
PLAIN = {
    "integer": r"\A-?[0-9]{1,18}\z",
    "number": r"\A-?[0-9]{1,15}(\.[0-9]{1,15})?\z",
    "date": r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z",
}
# Decimals that are the shortest text of their double.
SHORT = r"\A-?(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{0,3}[1-9])?\z"
MASK_BITS = 60


# Texts that are not plain and may have a value all the same; all others have none for sure.
ODD = {
    "integer": r"[^\x00-\x7f]|[0-9]",
    "number": r"[^\x00-\x7f]|[0-9]|[nN][aA][nN]|[iI][nN][fF]",
    "date": r"[^\x00-\x7f]|[0-9]",
}
# Types of columns whose values are values of a field's type; a column of texts is read as CSV is.
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT",
            "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")  # fmt: skip
FITTING = {
    "string": (),
    "integer": INTEGERS,
    "number": ("FLOAT", "DOUBLE", "DECIMAL", *INTEGERS),
    "boolean": ("BOOLEAN",),
    "date": ("DATE",),
}
ODD_CHARACTERS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"


class Check(NamedTuple):
    """One thing that can be wrong with a record: `broken` is SQL that is true where it is.

    name: the field whose cell is wrong, or "" for the record.
    """

    name: str
    rule: str
    constraint: str
    broken: str


class Aside(NamedTuple):
    """A table of texts of one column of which Python was asked: their values, or (pattern) that
    they break the field's pattern."""

    field: str
    table: str
    pattern: bool = False


def quote(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A value as an SQL literal."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        # chr() keeps control characters out of the statement's text.
        parts = re.split(r"([\x00-\x1f\x7f])", value.replace("'", "''"))
        joined = " || ".join(
            f"chr({ord(p)})" if i % 2 else f"'{p}'" for i, p in enumerate(parts) if i % 2 or p
        )
        return f"({joined})" if len(parts) > 1 else f"'{parts[0]}'"
    if hasattr(value, "isoformat"):
        return f"DATE '{value.isoformat()}'"
    return str(value)


def text(table: Table, column: str) -> str:
    """The raw text of a cell, NULL where it says that nothing is there."""
    missing = [m for m in table.missing if m != ""]
    expression = f"nullif({column}, '')" if "" in table.missing else column
    for m in missing:
        expression = f"nullif({expression}, {literal(m)})"
    return expression


def plain(field: Field, column: str) -> str:
    """SQL that is true for a text whose value SQL sees as Python does (never NULL for a text)."""
    if field.type == "boolean":
        return one_of(column, (*values.TRUE, *values.FALSE))
    if field.type == "string":
        return f"regexp_matches({column}, '\\A{values.URI.pattern}')"
    fits = f"regexp_matches({column}, '{PLAIN[field.type]}')"
    if field.type == "date":
        # DuckDB knows a year 0, Python does not.
        fits += f" AND try_cast({column} AS DATE) >= DATE '0001-01-01'"
    return f"coalesce({fits}, FALSE)"


def fits(field: Field, kind: str) -> bool:
    """Whether the values of a typed column can be read as a field's."""
    return kind == "VARCHAR" or kind.partition("(")[0] in FITTING[field.type]


def odd(column: str) -> str:
    """SQL that is true for a text with a control character or a change of direction."""
    return f"regexp_matches({column}, '{ODD_CHARACTERS}')"


def typed(field: Field, column: str) -> str:
    """The value of a cell's text, as SQL; NULL where the text is odd or missing."""
    if field.type == "string":
        return column
    if field.type == "boolean":
        return f"CASE WHEN {one_of(column, values.TRUE)} THEN TRUE " \
               f"WHEN {column} IS NOT NULL THEN FALSE END"  # fmt: skip
    return f"try_cast({column} AS {SQL_TYPES[field.type]})"


def canonical(field: Field, raw: str, column: str) -> str:
    """SQL that is true for a text that is surely its value's one spelling (NULL or false else)."""
    same = f"CAST({column} AS VARCHAR) = {raw}"
    return {
        "string": "FALSE",
        "integer": same,
        "number": f"({same} OR regexp_matches({raw}, '{SHORT}'))",
        "boolean": f"({raw} = 'true' OR {raw} = 'false')",
        "date": f"(length({raw}) = 10 AND {same})",
    }[field.type]


def checks(field: Field, raw: str, column: str) -> list[Check]:
    """What can be wrong with a field's cells. raw: the text; column: the typed value."""
    out = []
    if field.type != "string" or field.format != "default":
        # Nearly all values are in the one form that is quick to see; only the others are matched.
        quick = f"coalesce({canonical(field, raw, column)}, FALSE)"
        broken = f"({raw} IS NOT NULL AND NOT {quick} AND NOT {plain(field, raw)})"
        out.append(Check(field.name, "type-error", "", broken))
    for name, limit in field.constraints.items():
        if name in BROKEN and limit is not None:
            if name == "pattern":
                limit = patterns.in_sql(limit)
                if limit is None:
                    continue
            if broken := BROKEN[name](field, column, limit):
                out.append(Check(field.name, "constraint-error", name, broken))
    return out


def one_of(column: str, several: Iterable[Any]) -> str:
    """SQL for a value that is one of several."""
    return f"list_contains([{', '.join(map(literal, several))}], {column})"


def broken_pattern(_: Field, column: str, pattern: str) -> str:
    return f"NOT regexp_matches({column}, {literal(chr(92) + 'A(?:^' + pattern)} || '\\n?\\z)')"


def broken_enum(field: Field, column: str, codes: list) -> str:
    return f"NOT {one_of(column, [values.bound(field, c) for c in codes])}"


def broken_bound(sign: str) -> Any:
    def sql(field: Field, column: str, limit: Any) -> str:
        nan = f"isnan({column}) OR " if field.type == "number" else ""
        return f"({nan}{column} {sign} {literal(values.bound(field, limit))})"

    return sql


BROKEN = {
    "required": lambda _, column, on: f"{column} IS NULL" if on else "",
    "pattern": broken_pattern,
    "enum": broken_enum,
    "minimum": broken_bound("<"),
    "maximum": broken_bound(">"),
    "minLength": lambda _, column, n: f"length({column}) < {int(n)}",
    "maxLength": lambda _, column, n: f"length({column}) > {int(n)}",
}


def is_set(bits: list[int], i: int) -> bool:
    """Whether the masks of a row say that its check number i is broken."""
    return bool(bits[i // MASK_BITS] >> i % MASK_BITS & 1)


def masks(found: list[Check]) -> list[str]:
    """The checks as bit masks, one integer column for each sixty: 0 where nothing is wrong."""
    out = []
    for start in range(0, len(found), MASK_BITS):
        bits = " | ".join(
            f"(CASE WHEN {c.broken} THEN {1 << i} ELSE 0 END)"
            for i, c in enumerate(found[start : start + MASK_BITS])
        )
        out.append(f"({bits})::BIGINT")
    return out

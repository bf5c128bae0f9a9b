"""One query made of a view and the views that it reads: their steps stand before its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable

# What may hold a $ that is no parameter: strings, quoted names, comments.
ASIDE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.S)
BEGINS = re.compile(r"\AWITH(?: RECURSIVE)?\s+")
# By the form of the views, the last SELECT that begins a line is the query after the steps.
LAST = re.compile(r"^SELECT\b(?!.*^SELECT\b)", re.M | re.S)


def compose(sql: str, reads: Iterable[tuple[str, str]]) -> str:
    """A query that can name other queries. reads: their names and texts, without parameters.

    A view incident-counts is read as incident_counts; its steps can be read too, and their names
    are taken.
    """
    steps = []
    for name, text in reads:
        at = LAST.search(text).start()
        if at:
            steps.append(BEGINS.sub("", text[:at].strip()))
        steps.append(f"{name.replace('-', '_')} AS (\n{text[at:].strip()}\n)")
    if not steps:
        return sql
    rest = BEGINS.sub("", sql)
    return "WITH RECURSIVE " + ",\n".join(steps) + ("\n" if rest == sql else ",\n") + rest


def bind(sql: str, value: Callable[[str], str]) -> str:
    """A query with each of its parameters replaced by what `value` makes of its name."""
    pattern = re.compile(rf"(?P<aside>{ASIDE.pattern})|\$(?P<name>[A-Za-z_]\w*)", re.S)
    return pattern.sub(lambda m: m["aside"] or value(m["name"]), sql)


def constant(kind: str, value: str | int | bool | datetime.date | None) -> str:
    """A value of a parameter as SQL, of the parameter's type."""
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, datetime.date):
        return f"CAST('{value}' AS DATE)"
    text = str(value).replace("'", "''")
    return f"'{text}'" if isinstance(value, str) else text.lower()

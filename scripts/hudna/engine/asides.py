"""Texts that only Python reads as it should, asked of Python once for each distinct text.

An integer in Arabic digits, a date with a blank in it, a pattern with a lookahead: few packages
have any, and then a table of such texts is joined to the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hudna.engine import typed
from hudna.engine.sources import Facts, Part
from hudna.engine.store import Store
from hudna.engine.typed import Aside
from hudna.form import patterns, values
from hudna.form.schema import Field, Table

# Column number → SQL for a text, and for whether Python is asked about it.
About = dict[int, tuple[str, str]]


def readable(part: Facts, field: Field, i: int) -> bool:
    """Whether a part has a column for a field, of a type that can be read as the field's."""
    return i < part.width and (not part.kinds or typed.fits(field, part.kinds[i]))


def read(table: Table, part: Part, field: Field, i: int) -> tuple[str, str]:
    """SQL for what stands in a column, and for its value."""
    if part.kinds and part.kinds[i] != "VARCHAR":
        value = f"try_cast(c{i} AS {typed.SQL_TYPES[field.type]})"
        if field.type == "date":
            # The engine knows years beyond those of a date, and days without end.
            value = f"CASE WHEN c{i} BETWEEN '0001-01-01' AND '9999-12-31' THEN {value} END"
        return f"c{i}", value
    # The reader of a proven file has made NULL of what is empty already.
    plain = part.proof is not None and table.missing == ("",)
    source = f"c{i}" if plain else typed.text(table, f"c{i}")
    return source, typed.typed(field, source)


def asked(
    store: Store, table: Table, parts: list[Part],
    about: Callable[[Table, Part], About], answer: Callable[[Field, str], Any],
) -> Iterator[Aside]:  # fmt: skip
    """Tables of the texts of some columns to which Python gives an answer that is not None."""
    texts: dict[int, set[str]] = {}
    for part in parts:
        if wanted := about(table, part):
            relation, params = part.relation()
            held = ", ".join(
                f"{{'i': {i}, 't': CASE WHEN {where} THEN {text} END}}"
                for i, (text, where) in wanted.items()
            )
            query = f"SELECT unnest([{held}]) AS u FROM ({relation}) AS r"
            query = f"SELECT DISTINCT u.i, u.t FROM ({query}) AS texts WHERE u.t IS NOT NULL"
            for i, text in store.sql(query, params or None):
                texts.setdefault(i, set()).add(text)
    for i, several in sorted(texts.items()):
        field = table.fields[i]
        given = {t: v for t in sorted(several) if (v := answer(field, t)) is not None}
        if given:
            pattern = answer is unlike_pattern
            kind = "BOOLEAN" if pattern else typed.SQL_TYPES[field.type]
            name = store.name("aside")
            store.define(name, {"t": "VARCHAR", "v": kind})
            store.insert(name, {"t": "VARCHAR", "v": kind}, list(given.items()))
            yield Aside(field.name, name, pattern)


def of_patterns(store: Store, table: Table, parts: list[Part]) -> list[Aside]:
    """The texts that break a pattern which SQL cannot be trusted to read as Python does."""
    return list(asked(store, table, parts, with_pattern, unlike_pattern))


def of_types(store: Store, table: Table, parts: list[Part], names: set[str]) -> list[Aside]:
    """The texts of some columns that have a value which SQL does not see."""

    def about(table: Table, part: Part) -> About:
        held = typed_columns(table, part).items()
        return {i: asked for i, asked in held if table.fields[i].name in names}

    return list(asked(store, table, parts, about, value_of))


def with_pattern(table: Table, part: Part) -> About:
    """The columns whose pattern SQL cannot be trusted to read as Python does."""
    return {
        i: (typed.text(table, f"c{i}"), "TRUE")
        for i, f in enumerate(table.fields)
        if f.constraints.get("pattern") is not None
        and patterns.in_sql(f.constraints["pattern"]) is None
        and readable(part.facts, f, i)
    }


def unlike_pattern(field: Field, text: str) -> bool | None:
    """True for a text that breaks the field's pattern."""
    return None if values.matches(field.constraints["pattern"], text) else True


def typed_columns(table: Table, part: Part) -> About:
    """The columns in which a text may have a value that only Python sees, and which texts."""
    out: About = {}
    for i, field in enumerate(table.fields):
        texts = not part.kinds or part.kinds[i : i + 1] == ["VARCHAR"]
        if field.type in typed.ODD and readable(part.facts, field, i) and texts:
            source = typed.text(table, f"c{i}")
            maybe = f"regexp_matches({source}, '{typed.ODD[field.type]}')"
            out[i] = (
                source,
                f"{source} IS NOT NULL AND NOT {typed.plain(field, source)} AND {maybe}",
            )
    return out


def value_of(field: Field, text: str) -> Any:
    """The value of an odd text, or None where it has none or none that a column can hold."""
    value = values.value(field, text)
    if field.type == "number" and value is not None:
        return None if value.is_snan() else float(value)
    if field.type == "integer" and value is not None and not -(2**63) <= value < 2**63:
        return None
    return value

"""A table's parts into the engine: typed columns, and masks that say what is wrong with a record.

One scan of each part reads it, types it and checks it. What only Python reads as it should (an
integer in Arabic digits, a pattern with a lookahead) is asked of Python once for each distinct
text, and the parts are then read a second time; few packages need it.
"""

from __future__ import annotations

from typing import Any

from hudna.engine import asides, typed
from hudna.engine.asides import read, readable
from hudna.engine.checking import checks_of, of_width
from hudna.engine.masked import (
    LATER,
    Loaded,
    Pointer,
    failing,
    masks,
    narrow,
    own,
    pointing,
    widen,
)  # fmt: skip
from hudna.engine.mended import Mended, mended
from hudna.engine.sources import Facts, Part, Staged
from hudna.engine.store import Store
from hudna.engine.typed import Aside, Check, quote
from hudna.form.schema import Table


def load(
    store: Store, table: Table, parts: list[Part], deferred: tuple[Pointer, ...] = ()
) -> Loaded:
    """Make the typed table of some parts, under the table's name, with its masks.

    deferred: foreign keys and references whose pattern is not checked.
    """
    try:
        return attempt(store, table, parts, deferred)
    except Unlike as e:
        # Too many cells and too few may cancel out, which the proof does not see. Where the copy is
        # not read either, Python surely reads it as it should.
        parts[e.number] = again(store, table, parts[e.number])
        return load(store, table, parts, deferred)


def again(store: Store, table: Table, part: Part) -> Part:
    """A part that the engine did not read as its proof promised, read in another way."""
    if isinstance(part, Mended):
        return Staged(part.file, part.proof.path, store)
    return mended(part.file, part.proof, table.missing, store)


class Unlike(Exception):
    """The engine did not see in a part what its proof promised. number: of the part."""

    def __init__(self, number: int):
        self.number = number


def attempt(
    store: Store, table: Table, parts: list[Part], deferred: tuple[Pointer, ...] = (),
    facts: list[Facts] | None = None,
) -> Loaded:  # fmt: skip
    """Make the typed table of some parts; raises Unlike where a proof did not hold.

    facts: of all parts of the table, where these are only some.
    """
    sound = [p for p in parts if not p.fatal]
    width = min((len(p.header) for p in sound), default=0)
    store.present[table.name] = set(table.names[:width])
    held = [p for p in sound if p.count]
    if not held:
        store.empty.add(table.name)
        columns = {f.name: typed.SQL_TYPES[f.type] for f in table.fields}
        store.define(table.name, {"_row": "BIGINT", **columns})
        return Loaded([], [])
    known = asides.of_patterns(store, table, held)
    facts = facts or [p.facts for p in held]
    loaded = fill(store, table, parts, facts, known, deferred)
    failing = (loaded.checks[i] for i in loaded.failing)
    mistyped = {c.name for c in failing if c.rule == "type-error"}
    if mistyped and (odd := asides.of_types(store, table, held, mistyped)):
        loaded = fill(store, table, parts, facts, [*known, *odd], deferred)
    if loaded.failing:
        narrow(store, table, loaded, ("type-error",))
    return loaded


def fill(
    store: Store,
    table: Table,
    every: list[Part],
    facts: list[Facts],
    known: list[Aside],
    deferred: tuple[Pointer, ...],
) -> Loaded:
    """Read the parts into the table; facts: of all parts of the table with records."""
    parts = [p for p in every if p.count and not p.fatal]
    # The number of a record is that of its row, but for a small table, where a view would cost.
    numbered = len(parts) == 1 and parts[0].records is not None
    name = table.name if numbered else own(table)
    checks: list[Check] = []
    for n, part in enumerate(parts):
        checks = checks_of(table, part.facts, facts, known)
        left = {pointing(k) for k in deferred}
        checks = [c._replace(broken=LATER) if c.constraint == "pattern" and c.name in left else c
                  for c in checks]  # fmt: skip
        query, params = typing(table, part, checks, known, numbered)
        verb = "INSERT INTO" if n else "CREATE OR REPLACE TABLE"
        try:
            done = store.execute(
                f"{verb} {quote(name)} {'' if n else 'AS '}{query}", params or None
            )
        except store.errors:
            if part.proof:
                raise Unlike(every.index(part)) from None
            raise
        if done.fetchone()[0] != part.count:
            raise Unlike(every.index(part))
        if part.ragged and isinstance(part, Mended):
            widths = of_width(table, part.facts, facts)
            widen(store, name, part, widths, sum(p.count for p in parts[:n]))
    if numbered:
        store.numbered.add(table.name)
    else:
        store.view(table.name, f"SELECT rowid + 1 AS _row, * FROM {quote(name)}")
    return Loaded(checks, failing(store, name, len(masks(len(checks)))), deferred)


def typing(
    table: Table, part: Part, checks: list[Check], known: list[Aside], numbered: bool
) -> tuple[str, dict[str, Any]]:
    """The query that types and checks the records of a part, and its parameters."""
    relation, params = part.relation()
    inner, outer, joins, blank = [], [], "", []
    checked = {c.name for c in checks}
    for i, field in enumerate(table.fields):
        name = quote(field.name)
        outer.append(name)
        if not readable(part.facts, field, i):
            inner.append(f"NULL::{typed.SQL_TYPES[field.type]} AS {name}")
            continue
        source, value = read(table, part, field, i)
        for aside in (a for a in known if a.field == field.name):
            joins += f" LEFT JOIN {aside.table} ON {aside.table}.t = {source}"
            if aside.pattern:
                inner.append(f"{aside.table}.t IS NOT NULL AS {aside.table}_is")
            else:
                plainly = f"CASE WHEN {typed.plain(field, source)} THEN {value} END"
                value = f"coalesce({plainly}, {aside.table}.v)"
        inner += [f"{source} AS r{i}"] * (field.name in checked) + [f"{value} AS {name}"]
        blank.append(f"{source} IS NULL")
    blank += [f"{typed.text(table, f'c{i}')} IS NULL"
              for i in range(len(table.fields), len(part.header)) if not part.kinds]  # fmt: skip
    # Nearly every record has its first cell, and then nothing else is looked at.
    first, rest = blank[:1] or ["FALSE"], blank[1:] or ["TRUE"]
    inner.append(f"CASE WHEN {first[0]} THEN {' AND '.join(rest)} ELSE FALSE END AS _blank")
    inner += ["_width"] * (part.ragged and part.proof is None)
    outer += [f"{m} AS _mask{i}" for i, m in enumerate(typed.masks(checks))]
    if numbered or joins:
        if not part.numbered:
            relation = f"SELECT row_number() OVER () AS _row, * FROM ({relation}) AS _records"
        inner.append("_row")
    outer[:0] = ["_row"] * numbered
    query = f"SELECT {', '.join(inner)} FROM ({relation}) AS _raw{joins}"
    query = f"SELECT {', '.join(outer)} FROM ({query}) AS _read"
    return query + (" ORDER BY _row" if joins and not part.numbered else ""), params

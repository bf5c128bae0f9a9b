"""Layer 3: primary keys, unique columns, foreign keys, and references by table and id.

Each check is a query that gives the records which fail it; their words are found afterwards, for
as many as are told.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from hudna.engine import order
from hudna.engine.store import Store
from hudna.engine.typed import literal, quote
from hudna.form.schema import ForeignKey, Reference, Table
from hudna.meaning.faults import Fault
from hudna.meaning.marking import Unit

Wanted = tuple[Unit, str]


def wanted(store: Store, unreadable: set[str], unsound: set[str]) -> Iterator[Wanted]:
    """Every check of a key, in all tables that can be read.

    unsound: tables with a fault of their own; that a key does not stand there is not told.
    """
    # One query tells whether any reference is wrong; which one, is asked only then.
    loose = {t.name for t in store.tables.values()
             for r in t.references if (t.name, r) not in store.kept}  # fmt: skip
    dangle = bool(loose) and bool(store.sql(
        "SELECT 1 FROM (SELECT to_table, to_id FROM _references WHERE to_table IS NOT NULL "
        f'AND "table" IN ({", ".join(map(literal, sorted(loose)))})) AS r ANTI JOIN _records AS k '
        'ON k."table" = r.to_table AND k.record_id = r.to_id LIMIT 1'
    ))  # fmt: skip
    for table in store.tables.values():
        if table.name in unreadable | store.empty:
            continue
        present = store.present[table.name]
        keyed = table.primary_key and set(table.primary_key) <= present
        if keyed and not in_order(store, table):
            yield primary(table)
        for f in table.fields:
            if f.constraints.get("unique") and f.name in present:
                yield unique(table, f.name)
        for key in table.foreign_keys:
            if set(key.fields) <= present and (table.name, key) not in store.kept:
                yield dangling(store, table, key, key.table not in unsound)
        for reference in table.references if table.name in loose and dangle else ():
            if {reference.table, reference.record} <= present:
                yield from referring(store, table, reference, unreadable, unsound)


def in_order(store: Store, table: Table) -> bool:
    """Whether the keys of a table are known to climb; a small one is not asked again."""
    return table.name in store.climbing or (store.large and order.climbs(store, table))


def primary(table: Table) -> Wanted:
    """Records without a primary key, and each record that repeats the key of an earlier one."""
    empty = " AND ".join(f"{quote(k)} IS NULL" for k in table.primary_key)
    some = " AND ".join(["TRUE", *(sound(table, k) for k in table.primary_key)])
    unit = Unit(table.name, one(table.primary_key), "primary-key", columns=table.primary_key)
    return unit, repeated(table, table.primary_key, empty, some)


def unique(table: Table, name: str) -> Wanted:
    """Each record that repeats the value of a unique column."""
    some = f"{quote(name)} IS NOT NULL AND {sound(table, name)}"
    unit = Unit(table.name, name, "unique-error", columns=(name,))
    return unit, repeated(table, (name,), "FALSE", some)


def sound(table: Table, name: str, alias: str = "") -> str:
    """SQL that is false for NaN, which equals nothing (in SQL it equals itself)."""
    if table.field(name).type != "number":
        return "TRUE"
    return f"NOT coalesce(isnan({alias}{quote(name)}), FALSE)"


def repeated(table: Table, columns: tuple[str, ...], empty: str, where: str) -> str:
    """The records whose key is empty or stands in an earlier record, with that record's number.

    Keys are counted first: the records behind them are looked at only where one stands twice.
    """
    names = ", ".join(map(quote, columns))
    same = " AND ".join(f"d.{quote(n)} IS NOT DISTINCT FROM t.{quote(n)}" for n in columns)
    twice = (
        f"SELECT {names} FROM {quote(table.name)} WHERE {where} GROUP BY {names} "
        f"HAVING count(*) > 1 OR bool_or({empty})"
    )
    kept = ", ".join(f"t.{quote(n)}" for n in columns)
    held = f"SELECT t._row, {kept} FROM {quote(table.name)} AS t JOIN ({twice}) AS d ON {same}"
    return (
        f"SELECT _row, extra FROM (SELECT _row, lag(_row) OVER (PARTITION BY {names} ORDER BY _row)"
        f" AS extra, ({empty}) AS bare FROM ({held}) AS held) AS placed "
        "WHERE extra IS NOT NULL OR bare"
    )


def dangling(store: Store, table: Table, key: ForeignKey, told: bool) -> Wanted:
    """Each record whose foreign key stands in no record of the other table.

    As frictionless has it: a key that is empty in all columns is none; in a key that is empty in
    some, empty equals empty.
    """
    other = store.tables[key.table]
    some = " OR ".join(f"c.{quote(n)} IS NOT NULL" for n in key.fields)
    # A single column that is not empty needs no IS NOT DISTINCT FROM, which costs more.
    equals = "=" if len(key.fields) == 1 else "IS NOT DISTINCT FROM"
    pairs = zip(map(quote, key.to), map(quote, key.fields), strict=True)
    same = " AND ".join(f"p.{to} {equals} c.{name}" for to, name in pairs)
    same += "".join(f" AND {s}" for n in key.fields if (s := sound(table, n, "c.")) != "TRUE")
    unit = Unit(table.name, one(key.fields), "foreign-key", to=other.name, told=told,
                columns=(*key.fields, *key.to))  # fmt: skip
    return unit, (
        f"SELECT c._row, NULL AS extra FROM {quote(table.name)} AS c WHERE ({some}) "
        f"AND NOT EXISTS (SELECT 1 FROM {quote(other.name)} AS p WHERE {same})"
    )


def referring(
    store: Store, table: Table, reference: Reference, unreadable: set[str], unsound: set[str]
) -> Iterator[Wanted]:
    """Each reference by table and id whose record does not exist, by the table referred to."""
    if {table.field(reference.table).type, table.field(reference.record).type} != {"string"}:
        return
    to, record = quote(reference.table), quote(reference.record)
    known = [
        t.name for t in store.tables.values()
        if t.id_field and t.field(t.id_field).type == "string"
    ]  # fmt: skip
    head = (
        f"SELECT c._row, NULL AS extra FROM {quote(table.name)} AS c WHERE c.{record} IS NOT NULL"
    )
    columns = (reference.table, reference.record)

    def unit(name: str) -> Unit:
        return Unit(
            table.name, reference.record, "reference", "", name, columns, name not in unsound
        )

    for name in known:
        if name not in unreadable:
            key = quote(store.tables[name].id_field)
            there = f"SELECT 1 FROM {quote(name)} AS p WHERE p.{key} = c.{record}"
            yield unit(name), f"{head} AND c.{to} = {literal(name)} AND NOT EXISTS ({there})"
    others = ", ".join(map(literal, [*known, *unreadable])) or "NULL"
    yield unit(""), f"{head} AND c.{to} IS NOT NULL AND c.{to} NOT IN ({others})"


# Looking for what was meant is for people with a typing error, not for a million strangers.
NEAR = 5000


def spellings(store: Store, unit: Unit) -> list[str]:
    """The keys that a reader may have meant; none where they are too many, or no texts."""
    own, column = unit.columns[0], unit.columns[-1]
    if len(unit.columns) > 2 or store.tables[unit.table].field(own).type != "string":
        return []
    keys = store.sql(
        f"SELECT DISTINCT {quote(column)} FROM {quote(unit.to)} "
        f"WHERE {quote(column)} IS NOT NULL LIMIT {NEAR}"
    )
    return sorted(k for (k,) in keys) if len(keys) < NEAR else []


def explain(store: Store, faults: list[Fault]) -> dict[Fault, str]:
    """What each fault of a key is, in words."""
    by_unit: dict[Unit, list[Fault]] = {}
    for fault in faults:
        by_unit.setdefault(fault.unit, []).append(fault)
    out = {}
    for unit, several in by_unit.items():
        foreign = unit.rule == "foreign-key"
        own = unit.columns[: len(unit.columns) // 2] if foreign else unit.columns
        near = spellings(store, unit) if foreign else []
        numbers = ", ".join(str(f.row) for f in several)
        held = store.sql(
            f"SELECT _row, {', '.join(map(quote, own))} FROM {quote(unit.table)} "
            f"WHERE _row IN ({numbers})"
        )
        values = {row: list(cells) for row, *cells in held}
        for fault in several:
            out[fault] = WORDS[unit.rule](store, fault, values.get(fault.row, []), near)
    return out


def primary_words(_: Store, fault: Fault, key: list, __: list[str]) -> str:
    own = " and ".join(fault.unit.columns)
    if all(k is None for k in key):
        return f"{own} is empty; expected a new key"
    return f"{own} is {shown(key)}, as in record {fault.extra}; expected a new key"


def unique_words(_: Store, fault: Fault, key: list, __: list[str]) -> str:
    earlier = f"as in record {fault.extra}"
    return f"{fault.unit.field} is {shown(key)}, {earlier}; expected a value of its own"


def foreign_words(_: Store, fault: Fault, key: list, known: list[str]) -> str:
    unit, half = fault.unit, len(fault.unit.columns) // 2
    own, to = unit.columns[:half], unit.columns[half:]
    near = difflib.get_close_matches(key[0], known, 1) if known and key[0] else []
    hint = f" (nearest: {near[0]})" if near else ""
    return (
        f"{' and '.join(own)} is {shown(key)}, which does not stand in "
        f"{unit.to}.{' and '.join(to)}{hint}"
    )


def reference_words(store: Store, fault: Fault, key: list, _: list[str]) -> str:
    (to_table, to_id), name = key, fault.unit.field
    if to_table not in store.tables:
        return f"{name} points into {to_table!r}, which is no table of the package"
    column = store.tables[to_table].id_field
    return f"{name} is {to_id!r}, which does not stand in {to_table}.{column}"


WORDS = {
    "primary-key": primary_words,
    "unique-error": unique_words,
    "foreign-key": foreign_words,
    "reference": reference_words,
}


def one(names: tuple[str, ...]) -> str:
    """The name of a key's only column, or "" where it has several."""
    return names[0] if len(names) == 1 else ""


def shown(values: list) -> str:
    """The values of a key as a message shows them."""
    texts = ("empty" if v is None else repr(v) if isinstance(v, str) else str(v) for v in values)
    return " and ".join(texts)

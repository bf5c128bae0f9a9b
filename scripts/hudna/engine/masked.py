"""A table in the engine, its masks, and what is found out of them when its records are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hudna.engine import typed
from hudna.engine.mended import Mended
from hudna.engine.store import Store
from hudna.engine.typed import Check, quote
from hudna.form import patterns
from hudna.form.schema import ForeignKey, Reference, Table

Pointer = ForeignKey | Reference
LATER = "(FALSE)"  # stands in place of a pattern that is not checked yet


class Loaded(NamedTuple):
    """A table in the engine.

    checks: what was checked of each record. failing: the numbers of the checks that some record
    does not pass. deferred: foreign keys and references whose pattern is that of the key they point
    at, and was not checked: what stands there keeps it.
    """

    checks: list[Check]
    failing: list[int]
    deferred: tuple[Pointer, ...] = ()

    def broken(self, name: str, rules: Iterable[str]) -> str:
        """SQL that is true where a cell of a column fails one of certain rules; "" where none."""
        bits: dict[int, int] = {}
        for i in self.failing:
            if self.checks[i].name == name and self.checks[i].rule in rules:
                mask, bit = divmod(i, typed.MASK_BITS)
                bits[mask] = bits.get(mask, 0) | 1 << bit
        return " OR ".join(f"_mask{m} & {b} <> 0" for m, b in sorted(bits.items()))

    def fails(self, i: int) -> str:
        """SQL that is true where a record fails a check; a type error hides the constraints, and
        a blank record fails no other."""
        mask, bit = divmod(i, typed.MASK_BITS)
        sql = f"_mask{mask} & {1 << bit} <> 0"
        if i and 0 in self.failing:
            sql += " AND _mask0 & 1 = 0"
        if self.checks[i].rule == "constraint-error":
            mistyped = self.broken(self.checks[i].name, ("type-error",))
            sql += f" AND NOT ({mistyped})" if mistyped else ""
        return sql


def pointing(key: Pointer) -> str:
    """The column in which a key of another record stands."""
    return key.record if isinstance(key, Reference) else key.fields[0]


def own(table: Table) -> str:
    """The name of what lies behind a table's name, where that is a view."""
    return f"_t_{table.name}"


def whole(store: Store, table: Table) -> str:
    """SQL for all records of a table with their masks, blank ones too."""
    if table.name not in store.views:
        return quote(table.name)
    row = "" if table.name in store.numbered else "rowid + 1 AS _row, "
    return f"(SELECT {row}* FROM {quote(own(table))}) AS records"


def failing(store: Store, name: str, masks: int) -> list[int]:
    """The numbers of the checks that some record of a relation does not pass."""
    several = ", ".join(f"bit_or(_mask{i})" for i in range(masks))
    (held,) = store.sql(f"SELECT {several} FROM {quote(name)}")
    return [i for i in range(masks * typed.MASK_BITS) if typed.is_set(held, i)]


def widen(store: Store, name: str, part: Mended, checks: list[Check], before: int) -> None:
    """Let the masks of uneven records say of which width they are.

    checks: the first of all checks, those of width. before: records of the parts before this one.
    """
    masks = typed.masks([checks[0]._replace(broken="FALSE"), *checks[1:]])
    columns = [f"_mask{i}" for i in range(len(masks))]
    held, params = part.widths()
    told = ", ".join(f"{m} AS w{i}" for i, m in enumerate(masks))
    store.execute(
        f"UPDATE {quote(name)} SET {', '.join(f'{m} = {m} | w{i}' for i, m in enumerate(columns))} "
        f"FROM (SELECT _number, {told} FROM (SELECT *, FALSE AS _blank FROM ({held}) AS _held) "
        f"AS _told) AS _uneven WHERE rowid = _number + {before - 1} AND _mask0 & 1 = 0",
        params,
    )


def catch_up(store: Store, table: Table, loaded: Loaded, names: set[str]) -> Loaded:
    """Check the patterns of some columns that were not checked."""
    checks = list(loaded.checks)
    for i, check in enumerate(checks):
        if check.name in names and check.constraint == "pattern" and check.broken == LATER:
            field = table.field(check.name)
            limit = patterns.in_sql(field.constraints["pattern"])
            broken = typed.broken_pattern(field, quote(field.name), limit)
            checks[i] = check._replace(broken=broken)
            mask, bit = divmod(i, typed.MASK_BITS)
            store.execute(
                f"UPDATE {quote(own(table))} SET _mask{mask} = _mask{mask} | {1 << bit} "
                f"WHERE {broken}"
            )
    found = failing(store, own(table), len(masks(len(checks))))
    return loaded._replace(checks=checks, failing=found)


def narrow(store: Store, table: Table, loaded: Loaded, rules: Iterable[str]) -> None:
    """Let the table's name show no blank record, and NULL in the cells that fail certain rules.

    The masks stay, and what the table held is still there under a name of its own.
    """
    numbered = table.name in store.numbered
    row = "_row" if numbered else "rowid + 1 AS _row"
    columns = shown(table, loaded, rules)
    if numbered and table.name not in store.views:
        store.execute(f"ALTER TABLE {quote(table.name)} RENAME TO {quote(own(table))}")
    store.view(table.name, f"SELECT {row}, {columns} FROM {quote(own(table))} WHERE {NOT_BLANK}")


NOT_BLANK = "_mask0 & 1 = 0"


def shown(table: Table, loaded: Loaded, rules: Iterable[str]) -> str:
    """The columns of a table, with NULL in the cells that fail certain rules, and its masks."""
    columns = []
    for field in table.fields:
        name = quote(field.name)
        wrong = loaded.broken(field.name, rules)
        columns.append(f"CASE WHEN {wrong} THEN NULL ELSE {name} END AS {name}" if wrong else name)
    return ", ".join([*columns, *masks(len(loaded.checks))])


def masks(checks: int) -> list[str]:
    """The names of the columns that say which of so many checks a record fails."""
    return [f"_mask{i}" for i in range(-(-checks // typed.MASK_BITS))]

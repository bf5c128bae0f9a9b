"""What differs between the records of two versions of a package, found by their keys in the engine.

Cells are compared as they are written; numbers by their value.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hudna.engine import tables
from hudna.engine.limits import Limits
from hudna.engine.opening import open_part
from hudna.engine.store import Store
from hudna.engine.typed import literal, quote
from hudna.form import parts
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.ground.finding import CannotRun
from hudna.meaning import schema_changes

WITHDRAWN = "withdrawn"
NUMBERS = ("integer", "number")
NAMES = ("name", "title", "summary", "label")
Key = tuple[str, ...]


class Cell(NamedTuple):
    """A field of a record with its text before and after; None is an empty cell."""

    field: str
    old: str | None
    new: str | None


class Withdrawal(NamedTuple):
    """A record that went and that the table of withdrawn records tells of."""

    key: Key
    reason: str | None
    replaced_by: str | None


@dataclass
class Changed:
    """The records of one table that differ: some of each kind, by key, and how many there are.

    gone: records that went without a word. counts: of each kind, and "same". fields: of each field,
    in how many records it differs. labels: what people call the records that are told.
    """

    added: list[Key] = field(default_factory=list)
    withdrawn: list[Withdrawal] = field(default_factory=list)
    gone: list[Key] = field(default_factory=list)
    changed: dict[Key, list[Cell]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)
    labels: dict[Key, str] = field(default_factory=dict)

    def keep(self, width: int, rows: list[tuple]) -> list[tuple]:
        """Note the label at the end of each row; returns the rows without it."""
        self.labels |= {row[:width]: row[-1] for row in rows if row[-1]}
        return [row[:-1] for row in rows]

    def step(self) -> str:
        """The step that these differences ask for."""
        if self.counts["gone"]:
            return "major"
        if self.counts["added"] or self.counts["withdrawn"]:
            return "minor"
        return "patch" if self.counts["changed"] else "none"


def differences(
    old: Package, new: Package, limit: int | None = None, limits: Limits | None = None
) -> dict[str, Changed]:
    """The differing records of each table that both packages have under the same key.

    limit: of each kind and table, how many are told (None: all); the counts are exact. limits: the
    memory and the folder that may be used.
    Raises CannotRun where a file cannot be read, or a key is missing or stands twice.
    """
    names = [n for n, t in new.tables.items()
             if n in old.tables and old.tables[n].primary_key == t.primary_key]  # fmt: skip
    if left := sorted((old.left_out | new.left_out) - {""}):
        raise CannotRun(f"{left[0]} cannot be read; `hudna validate` tells why")
    with both(old, new, names, limits) as store:
        return {n: compare(store, old.tables[n], new.tables[n], limit) for n in names}


@contextmanager
def both(
    old: Package, new: Package, names: list[str], limits: Limits | None
) -> Iterator[Store]:  # fmt: skip
    """The named tables of two packages in one engine, as texts: `old_<table>`, `new_<table>`."""
    held = {f"{age}_{n}": (package, texts(package.tables[n], age))
            for age, package in (("old", old), ("new", new)) for n in names}  # fmt: skip
    with Store({n: t for n, (_, t) in held.items()}, limits) as store:
        opened = {name: [open_part(store, table, package.root, file)
                         for file in parts.files(package.root, table.paths)]
                  for name, (package, table) in held.items()}  # fmt: skip
        for name, several in opened.items():
            for part in several:
                if part.fatal or part.header != held[name][1].names:
                    raise CannotRun(f"{held[name][0].root / part.file} cannot be compared; "
                                    "`hudna validate` tells what is wrong")  # fmt: skip
        store.expect(sum(p.count for several in opened.values() for p in several))
        tables.load_all(store, [t for _, t in held.values()], opened)
        store.lock()
        yield store


def texts(table: Table, age: str) -> Table:
    """A table under a name of its own, whose cells are texts and keep nothing."""
    fields = tuple(Field(f.name, "string", "default", {}, {}) for f in table.fields)
    return replace(table, name=f"{age}_{table.name}", fields=fields, primary_key=(),
                   foreign_keys=(), references=(), missing=table.missing)  # fmt: skip


def compare(store: Store, old: Table, new: Table, limit: int | None) -> Changed:
    """What differs in one table."""
    sound(store, old, "old")
    sound(store, new, "new")
    out, top = Changed(), "" if limit is None else f" LIMIT {limit}"
    keys, width = ", ".join(f"a.{quote(k)}" for k in new.primary_key), len(new.primary_key)
    same = " AND ".join(f"a.{quote(k)} = b.{quote(k)}" for k in new.primary_key)
    added = (
        f"FROM {quote('new_' + new.name)} AS a ANTI JOIN {quote('old_' + new.name)} AS b ON {same}"
    )
    out.counts["added"] = store.sql(f"SELECT count(*) {added}")[0][0]
    if out.counts["added"]:
        query = f"SELECT {keys}, {label(new)} {added} ORDER BY ALL{top}"
        out.added = out.keep(width, store.sql(query))
    removed(store, old, new, keys, same, top, out)
    changed(store, old, new, keys, same, top, out)
    held = store.sql(f"SELECT count(*) FROM {quote('new_' + new.name)}")[0][0]
    out.counts["same"] = held - out.counts["added"] - out.counts["changed"]
    return out


def sound(store: Store, table: Table, age: str) -> None:
    """CannotRun where a key of a table is missing or stands twice."""
    keys = ", ".join(map(quote, table.primary_key))
    empty = " OR ".join(f"{quote(k)} IS NULL" for k in table.primary_key)
    for row in store.sql(f"SELECT {keys} FROM {quote(f'{age}_{table.name}')} "
                         f"GROUP BY {keys} HAVING count(*) > 1 OR {empty} LIMIT 1"):  # fmt: skip
        shown = " ".join("" if v is None else v for v in row)
        told = "is not filled" if None in row else f"{shown} stands twice"
        raise CannotRun(f"the {age} {table.path} cannot be compared: the key "
                        f"{' '.join(table.primary_key)} {told}")  # fmt: skip


def removed(
    store: Store, old: Table, new: Table, keys: str, same: str, top: str, out: Changed
) -> None:
    """Which records went, with a word or without."""
    gone = (f"(SELECT a.* FROM {quote('old_' + new.name)} AS a "
            f"ANTI JOIN {quote('new_' + new.name)} AS b ON {same}) AS a")  # fmt: skip
    told, word, said = "FALSE", "", ""
    if f"new_{WITHDRAWN}" in store.tables and new.id_field:
        word = (f" LEFT JOIN new_{WITHDRAWN} AS w ON w.\"table\" = {literal(new.name)} "
                f"AND w.record_id = a.{quote(new.id_field)}")  # fmt: skip
        told, said = "w.record_id IS NOT NULL", ", w.reason, w.replaced_by"
    rows = {}
    for kind, where, more in (("withdrawn", told, said), ("gone", f"NOT ({told})", "")):
        query = f"FROM {gone}{word} WHERE {where}"
        out.counts[kind] = store.sql(f"SELECT count(*) {query}")[0][0]
        asked = f"SELECT {keys}{more}, {label(old)} {query} ORDER BY ALL{top}"
        found = store.sql(asked) if out.counts[kind] else []
        rows[kind] = out.keep(len(new.primary_key), found)
    out.gone = rows["gone"]
    out.withdrawn = [Withdrawal(row[:-2], *row[-2:]) for row in rows["withdrawn"]]


def changed(
    store: Store, old: Table, new: Table, keys: str, same: str, top: str, out: Changed
) -> None:
    """Which records stand in both with other cells."""
    names = [f for f in new.fields if f.name in old.names and f.name not in new.primary_key]
    unlike = [differs(f) for f in names]
    joined = (f"FROM {quote('new_' + new.name)} AS a JOIN {quote('old_' + new.name)} AS b "
              f"ON {same} WHERE {' OR '.join(unlike) or 'FALSE'}")  # fmt: skip
    sums = "".join(f", count_if({u})" for u in unlike)
    out.counts["changed"], *fields = store.sql(f"SELECT count(*){sums} {joined}")[0]
    out.fields = {f.name: n for f, n in zip(names, fields, strict=True) if n}
    if not out.counts["changed"]:
        return
    cells = ", ".join(f"{u}, b.{quote(f.name)}, a.{quote(f.name)}"
                      for u, f in zip(unlike, names, strict=True))  # fmt: skip
    width = len(new.primary_key)
    query = f"SELECT {keys}, {cells}, {label(new)} {joined} ORDER BY {keys}{top}"
    for row in out.keep(width, store.sql(query)):
        out.changed[row[:width]] = [
            Cell(f.name, row[at + 1], row[at + 2])
            for at, f in zip(range(width, len(row), 3), names, strict=True) if row[at]
        ]  # fmt: skip


def label(table: Table) -> str:
    """SQL for what people call a record of `a`."""
    held = [f"a.{quote(n)}" for n in NAMES if n in table.names]
    return f"coalesce({', '.join([*held, 'NULL'])})"


def differs(field: Field) -> str:
    """SQL that is true where a field is not the same in `a` and `b`."""
    a, b = f"a.{quote(field.name)}", f"b.{quote(field.name)}"
    unlike = f"{a} IS DISTINCT FROM {b}"
    if field.type not in NUMBERS:
        return f"({unlike})"
    value = f"TRY_CAST({a} AS DOUBLE) = TRY_CAST({b} AS DOUBLE)"
    return f"({unlike} AND NOT coalesce({value}, FALSE))"


def needed(schema: list[schema_changes.Change], records: dict[str, Changed]) -> str:
    """The step of the version that all changes together ask for."""
    steps = [c.step for c in schema] + [c.step() for c in records.values()]
    return schema_changes.largest(steps)

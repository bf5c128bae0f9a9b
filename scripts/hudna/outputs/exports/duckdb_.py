"""DuckDB: a database with typed columns, keys, checks and codes, and what each of them means."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from hudna.engine.store import Store
from hudna.engine.typed import SQL_TYPES, quote
from hudna.form import patterns
from hudna.form.package import Package
from hudna.form.schema import Field, ForeignKey, Table
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, relational
from hudna.outputs.exporting import Tell
from hudna.outputs.relational import listed, literal, plain

ENDING = ".duckdb"
# The oldest DuckDB that is to read the file; other settings of the file are the engine's own.
OLDEST = "v1.0.0"
# Bytes of a block where there are fewer rows than so many: every column takes a block at least.
LITTLE, FEW = 16_384, 200_000
ABOUT = "_package"  # the table by which a database is known to be ours


def write(package: Package, path: Path) -> None:
    """Write the database; the same package gives the same tables, though not the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    with exporting.opened(package) as store:
        # The engine is locked, but for the folder of what it puts aside.
        made = store.scratch(path.name)
        store.execute(f"ATTACH {literal(str(made))} AS made ({options(store, package)})")
        for name, (names, rows) in relational.about(package).items():
            fill_about(store, name, names, rows)
        done: set[str] = set()
        for table in in_order(package.tables):
            fill(store, table, [k for k in table.foreign_keys if held(k, table, package, done)])
            describe(store, table)
            done.add(table.name)
            said(table.name, exporting.count(store, table))
        store.execute("DETACH made")
        shutil.move(made, path)


def options(store: Store, package: Package) -> str:
    """How the file is laid out."""
    rows = sum(exporting.count(store, t) for t in package.tables.values())
    size = f"BLOCK_SIZE {LITTLE}, " if rows < FEW else ""
    return f"{size}STORAGE_VERSION {literal(OLDEST)}"


def in_order(tables: dict[str, Table]) -> list[Table]:
    """The tables, each after those that it refers to as far as they do not refer back."""
    out: dict[str, Table] = {}
    entered: set[str] = set()

    def add(table: Table) -> None:
        if table.name in entered:
            return
        entered.add(table.name)
        for key in table.foreign_keys:
            add(tables[key.table])
        out[table.name] = table

    for table in tables.values():
        add(table)
    return list(out.values())


def held(key: ForeignKey, table: Table, package: Package, done: set[str]) -> bool:
    """Whether the engine can keep a foreign key.

    A row may not come before the one that it refers to, so a table that refers to itself, or to
    one that refers back, has no such key.
    """
    other = package.tables[key.table]
    here, there = ([kind(t, t.field(n)) for n in names]
                   for t, names in ((table, key.fields), (other, key.to)))  # fmt: skip
    return key.table in done and key.to == other.primary_key and here == there


def kind(table: Table, field: Field) -> str:
    """The type of a column; codes are an enumeration, unless they are part of a key."""
    keys = {n for k in table.foreign_keys for n in k.fields} | set(table.primary_key)
    if field.type == "string" and field.codes and field.name not in keys:
        return f"ENUM ({', '.join(map(literal, field.codes))})"
    return SQL_TYPES[field.type]


def checks(table: Table, field: Field) -> Iterator[str]:
    """What is checked of a field, as SQL."""
    name = quote(field.name)
    if field.codes and not kind(table, field).startswith("ENUM"):
        yield f"{name} IN ({', '.join(map(literal, field.codes))})"
    for limit, form in relational.LIMITS.items():
        if (bound := field.constraints.get(limit)) is not None:
            yield form.format(name, literal(bound))
    pattern = patterns.in_sql(field.constraints.get("pattern", ""))
    if pattern:
        yield f"regexp_full_match({name}, {literal(pattern)})"


def definition(table: Table, keys: list[ForeignKey]) -> str:
    """The statement that makes a table."""
    parts = []
    for field in table.fields:
        must = " NOT NULL" if field.required or field.name in table.primary_key else ""
        unique = " UNIQUE" if field.constraints.get("unique") else ""
        checked = "".join(f" CHECK ({c})" for c in checks(table, field))
        parts.append(f"{quote(field.name)} {kind(table, field)}{must}{unique}{checked}")
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({listed(table.primary_key)})")
    for key in keys:
        parts.append(f"FOREIGN KEY ({listed(key.fields)}) "
                     f"REFERENCES {quote(key.table)} ({listed(key.to)})")  # fmt: skip
    return f"CREATE TABLE made.{quote(table.name)} ({', '.join(parts)})"


def fill(store: Store, table: Table, keys: list[ForeignKey]) -> None:
    """Make a table with its rows; CannotRun where they are not what its schema says."""
    store.execute(definition(table, keys))
    try:
        store.execute(f"INSERT INTO made.{quote(table.name)} SELECT {listed(table.names)} "
                      f"FROM {quote(table.name)} ORDER BY _row")  # fmt: skip
        for key in table.foreign_keys:
            kept(store, table, key)
    except store.errors as e:
        said = str(e).splitlines()[0].partition(": ")[2] or e
        raise CannotRun(f"not exported: {table.path} breaks its schema ({said}); "
                        "`hudna validate` tells where") from None  # fmt: skip


def kept(store: Store, table: Table, key: ForeignKey) -> None:
    """CannotRun where a foreign key does not hold, also one that the engine does not keep."""
    there = " AND ".join(f"a.{quote(f)} = b.{quote(t)}"
                         for f, t in zip(key.fields, key.to, strict=True))  # fmt: skip
    some = " AND ".join(f"a.{quote(f)} IS NOT NULL" for f in key.fields)
    broken = (f"SELECT count(*) FROM {quote(table.name)} AS a "
              f"ANTI JOIN {quote(key.table)} AS b ON {there} WHERE {some}")  # fmt: skip
    if count := store.sql(broken)[0][0]:
        raise CannotRun(f"not exported: {count:,} records of {table.name} refer to one that "
                        f"{key.table} does not have; `hudna validate` tells which")  # fmt: skip


def describe(store: Store, table: Table) -> None:
    """Say what a table and its columns mean."""
    name = f"made.{quote(table.name)}"
    if table.description:
        store.execute(f"COMMENT ON TABLE {name} IS {literal(plain(table.description))}")
    for field in table.fields:
        if said := plain(field.raw.get("description", "")):
            store.execute(f"COMMENT ON COLUMN {name}.{quote(field.name)} IS {literal(said)}")


def fill_about(store: Store, name: str, names: list[str], rows: list[tuple]) -> None:
    """Make a table that describes the others."""
    kinds = {n: "INTEGER" if n == "position" else "BOOLEAN" if n == "required" else "VARCHAR"
             for n in names}  # fmt: skip
    aside = store.name("about")
    store.define(aside, kinds)
    store.insert(aside, kinds, rows)
    store.execute(f"CREATE TABLE made.{quote(name)} AS SELECT * FROM {quote(aside)}")


def ours(path: Path) -> bool:
    """Whether a file is a database that was exported before."""
    import duckdb

    if not path.is_file():
        return False
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            found = database.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?",
                                     [ABOUT]).fetchone()  # fmt: skip
    except duckdb.Error:
        return False
    return found == (1,)

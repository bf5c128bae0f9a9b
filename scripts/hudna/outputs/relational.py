"""A Table Schema as tables of SQLite: columns, keys, checks, index of words, and their meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from hudna.engine.typed import quote
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.ground.folding import fold, skeleton

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
WORDS = "_fts"  # how the name of a table's index of words ends
LIMITS = {"minimum": "{} >= {}", "maximum": "{} <= {}",
          "minLength": "length({}) >= {}", "maxLength": "length({}) <= {}"}  # fmt: skip
BARE = 3  # consonants that are enough to know a name by
NAME = 80  # characters of the longest name whose consonants are kept


def literal(value: Any) -> str:
    """A code or a limit as SQL."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def checks(field: Field) -> Iterator[str]:
    """What SQLite can check of a field by itself; patterns it cannot."""
    name = quote(field.name)
    if field.type == "date":
        # Being moved by no day, a day that no month has becomes one of the next.
        yield f"date({name}, '+0 days') IS {name}"
    if field.type == "boolean":
        yield f"{name} IN (0, 1)"
    elif field.codes:
        yield f"{name} IN ({', '.join(map(literal, field.codes))})"
    for limit, form in LIMITS.items():
        if (bound := field.constraints.get(limit)) is not None:
            yield form.format(name, literal(bound))


def definition(table: Table, tables: dict[str, Table]) -> str:
    """The statement that makes a table; descriptions are comments in it."""
    parts = []
    for field in table.fields:
        must = " NOT NULL" if field.required or field.name in table.primary_key else ""
        held = "".join(f" CHECK ({c})" for c in checks(field))
        line = f"{quote(field.name)} {TYPES.get(field.type, 'TEXT')}{must}{held}"
        parts.append((line, plain(field.meaning)))
    if table.primary_key:
        parts.append((f"PRIMARY KEY ({listed(table.primary_key)})", ""))
    for key in table.foreign_keys:
        # SQLite wants what a key points at to be a key itself.
        if key.to == tables[key.table].primary_key:
            parts.append((f"FOREIGN KEY ({listed(key.fields)}) "
                          f"REFERENCES {quote(key.table)} ({listed(key.to)})", ""))  # fmt: skip
    lines = [f"  {line}{',' if n < len(parts) else ''}{f'  -- {said}' if said else ''}"
             for n, (line, said) in enumerate(parts, 1)]  # fmt: skip
    head = f"CREATE TABLE {quote(table.name)} (  -- {plain(table.description)}"
    return "\n".join([head.removesuffix("  -- "), *lines, ")"])


def indexes(table: Table) -> Iterator[str]:
    """An index for each foreign key and pair of columns that refers to a record."""
    several = {k.fields for k in table.foreign_keys}
    several |= {(r.table, r.record) for r in table.references}
    for names in sorted(several - {table.primary_key}):
        name = quote(f"{table.name}_{'_'.join(names)}")
        yield f"CREATE INDEX {name} ON {quote(table.name)} ({listed(names)})"


def listed(names: Sequence[str]) -> str:
    """Names as SQL."""
    return ", ".join(map(quote, names))


def plain(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def searched(table: Table) -> list[str]:
    """The fields of free text: no codes, no pattern, no address, no reference."""
    refers = {n for k in table.foreign_keys for n in k.fields}
    refers |= {n for r in table.references for n in (r.table, r.record)} | set(table.primary_key)
    return [f.name for f in table.fields
            if f.type == "string" and f.format == "default" and f.name not in refers
            and not f.codes and "pattern" not in f.constraints]  # fmt: skip


def label(table: Table) -> str:
    """The field by which a person knows a record: the first of free text that is required."""
    return next((n for n in searched(table) if table.field(n).required and table.id_field), "")


def named(table: Table) -> set[str]:
    """The fields that hold names, of which also the consonants are found."""
    return {n for n in searched(table) if n in ("name", "label", "title") or n.startswith("name_")}


def index_of_words(table: Table) -> str:
    """The statement that makes the index: each field as printed and folded, and consonants."""
    names = listed([*searched(table), "_skeleton"])
    return (f"CREATE VIRTUAL TABLE {quote(table.name + WORDS)} USING fts5 "
            f"({names}, content='', tokenize='unicode61 remove_diacritics 2')")  # fmt: skip


def insert_words(table: Table) -> str:
    """The statement that puts a row into the index."""
    names = ["rowid", *searched(table), "_skeleton"]
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {quote(table.name + WORDS)} ({listed(names)}) VALUES ({marks})"


def words(row: tuple, places: list[int], names: list[str], known: set[str]) -> list:
    """What the index holds of a row."""
    texts = [row[p] or "" for p in places]
    bare: dict[str, None] = {}
    for place, text in zip(places, texts, strict=True):
        if text and names[place - 1] in known and len(text) <= NAME:
            bare |= dict.fromkeys([skeleton(text), *map(skeleton, fold(text).split())])
    return [row[0], *(both(t) for t in texts), " ".join(b for b in bare if len(b) >= BARE)]


def both(text: str) -> str:
    """A text as printed and, where that is another, folded."""
    folded = fold(text) if text else ""
    return text if text.lower() == folded else f"{text} {folded}"


def query(text: str) -> str:
    """What is searched, as a query of the index: every word, as folded or by its consonants, or a
    name of the same consonants as a whole."""
    every = " AND ".join(f'("{w}"{consonants(w)})' for w in fold(text).split())
    return f"({every}){consonants(text)}" if every else '""'


def consonants(text: str) -> str:
    """The part of a query that finds a name by its consonants, "" where they are too few."""
    bare = skeleton(text)
    return f' OR (_skeleton : "{bare}")' if len(bare) >= BARE else ""


def about(package: Package) -> dict[str, tuple[list[str], list[tuple]]]:
    """Tables that describe the others: their names, columns, rows."""
    told = package.descriptor
    facts = [(k, v if isinstance(v, str) else json.dumps(v, ensure_ascii=False))
             for k, v in told.items() if k != "resources"]  # fmt: skip
    several = package.tables.values()
    fields = [
        (t.name, n, f.name, f.type, f.raw.get("title"), f.raw.get("description"),
         f.raw.get("unit"), text(f.raw.get("example")), int(f.required),
         f.constraints.get("pattern"))
        for t in several for n, f in enumerate(t.fields, 1)
    ]  # fmt: skip
    codes = [
        (t.name, f.name, n, code, labels(f).get(code))
        for t in several for f in t.fields for n, code in enumerate(f.codes, 1)
    ]  # fmt: skip
    return {
        "_package": (["property", "value"], facts),
        "_tables": (["table", "title", "description"],
                    [(t.name, t.title, t.description) for t in several]),
        "_fields": (["table", "position", "field", "type", "title", "description", "unit",
                     "example", "required", "pattern"], fields),
        "_codes": (["table", "field", "position", "code", "label"], codes),
    }  # fmt: skip


def text(value: Any) -> str | None:
    """An example as text."""
    return None if value is None else value if isinstance(value, str) else json.dumps(value)


def labels(field: Field) -> dict[Any, str]:
    """The definition of each code of a field."""
    given = field.raw.get("categories", ())
    return {c["value"]: c.get("label", "") for c in given if isinstance(c, dict)}

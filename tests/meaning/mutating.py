"""Changes of the shipped data, each made in the engine and judged by the checks."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from hudna.engine import atonce, relations
from hudna.engine.limits import Limits
from hudna.engine.local import Local
from hudna.engine.masked import Loaded
from hudna.engine.sources import Small
from hudna.form import csvfile, package
from hudna.form.csvfile import Records
from hudna.form.schema import Field, Table
from hudna.ground.finding import Finding
from hudna.meaning import checks, rules
from hudna.meaning.checks import Options
from hudna.outputs import formatting
from tests.packages import lay

Rows = list[list[str]]
AIMED = Path(__file__).parents[1] / "cases" / "mutations.json"


class Mutation(NamedTuple):
    """One change of a table.

    record: key of the record that is changed. changes: new cells by field. act: "set", "drop",
    "double" (the record stays, and stands again with the changes), "add" (a new record), or "raw"
    (`changes` holds a text of the file and what takes its place). also: what goes with it, further
    records to set (key and cells) or to add (cells). by: the check that should catch it, "" for
    none in particular.
    """

    table: str
    record: str
    changes: dict[str, str]
    act: str = "set"
    by: str = ""
    kind: str = ""
    also: Sequence[Any] = ()

    def text(self, table: Table, text: str) -> str:
        """The file with the change."""
        if self.act == "raw":
            ((old, new),) = self.changes.items()
            assert old in text, self
            return text.replace(old, new, 1)
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        if self.act == "add":
            rows += [[given.get(n, "") for n in header] for given in (self.changes, *self.also)]
            return csvfile.render(header, rows)
        for record, changes in ((self.record, self.changes), *self.also):
            at = next(i for i, r in enumerate(rows) if key(table, r) == record)
            new = [changes.get(n, c) for n, c in zip(header, rows[at], strict=True)]
            rows[at : at + 1] = {"set": [new], "drop": [], "double": [rows[at], new]}[self.act]
        return csvfile.render(header, rows)


def key(table: Table, row: list[str]) -> str:
    """The primary key of a row."""
    return "/".join(row[table.names.index(k)] for k in table.primary_key)


class Shipped:
    """The shipped package in the engine, of which one table at a time can be changed."""

    def __init__(self) -> None:
        self.package, found = package.read(package.home())
        assert not found
        self.tables = Local(self.package.root, self.package.tables, Limits())
        self.tables.open(self.package.tables)
        self.tables.load()
        self.parts = dict(self.tables.parts)
        self.records = {n: p.records for n, (p,) in self.parts.items()}

    def text(self, name: str) -> str:
        return self.package.path(self.package.tables[name].path).read_bytes().decode("utf-8")

    @cached_property
    def rules(self) -> list[tuple[Path, set[str]]]:
        """hudna's rules, with the words of each."""
        return [(p, set(re.findall(r"\w+", p.read_text("utf-8")))) for p in rules.own()]

    def reading(self, name: str) -> list[Path]:
        """The rules that can see a change of a table: those that name it or a relation."""
        names = {name, *relations.MAKERS}
        return [p for p, words in self.rules if words & names]

    def findings(self, name: str, text: str) -> list[Finding]:
        """What the checks find when a table holds a text."""
        table = self.package.tables[name]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.csv"
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
            records = csvfile.read(path, table.missing)

        done = checks.Checked(self.package, self.tables)

        def load(done: checks.Checked) -> None:
            done.tables.parts = {**self.parts, name: [Small(table.path, records)]}
            others = {n: Loaded([], []) for n in self.package.tables}
            done.tables.loaded = {**others, name: lay(done.store, table, records)}
            done.store.climbing.clear()
            done.store.kept.clear()
            atonce.note(done.store, done.tables.parts)

        reading = self.reading(name)
        try:
            with (
                mock.patch.object(checks, "load", load),
                mock.patch.object(rules, "own", lambda: reading),
                mock.patch.object(checks.descriptor_check, "check", lambda *_: []),
            ):
                checks.run(done, [], Options(limit=10**9))
        finally:
            lay(self.tables.store, table, self.records[name])
        found = done.report.findings
        return [*found, *self.form(table, records, text, found)]

    @staticmethod
    def form(table: Table, records: Records, text: str, found: list[Finding]) -> Iterator[Finding]:
        """A table that has no other fault, and whose text is not canonical."""
        if any(f.table == table.name and f.severity == "error" for f in found):
            return
        if text != formatting.formatted(table, records):
            yield Finding("not-canonical", "", table=table.name)

    def caught(self, m: Mutation) -> list[str]:
        """The names of the checks that catch a mutation, sorted."""
        text = m.text(self.package.tables[m.table], self.text(m.table))
        return sorted({f.rule for f in self.findings(m.table, text)})

    def drawn(self) -> Iterator[Mutation]:
        """Plausible changes of each column, and of the rows of each table, aimed at no check."""
        for table in self.package.tables.values():
            _, *rows = csv.reader(io.StringIO(self.text(table.name), newline=""))
            if rows:
                row = rows[pick(table.name, "drop", len(rows))]
                yield Mutation(table.name, key(table, row), {}, "drop", kind="a record dropped")
            for i, field in enumerate(table.fields):
                held = [r for r in rows if r[i]]
                if not held or field.name in table.primary_key:
                    continue
                row = held[pick(table.name, field.name, len(held))]
                for kind, value in plausible(field, row[i], [r[i] for r in held]):
                    change = {field.name: value}
                    yield Mutation(table.name, key(table, row), change, kind=kind)


def pick(table: str, name: str, n: int) -> int:
    """A position, by the names alone."""
    return zlib.crc32(f"{table}.{name}".encode()) % n


def plausible(field: Field, value: str, column: list[str]) -> Iterator[tuple[str, str]]:
    """Other values that a careless hand could have written, each with its kind."""
    if field.type == "date":
        day = datetime.date.fromisoformat(value)
        yield "a date a year early", str(day.replace(year=day.year - 1, day=min(day.day, 28)))
    elif field.type == "integer":
        yield "a number ten times too large", f"{value}0"
    elif field.type == "boolean":
        yield "true for false, or the reverse", "false" if value == "true" else "true"
    elif field.type == "number":
        yield "a number of the other sign", value[1:] if value[0] == "-" else f"-{value}"
    elif field.codes:
        at = field.codes.index(value)
        yield "another code of the list", field.codes[(at + 1) % len(field.codes)]
    elif others := sorted(set(column) - {value}):
        yield "the value of another record", others[pick(field.name, value, len(others))]
    if not field.required:
        yield "a cell emptied", ""


def aimed() -> list[Mutation]:
    """The mutations aimed at one check each, from their file."""
    return [Mutation(**m) for m in json.loads(AIMED.read_text("utf-8"))]

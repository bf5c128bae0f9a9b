"""Each rule, kept and broken: the cases of tests/cases/rules run on the engine."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from hudna.engine.store import Store
from hudna.form import package
from hudna.form.csvfile import Records
from hudna.form.schema import Field, Table
from hudna.meaning import rules, sqlfile, trusted
from tests.packages import cell, lay

CASES = Path(__file__).parents[1] / "cases" / "rules"
RULES = {p.stem: p for p in rules.own()}
TABLES = package.read(package.home())[0].tables


def cases() -> list[Any]:
    """Every case of every rule, under the name `rule: because`."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['because']}")
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text("utf-8"))
    ]


def neutral(table: Table, number: int) -> dict[str, Any]:
    """The least that a valid row of a table holds: what is required, by its example; undated."""
    row = {f.name: f.raw.get("example", *f.codes[:1]) for f in table.fields if f.required}
    if "date_precision" in row:
        row["date_precision"] = "unknown"
    if table.id_field:
        row[table.id_field] = f"{table.name.replace('_', '-')}-{number}"
    return row


def records(table: Table, given: Iterable[Mapping[str, Any]]) -> Records:
    """The given rows, filled up, as if they had been read from a file."""
    rows = [neutral(table, n) | row for n, row in enumerate(given, 1)]
    for row in rows:
        assert set(row) <= set(table.names), set(row) - set(table.names)
    texts = [[cell(row.get(name)) for name in table.names] for row in rows]
    return Records(header=table.names, rows=texts, lines=list(range(2, len(texts) + 2)))


def changed(
    tables: Mapping[str, Table], schema: Mapping[str, Mapping[str, Any]]
) -> dict[str, Table]:
    """The tables with other schemas: `fields` adds columns (texts), `reserved` marks codes."""
    out = dict(tables)
    for name, change in schema.items():
        table = out[name]
        more = (Field(n, "string", "default", {}, {}) for n in change.get("fields", ()))
        reserved = change.get("reserved", table.reserved)
        out[name] = dataclasses.replace(table, fields=(*table.fields, *more), reserved=reserved)
    return out


class Bench:
    """A store of empty tables, on which one case after the other is laid."""

    def __init__(self, tables: Mapping[str, Table] = TABLES):
        self.tables = dict(tables)
        self.store = Store(self.tables)
        for table in self.tables.values():
            lay(self.store, table, records(table, ()))

    def fill(self, given: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Make the given tables anew with the given rows; each must be valid by its schema."""
        for name, rows in given.items():
            table = self.tables[name]
            loaded = lay(self.store, table, records(table, rows))
            assert not loaded.failing, [loaded.checks[i] for i in loaded.failing]

    def run(self, name: str, given: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[tuple]:
        """What a rule finds in the given rows."""
        try:
            self.fill(given)
            columns, found = self.store.run(sqlfile.read(RULES[name]).sql)
            assert columns == rules.RESULT
            return found
        finally:
            self.fill(dict.fromkeys(given, ()))


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize(("name", "case"), cases())
def test_case(bench: Bench, name: str, case: dict[str, Any]) -> None:
    given = dict(case["given"])
    if schema := given.pop("schema", None):
        bench = Bench(changed(TABLES, schema))
    found = bench.run(name, given)
    assert sorted(map(repr, (row[:3] for row in found))) == sorted(
        repr(tuple(f)) for f in case["finds"]
    )
    for *_, problem in found:
        assert problem and not problem.endswith("."), problem
        assert len(problem) < 250, problem


def test_no_case_is_told_twice() -> None:
    names = [p.id for p in cases()]
    assert len(names) == len(set(names))


def test_cases_without_a_rule() -> None:
    assert {p.stem for p in CASES.glob("*.json")} <= set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_rule_is_shown_kept_and_broken(name: str) -> None:
    shown = [bool(c["finds"]) for c in json.loads((CASES / f"{name}.json").read_text("utf-8"))]
    assert True in shown, "no case breaks the rule"
    assert False in shown, "no case keeps the rule"


@pytest.mark.parametrize("name", RULES)
def test_rule_says_what_it_wants(name: str) -> None:
    rule = sqlfile.read(RULES[name])
    assert rule.severity in sqlfile.SEVERITIES
    assert rule.sentence[0].isalpha()
    assert rule.sentence.endswith(".")
    assert not rule.params


@pytest.mark.parametrize("name", RULES)
def test_rule_keeps_what_is_asked_of_a_strangers(name: str) -> None:
    # hash() picks the few records to compare; its values differ by engine, what is found does not.
    reasons = trusted.check_sql(sqlfile.read(RULES[name]).sql, set(TABLES))
    assert [r for r in reasons if not r.startswith("it calls hash,")] == []


@pytest.mark.parametrize("name", RULES)
def test_rule_is_the_same_query_for_spark(name: str) -> None:
    import sqlglot

    sql = sqlfile.read(RULES[name]).sql
    level = sqlglot.ErrorLevel.RAISE
    spark = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=level)
    assert len(spark) == 1
    assert sqlglot.parse_one(spark[0], read="spark")
    # Spark knows named windows, but none that are named and then go on.
    assert not re.search(r"(?i)OVER \((?!PARTITION|ORDER|\))\w", spark[0])

"""Every rule and view says the same on Spark as on DuckDB: on the shipped package and all cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from hudna.engine.spark.engine import Engine
from hudna.engine.spark.session import Session
from hudna.engine.spark.settings import SMALL
from hudna.meaning import rules, sqlfile, views
from tests.integration import spark_both as both
from tests.integration.spark_both import SHIPPED, Case, Cases, Duck, alike, in_turn, table
from tests.meaning import test_rules, test_views

TABLES = SHIPPED.tables
RULES = {p.stem: sqlfile.read(p) for p in rules.own()}
VIEWS = {n: sqlfile.read(p) for n, p in views.own().items()}
# Lists of codes, which stand in every case of a view that does not give its own.
LISTS = ("relation_types", "incident_types", "statement_types")
Found = dict[str, tuple[Any, Any]]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with Session("local[2]", more=SMALL) as spark:
        yield spark


@pytest.fixture(scope="module")
def package(spark: Any) -> tuple[Duck, Engine]:
    """The shipped package in both engines."""
    given = {n: table(t, both.shipped(t)) for n, t in TABLES.items()}
    duck, engine = Duck(TABLES), Engine(spark, TABLES)
    duck.fill(given)
    for name, rows in given.items():
        engine.offer(name, lambda rows=rows: spark.createDataFrame(rows))
    return duck, engine


@pytest.fixture(scope="module")
def of_the_package(package: tuple[Duck, Engine]) -> Found:
    """What each rule finds in the shipped package."""
    duck, engine = package
    found = in_turn(lambda rule: engine.run(rule.sql), RULES.values())
    return {n: (duck.run(RULES[n].sql), f) for n, f in zip(RULES, found, strict=True)}


@pytest.mark.parametrize("name", RULES)
def test_rule_on_the_shipped_package(of_the_package: Found, name: str) -> None:
    (columns, rows), (seen, found) = of_the_package[name]
    assert seen == columns
    assert alike(found) == alike(rows)


@pytest.fixture(scope="module")
def of_the_cases(spark: Any) -> Found:
    """What each rule finds in each of its cases."""
    cases, duck = Cases(spark, TABLES), Duck(TABLES)
    laid = {name: list(lay(cases, duck, name)) for name in RULES}
    found = in_turn(lambda case: both.together(cases.engine, [q for q, _ in case]), laid.values())
    return {
        name: ([rows for _, rows in case], f)
        for (name, case), f in zip(laid.items(), found, strict=True)
    }


def lay(cases: Cases, duck: Duck, name: str) -> Iterator[tuple[str, list[tuple]]]:
    """The query of each case of a rule, for Spark, and what DuckDB finds."""
    for case in json.loads((test_rules.CASES / f"{name}.json").read_text("utf-8")):
        given, tables, own = dict(case["given"]), TABLES, duck
        if schema := given.pop("schema", None):
            tables = test_rules.changed(TABLES, schema)
            own = Duck(tables)
            given = dict.fromkeys(schema, ()) | given
        rows = {
            n: table(tables[n], (test_rules.neutral(tables[n], i) | r for i, r in enumerate(g, 1)))
            for n, g in given.items()
        }
        own.fill(rows)
        yield cases.put(tables, rows).query(RULES[name].sql), own.run(RULES[name].sql)[1]


@pytest.mark.parametrize("name", RULES)
def test_rule_on_its_cases(of_the_cases: Found, name: str) -> None:
    expected, found = of_the_cases[name]
    assert [alike(rows) for rows in found] == [alike(rows) for rows in expected]
    assert any(expected)


@pytest.mark.parametrize("name", VIEWS)
def test_view_on_the_shipped_package(package: tuple[Duck, Engine], name: str) -> None:
    duck, engine = package
    view = VIEWS[name]
    params = {p.name: p.default for p in view.params}
    assert engine.run(view.sql, params) == duck.run(view.sql, params)
    kinds = dict(r[:2] for r in duck.run(f"DESCRIBE {view.sql}", params)[1])
    assert engine.types(view.sql, params) == kinds


@pytest.fixture(scope="module")
def of_the_views(spark: Any) -> Found:
    """What each view shows of each of its cases."""
    cases, duck = Cases(spark, TABLES), Duck(TABLES)
    lists = {n: table(TABLES[n], both.shipped(TABLES[n])) for n in LISTS}
    asked: list[tuple[str, Case, dict]] = []
    expected: dict[str, list] = {n: [] for n in VIEWS}
    for name, case in (p.values for p in test_views.cases()):
        view, given = VIEWS[name], {n: table(TABLES[n], rows) for n, rows in case["given"].items()}
        params = {p.name: p.default for p in view.params}
        params |= {p.name: sqlfile.value(p, case["set"][p.name])
                   for p in view.params if p.name in case.get("set", ())}  # fmt: skip
        duck.fill(lists | given)
        expected[name].append(duck.run(view.sql, params))
        asked.append((name, cases.put(TABLES, lists | given), params))
    found: dict[str, list] = {n: [] for n in VIEWS}
    for (name, *_), answer in zip(
        asked, in_turn(lambda a: a[1].run(VIEWS[a[0]].sql, a[2]), asked), strict=True
    ):
        found[name].append(answer)
    return {n: (expected[n], found[n]) for n in VIEWS}


@pytest.mark.parametrize("name", VIEWS)
def test_view_on_its_cases(of_the_views: Found, name: str) -> None:
    expected, found = of_the_views[name]
    assert found == expected
    assert any(rows for _, rows in expected)

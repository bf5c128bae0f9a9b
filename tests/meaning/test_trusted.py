"""What a stranger's query may do, and a collection of what it may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hudna.meaning import rules, sqlfile, trusted

TABLES = {"incidents", "actors", "citations"}

CASES = json.loads((Path(__file__).parents[1] / "cases" / "trusted.json").read_text("utf-8"))
GOOD, HOSTILE = CASES["may"], CASES["may-not"]


@pytest.mark.parametrize("what", GOOD)
def test_may_run(what: str) -> None:
    assert trusted.check_sql(GOOD[what], TABLES) == []


@pytest.mark.parametrize("what", HOSTILE)
def test_may_not_run(what: str) -> None:
    reasons = trusted.check_sql(HOSTILE[what], TABLES)
    assert reasons
    assert all(r.startswith("it ") or r.startswith("the recursion") for r in reasons), reasons


@pytest.mark.parametrize("what", ["a plain rule", "a bounded recursion", "windows"])
def test_table_is_refused_where_the_package_does_not_have_it(what: str) -> None:
    reasons = trusted.check_sql(GOOD[what], {"actors"})
    assert reasons == ["it reads incidents, which is no table of the package"]


def test_brackets_that_no_parser_reads_are_refused_without_a_traceback() -> None:
    assert trusted.check_sql("SELECT " + "(" * 5000 + "1" + ")" * 5000, TABLES)


def test_each_reason_is_told_once() -> None:
    sql = "SELECT getenv('A'), getenv('B'), random()"
    assert len(trusted.check_sql(sql, TABLES)) == 2


VIEWS = sorted((Path(rules.__file__).parents[1] / "views").glob("*.sql"))


@pytest.mark.parametrize("path", VIEWS, ids=[p.stem for p in VIEWS])
def test_own_views_use_what_a_stranger_may_but_for_their_series(path: Path) -> None:
    from hudna.form import package

    tables = set(package.read(package.home())[0].tables)
    reasons = trusted.check_sql(sqlfile.read(path).sql, tables)
    assert [r for r in reasons if "makes a series" not in r] == []

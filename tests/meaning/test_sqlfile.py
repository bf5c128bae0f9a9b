"""Rule and view files: what is read out of them, and what is said of a malformed one."""

from __future__ import annotations

import datetime

import pytest

from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile
from hudna.meaning.sqlfile import Param


def write(tmp_path, text):
    path = tmp_path / "thing.sql"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_rule(tmp_path):
    text = "-- Dates are in order.\n-- severity: warning\n-- A remark.\nSELECT 1 -- $not\n"
    rule = sqlfile.read(write(tmp_path, text))
    assert rule.name == "thing"
    assert rule.sentence == "Dates are in order."
    assert rule.severity == "warning"
    assert rule.params == ()
    assert rule.sql == "SELECT 1 -- $not"


def test_the_parameters_of_a_view(tmp_path):
    text = """-- Shows it.
-- param day DATE = 2020-10-10: the day: it counts
-- param open DATE =: no default
-- param by VARCHAR = month | year: the window
-- param type VARCHAR = attack of incident_types.code: a type
-- param all BOOLEAN = false: all of it
-- param n INTEGER = 3: how many
SELECT $day, $open, $by, $type, $all, $n, '$no', "$no"
"""
    day = datetime.date(2020, 10, 10)
    assert sqlfile.read(write(tmp_path, text)).params == (
        Param("day", "DATE", day, "the day: it counts"),
        Param("open", "DATE", None, "no default"),
        Param("by", "VARCHAR", "month", "the window", ("month", "year")),
        Param("type", "VARCHAR", "attack", "a type", (), ("incident_types", "code")),
        Param("all", "BOOLEAN", False, "all of it"),
        Param("n", "INTEGER", 3, "how many"),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no sentence"),
        ("SELECT 1\n", "no sentence"),
        ("--\nSELECT 1\n", "no sentence"),
        ("-- severity: error\nSELECT 1\n", "no sentence"),
        ("-- A rule.\n", "no query"),
        ("-- A rule.\n\n/* nothing */\n", "no query"),
        ("-- A rule.\n-- severity: fatal\nSELECT 1\n", "severity is 'fatal'"),
        ("-- A view.\n-- param day = 3: x\nSELECT $day\n", "declares no parameter"),
        ("-- A view.\n-- param day TIME = 3: x\nSELECT $day\n", "has the type TIME"),
        ("-- A view.\n-- param day DATE = 3: x\nSELECT $day\n", "default of day is '3'"),
        ("-- A view.\n-- param day DATE =: x\nSELECT 1\n", "does not use"),
        ("-- A view.\nSELECT $day\n", "uses $day"),
        ("-- A view.\n-- param a DATE =: x\n-- param a DATE =: x\nSELECT $a\n", "twice"),
        (b"-- A view \xff.\nSELECT 1\n", "no UTF-8"),
    ],
)
def test_malformed(tmp_path, text, says):
    with pytest.raises(CannotRun) as e:
        sqlfile.read(write(tmp_path, text))
    assert says in str(e.value)
    assert "thing.sql" in str(e.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(CannotRun, match="cannot be read"):
        sqlfile.read(tmp_path / "none.sql")


INNER = """-- Counts.
-- param by VARCHAR = month | week: the window
-- param from DATE =: the first day
-- param least INTEGER = 2: how many
WITH steps AS (
  SELECT $by AS unit, '$by' AS kept, $from AS day, $least AS least
)
SELECT * FROM steps
"""


def test_a_view_reads_another(tmp_path):
    (tmp_path / "inner-one.sql").write_text(INNER, "utf-8")
    text = """-- Lays over.
-- asks: What was it?
-- reads: inner-one by=week
-- param from DATE =: the first day
-- A remark.
WITH more AS (SELECT * FROM inner_one) SELECT unit, kept, day, least, '' AS why FROM more
"""
    view = sqlfile.read(write(tmp_path, text))
    assert (view.asks, view.notes) == ("What was it?", "A remark.")
    assert [p.name for p in view.params] == ["from"]
    import duckdb

    day = datetime.date(2020, 10, 10)
    assert duckdb.execute(view.sql, {"from": day}).fetchall() == [("week", "$by", day, 2, "")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("inner by=day", "by of inner is 'day'; expected month, week"),
        ("inner size=1", "sets size, which inner does not have"),
        ("nothing", "nothing.sql cannot be read"),
        ("thing", "thing reads thing|reads thing, which reads it"),
    ],
)
def test_a_view_that_cannot_be_read_by_another(tmp_path, line, says):
    (tmp_path / "inner.sql").write_text(INNER, "utf-8")
    with pytest.raises(CannotRun, match=says):
        sqlfile.read(write(tmp_path, f"-- X.\n-- reads: {line}\nSELECT 1\n"))

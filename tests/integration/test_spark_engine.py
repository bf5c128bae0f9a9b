"""The engine on Spark keeps what the store promises: answers, words of errors, and a shut door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hudna.engine.spark import dialect, stages
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.session import Session
from hudna.engine.spark.settings import SMALL
from hudna.engine.store import Store
from hudna.meaning import rules

COLUMNS = {"unit": "INTEGER", "_row": "BIGINT", "text": "VARCHAR"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("a folder of Spark's")
    with Session("local[2]", folder, SMALL) as spark:
        yield Engine(spark, {})
    assert not list(folder.iterdir())


def test_what_several_queries_give_is_gathered_and_counted(engine: Engine) -> None:
    engine.define("found", COLUMNS)
    queries = [
        "SELECT 1 AS unit, 7 AS _row, NULL AS text",
        "SELECT 2 AS unit, 1 AS _row, 'x' AS text WHERE FALSE",
        "WITH RECURSIVE w AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM w WHERE n < 3) "
        "SELECT 3 AS unit, n AS _row, 'n' || n AS text FROM w",
    ]
    assert engine.gather("found", COLUMNS, queries * 10) == [1, 0, 3] * 10
    assert engine.extend("found", COLUMNS, "SELECT 4 AS unit, 0 AS _row, 'e' AS text") == 1
    engine.insert("found", COLUMNS, [(5, 2**40, "i")])
    assert engine.types("SELECT * FROM found") == COLUMNS
    counted = "SELECT unit, count(*) FROM found GROUP BY unit ORDER BY unit"
    assert engine.sql(counted) == [(1, 10), (3, 30), (4, 1), (5, 1)]
    assert engine.some("SELECT _row FROM found WHERE unit > 3 ORDER BY unit") == (
        ["_row"], [(0,), (2**40,)], False
    )  # fmt: skip
    engine.create("few", "SELECT DISTINCT unit FROM found")
    engine.view("few", "SELECT unit FROM few WHERE unit > 3")
    assert sorted(engine.sql("SELECT * FROM few")) == [(4,), (5,)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT nothing FROM held",
        "SELECT h.nothing FROM held AS h",
        "SELECT a FROM nothing",
    ],
)
def test_what_is_lacking_is_told_in_the_same_words(engine: Engine, query: str) -> None:
    engine.define("held", {"a": "BIGINT"})
    told = []
    with Store({}) as store:
        store.define("held", {"a": "BIGINT"})
        for one in (store, engine):
            with pytest.raises(one.lacking) as e:
                one.run(query)
            told.append(rules.lacking(e.value))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "query", ["SELECT CAST('x' AS DATE)", "SELECT FROM WHERE", "SELECT 1; SELECT 2"]
)
def test_what_fails_is_an_error_of_the_engine(engine: Engine, query: str) -> None:
    with pytest.raises(engine.errors):
        engine.run(query)


HOSTILE = ["a`b", 'q"t', "it's", "${env:HOME}", "x\\'; --", "select", "a b", "\u0130x", "a.b", "*/"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_and_no_value_becomes_a_query(engine: Engine, name: str) -> None:
    held = {"_row": "BIGINT", name: "VARCHAR"}
    engine.define(name, held)
    engine.insert(name, held, [(1, name), (2, None)])
    own = name.replace('"', '""')
    query = f'SELECT t."{own}" FROM "{own}" AS t WHERE t."{own}" = $v -- */ SELECT 1'
    assert engine.run(query, {"v": name}) == ([name], [(name,)])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT java_method('java.lang.System', 'getProperty', 'user.home')",
        "SELECT try_reflect('java.lang.System', 'getProperty', 'user.home')",
        'SELECT * FROM csv."/etc/hostname"',
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "CREATE TABLE t AS SELECT 1",
        "SET spark.sql.runSQLOnFiles = true",
        "ADD JAR '/tmp/x.jar'",
    ],
)
def test_no_query_leaves_the_tables(engine: Engine, query: str) -> None:
    with pytest.raises(engine.errors):
        engine.run(query)


def test_a_query_cut_into_stages_says_the_same(engine: Engine) -> None:
    engine.define("t", COLUMNS)
    engine.insert("t", COLUMNS, [(n % 3, n, f"x{n % 5}") for n in range(50)])
    doubled = ", ".join(
        f"s{n} AS (SELECT a.unit, a._row, b.text FROM s{n - 1} AS a JOIN s{n - 1} AS b "
        "ON b._row = a._row)"
        for n in range(1, 8)
    )
    query = (
        f"WITH s0 AS (SELECT * FROM t WHERE unit < $most), {doubled} SELECT * FROM s7 ORDER BY _row"
    )
    assert len(list(stages.cut(dialect.parsed(query)))) > 3
    expected = [row for row in engine.sql("SELECT * FROM t ORDER BY _row") if row[0] < 2]
    assert engine.sql(query, {"most": 2}) == expected


def test_a_session_writes_nothing_where_it_runs(engine: Engine) -> None:
    assert not Path("spark-warehouse").exists()
    assert not Path("metastore_db").exists()

"""Views: each shows on its cases what it should; parameters and files that are not right say so."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path

import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from tests.packages import make

CASES = Path(__file__).parents[1] / "cases" / "views"
KINDS = {"ordinary", "doubt", "empty"}


def cases():
    """Every case of every view, with the defaults of its file filled in."""
    for path in sorted(CASES.glob("*.json")):
        file = json.loads(path.read_text("utf-8"))
        for number, case in enumerate(file["cases"], 1):
            given = {
                table: [{**file["defaults"].get(table, {}), **row} for row in rows]
                for table, rows in case["given"].items()
            }
            yield pytest.param(path.stem, {**case, "given": given}, id=f"{path.stem}-{number}")


def run(name: str, folder: Path, given: dict[str, str] | None = None) -> list[dict]:
    """The rows of a view by column, dates as texts."""
    package, found = packages.read(folder)
    assert not found
    answer = views.run(views.find(name, package), package, given)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return [{k: text(v) for k, v in row.items()} for row in rows]


def text(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_case(tmp_path, name, case):
    rows = run(name, make(tmp_path, case["given"]), case.get("set"))
    seen = [
        {k: row[k] for k in expected} for row, expected in zip(rows, case["expects"], strict=False)
    ]
    assert seen == case["expects"], case["because"]
    assert len(rows) == len(case["expects"]), case["because"]


@pytest.mark.parametrize("name", views.own())
def test_every_view_has_cases_of_each_kind(name):
    kinds = Counter(p.values[1]["kind"] for p in cases() if p.values[0] == name)
    assert set(kinds) == KINDS
    assert sum(kinds.values()) >= 3


def test_no_cases_without_a_view():
    assert {p.stem for p in CASES.glob("*.json")} == set(views.own())


@pytest.mark.parametrize("name", views.own())
def test_why_is_last_sorted_and_leads_to_records(name):
    """On the shipped package: every reference behind a row is a record of it."""
    package, _ = packages.read(packages.home())
    answer = views.run(views.find(name, package), package)
    with views.load(package, package.tables) as (store, _):
        known = set(store.sql('SELECT "table", record_id FROM _records'))
    assert answer.rows
    for row in answer.rows:
        ids = row[-1].split(" ")
        assert ids == sorted(set(ids))
        assert {tuple(i.split("/", 1)) for i in ids} <= known


@pytest.mark.parametrize("name", views.own())
def test_a_view_runs_on_an_empty_package(tmp_path, name):
    assert run(name, make(tmp_path, keep=())) == []


def test_the_order_of_the_timeline_never_contradicts_its_places():
    """On the shipped package: a row certainly before another stands before it."""
    rows = run("timeline", packages.home(), {"analysis": "true"})
    for place, row in enumerate(rows, 1):
        assert row["first_place"] <= place <= row["last_place"]
    for i, row in enumerate(rows):
        for earlier in rows[:i]:
            assert not (
                row["latest"] and earlier["earliest"] and row["latest"] < earlier["earliest"]
            )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"form": "1"}, "no parameter 'form'; expected one of analysis, from, to (nearest: from)"),
        ({"from": "1.10.2020"}, "from is '1.10.2020'; expected a date like 2020-10-10"),
        ({"from": "2020-02-30"}, "expected a date"),
        ({"analysis": "maybe"}, "analysis is 'maybe'; expected true or false"),
    ],
)
def test_bad_parameters_of_the_timeline(tmp_path, given, says):
    with pytest.raises(CannotRun) as e:
        run("timeline", make(tmp_path), given)
    assert says in str(e.value)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"by": "decade"}, "by is 'decade'; expected month, week, year, all"),
        ({"type": "atack"}, "(nearest: attack)"),
        ({"target": "nobody"}, "target is 'nobody'"),
    ],
)
def test_bad_parameters_of_incident_counts(tmp_path, given, says):
    with pytest.raises(CannotRun) as e:
        run("incident-counts", make(tmp_path), given)
    assert says in str(e.value)


def test_an_empty_parameter_is_none(tmp_path):
    assert run("timeline", make(tmp_path), {"from": ""}) == []


def test_pairs():
    assert views.pairs(["a=1", "b= x=y ", "a=2"]) == {"a": "2", "b": "x=y"}
    with pytest.raises(CannotRun, match="PARAM=VALUE"):
        views.pairs(["a"])


def test_an_unknown_view_names_the_nearest():
    package, _ = packages.read(packages.home())
    with pytest.raises(CannotRun, match=r"no view 'timelin'.*nearest: timeline"):
        views.find("timelin", package)


def test_a_package_that_lacks_a_table_says_which(tmp_path):
    folder = make(tmp_path)
    path = folder / packages.DESCRIPTOR
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != "coverage"]
    path.write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(views.Lacking, match="coverage"):
        run("incident-counts", folder)


def test_a_table_that_cannot_be_read_says_so(tmp_path):
    folder = make(tmp_path)
    (folder / "data/incidents.csv").write_text("wrong,header\n", "utf-8")
    with pytest.raises(CannotRun, match=r"data/incidents.csv.*hudna validate"):
        run("timeline", folder)


def test_cells_that_cannot_be_read_are_counted_and_empty(tmp_path):
    rows = [{"incident_id": "a", "date_precision": "by", "date_end": "yesterday"}]
    package, _ = packages.read(make(tmp_path, {"incidents": rows}))
    answer = views.run(views.find("timeline", package), package)
    assert answer.unread == 1
    assert dict(zip(answer.columns, answer.rows[0], strict=True))["latest"] is None


def test_a_view_of_the_package_needs_trust(tmp_path):
    folder = make(tmp_path, {"places": [{"place_id": "iraq", "name": "Iraq"}]})
    (folder / "views").mkdir()
    query = "-- Places.\nSELECT name, 'places/' || place_id AS why FROM places\n"
    (folder / "views/spots.sql").write_text(query, "utf-8")
    package, _ = packages.read(folder)
    with pytest.raises(CannotRun, match="--trust"):
        views.find("spots", package)
    answer = views.run(views.find("spots", package, trust=True), package)
    assert answer.rows == [("Iraq", "places/iraq")]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT content, '' AS why FROM read_text('/etc/hostname')",
        "SELECT getenv('HOME') AS home, '' AS why",
        "SELECT *, '' AS why FROM 'data/incidents.csv'",
    ],
)
def test_a_trusted_view_reads_nothing_but_tables(tmp_path, query):
    folder = make(tmp_path)
    (folder / "views").mkdir()
    (folder / "views/spy.sql").write_text(f"-- Looks around.\n{query}\n", "utf-8")
    package, _ = packages.read(folder)
    with pytest.raises(CannotRun, match="view spy is not run"):
        views.find("spy", package, trust=True)


def test_a_view_of_the_package_may_not_take_the_name_of_ours(tmp_path):
    folder = make(tmp_path)
    (folder / "views").mkdir()
    (folder / "views/timeline.sql").write_text("-- Mine.\nSELECT 1 AS why\n", "utf-8")
    package, _ = packages.read(folder)
    assert "earliest" in views.find("timeline", package).sql
    with pytest.raises(CannotRun, match="rename it"):
        views.find("timeline", package, trust=True)


def test_a_view_without_why_is_refused(tmp_path):
    view = sqlfile.SqlFile("x", "X.", "", (), "SELECT 1 AS n")
    package, _ = packages.read(make(tmp_path))
    with pytest.raises(CannotRun, match="no last column why"):
        views.run(view, package)


def test_a_measure_that_there_is_not_is_refused(tmp_path):
    view = sqlfile.SqlFile("x", "X.", "", (), "SELECT '' AS why", measure="polarisation")
    package, _ = packages.read(make(tmp_path))
    with pytest.raises(CannotRun, match="'polarisation'; expected one of polarization"):
        views.run(view, package)


@pytest.mark.parametrize("name", views.own())
def test_without_why_the_rows_are_the_same(name):
    package, _ = packages.read(packages.home())
    view = views.find(name, package)
    with views.load(package, views.reads(view, package)) as (store, _):
        told, bare = views.ask(view, store), views.ask(view, store, why=False)
    assert bare.columns == dict(list(told.columns.items())[:-1])
    assert bare.rows == [row[:-1] for row in told.rows]


def test_csv_is_canonical():
    day = datetime.date(2020, 10, 1)
    columns = dict.fromkeys("abcdef", "VARCHAR")
    answer = views.Answer(columns, [(True, None, day, 3, 0.5, 'say "no",\nor')])
    assert views.csv(answer) == 'a,b,c,d,e,f\ntrue,,2020-10-01,3,0.5,"say ""no"",\nor"\n'

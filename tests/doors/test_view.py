"""`hudna view`: the list, the three formats, what it says on stderr, and its exit codes."""

from __future__ import annotations

import csv
import io
import json

import pytest

from hudna.doors import grid
from hudna.meaning import sqlfile, views
from tests.packages import make

LONG = "Declares a ceasefire of all operations against forces in the whole country, on conditions"
TABLES = {
    "actors": [{"actor_id": "kh", "name": "كتائب حزب الله", "actor_type": "armed-group"}],
    "statements": [
        {"statement_id": "2020-10-10-announces", "speaker_id": "kh", "statement_type": "announce",
         "summary": LONG, "date_start": "2020-10-10", "date_end": "2020-10-10",
         "date_precision": "day", "basis": "stated"},
        {"statement_id": "2020-10-11-says", "speaker_id": "kh", "statement_type": "demand",
         "summary": "和平 or \x1b[31mwar", "date_precision": "by", "date_end": "2020-10-11",
         "basis": "stated"},
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path, TABLES)


def test_without_a_name_the_views_are_listed(hudna, folder):
    code, out, _ = hudna("view", "--package", folder)
    assert code == 0
    for name, path in views.own().items():
        view = sqlfile.read(path)
        assert f"{name}\n  {view.sentence}\n" in out
        for p in view.params:
            assert f"--set {p.name}=" in out
            assert p.means in out


def test_a_view_of_the_package_is_listed_as_such(hudna, folder):
    (folder / "views").mkdir()
    (folder / "views/mine.sql").write_text("-- Mine.\nSELECT 1 AS n, '' AS why\n", "utf-8")
    assert "mine (in the package: --trust)\n  Mine.\n" in hudna("view", "--package", folder)[1]
    assert hudna("view", "mine", folder)[0] == 2
    assert hudna("view", "mine", folder, "--trust", "--format", "csv")[:2] == (0, "n\n1\n")


@pytest.mark.parametrize("width", [20, 60, 80, 100, 200])
def test_a_table_fits_the_width(hudna, folder, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = hudna("view", "timeline", folder)
    assert code == 0
    assert all(grid.width(line) <= width for line in out.splitlines())
    assert "\x1b" not in out
    assert ("not shown for want of room" in err) == (width < 200)


def test_a_table_keeps_the_whole_text_where_there_is_room(hudna, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    out = hudna("view", "timeline", folder)[1]
    assert LONG in out
    assert "كتائب حزب الله" in out


def test_csv_has_every_column_but_why(hudna, folder):
    code, out, _ = hudna("view", "timeline", folder, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [r["id"] for r in rows] == ["2020-10-10-announces", "2020-10-11-says"]
    assert rows[0]["date_start"] == "2020-10-10"
    assert "why" not in rows[0]
    assert "why" in hudna("view", "timeline", folder, "--format", "csv", "--why")[1]


def test_json_is_typed(hudna, folder):
    _, out, _ = hudna("view", "timeline", folder, "--format", "json", "--why")
    row = json.loads(out)[0]
    assert row["first_place"] == 1
    assert row["date_start"] == "2020-10-10"
    assert row["part_of"] is None
    assert row["who"] == "كتائب حزب الله"
    assert row["why"] == "statements/2020-10-10-announces"
    _, out, _ = hudna("view", "provenance", folder, "--format", "json")
    assert json.loads(out)[0]["single_source"] is False


def test_why_is_shown_also_where_room_is_short(hudna, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    out = hudna("view", "timeline", folder, "--why")[1]
    assert "why" in out.splitlines()[0]


def test_why_adds_ids_and_places(hudna, folder):
    _, out, _ = hudna("view", "timeline", folder, "--format", "csv", "--why")
    assert out.splitlines()[0].endswith(",why,locators")


def test_one_row_is_told(hudna, folder):
    argv = ("view", "timeline", folder, "--set", "to=2020-10-10", "--set", "from=2020-10-10")
    statements = (folder / "data/statements.csv").read_text("utf-8").splitlines()
    (folder / "data/statements.csv").write_text("\n".join(statements[:2]) + "\n", "utf-8")
    assert hudna(*argv)[2].startswith("view timeline has one row\n")
    assert hudna(*argv, "--format", "json")[2] == ""


def test_relations_as_graphml(hudna, folder):
    code, out, err = hudna("view", "network", folder, "--format", "graphml")
    assert (code, err) == (0, "view network has no rows\n")
    assert "<graphml" in out
    code, out, err = hudna("view", "timeline", folder, "--format", "graphml")
    assert (code, out) == (2, "")
    assert "expected one of relations: network" in err


@pytest.mark.parametrize(
    ("form", "shows"), [("table", ""), ("csv", "dated,first_place"), ("json", "[]\n")]
)
def test_an_empty_result_says_so(hudna, folder, form, shows):
    argv = ("view", "timeline", folder, "--set", "to=2000-01-01", "--set", "from=1999-01-01")
    statements = (folder / "data/statements.csv").read_text("utf-8").splitlines()
    (folder / "data/statements.csv").write_text(statements[0] + "\n", "utf-8")
    code, out, err = hudna(*argv, "--format", form)
    assert code == 0
    assert out.startswith(shows)
    assert err == "view timeline has no rows with to=2000-01-01, from=1999-01-01\n"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("timelin",), f"no view 'timelin'; expected one of {', '.join(sorted(views.own()))}"),
        (("timeline", "--set", "from"), "'from' sets no parameter; expected PARAM=VALUE"),
        (("timeline", "--set", "form=1"), "nearest: from"),
        (("incident-counts", "--set", "by=day"), "expected month, week, year, all"),
    ],
)
def test_what_cannot_run_says_what_is_expected(hudna, folder, argv, says):
    code, out, err = hudna("view", *argv, "--package", folder)
    assert (code, out) == (2, "")
    assert says in err


def test_the_package_may_be_named_once(hudna, folder):
    assert hudna("view", "timeline", folder, "--package", folder)[0] == 2
    assert hudna("view", "timeline", folder / "datapackage.json")[0] == 0
    assert hudna("view", "timeline", folder / "none")[0] == 2


def test_cells_that_were_not_read_are_told(hudna, tmp_path):
    rows = [{"incident_id": "a", "date_precision": "by", "date_end": "soon"}]
    code, _, err = hudna("view", "timeline", make(tmp_path, {"incidents": rows}))
    assert code == 0
    assert "could not be read and count as empty: 1 " in err


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("كتائب", 5), ("كِتَاب", 4), ("和平", 4), ("e\u0301", 1), ("", 0)]
)
def test_width_of_text(text, width):
    assert grid.width(text) == width


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("2020-10-10-announces", 12, ["2020-10-10-", "announces"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("和平和平", 3, ["和", "平", "和", "平"]),
        ("a b c d e f g", 1, ["a", "b", "c", "d", "…"]),
        ("", 5, [""]),
    ],
)
def test_wrap(text, room, lines):
    assert grid.wrap(text, room) == lines


def test_what_acts_on_a_terminal_is_made_visible():
    assert grid.visible("a\x1b[31m\u202eb\nc") == "a\\x1b[31m\\u202eb c"

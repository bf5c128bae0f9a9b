"""build/views: every view as CSV with why, canonical, and nothing left over."""

from __future__ import annotations

import json

from hudna.form import package as packages
from hudna.meaning import views
from hudna.outputs import view_files
from tests.packages import make

TABLES = {"incidents": [{"incident_id": "a", "title": "A", "date_precision": "unknown"}]}


def read(folder):
    return packages.read(folder)[0]


def test_every_view_is_written_with_why(tmp_path):
    package = read(make(tmp_path, TABLES))
    made = view_files.write(package)
    assert [p.name for p in made] == [f"{name}.csv" for name in views.own()]
    text = (package.root / "build/views/timeline.csv").read_text("utf-8")
    assert text.splitlines()[0].endswith(",why")
    assert text.splitlines()[1].endswith(",incidents/a")


def test_writing_twice_writes_the_same(tmp_path):
    package = read(make(tmp_path, TABLES))
    first = {p: p.read_bytes() for p in view_files.write(package)}
    assert {p: p.read_bytes() for p in view_files.write(package)} == first


def test_leftovers_are_removed(tmp_path):
    package = read(make(tmp_path))
    view_files.write(package)
    old = package.root / "build/views/gone.csv"
    old.write_text("x\n", "utf-8")
    view_files.write(package)
    assert not old.exists()


def test_a_view_whose_tables_are_lacking_is_not_written(tmp_path):
    folder = make(tmp_path)
    path = folder / packages.DESCRIPTOR
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != "coverage"]
    path.write_text(json.dumps(descriptor), "utf-8")
    names = {p.name for p in view_files.write(read(folder))}
    lacking = {"coverage.csv", "escalation.csv", "incident-counts.csv", "tally-check.csv"}
    assert names == {f"{n}.csv" for n in views.own()} - lacking

"""SQLite: every cell and type as in the tables, keys and checks that hold, words in any script."""

from __future__ import annotations

import datetime
import json
import resource
import sqlite3

import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, relational
from tests.outputs.exports.reading import cells, nasty, shipped
from tests.packages import make

DATE = datetime.date


def export(package, folder):
    path = folder / "out.db"
    exporting.write("sqlite", package, path)
    return sqlite3.connect(path)


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return export(shipped(), tmp_path_factory.mktemp("ours"))


def held(value):
    """A value as SQLite holds it."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, DATE) else value


def same(database, package):
    for name, rows in cells(package).items():
        columns = ", ".join(f'"{n}"' for n in package.tables[name].names)
        got = database.execute(f'SELECT {columns} FROM "{name}" ORDER BY rowid').fetchall()
        wanted = [tuple(map(held, r)) for r in rows]
        assert got == wanted
        assert [list(map(type, r)) for r in got] == [list(map(type, r)) for r in wanted]


def test_every_cell_of_the_shipped_package_comes_back(ours):
    same(ours, shipped())


def test_every_cell_of_a_nasty_package_comes_back(tmp_path):
    package = nasty(tmp_path)
    same(export(package, tmp_path), package)


def test_the_same_package_gives_the_same_bytes(tmp_path):
    for name in ("a.db", "b.db"):
        exporting.write("sqlite", shipped(), tmp_path / name)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_keys_are_those_of_the_schemas(ours):
    for name, table in shipped().tables.items():
        told = ours.execute(f'PRAGMA table_info("{name}")').fetchall()
        assert tuple(c[1] for c in sorted(told, key=lambda c: c[5]) if c[5]) == table.primary_key
        must = {c[1] for c in told if c[3]}
        assert {f.name for f in table.fields if f.required} <= must
        keys: dict[int, list] = {}
        for number, _, other, source, to, *_ in ours.execute(f'PRAGMA foreign_key_list("{name}")'):
            keys.setdefault(number, []).append((source, other, to))
        wanted = [[(s, k.table, t) for s, t in zip(k.fields, k.to, strict=True)]
                  for k in table.foreign_keys]  # fmt: skip
        assert sorted(keys.values()) == sorted(wanted)
    assert ours.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert ours.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE incidents SET killed_low = -1",
        "UPDATE incidents SET extent = 'several'",
        "UPDATE incidents SET date_start = '2020-02-30'",
        "UPDATE incidents SET title = NULL",
        "UPDATE incidents SET incident_type = 'picnic'",
        "UPDATE actors SET named = 2",
        "UPDATE places SET latitude = 91",
        "INSERT INTO incident_types (code, label, definition) VALUES ('attack', 'a', 'a')",
    ],
)
def test_what_breaks_the_schema_is_refused(ours, change):
    ours.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        ours.execute(change)
    ours.rollback()


def found(database, table, text):
    index = table + relational.WORDS
    return {r[0] for r in database.execute(
        f'SELECT * FROM "{table}" WHERE rowid IN (SELECT rowid FROM "{index}" WHERE "{index}" '
        "MATCH ?)", [relational.query(text)])}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "text", "wanted"),
    [
        ("actors", "Kataib Hizbollah", "kataib-hezbollah"),
        ("actors", "كتائب حزب الله", "kataib-hezbollah"),
        ("actors", "KATA'IB HEZBOLLAH", "kataib-hezbollah"),
        ("actors", "سليماني", "qassem-soleimani"),
        ("actor_names", "كتايب", "kataib-hezbollah-3"),
        ("statements", "ceasefire", None),
    ],
)
def test_words_are_found_in_any_script(ours, table, text, wanted):
    hits = found(ours, table, text)
    assert hits
    assert wanted is None or wanted in hits, hits


@pytest.mark.parametrize("text", ["", "zzzunknownzzz", '"', "* NOT (", "a\x00b"])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(ours, text):
    assert found(ours, "places", text) == set() or text == "a\x00b"


def test_fields_and_codes_are_described(ours):
    package = shipped()
    told = ours.execute('SELECT "table", field, type, description FROM _fields').fetchall()
    assert told == [(t.name, f.name, f.type, f.raw["description"])
                    for t in package.tables.values() for f in t.fields]  # fmt: skip
    query = "SELECT label FROM _codes WHERE \"table\" = 'incidents' AND field = 'date_precision'"
    assert ("at some time in the stretch",) in ours.execute(query).fetchall()
    facts = dict(ours.execute("SELECT property, value FROM _package"))
    assert facts["version"] == package.version
    assert json.loads(facts["licenses"]) == package.descriptor["licenses"]
    made = ours.execute("SELECT sql FROM sqlite_master WHERE name = 'tallies'").fetchone()[0]
    assert "-- Lowest number given (in the unit)." in made


# Numbers that measure nothing: steps of a scale, signs, a number that is a name.
BARE = {"credibility", "sign", "stance", "geonames_id"}
# Their unit stands in the row.
OF_THE_ROW = {"count_low", "count_high"}


def test_each_number_has_its_unit(ours):
    query = "SELECT field, unit FROM _fields WHERE type IN ('integer', 'number')"
    units = dict(ours.execute(query))
    assert {f for f, unit in units.items() if not unit} == BARE | OF_THE_ROW
    assert units["latitude"] == "degrees north, WGS 84"
    made = ours.execute("SELECT sql FROM sqlite_master WHERE name = 'incidents'").fetchone()[0]
    assert "-- Lowest number killed that a source gives. Unit: persons." in made


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"places": [{"place_id": "x", "name": "X", "latitude": "north"}]}, "1 cells are not what"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "city", "latitude": 91}]},
         "CHECK"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "city", "part_of": "y"}]},
         "refers to one that places does not have"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "city"}] * 2}, "UNIQUE"),
    ],
)  # fmt: skip
def test_a_package_that_is_not_valid_is_not_exported(tmp_path, rows, told):
    package = packages.read(make(tmp_path, rows))[0]
    with pytest.raises(CannotRun, match=told):
        export(package, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_a_large_package_takes_little_memory(tmp_path, big):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    database = export(big, tmp_path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
    counts = [database.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in big.tables]
    assert sum(counts) >= 60_000
    same(database, big)

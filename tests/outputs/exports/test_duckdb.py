"""DuckDB: every cell and type as in the tables, keys and checks that hold, meanings as comments."""

from __future__ import annotations

import duckdb
import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting
from hudna.outputs.exports import duckdb_
from tests.outputs.exports.reading import nasty, same, shipped
from tests.packages import make

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}


def export(package, folder, **how):
    path = folder / "out.duckdb"
    exporting.write("duckdb", package, path)
    return duckdb.connect(str(path), **how)


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    with export(shipped(), tmp_path_factory.mktemp("ours")) as database:
        yield database


def rows(database, package):
    return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in package.tables}


def test_every_cell_of_the_shipped_package_comes_back_in_order(ours):
    same(shipped(), rows(ours, shipped()))


def test_every_cell_of_a_nasty_package_comes_back(tmp_path):
    package = nasty(tmp_path)
    with export(package, tmp_path, read_only=True) as database:
        same(package, rows(database, package))


def test_columns_have_the_types_of_the_schemas(ours):
    for name, table in shipped().tables.items():
        keys = {n for k in table.foreign_keys for n in k.fields} | set(table.primary_key)
        found = {r[0]: r[1] for r in ours.execute(f'DESCRIBE "{name}"').fetchall()}
        for field in table.fields:
            wanted = TYPES.get(field.type, "VARCHAR")
            if field.codes and field.name not in keys:
                wanted = f"ENUM({', '.join(repr(c) for c in field.codes)})"
            assert found[field.name] == wanted, (name, field.name)


def test_keys_are_those_of_the_schemas_but_for_tables_that_refer_to_themselves(ours):
    for name, table in shipped().tables.items():
        told = ours.execute(
            "SELECT constraint_type, constraint_column_names, referenced_table, "
            "referenced_column_names FROM duckdb_constraints() WHERE table_name = ?", [name]
        ).fetchall()  # fmt: skip
        assert [tuple(c[1]) for c in told if c[0] == "PRIMARY KEY"] == [table.primary_key]
        must = {c[1][0] for c in told if c[0] == "NOT NULL"}
        assert must == {f.name for f in table.fields if f.required} | set(table.primary_key)
        keys = sorted((tuple(c[1]), c[2], tuple(c[3])) for c in told if c[0] == "FOREIGN KEY")
        assert keys == sorted((k.fields, k.table, k.to) for k in table.foreign_keys
                              if k.table != name)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE incidents SET killed_low = -1",
        "UPDATE incidents SET extent = 'several'",
        "UPDATE incident_means SET incident_id = 'nowhere'",
        "UPDATE actor_names SET name = NULL",
        "UPDATE resolutions SET resolution_id = 'Not An Id'",
        "UPDATE tallies SET count_low = -1",
        "INSERT INTO incident_types (code, label, definition) VALUES ('attack', 'a', 'a')",
        "INSERT INTO withdrawn SELECT 'picnics', 'x', '2020-10-10', 'r', NULL",
    ],
)
def test_what_breaks_the_schema_is_refused(ours, change):
    with pytest.raises((duckdb.ConstraintException, duckdb.ConversionException)):
        ours.execute(change)


def test_tables_fields_and_codes_are_described(ours):
    package = shipped()
    told = dict(ours.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert {n: told[n] for n in package.tables} == {
        n: t.description for n, t in package.tables.items()
    }
    comments = dict(ours.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'tallies'").fetchall()
    )  # fmt: skip
    assert comments == {f.name: f.raw["description"] for f in package.tables["tallies"].fields}
    query = "SELECT label FROM _codes WHERE \"table\" = 'incidents' AND field = 'date_precision'"
    assert ("at some time in the stretch",) in ours.execute(query).fetchall()
    facts = dict(ours.execute("SELECT property, value FROM _package").fetchall())
    assert facts["version"] == package.version


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"places": [{"place_id": "x", "name": "X", "latitude": "north"}]}, "1 cells are not what"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "city", "latitude": 91}]},
         "CHECK constraint"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "city", "part_of": "y"}]},
         "1 records of places refer to one that places does not have"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "city"}] * 2}, "[Dd]uplicate"),
        ({"places": [{"place_id": "x", "name": "X", "place_type": "moon"}]}, "moon"),
        ({"actor_names": [{"name_id": "x", "actor_id": "a", "name": "X", "name_type": "name",
                           "language": "en"}]}, "foreign key"),
    ],
)  # fmt: skip
def test_a_package_that_is_not_valid_is_not_exported(tmp_path, rows, told):
    package = packages.read(make(tmp_path, rows))[0]
    with pytest.raises(CannotRun, match=told):
        export(package, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_only_a_database_that_was_exported_is_ours(tmp_path):
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as database:
        database.execute("CREATE TABLE mine (a INTEGER)")
    (tmp_path / "text.duckdb").write_text("mine")
    export(nasty(tmp_path), tmp_path).close()
    assert duckdb_.ours(tmp_path / "out.duckdb")
    assert not duckdb_.ours(other)
    assert not duckdb_.ours(tmp_path / "text.duckdb")
    assert not duckdb_.ours(tmp_path)


def test_a_large_package_comes_back(tmp_path, big):
    with export(big, tmp_path, read_only=True) as database:
        same(big, rows(database, big))

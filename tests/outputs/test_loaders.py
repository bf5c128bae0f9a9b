"""hudna.load: the dtypes of the schemas, missing values, views, errors that say what is wrong."""

from __future__ import annotations

import pandas as pd
import pytest

import hudna
from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from tests.packages import make

DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
TABLES = {
    "actors": [
        {"actor_id": "a", "name": 'كتائب حزب الله, "KH"\nand others', "actor_type": "armed-group",
         "named": True},
        {"actor_id": "b", "name": "NA", "actor_type": "person", "named": "False"},
        {"actor_id": "c", "name": " null ", "actor_type": "category"},
    ],
    "incidents": [
        {"incident_id": "a", "title": "A", "killed_low": -3, "killed_high": 2**63 - 1,
         "date_start": "0999-01-31", "date_end": "9999-12-31"},
        {"incident_id": "b", "title": "B", "killed_low": "007"},
    ],
    "places": [
        {"place_id": "x", "name": "X", "latitude": "-33.50", "longitude": "1e2",
         "geonames_id": 9007199254740993},
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path, TABLES)


def wanted(field) -> str:
    """The dtype that a field of the schema asks for."""
    if field.type == "string":
        return "category" if field.codes else "str"
    return DTYPES[field.type]


def test_every_column_has_the_dtype_of_its_schema_whatever_it_holds(folder):
    """Also where a table or a column is empty."""
    package, _ = packages.read(folder)
    frames = hudna.load(package=folder)
    assert list(frames) == list(package.tables)
    for name, table in package.tables.items():
        assert list(frames[name].columns) == table.names
        for field in table.fields:
            column = frames[name][field.name]
            assert str(column.dtype) == wanted(field), (name, field.name)
            if field.codes and field.type == "string":
                assert list(column.cat.categories) == field.codes


def test_texts_are_kept_as_they_are(folder):
    names = hudna.load("actors", folder)["name"]
    assert list(names) == ['كتائب حزب الله, "KH"\nand others', "NA", " null "]


def test_values(folder):
    actors, incidents, places = (hudna.load(n, folder) for n in ("actors", "incidents", "places"))
    assert actors["named"].tolist() == [True, False, pd.NA]
    assert actors["country"].isna().all()
    assert incidents["killed_low"].tolist() == [-3, 7]
    assert incidents["killed_high"].tolist() == [2**63 - 1, pd.NA]
    assert incidents["date_start"][0].isoformat() == "0999-01-31T00:00:00"
    assert incidents["date_end"][0].isoformat() == "9999-12-31T00:00:00"
    assert incidents["date_end"][1] is pd.NaT
    assert incidents["extent"].isna().all()
    assert places["latitude"][0] == -33.5
    assert places["longitude"][0] == 100.0
    assert places["geonames_id"][0] == 9007199254740993


def test_a_table_without_rows(folder):
    frame = hudna.load("statements", folder)
    assert len(frame) == 0
    assert str(frame["date_start"].dtype) == "datetime64[s]"


def test_a_view(folder):
    frame = hudna.load("timeline", folder)
    assert list(frame["id"]) == ["a", "b"]
    assert str(frame["first_place"].dtype) == "Int64"
    assert str(frame["earliest"].dtype) == "datetime64[s]"
    assert str(frame["who"].dtype) == "str"
    assert list(frame["why"]) == ["incidents/a", "incidents/b"]
    assert str(hudna.load("provenance", folder)["single_source"].dtype) == "boolean"


def test_an_empty_view_has_its_dtypes(tmp_path):
    frame = hudna.load("incident-counts", make(tmp_path))
    assert len(frame) == 0
    assert str(frame["window_start"].dtype) == "datetime64[s]"
    assert str(frame["lowest"].dtype) == "Int64"


def test_an_unknown_name_names_the_nearest(folder):
    with pytest.raises(ValueError, match=r"no table or view 'incidnts'.*nearest: incidents"):
        hudna.load("incidnts", folder)
    with pytest.raises(ValueError, match=r"nearest: timeline"):
        hudna.load("time-line", folder)


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("incidents", {"killed_low": "many"}, "killed_low is 'many'; expected an integer"),
        ("incidents", {"killed_low": 2**63}, "killed_low is 9223372036854775808; expected at most"),
        ("incidents", {"date_end": "2020-02-30"}, "date_end is '2020-02-30'; expected a date"),
        ("incidents", {"extent": "huge"}, "extent is 'huge'; expected one of single, aggregate"),
        ("places", {"latitude": "1,5"}, "latitude is '1,5'; expected a number"),
        ("actors", {"named": "yes"}, "named is 'yes'; expected true or false"),
    ],
)
def test_a_cell_that_is_not_what_its_schema_says(tmp_path, table, row, says):
    with pytest.raises(ValueError) as e:
        hudna.load(table, make(tmp_path, {table: [row]}))
    assert str(e.value).startswith(f"data/{table}.csv: {says}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "the file does not exist"),
        ("", "the file is empty"),
        ("a,b\n1,2\n", "the header is a,b; expected incident_id,other_id,reason"),
        ("incident_id,other_id,reason\na,b\n", "the record in line 2 has not 3 cells"),
        ("incident_id,other_id,reason\na,b,c\n\n", "the record in line 3 has not 3 cells"),
        ("incident_id,other_id,reason\na,b,c,d\n", "the record in line 2 has not 3 cells"),
    ],
)
def test_a_file_that_is_no_table(folder, text, says):
    path = folder / "data/distinct_incidents.csv"
    path.unlink()
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ValueError) as e:
        hudna.load("distinct_incidents", folder)
    assert says in str(e.value)


def test_where_there_is_no_package(tmp_path):
    with pytest.raises(CannotRun, match=r"datapackage.json"):
        hudna.load("actors", tmp_path)


def test_the_shipped_package_without_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(hudna.load("incident_types"))
    assert len(hudna.load()) == len(packages.read(packages.home())[0].tables)

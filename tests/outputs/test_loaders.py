"""hudna.load: the dtypes of the schemas, missing values, views, errors that say what is wrong.

What Arrow holds is compared in tests/integration/test_frames.py.
"""

from __future__ import annotations

import datetime
import sys

import pandas as pd
import polars as pl
import pytest

import hudna
from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
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


def test_polars_has_the_types_of_the_schema_and_the_values_of_pandas(folder):
    package, _ = packages.read(folder)
    frames, others = hudna.load(package=folder, into="polars"), hudna.load(package=folder)
    assert list(frames) == list(package.tables)
    for name, table in package.tables.items():
        assert frames[name].columns == table.names
        for field in table.fields:
            column = frames[name][field.name]
            codes = field.codes if field.type == "string" else []
            assert column.dtype == (pl.Enum(codes) if codes else POLARS[field.type])
            assert column.to_list() == plain(others[name][field.name])


POLARS = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean,
          "date": pl.Date}  # fmt: skip


def plain(column):
    """The values of a pandas column as Python has them."""
    dates = str(column.dtype).startswith("datetime")
    return [None if pd.isna(v) else v.date() if dates else v for v in column.tolist()]


@pytest.mark.parametrize("name", ["timeline", "incident-counts", "polarization"])
def test_a_view_in_polars(name):
    one, other = hudna.load(name, into="polars"), hudna.load(name)
    assert one.columns == list(other.columns)
    assert len(one)
    for column in one.columns:
        assert one[column].to_list() == plain(other[column])
        if one[column].dtype != pl.String:
            assert one[column].dtype == POLARS[KINDS[str(other[column].dtype)]]


KINDS = {v: k for k, v in DTYPES.items()}


@pytest.mark.parametrize(
    "given",
    ["2020-09-15", datetime.date(2020, 9, 15), pd.Timestamp("2020-09-15")],
)
def test_parameters_of_a_view(given):
    weeks = hudna.load("incident-counts", by="week", from_=given, to=given)
    assert weeks["window_start"].drop_duplicates().tolist() == [pd.Timestamp("2020-09-15")]
    assert len(weeks) < len(hudna.load("incident-counts", by="week"))


def test_a_parameter_of_truth_and_none():
    every = hudna.load("positions", ties=True)
    words = hudna.load("positions", ties=False)
    assert 0 < len(words) < len(every)
    assert hudna.load("positions", ties="false", actor=None).equals(words)


@pytest.mark.parametrize(
    ("name", "params", "says"),
    [
        ("timeline", {"frm": 1}, "view timeline has no parameter 'frm'; expected one of"),
        ("ceasefire-status", {"day": "soon"}, "parameter day is 'soon'; expected a date like"),
        ("incident-counts", {"by": "decade"}, "parameter by is 'decade'; expected month, week"),
    ],
)
def test_a_wrong_parameter_is_told(name, params, says):
    with pytest.raises(CannotRun, match=says):
        hudna.load(name, **params)


@pytest.mark.parametrize("name", ["incidents", None])
def test_a_table_has_no_parameters(name):
    with pytest.raises(ValueError, match=r"no parameter 'day'; expected none"):
        hudna.load(name, day="2020-10-10")


def test_no_view_has_a_parameter_that_load_keeps_for_itself():
    params = {p.name for path in views.own().values() for p in sqlfile.read(path).params}
    assert not params & {"name", "package", "into"}
    assert not [p for p in params if p.endswith("_")]


def test_an_unknown_kind_of_frame():
    with pytest.raises(ValueError, match=r"into is 'spark'; expected one of pandas, polars, arrow"):
        hudna.load("actors", into="spark")


@pytest.mark.parametrize(("into", "library"), [("polars", "polars"), ("arrow", "pyarrow")])
def test_a_missing_library_is_told_with_what_brings_it(monkeypatch, into, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"needs {library}.*pip install 'hudna\[{into}\]'"):
        hudna.load("actors", into=into)


def test_cells_that_a_view_took_as_empty_are_told(tmp_path):
    folder = make(tmp_path, {"incidents": [{"incident_id": "a", "killed_low": "many"}]})
    with pytest.warns(UserWarning, match=r"1 cells are not what their schema says"):
        hudna.load("timeline", folder)


def test_a_large_table_is_as_a_small_one(tmp_path):
    """Beyond some size the engine reads the file itself."""
    long = "كتائب " * 2000
    rows = [{"incident_id": f"i-{n}", "title": f'"{n}",\n', "killed_low": n if n % 3 else None,
             "description": long if n == 7 else None, "extent": "state" if n % 2 else None,
             "date_start": f"2020-01-{n % 28 + 1:02}"} for n in range(60_000)]  # fmt: skip
    folder = make(tmp_path, {"incidents": rows})
    assert (folder / "data/incidents.csv").stat().st_size > 1 << 21
    frame = hudna.load("incidents", folder)
    assert frame["incident_id"].tolist() == [r["incident_id"] for r in rows]
    assert frame["title"].tolist() == [r["title"] for r in rows]
    assert plain(frame["killed_low"]) == [r["killed_low"] for r in rows]
    assert frame["description"][7] == long
    assert frame["extent"].value_counts().to_dict() == {
        "state": 30_000, "single": 0, "aggregate": 0, "container": 0}  # fmt: skip
    assert str(frame["date_start"].dtype) == "datetime64[s]"


def test_an_unknown_name_names_the_nearest(folder):
    with pytest.raises(ValueError, match=r"no table or view 'incidnts'.*nearest: incidents"):
        hudna.load("incidnts", folder)
    with pytest.raises(ValueError, match=r"nearest: timeline"):
        hudna.load("time-line", folder)


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("incidents", {"killed_low": "many"}, "killed_low is 'many'; expected an integer"),
        (
            "incidents",
            {"killed_low": 2**63},
            "killed_low is '9223372036854775808'; expected at most",
        ),
        ("incidents", {"date_end": "2020-02-30"}, "date_end is '2020-02-30'; expected a date"),
        ("incidents", {"extent": "huge"}, "extent is 'huge'; expected one of single, aggregate"),
        ("places", {"latitude": "1,5"}, "latitude is '1,5'; expected a number"),
        ("actors", {"named": "yes"}, "named is 'yes'; expected true or false"),
    ],
)
def test_a_cell_that_is_not_what_its_schema_says(tmp_path, table, row, says):
    with pytest.raises(ValueError) as e:
        hudna.load(table, make(tmp_path, {table: [row]}))
    assert str(e.value).startswith(f"data/{table}.csv:2: {says}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "the file does not exist"),
        ("", "the file is empty"),
        ("a,b\n1,2\n", "the header is a,b; expected incident_id,other_id,reason"),
        ("incident_id,other_id,reason\na,b\n", "csv:2: the record has not 3 cells"),
        ("incident_id,other_id,reason\na,b,c\n\n", "csv:3: the record has not 3 cells"),
        ("incident_id,other_id,reason\na,b,c,d\n", "csv:2: the record has not 3 cells"),
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

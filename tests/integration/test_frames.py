"""hudna.load into Arrow: the types of the schema, the values of pandas; and pandas beside Arrow."""

from __future__ import annotations

import builtins

import pandas as pd
import pyarrow as pa
import pytest

import hudna
from hudna.form import package as packages
from tests.outputs.exports.reading import cells
from tests.packages import nasty

TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(),
         "boolean": pa.bool_(), "date": pa.date32()}  # fmt: skip


@pytest.fixture(params=["shipped", "nasty"])
def package(request, tmp_path):
    if request.param == "nasty":
        return nasty(tmp_path)
    return packages.read(packages.home())[0]


def test_arrow_has_the_types_and_the_values(package):
    tables, wanted = hudna.load(package=package.root, into="arrow"), cells(package)
    assert list(tables) == list(package.tables)
    for name, table in package.tables.items():
        for i, field in enumerate(table.fields):
            kind = tables[name].schema.field(field.name).type
            if field.type == "string" and field.codes:
                assert pa.types.is_dictionary(kind)
                assert kind.value_type == pa.string()
            else:
                assert kind == TYPES[field.type]
            held = tables[name].column(field.name).to_pylist()
            assert held == [row[i] for row in wanted[name]], (name, field.name)


def test_a_dictionary_holds_every_code_in_the_order_of_the_enum():
    field = packages.read(packages.home())[0].tables["incidents"].field("extent")
    held = hudna.load("incidents", into="arrow").column("extent").chunk(0)
    assert held.dictionary.to_pylist() == field.codes


def test_a_view_in_arrow():
    one, other = hudna.load("timeline", into="arrow"), hudna.load("timeline", into="polars")
    assert one.column_names == other.columns
    assert one.to_pydict() == other.to_dict(as_series=False)


@pytest.mark.parametrize("name", ["actors", "incidents", "places", "withdrawn", "timeline"])
def test_pandas_is_the_same_with_and_without_arrow(package, name, monkeypatch):
    one = hudna.load(name, package.root)
    real = builtins.__import__

    def lacking(wanted, names=None, *more):
        """Import anything but Arrow, where hudna asks for it; pandas could not do without."""
        if wanted == "pyarrow" and (names or {}).get("__name__") == "hudna.outputs.frames":
            raise ImportError(wanted)
        return real(wanted, names, *more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    other = hudna.load(name, package.root)
    pd.testing.assert_frame_equal(one, other)

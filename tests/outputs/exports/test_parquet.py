"""Parquet: every cell and type as in the tables, a folder that is a package again."""

from __future__ import annotations

import json

import duckdb
import polars
import pytest

import hudna
from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, validation
from hudna.outputs.exports import parquet
from tests.outputs.exports.reading import cells, nasty, same, shipped, twice

TYPES = {"integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean,
         "date": polars.Date}  # fmt: skip


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    path = tmp_path_factory.mktemp("ours") / "out"
    exporting.write("parquet", shipped(), path)
    return path


def rows(folder, package):
    """The rows as DuckDB reads them."""
    return {n: duckdb.sql(f"SELECT * FROM '{folder / n}.parquet'").fetchall()
            for n in package.tables}  # fmt: skip


def test_every_cell_of_the_shipped_package_comes_back(ours):
    same(shipped(), rows(ours, shipped()))


def test_every_cell_of_a_nasty_package_comes_back_in_duckdb_and_polars(tmp_path):
    package = nasty(tmp_path)
    exporting.write("parquet", package, tmp_path / "out")
    same(package, rows(tmp_path / "out", package))
    same(package, {n: polars.read_parquet(tmp_path / f"out/{n}.parquet").rows()
                   for n in package.tables})  # fmt: skip


def test_columns_have_the_types_of_the_schemas_also_where_they_are_empty(ours):
    for name, table in shipped().tables.items():
        found = polars.read_parquet_schema(ours / f"{name}.parquet")
        assert found == {f.name: TYPES.get(f.type, polars.String) for f in table.fields}


def test_a_file_says_what_it_is(ours):
    package = shipped()
    for name, table in package.tables.items():
        told = polars.read_parquet_metadata(ours / f"{name}.parquet")
        assert told["description"] == table.description
        assert told["version"] == package.version
        assert json.loads(told["table_schema"]) == json.loads(
            package.path(table.schema_path).read_text("utf-8")
        )
    query = f"SELECT DISTINCT compression FROM parquet_metadata('{ours}/actors.parquet')"
    assert duckdb.sql(query).fetchall() == [("ZSTD",)]


def test_the_folder_is_a_valid_package_with_the_same_cells(ours):
    read, found = packages.read(ours)
    assert found == []
    report = validation.validate(read.root)
    assert (report.findings, report.not_applied) == ([], [])
    assert {n: list(map(texts, r)) for n, r in cells(read).items()} == {
        n: list(map(texts, r)) for n, r in cells(shipped()).items()
    }


def test_the_folder_is_loaded_as_the_tables_are(tmp_path):
    package = nasty(tmp_path)
    exporting.write("parquet", package, tmp_path / "out")
    for name in ("actors", "incidents", "places"):
        left, right = hudna.load(name, tmp_path / "out"), hudna.load(name, package.root)
        assert left.dtypes.equals(right.dtypes)
        assert left.equals(right)


def texts(row):
    """A row with numbers of one spelling."""
    return [float(v) if isinstance(v, float) else v for v in row]


def test_the_same_package_gives_the_same_bytes(tmp_path, big):
    for package in (shipped(), big):
        one, two = twice("parquet", package, tmp_path)
        names = sorted(p.name for p in one.iterdir())
        assert names == sorted(["datapackage.json", *(f"{n}.parquet" for n in package.tables)])
        assert [(one / n).read_bytes() for n in names] == [(two / n).read_bytes() for n in names]


def test_a_large_package_comes_back(tmp_path, big):
    exporting.write("parquet", big, tmp_path / "out")
    same(big, rows(tmp_path / "out", big))


def test_a_folder_is_replaced_only_if_it_holds_nothing_else(tmp_path):
    package, out = nasty(tmp_path), tmp_path / "out"
    exporting.write("parquet", package, out)
    exporting.write("parquet", package, out)
    assert parquet.ours(out)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(CannotRun, match="no older export"):
        exporting.write("parquet", package, out, force=True)
    assert (out / "notes.txt").read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "package"]
    assert not parquet.ours(tmp_path / "package")

"""mlcroissant: the description is valid, and the records that it reads are those of the tables."""

from __future__ import annotations

import datetime
import json
import logging
import math
import zipfile

import mlcroissant
import pytest

from hudna.form import package as packages
from hudna.outputs import exporting
from tests.outputs.exports.reading import cells, nasty, shipped


def described(package, folder):
    """A package with its description beside its descriptor, as mlcroissant opens it."""
    exporting.write("zip", package, folder / "package.zip")
    with zipfile.ZipFile(folder / "package.zip") as archive:
        archive.extractall(folder / "described")
    path = folder / "described/croissant.json"
    exporting.write("croissant", packages.read(path.parent)[0], path)
    return mlcroissant.Dataset(jsonld=str(path)), path


def rows(dataset, names, package):
    """Every record of some tables that mlcroissant gives."""
    return {
        name: [tuple(plain(one[f"{name}/{f.name}"], f) for f in table.fields)
               for one in dataset.records(name)]
        for name, table in package.tables.items() if name in names
    }  # fmt: skip


def plain(value, field):
    """A value of mlcroissant as Python has it: texts are bytes, days have hours."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if field.type == "date":
        assert value.time() == datetime.time()
        return value.date()
    return {"integer": int, "number": float, "boolean": bool}[field.type](value)


def test_the_description_is_valid_without_a_warning(tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    dataset, _ = described(shipped(), tmp_path)
    issues = dataset.metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())
    assert caplog.records == []


def test_every_record_of_the_shipped_package_is_read(tmp_path):
    """But for columns of texts that are all numbers, which mlcroissant reads as numbers."""
    dataset, _ = described(shipped(), tmp_path)
    got, wanted = rows(dataset, shipped().tables, shipped()), cells(shipped())
    lost = set()
    for name, table in shipped().tables.items():
        assert len(got[name]) == len(wanted[name])
        for one, other in zip(got[name], wanted[name], strict=True):
            for field, a, b in zip(table.fields, one, other, strict=True):
                if a != b or type(a) is not type(b):
                    lost.add((name, field.name))
                    assert a == f"{b}.0", (name, field.name)
    assert lost == {("sources", "volume"), ("sources", "number")}


def test_codes_have_their_meaning(tmp_path):
    dataset, _ = described(shipped(), tmp_path)
    name = "incidents.date_precision.codes"
    told = {r[f"{name}/code"]: r[f"{name}/label"] for r in dataset.records(name)}
    field = shipped().tables["incidents"].field("date_precision")
    assert told == {c["value"]: c["label"] for c in field.raw["categories"]}


def test_a_changed_file_is_noticed(tmp_path):
    _, path = described(shipped(), tmp_path)
    with (path.parent / "data/actors.csv").open("a", encoding="utf-8") as file:
        file.write("x,X,person,,,,\n")
    with pytest.raises(mlcroissant.GenerationError, match=r"Download\(data/actors.csv\)") as e:
        list(mlcroissant.Dataset(jsonld=str(path)).records("actors"))
    assert "Hash" in str(e.value.__cause__)


def test_hostile_texts_are_read_but_for_those_that_mlcroissant_takes_for_empty(tmp_path):
    package = nasty(tmp_path)
    dataset, _ = described(package, tmp_path)
    assert set(dataset.metadata.ctx.issues.errors) == set()
    got = [r["actors/name"] for r in dataset.records("actors")]
    wanted = [r[1] for r in cells(package)["actors"]]
    assert [g and g.decode("utf-8") for g in got] == [
        None if w in ("NA", "null") else w for w in wanted
    ]


def test_a_table_of_several_files_and_of_columns_is_read(tmp_path):
    package = nasty(tmp_path)
    text = package.path("data/places.csv").read_text("utf-8").splitlines(keepends=True)
    package.path("data/one.csv").write_text("".join(text[:2]), "utf-8")
    package.path("data/two.csv").write_text("".join(text[:1] + text[2:]), "utf-8")
    file = package.root / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    places = next(r for r in descriptor["resources"] if r["name"] == "places")
    places["path"] = ["data/one.csv", "data/two.csv"]
    file.write_text(json.dumps(descriptor), "utf-8")
    dataset, _ = described(packages.read(package.root)[0], tmp_path)
    wanted = [r[:2] for r in cells(package)["places"]]
    assert [r[:2] for r in rows(dataset, ["places"], package)["places"]] == wanted
    exporting.write("parquet", package, tmp_path / "columns")
    path = tmp_path / "croissant.json"
    exporting.write("croissant", packages.read(tmp_path / "columns")[0], path)
    path.replace(tmp_path / "columns/croissant.json")
    dataset = mlcroissant.Dataset(jsonld=str(tmp_path / "columns/croissant.json"))
    names = ["places", "incidents", "actors"]
    got, held = rows(dataset, names, package), cells(package)
    assert got["places"] == held["places"]
    assert [r[1] for r in got["actors"]] == [r[1] for r in held["actors"]], "NA stays a text here"

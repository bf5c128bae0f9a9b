"""mlcroissant: the description is valid, and the records that it reads are those of the tables."""

from __future__ import annotations

import datetime
import json
import logging
import math

import pytest

from hudna.form import package as packages
from hudna.outputs import exporting
from tests.outputs.exports.reading import cells, nasty, same, shipped

croissant = pytest.importorskip("mlcroissant")


def described(package, folder):
    """A package with its description beside its descriptor, as mlcroissant opens it."""
    exporting.write("zip", package, folder / "package.zip")
    import zipfile

    with zipfile.ZipFile(folder / "package.zip") as archive:
        archive.extractall(folder / "described")
    path = folder / "described/croissant.json"
    exporting.write("croissant", packages.read(path.parent)[0], path)
    return croissant.Dataset(jsonld=str(path)), path


def rows(dataset, package):
    """Every record that mlcroissant gives, by table."""
    return {
        name: [tuple(plain(one[f"{name}/{f.name}"], f) for f in table.fields)
               for one in dataset.records(name)]
        for name, table in package.tables.items()
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
    dataset, _ = described(shipped(), tmp_path)
    same(shipped(), rows(dataset, shipped()))


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
    with pytest.raises(Exception, match="(?i)hash|sha256"):
        list(croissant.Dataset(jsonld=str(path)).records("actors"))


def test_a_nasty_package_is_described(tmp_path):
    package = nasty(tmp_path)
    dataset, path = described(package, tmp_path)
    assert set(dataset.metadata.ctx.issues.errors) == set()
    assert json.loads(path.read_text("utf-8"))["name"] == "hudna"
    got = [r["places/latitude"] for r in dataset.records("places")]
    assert [None if g is None or math.isnan(g) else g for g in got] == [
        r[package.tables["places"].names.index("latitude")] for r in cells(package)["places"]
    ]
    titles = [r["actors/name"].decode() for r in dataset.records("actors")]
    print(titles)

"""Croissant: every file with its hash, every field with its type, every code with its meaning.

That mlcroissant takes it and reads the same cells by it is tested in tests/integration.
"""

from __future__ import annotations

import hashlib
import json

import pytest

from hudna.ground.finding import CannotRun
from hudna.outputs import exporting
from tests.outputs.exports.reading import nasty, shipped, twice

TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float",
         "boolean": "sc:Boolean", "date": "sc:Date"}  # fmt: skip


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    path = tmp_path_factory.mktemp("ours") / "croissant.json"
    exporting.write("croissant", shipped(), path)
    return json.loads(path.read_text("utf-8"))


def test_every_file_has_its_size_and_hash(ours):
    package = shipped()
    files = {f["@id"]: f for f in ours["distribution"]}
    assert list(files) == [t.path for t in package.tables.values()]
    for path, file in files.items():
        data = package.path(path).read_bytes()
        assert file["contentUrl"] == path
        assert file["contentSize"] == f"{len(data)} B"
        assert file["sha256"] == hashlib.sha256(data).hexdigest()


def test_every_field_has_its_type_and_column(ours):
    sets = {r["@id"]: r for r in ours["recordSet"]}
    for name, table in shipped().tables.items():
        for field, told in zip(table.fields, sets[name]["field"], strict=True):
            assert told["source"] == {
                "fileObject": {"@id": table.path}, "extract": {"column": field.name},
            }  # fmt: skip
            kind = "sc:URL" if field.format == "uri" else TYPES[field.type]
            assert (told["@id"], told["dataType"]) == (f"{name}/{field.name}", kind)
            assert told["description"].startswith(field.raw["description"])
            if field.codes:
                codes = sets[f"{name}.{field.name}.codes"]
                assert codes["dataType"] == "sc:Enumeration"
                held = [list(one.values()) for one in codes["data"]]
                assert held == [[c["value"], c["label"]] for c in field.raw["categories"]]
                key = {"@id": f"{name}.{field.name}.codes/code"}
                assert told["references"] == {"field": key}
                assert codes["key"] == key
        keys = sets[name]["key"]
        found = [k["@id"] for k in (keys if isinstance(keys, list) else [keys])]
        assert found == [f"{name}/{n}" for n in table.primary_key]


def test_the_dataset_is_described(ours):
    told = shipped().descriptor
    assert ours["name"] == told["name"]
    assert ours["version"] == told["version"]
    assert ours["license"] == [one["path"] for one in told["licenses"]]
    assert ours["datePublished"] == told["created"][:10]
    assert told["title"] in ours["citeAs"]
    assert {"description", "url", "creator", "keywords"} <= set(ours)


def test_the_same_package_gives_the_same_bytes_and_is_ours(tmp_path):
    one, two = twice("croissant", shipped(), tmp_path)
    assert one.read_bytes() == two.read_bytes()
    exporting.write("croissant", nasty(tmp_path), one)
    (tmp_path / "other.json").write_text('{"@type": "sc:Dataset"}')
    with pytest.raises(CannotRun, match="no older export"):
        exporting.write("croissant", shipped(), tmp_path / "other.json")


def test_a_missing_file_is_told(tmp_path):
    package = nasty(tmp_path)
    package.path("data/places.csv").unlink()
    with pytest.raises(CannotRun, match=r"data/places\.csv of places does not exist"):
        exporting.write("croissant", package, tmp_path / "out.json")

"""JSON: every cell with its type in one file that is a data package of its own."""

from __future__ import annotations

import datetime
import importlib.resources
import json

import frictionless
import jsonschema

from hudna.outputs import exporting
from tests.outputs.exports.reading import nasty, same, shipped, twice


def export(package, folder):
    path = folder / "out.json"
    exporting.write("json", package, path)
    return json.loads(path.read_text("utf-8"))


def rows(document):
    return {r["name"]: [tuple(one.values()) for one in r["data"]] for r in document["resources"]}


def held(value):
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def test_every_cell_of_the_shipped_package_comes_back(tmp_path):
    same(shipped(), rows(export(shipped(), tmp_path)), held)


def test_every_cell_of_a_nasty_package_comes_back(tmp_path):
    package = nasty(tmp_path)
    document = export(package, tmp_path)
    same(package, rows(document), held)
    for resource in document["resources"]:
        names = package.tables[resource["name"]].names
        assert all(list(one) == names for one in resource["data"])


def test_a_large_package_comes_back(tmp_path, big):
    same(big, rows(export(big, tmp_path)), held)


def test_the_same_package_gives_the_same_bytes(tmp_path):
    one, two = twice("json", shipped(), tmp_path)
    assert one.read_bytes() == two.read_bytes()


def test_the_file_is_a_data_package_with_the_schemas_inside(tmp_path):
    package = shipped()
    document = export(package, tmp_path)
    told = {k: v for k, v in package.descriptor.items() if k != "resources"}
    assert {k: document[k] for k in told} == told
    for resource in document["resources"]:
        path = package.path(package.tables[resource["name"]].schema_path)
        assert resource["schema"] == json.loads(path.read_text("utf-8"))
    file = importlib.resources.files("dplib") / "profiles/2.0/datapackage.json"
    profile = jsonschema.Draft7Validator(json.loads(file.read_text("utf-8")))
    assert [e.message for e in profile.iter_errors(document)] == []


def test_frictionless_finds_it_valid_but_for_tables_without_rows(tmp_path):
    document = export(shipped(), tmp_path)
    empty = {r["name"] for r in document["resources"] if not r["data"]}
    report = frictionless.Package.from_descriptor(document).validate()
    assert {t.name for t in report.tasks if not t.valid} == empty == {"withdrawn"}


def test_numbers_that_json_does_not_know_are_texts(tmp_path):
    package = nasty(tmp_path)
    path = package.path("data/places.csv")
    path.write_text(path.read_text("utf-8").replace("-33.5", "-INF"), "utf-8")
    places = next(r for r in export(package, tmp_path)["resources"] if r["name"] == "places")
    assert places["data"][0]["latitude"] == "-inf"

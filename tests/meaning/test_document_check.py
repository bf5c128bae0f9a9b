"""Documents against their JSON Schema: one finding a fault, with record, field and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hudna.form import jsontext, package, rows
from hudna.ground.finding import Finding
from hudna.meaning import document_check, json_faults
from hudna.outputs import generated
from tests import packages

ACTORS = [{"actor_id": "a", "name": "A", "actor_type": "person"}]
PLACES = [{"place_id": "p", "name": "P", "place_type": "city", "latitude": 33.3}]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return packages.make(tmp_path, {"actors": ACTORS, "places": PLACES}, documents=True)


def check(root: Path) -> list[Finding]:
    found, _ = package.read(root)
    made = generated.make(found, rows.read(found)).texts
    return [
        finding
        for document in found.documents.values()
        for finding in document_check.check(found, document, made.get(document.path))
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "said"),
    [
        ("actors", '"person"', '"persn"', ("actors", "a", "actor_type", 5), "nearest: person"),
        ("actors", '"A"', "null", ("actors", "a", "name", 4), "name is null; expected text"),
        ("actors", '"A"', '""', ("actors", "a", "name", 4), "what is empty is left out"),
        ("actors", '    "name": "A",\n', "", ("actors", "a", "name", 2), "name is missing"),
        ("actors", '"A",', '"A",\n    "age": 3,', ("actors", "a", "age", 5), "age is no field"),
        ("actors", '"A",', '"A",\n    "name": "B",', ("actors", "a", "name", 5), "twice"),
        ("actors", '"A",', '"A",\n"names": [{\n"name": 5, "name_type": "name", "language": "en"}],',
         ("actor_names", "a", "name", 6), "name is 5; expected text"),
        ("actors", '"A",', '"A",\n"names": 5,', ("actors", "a", "names", 5), "expected an array"),
        ("actors", '"A",', '"A"', ("", "", "", 5), "is no JSON: Expecting ',' delimiter"),
        ("lookups", "33.3", "333", ("places", "p", "latitude"), "expected at most 90"),
        ("lookups", '"tallies": []', '"talies": []', ("", "", ""), "talies is no field"),
    ],
)  # fmt: skip
def test_one_fault_is_one_finding(
    root: Path, file: str, old: str, new: str, at: tuple[Any, ...], said: str
) -> None:
    path = root / f"data/documents/{file}.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = check(root)
    if "talies" in new:  # the list that is missing is told as well
        found = [f for f in found if "missing" not in f.problem]
    assert [(f.table, f.record, f.field, f.line)[: len(at)] for f in found] == [at]
    assert said in found[0].problem
    assert (found[0].rule, found[0].file) == ("document-schema", f"data/documents/{file}.json")


def test_every_fault_is_told_at_once(root: Path) -> None:
    path = root / "data/documents/actors.json"
    path.write_text('[{"actor_id": "A B"},\n{"name": 5}]', "utf-8")
    assert sorted((f.line, f.field) for f in check(root)) == [
        (line, field) for line in (1, 2) for field in ("actor_id", "actor_type", "name")
    ]


def test_a_document_that_the_tables_make_needs_no_second_check(root: Path) -> None:
    # Its fault is told of the table.
    path = root / "data/actors.csv"
    path.write_text(path.read_text("utf-8").replace("person", "persn"), "utf-8")
    document = root / "data/documents/actors.json"
    document.write_text(document.read_text("utf-8").replace("person", "persn"), "utf-8")
    assert check(root) == []


def test_a_document_is_checked_where_the_tables_cannot_be_read(root: Path) -> None:
    (root / "data/actors.csv").write_text("wrong\n", "utf-8")
    document = root / "data/documents/actors.json"
    document.write_text(document.read_text("utf-8").replace("person", "persn"), "utf-8")
    assert [f.field for f in check(root)] == ["actor_type"]


def foreign(root: Path, schema: Any, data: bytes | None) -> None:
    """Give the package a JSON resource that no table makes."""
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    resource = {"name": "own", "path": "own.json", "format": "json", "jsonSchema": "own.schema"}
    descriptor["resources"].append(resource)
    packages.describe(root, descriptor)
    if schema is not None:
        (root / "own.schema").write_text(json.dumps(schema), "utf-8")
    if data is not None:
        (root / "own.json").write_bytes(data)


@pytest.mark.parametrize(
    ("schema", "data", "said"),
    [
        ({"type": "object"}, b"{}", []),
        ({"type": "object"}, b"[]", ["the document is []; expected an object"]),
        ({"type": "objekt"}, b"{}", ["the JSON Schema is no JSON Schema"]),
        ({"$ref": "https://example.org/x"}, b"{}", ["the JSON Schema cannot be applied"]),
        ({"properties": {"a": {"pattern": "("}}}, b'{"a": "x"}', ["is no JSON Schema"]),
        (
            {"anyOf": [{"type": "string"}, {"required": ["a"]}]},
            b"{}",
            ["{}; which breaks anyOf of its JSON Schema"],
        ),
        ({"oneOf": [True, True]}, b"{}", ["which breaks oneOf of its JSON Schema"]),
        (None, b"{}", ["the JSON Schema"]),
        ({}, None, ["the file does not exist"]),
        ({}, b"\xff", ["byte 0xff is not UTF-8"]),
        ({}, b"[" * 100_000, ["nested too deep"]),
        ({}, b"[1" + b"0" * 5000 + b"]", ["is no JSON that hudna reads"]),
    ],
)
def test_documents_of_other_origin_keep_the_schema_that_they_name(
    root: Path, schema: Any, data: bytes | None, said: list[str]
) -> None:
    foreign(root, schema, data)
    found = check(root)
    assert len(found) == len(said), found
    assert all(s in f.problem for s, f in zip(said, found, strict=True))


def test_the_line_of_every_value_is_known() -> None:
    text = '{\n"a": [1,\n {"b": "}\\"]",\n "c":\n null}],\n"d": {}}'
    lines, doubled = jsontext.lines(text)
    assert doubled == []
    assert lines == {
        (): 1, ("a",): 2, ("a", 0): 2, ("a", 1): 3, ("a", 1, "b"): 3, ("a", 1, "c"): 4, ("d",): 6
    }  # fmt: skip


def test_the_weightiest_fault_of_a_value_is_told() -> None:
    schema = {"enum": ["a"], "type": "string", "pattern": "^a$", "minLength": 9}
    told = json_faults.faults(b"5", schema)
    assert [f.problem for f in told] == ["the document is 5; expected text"]

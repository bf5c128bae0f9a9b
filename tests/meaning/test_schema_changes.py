"""Every kind of change of a schema, with the step that it asks for."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from hudna.form.package import Package
from hudna.form.schema import read_table
from hudna.meaning import schema_changes

SCHEMA = {
    "title": "Things",
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "maxLength": 20}},
        {"name": "kind", "type": "string", "constraints": {"enum": ["a", "b"]}},
        {"name": "count", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "part_of", "type": "string"},
    ],
    "primaryKey": "id",
    "foreignKeys": [
        {"fields": "part_of", "reference": {"resource": "", "fields": "id"}},
    ],
}


def package(tmp_path, **tables):
    """A package with these schemas."""
    read = {n: read_table(n, (f"{n}.csv",), f"{n}.json", s) for n, s in tables.items()}
    return Package(tmp_path, {"version": "1.0.0"}, read, {})


def edited(path, value):
    """The schema with another value at a path of keys; None takes it away."""
    made = deepcopy(SCHEMA)
    at = made
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return made


FIELD = {"name": "new", "type": "string"}
CASES = [
    (("title",), "Objects", ("patch", "", "the description is worded otherwise")),
    (("fields", 0, "title"), "Id", ("patch", "id", "the description is worded otherwise")),
    (("fields", 3), None, ("major", "part_of", "the field is gone")),
    (("fields", 2, "type"), "number", ("major", "count", "the type is number, was integer")),
    (("fields", 3, "format"), "uri", ("major", "part_of", "the type is string (uri), was string")),
    (("fields", 1, "constraints", "enum"), ["a", "b", "c"], ("minor", "kind", "the code c is new")),
    (("fields", 1, "constraints", "enum"), ["b"], ("major", "kind", "the code a is gone")),
    (("fields", 1, "constraints"), {}, ("minor", "kind", "enum is none, was 'a', 'b'")),
    (("fields", 3, "constraints"), {"enum": ["x"]}, ("major", "part_of", "enum is 'x', was none")),
    (("fields", 0, "constraints", "maxLength"), 30, ("minor", "id", "maxLength is 30, was 20")),
    (("fields", 0, "constraints", "maxLength"), 10, ("major", "id", "maxLength is 10, was 20")),
    (("fields", 2, "constraints", "minimum"), -1, ("minor", "count", "minimum is -1, was 0")),
    (("fields", 2, "constraints", "minimum"), 1, ("major", "count", "minimum is 1, was 0")),
    (("fields", 0, "constraints", "required"), None, ("minor", "id", "need not be filled")),
    (("fields", 3, "constraints"), {"required": True}, ("major", "part_of", "must be filled")),
    (("fields", 3, "constraints"), {"unique": True}, ("major", "part_of", "must be unique")),
    (("fields", 3, "constraints"), {"pattern": "x"},
     ("major", "part_of", "pattern is x, was none")),
    (("primaryKey",), ["id", "kind"], ("major", "", "the primary key is 'id', 'kind', was 'id'")),
    (("foreignKeys",), None, ("minor", "part_of", "the foreign key to things is gone")),
    (("missingValues",), ["", "-"], ("major", "", "missing is written '', '-', was ''")),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "expected"), CASES, ids=lambda v: json.dumps(v)[:60])
def test_a_change_asks_for_its_step(tmp_path, path, value, expected):
    old, new = package(tmp_path, things=SCHEMA), package(tmp_path, things=edited(path, value))
    step, field, what = expected
    found = schema_changes.changes(old, new)
    assert schema_changes.Change(step, "things", field, what) in found
    assert schema_changes.largest([c.step for c in found]) == step


@pytest.mark.parametrize(
    ("field", "step", "what"),
    [(FIELD, "minor", "the field is new"),
     (FIELD | {"constraints": {"required": True}}, "major", "the field is new and must be filled")],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_new_field_breaks_only_where_it_must_be_filled(tmp_path, field, step, what, at):
    made = deepcopy(SCHEMA)
    made["fields"].insert(at, field)
    found = schema_changes.changes(package(tmp_path, things=SCHEMA), package(tmp_path, things=made))
    assert found == [schema_changes.Change(step, "things", "new", what)]


def test_a_new_foreign_key_is_tighter_and_one_of_a_new_field_is_not(tmp_path):
    made = deepcopy(SCHEMA)
    made["fields"].append(FIELD)
    made["foreignKeys"].append({"fields": "new", "reference": {"resource": "", "fields": "id"}})
    found = schema_changes.changes(package(tmp_path, things=SCHEMA), package(tmp_path, things=made))
    assert [c.step for c in found] == ["minor"]
    made["foreignKeys"].append({"fields": "kind", "reference": {"resource": "", "fields": "id"}})
    found = schema_changes.changes(package(tmp_path, things=SCHEMA), package(tmp_path, things=made))
    assert [c.step for c in found] == ["major", "minor"]


def test_fields_that_change_places_break_what_counts_columns(tmp_path):
    made = deepcopy(SCHEMA)
    made["fields"].reverse()
    found = schema_changes.changes(package(tmp_path, things=SCHEMA), package(tmp_path, things=made))
    assert [c[:1] + c[3:] for c in found] == [("major", "the fields stand in another order")]


def test_tables_come_and_go(tmp_path):
    one, two = package(tmp_path, things=SCHEMA), package(tmp_path, things=SCHEMA, more=SCHEMA)
    assert schema_changes.changes(one, one) == []
    assert [c[:2] for c in schema_changes.changes(one, two)] == [("minor", "more")]
    assert [c[:2] for c in schema_changes.changes(two, one)] == [("major", "more")]

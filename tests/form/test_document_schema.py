"""The JSON Schema of a document and the Table Schema of its rows accept the same values."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from hudna.form import document_schema, jsontext, nesting, package, schema, values
from hudna.form.document_schema import value as rendered

SHIPPED = package.read(package.home())[0]
SCHEMAS = document_schema.all_of(SHIPPED)
DATES = jsonschema.FormatChecker(formats=("date",))

# (type, constraints, JSON value): the value's text is what stands in the cell.
CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("string", {}, "كتائب حزب الله"),
    ("string", {"pattern": "[a-z0-9]+(-[a-z0-9]+)*"}, "kataib-hezbollah"),
    ("string", {"pattern": "[a-z0-9]+(-[a-z0-9]+)*"}, "Kataib"),
    ("string", {"pattern": "[a-z0-9]+(-[a-z0-9]+)*"}, "x kataib"),
    ("string", {"pattern": "[a-z0-9]+(-[a-z0-9]+)*"}, "kataib-"),
    ("string", {"pattern": "(\\*|[a-z]+)"}, "*"),
    ("string", {"pattern": "(\\*|[a-z]+)"}, "**"),
    ("string", {"pattern": "a|b"}, "b"),
    ("string", {"pattern": "a|b"}, "ab"),
    ("string", {"pattern": "a|b"}, "cb"),
    ("string", {"pattern": "a|b"}, "c"),
    ("string", {"pattern": ".*x"}, "a\nx"),
    ("string", {"enum": ["day", "by"]}, "by"),
    ("string", {"enum": ["day", "by"]}, "By"),
    ("string", {"minLength": 2, "maxLength": 3}, "a"),
    ("string", {"minLength": 2, "maxLength": 3}, "abc"),
    ("string", {"minLength": 2, "maxLength": 3}, "😀😀😀😀"),
    ("integer", {}, 10**30),
    ("integer", {"minimum": 0}, -1),
    ("integer", {"minimum": "0"}, 0),
    ("integer", {"maximum": 6}, 7),
    ("integer", {"enum": [-1, 0, 1]}, 1),
    ("integer", {"enum": ["-1", "0"]}, -1),
    ("integer", {"enum": ["-1", "0"]}, 1),
    ("integer", {}, 5.5),
    ("number", {"minimum": -90, "maximum": 90}, 33.3),
    ("number", {"minimum": -90, "maximum": 90}, 90.5),
    ("number", {"minimum": "0.5"}, 0.25),
    ("date", {}, "2020-10-10"),
    ("date", {}, "2020-02-30"),
    ("date", {}, "10 October 2020"),
    ("boolean", {}, True),
]


def table_accepts(field: schema.Field, text: str) -> bool:
    """Whether a cell keeps its Table Schema."""
    found, c = values.value(field, text), field.constraints
    return (
        found is not None
        and ("pattern" not in c or values.matches(c["pattern"], text))
        and ("enum" not in c or found in [values.bound(field, e) for e in c["enum"]])
        and ("minimum" not in c or found >= values.bound(field, c["minimum"]))
        and ("maximum" not in c or found <= values.bound(field, c["maximum"]))
        and c.get("minLength", 0) <= len(text) <= c.get("maxLength", len(text))
    )


@pytest.mark.parametrize(("kind", "constraints", "value"), CASES)
def test_both_schemas_agree(kind: str, constraints: dict[str, Any], value: Any) -> None:
    field = schema.Field("f", kind, "default", constraints, {})
    described = rendered(field)
    jsonschema.Draft202012Validator.check_schema(described)
    checker = jsonschema.Draft202012Validator(described, format_checker=DATES)
    assert checker.is_valid(value) == table_accepts(field, str(value).lower() if value is True
                                                    else str(value))  # fmt: skip


@pytest.mark.parametrize(
    ("value", "good"), [("https://example.org/كتائب", True), ("example", False)]
)
def test_an_address_needs_a_scheme_in_both(value: str, good: bool) -> None:
    field = schema.Field("f", "string", "uri", {}, {})
    assert table_accepts(field, value) is good
    assert jsonschema.Draft202012Validator(rendered(field)).is_valid(value) is good


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_a_json_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"].endswith(f"schemas/documents/{name}.schema.json")
    assert jsontext.read(jsontext.text(SCHEMAS[name]).encode()) == SCHEMAS[name]


def test_each_field_brings_its_title_description_and_example_which_fits() -> None:
    seen = set()
    for described in SCHEMAS.values():
        for name, record in described["$defs"].items():
            table = SHIPPED.tables[name]
            for field in table.fields:
                if field.name not in record["properties"]:
                    continue
                shown = record["properties"][field.name]
                seen.add((name, field.name))
                assert shown["title"] == field.raw["title"]
                assert shown["description"].startswith(field.raw["description"])
                checker = jsonschema.Draft202012Validator(shown, format_checker=DATES)
                assert [e.message for e in checker.iter_errors(shown["examples"][0])] == []
    unsaid = {
        (t.name, c)
        for inside in nesting.nests(SHIPPED.tables).values()
        for t, c in ((n.table, c) for n in inside for c in n.unsaid)
    }
    assert seen | unsaid == {(t.name, n) for t in SHIPPED.tables.values() for n in t.names}


@pytest.mark.parametrize(
    ("document", "record", "good"),
    [
        ("actors", {"actor_id": "x", "name": "X", "actor_type": "person"}, True),
        ("actors", {"actor_id": "x", "actor_type": "person"}, False),
        ("actors", {"actor_id": "x", "name": "X", "actor_type": "person", "age": 3}, False),
        ("actors", {"actor_id": "x", "name": "", "actor_type": "person"}, False),
        ("actors", {"actor_id": "x", "name": None, "actor_type": "person"}, False),
        ("actors", {"actor_id": "x", "name": "X", "actor_type": "person", "names": [{}]}, False),
        (
            "actors",
            {
                "actor_id": "x",
                "name": "X",
                "actor_type": "person",
                "names": [{"name": "اكس", "name_type": "name", "language": "ar"}],
                "citations": [{"field": "*", "source_id": "s", "support": "states"}],
            },
            True,
        ),
    ],
)
def test_a_single_record_has_its_schema(document: str, record: dict[str, Any], good: bool) -> None:
    single = {"$ref": f"#/$defs/{document}", "$defs": SCHEMAS[document]["$defs"]}
    assert jsonschema.Draft202012Validator(single).is_valid(record) is good


def test_nested_records_leave_out_what_their_place_tells() -> None:
    defs = SCHEMAS["ceasefires"]["$defs"]
    assert "ceasefire_id" not in defs["ceasefire_actors"]["properties"]
    assert not {"table", "record_id"} & set(defs["citations"]["properties"])
    assert "party_id" not in defs["ceasefire_actors"]["required"]
    assert "ceasefire_id" in defs["ceasefires"]["required"]


def test_a_package_without_an_address_is_named_by_a_urn() -> None:
    local = package.Package(SHIPPED.root, {"name": "mine", "resources": []}, SHIPPED.tables, {})
    found = document_schema.all_of(local)["actors"]["$id"]
    assert found == "urn:hudna:mine:schemas/documents/actors.schema.json"

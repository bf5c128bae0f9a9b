"""Tables become documents and come back byte for byte; nothing is ever lost on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudna.form import canonical, documents, jsontext, package, schema
from hudna.form import rows as tables_on_disk

TEXT = st.text(
    st.one_of(
        st.sampled_from("abz,;\"'\n\t -0\\/{}[]:كتائبé\u200f\u2028\u00a0😀"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    min_size=1,
    max_size=12,
)
DECIMALS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.sampled_from(["33.3", "-0", "0.1", "1e22", "1e400", "0.10000000000000000001", "007.50"]),
)
VALUES = {
    "string": TEXT,
    "integer": st.integers(-(10**40), 10**40).map(str),
    "number": DECIMALS,
    "boolean": st.sampled_from(["true", "false", "TRUE", "0"]),
    "date": st.dates().map(str),
}
IDS = [f"id-{n}" for n in range(6)]


def table(name: str, fields: list[dict[str, Any]], **own: Any) -> schema.Table:
    """A table whose first field is its key."""
    key = [{"name": f"{name}_id", "type": "string", "constraints": {"required": True}}]
    described = {"fields": key + fields, "primaryKey": key[0]["name"], "hudna": own}
    return schema.read_table(name, f"data/{name}.csv", "", described)


@st.composite
def packages(draw: st.DrawFn) -> tuple[dict[str, schema.Table], dict[str, list[dict[str, str]]]]:
    """Tables that nest in each other in the ways that Table Schemas allow, with their rows."""
    plain = st.lists(st.sampled_from(sorted(VALUES)), max_size=3)

    def fields() -> list[dict[str, Any]]:
        return [{"name": f"f{n}", "type": kind} for n, kind in enumerate(draw(plain))]

    def inside(host: str) -> dict[str, Any]:
        return {"nests": {"in": host, "by": "parent", "as": f"of_{host}"}}

    parent = {"name": "parent", "type": "string"}
    anywhere = {"nests": {"in": "*", "by": "record", "as": "notes"}}
    tables = [
        table("whole", fields(), document="whole"),
        table("part", [*fields(), parent], **inside("whole")),
        table("piece", [parent, *fields()], **inside("part")),
        table("list_a", fields(), document="lists"),
        table("list_b", fields(), document="lists"),
        table(
            "note",
            [{"name": "host"}, {"name": "record"}, *fields()],
            references=[{"table": "host", "record": "record"}],
            **anywhere,
        ),
    ]
    rows: dict[str, list[dict[str, str]]] = {}
    for t in tables:
        ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
        hosts = [(n, r[f"{n}_id"]) for n, found in rows.items() for r in found]
        rows[t.name] = []
        for own in ids:
            row = {t.id_field: own}
            for f in t.fields[1:]:
                row[f.name] = draw(st.one_of(st.just(""), VALUES[f.type]))
            if t.nests:
                wanted = [h for h in hosts if t.nests["in"] in ("*", h[0])]
                if not wanted:
                    continue
                host = draw(st.sampled_from(wanted))
                row |= {"host": host[0], "record": host[1], "parent": host[1]}
            rows[t.name].append({n: row[n] for n in t.names})
    return {t.name: t for t in tables}, rows


def there_and_back(tables: dict[str, schema.Table], rows: documents.Rows) -> dict[str, str]:
    """The canonical tables after a way through the text of the documents."""
    texts = {n: documents.text(v) for n, v in documents.compose(tables, rows).items()}
    read = {name: jsontext.read(t.encode("utf-8")) for name, t in texts.items()}
    assert {n: documents.text(v) for n, v in read.items()} == texts
    back = documents.split(tables, read)
    return {name: canonical.text(t, back[name]) for name, t in tables.items()}


@settings(max_examples=150, deadline=None)
@given(packages())
def test_tables_come_back_byte_for_byte(
    made: tuple[dict[str, schema.Table], dict[str, list[dict[str, str]]]],
) -> None:
    tables, rows = made
    wanted = {name: canonical.text(t, rows[name]) for name, t in tables.items()}
    assert there_and_back(tables, rows) == wanted


def test_the_shipped_tables_come_back_byte_for_byte() -> None:
    shipped, _ = package.read(package.home())
    records = tables_on_disk.read(shipped)
    rows = {n: tables_on_disk.dicts(t, records[n]) for n, t in shipped.tables.items()}
    wanted = {name: canonical.text(t, rows[name]) for name, t in shipped.tables.items()}
    assert there_and_back(shipped.tables, rows) == wanted


def shipped_rows(**rows: list[dict[str, str]]) -> tuple[dict[str, schema.Table], documents.Rows]:
    """The shipped tables with a few rows, whose other fields are empty."""
    tables = package.read(package.home())[0].tables
    full = {n: [dict.fromkeys(tables[n].names, "") | r for r in rows[n]] for n in rows}
    return tables, full


def test_a_record_holds_its_links_and_their_citations_without_the_parents_key() -> None:
    tables, rows = shipped_rows(
        actors=[{"actor_id": "x", "name": "X", "named": "true"}],
        actor_names=[{"name_id": "x-1", "actor_id": "x", "name": "اكس"}],
        citations=[
            {"citation_id": "x-c2", "table": "actor_names", "record_id": "x-1", "source_id": "s"},
            {"citation_id": "x-c1", "table": "actors", "record_id": "x", "credibility": "2"},
        ],
    )
    made = documents.compose(tables, rows)
    names = [
        {"name_id": "x-1", "name": "اكس", "citations": [{"citation_id": "x-c2", "source_id": "s"}]}
    ]
    cited = [{"citation_id": "x-c1", "credibility": 2}]
    assert made["actors"] == [
        {"actor_id": "x", "name": "X", "named": True, "names": names, "citations": cited}
    ]
    assert list(made["actors"][0]) == ["actor_id", "name", "named", "names", "citations"]
    assert made["incidents"] == []
    assert made["lookups"]["issues"] == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"actor_names": [{"name_id": "n", "actor_id": "nobody"}]}, "nobody"),
        ({"citations": [{"citation_id": "c", "table": "actors", "record_id": "y"}]}, "in actors"),
        ({"citations": [{"citation_id": "c", "table": "crosswalk", "record_id": "y"}]}, "'y'"),
        ({"citations": [{"citation_id": "c", "table": "", "record_id": ""}]}, "citations c"),
        ({"places": [{"place_id": "p", "latitude": "north"}]}, "'north'"),
        ({"places": [{"place_id": "p", "latitude": "NaN"}]}, "'NaN'"),
        ({"incidents": [{"incident_id": "i", "killed_low": "5.5"}]}, "'5.5'"),
        ({"actors": [{"actor_id": "a", "named": "maybe"}]}, "'maybe'"),
    ],
)
def test_a_row_that_no_document_can_hold_is_told(rows: Any, said: str) -> None:
    tables, full = shipped_rows(**rows)
    with pytest.raises(documents.Unplaced, match=said):
        documents.compose(tables, full)


def test_a_table_without_a_place_is_told_only_if_it_has_rows() -> None:
    lost = table("lost", [])
    assert documents.compose({"lost": lost}, {}) == {}
    with pytest.raises(documents.Unplaced, match="lost has rows"):
        documents.compose({"lost": lost}, {"lost": [{"lost_id": "x"}]})


def test_a_list_named_like_a_field_is_told() -> None:
    whole = table("whole", [{"name": "parts"}], document="whole")
    part = table("part", [{"name": "p"}], nests={"in": "whole", "by": "p", "as": "parts"})
    with pytest.raises(documents.Unplaced, match="'parts', which is taken"):
        documents.compose({"whole": whole, "part": part}, {})


@pytest.mark.parametrize(
    ("kind", "written", "wanted"),
    [("integer", "5.0", "5"), ("integer", "-0", "0"), ("number", "33.30", "33.30")],
)
def test_a_number_of_a_document_becomes_a_cell(kind: str, written: str, wanted: str) -> None:
    field = table("t", [{"name": "n", "type": kind}]).field("n")
    assert documents.cell(field, jsontext.read(written.encode())) == wanted


def test_numbers_of_documents_are_numbers_for_every_reader() -> None:
    tables, rows = shipped_rows(places=[{"place_id": "p", "latitude": "33.3", "longitude": "44"}])
    written = documents.text(documents.compose(tables, rows)["lookups"])
    assert json.loads(written)["places"] == [{"place_id": "p", "latitude": 33.3, "longitude": 44}]

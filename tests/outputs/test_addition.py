"""Documents as new rows: every shipped document tells its table and becomes its own rows again."""

from __future__ import annotations

from typing import Any

import pytest

from hudna.form import document_schema, documents, jsontext, nesting, package, rows
from hudna.ground.finding import CannotRun
from hudna.meaning import json_faults
from hudna.outputs import addition

SHIPPED = package.read(package.home())[0]
RECORDS = rows.read(SHIPPED)
ROOTS = nesting.roots(SHIPPED.tables)
MADE = documents.compose(SHIPPED.tables, rows.texts(SHIPPED, RECORDS))
EMPTY: addition.Rows = {name: [] for name in SHIPPED.tables}


def shipped(document: str) -> list[tuple[str, dict[str, Any]]]:
    """Each record of a document file with its table."""
    value = MADE[document]
    lists = {document: value} if isinstance(value, list) else value
    return [(name, record) for name, of in lists.items() for record in of]


@pytest.mark.parametrize("document", ROOTS)
def test_every_shipped_document_keeps_its_schema(document: str) -> None:
    schema = document_schema.all_of(SHIPPED)[document]
    assert json_faults.faults(documents.text(MADE[document]).encode("utf-8"), schema) == []


@pytest.mark.parametrize("document", ROOTS)
def test_every_shipped_document_tells_its_table(document: str) -> None:
    for name, record in shipped(document):
        assert addition.table_of(SHIPPED, record).name == name


@pytest.mark.parametrize("value", [[], {}, {"code": "x"}, {"actor_id": "x", "statement_id": "y"}])
def test_a_document_that_tells_no_table_or_several_is_refused(value: Any) -> None:
    with pytest.raises(CannotRun):
        addition.table_of(SHIPPED, value)


@pytest.mark.parametrize("document", ROOTS)
def test_every_shipped_document_becomes_its_own_rows_again(document: str) -> None:
    tables = SHIPPED.tables
    back: addition.Rows = {name: [] for name in tables}
    for name, record in shipped(document):
        read = jsontext.read(documents.text(record).encode("utf-8"))
        for n, found in addition.new_rows(SHIPPED, {name: [read]}, EMPTY).items():
            back[n] += found
    wanted = documents.split(tables, {document: MADE[document]})
    assert back == wanted


def test_a_link_row_without_an_id_gets_one_that_is_free_everywhere() -> None:
    existing = {**EMPTY, "actor_names": [dict.fromkeys(SHIPPED.tables["actor_names"].names, "")]}
    existing["actor_names"][0] |= {"name_id": "x-1", "actor_id": "other"}
    record = {"actor_id": "x", "names": [{"name": "A"}, {"name": "B", "citations": [{}]}]}
    new = addition.new_rows(SHIPPED, {"actors": [record]}, existing)
    assert [r["name_id"] for r in new["actor_names"]] == ["x-2", "x-3"]
    assert [(c["table"], c["record_id"], c["citation_id"]) for c in new["citations"]] == [
        ("actor_names", "x-3", "x-3-c1")
    ]

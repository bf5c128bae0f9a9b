"""`hudna show`: a record as a person reads it, and as its document."""

import json

import pytest

from hudna.doors.cli import main
from tests import packages

DAY = {"date_start": "2020-09-24", "date_end": "2020-09-24", "date_precision": "day",
       "date_basis": "stated"}  # fmt: skip
TABLES = {
    "actors": [
        {"actor_id": "a-group", "name": "A Group", "actor_type": "armed-group"},
        {"actor_id": "a-camp", "name": "A Camp", "actor_type": "category"},
    ],
    "actor_names": [
        {"name_id": "a-group-1", "actor_id": "a-group", "name": "كتائب", "name_type": "name",
         "language": "ar"},
    ],
    "actor_relations": [
        {"relation_id": "a-group-1", "subject_id": "a-group", "relation_type": "member-of",
         "object_table": "actors", "object_id": "a-camp", "basis": "stated", **DAY},
    ],
    "sources": [
        {"source_id": "paper", "title": "A Paper", "source_type": "article", "access": "read",
         **DAY},
    ],
    "citations": [
        {"citation_id": "a-group-c1", "table": "actors", "record_id": "a-group", "field": "*",
         "source_id": "paper", "locator": "p1s1", "support": "states"},
        {"citation_id": "a-group-c2", "table": "actors", "record_id": "a-group", "field": "*",
         "source_id": "paper", "locator": "p2s3", "support": "states"},
        {"citation_id": "a-group-c3", "table": "actors", "record_id": "a-group", "field": "name",
         "source_id": "paper", "locator": "p4s1", "support": "contradicts", "value": "The Group"},
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return packages.make(tmp_path, TABLES)


def test_a_record_is_told_with_its_links_and_citations(folder, capsys):
    assert main(["show", "actors/a-group", str(folder)]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:2] == ["A Group", "actors/a-group"]
    assert "- كتائب · name · ar" in lines
    assert "- member of (member-of) · A Camp (a-camp) · stated · on 2020-09-24" in lines
    assert "- paper p1s1 p2s3" in lines, "citations of one source stand together"
    assert "- name: paper p4s1 (contradicts: The Group)" in lines


def test_who_points_at_a_record_is_told_from_the_other_side(folder, capsys):
    main(["show", "a-camp", str(folder)])
    assert "member-of in actors/a-group: A Group" in capsys.readouterr().out


def test_a_link_whose_name_ends_in_of_has_no_second(tmp_path, capsys):
    spoken = {"statement_id": "says", "speaker_id": "a-camp", "on_behalf_of": "a-group",
              "summary": "Speaks.", "date_precision": "unknown", "basis": "stated"}  # fmt: skip
    folder = packages.make(tmp_path, {**TABLES, "statements": [spoken]})
    main(["show", "actors/a-group", str(folder)])
    assert "on behalf of statements/says: Speaks." in capsys.readouterr().out


def test_every_record_with_the_id_is_told_where_several_tables_have_it(folder, capsys):
    main(["show", "a-group-1", str(folder)])
    out = capsys.readouterr().out
    assert "actor_names/a-group-1" in out and "actor_relations/a-group-1" in out


def test_a_record_is_its_document_in_json(folder, capsys):
    main(["show", "actors/a-group", str(folder), "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert document["names"][0]["name"] == "كتائب"
    assert [c["locator"] for c in document["citations"]] == ["p1s1", "p2s3", "p4s1"]


def test_a_link_row_is_its_own_fields_in_json(folder, capsys):
    main(["show", "actor_names/a-group-1", str(folder), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["actor_id"] == "a-group"


def test_an_unknown_id_names_the_nearest(folder, capsys):
    assert main(["show", "a-grup", str(folder)]) == 2
    assert "no record has the id 'a-grup'; the nearest are a-group" in capsys.readouterr().err


def test_a_package_that_cannot_be_read_is_told(folder, capsys):
    (folder / "data" / "actors.csv").write_bytes(b"\xff\xfe")
    assert main(["show", "a-group", str(folder)]) == 2
    assert "data/actors.csv cannot be read as it should" in capsys.readouterr().err

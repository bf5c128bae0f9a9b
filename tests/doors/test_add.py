"""hudna add: one document enters as a whole, or nothing does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hudna.doors.cli import main
from hudna.form import package, rows
from tests import packages

SOURCES = [
    {"source_id": "s", "source_type": "article", "date_precision": "unknown", "access": "read"}
]
ACTORS = [{"actor_id": "group", "name": "A group", "actor_type": "armed-group"}]
CITED = [
    {"citation_id": f"c{n}", "table": t, "record_id": r, "field": "*", "source_id": "s",
     "support": "states"}
    for n, (t, r) in enumerate([("actors", "group"), ("sources", "s")], 1)
]  # fmt: skip
CITATION = {"field": "*", "source_id": "s", "support": "states", "locator": "p1s1"}
ACTOR: dict[str, Any] = {
    "actor_id": "speaker",
    "name": "A speaker",
    "actor_type": "person",
    "named": True,
    "names": [
        {"name": "متحدث", "name_type": "name", "language": "ar", "citations": [CITATION]},
        {"name": "The spokesman", "name_type": "alias", "language": "en"},
    ],
    "relations": [
        {
            "relation_type": "speaks-for",
            "object_table": "actors",
            "object_id": "group",
            "date_precision": "unknown",
            "basis": "stated",
            "citations": [CITATION],
        }
    ],
    "citations": [CITATION],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tables = {"actors": ACTORS, "sources": SOURCES, "citations": CITED}
    return packages.make(tmp_path, tables, documents=True)


def document(root: Path, value: Any) -> str:
    """The path of a file that holds the value (or, of a text, the text)."""
    path = root.parent / "new.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1), "utf-8")
    return str(path)


def held(root: Path) -> dict[str, bytes]:
    """Every file of a package."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def table(root: Path, name: str) -> list[dict[str, str]]:
    found, _ = package.read(root)
    return rows.texts(found, rows.read(found))[name]


def test_a_document_becomes_rows_and_the_package_stays_valid(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", document(root, ACTOR), str(root)]) == 0, capsys.readouterr().out
    out = capsys.readouterr().out
    assert "Added 1 in actors, 2 in actor_names, 1 in actor_relations, 3 in citations" in out
    assert [a["actor_id"] for a in table(root, "actors")] == ["group", "speaker"]
    names = {r["name_id"]: r for r in table(root, "actor_names")}
    assert names["speaker-1"]["name"] == "متحدث"
    cited = {(c["table"], c["record_id"]): c["citation_id"] for c in table(root, "citations")}
    assert cited["actor_names", "speaker-1"] == "speaker-1-c1"
    assert cited["actor_relations", "speaker-1"].startswith("speaker-1-c")
    assert cited["actors", "speaker"] == "speaker-c1"
    assert main(["validate", str(root)]) == 0, capsys.readouterr().out
    assert main(["build", "--check", str(root)]) == 0
    made = json.loads((root / "data/documents/actors.json").read_text("utf-8"))
    assert made[1]["names"][0]["name"] == "متحدث"


def test_a_dry_run_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(root)
    assert main(["add", "--dry-run", document(root, ACTOR), str(root)]) == 0
    assert "Would add 1 in actors" in capsys.readouterr().out
    assert held(root) == before


@pytest.mark.parametrize(
    ("because", "value", "said"),
    [
        ("the id is there", ACTOR | {"actor_id": "group"}, "[known-record]"),
        ("a code is unknown", ACTOR | {"actor_type": "persn"}, "(nearest: person)"),
        ("a field is unknown", ACTOR | {"age": 3}, "age is no field here"),
        ("a field is missing", {"actor_id": "x", "name": "X"}, "actor_type is missing"),
        ("a reference dangles", ACTOR | {"citations": [CITATION | {"source_id": "t"}]}, "'t'"),
        ("its own link id is taken", ACTOR | {"citations": [CITATION | {"citation_id": "c1"}]},
         "c1 is in data/citations.csv already"),
        ("a text holds a NUL", ACTOR | {"name": "A\x00"}, "U+0000"),
        ("it is no JSON", '{"actor_id": "x",\n}', "new.json:2"),
        ("a key stands twice", '{"actor_id": "x", "name": "X",\n "name": "Y",\n'
         '"actor_type": "person"}', "new.json:2 x: name stands twice"),
        ("half a character", '{"actor_id": "x", "name": "\\ud800", "actor_type": "person"}',
         "surrogate"),
    ],
)  # fmt: skip
def test_a_faulty_document_is_refused_as_a_whole(
    root: Path, capsys: pytest.CaptureFixture[str], because: str, value: Any, said: str
) -> None:
    before = held(root)
    assert main(["add", document(root, value), str(root)]) == 1, because
    out = capsys.readouterr().out
    assert said in out
    assert "Refused as a whole: nothing was written." in out
    assert held(root) == before


def test_a_fault_is_told_with_its_line_in_the_document(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = json.loads(json.dumps(ACTOR))
    del faulty["names"][1]["language"]
    faulty["relations"][0]["basis"] = 5
    text = json.dumps(faulty, indent=1)
    lines = text.split("\n")
    main(["add", document(root, text), str(root)])
    told = capsys.readouterr().out.splitlines()[:2]
    first = lines.index('   "name": "The spokesman",')
    second = next(n for n, x in enumerate(lines, 1) if '"basis"' in x)
    assert f":{first} speaker: language is missing; expected a value [document-schema]" in told[0]
    assert f":{second} speaker: basis is 5; expected text [document-schema]" in told[1]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([ACTOR], "no object"),
        ({"name": "X"}, "does not tell its table"),
        ({"code": "x"}, "has code"),
        ({"actor_id": "x", "statement_id": "y"}, "has actor_id, statement_id"),
    ],
)
def test_a_document_of_no_table_cannot_be_added(
    root: Path, capsys: pytest.CaptureFixture[str], value: Any, said: str
) -> None:
    assert main(["add", document(root, value), str(root)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "name", "options"),
    [
        ({"issue_id": "i", "title": "I", "kind": "policy", "actor_id": "group",
          "citations": [CITATION]}, "issues", []),
        ({"incident_id": "x", "other_id": "y", "reason": "z"}, "distinct_incidents",
         ["--table", "distinct_incidents"]),
    ],
)  # fmt: skip
def test_the_table_is_told_by_the_id_or_by_the_user(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    value: Any,
    name: str,
    options: list[str],
) -> None:
    code = main(["add", "--dry-run", *options, document(root, value), str(root)])
    out = capsys.readouterr().out
    assert (code == 0 and f"Would add 1 in {name}" in out) or f"{name}.csv" in out


def test_an_unknown_table_or_file_cannot_run(root: Path) -> None:
    assert main(["add", "--table", "citations", document(root, ACTOR), str(root)]) == 2
    assert main(["add", str(root / "nothing.json"), str(root)]) == 2


def test_a_package_of_another_shape_is_not_touched(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "data/places.csv"
    path.write_text(path.read_text("utf-8") + "ragged\n", "utf-8")
    before = held(root)
    assert main(["add", document(root, ACTOR), str(root)]) == 1
    assert "missing-cell" in capsys.readouterr().out
    assert held(root) == before


def test_a_document_of_an_id_and_links_adds_to_the_record_that_is_there(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = {"name": "Die Gruppe", "name_type": "alias", "language": "de", "citations": [CITATION]}
    more = {"actor_id": "group", "names": [name]}
    assert main(["add", document(root, more), str(root)]) == 0, capsys.readouterr().out
    assert "Added 1 in actor_names, 1 in citations" in capsys.readouterr().out
    assert [a["actor_id"] for a in table(root, "actors")] == ["group"]
    assert [(n["name_id"], n["name"]) for n in table(root, "actor_names")] == [
        ("group-1", "Die Gruppe")
    ]


def test_what_is_wrong_in_an_addition_is_told_on_its_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {"actor_id": "group", "names": [{"name": "X", "name_type": "nick", "language": "de"}]}
    before = held(root)
    assert main(["add", document(root, more), str(root)]) == 1
    assert "new.json:6 group: name_type is 'nick'" in capsys.readouterr().out
    assert held(root) == before


def test_an_addition_of_nothing_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", document(root, {"actor_id": "group"}), str(root)]) == 2
    assert "has nothing to add to group" in capsys.readouterr().err

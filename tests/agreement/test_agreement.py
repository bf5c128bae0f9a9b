"""The published agreement is what the two codings give, and the measure is what it says it is."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from hudna.form import package
from tests.agreement import agreement

TABLES = package.read(package.home())[0].tables


@pytest.fixture(scope="module")
def codings() -> agreement.Codings:
    return agreement.Codings()


def test_the_page_shows_what_the_codings_give() -> None:
    published = agreement.PART.search(agreement.PAGE.read_text("utf-8"))
    assert published, "docs/coding.md has no generated part 'agreement'"
    because = "run `python tests/agreement/agreement.py --write`"
    assert published[0] == agreement.text(), because


@pytest.mark.parametrize("side", agreement.SIDES)
def test_each_record_is_aligned_exactly_once(codings: agreement.Codings, side: str) -> None:
    aligned = Counter((line["table"], line[f"{side}_id"]) for line in codings.lines)
    aligned = +Counter({key: n for key, n in aligned.items() if key[1]})
    held = Counter((table, i) for table, rows in codings.records[side].items() for i in rows)
    assert aligned == held


def test_what_became_of_a_unit_stands_in_the_data(codings: agreement.Codings) -> None:
    home = package.home()
    withdrawn = {(r["table"], r["record_id"]) for r in agreement.read(home / "data/withdrawn.csv")}
    for name, table in TABLES.items():
        if table.cited != "itself":
            continue
        shipped = {row[table.id_field] for row in agreement.read(home / table.path)}
        for line in codings.lines:
            if line["table"] == name and line["settled_id"] not in ("", *shipped):
                assert (name, line["settled_id"]) in withdrawn, line


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A and B.
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0100000010", "1110010000", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
    ],
)
def test_alpha_of_worked_examples(first: str, second: str, expected: float) -> None:
    pairs = list(zip(first, second, strict=True))
    assert agreement.alpha(pairs, "nominal") == pytest.approx(expected, abs=0.0005)


def test_alpha_is_undefined_where_nothing_varies() -> None:
    assert agreement.alpha([("attack", "attack")] * 9, "nominal") is None
    assert agreement.alpha([], "interval") is None
    assert agreement.shown(None) == "undefined"


def test_empty_is_a_value_of_its_own() -> None:
    table = TABLES["actors"]
    made = agreement.row(table, "country", [("IRQ", ""), ("IRQ", "IRQ"), ("", "")])
    assert (made.units, made.rated, made.agreed) == (3, 3, pytest.approx(2 / 3))


def test_distance_is_measured_only_where_both_give_a_number() -> None:
    table = TABLES["incidents"]
    made = agreement.row(table, "events_low", [("8", "8"), ("2", "1"), ("", "1"), ("1 | 2", "2")])
    assert (made.measure, made.units, made.rated) == ("interval", 4, 2)


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0], lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def test_references_are_compared_by_unit_and_several_records_as_one(tmp_path: Path) -> None:
    actor = {"first": ["river-guard"], "second": ["guard", "guards-of-the-river"]}
    for side, ids in actor.items():
        write(
            tmp_path / side / "actors.csv", [{"actor_id": i, "actor_type": "movement"} for i in ids]
        )
        row = {"statement_id": f"{side}-speech", "speaker_id": ids[-1]}
        write(tmp_path / side / "statements.csv", [row])
    head = ["table", "unit", "first_id", "second_id", "settled_id"]
    aligned = [
        ["actors", "river-guard", "river-guard", "guard", ""],
        ["actors", "river-guard", "", "guards-of-the-river", ""],
        ["statements", "speech", "first-speech", "second-speech", ""],
    ]
    write(tmp_path / "alignment.csv", [dict(zip(head, line, strict=True)) for line in aligned])
    codings = agreement.Codings(tmp_path)
    assert list(agreement.counts(codings)) == [
        ("actors", 1, 2, 1, 0, 0),
        ("statements", 1, 1, 1, 0, 0),
    ]
    assert {(r.table, r.field): r.agreed for r in agreement.fields(codings)} == {
        ("actors", "actor_type"): 1.0,
        ("statements", "speaker_id"): 1.0,
    }

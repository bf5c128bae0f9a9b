"""Names matched with actors: each case says why; what holds for any text holds for any text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudna.form import package
from hudna.ground.finding import CannotRun
from hudna.meaning import matching
from hudna.meaning.matching import sharing, spelling, words
from tests.packages import make

CASES = json.loads((Path(__file__).parents[1] / "cases/matching.json").read_text("utf-8"))
ACTORS = [
    ("kh", "Kata'ib Hezbollah", "armed-group", "IRQ"),
    ("kadhimi", "Mustafa al-Kadhimi", "person", "IRQ"),
    ("salih", "Barham Salih", "person", ""),
    ("mahdi", "Adil Abdul-Mahdi", "person", ""),
    ("soleimani", "Qassem Soleimani", "person", "IRN"),
    ("iraqi-president", "President of Iraq", "office", "IRQ"),
    ("iraqi-foreign-ministry", "Ministry of Foreign Affairs of Iraq", "government-body", ""),
    ("al-quds", "al-Quds", "media", ""),
    ("unami", "United Nations Assistance Mission for Iraq", "organisation", ""),
    ("ali-1", "Ali Ali", "person", ""),
    ("ali-2", "Ali Ali", "person", ""),
]
NAMES = [
    ("kh", "KH", "abbreviation"),
    ("iraqi-president", "Iraqi President", "alias"),
    ("soleimani", "General", "title"),
]
HELD = {"subject_id": "salih", "relation_type": "holds-office", "object_table": "actors",
        "object_id": "iraqi-president", "date_start": "2020-09-20", "date_end": "2020-10-22",
        "date_precision": "as-of", "basis": "stated"}  # fmt: skip


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> matching.Matcher:
    tables = {
        "actors": [dict(zip(("actor_id", "name", "actor_type", "country"), a, strict=True))
                   for a in ACTORS],
        "actor_names": [{"name_id": f"n{i}", "actor_id": a, "name": n, "name_type": t,
                         "language": "en"} for i, (a, n, t) in enumerate(NAMES)],
        "actor_relations": [{**HELD, "relation_id": "r"}],
    }  # fmt: skip
    root = make(tmp_path_factory.mktemp("names"), tables)
    return matching.matcher(package.read(root)[0])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["because"])
def test_names(matcher: matching.Matcher, case: dict) -> None:
    day = date.fromisoformat(case["date"]) if "date" in case else None
    [found] = matcher.match([case["name"]], [day], case.get("country"))
    assert found.name == case["name"]
    if "not" in case:
        assert found.verdict != case["not"], found
        return
    verdict = next((v for v in ("match", "ambiguous") if v in case), "none")
    assert (found.verdict, found.actor_id) == (verdict, case.get(verdict, "")), found
    if "runner_up" in case:
        assert found.runner_up == case["runner_up"]


def test_order_and_count_are_kept(matcher: matching.Matcher) -> None:
    names = ["KH", "nobody", "KH", "", "Barham Salih"] * 3
    found = matcher.match(names)
    assert [m.name for m in found] == names
    assert [m.actor_id for m in found[:5]] == ["kh", "", "kh", "", "salih"]


def test_many_names_are_matched_as_each_alone(matcher: matching.Matcher) -> None:
    names = [f"Kataib Hezbollah {n}" for n in range(sharing.MANY)] + ["KH", "al-Kadhimi"]
    found = matching.Matcher(matcher.index).match(names, [date(2020, 10, 1)] * len(names), "IRQ")
    assert [m.name for m in found] == names
    for n in (0, 1_234, -2, -1):
        assert found[n] == matcher.match([names[n]], [date(2020, 10, 1)], "IRQ")[0]


def test_candidates_are_told_best_first(matcher: matching.Matcher) -> None:
    found = matcher.candidates("Ali Ali")
    assert [c.actor_id for c in found[:2]] == ["ali-1", "ali-2"]
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@settings(deadline=None)
@given(st.text())
def test_any_text_gets_one_sober_answer(matcher: matching.Matcher, text: str) -> None:
    [found] = matcher.match([text])
    assert found.name == text and 0 <= found.score <= 100
    assert bool(found.actor_id) == (found.verdict != "none")
    assert matcher.match([text]) == [found]


def test_a_huge_name_is_looked_at_in_part(matcher: matching.Matcher) -> None:
    [found] = matcher.match(["Kataib Hezbollah " * 100_000])
    assert found.verdict in ("none", "ambiguous", "match")


def test_a_package_without_actors_is_told(tmp_path: Path) -> None:
    root = make(tmp_path)
    shipped = package.read(root)[0]
    del shipped.tables["actors"]
    with pytest.raises(CannotRun, match="no table actors"):
        matching.matcher(shipped)


def test_every_word_has_a_known_kind_and_stands_in_folded_form() -> None:
    kinds = set(words.WEIGHTS) | {"own", "stop"}
    for kind, _, told in words.lines():
        assert kind in kinds and told
    assert all(text == " ".join(text.split()) for text in spelling.sorts())

"""The gold set of names: its form, what it demands of the matcher, and the page that tells it."""

from __future__ import annotations

import re
from datetime import date

from tests.quality import matching
from tests.quality.sample import read


def test_the_gold_set_is_well_formed_and_large_enough() -> None:
    rows, actors = matching.gold(), {r["actor_id"] for r in read("actors")}
    names = [r["name"] for r in rows]
    assert len(rows) >= 300 and sum(not r["actor_id"] for r in rows) >= 60
    assert len(set(names)) == len(names) and names == sorted(names)
    for row in rows:
        assert row["name"].strip() == row["name"] != ""
        assert not row["date"] or date.fromisoformat(row["date"])
        assert row["actor_id"] in actors | {""}
        assert row["half"] in matching.HALVES
        assert re.fullmatch(r"https?://\S+", row["source"])


def test_what_is_called_a_match_is_right() -> None:
    matched = [c for c in matching.cases() if c.found.verdict == "match"]
    wrong = [c.name for c in matched if c.false]
    assert len(wrong) <= 0.02 * len(matched), wrong


def test_those_meant_come_first() -> None:
    meant = [c for c in matching.cases() if c.actor_id and c.half == "development"]
    assert sum(c.right for c in meant) >= 0.95 * len(meant)


def test_the_page_tells_the_figures_of_now() -> None:
    page = matching.PAGE.read_text("utf-8")
    assert matching.PART.search(page), "the page has no made part"
    assert matching.PART.sub(lambda _: matching.text(), page, count=1) == page

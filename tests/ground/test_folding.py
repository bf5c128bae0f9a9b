"""Names folded and reduced to consonants: what is one in many spellings, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudna.ground import folding

CASES = json.loads((Path(__file__).parents[1] / "cases/folding.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["because"])
def test_spellings(case: dict) -> None:
    found = [folding.skeleton(name) for name in case.get("same", case.get("differ"))]
    assert len(set(found)) == (1 if "same" in case else len(found)), found


@given(st.text())
def test_what_is_folded_is_plain_and_stays(text: str) -> None:
    folded = folding.fold(text)
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789 " for c in folded)
    assert folding.fold(folded) == folded == folded.strip()


def test_the_twin_knows_every_letter_of_the_texts_given() -> None:
    letters = folding.twin(["真主党"])["letters"]
    assert letters["真"] == "zhen"
    assert letters["ك"] == "k"

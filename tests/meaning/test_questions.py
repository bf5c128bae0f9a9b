"""Questions that a person would ask of the shipped package, and what its views answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hudna.form import package as packages
from hudna.meaning import views
from tests.meaning.test_views import run

CASES = Path(__file__).parents[1] / "cases" / "questions"


def questions():
    """Every question, with the name of its view as the name of its file."""
    for path in sorted(CASES.glob("*.json")):
        for number, asked in enumerate(json.loads(path.read_text("utf-8")), 1):
            yield pytest.param(path.stem, asked, id=f"{path.stem}-{number}")


@pytest.mark.parametrize(("file", "asked"), list(questions()))
def test_question(file, asked):
    """The rows expected are among the answer's; `count` is how many it has."""
    assert asked["view"] == file
    assert asked["question"].endswith("?")
    rows = run(asked["view"], packages.home(), asked.get("set"))
    told = f"{asked['question']} {asked['because']}"
    for expected in asked["expects"]:
        assert any(expected.items() <= row.items() for row in rows), (told, expected)
    assert len(rows) == asked.get("count", len(rows)), told


def test_each_file_bears_the_name_of_a_view():
    assert {p.stem for p in CASES.glob("*.json")} <= set(views.own())

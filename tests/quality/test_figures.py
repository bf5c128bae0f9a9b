"""The figures of the chronology's page are those of the data, and its ledger holds what it says."""

from __future__ import annotations

import pytest

from tests.quality import figures

# What the article's own sources say otherwise or more exactly than it: a record for each matter.
MATTERS = {
    "the threat was a call, days before": "2020-09-24-pompeo-threatens-embassy-closure",
    "a committee to investigate, not to prevent": "2020-09-25-sadr-calls-for-security-committee-3",
    "the condemnation was the alliance's": "2020-09-24-amiri-condemns-attacks",
    "the spokesman has a name": "kataib-hezbollah-spokesman",
    "who was let go in June": "detained-militia-members",
    "which prime minister placed the factions": "2020-10-31-sistani-aligned-militias-defect-2",
    "who attacked Sistani": "iranian-cleric-attacking-sistani",
    "who stood at the shrine": "security-forces-karbala",
    "what Rouhani spoke of": "2020-09-26-rouhani-underlines-shia-unity",
    "whether Iran commands": "2020-10-31-iranian-control-increasingly-doubtful",
    "when the truce ended": "resistance-committee-2020-in-force-28-december-2021-memri",
}


def test_the_page_shows_the_figures_of_the_data() -> None:
    published = figures.PART.search(figures.PAGE.read_text("utf-8"))
    assert published, "docs/chronology.md has no generated part"
    assert published[0] == figures.text(), "run `python -m tests.quality.figures --write`"


@pytest.fixture(scope="module")
def ledger() -> set[str]:
    return {str(row["record_id"]) for row in figures.ask("discrepancies")}


@pytest.mark.parametrize("record", MATTERS.values(), ids=MATTERS)
def test_the_ledger_holds_each_matter(record: str, ledger: set[str]) -> None:
    assert record in ledger


def test_nearly_every_incident_has_an_address() -> None:
    rows = [r for r in figures.ask("incident-origins") if r["incident_id"]]
    assert sum(bool(r["address"]) for r in rows) >= 0.99 * len(rows)


def test_each_of_the_five_days_has_a_state_and_holders() -> None:
    lines = list(figures.truce())[2:]
    assert [x.split(" | ")[0].strip("| ") for x in lines] == list(figures.DAYS)
    assert [x.split(" | ")[1] for x in lines][:2] == ["in-force", "contested"]

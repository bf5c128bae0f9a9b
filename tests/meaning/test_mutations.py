"""Changes of the shipped data are caught by the check at which they aim.

A fourth of them; HUDNA_MUTATIONS=all takes them all.
"""

from __future__ import annotations

import os

import pytest

from hudna.meaning import rules
from tests.meaning import mutating, mutations

AIMED = mutating.aimed()
SOME = slice(None, None, 1 if os.environ.get("HUDNA_MUTATIONS") == "all" else 4)


@pytest.fixture(scope="module")
def shipped() -> mutating.Shipped:
    return mutating.Shipped()


def name(m: mutating.Mutation) -> str:
    return f"{m.by}: {m.table} {m.record}"


@pytest.mark.parametrize("mutation", AIMED[SOME], ids=name)
def test_a_change_is_caught_by_the_check_at_which_it_aims(
    mutation: mutating.Mutation, shipped: mutating.Shipped
) -> None:
    assert mutation.by in shipped.caught(mutation)


def test_the_shipped_tables_have_no_fault_unchanged(shipped: mutating.Shipped) -> None:
    for table in ("actors", "incidents", "citations", "withdrawn"):
        assert shipped.findings(table, shipped.text(table)) == []


def test_nearly_every_rule_is_aimed_at() -> None:
    known = {p.stem for p in rules.own()}
    aimed_at = {m.by for m in AIMED}
    assert len(known & aimed_at) >= 100


def test_each_change_that_is_not_caught_has_a_reason(shipped: mutating.Shipped) -> None:
    drawn = list(shipped.drawn())
    assert {m.kind for m in drawn} <= set(mutations.REASONS)
    assert len(drawn) >= 100


def test_the_page_has_a_line_for_each_aimed_change() -> None:
    section = mutations.PAGE.read_text("utf-8").split("## Aimed at one check\n")[1]
    lines = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert len(lines) == len(AIMED), "run python -m tests.meaning.mutations"
    for m, line in zip(AIMED, lines, strict=True):
        assert line.startswith(f"| {m.table} | {mutations.plain(m.record)} |"), line
        assert line.rsplit(" | ", 2)[1] == f"`{m.by}`" and f"`{m.by}`" in line.rsplit(" | ", 1)[1]

"""The collapse: what hides what, and the page that says so."""

from __future__ import annotations

import re

import pytest

from hudna.form import package
from hudna.ground.finding import Finding
from hudna.meaning import report

PAGE = package.home() / "docs" / "validation.md"
ORDER = (*report.TABLE_FAULTS, *report.RECORD_FAULTS, *report.CELL_FAULTS)


def test_the_page_tells_the_order_of_the_code() -> None:
    section = PAGE.read_text("utf-8").split("## One fault, one finding\n")[1].split("\n## ")[0]
    assert tuple(re.findall(r"`([a-z-]+)`", section)) == ORDER


def finding(rule: str, row: int | None = 1, field: str = "f") -> Finding:
    return Finding(rule, "p", table="t", row=row, field=field)


@pytest.mark.parametrize("rule", report.TABLE_FAULTS)
def test_a_fault_of_a_table_is_all_that_is_told_of_it(rule: str) -> None:
    first = finding(rule, None, "")
    others = [finding(r) for r in (*report.RECORD_FAULTS, *report.CELL_FAULTS, "some-rule")]
    elsewhere = Finding("some-rule", "p", table="u")
    assert report.collapse([*others, first, elsewhere]) == [first, elsewhere]


@pytest.mark.parametrize("rule", report.RECORD_FAULTS)
def test_a_fault_of_a_record_is_all_that_is_told_of_it(rule: str) -> None:
    others = [finding(r) for r in (*report.CELL_FAULTS, "some-rule")]
    elsewhere = finding("type-error", 2)
    assert set(report.collapse([*others, finding(rule), elsewhere])) == {finding(rule), elsewhere}


@pytest.mark.parametrize("at", range(len(report.CELL_FAULTS)))
def test_a_cell_tells_its_first_fault(at: int) -> None:
    rules = report.CELL_FAULTS[at:]
    assert report.collapse([finding(r) for r in reversed(rules)]) == [finding(rules[0])]


def test_a_record_whose_key_stands_twice_tells_no_rule() -> None:
    kept = report.collapse(
        [finding("primary-key", field="id"), finding("some-rule"), finding("type-error")]
    )
    assert [f.rule for f in kept] == ["type-error", "primary-key"]


def test_faults_of_two_cells_are_two() -> None:
    two = [finding("type-error", field="a"), finding("type-error", field="b")]
    assert report.collapse(two) == two

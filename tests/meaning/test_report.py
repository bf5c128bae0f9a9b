"""The collapse: what hides what, and the page that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from hudna.engine.store import Store
from hudna.form import package
from hudna.ground.finding import Finding
from hudna.meaning import report
from hudna.meaning.faults import Faults, Unit

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
    others = [finding(r, None) for r in ("byte-order-mark", "line-ending")]
    elsewhere = Finding("line-ending", "p", table="u")
    assert report.collapse([*others, first, elsewhere]) == [first, elsewhere]


Fault = tuple[str, int, str]


def told(faults: Iterable[Fault]) -> set[Fault]:
    """What is told of faults (rule, record, field) of one table; gathered by the engine."""
    with Store({}) as store:
        held = Faults(store, ["t"])
        held.gather(
            [(Unit("t", field, rule), f"SELECT {row} AS _row, NULL AS extra")
             for rule, row, field in faults]
        )  # fmt: skip
        held.collapse(())
        first = {(f.unit.rule, f.row, f.unit.field) for f in held.first(100)}
        assert sum(held.told().values()) == len(first)
        return first


@pytest.mark.parametrize("rule", report.RECORD_FAULTS)
def test_a_fault_of_a_record_is_all_that_is_told_of_it(rule: str) -> None:
    others = [(r, 1, "f") for r in report.CELL_FAULTS]
    own, elsewhere = (rule, 1, ""), ("type-error", 2, "f")
    assert told([*others, own, elsewhere]) == {own, elsewhere}


@pytest.mark.parametrize("at", range(len(report.CELL_FAULTS)))
def test_a_cell_tells_its_first_fault(at: int) -> None:
    rules = report.CELL_FAULTS[at:]
    assert told((r, 1, "f") for r in reversed(rules)) == {(rules[0], 1, "f")}


def test_a_record_whose_key_stands_twice_tells_no_other_key() -> None:
    faults = [("primary-key", 1, "id"), ("unique-error", 1, "other"), ("type-error", 1, "f")]
    assert told(faults) == {faults[0], faults[2]}


def test_faults_of_two_cells_are_two() -> None:
    two = {("type-error", 1, "a"), ("type-error", 1, "b")}
    assert told(two) == two


def test_nothing_more_is_told_of_a_table_left_out() -> None:
    with Store({}) as store:
        held = Faults(store, ["t", "u"])
        query = "SELECT 1 AS _row, NULL AS extra"
        held.gather([(Unit(name, "f", "type-error"), query) for name in ("t", "u")])
        held.collapse({"t"})
        assert [f.unit.table for f in held.first(100)] == ["u"]
        assert len(held.every()) == 2

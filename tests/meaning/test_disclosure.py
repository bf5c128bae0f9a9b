"""Published counts show no group below the floor: not to a reader who tries every database."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hudna.meaning import disclosure, suppression
from hudna.meaning.disclosure import Cell, Disclosure, Statement
from hudna.meaning.suppression import Count, Decision
from tests.meaning import attacker
from tests.meaning.attacker import BROADER, Kind

# Shapes of small worlds: days, types, targets, whether events may be doubtful, releases. Where
# types are told apart, events of no narrower type and doubtful ones are among those thought of.
SHAPES = [
    (6, ("attack",), ("",), False, 1),
    (3, ("attack",), ("us", ""), False, 1),
    (3, ("attack",), ("",), True, 1),
    (1, ("attack",), ("us", ""), True, 1),
    (1, ("ied", "rocket", "attack"), ("",), True, 1),
    (3, ("attack",), ("",), False, 2),
    (2, ("attack",), ("",), False, 3),
    (1, ("attack",), ("us", ""), False, 3),
    (1, ("attack",), ("",), True, 3),
]
EXAMPLES = 150


def cell(first: int, last: int, kind: str = "attack", target: str = "*") -> Cell:
    """A cell from one day to another."""
    return Cell(attacker.date(first), attacker.date(last), kind, target)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Kind], dict[Kind, int], list[list[Cell]], int]:
    """Kinds of event, how many there are of each, the tables that are asked for, and the floor."""
    days, types, targets, doubt, releases = draw(st.sampled_from(SHAPES))
    sure = (True, False) if doubt else (True,)
    kinds = [Kind(*k) for k in itertools.product(
        range(days), types, targets, sure, range(1, releases + 1))]  # fmt: skip
    events = {k: draw(st.integers(0, 3)) for k in kinds}
    asked = st.builds(
        lambda a, b, t, w: cell(min(a, b), max(a, b), t, w),
        st.integers(0, days - 1), st.integers(0, days - 1),
        st.sampled_from(sorted({"attack", *types})), st.sampled_from(["*", *filter(None, targets)]),
    )  # fmt: skip
    tables = [draw(st.lists(asked, min_size=1, max_size=5, unique=True)) for _ in range(releases)]
    return kinds, events, tables, draw(st.integers(2, 4))


def published(release: int, decided: Sequence[Decision]) -> list[Statement]:
    """What a release says."""
    return [
        Statement(release, d.cell, bound, n)
        for d in decided for bound, n in (("low", d.low), ("high", d.high)) if n is not None
    ]  # fmt: skip


def give_out(
    events: dict[Kind, int], tables: list[list[Cell]], floor: int
) -> list[list[Decision]]:  # fmt: skip
    """One release after the other, each held against those before."""
    said: list[Statement] = []
    out = []
    for release, cells in enumerate(tables, 1):
        held = {c: attacker.count(events, c, release) for c in cells}
        # An empty release in between says nothing and is not kept.
        last = max((s.release for s in said), default=0)
        done = suppression.decide(held, cells, said, BROADER, floor)
        out.append(done)
        said += [s._replace(release=last + 1) for s in published(release, done)]
    return out


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(worlds())
def test_no_reader_finds_a_group_below_the_floor(world) -> None:
    kinds, events, tables, floor = world
    said = [s for n, done in enumerate(give_out(events, tables, floor), 1)
            for s in published(n, done)]  # fmt: skip
    if said:
        found, _ = attacker.shown(kinds, said, floor)
        assert not found


# What the threshold rule alone would give out, and shows all the same.
ATTACKS = {
    "a day more": [{cell(0, 7): 8}, {cell(0, 8): 9}],
    "a part of a window": [{cell(0, 9): 12, cell(0, 6): 10}],
    "total less its parts": [{cell(0, 9): 20, cell(0, 9, "ied"): 12, cell(0, 9, "rocket"): 6}],
    "three releases": [{cell(0, 5): 12}, {cell(0, 2): 6}, {cell(3, 4): 5}],
    "one event more since": [{cell(0, 5): 8}, {cell(0, 5): 9}],
    "windows that overlap": [{cell(0, 5): 10}, {cell(3, 8): 10}, {cell(0, 8): 13}],
    "a target": [{cell(0, 5): 9, cell(0, 5, "attack", "us"): 7}],
}


@pytest.mark.parametrize("because", ATTACKS)
def test_differencing_is_refused(because: str) -> None:
    said: list[Statement] = []
    for n, table in enumerate(ATTACKS[because], 1):
        counts = {c: Count(v, v) for c, v in table.items()}
        done = suppression.decide(counts, list(counts), said, BROADER, 5)
        said += published(n, done)
    last = done[-1]
    assert last.low is None
    assert last.why == (suppression.EARLIER if n > 1 else suppression.COMPLEMENTARY)
    if n > 1:
        assert last.against and {s.release for s in last.against} <= set(range(1, n))


def test_the_reader_finds_what_the_threshold_rule_shows() -> None:
    kinds = [Kind(0), Kind(1)]
    said = [Statement(1, cell(0, 0), "low", 8), Statement(1, cell(0, 1), "low", 9)]
    assert attacker.shown(kinds, said, 5)[0] == [{Kind(1)}, {Kind(1)}]


@pytest.mark.parametrize(
    "tables",
    [
        [{cell(0, 7): 8}, {cell(0, 30): 14}],
        [{cell(0, 9): 20, cell(0, 9, "ied"): 12, cell(0, 9, "rocket"): 8}],
        [{cell(0, 5): 8}, {cell(0, 5): 8}],
        [{cell(0, 5): 8}, {cell(0, 5): 14}],
        [{cell(0, 5): 9}, {cell(20, 25): 5}],
    ],
)
def test_what_shows_nothing_is_given_out(tables: list[dict[Cell, int]]) -> None:
    said: list[Statement] = []
    for n, table in enumerate(tables, 1):
        counts = {c: Count(v, v) for c, v in table.items()}
        done = suppression.decide(counts, list(counts), said, BROADER, 5)
        assert [(d.low, d.high) for d in done] == [(v, v) for v in table.values()]
        said += published(n, done)


def test_a_high_end_that_would_show_a_few_doubtful_ones_is_left_open() -> None:
    (done,) = suppression.decide({cell(0, 5): Count(8, 9)}, [cell(0, 5)], [], BROADER, 5)
    assert (done.low, done.high) == (8, None)
    (done,) = suppression.decide({cell(0, 5): Count(8, 13)}, [cell(0, 5)], [], BROADER, 5)
    assert (done.low, done.high) == (8, 13)


def test_a_suppressed_cell_is_not_bounded_closely() -> None:
    # Each of three days' hidden counts would lie within a width of 4.
    said = [Statement(1, cell(0, 1), "low", 5), Statement(1, cell(0, 0), "low", 5)]
    hidden = Statement(1, cell(1, 1), "low", 0)
    held = Disclosure([*said, hidden], BROADER, 5)
    assert held.safe(said) and not held.wide(said, hidden)
    assert held.wide(said[:1], hidden)


def test_earlier_releases_with_a_lower_floor_are_told() -> None:
    early = [Statement(1, cell(0, 5), "low", 3)]
    with pytest.raises(suppression.Unsafe):
        suppression.decide({cell(0, 30): Count(20, 20)}, [cell(0, 30)], early, BROADER, 5)
    (done,) = suppression.decide({cell(0, 30): Count(20, 20)}, [cell(0, 30)], early, BROADER, 3)
    assert done.low == 20


def test_a_database_is_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    # A solver that errs must not let anything out.

    def wrong(problem, *_):
        return np.ones(problem.patterns.shape[1], dtype=int)

    monkeypatch.setattr(disclosure.Problem, "solve", wrong)
    said = Statement(1, cell(0, 5), "low", 8)
    assert not Disclosure([said], BROADER, 5).safe([said])


def test_dates_are_days() -> None:
    assert attacker.date(1) - attacker.date(0) == datetime.timedelta(1)

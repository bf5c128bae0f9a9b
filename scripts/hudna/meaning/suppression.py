"""Which cells of a table of counts can be published: primary and complementary suppression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hudna.meaning.disclosure import Broader, Cell, Disclosure, Statement

PRIMARY, COMPLEMENTARY, EARLIER = "primary", "complementary", "earlier"
LOW, HIGH = "low", "high"


class Count(NamedTuple):
    """What is counted in a cell: certain events, and those that may be in it (None: no end)."""

    low: int
    high: int | None


class Decision(NamedTuple):
    """What becomes of a cell.

    low, high: what is published, None where it is not. why: "" where the low count is; else
    primary (fewer than the floor), complementary (it would show a suppressed one, or bound it
    within fewer than the floor) or
    earlier (it would do so with what was given out before: the statements in against).
    """

    cell: Cell
    low: int | None
    high: int | None
    why: str = ""
    against: tuple[Statement, ...] = ()


class Unsafe(Exception):
    """What was given out before shows a group below the floor already."""


def decide(
    counts: Mapping[Cell, Count], order: Sequence[Cell], earlier: Sequence[Statement],
    broader: Broader, floor: int,
) -> list[Decision]:  # fmt: skip
    """What can be published of each cell, in the order given: cells that come first are preferred.

    earlier: what was given out before. An upper end is published where it can be. Raises Unsafe.
    """
    now = max((s.release for s in earlier), default=0) + 1
    large = [c for c in order if counts[c].low >= floor]
    lows = {c: Statement(now, c, LOW, counts[c].low) for c in large}
    highs = {c: Statement(now, c, HIGH, counts[c].high) for c in large
             if counts[c].high is not None}  # fmt: skip
    small = [Statement(now, c, LOW, counts[c].low) for c in order if 0 < counts[c].low < floor]
    before = list(dict.fromkeys(earlier))
    held = Disclosure([*before, *lows.values(), *highs.values(), *small], broader, floor)
    if not held.safe(before):
        raise Unsafe
    said = gathered(held, before, lows.values())
    said = gathered(held, said, (highs[c] for c in large if lows[c] in said and c in highs))
    kept = set(widened(held, before, said, small))
    return [decision(held, c, lows.get(c), highs.get(c), kept, earlier) for c in order]


def gathered(
    held: Disclosure, said: list[Statement], more: Iterable[Statement]
) -> list[Statement]:  # fmt: skip
    """The statements with as many more as stay safe, the first ones first."""
    more = list(more)
    if held.safe([*said, *more]):
        return [*said, *more]
    for one in more:
        if held.safe([*said, one]):
            said = [*said, one]
    return said


def widened(
    held: Disclosure, before: list[Statement], said: list[Statement], small: list[Statement]
) -> list[Statement]:
    """The statements without the last ones that narrow down a suppressed cell too much."""
    guarded = [s for s in small if held.wide(before, s)]
    while len(said) > len(before) and not all(held.wide(said, s) for s in guarded):
        said = said[:-1]
    return said


def decision(
    held: Disclosure, cell: Cell, low: Statement | None, high: Statement | None,
    kept: set[Statement], earlier: Sequence[Statement],
) -> Decision:  # fmt: skip
    """What becomes of a cell, and why."""
    if low is None:
        return Decision(cell, None, None, PRIMARY)
    if low in kept:
        return Decision(cell, low.count, high.count if high in kept else None)
    if held.safe([*earlier, low]):
        return Decision(cell, None, None, COMPLEMENTARY)
    return Decision(cell, None, None, EARLIER, tuple(held.core(earlier, low)))

"""How polarised a signed network is: each measure with its range over the doubtful edges."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hudna.meaning import signed
from hudna.meaning.signed import Pair

COLUMNS = {
    "measure": "VARCHAR",
    "lowest": "DOUBLE",
    "highest": "DOUBLE",
    "sure_alone": "DOUBLE",
    "how": "VARCHAR",
    "edges": "BIGINT",
    "doubtful_edges": "BIGINT",
    "note": "VARCHAR",
    "why": "VARCHAR",
}
# Ways to settle the doubt that are all gone through; where there are more, bounds are given. The
# work is bounded too: triads counted, edges given to the solver, squared edges in search of camps.
WAYS, FEW_WAYS = 4096, 64
COUNTED, SOLVED, SEARCHED = 1_000_000, 1_000, 3_000_000
# Edges below which a division into camps says nothing: two can always be divided.
LEAST = 3
TOO_FEW = "too few edges"
# What each pair may be: +1, -1, or None where there may be no edge.
Edges = Mapping[Pair, tuple[int | None, ...]]


class Range(NamedTuple):
    """A measure: its bounds, its value on the sure edges alone, how it was found, a note."""

    lowest: float | None
    highest: float | None
    alone: float | None
    how: str
    note: str = ""


def measure(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, str], list[tuple]]:
    """Columns and rows of the measures. rows: actor_id, other_id, sign (0 for both), sure, why."""
    if not rows:
        return COLUMNS, []
    edges = {(r["actor_id"], r["other_id"]): options(r["sign"], r["sure"]) for r in rows}
    whys = {(r["actor_id"], r["other_id"]): r["why"] for r in rows}
    in_triads = {p for three in signed.triads(edges) for p in three}
    out = []
    for name, found, rests in (
        ("balanced triads, share", balance(edges), in_triads or set(edges)),
        ("frustration index", frustration(edges), set(edges)),
        ("signed modularity", modularity(edges), set(edges)),
    ):
        doubtful = sum(len(edges[p]) > 1 for p in rests)
        why = " ".join(sorted({i for p in rests for i in whys[p].split()}))
        values = (None if v is None else round(v, 4) for v in found[:3])
        out.append((name, *values, found.how, len(rests), doubtful, found.note or None, why))
    return COLUMNS, out


def options(sign: int, sure: bool) -> tuple[int | None, ...]:
    """What a pair may be."""
    told = (sign,) if sign else (1, -1)
    return told if sure else (None, *told)


def ways(edges: Edges, most: int) -> Iterator[dict[Pair, int]] | None:
    """Every graph that the edges may be; None where there are more than so many."""
    if math.prod(len(o) for o in edges.values()) > most:
        return None
    chosen = itertools.product(*edges.values())
    return ({p: s for p, s in zip(edges, c, strict=True) if s} for c in chosen)


def surely(edges: Edges) -> dict[Pair, int]:
    """The edges that are there, of one sign, whatever becomes of the doubt."""
    return {p: o[0] for p, o in edges.items() if len(o) == 1 and o[0]}


def balance(edges: Edges) -> Range:
    """The share of balanced triads."""
    threes = list(signed.triads(edges))
    if not threes:
        return Range(None, None, None, TOO_FEW, "no three actors have an edge with each other")
    alone = share(signed.balance(surely(edges)))
    note = "" if alone is not None else "the sure edges alone make no triad"
    inside = {p for three in threes for p in three}
    most = min(WAYS, COUNTED // len(threes))
    graphs = ways({p: o for p, o in edges.items() if p in inside}, most)
    if graphs is None:
        return Range(*bounds(edges, threes), alone, "bounds", note)
    shares = [s for s in (share(signed.balance(g)) for g in graphs) if s is not None]
    return Range(min(shares), max(shares), alone, "exact", note)


def share(counted: tuple[int, int]) -> float | None:
    """A part of a whole, None where there is no whole."""
    part, whole = counted
    return part / whole if whole else None


def bounds(edges: Edges, threes: Iterable[tuple[Pair, Pair, Pair]]) -> tuple[float, float]:
    """What the share cannot be below or above: each triad at its worst, and at its best."""
    sure, may = {1: 0, -1: 0}, {1: 0, -1: 0}
    for three in threes:
        seen = {
            math.prod(c) if None not in c else 0 for c in itertools.product(*map(edges.get, three))
        }
        for sign in seen - {0}:
            may[sign] += 1
            sure[sign] += len(seen) == 1
    least = sure[1] / (sure[1] + may[-1]) if sure[1] + may[-1] else 1.0
    most = may[1] / (may[1] + sure[-1]) if may[1] + sure[-1] else 0.0
    return least, most


def frustration(edges: Edges) -> Range:
    """The frustration index: more edges never lower it."""
    if len(edges) < LEAST:
        return Range(None, None, None, TOO_FEW)
    alone = signed.frustration(surely(edges)) if surely(edges) else (0, 0)
    one = {p: next(s for s in o if s) for p, o in edges.items() if not {1, -1} <= set(o)}
    both: Edges = {p: (1, -1) for p, o in edges.items() if {1, -1} <= set(o)}
    graphs = ways(both, max(1, min(FEW_WAYS, SOLVED // len(edges))))
    if graphs is None:
        tops = [signed.frustration(one)] if one else [(0, 0)]
        top = (tops[0][0], tops[0][1] + len(both))
    else:
        tops = [signed.frustration({**one, **g}) for g in graphs]
        top = (max(low for low, _ in tops), max(high for _, high in tops))
    exact = alone[0] == alone[1] and top[0] == top[1]
    note = f"of {len(edges)} edges, so many stand against the best division into two camps"
    sole = alone[0] if alone[0] == alone[1] else None
    return Range(alone[0], top[1], sole, "exact" if exact else "bounds", note)


def modularity(edges: Edges) -> Range:
    """The highest signed modularity."""
    if len(edges) < LEAST:
        return Range(None, None, None, TOO_FEW)
    bearable = SEARCHED // len(edges) ** 2
    graphs = ways(edges, max(1, min(FEW_WAYS, bearable)))
    every, singly = graphs is not None, sum(len(o) > 1 for o in edges.values()) <= bearable
    chosen = graphs if graphs else some(edges, singly)
    found = [signed.highest(g) for g in chosen if len(g) >= LEAST]
    if not found:
        return Range(None, None, None, TOO_FEW)
    sure = surely(edges)
    alone = signed.highest(sure) if len(sure) >= LEAST else None
    exact = every and len(signed.nodes(edges)) <= signed.FEW
    note = "" if exact else "the highest found"
    if not every:
        note += "; doubtful edges taken all at once, none" + ", and one by one" * singly
    return Range(min(found), max(found), alone, "exact" if exact else "search", note)


def some(edges: Edges, singly: bool) -> Iterator[dict[Pair, int]]:
    """The sure edges, all (pairs of both signs as + and as -), and singly, the sure with each."""
    sure = surely(edges)
    yield sure
    for sign in (1, -1):
        yield {p: sign if {1, -1} <= set(o) else next(s for s in o if s) for p, o in edges.items()}
    for pair, told in edges.items() if singly else ():
        if len(told) > 1:
            yield from ({**sure, pair: s} for s in told if s)

"""A reader who tries every database that the published counts allow, and draws what follows.

Nothing here is shared with what it attacks: events are counted by plain loops, databases are all
enumerated, groups are all subsets of the kinds of event.
"""

from __future__ import annotations

import datetime
import itertools
from typing import NamedTuple

import numpy as np

from hudna.meaning.disclosure import Cell, Statement
from hudna.meaning.suppression import Count

BROADER = {"attack": "", "ied": "attack", "rocket": "attack"}
START = datetime.date(2020, 10, 1)


class Kind(NamedTuple):
    """Events that are alike: day (from 0), type, target or "", whether they are certain, and the
    first release by which the database has them."""

    day: int
    type: str = "attack"
    target: str = ""
    sure: bool = True
    since: int = 1


def date(day: int) -> datetime.date:
    """The date of a day."""
    return START + datetime.timedelta(day)


def counts(kind: Kind, cell: Cell, bound: str, release: int) -> bool:
    """Whether an event counts for the low or the high end of a cell of a release."""
    if kind.since > release or not cell.start <= date(kind.day) <= cell.end:
        return False
    if cell.target not in ("*", kind.target) or not (kind.sure or bound == "high"):
        return False
    narrower = cell.type in (kind.type, BROADER[kind.type])
    return narrower or (bound == "high" and BROADER[cell.type] == kind.type)


def count(events: dict[Kind, int], cell: Cell, release: int) -> Count:
    """What a database holds in a cell when a release is made."""
    low, high = (
        sum(n for k, n in events.items() if counts(k, cell, b, release)) for b in ("low", "high")
    )
    return Count(low, high)


def databases(kinds: list[Kind], said: list[Statement]) -> np.ndarray:
    """Every database of these kinds that says all this: a row each, a column a kind."""
    top = max(s.count for s in said)
    found = np.zeros((1, 0), dtype=np.int16)
    rows = np.array([[counts(k, s.cell, s.bound, s.release) for k in kinds] for s in said])
    wanted = np.array([s.count for s in said])
    # One kind after the other; a database in which a count is already too high is given up.
    for n in range(len(kinds)):
        more = np.arange(top + 1, dtype=np.int16)
        found = np.hstack([np.repeat(found, len(more), axis=0),
                           np.tile(more, len(found))[:, None]])  # fmt: skip
        found = found[(found @ rows[:, : n + 1].T <= wanted).all(axis=1)]
    return found[(found @ rows.T == wanted).all(axis=1)]


def shown(kinds: list[Kind], said: list[Statement], floor: int) -> tuple[list[set[Kind]], int]:
    """The groups that hold at least one event and fewer than the floor in every database that
    says all this, and the number of those databases.

    Two readers: one thinks any of them possible, the other only those to which no more was added
    from release to release than the counts make necessary.
    """
    # A kind that nothing counts may have any number: no group with it is below the floor for sure.
    kinds = [k for k in kinds if any(counts(k, s.cell, s.bound, s.release) for s in said)]
    found = databases(kinds, said)
    assert len(found), "no database says what was published"
    added = found[:, [n for n, k in enumerate(kinds) if k.since > 1]].sum(axis=1)
    least = found[added == added.min()]
    out = [*pinned(kinds, found, floor), *pinned(kinds, least, floor)]
    return out, len(found)


def pinned(kinds: list[Kind], found: np.ndarray, floor: int) -> list[set[Kind]]:
    """The groups that in each of the databases hold an event at least, and fewer than the floor."""
    out = []
    for size in range(1, len(kinds) + 1):
        for some in itertools.combinations(range(len(kinds)), size):
            held = found[:, some].sum(axis=1)
            if held.min() >= 1 and held.max() < floor:
                out.append({kinds[n] for n in some})
    return out

"""Statistical disclosure control: whether published counts show a group that is too small.

What was published is a set of statements, each a count of the events of a cell (window, type,
target). A group of events is shown where everybody who reads the statements must conclude that it
holds at least one event and fewer than the floor (the threshold rule), be it by subtracting
counts (differencing) or by any other inference.

The proof that nothing is shown is a database: one in which every kind of event is absent or stands
for at least as many events as the floor, and which gives exactly the published counts. A reader
cannot tell it from the true one, and whatever group they think of holds in it no event, or as many
as the floor at least. It has grown from release to release no more than the counts make it, so
that it also stands against a reader who thinks that nothing else was added. It is looked for by
integer programming and then counted again; where none is found, for whatever reason, nothing is
published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from hudna.ground.finding import CannotRun

if TYPE_CHECKING:
    from numpy import ndarray

ANY = "*"
SECONDS = 20  # in which a database is looked for; none found is none
PAIRED = 12  # targets up to which an event may have any two of them
DAY = datetime.timedelta(1)
Broader = Mapping[str, str]


class Cell(NamedTuple):
    """What is counted: events that begin in a window, of a type or a narrower one, on a target.

    start, end: first and last day. target: an actor, or * for any and none.
    """

    start: datetime.date
    end: datetime.date
    type: str
    target: str = ANY


class Statement(NamedTuple):
    """A published count: at least so many (bound "low"), or at most (bound "high").

    release: the number of the release that says it, in the order of time.
    """

    release: int
    cell: Cell
    bound: str
    count: int


class Disclosure:
    """The statements that may be made, and which of them show too small a group together.

    broader: of each type of incident the wider one, or "". floor: the fewest events of a group.
    """

    def __init__(self, statements: Sequence[Statement], broader: Broader, floor: int):
        self.floor = floor
        self.statements = list(statements)
        self.number = {s: n for n, s in enumerate(self.statements)}
        self.witness: ndarray | None = None
        if self.statements:
            self.kinds, self.grown = kinds(self.statements, broader)

    def safe(self, said: Iterable[Statement]) -> bool:
        """Whether a database without small groups says all of this."""
        import numpy as np

        numbers = sorted({self.number[s] for s in said})
        if not numbers:
            return True
        counts = np.array([self.statements[n].count for n in numbers], dtype=np.int64)
        wanted, known = self.kinds[numbers], self.witness
        if known is not None and not known @ self.grown and (wanted @ known == counts).all():
            return True
        found = database(wanted, counts, self.grown, self.floor)
        self.witness = known if found is None else found
        return found is not None

    def wide(self, said: Iterable[Statement], hidden: Statement) -> bool:
        """Whether a cell that is not told may, after all that is said, hold more or fewer events by
        the floor: its feasibility interval is at least as wide."""
        import numpy as np

        numbers = sorted({self.number[s] for s in said})
        if not numbers:
            return True
        asked = self.kinds[self.number[hidden]]
        counts = np.array([self.statements[n].count for n in numbers], dtype=np.int64)
        problem = Problem(np.vstack([self.kinds[numbers], asked]), counts, self.grown, self.floor)
        ends = [problem.find(0, sign * problem.patterns[-1]) for sign in (1, -1)]
        if any(e is None for e in ends):
            return False
        least, most = (int(problem.patterns[-1] @ e) for e in ends)
        return most - least >= self.floor

    def core(self, said: Iterable[Statement], new: Statement) -> list[Statement]:
        """A smallest part of what was said that shows too small a group together with the new."""
        left = list(said)
        for one in list(left):
            fewer = [s for s in left if s != one]
            if not self.safe([*fewer, new]):
                left = fewer
        return left


def kinds(statements: Sequence[Statement], broader: Broader) -> tuple[ndarray, ndarray]:
    """How each statement (row) counts an event of each kind (column), 0 or 1; and which kinds came
    into the database after the first release that could tell of them.

    Kinds are those that the statements tell apart: by day, type, one target or two or none of
    those named, whether disputed, and since which release the database has it. More kinds could
    only make more databases possible; that of the proof is possible all the same.
    """
    import numpy as np

    cells = [s.cell for s in statements]
    high = np.array([s.bound == "high" for s in statements])
    days = sorted({d for c in cells for d in (c.start, c.end + DAY)})
    when = np.array([[c.start <= d <= c.end for c in cells] for d in days])
    above = {t: wider(t, broader) for t in broader}
    under = np.array([[c.type in above[t] for c in cells] for t in broader])
    maybe = under | np.array([[t in above[c.type] for c in cells] for t in broader])
    named = sorted({c.target for c in cells} - {ANY})
    pairs = combinations(named, 2) if len(named) <= PAIRED else ()
    sets = [set(), *({t} for t in named), *map(set, pairs)]
    whom = np.array([[c.target == ANY or c.target in some for c in cells] for some in sets])
    sure, doubtful = np.where(high, maybe, under), maybe & high
    every = np.unique(when, axis=0)
    for more in (np.unique(np.concatenate([sure, doubtful]), axis=0), np.unique(whom, axis=0)):
        crossed = (every[:, None, :] & more[None, :, :]).reshape(-1, len(cells))
        every = np.unique(crossed, axis=0)
    release = np.array([s.release for s in statements])
    aged = [every & (release >= r) for r in sorted(set(release))]
    # Those of the first release come first: of kinds that look alike the first is kept.
    told, first = np.unique(np.concatenate(aged), axis=0, return_index=True)
    kept = told.any(axis=1)
    return told[kept].T.astype(np.int64), (first[kept] >= len(every)).astype(np.int64)


def wider(code: str, broader: Broader) -> set[str]:
    """A type and all that are wider."""
    out: set[str] = set()
    while code and code not in out:
        out.add(code)
        code = broader.get(code, "")
    return out


def database(wanted: ndarray, counts: ndarray, grown: ndarray, floor: int) -> ndarray | None:
    """How many events of each kind give the counts, each kind none or as many as the floor.

    None where no such numbers are found. What is returned was counted again in whole numbers.
    """
    import numpy as np

    problem = Problem(wanted, counts, grown, floor)
    found = problem.find(floor)
    if found is None:
        return None
    out = np.zeros(wanted.shape[1], dtype=np.int64)
    out[problem.first] = found
    proven = (wanted @ out == counts).all() and not ((out > 0) & (out < floor)).any()
    return out if proven else None


class Problem:
    """Integer programming for the numbers of events that give some counts.

    wanted: a row for each count, a column for each kind; further rows are not constrained. Kinds
    that the rows do not tell apart are one pattern; first: the kind that stands for each.
    """

    def __init__(self, wanted: ndarray, counts: ndarray, grown: ndarray, floor: int):
        import numpy as np

        order = np.argsort(
            grown, kind="stable"
        )  # a kind that need not have been added stands first
        self.patterns, at = np.unique(wanted[:, order], axis=1, return_index=True)
        self.first = order[at]
        self.grown, self.counts = grown[self.first], counts
        self.top = int(counts.max()) + floor
        self.least: int | None = 0
        if self.grown.any():
            few = self.solve(0, self.grown, len(counts) * self.top)
            self.least = None if few is None else int(self.grown @ few)

    def find(self, floor: int, cost: ndarray | None = None) -> ndarray | None:
        """Numbers that give the counts, each none or as many as the floor, with the least growth;
        of all those, ones of the lowest cost."""
        return None if self.least is None else self.solve(floor, cost, self.least)

    def solve(self, floor: int, cost: ndarray | None, growth: int) -> Any:
        """What integer programming finds, in whole numbers; None where it finds nothing in time."""
        import numpy as np

        try:
            from scipy.optimize import Bounds, LinearConstraint, milp
        except ModuleNotFoundError:
            wanted = "`pip install 'hudna[network]'` brings it"
            raise CannotRun(f"the proof that counts show nothing needs scipy; {wanted}") from None
        width, rows = self.patterns.shape[1], self.patterns[: len(self.counts)]
        done = milp(
            np.zeros(width) if cost is None else cost,
            integrality=np.full(width, 3 if floor else 1),
            bounds=Bounds(np.full(width, floor), np.full(width, self.top)),
            constraints=[LinearConstraint(rows, self.counts, self.counts),
                         LinearConstraint(self.grown[None, :], 0, growth)],
            options={"time_limit": SECONDS, "mip_rel_gap": 0},
        )  # fmt: skip
        return None if done.x is None else np.rint(done.x).astype(np.int64)

"""Statistical disclosure control: whether published counts show a group that is too small.

What was published is a set of statements, each a count of the events of a cell (window, type,
target). A group of events is shown where everybody who reads the statements must conclude that it
holds at least one event and fewer than the floor (the threshold rule), be it by subtracting
counts (differencing) or by any other inference.

The proof that nothing is shown is a database: one in which every kind of event is absent or stands
for at least as many events as the floor, and which gives exactly the published counts. A reader
cannot tell it from the true one, and whatever group they think of holds in it no event, or as many
as the floor at least. It is looked for by integer programming and then counted again; where none is
found, for whatever reason, nothing is published.
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
        self.kinds = kinds(self.statements, broader) if self.statements else None
        self.witness: ndarray | None = None

    def safe(self, said: Iterable[Statement]) -> bool:
        """Whether a database without small groups says all of this."""
        import numpy as np

        numbers = sorted({self.number[s] for s in said})
        if not numbers:
            return True
        counts = np.array([self.statements[n].count for n in numbers], dtype=np.int64)
        wanted = self.kinds[numbers]
        if self.witness is not None and bool((wanted @ self.witness == counts).all()):
            return True
        found = database(wanted, counts, self.floor)
        if found is None:
            return False
        self.witness = found
        return True

    def wide(self, said: Iterable[Statement], hidden: Statement) -> bool:
        """Whether a cell that is not told may, after all that is said, hold more or fewer events by
        the floor: its feasibility interval is at least as wide. said must be safe."""
        numbers = sorted({self.number[s] for s in said})
        if not numbers or not self.safe(said):
            return not numbers
        asked = self.kinds[self.number[hidden]]
        wanted, counts = self.kinds[numbers], [self.statements[n].count for n in numbers]
        now = int(asked @ self.witness)
        most = extreme(wanted, counts, asked, -1, self.floor)
        if most is not None and most - now >= self.floor:
            return True
        least = extreme(wanted, counts, asked, 1, self.floor)
        return most is not None and least is not None and most - least >= self.floor

    def core(self, said: Iterable[Statement], new: Statement) -> list[Statement]:
        """A smallest part of what was said that shows too small a group together with the new."""
        left = list(said)
        for one in list(left):
            fewer = [s for s in left if s != one]
            if not self.safe([*fewer, new]):
                left = fewer
        return left


def kinds(statements: Sequence[Statement], broader: Broader) -> ndarray:
    """How each statement (row) counts an event of each kind (column), 0 or 1.

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
    releases = sorted({s.release for s in statements})
    since = np.array([[s.release >= r for s in statements] for r in releases])
    sure, doubtful = np.where(high, maybe, under), maybe & high
    what = np.unique(np.concatenate([sure, doubtful]), axis=0)
    out = np.unique(when, axis=0)
    for more in (what, np.unique(whom, axis=0), since):
        crossed = (out[:, None, :] & more[None, :, :]).reshape(-1, len(cells))
        out = np.unique(crossed, axis=0)
    return out[out.any(axis=1)].T.astype(np.int64)


def wider(code: str, broader: Broader) -> set[str]:
    """A type and all that are wider."""
    out: set[str] = set()
    while code and code not in out:
        out.add(code)
        code = broader.get(code, "")
    return out


def database(wanted: ndarray, counts: ndarray, floor: int) -> ndarray | None:
    """How many events of each kind give the counts, each kind none or as many as the floor.

    None where no such numbers are found. What is returned was counted again in whole numbers.
    """
    import numpy as np

    patterns, back = np.unique(wanted, axis=1, return_inverse=True)
    patterns, at = patterns[:, patterns.any(axis=0)], patterns.any(axis=0)
    top = int(counts.max(initial=0))
    if not len(counts) or not patterns.shape[1]:
        return None if counts.any() else np.zeros(wanted.shape[1], dtype=np.int64)
    found = solve(patterns, counts, floor, top)
    if found is None:
        return None
    few = np.zeros(len(at), dtype=np.int64)
    few[at] = found
    # Kinds that these statements do not tell apart: all events are of the first of them.
    out, first = np.zeros(wanted.shape[1], dtype=np.int64), {}
    for n, pattern in enumerate(np.ravel(back)):
        first.setdefault(int(pattern), n)
    for pattern, n in first.items():
        out[n] = few[pattern]
    proven = (wanted @ out == counts).all() and not ((out > 0) & (out < floor)).any()
    return out if proven else None


def extreme(
    wanted: ndarray, counts: Sequence[int], asked: ndarray, sign: int, floor: int
) -> int | None:
    """The least (sign 1) or most (-1) that a cell holds in any database with the counts."""
    import numpy as np

    patterns = np.unique(np.vstack([wanted, asked]), axis=1)
    found = solve(patterns[:-1], np.array(counts), 0, max(counts) + floor, sign * patterns[-1])
    return None if found is None else int(patterns[-1] @ found)


def solve(
    patterns: ndarray, counts: ndarray, floor: int, top: int, cost: ndarray | None = None
) -> Any:
    """What integer programming finds, in whole numbers; None where it finds nothing in time.

    Of each pattern there are none, or from floor to top; cost: what is to be least.
    """
    import numpy as np

    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
    except ModuleNotFoundError:
        raise CannotRun("whether counts may be published is proven with scipy, which is missing; "
                        "`pip install 'hudna[network]'` brings it") from None  # fmt: skip
    width = patterns.shape[1]
    done = milp(
        np.zeros(width) if cost is None else cost,
        integrality=np.full(width, 3 if floor else 1),
        bounds=Bounds(np.full(width, floor), np.full(width, max(top, floor))),
        constraints=LinearConstraint(patterns, counts, counts),
        options={"time_limit": SECONDS},
    )
    return None if done.x is None else np.rint(done.x).astype(np.int64)

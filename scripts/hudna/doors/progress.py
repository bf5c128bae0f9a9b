"""How far long work has come: a bar on a terminal, plain lines now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

WIDTH = 24
REDRAWN = 0.1  # seconds between two states of the bar
SAID = 10.0  # seconds between two lines where there is no terminal
SURE = 0.02  # share from which on it can be told how long the rest will take
CLEAR = "\r\x1b[K"


class Progress:
    """Tells how much of a known amount of work is done, on stderr.

    total: amount of the whole work, in any unit. quiet: say nothing. stream and clock are for
    tests. Used as a context, so that the bar is gone when the work ends, however it ends.
    """

    def __init__(
        self,
        total: int,
        quiet: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.total, self.quiet, self.clock = max(total, 1), quiet, clock
        self.stream = sys.stderr if stream is None else stream
        self.terminal = not quiet and self.stream.isatty()
        self.done: float = 0
        self.start = self.last = clock()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.terminal:
            self.say(CLEAR)

    def step(self, what: str, amount: int) -> None:
        """So much more is done, of what is named (a table)."""
        self.done += amount
        self.tell(what)

    def at(self, what: str, share: float) -> None:
        """That share of the whole is done, and now what is named is worked on."""
        self.done = share * self.total
        self.tell(what)

    def tell(self, what: str) -> None:
        """Say the state, unless it was said just now."""
        if self.quiet:
            return
        now = self.clock()
        if now - self.last < (REDRAWN if self.terminal else SAID):
            return
        self.last = now
        self.say(self.bar(what, now) if self.terminal else self.line(what, now))

    def share(self) -> float:
        """The share that is done, from 0 to 1."""
        return min(self.done / self.total, 1.0)

    def bar(self, what: str, now: float) -> str:
        """The bar, which takes the place of the one before."""
        full = int(self.share() * WIDTH)
        return f"{CLEAR}[{'#' * full}{'.' * (WIDTH - full)}] {self.state(what, now)}"

    def line(self, what: str, now: float) -> str:
        """The same as a line of its own."""
        return self.state(what, now) + "\n"

    def state(self, what: str, now: float) -> str:
        """What is worked on, how much of all is done, and how long the rest will take."""
        share = self.share()
        amount = f": {self.done:,} of {self.total:,}" if isinstance(self.done, int) else ""
        if share < SURE:
            return f"{share:4.0%} {what}{amount}"
        left = (now - self.start) * (1 - share) / share
        return f"{share:4.0%} {what}{amount}, {duration(left)} left"

    def say(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def duration(seconds: float) -> str:
    """A time as minutes and seconds, or as hours and minutes."""
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole // 3600} h {whole % 3600 // 60:02d}"

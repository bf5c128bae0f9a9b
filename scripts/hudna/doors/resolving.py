"""Names that may be several actors, put to a person in the terminal, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from hudna.doors.grid import visible
from hudna.ground.finding import shorten
from hudna.meaning.matching import Matcher

HELP = "a number, the id of another actor, n (nobody), s (skip for now), q (stop asking)"


class Question(NamedTuple):
    """A name to be decided: on how many rows it stands, and the first date of it."""

    name: str
    rows: int
    day: date | None


def ask(
    questions: list[Question],
    matcher: Matcher,
    country: str | None,
    read: Callable[[str], str],
    tell: Callable[[str], None],
) -> Iterator[tuple[str, str]]:
    """Name and actor_id ("" for nobody) of each decision, as soon as it is made.

    read: gives a line for a prompt, or raises EOFError, which stops the asking. tell: shows a line.
    """
    tell(f"{len(questions):,} names may be several actors. Answer with {HELP}.")
    for number, question in enumerate(questions, 1):
        found = matcher.candidates(question.name, question.day, country)
        tell("")
        times = f"{question.rows:,} row{'s' if question.rows > 1 else ''}"
        tell(f"{number}/{len(questions)}  {visible(shorten(question.name))}  ({times})")
        for place, one in enumerate(found, 1):
            tell(f"  {place}  {one.actor_id}  ({one.score}, as {visible(one.alias)})")
        answer = understood(read, tell, [one.actor_id for one in found], matcher.index.actors)
        if answer is None:
            return
        if answer != "s":
            yield question.name, "" if answer == "n" else answer


def understood(
    read: Callable[[str], str],
    tell: Callable[[str], None],
    offered: list[str],
    actors: Mapping[str, object],
) -> str | None:
    """The answer to a question: an actor_id, n or s; None to stop."""
    while True:
        try:
            answer = read("> ").strip()
        except EOFError:
            return None
        if answer == "q":
            return None
        if answer in ("n", "s") or answer in actors:
            return answer
        if answer.isdecimal() and 1 <= int(answer) <= len(offered):
            return offered[int(answer) - 1]
        tell(f"{answer!r} is none of them; expected {HELP}")

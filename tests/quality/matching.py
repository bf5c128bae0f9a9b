"""How well names are matched with actors, as tables of docs/matching.md.

    python -m tests.quality.matching           print them
    python -m tests.quality.matching --write   put them into docs/matching.md

tests/cases/match/gold.csv holds spellings as pages use them, with the actor meant (empty: none of
the package) and the page. The matcher was made looking at the development half only; which half was
seen when is told in docs/matching.md.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hudna.form import package
from hudna.meaning import matching
from hudna.meaning.matching import Match

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent / "cases" / "match" / "gold.csv"
PAGE = HERE.parents[1] / "docs" / "matching.md"
MADE = "<!-- made by tests/quality/matching.py -->\n"
PART = re.compile(rf"(?<={MADE}).*?(?=^<!-- end -->$)", re.S | re.M)
HALVES = ("development", "held-out")
COUNTRY = "IRQ"


class Case(NamedTuple):
    """A spelling, who is meant, whether the package holds it verbatim, and what was matched."""

    name: str
    actor_id: str
    half: str
    known: bool
    found: Match

    @property
    def right(self) -> bool:
        return self.found.actor_id == self.actor_id

    @property
    def false(self) -> bool:
        """Called a match, and wrong."""
        return self.found.verdict == "match" and not self.right


def gold() -> list[dict[str, str]]:
    """The rows of the gold set."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def cases() -> tuple[Case, ...]:
    """Every row of the gold set, matched by name and date, the country told."""
    rows = gold()
    shipped, _ = package.read(package.home())
    matcher = matching.matcher(shipped)
    known = {alias.text for alias in matcher.index.aliases}
    days = [date.fromisoformat(r["date"]) if r["date"] else None for r in rows]
    found = matcher.match([r["name"] for r in rows], days, COUNTRY)
    return tuple(
        Case(r["name"], r["actor_id"], r["half"], r["name"] in known, m)
        for r, m in zip(rows, found, strict=True)
    )


def figures() -> Iterator[str]:
    """The figures of each half, all spellings and those that the package does not hold."""
    yield "| Spellings | Number | Top-1 | Called a match, and right | False matches | Of nobody |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for half in HALVES:
        of = [c for c in cases() if c.half == half]
        yield line(half, of)
        yield line(f"{half}, not in the package verbatim", [c for c in of if not c.known])


def line(title: str, of: list[Case]) -> str:
    """One line of the figures."""
    meant = [c for c in of if c.actor_id]
    nobody = [c for c in of if not c.actor_id]
    matched = [c for c in of if c.found.verdict == "match"]
    cells = (
        f"{len(of):,}",
        share(sum(c.right for c in meant), len(meant)),
        share(sum(c.right and c.found.verdict == "match" for c in meant), len(meant)),
        share(sum(c.false for c in matched), len(matched)),
        share(sum(c.false for c in nobody), len(nobody)),
    )
    return f"| {title} | " + " | ".join(cells) + " |"


def share(part: int, whole: int) -> str:
    """A share with the numbers it is made of."""
    return f"{part / whole:.3f} ({part:,} of {whole:,})" if whole else "-"


def confusions() -> Iterator[str]:
    """Every spelling of which the best candidate is another than the one meant."""
    yield "| Spelling | Meant | Taken for | Verdict | Score | Half |"
    yield "| --- | --- | --- | --- | --: | --- |"
    for c in sorted(cases(), key=lambda c: (not c.false, c.half, c.actor_id, c.name)):
        if not c.right:
            taken = f"`{c.found.actor_id}`" if c.found.actor_id else "nobody"
            meant = f"`{c.actor_id}`" if c.actor_id else "nobody"
            name = c.name.replace("|", "\\|")
            yield (f"| {name} | {meant} | {taken} | {c.found.verdict} | {c.found.score} "
                   f"| {c.half} |")  # fmt: skip


def text() -> str:
    """The generated part of the page."""
    pages = len({r["source"] for r in gold()})
    actors = len({r["actor_id"] for r in gold()} - {""})
    nobody = sum(not c.actor_id for c in cases())
    out = [
        "<!-- by `python -m tests.quality.matching --write` -->",
        "",
        f"{len(cases()):,} spellings of {actors} actors and of nobody ({nobody:,}), from {pages} "
        "pages.",
    ]
    parts: tuple[Callable[[], Iterator[str]], ...] = (figures, confusions)
    for part in parts:
        out += ["", *part()]
    return "\n".join([*out, "", ""])


def write() -> None:
    made = PART.sub(lambda _: text(), PAGE.read_text("utf-8"), count=1)
    PAGE.write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write() if "--write" in sys.argv[1:] else print(text(), end="")

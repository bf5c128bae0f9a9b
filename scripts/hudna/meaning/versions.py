"""A version's step: which of patch, minor and major lies between two numbers, and which is needed.

Before 1.0.0 a minor step may also hold what otherwise asks a major one (Semantic Versioning).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hudna.ground.finding import CannotRun
from hudna.meaning.schema_changes import STEPS

NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+\S+)?")


class Step(NamedTuple):
    """needed, taken: of STEPS. enough: whether taken will do.

    taken is "back" where the number falls, "unsaid" where one of the versions has none.
    """

    needed: str
    taken: str
    enough: bool


def numbers(version: str) -> tuple[int, int, int]:
    """Major, minor and patch number; raises CannotRun where a version is none."""
    found = NUMBER.fullmatch(version)
    if not found:
        raise CannotRun(f"the version is {version!r}; expected MAJOR.MINOR.PATCH, as 0.2.0")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


def step(old: str, new: str, needed: str) -> Step:
    """The step from one version to another, held against the one that the changes ask for."""
    if not old or not new:
        return Step(needed, "unsaid", True)
    before, after = numbers(old), numbers(new)
    if after < before:
        return Step(needed, "back", False)
    place = next((i for i in range(3) if before[i] != after[i]), 3)
    taken = ("major", "minor", "patch", "none")[place]
    asked = "minor" if needed == "major" and before[0] == after[0] == 0 else needed
    return Step(needed, taken, STEPS.index(taken) >= STEPS.index(asked))

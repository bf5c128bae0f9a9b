"""The step between two versions, and whether it will do."""

from __future__ import annotations

import pytest

from hudna.ground.finding import CannotRun
from hudna.meaning import versions


@pytest.mark.parametrize(
    ("old", "new", "needed", "taken", "enough"),
    [
        ("1.2.3", "1.2.3", "none", "none", True),
        ("1.2.3", "1.2.3", "patch", "none", False),
        ("1.2.3", "1.2.4", "patch", "patch", True),
        ("1.2.3", "1.2.4", "minor", "patch", False),
        ("1.2.3", "1.3.0", "minor", "minor", True),
        ("1.2.3", "1.3.0", "major", "minor", False),
        ("1.2.3", "2.0.0", "major", "major", True),
        ("1.2.3", "2.0.0", "none", "major", True),
        ("0.2.3", "0.3.0", "major", "minor", True),
        ("0.2.3", "0.2.4", "major", "patch", False),
        ("0.9.0", "1.0.0", "major", "major", True),
        ("1.9.0", "1.10.0", "minor", "minor", True),
        ("1.2.3", "1.2.2", "none", "back", False),
        ("", "1.2.2", "major", "unsaid", True),
        ("1.2.3", "", "minor", "unsaid", True),
    ],
)
def test_the_step_is_held_against_what_is_needed(old, new, needed, taken, enough):
    assert versions.step(old, new, needed) == (needed, taken, enough)


@pytest.mark.parametrize("text", ["1", "1.2", "v1.2.3", "1.2.x", "01.2.3"])
def test_what_is_no_version_is_told(text):
    with pytest.raises(CannotRun, match=r"expected MAJOR\.MINOR\.PATCH"):
        versions.numbers(text)

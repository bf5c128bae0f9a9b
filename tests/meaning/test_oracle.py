"""hudna and frictionless find the same faults of shape and keys, save for what is listed.

HUDNA_EXAMPLES=2000 draws that many packages anew; without it the same ones are drawn each time.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hudna.form import package
from tests.meaning import bad_input, oracle, strategies

EXAMPLES = os.environ.get("HUDNA_EXAMPLES")
DIFFERENCES = oracle.differences()
CASES = [c for c in bad_input.cases() if c.shared]


@settings(
    max_examples=int(EXAMPLES or 150),
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(files=strategies.packages())
def test_packages_drawn_at_random_are_judged_alike(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert apart(strategies.write(Path(folder), files)) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_case_of_shape_and_keys_is_judged_alike(case: bad_input.Case, tmp_path: Path) -> None:
    assert apart(case.write(tmp_path)) == []


def apart(root: Path) -> list[str]:
    """Where the two do not agree on a package, save for what is listed."""
    try:
        return oracle.unlike(root, DIFFERENCES)
    except (ArithmeticError, TypeError):
        # A listed difference: frictionless stops where a signalling NaN is compared.
        held, _ = package.read(root)
        if any(re.search("(?i)snan", oracle.content(held, name)) for name in held.tables):
            return []
        raise


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda d: d.name)
def test_each_listed_difference_is_one(difference: oracle.Difference, tmp_path: Path) -> None:
    schemas = {name: t["schema"] for name, t in difference.example.items()}
    files = {f"data/{name}.csv": t["file"].encode() for name, t in difference.example.items()}
    files = {path: data.replace(b"\xef\xbf\xbd", b"\xff") for path, data in files.items()}
    files["datapackage.json"] = json.dumps(strategies.descriptor(schemas)).encode()
    root = strategies.write(tmp_path, files)
    others = [d for d in DIFFERENCES if d is not difference]
    assert oracle.unlike(root, others), "the two agree by now: take the difference from the list"
    assert oracle.unlike(root, [difference]) == []


def test_the_documentation_lists_these_differences() -> None:
    page = (package.home() / "docs/validation.md").read_text("utf-8")
    section = page.split("## Where hudna and frictionless differ\n")[1].split("\n## ")[0]
    told = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert told == [
        f"| {d.name} | {d.hudna} | {d.frictionless} | {d.reason} |" for d in DIFFERENCES
    ]

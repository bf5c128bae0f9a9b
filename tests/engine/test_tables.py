"""Patterns of keys of other records: looked at where the keys do not hold, and then rightly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine import forms
from tests.meaning import strategies

FORM = {"required": True, "pattern": "[a-z]+"}
PARENTS = {"fields": [{"name": "k", "type": "string", "constraints": FORM}], "primaryKey": ["k"]}
CHILDREN = {
    "fields": [
        {"name": "c", "type": "string", "constraints": {"required": True}},
        {"name": "p", "type": "string", "constraints": {"pattern": "[a-z]+"}},
        {"name": "n", "type": "integer"},
    ],
    "primaryKey": ["c"],
    "foreignKeys": [{"fields": ["p"], "reference": {"resource": "parents", "fields": ["k"]}}],
}


@pytest.mark.parametrize(
    ("parents", "children", "told"),
    [
        ("a\nb\n", "1,a,1\n2,b,2\n3,,3\n", []),
        ("a\nb\n", "1,a,1\n2,c,2\n", ["foreign-key"]),
        ("a\nb\n", "1,C,1\n2,D 1,x\n3,a,3\n", ["constraint-error"] * 2 + ["type-error"]),
        ("a\nB\n", "1,B,1\n2,a,2\n", ["constraint-error"] * 2),
        ("a\nb\n", "1,C\n2,c,2,2\n\n3,C,x\n", None),
    ],
)
def test_a_pattern_that_was_left_for_later_is_told(
    parents: str, children: str, told: list[str] | None, tmp_path: Path
) -> None:
    files = {
        "datapackage.json": strategies.encoded(
            strategies.descriptor({"parents": PARENTS, "children": CHILDREN})
        ),
        "data/parents.csv": f"k\n{parents}".encode(),
        "data/children.csv": f"c,p,n\n{children}".encode(),
    }
    root = strategies.write(tmp_path, files)
    large = forms.findings(root, forms.LARGE)
    assert large == forms.findings(root)
    if told is not None:
        assert sorted(f.rule for f in large[1]) == told

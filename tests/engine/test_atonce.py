"""What Python notes of small tables at once is what the engine would say of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hudna.engine.limits import Limits
from hudna.engine.local import Local
from hudna.form import package
from tests.engine import forms
from tests.meaning import strategies

TEXT = {"type": "string"}
SCHEMAS = {
    "a": {"fields": [{"name": "id", **TEXT}, {"name": "n", "type": "integer"}], "primaryKey": "id"},
    "b": {
        "fields": [{"name": n, **TEXT} for n in ("id", "a", "t", "r")],
        "primaryKey": "id",
        "foreignKeys": [{"fields": "a", "reference": {"resource": "a", "fields": "id"}}],
        "hudna": {"references": [{"table": "t", "record": "r"}]},
    },
}
A = "id,n\nx,1\ny,2\n"
B = "id,a,t,r\n1,x,a,y\n2,,,\n"
CASES = {
    "all as it should be": (A, B, {"a", "b"}, 2),
    "out of order": ("id,n\ny,1\nx,2\n", B, {"b"}, 2),
    "a key twice": ("id,n\nx,1\nx,2\ny,3\n", B, {"b"}, 2),
    "a key is empty": ("id,n\n,1\nx,2\ny,3\n", B, {"b"}, 2),
    "a foreign key dangles": (A, B + "3,z,,\n", {"a", "b"}, 1),
    "a reference dangles": (A, B + "3,,a,z\n", {"a", "b"}, 1),
    "a reference to no table": (A, B + "3,,c,x\n", {"a", "b"}, 1),
    "a reference without a table": (A, B + "3,,,x\n", {"a", "b"}, 1),
    "a blank record": (A, B + ",,,\n", {"a"}, 0),
    "a short record": (A, B + "3\n", {"a", "b"}, 2),
    "the column is not there": (A, "id\n1\n", {"a", "b"}, 0),
    "there is no record": ("id,n\n", "id,a,t,r\n1,,,\n", {"a", "b"}, 2),
    "what separates texts stands in one": (A, "id,a,t,r\n1,x,a,y\n2\x1f,,,\n", {"a", "b"}, 2),
}


@pytest.fixture
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    a, b = CASES[request.param][:2]
    files = {"data/a.csv": a.encode(), "data/b.csv": b.encode()}
    descriptor = strategies.encoded(strategies.descriptor(SCHEMAS))
    return strategies.write(tmp_path, {"datapackage.json": descriptor, **files})


def sides(root: Path) -> Iterator[list]:
    """What is found where Python holds the tables, and where the engine reads them."""
    for limits in (forms.SMALL, forms.LARGE):
        yield forms.findings(root, limits)[:2]


@pytest.mark.parametrize("root", CASES, indirect=True)
def test_what_is_noted_is_what_the_engine_finds(root: Path) -> None:
    small, large = sides(root)
    assert small == large


@pytest.mark.parametrize(("root", "name"), [(n, n) for n in CASES], indirect=["root"])
def test_only_what_is_sure_is_noted(root: Path, name: str) -> None:
    _, _, climbing, kept = CASES[name]
    with Local(root, package.read(root)[0].tables, Limits()) as tables:
        tables.open(tables.tables)
        tables.load()
        assert tables.store.climbing == climbing
        assert len(tables.store.kept) == kept

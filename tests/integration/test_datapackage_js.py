"""datapackage-js reads the package: its descriptor, every row, every foreign key."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import hudna
from hudna.form import package as packages
from tests.packages import make

SCRIPT = Path(__file__).with_name("datapackage.js")


def node(descriptor: Path) -> subprocess.CompletedProcess:
    """Run the reader; what is not installed fails, since nothing here may be skipped."""
    program = shutil.which("node")
    assert program, "node is not installed; these tests need it"
    modules = os.environ.get("HUDNA_NODE_MODULES")
    assert modules, "HUDNA_NODE_MODULES is not set; expected the folder that holds datapackage"
    assert (Path(modules) / "datapackage").is_dir(), f"datapackage is not installed in {modules}"
    env = {**os.environ, "NODE_PATH": modules}
    return subprocess.run([program, str(SCRIPT), str(descriptor)], capture_output=True, env=env,
                          text=True, encoding="utf-8", check=False)  # fmt: skip


def counts(folder: Path) -> dict[str, dict[str, int]]:
    """Rows, cells, keys and links of every table, as hudna reads them."""
    package, _ = packages.read(folder)
    frames = hudna.load(package=folder)
    out = {}
    for name, table in package.tables.items():
        frame = frames[name]
        links = sum(int(frame[k.fields[0]].notna().sum()) for k in table.foreign_keys)
        out[name] = {
            "rows": len(frame),
            "cells": int(frame.notna().sum().sum()),
            "keys": len(table.foreign_keys),
            "links": links,
        }
    return out


def test_the_shipped_package():
    folder = packages.home()
    done = node(folder / packages.DESCRIPTOR)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["valid"], seen["errors"]
    assert seen["tables"] == counts(folder)
    assert sum(t["links"] for t in seen["tables"].values()) > 100


@pytest.mark.parametrize(
    ("rows", "ok"),
    [([{"name_id": "a-1", "actor_id": "a"}], True), ([{"name_id": "b-1", "actor_id": "b"}], False)],
)
def test_a_dangling_key_is_seen(tmp_path, rows, ok):
    """So that the test above can fail."""
    actors = [{"actor_id": "a", "name": "A", "actor_type": "person"}]
    names = [{"name": "كتائب", "name_type": "name", "language": "ar", **row} for row in rows]
    folder = make(tmp_path, {"actors": actors, "actor_names": names})
    done = node(folder / packages.DESCRIPTOR)
    assert (done.returncode == 0) is ok, done.stderr
    if ok:
        assert json.loads(done.stdout)["tables"] == counts(folder)

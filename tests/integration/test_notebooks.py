"""The scripts that a user starts from run, and print what is kept beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from hudna.form import package

HOME = package.home()
FOLDER = HOME / "docs" / "notebooks"
PROGRAMS = {".py": sys.executable, ".R": "Rscript"}


@pytest.mark.parametrize(
    "name", sorted(p.name for p in FOLDER.glob("start.*") if p.suffix != ".out")
)
def test_a_notebook_prints_what_is_kept(name: str) -> None:
    script = FOLDER / name
    program = shutil.which(PROGRAMS[script.suffix])
    assert program, f"{PROGRAMS[script.suffix]} is not installed (Debian: r-base-core)"
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HUDNA": f"{HOME}/.venv/bin/hudna"}
    done = subprocess.run(
        [program, str(script)], cwd=HOME, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    kept = script.with_name(f"{name}.out").read_text("utf-8")
    assert done.stdout == kept, "`make notebooks` runs them anew"

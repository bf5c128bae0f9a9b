"""The blocks of docs/loading.md run, in the package's folder, on the files that the page names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hudna.form import csvfile
from hudna.form import package as packages
from hudna.meaning import sqlfile, views
from hudna.outputs import exporting

HOME = packages.home()
PAGE = (HOME / "docs" / "loading.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.M | re.S)
RUN = {"python": [sys.executable, "-W", "error::UserWarning", "-c"], "r": ["Rscript", "-e"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A copy of the package with its loader, its views and the exports that the page names."""
    folder = tmp_path_factory.mktemp("loading")
    for part in ("data", "schemas"):
        shutil.copytree(HOME / part, folder / part)
    (folder / "scripts").mkdir()
    for file in ("datapackage.json", "scripts/hudna.R"):
        shutil.copyfile(HOME / file, folder / file)
    package = packages.read(folder)[0]
    for name in set(re.findall(r"build/views/([\w-]+)\.csv", PAGE)):
        answer = views.run(sqlfile.read(views.own()[name]), package)
        csvfile.write(folder / f"build/views/{name}.csv", views.csv(answer))
    for name in sorted(set(re.findall(r"`hudna export (\w+) -o build/", PAGE))):
        (path,) = re.findall(rf"`hudna export {name} -o (\S+)`", PAGE)
        exporting.write(name, package, folder / path)
    return folder


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_runs(folder, number):
    language, code = BLOCKS[number]
    assert shutil.which(RUN[language][0]), f"{RUN[language][0]} is not installed"
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HF_HUB_OFFLINE": "1",
           "HF_HOME": str(folder / "build" / "hf")}  # fmt: skip
    done = subprocess.run([*RUN[language], code], cwd=folder, env=env, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, f"{code}\n{done.stderr}"


def test_every_language_is_run():
    assert {language for language, _ in BLOCKS} == set(RUN)

"""The commands of docs/private.md, run one after the other, print what the page says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hudna.doors.cli import main
from hudna.form import package

HOME = package.home()
PAGE = HOME / "docs" / "private.md"
NAMED = ("schemas", "data", "docs", "README.md", package.DESCRIPTOR)


def commands() -> Iterator[tuple[list[str], str]]:
    """The arguments of each `$ hudna` line of the page, and the lines that follow it."""
    for block in re.findall(r"^```\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S):
        for part in re.split(r"^\$ hudna ", block, flags=re.M)[1:]:
            line, _, said = part.partition("\n")
            yield shlex.split(line), said


def test_the_page_prints_what_hudna_prints(tmp_path: Path, monkeypatch, capsys) -> None:
    public = tmp_path / "public"
    public.mkdir()
    for name in NAMED:
        source = HOME / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, public / name)
    shutil.copy(HOME / "docs/private-example.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = []
    for arguments, said in commands():
        code = main(arguments)
        told = capsys.readouterr()
        printed = told.err if code == 2 else told.out
        lines = [s for s in printed.splitlines() if "warning: " not in s]
        if arguments[0] == "view":
            (row,) = json.loads(printed)
            assert (row["counted"], row["verdict"]) == ("8", "consistent")
        else:
            assert lines == said.splitlines(), arguments
        ran.append(arguments[0])
    assert {"workspace", "add", "export", "aggregate", "view"} <= set(ran)


@pytest.mark.parametrize("word", ["invented", "Invented"])
def test_the_example_says_that_it_is_invented(word: str) -> None:
    held = json.loads((HOME / "docs/private-example.json").read_text("utf-8"))
    for incident in held["incidents"]:
        assert "invented" in incident["incident_id"] and "Invented" in incident["title"]
    assert word in PAGE.read_text("utf-8") + held["incidents"][0]["title"]

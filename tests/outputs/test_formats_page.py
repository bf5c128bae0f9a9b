"""docs/formats.md has a section for each format, and every command and script in it runs."""

from __future__ import annotations

import re

import pytest

from hudna.doors.cli import main
from hudna.form import package
from hudna.outputs import exporting

PAGE = (package.home() / "docs/formats.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
SECTIONS = {s.partition("\n")[0]: s for s in PAGE.split("\n## ")[1:]}
COMMAND = re.compile(r"^hudna ((?:export|validate|view|show) .*)$", re.M)


def test_every_format_has_a_section_that_shows_its_command():
    shown = {c.split()[1] for c in COMMAND.findall(PAGE) if c.startswith("export")}
    assert shown == set(exporting.names())


@pytest.mark.parametrize("name", [n for n, s in SECTIONS.items() if BLOCK.search(s)])
def test_the_blocks_of_a_section_run(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for kind, text in BLOCK.findall(SECTIONS[name]):
        for command in COMMAND.findall(text) if not kind else ():
            assert main(command.split()) == 0, command
        if kind == "python":
            capsys.readouterr()
            exec(compile(text, f"docs/formats.md, {name}", "exec"), {})
            assert capsys.readouterr().out.strip()
        if kind == "sql":
            import sqlite3

            assert sqlite3.connect("truce.db").execute(text).fetchall()

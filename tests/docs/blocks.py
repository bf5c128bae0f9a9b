"""The blocks of a page of docs, run in their order in one folder, as a reader would type them.

```sh blocks are shell commands, ```python blocks one script, ```json NAME blocks a file that the
reader writes. Blocks without a word show something and are not run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hudna.form import package

ROOT = package.home()
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S
)
COPIED = ("datapackage.json", "schemas", "data", "scripts", "docs", "README.md", "CHANGELOG.md",
          "CITATION.cff", "LICENSE", "LICENSE-DATA.md", "CONTRIBUTING.md")  # fmt: skip
WRITTEN = ("json", "yaml", "csv")


class Block(NamedTuple):
    """A block: the language, the name of the file that it is, its text."""

    language: str
    name: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page that are to be run or written."""
    for found in FENCE.finditer(page.read_text("utf-8")):
        language, _, name = found["info"].strip().partition(" ")
        text = re.sub(rf"^{found['indent']}", "", found["text"], flags=re.M)
        if language in ("sh", "python", "r") or (language in WRITTEN and name):
            yield Block(language, name, text)


def workplace(folder: Path) -> dict[str, str]:
    """Lay a copy of the checkout into a folder; gives the environment in which `hudna` is found."""
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, folder / name)
    bin = folder / ".bin"
    bin.mkdir()
    hudna = bin / "hudna"
    # PYTHONPATH lets the copy answer, not the checkout that the tests run in.
    hudna.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hudna "$@"\n')
    hudna.chmod(0o755)
    (bin / "python").symlink_to(sys.executable)
    path = f"{bin}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "PYTHONPATH": str(folder / "scripts"), "COLUMNS": "100"}


def run(block: Block, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess:
    """Run a block, or write its file; gives exit code and output."""
    if block.language in WRITTEN:
        (folder / block.name).write_text(block.text, "utf-8")
        return subprocess.CompletedProcess([], 0, "", "")
    command = {
        "sh": ["sh", "-e", "-c", block.text],
        "python": [sys.executable, "-c", block.text],
        "r": ["Rscript", "-e", block.text],
    }[block.language]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)

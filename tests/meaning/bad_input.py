"""The cases of bad input: a small sound package, what is done to it, and what must be told."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "cases" / "bad-input"
SOUND = FOLDER / "package"
# Files of cases in which frictionless has a word too.
SHARED = ("bytes", "header", "rows", "values", "keys")


@dataclass(frozen=True)
class Case:
    """One case, as its file says it.

    edit: by path, pairs of a text that stands there and what takes its place. files: by path, a
    text; raw: a text whose characters are bytes; remove: paths; links: by path, the target; at
    "cannot": what the user is told where nothing could be run. finds: one dictionary a finding,
    with those of its properties that matter; "says" is a part of its message.
    """

    because: str
    group: str
    given: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.group}: {self.because}"

    @property
    def shared(self) -> bool:
        return self.group in SHARED and self.given.get("shared", True)

    @property
    def finds(self) -> list[dict[str, Any]]:
        return self.given.get("finds", [])

    def write(self, tmp_path: Path) -> Path:
        """Write the package of the case; returns its folder."""
        root = tmp_path / "package"
        shutil.copytree(SOUND, root)
        for path in self.given.get("remove", ()):
            (root / path).unlink()
        for path, pairs in self.given.get("edit", {}).items():
            text = (root / path).read_bytes().decode("utf-8")
            for old, new in pairs:
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
                text = text.replace(old, new)
            (root / path).write_bytes(text.encode("utf-8"))
        for path, text in self.given.get("files", {}).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode("utf-8"))
        for path, text in self.given.get("raw", {}).items():
            (root / path).write_bytes(text.encode("latin-1"))
        for path, target in self.given.get("links", {}).items():
            (root / path).unlink(missing_ok=True)
            (root / path).symlink_to(target)
        return root


def cases() -> list[Case]:
    """Every case, in the order of the files."""
    return [
        Case(given["because"], path.stem, given)
        for path in sorted(FOLDER.glob("*.json"))
        for given in json.loads(path.read_text("utf-8"))
    ]

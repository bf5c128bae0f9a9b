"""The notes of a release: what the changelog says of the version, what differs, which files."""

from __future__ import annotations

import re
from pathlib import Path

from hudna.form.package import Package

CHANGELOG = "CHANGELOG.md"
HEADING = re.compile(r"## (.+)")


def text(package: Package, changes: str, folder: Path, about: dict[str, str]) -> str:
    """The notes. changes: what differs from the version before. about: what each file is."""
    name = package.descriptor.get("name", package.root.name)
    out = [f"# {name} {package.version}", ""]
    said = section(package, package.version) or section(package, "Unreleased")
    out += [said, ""] if said else []
    if changes:
        out += ["## What differs from the version before", "", "```", changes.rstrip(), "```", ""]
    out += ["## Files", "", "| File | Bytes | |", "| --- | ---: | --- |"]
    out += [f"| {file} | {(folder / file).stat().st_size:,} | {words} |"
            for file, words in about.items()]  # fmt: skip
    out += ["", "`sha256sum -c SHA256SUMS` tells whether all came through whole."]
    return "\n".join(out) + "\n"


def section(package: Package, version: str) -> str | None:
    """What the changelog says under a version's heading; None where it has none.

    A heading begins with the version; a date or the number that it will have may follow.
    """
    path = package.root / CHANGELOG
    if not path.is_file():
        return None
    held: list[str] | None = None
    for line in path.read_text("utf-8").splitlines():
        if found := HEADING.fullmatch(line):
            if held is not None:
                break
            if found[1].split()[0].strip("[]") == version:
                held = []
        elif held is not None:
            held.append(line)
    return None if held is None else "\n".join(held).strip()

"""What is wrong with a package, said once: where, what is there, what was wanted, which rule."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Finding(NamedTuple):
    """One fault of a package, as a value; it becomes text at the door.

    rule: code of the check or name of the rule file. severity: "error" or "warning".
    file: path relative to the package, with forward slashes. line: physical line, from 1.
    row: number of the record in its table, from 1 (the header does not count).
    """

    rule: str
    problem: str
    severity: str = "error"
    table: str = ""
    record: str = ""
    field: str = ""
    value: str | None = None
    file: str = ""
    line: int | None = None
    row: int | None = None


class CannotRun(Exception):
    """The command cannot do its work at all; the text is what the user reads (exit 2)."""


SHOWN = 120


def shorten(value: str, limit: int = SHOWN) -> str:
    """The value with invisible characters made visible, cut to `limit` characters."""
    cut = value if len(value) <= limit else value[:limit] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def sort_key(finding: Finding) -> tuple:
    """Order of a report: by file, line and field, so that every run prints the same."""
    return (
        finding.file,
        finding.line or 0,
        finding.row or 0,
        finding.field,
        finding.rule,
        finding.problem,
    )


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without doubles, in the order of a report."""
    return sorted(set(findings), key=sort_key)


def relative(path: Path, root: Path) -> str:
    """The path as a finding shows it: relative to the package, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

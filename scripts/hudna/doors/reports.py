"""Findings as text, as JSON, and as annotations of a pull request with a summary."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hudna.ground.finding import Finding
from hudna.meaning.report import Report

# GitHub shows no more annotations of one kind for one step; the summary has the rest.
ANNOTATIONS = 10
MARKUP = frozenset("\\|`*_<>[]&@#~")
# Rules not applied for want of a table that are told one by one.
FEW = 3


def shown_path(root: Path, file: str) -> str:
    """A file of the package as the reader of this output can open it."""
    path = root / file
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def limited(findings: list[Finding], limit: int) -> list[Finding]:
    """At most `limit` findings of each rule."""
    seen: Counter[str] = Counter()
    out = []
    for f in findings:
        seen[f.rule] += 1
        if seen[f.rule] <= limit:
            out.append(f)
    return out


def place(root: Path, f: Finding) -> str:
    """File, line and record of a finding, as far as it has them."""
    where = shown_path(root, f.file) if f.file else f.table or "package"
    where += f":{f.line}" if f.line else ""
    return f"{where} {f.record}" if f.record else where


def text(root: Path, report: Report, limit: int, seconds: bool) -> Iterator[str]:
    """The report as lines for a reader: place, record, problem, rule; then one line of counts."""
    for f in limited(report.findings, limit):
        warning = "warning: " if f.severity == "warning" else ""
        yield f"{place(root, f)}: {warning}{f.problem} [{f.rule}]"
    for rule, n in report.by_rule.items():
        if n > limit:
            yield f"{n - limit:,} more findings of {rule} are not shown (--limit {limit})"
    yield from unapplied(report)
    if seconds:
        yield ", ".join(f"{part} {s:.3f} s" for part, s in report.seconds.items())
    yield summary(report)


def unapplied(report: Report) -> Iterator[str]:
    """The rules that were not applied, each with its reason; one line where a package has less."""
    lacking = [r for r, why in report.not_applied if why.startswith("the package has no ")]
    short = len(lacking) > FEW
    for rule, reason in report.not_applied:
        if not short or rule not in lacking:
            yield f"rule {rule} was not applied: {reason}"
    if short:
        yield (
            f"{len(lacking)} rules ask for tables or columns that the package does not have, and "
            "were not applied (--format json names them)"
        )


def summary(report: Report) -> str:
    """What was checked and what came out, in one line."""
    verdict = "valid" if not report.errors else "not valid"
    return (
        f"{verdict}: {plural(report.errors, 'error')}, {plural(report.warnings, 'warning')}; "
        f"{plural(sum(report.counts.values()), 'record')} in "
        f"{plural(len(report.counts), 'table')}, {plural(len(report.rules), 'rule')}, "
        f"{sum(report.seconds.values()):.2f} s"
    )


def plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def as_json(report: Report, limit: int) -> str:
    """The report as JSON: valid, counts, findings, rules not applied, seconds by part."""
    value = {
        "valid": report.errors == 0,
        "errors": report.errors,
        "warnings": report.warnings,
        "counts": report.by_rule,
        "records": report.counts,
        "rules": report.rules,
        "not_applied": [{"rule": r, "reason": why} for r, why in report.not_applied],
        "seconds": {part: round(s, 3) for part, s in report.seconds.items()},
        "findings": [f._asdict() for f in limited(report.findings, limit)],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def github(root: Path, report: Report, limit: int) -> Iterator[str]:
    """Annotations for GitHub; the whole table goes to the step's summary, where there is one."""
    told: Counter[str] = Counter()
    for f in report.findings:
        told[f.severity] += 1
        if told[f.severity] <= ANNOTATIONS:
            yield annotation(root, f)
    if target := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(target).open("a", encoding="utf-8", newline="\n") as out:
            out.writelines(line + "\n" for line in markdown(report, limit))
    yield summary(report)


def annotation(root: Path, f: Finding) -> str:
    """One finding as a workflow command."""
    where = {"file": shown_path(root, f.file), "line": str(f.line or 1)} if f.file else {}
    where["title"] = f.rule
    properties = ",".join(f"{k}={escape(v, ':,')}" for k, v in where.items())
    record = f"{f.record}: " if f.record else ""
    return f"::{f.severity} {properties}::{escape(record + f.problem)}"


def escape(value: str, more: str = "") -> str:
    """A value as workflow commands want it: %, line ends and, in properties, : and , encoded."""
    for c in "%\r\n" + more:
        value = value.replace(c, f"%{ord(c):02X}")
    return value


def markdown(report: Report, limit: int) -> Iterator[str]:
    """The report as a Markdown table."""
    yield f"### hudna: {summary(report)}"
    yield ""
    if report.findings:
        yield "| file | line | record | problem | rule |"
        yield "| --- | --- | --- | --- | --- |"
    for f in limited(report.findings, limit):
        cells = [f.file, str(f.line or ""), f.record, f.problem, f.rule]
        yield "| " + " | ".join(cell(c) for c in cells) + " |"


def cell(value: str) -> str:
    """A text that stays text inside a Markdown table: no markup, no link, nobody's name called."""
    shown = "".join(f"&#{ord(c)};" if c in MARKUP else c for c in value)
    return " ".join(shown.splitlines())

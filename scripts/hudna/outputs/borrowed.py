"""What a report on a workspace says of the package that it rests on: only what its rows bring."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hudna.engine import whole
from hudna.form import package as packages
from hudna.form import rows
from hudna.form.package import DESCRIPTOR, Package
from hudna.ground.finding import Finding
from hudna.meaning.report import Report

# Rules that ask of rows what private ones cannot have.
OF_PUBLIC = frozenset({"incidents-have-an-address"})
ONLY_WITH = "; it is not so without the rows of the workspace"


TWIN = re.compile(r"it may be the same event as ([^\s;]+)")


def twin_of_public(finding: Finding, workspace: Package) -> Finding:
    """The finding; a warning where it says that a private incident is like one of the base."""
    named = TWIN.match(finding.problem) if finding.rule == "near-incidents-are-decided" else None
    table = workspace.base.tables.get("incidents")
    if not named or is_of_base(finding) or not table:
        return finding
    public = {r[table.id_field] for r in rows.dicts(table, whole.table(workspace.base, table))}
    if named[1] not in public:
        return finding
    problem = f"{finding.problem}; it counts twice in views of both"
    return finding._replace(severity="warning", problem=problem)


def changed(workspace: Package) -> Iterator[Finding]:
    """A warning where the base is not the one that the workspace was made for."""
    said = packages.rests_on(workspace.descriptor) or {}
    now = packages.resting_on(workspace.base, workspace.root)
    if said.get("sha256") == now["sha256"]:
        return
    was = f"{said.get('name', '')} {said.get('version', '')} ({str(said.get('sha256'))[:12]})"
    is_now = f"{now['name']} {now['version']} ({now['sha256'][:12]})"
    problem = f"the base is {is_now}; expected {was}; `hudna workspace FOLDER` takes what is there"
    severity = "warning" if said.get("name") == now["name"] else "error"
    yield Finding("base-changed", problem, severity, file=DESCRIPTOR)


def is_of_base(finding: Finding) -> bool:
    """Whether a finding on a workspace lies in a file of its base."""
    return Path(finding.file).is_absolute()


def identity(finding: Finding) -> tuple[str, str, str, str]:
    """What makes two findings the same, wherever they were found."""
    return finding.rule, finding.table, finding.record, finding.field


def take_out(report: Report, workspace: Package, alone: Report) -> None:
    """Leave out of a report on a workspace what its base has alone, too.

    What is found in the base only with the rows of the workspace stays and says so.
    """
    known = Counter(map(identity, alone.findings))
    kept = []
    for f in report.findings:
        if not is_of_base(f):
            kept.append(f)
        elif identity(f) not in known:
            kept.append(f._replace(problem=f.problem + ONLY_WITH))
    if alone.errors:
        problem = (f"the base has {alone.errors:,} errors of its own, so not all could be checked; "
                   f"`hudna validate {workspace.base.root}` tells them")  # fmt: skip
        kept.append(Finding("base-unsound", problem, file=DESCRIPTOR))
    report.findings = kept


def for_private(report: Report, workspace: Package) -> Report:
    """The report as it is to be read for private rows.

    Left out is what is asked of public rows only; which rules that is, is told. That a private
    incident may be a public one is a warning: the two cannot be merged.
    """
    report.findings = [twin_of_public(f, workspace) for f in report.findings]
    left = [f for f in report.findings if f.rule not in OF_PUBLIC]
    if len(left) < len(report.findings):
        report.findings = left
        asked = sorted(OF_PUBLIC & set(report.rules))
        report.not_applied += [(rule, "it is asked of public rows only") for rule in asked]
        report.rules = [r for r in report.rules if r not in OF_PUBLIC]
    return report

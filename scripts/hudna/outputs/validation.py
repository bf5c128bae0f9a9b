"""All five layers of a package's validation, as one act."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hudna.engine.watching import SHARES
from hudna.form import package as packages
from hudna.ground.finding import ordered
from hudna.meaning import checks, document_check
from hudna.meaning.checks import Checked, Options
from hudna.meaning.report import Report
from hudna.outputs import borrowed, canonicity, generated


def validate(root: Path, options: Options | None = None) -> Report:
    """Check the package in a folder.

    Canonical form is asked of the tables that have no other fault, and freshness of the generated
    files only where nothing else is wrong: what is made from faulty tables says nothing new.
    Raises CannotRun where there is no package to check.
    """
    options = options or Options()
    package, found = packages.read(root)
    if package.base:
        options = replace(options, limit=10**9)  # what is the base's is taken out before the cut
        found += borrowed.changed(package)
    with checks.check(package, found, options) as done:
        report = done.report
        if options.layers == "rules":
            with done.watch.work("canonical form", SHARES["form"]):
                finish(done)
    if package.base and any(map(borrowed.is_of_base, report.findings)):
        alone = validate(package.base.root, Options(limit=10**9, layers=options.layers))
        borrowed.take_out(report, package, alone)
    return borrowed.for_private(report, package) if package.base else report


def finish(done: Checked) -> None:
    """Check the documents, the canonical form of the tables, and the generated files."""
    package, report = done.package, done.report
    with done.part("documents"):
        records = {n: p[0].records for n, p in done.tables.parts.items() if len(p) == 1}
        whole = all(records.get(n) for n in package.tables)
        made = generated.make(package, records if whole else None)
        documents = [
            finding
            for document in package.documents.values()
            for finding in document_check.check(package, document, made.texts.get(document.path))
        ]
    with done.part("form"):
        faulty = report.faulty | {""} if report.errors else set()
        form = canonicity.unformatted(done, faulty)
        fresh = [] if faulty or documents or form else generated.stale(package, made)
    report.found = ordered([*report.found, *documents, *form, *fresh])
    report.findings = ordered([*report.findings, *documents, *form, *fresh])

"""All five layers of a package's validation, as one act."""

from __future__ import annotations

from pathlib import Path

from hudna.form import package as packages
from hudna.ground.finding import ordered
from hudna.meaning import checks, document_check
from hudna.meaning.checks import Checked
from hudna.outputs import generated


def validate(root: Path, trust: bool = False) -> Checked:
    """Check the package in a folder; trust: also run the rules that lie in it.

    Canonical form is asked of the tables that have no other fault, and freshness of the generated
    files only where nothing else is wrong: what is made from faulty tables says nothing new.
    Raises CannotRun where there is no package to check.
    """
    package, found = packages.read(root)
    done = checks.check(package, found, trust)
    report = done.report
    with done.part("documents"):
        made = generated.make(package, done.records)
        documents = [
            finding
            for document in package.documents.values()
            for finding in document_check.check(package, document, made.texts.get(document.path))
        ]
    with done.part("form"):
        faulty = {f.file for f in report.findings if f.severity == "error"}
        form = [f for f in generated.unformatted(package, done.records) if f.file not in faulty]
        fresh = [] if faulty or documents or form else generated.stale(package, made)
    report.found = ordered([*report.found, *documents, *form, *fresh])
    report.findings = ordered([*report.findings, *documents, *form, *fresh])
    return done

"""Every generated file, as text, so that writing it and checking it are one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

from hudna.engine import whole
from hudna.form import document_schema, documents, jsontext, rows
from hudna.form.csvfile import Records
from hudna.form.package import Package
from hudna.ground.finding import CannotRun, Finding, ordered, shorten
from hudna.outputs import blocks, files

# Folders that hold generated files only.
FOLDERS = ("data/documents", "schemas/documents")
MEND = "`hudna build` mends it"


class Made(NamedTuple):
    """Generated files by path, and why others cannot be made."""

    texts: dict[str, str]
    faults: list[Finding]


def make(package: Package, records: Mapping[str, Records] | None = None) -> Made:
    """The text of every generated file of a package: documents, their schemas, pages.

    records: what the tables hold, where they have been read already. Nothing is written.
    """
    made = Made({}, [])
    roots = {d.name.removesuffix(document_schema.SUFFIX): d for d in package.documents.values()}
    for name, schema in document_schema.all_of(package).items():
        if name in roots and (path := roots[name].schema_path):
            made.texts[path] = jsontext.text(schema)
    try:
        for name, value in compose(package, records).items():
            if name in roots:
                made.texts[roots[name].path] = documents.text(value)
    except documents.Unplaced as e:
        made.faults.append(Finding("stale-file", f"the documents cannot be made: {e}"))
    for page in blocks.pages(package):
        file = page.relative_to(package.root).as_posix()
        try:
            text = page.read_text("utf-8")
            made.texts[file] = blocks.fill(package, text, made.faults, file)
        except (CannotRun, UnicodeDecodeError) as e:
            made.faults.append(Finding("stale-file", f"cannot be made: {e}", file=file))
    return made


def compose(package: Package, records: Mapping[str, Records] | None) -> dict[str, object]:
    """The documents of a package that lists any; raises Unplaced where its tables are faulty."""
    if not package.documents:
        return {}
    records = whole.read(package) if records is None else records
    for name, table in package.tables.items():
        if not rows.sound(table, records[name]):
            raise documents.Unplaced(f"{table.path} has not the form of its table")
    return documents.compose(package.tables, rows.texts(package, records))


def write(package: Package) -> tuple[list[str], list[Finding]]:
    """Write the generated files that differ; returns their paths, and what cannot be made."""
    made = make(package)
    return files.write(package.root, made.texts), made.faults


def stale(package: Package, made: Made | None = None) -> list[Finding]:
    """Generated files that are not what would be generated now, that are missing or left over.

    made: the generated files, where they have been made already. Nothing is written. Meant for a
    package whose tables are valid: else nothing can be said of the documents but that they cannot
    be made.
    """
    made = made or make(package)
    found = [f for f in made.faults if f.severity == "error"]
    for path, text in files.differing(package.root, made.texts).items():
        held = files.held(package.root / path)
        if held is None:
            there = (package.root / path).exists()
            problem = f"the generated file is {'no UTF-8 text' if there else 'missing'}; {MEND}"
            found.append(Finding("stale-file", problem, file=path))
        else:
            line, is_now, wanted = first_difference(held, text)
            problem = f"the line is {is_now}, but {origin(path)} give {wanted}; {MEND}"
            found.append(Finding("stale-file", problem, file=path, line=line))
    return ordered([*found, *leftovers(package, made.texts)])


def origin(path: str) -> str:
    """Where a change belongs that was made in a generated file."""
    return {FOLDERS[0]: "the tables"}.get(path.rpartition("/")[0], "the schemas, rules and views")


def leftovers(package: Package, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Files in the folders of generated files that nothing generates and no resource names."""
    known = {d.path for d in package.documents.values()} | set(texts)
    known |= {d.schema_path for d in package.documents.values()}
    if not package.documents:
        return
    for path in (p for folder in FOLDERS for p in (package.root / folder).rglob("*")):
        file = path.relative_to(package.root).as_posix()
        if path.is_file() and not path.name.startswith(".") and file not in known:
            problem = f"nothing generates this file; `rm {file}` mends it"
            yield Finding("leftover-file", problem, file=file)


def first_difference(held: str, wanted: str) -> tuple[int, str, str]:
    """The first line on which two texts differ: its number, and how each has it."""
    pairs = zip_longest(held.split("\n"), wanted.split("\n"))
    number, (a, b) = next((n, p) for n, p in enumerate(pairs, 1) if p[0] != p[1])
    return number, show(a), show(b)


def show(line: str | None) -> str:
    """A line as a finding shows it."""
    if line is None:
        return "missing"
    return repr(shorten(line)) if line else "empty"

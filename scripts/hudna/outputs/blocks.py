"""The generated parts of Markdown pages: fields, tables, rules and views, as lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from hudna.form.nesting import nests
from hudna.form.package import Package, home
from hudna.form.schema import Field, Table
from hudna.ground.finding import Finding
from hudna.meaning import sqlfile

BEGIN = re.compile(r"^<!-- generated: (?P<kind>[a-z-]+) -->\n", re.M)
END = re.compile(r"^<!-- end -->$", re.M)
VIEWS = Path(__file__).parents[1] / "views"


def pages(package: Package) -> list[Path]:
    """The pages that may hold generated parts: README.md and docs/*.md."""
    found = [package.root / "README.md", *sorted((package.root / "docs").glob("*.md"))]
    return [p for p in found if p.is_file()]


def fill(package: Package, page: str, faults: list[Finding], file: str) -> str:
    """The page with its generated parts made anew; what cannot be made stays and is told."""
    out, at = [], 0
    while begin := BEGIN.search(page, at):
        line = page.count("\n", 0, begin.start()) + 1
        end = END.search(page, begin.end())
        kind = begin["kind"]
        out.append(page[at : begin.end()])
        at = begin.end()
        if not end or BEGIN.search(page, at, end.start()):
            problem = f"the generated part {kind!r} has no end; expected the line <!-- end -->"
            faults.append(Finding("stale-file", problem, file=file, line=line))
            continue
        if kind in KINDS:
            out.append("".join(f"{text}\n" for text in KINDS[kind](package)))
            at = end.start()
        else:
            problem = f"hudna build does not make the generated part {kind!r}; it is left alone"
            faults.append(Finding("other-part", problem, "warning", file=file, line=line))
    return "".join(out) + page[at:]


def fields(package: Package) -> Iterator[str]:
    """Every table with its fields: type, meaning, example, codes."""
    yield "<!-- from schemas/tables by `hudna build` -->"
    for table in package.tables.values():
        yield from ("", f"### `{table.name}`", "", table.description, "")
        if keys := ", ".join(f"`{k}`" for k in table.primary_key):
            yield from (f"Key: {keys}. {place(package, table)}".rstrip(), "")
        yield from ("| Field | Type | Meaning | Example |", "| --- | --- | --- | --- |")
        for f in table.fields:
            example = f"`{plain(text(f.raw['example']))}`" if "example" in f.raw else ""
            yield f"| `{f.name}` | {kind(f)} | {meaning(table, f)} | {example} |"
    yield ""


def place(package: Package, table: Table) -> str:
    """In which document the records of a table stand."""
    if not table.nests:
        return f"Document: `{table.document}`." if table.document else ""
    inside = nests(package.tables)
    hosts = [n for n, held in inside.items() if any(h.table.name == table.name for h in held)]
    where = "any record" if table.nests["in"] == "*" else f"`{', '.join(hosts)}`"
    return f"Document: in {where}, as `{table.nests['as']}`."


def kind(field: Field) -> str:
    """The type of a field, with its limits."""
    limits = ("minimum", "maximum", "pattern")
    words = [field.type, *(["required"] if field.required else [])]
    words += [f"{w} `{plain(str(field.constraints[w]))}`" for w in limits if w in field.constraints]
    return ", ".join(words)


def meaning(table: Table, field: Field) -> str:
    """The description of a field, what it refers to, and each of its codes with its definition."""
    to = [f"`{k.table}`" for k in table.foreign_keys if k.fields == (field.name,)]
    out = plain(field.meaning) + "".join(f" Refers to {t}." for t in to)
    labels = {c["value"]: c.get("label", "") for c in categories(field)}
    for code in field.codes:
        label = labels.get(code, "")
        out += f"<br>`{plain(text(code))}`" + (f": {plain(label)}" if label else "")
    return out


def categories(field: Field) -> Iterable[dict[str, str]]:
    """The codes of a field that have a label."""
    return (c for c in field.raw.get("categories", ()) if isinstance(c, dict))


def tables(package: Package) -> Iterator[str]:
    """One line a table."""
    yield from ("<!-- from schemas/tables by `hudna build` -->", "")
    yield from ("| Table | Fields | Content |", "| --- | ---: | --- |")
    for table in package.tables.values():
        yield f"| `{table.name}` | {len(table.fields)} | {plain(table.description)} |"
    yield ""


def rules(package: Package) -> Iterator[str]:
    """One line a rule."""
    yield from ("<!-- from schemas/rules by `hudna build` -->", "")
    yield from ("| Rule | Severity | Sentence |", "| --- | --- | --- |")
    folder = package.root / "schemas/rules"
    for path in sorted((folder if folder.is_dir() else home() / "schemas/rules").glob("*.sql")):
        rule = sqlfile.read(path)
        yield f"| `{rule.name}` | {rule.severity} | {plain(rule.sentence)} |"
    yield ""


def views(_: Package) -> Iterator[str]:
    """One line a view, with its parameters."""
    yield from ("<!-- from hudna's views by `hudna build` -->", "")
    yield from ("| View | Shows | Parameters |", "| --- | --- | --- |")
    for path in sorted(VIEWS.glob("*.sql")):
        view = sqlfile.read(path)
        params = "<br>".join(plain(param(p)) for p in view.params)
        yield f"| `{view.name}` | {plain(view.sentence)} | {params} |"
    yield ""


def param(asked: sqlfile.Param) -> str:
    """A parameter: its name, its default, its choices, what it means."""
    default = "" if asked.default is None else f" = {text(asked.default)}"
    choices = f" (one of {', '.join(asked.choices)})" if asked.choices else ""
    return f"`{asked.name}{default}`{choices}: {asked.means}"


def text(value: object) -> str:
    """A value as it stands in a cell."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(value: str) -> str:
    """Text on one line of a Markdown table."""
    return " ".join(value.split()).replace("|", "\\|")


KINDS: dict[str, Callable[[Package], Iterator[str]]] = {
    "fields": fields,
    "tables": tables,
    "rules": rules,
    "views": views,
}

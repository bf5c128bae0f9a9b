"""What the mutations of the shipped data are told by, as the tables of docs/mutations.md.

`python -m tests.meaning.mutations` writes them.
"""

from __future__ import annotations

import re

from hudna.form import package
from hudna.ground.finding import shorten
from tests.meaning.mutating import Mutation, Shipped, aimed, key

# Why nothing in the package tells that these are wrong, by kind of mutation.
REASONS = {
    "a date a year early": "a plausible date; only a reader of the source sees it",
    "a number ten times too large": "a plausible number; only a reader of the source sees it",
    "true for false, or the reverse": "both are allowed; only a reader of the source sees it",
    "a number of the other sign": "a plausible number; only a reader of the source sees it",
    "another code of the list": "an allowed code; only a reader of the source sees it",
    "the value of another record": "a value that exists, but of another; only a reader sees it",
    "a cell emptied": "an empty cell says that the source does not tell; only a reader sees it",
    "a record dropped": "nothing points at it; only a reader sees that it is missing",
}
PAGE = package.home() / "docs" / "mutations.md"
PART = re.compile(
    r"(?<=<!-- made by tests/meaning/mutations.py -->\n).*?(?=^<!-- end -->$)", re.S | re.M
)


def line(shipped: Shipped, m: Mutation) -> str:
    """A mutation as a line of the table: place, change, what should catch it, what does."""
    caught = ", ".join(f"`{c}`" for c in shipped.caught(m))
    caught = caught or f"nothing: {REASONS[m.kind]}"
    where = " | ".join(plain(w) for w in (m.table, m.record))
    if not m.kind:
        return f"| {where} | {change(shipped, m)} | `{m.by}` | {caught} |"
    return f"| {where} | {m.kind}: {change(shipped, m)} | {caught} |"


def change(shipped: Shipped, m: Mutation) -> str:
    """What is changed, in a few words."""
    if m.act == "raw":
        ((old, new),) = m.changes.items()
        at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new))
        shown = (shorten(repr(t[max(at - 8, 0) :])[1:-1], 32) for t in (old, new))
        return " → ".join(f"`{plain(t) or ' '}`" for t in shown)
    if m.act == "add":
        return "a record added: " + ", ".join(f"{n} `{plain(v)}`" for n, v in m.changes.items())
    if m.act == "drop" or not m.changes:
        return {"drop": "the record is gone", "double": "the record stands twice"}[m.act]
    also = [c for c in m.also if isinstance(c, list)]
    parts = [before_and_after(shipped, m.table, r, c) for r, c in ((m.record, m.changes), *also)]
    return ("stands again, with " if m.act == "double" else "") + "; also ".join(parts)


def before_and_after(shipped: Shipped, table: str, record: str, changes: dict[str, str]) -> str:
    """The cells of a record before and after."""
    held = shipped.package.tables[table]
    rows = shipped.records[table].rows
    row = next(r for r in rows if key(held, [c or "" for c in r]) == record)
    return ", ".join(
        f"{n} `{plain(row[held.names.index(n)] or ' ')}` → `{plain(new or ' ')}`"
        for n, new in changes.items()
    )


def plain(text: str) -> str:
    """Text inside a Markdown table, cut."""
    return shorten(" ".join(text.split()) or text, 60).replace("|", "\\|").replace("`", "'")


def page(shipped: Shipped) -> str:
    """The generated part of docs/mutations.md."""
    aim, draw = aimed(), list(shipped.drawn())
    aim_lines = [line(shipped, m) for m in aim]
    draw_lines = [line(shipped, m) for m in draw]
    hits = sum(
        f"`{m.by}`" in text.rsplit(" | ", 1)[1] for m, text in zip(aim, aim_lines, strict=True)
    )
    found = ["nothing: " not in text for text in draw_lines]
    caught, kinds = sum(found), []
    for kind in REASONS:
        of = [hit for m, hit in zip(draw, found, strict=True) if m.kind == kind]
        kinds.append((kind, len(of), sum(of)))
    return "\n".join(
        [
            "",
            f"Drawn without aim: **{caught} of {len(draw)}** caught. Aimed at one check each: "
            f"**{hits} of {len(aim)}** caught by it.",
            "",
            "| Kind | Caught | Of |",
            "| --- | ---: | ---: |",
            *(f"| {kind} | {n} | {of} |" for kind, of, n in kinds if of),
            "",
            "## Drawn without aim",
            "",
            "| Table | Record | Change | Catches it |",
            "| --- | --- | --- | --- |",
            *draw_lines,
            "",
            "## Aimed at one check",
            "",
            "| Table | Record | Change | Should catch it | Catches it |",
            "| --- | --- | --- | --- | --- |",
            *aim_lines,
            "",
            "",
        ]
    )


if __name__ == "__main__":
    held = PAGE.read_text("utf-8")
    part = page(Shipped())
    PAGE.write_text(PART.sub(lambda _: part, held), "utf-8")

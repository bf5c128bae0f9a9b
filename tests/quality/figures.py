"""The figures of docs/chronology.md, counted from the data and asked of its views.

python -m tests.quality.figures           print them
python -m tests.quality.figures --write   put them into docs/chronology.md
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator

from hudna.form import package
from hudna.meaning import views
from tests.quality.sample import read

PAGE = package.home() / "docs" / "chronology.md"
MADE = "<!-- made by tests/quality/figures.py -->\n"
PART = re.compile(rf"(?<={MADE}).*?(?=^<!-- end -->$)", re.S | re.M)
DAYS = ("2020-10-10", "2020-11-18", "2020-12-11", "2020-12-21", "2021-06-01")
STATES = ("in-force", "violated", "suspended", "ended")
Row = dict[str, object]


def ask(name: str, **given: str) -> list[Row]:
    """The rows of a view of the shipped data."""
    shipped, faults = package.read(package.home())
    assert not faults
    answer = views.run(views.find(name, shipped), shipped, given)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def tables() -> Iterator[str]:
    """How many rows each table has."""
    yield from ("| Table | Rows |", "| --- | --: |")
    for name in package.read(package.home())[0].tables:
        yield f"| `{name}` | {len(read(name)):,} |"


def origins() -> Iterator[str]:
    """On how many independent origins the incidents stand."""
    yield from ("| Incidents that stand on | Number | Share |", "| --- | --: | --: |")
    for row in ask("incident-origins"):
        if not row["incident_id"]:
            yield f"| {row['title']} | {row['incidents']} | {float(str(row['share'])):.0f} % |"


def verdicts() -> Iterator[str]:
    """What holding the counts of others against the rows gives."""
    told = Counter(re.sub(r" by \d+", "", str(r["verdict"])) for r in ask("tally-check"))
    yield from ("| Counts by others that are | Number |", "| --- | --: |")
    yield from (f"| {verdict} | {n} |" for verdict, n in told.most_common())


def truce() -> Iterator[str]:
    """What the truce is on five days, and who holds it so."""
    yield "| Day | The truce is | In force, by | Violated or suspended, by | Ended, by |"
    yield "| --- | --- | --- | --- | --- |"
    for day in DAYS:
        rows = ask("ceasefire-status", day=day)
        whole = "; ".join(str(r["status"]) for r in rows if not r["holder"])
        held = [(str(r["status"]), str(r["holder"])) for r in rows if r["holder"]]
        by = {s: list(dict.fromkeys(h for state, h in held if state == s)) for s in STATES}
        cells = (by["in-force"], by["violated"] + by["suspended"], by["ended"])
        yield f"| {day} | {whole} | " + " | ".join(", ".join(c) or "-" for c in cells) + " |"


def text() -> str:
    """The generated part of the page."""
    out = ["<!-- by `python -m tests.quality.figures --write` -->"]
    for part in (tables, origins, verdicts, truce):
        out += ["", *part()]
    return "\n".join([*out, ""])


def write() -> None:
    made = PART.sub(lambda _: text(), PAGE.read_text("utf-8"))
    PAGE.write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write() if "--write" in sys.argv[1:] else print(text(), end="")

"""How often a second coder finds a sample of the data wrong, as tables of docs/data-quality.md.

    python tests/quality/quality.py           print them
    python tests/quality/quality.py --write   put them into docs/data-quality.md

Each sample is a folder: its `sample.csv` says what was drawn, `first.csv` what the rows said then,
`second.csv` what the second coder read from the pages: table, record_id, field, value, and
`settled` where a difference was looked at again: `first` (the data were right), `second` (they
were wrong) or `both` (either can be held). A line with the field `opened` says how many of a row's
pages could be opened again.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hudna.form import package

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "data-quality.md"
MADE = "<!-- made by tests/quality/quality.py -->\n"
PART = re.compile(rf"(?<={MADE}).*?(?=^<!-- end -->$)", re.S | re.M)
RIGHT = ("first", "both")
OPENED = "opened"
Z = 1.959964  # 95 %
Key = tuple[str, str, str]


class Cell(NamedTuple):
    """One value of a sampled row in both codings, and who was right after another look."""

    table: str
    field: str
    first: str
    second: str
    settled: str

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def wrong(self) -> bool:
        """Whether the data are held to be wrong; a difference nobody looked at again is."""
        return self.differs and self.settled not in RIGHT


class Line(NamedTuple):
    """One line of the table of columns; alpha is None where the values do not vary."""

    table: str
    field: str
    units: int
    differ: int
    wrong: int
    low: float
    high: float
    alpha: float | None


def read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(row: dict[str, str]) -> Key:
    return row["table"], row["record_id"], row["field"]


def cells(first: list[dict[str, str]], second: list[dict[str, str]]) -> Iterator[Cell]:
    """The values that both coders gave; raises ValueError for one that nobody asked for."""
    held = {key(row): row["value"] for row in first}
    for row in second:
        if row["field"] == OPENED:
            continue
        if key(row) not in held:
            raise ValueError(f"second.csv: {'/'.join(key(row))} is not in the sample")
        settled = row.get("settled") or ""
        yield Cell(row["table"], row["field"], held[key(row)], row["value"], settled)


def wilson(k: int, n: int) -> tuple[float, float]:
    """The interval that holds a share of which k of n were seen, by Wilson's score, at 95 %."""
    if not n:
        return 0.0, 1.0
    p, z2 = k / n, Z * Z
    middle = p + z2 / (2 * n)
    spread = Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + z2 / n) for sign in (-1, 1))
    return (low if k else 0.0), (high if k < n else 1.0)


def alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha of two coders, values being equal or not; None without variation."""
    import krippendorff

    domain = sorted({v for pair in pairs for v in pair})
    if len(domain) < 2:
        return None
    data = [[float(domain.index(pair[i])) for pair in pairs] for i in (0, 1)]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def line(table: str, field: str, found: list[Cell]) -> Line:
    wrong = sum(c.wrong for c in found)
    differ = sum(c.differs for c in found)
    pairs = [(c.first, c.second) for c in found]
    return Line(table, field, len(found), differ, wrong, *wilson(wrong, len(found)), alpha(pairs))


def lines(found: list[Cell]) -> Iterator[Line]:
    """One line a column, in the order in which the second coding has them, then all together."""
    for table, field in dict.fromkeys((c.table, c.field) for c in found):
        yield line(table, field, [c for c in found if (c.table, c.field) == (table, field)])
    if found:
        yield line("all", "", found)


def drawn(sample: list[dict[str, str]], second: list[dict[str, str]]) -> Iterator[str]:
    """The sample: rows per table, their pages, how many were opened, and opened again."""
    again = {(r["table"], r["record_id"]): int(r["value"]) for r in second if r["field"] == OPENED}
    yield "| Table | Rows | Pages | Opened | Opened again |"
    yield "| --- | --: | --: | --: | --: |"
    tables = list(dict.fromkeys(r["table"] for r in sample))
    for name in (*tables, "all"):
        rows = [r for r in sample if name in (r["table"], "all")]
        pages, opened = (sum(int(r[c]) for r in rows) for c in ("sources", "opened"))
        looked = [r for r in rows if (r["table"], r["record_id"]) in again]
        share = "not looked up yet"
        if looked:
            n = sum(again[r["table"], r["record_id"]] for r in looked)
            of = sum(int(r["sources"]) for r in looked)
            share = f"{n} of {of} ({100 * n / of:.0f} %)"
        shown = name if name == "all" else f"`{name}`"
        yield f"| {shown} | {len(rows)} | {pages} | {opened} | {share} |"


def shown(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"


def folders() -> list[Path]:
    """The samples, in the order in which they were drawn."""
    return sorted((p.parent for p in HERE.glob("*/sample.csv")), key=lambda p: int(p.name))


def text(*samples: Path) -> str:
    """The generated part of the page."""
    out = ["<!-- from tests/quality by `python tests/quality/quality.py --write` -->", ""]
    for folder in samples or folders():
        out += [f"### Sample {folder.name}", "", part(folder)]
    return "\n".join(out)


def part(folder: Path) -> str:
    """The tables of one sample."""
    sample, first, second = (read(folder / f"{n}.csv") for n in ("sample", "first", "second"))
    out = list(drawn(sample, second))
    found = list(cells(first, second))
    if not found:
        return "\n".join([*out, "", "The sample has not been recoded yet.", ""])
    out += ["", "| Table | Column | Units | Differ | Wrong | Share wrong, 95 % | Alpha |"]
    out += ["| --- | --- | --: | --: | --: | --- | --: |"]
    for x in lines(found):
        where = f"`{x.table}` | `{x.field}`" if x.field else "all | "
        span = f"{100 * x.low:.1f} to {100 * x.high:.1f} %"
        out.append(f"| {where} | {x.units} | {x.differ} | {x.wrong} | {span} | {shown(x.alpha)} |")
    return "\n".join([*out, ""])


def write(page: Path = PAGE) -> None:
    old = page.read_text("utf-8")
    made = PART.sub(lambda _: text(), old)
    page.write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    assert package.home() == HERE.parents[1], "run it in the checkout whose data it is to judge"
    write() if "--write" in sys.argv[1:] else print(text(), end="")

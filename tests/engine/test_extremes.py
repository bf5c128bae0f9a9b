"""Faulty input at scale, made small: the right answer, and no more findings than asked for."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from hudna.engine.limits import Limits
from hudna.meaning.checks import Options
from hudna.meaning.report import Report
from hudna.outputs import validation
from tests.engine import forms

ROWS = 20_000
HEADER = "k,n,d,p\n"
FIELDS: list[dict[str, Any]] = [
    {"name": "k", "type": "string", "constraints": {"required": True}},
    {"name": "n", "type": "integer"},
    {"name": "d", "type": "date"},
    {"name": "p", "type": "string"},
]
SPOILT = {3: ("x", None, None), 5: (None, "2020-02-30", None), 7: (None, None, "zz")}


def package(root: Path, text: str, fields: list[dict[str, Any]] = FIELDS) -> Path:
    """A package of one table whose first column is the key, and p, if there, points at it."""
    forms.table(root, fields, {"data/t.csv": text.encode()})
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    schema = descriptor["resources"][0]["schema"]
    schema["primaryKey"] = [fields[0]["name"]]
    if fields is FIELDS:
        reference = {"resource": "", "fields": ["k"]}
        schema["foreignKeys"] = [{"fields": ["p"], "reference": reference}]
    path.write_text(json.dumps(descriptor), "utf-8")
    return root


def record(n: int, *cells: str | None) -> str:
    """A sound record, but for the cells n, d and p that are given."""
    sound = (str(n), "2020-10-10", f"k{n // 2:06d}")
    held = (g if g is not None else s for g, s in zip(cells or (None,) * 3, sound, strict=True))
    return ",".join([f"k{n:06d}", *held]) + "\n"


def judged(root: Path, cell: int = 10**8, limit: int = 20) -> Report:
    return validation.validate(root, Options(limits=Limits(small=-1, cell=cell), limit=limit))


def first(report: Report) -> tuple[str, int | None]:
    """Rule and line of the first finding."""
    return report.findings[0].rule, report.findings[0].line


SOUND = "".join(map(record, range(10)))
MANY = {
    "a cell of a hundred": (
        "".join(record(n, *SPOILT.get(n % 100, (None,) * 3)) for n in range(ROWS)),
        {"type-error": ROWS // 50, "foreign-key": ROWS // 100},
    ),
    "every cell": (
        "".join(f",x{n},y{n},z{n}\n" for n in range(ROWS)),
        {"constraint-error": ROWS, "type-error": 2 * ROWS, "foreign-key": ROWS},
    ),
    "distinct dangling keys": (
        "".join(record(n, None, None, f"z{n}") for n in range(ROWS)), {"foreign-key": ROWS},
    ),
    "short records": ("".join(f"k{n},1\n" for n in range(ROWS)), {"missing-cell": ROWS}),
    "long records": (
        "".join(record(n).strip() + ",1\n" for n in range(ROWS)), {"extra-cell": ROWS},
    ),
    "one key": (
        "".join(f"k,{n},,k\n" for n in range(ROWS)), {"primary-key": ROWS - 1},
    ),
    "blank lines": (SOUND + "\n" * 100_000, {"blank-row": 100_000}),
    "control characters": (
        "".join(record(n, None, None, "\x01") for n in range(ROWS)), {"odd-character": ROWS},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_many_faults_are_counted_and_some_are_told(name: str, tmp_path: Path) -> None:
    text, counts = MANY[name]
    report = judged(package(tmp_path, HEADER + text))
    assert report.by_rule == counts
    assert Counter(f.rule for f in report.findings) == {r: min(n, 20) for r, n in counts.items()}
    lines = [f.line for f in report.findings]
    assert lines == sorted(lines)


def test_what_many_faults_hide_does_not_depend_on_the_limit(tmp_path: Path) -> None:
    root = package(tmp_path, HEADER + MANY["every cell"][0] + record(1).replace(",1,", ",01,"))
    every, none = judged(root, limit=10**6), judged(root, limit=0)
    assert none.by_rule == every.by_rule and none.findings == []


@pytest.mark.parametrize("limit", [10**8, 10**6])
def test_a_large_cell_is_read_or_told(limit: int, tmp_path: Path) -> None:
    root = package(tmp_path, f"{HEADER}{SOUND}{'x' * 5_000_000},q,,\n{record(11)}")
    report = judged(root, limit)
    if limit < 5_000_000:
        assert first(report) == ("source-error", 12)
        assert "a cell has more than 1,000,000 characters" in report.findings[0].problem
    else:
        assert first(report) == ("type-error", 12)
    assert len(report.findings) == 1 and len(report.findings[0].problem) < 200


def test_a_long_line_is_read_or_told(tmp_path: Path) -> None:
    cells = "x," * 2_000_000
    report = judged(package(tmp_path / "1", f"{HEADER}{SOUND}{cells}\n{record(11)}"))
    assert first(report) == ("extra-cell", 12)
    assert "the record has 2000001 cells; expected 4" in report.findings[0].problem
    report = judged(package(tmp_path / "2", f"{HEADER}{SOUND}{cells}\n{record(11)}"), 10**5)
    assert first(report) == ("source-error", 12)
    report = judged(package(tmp_path / "3", f'{HEADER}k,1,,"{"x" * 10**6}'), 10**5)
    assert report.findings[0].rule == "source-error"


def test_a_cell_of_many_lines_counts_as_them(tmp_path: Path) -> None:
    text = '"' + "x\n" * 1_000_000 + '",1,,\n'
    report = judged(package(tmp_path, HEADER + text + record(1, "q", None, "k000001")))
    assert first(report) == ("type-error", 1_000_003)


@pytest.mark.parametrize("cell", ["1", "x"])
def test_a_wide_table_is_read(cell: str, tmp_path: Path) -> None:
    width = 400
    fields = [
        {"name": f"c{i}", "type": "integer" if i else "string"} for i in range(width)
    ]  # fmt: skip
    head = ",".join(f["name"] for f in fields) + "\n"
    report = judged(package(tmp_path, head + ",".join([cell] * width) + "\n", fields))
    assert report.by_rule == ({"type-error": width - 1} if cell == "x" else {})


@pytest.mark.parametrize(
    ("text", "cell", "rule", "line"),
    [
        (HEADER + 'k,1,,"\n', 10**8, "unterminated-quote", 2),
        (HEADER + 'k,1,,"\n', 10**5, "source-error", 2),
        ('k,n,"d,p\n', 10**8, "unterminated-quote", 1),
        ('k,n,"d,p\n', 10**5, "source-error", 1),
    ],
)
def test_a_quote_that_never_closes_is_one_finding(
    text: str, cell: int, rule: str, line: int, tmp_path: Path
) -> None:
    rest = "".join(map(record, range(30_000)))
    report = judged(package(tmp_path, text + rest), cell)
    assert [(f.rule, f.line) for f in report.findings] == [(rule, line)]
    if cell == 10**5:
        assert "not closed within 100,000 bytes" in report.findings[0].problem


def test_small_files_keep_the_limit_of_a_cell_too(tmp_path: Path) -> None:
    root = package(tmp_path, f"{HEADER}k,1,,{'x' * 2000}\n")
    report = validation.validate(root, Options(limits=Limits(cell=1000)))
    assert [(f.rule, f.line) for f in report.findings] == [("source-error", 2)]
    assert "more than 1,000 characters" in report.findings[0].problem

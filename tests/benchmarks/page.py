"""The page of the benchmarks: its made parts between their markers, the text around left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.benchmarks import aims, tables
from tests.benchmarks.environment import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
CHART = ROOT / "docs" / "benchmarks.svg"
END = "<!-- end -->\n"


def filled(text: str, parts: dict[str, str]) -> str:
    """A page with new content in the parts of these names."""
    for name, content in parts.items():
        start = f"<!-- made by tests/benchmarks: {name} -->\n"
        if text.count(start) != 1:
            raise ValueError(f"the page has {text.count(start)} parts {name}; expected one")
        before, _, rest = text.partition(start)
        after = rest[rest.index(END) :]
        text = f"{before}{start}\n{content}\n\n{after}"
    return text


def parts(results: dict[str, Any]) -> dict[str, str]:
    """The parts that the results fill."""
    out = {
        "machine": tables.machine(results),
        "sizes": tables.by_size(results),
        "aims": aims.table(results),
        "contenders": tables.contenders(),
        "profile": tables.profile(results),
    }
    return out | ({"checks": tables.checks(results)} if results["checks"] else {})


def write(told: dict[str, str], path: Path = PAGE) -> None:
    """Write parts into the page."""
    path.write_text(filled(path.read_text("utf-8"), told), "utf-8", newline="\n")

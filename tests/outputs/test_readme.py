"""What README says that the data hold, in round numbers, is what they hold."""

from __future__ import annotations

import re

import pytest

from hudna.form import csvfile, package

HOME = package.home()
SAID = {
    "incidents": "incidents",
    "counts": "tallies",
    "statements": "statements",
    "findings": "ceasefire_statuses",
    "sources": "sources",
    "citations": "citations",
}


@pytest.mark.parametrize(("word", "table"), SAID.items())
def test_the_counts_of_readme_are_those_of_the_tables(word: str, table: str) -> None:
    told = re.search(rf"\*\*([\d,]+)\s{word}\b", (HOME / "README.md").read_text("utf-8"))
    assert told, f"README.md does not say how many {word} the data hold"
    held = len(csvfile.read(HOME / "data" / f"{table}.csv").rows)
    least = int(told[1].replace(",", ""))
    assert least <= held <= 1.25 * least, f"README.md: {least:,} {word}; {table} has {held:,}"

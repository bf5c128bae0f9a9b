"""A package whose every cell DuckDB touches and does nothing with: what reading alone takes."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.benchmarks.data import name, reading, sheets


def main(package: Path) -> int:
    """Count the cells of every column, table by table; returns 0, or 1 where reading fails."""
    with duckdb.connect() as engine:
        for sheet in sheets(package):
            counts = ", ".join(f"count({name(c.name)})" for c in sheet.columns)
            try:
                engine.execute(f"SELECT {counts} FROM {reading(sheet)}").fetchall()
            except duckdb.Error as e:
                print(f"{sheet.name}: {str(e).partition(chr(10))[0]}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

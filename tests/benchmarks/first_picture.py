"""How soon the page of a small and of a large package shows its first picture, into docs/page.md.

python -m tests.benchmarks.first_picture; needs Chromium. The pages are kept in build/bench.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from hudna.form import csvfile, package
from hudna.outputs import generation
from hudna.outputs.page import writing
from tests.benchmarks import page
from tests.benchmarks.environment import BUILD, ROOT
from tests.browsers import chromium

ROWS = 740_000  # records of the large package, of which 100,818 are incidents
PAGE = ROOT / "docs" / "page.md"


def made(root: Path, file: Path) -> tuple[float, writing.Page, int]:
    """Write the page of a package: seconds that it took, the page, incidents in the package."""
    start = time.perf_counter()
    opened, _ = package.read(root)
    written = writing.make(opened)
    csvfile.write(file, written.text)
    taken = time.perf_counter() - start
    with opened.path(opened.tables["incidents"].path).open("rb") as lines:
        rows = sum(1 for _ in lines) - 1
    return taken, written, rows


def first_picture(file: Path, rounds: int) -> list[float]:
    """Seconds from opening the file to the overview's picture, each in a browser of its own."""
    out = []
    for _ in range(rounds):
        with chromium() as browser:
            shown = browser.new_page()
            shown.goto(file.as_uri())
            shown.wait_for_function("window.firstPicture", timeout=120_000)
            out.append(shown.evaluate("window.firstPicture") / 1000)
    return out


def line(name: str, root: Path, file: Path, rounds: int) -> str:
    """One line of the table."""
    taken, written, incidents = made(root, file)
    seconds = first_picture(file, rounds)
    size = len(written.text.encode()) / 1e6
    held = f"; the page holds the latest {written.limit:,}" if written.limit else ""
    spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
    print(f"{name}: {statistics.median(seconds):.2f} s ({spread})", flush=True)
    return (f"| {name} ({incidents:,} incidents{held}) | {taken:.0f} s | {size:.1f} MB "
            f"| {statistics.median(seconds):.2f} s ({spread}) |")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure, and write the table into docs/page.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.first_picture",
                                     description=__doc__)  # fmt: skip
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help="of the large package")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="openings of each (5)")
    args = parser.parse_args(arguments)
    folder = BUILD / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    large = folder / f"page-{args.rows}"
    if not (large / package.DESCRIPTOR).exists():
        generation.generate(large, args.rows, 0, 1, False, lambda *_: None)
    told = f"`hudna generate --rows {args.rows} --seed 1`"
    lines = [
        "| Package | Made in | Size | First picture after |",
        "| --- | ---: | ---: | ---: |",
        line("the shipped one", package.home(), folder / "page-small.html", args.rounds),
        line(told, large, folder / "page-large.html", args.rounds),
    ]
    page.write({"first picture": "\n".join(lines)}, PAGE)


if __name__ == "__main__":
    main(sys.argv[1:])

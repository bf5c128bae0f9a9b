"""The screenshots of docs/page.md, made of the page as it is: python -m tests.screenshots."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hudna.form import package
from hudna.outputs.page import writing
from tests.browsers import chromium

HOME = package.home()
SHOTS = {
    "page-overview": ("overview", 1200, 860, "light"),
    "page-attacks-dark": ("attacks", 1200, 860, "dark"),
    "page-record": ("actors/kataib-hezbollah", 1200, 860, "light"),
    "page-narrow": ("ceasefire", 390, 800, "light"),
}


def main() -> None:
    """Write the page, open it, and take each picture."""
    opened, _ = package.read(HOME)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "page.html"
        file.write_text(writing.make(opened).text, "utf-8", newline="\n")
        for name, (place, width, height, scheme) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height},
                                    color_scheme=scheme)  # fmt: skip
            page.goto(f"{file.as_uri()}#{place}")
            page.wait_for_selector("html[data-ready]")
            page.wait_for_function(
                "[...document.querySelectorAll('figure')].every(f => f.dataset.drawn)"
            )
            page.screenshot(path=HOME / "docs" / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()

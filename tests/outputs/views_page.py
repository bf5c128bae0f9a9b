"""docs/views.md: every view with its question, its parameters and an example that is really run.

`python -m tests.outputs.views_page` writes it; a test runs the examples again.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from unittest import mock

from hudna.doors.cli import main
from hudna.form import package
from hudna.meaning import sqlfile, views
from hudna.meaning.sqlfile import SqlFile

PAGE = package.home() / "docs" / "views.md"
MARK = "<!-- below: python -m tests.outputs.views_page -->"
WIDTH, LINES = 110, 18
# What an example sets; a view that is not named is shown as it is.
EXAMPLES = {
    "ceasefire-status": ["day=2020-11-18"],
    "conditions": ["ceasefire=resistance-committee-2020"],
    "escalation": ["from=2020-10-05", "to=2020-11-22"],
    "incident-counts": ["from=2020-08-01", "to=2020-10-31"],
    "network": ["day=2020-10-20"],
    "polarization": ["from=2020-01-01", "to=2021-01-31"],
    "provenance": ["table=ceasefires"],
    "signed-edges": ["from=2020-10-01", "to=2020-10-31"],
    "timeline": ["from=2020-10-10", "to=2020-10-12"],
}


def ours() -> list[SqlFile]:
    """hudna's own views."""
    return [sqlfile.read(path) for path in views.own().values()]


def output(argv: list[str]) -> list[str]:
    """What a command prints, in lines."""
    out = io.StringIO()
    wide = mock.patch.dict(os.environ, {"COLUMNS": str(WIDTH)})
    with wide, contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main(argv)
    if code:
        raise SystemExit(f"hudna {' '.join(argv)} gives {code}")
    return out.getvalue().splitlines()


def section(view: SqlFile) -> str:
    """The part of the page on one view."""
    sets = [a for s in EXAMPLES.get(view.name, ()) for a in ("--set", s)]
    shown = output(["view", view.name, *sets, "--package", str(package.home())])
    if len(shown) > LINES:
        shown = [*shown[:LINES], "…"]
    parts = [f"## {view.name}", f"**{view.asks}** {view.sentence}" if view.asks else view.sentence]
    parts += [view.notes] if view.notes else []
    parts += ["\n".join(parameter(p) for p in view.params)] if view.params else []
    command = " ".join(["hudna view", view.name, *sets])
    parts.append("\n".join(["```console", f"$ {command}", *shown, "```"]))
    return "\n\n".join(parts) + "\n"


def parameter(asked: sqlfile.Param) -> str:
    """A line of the list of parameters."""
    default = f" = {views.plain(asked.default)}" if asked.default is not None else ""
    choices = f" (one of {', '.join(asked.choices)})" if asked.choices else ""
    return f"- `{asked.name}{default}`{choices}: {asked.means}"


def text() -> str:
    """The page: what stands above the mark, then every view."""
    head = PAGE.read_text("utf-8").partition(MARK)[0]
    return "\n".join([f"{head}{MARK}\n", *map(section, ours())])


if __name__ == "__main__":
    Path(PAGE).write_text(text(), "utf-8")
    sys.stdout.write(f"{PAGE.name} is written\n")

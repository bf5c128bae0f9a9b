"""The tables of docs/clients.md, from a run of every client."""

from __future__ import annotations

import importlib
import pkgutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hudna.form import package as packages
from tests.integration.clients import checks, comparing, readers
from tests.integration.clients.comparing import PLURAL, Result
from tests.integration.clients.given import Check, Client, Given, nasty, shipped

PAGE = packages.home() / "docs" / "clients.md"
BEGIN, END = "<!-- made by tests/integration/clients -->", "<!-- end -->"
FROM = "<!-- from a run by `python -m tests.integration.clients --write` -->"


class Outcome(NamedTuple):
    """What a client makes of the shipped package and of the nasty one."""

    client: Client
    shipped: Result
    nasty: Result


def clients() -> list[Client]:
    """Every client, in the order in which the table shows them."""
    found = [c for m in modules(readers) for c in m.CLIENTS]
    return sorted(found, key=lambda c: (c.name.lower(), c.reads))


def every_check() -> list[Check]:
    """Every program that judges a package."""
    return sorted((c for m in modules(checks) for c in m.CHECKS), key=lambda c: c.name.lower())


def modules(folder: object) -> Iterator[object]:
    """The files of a folder."""
    for found in pkgutil.iter_modules(folder.__path__):
        yield importlib.import_module(f"{folder.__name__}.{found.name}")


def outcome(client: Client, one: Given, other: Given) -> Outcome:
    """Run a client over both packages."""
    results = []
    for given in (one, other):
        given.failed.clear()
        results.append(comparing.compare(given.package, client.read(given)))
        results[-1].examples |= {f"not read: {k}": v for k, v in given.failed.items()}
    return Outcome(client, *results)


def block() -> str:
    """The generated part of the page, by a run of everything."""
    with tempfile.TemporaryDirectory(prefix="hudna-clients-") as folder:
        pair = shipped(Path(folder)), nasty(Path(folder))
        rows = [row(outcome(c, *pair)) for c in clients()]
        judged = [judgement(c, *pair) for c in every_check()]
    return render(rows, judged)


def render(rows: list[list[str]], judged: list[list[str]]) -> str:
    """Both tables as Markdown."""
    head = ["Client", "Reads", "Version", "Tables", "Types right", "What is lost"]
    also = ["Program", "Looks at", "Version", "Shipped package", "Nasty package"]
    return "\n\n".join([f"{BEGIN}\n{FROM}", markdown(head, rows), markdown(also, judged), END])


def row(found: Outcome) -> list[str]:
    """The line of a client."""
    client, one, other = found
    wrong = one.wrong | other.wrong
    right = [k for k in PLURAL if k not in wrong]
    tables = f"{one.tables} of {one.of}"
    for where, unread in (("", one.unread), (" of the nasty one", other.unread)):
        tables += f"; not {', '.join(unread)}{where}" if unread else ""
    return [client.name, client.reads, client.version(), tables,
            "all" if not wrong else ", ".join(right), losses(found)]  # fmt: skip


def losses(found: Outcome) -> str:
    """What is lost, in words."""
    always = sorted(found.shipped.lost)
    only = sorted(set(found.nasty.lost) - set(found.shipped.lost))
    parts = ["; ".join(always), f"of the nasty one: {'; '.join(only)}" if only else ""]
    return "; ".join(p for p in parts if p) or "nothing"


def judgement(check: Check, one: Given, other: Given) -> list[str]:
    """The line of a program that judges."""
    said = ["; ".join(check.problems(g)) or "sound" for g in (one, other)]
    return [check.name, check.looks, check.version(), *said]


def markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in r)} |" for r in lines)


def committed() -> str:
    """The generated part as it stands in the page."""
    text = PAGE.read_text("utf-8")
    return text[text.index(BEGIN) : text.index(END) + len(END)]


def write() -> None:
    """Put a new run into the page."""
    made, text = block(), PAGE.read_text("utf-8")
    PAGE.write_text(text.replace(committed(), made), "utf-8", newline="\n")


def lines() -> dict[tuple[str, str], list[str]]:
    """The lines of both tables as they stand in the page, by their first two cells, less the
    versions, which change by themselves."""
    found = [line.strip("| ").split(" | ") for line in committed().splitlines()
             if line.startswith("| ") and "---" not in line]  # fmt: skip
    found = [[c.replace(chr(92) + "|", "|") for c in one] for one in found]
    return {(one[0], one[1]): one[3:] for one in found if one[2] != "Version"}

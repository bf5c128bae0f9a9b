"""What the page shows, section by section: its question, pictures, views and tables."""

from __future__ import annotations

from typing import Any, NamedTuple


class Section(NamedTuple):
    """One part of the page. pictures, tables: by name. views: by name, with their parameters."""

    name: str
    title: str
    asks: str
    pictures: tuple[str, ...] = ()
    views: tuple[tuple[str, dict[str, str]], ...] = ()
    tables: tuple[str, ...] = ()


def view(name: str, **given: str) -> tuple[str, dict[str, str]]:
    """A view with parameters."""
    return name, given


SECTIONS = (
    Section("overview", "Overview", "What does this package know, and how well?",
            ("attacks",), (view("incident-counts", by="year"),)),
    Section("timeline", "Timeline", "What happened and was said, in the order the dates allow?",
            ("timeline",), (view("timeline"),), ("incidents", "statements")),
    Section("attacks", "Attacks", "How many attacks do the sources support: at least, at most?",
            ("attacks", "escalation"),
            (view("incident-counts", by="month"), view("tally-check"), view("escalation"),
             view("incident-origins")),
            ("incidents",)),
    Section("ceasefire", "Ceasefire", "Was the truce in force, and according to whom?",
            ("ceasefire", "scenarios"),
            (view("ceasefire-status"), view("conditions"), view("forecasts"), view("scenarios")),
            ("ceasefire_statuses", "ceasefires")),
    Section("positions", "Positions", "Who stands where, who condemned what, who kept silent?",
            ("who-condemned-what", "camps"),
            (view("who-condemned-what"), view("positions"), view("camps"), view("silences")),
            ("statements",)),
    Section("network", "Network", "Who is tied to whom, on whose word?",
            ("network",), (view("network"), view("polarization"), view("facades")),
            ("actor_relations", "actors")),
    Section("map", "Map", "Where did it happen, as far as the sources say?",
            ("map",), (), ("places",)),
    Section("sources", "Sources", "What does it all rest on, and what rests on one source alone?",
            ("coverage",),
            (view("single-source"), view("source-mix"), view("provenance"), view("coverage")),
            ("sources",)),
    Section("ledger", "Ledger", "Who contradicts whom, and which is it?",
            (), (view("discrepancies"), view("crosswalk")), ("withdrawn",)),
)  # fmt: skip


def asked(known: set[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The views that the sections show and that there are, by a key of name and parameters."""
    found = [v for s in SECTIONS for v in s.views if v[0] in known]
    return {key(*v): v for v in found}


def key(name: str, given: dict[str, str]) -> str:
    """What a view with its parameters is called on the page."""
    return " ".join([name, *(f"{k}={v}" for k, v in sorted(given.items()))])

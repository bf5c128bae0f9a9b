"""New spellings of actors' names as documents for `hudna add`; a person fills in the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hudna.form import csvfile, jsontext
from hudna.ground.finding import CannotRun
from hudna.meaning.matching import Match, Matcher, spelling

ADDED = {"title", "role", "speaker", "manner"}  # kinds of words that are no part of a name
OPEN = ""  # what only a person can say: the language, the source and the place in it


def documents(
    found: Iterable[Match], matcher: Matcher, decided: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """A document for each actor whose name was met in a spelling that the package does not hold.

    Spellings that differ from a known one in signs and capitals only, or by a title, are none.
    """
    names: dict[str, set[str]] = {}
    for match in found:
        sure = match.verdict == "match"
        if sure and (match.name in decided or is_new(match.name, match.actor_id, matcher)):
            names.setdefault(match.actor_id, set()).add(match.name)
    return {actor: document(actor, sorted(held)) for actor, held in sorted(names.items())}


def is_new(text: str, actor: str, matcher: Matcher) -> bool:
    """Whether a text is another spelling than those that an actor is known by."""
    name = spelling.name(text)
    known = [a.name for a in matcher.index.aliases if a.actor_id == actor]
    words = {w for one in known for w in one.words}
    titles = any(w.kind in ADDED and w not in words for w in name.words)
    return not titles and name.key not in {one.key for one in known}


def document(actor: str, names: list[str]) -> dict[str, Any]:
    """The names as a document that adds them to an actor, with open ends."""
    source = {"field": "name", "source_id": OPEN, "locator": OPEN, "support": "states"}
    return {
        "actor_id": actor,
        "names": [
            {"name": n, "name_type": "alias", "language": OPEN, "citations": [dict(source)]}
            for n in names
        ],
    }


def write(folder: Path, made: Mapping[str, dict[str, Any]]) -> list[Path]:
    """Write each document into a file of its own; raises CannotRun rather than overwrite one."""
    paths = [folder / f"{actor}.json" for actor in made]
    if there := [p for p in paths if p.exists()]:
        raise CannotRun(f"{there[0]} exists already; expected a folder without it")
    for path, value in zip(paths, made.values(), strict=True):
        csvfile.write(path, jsontext.text(value))
    return paths

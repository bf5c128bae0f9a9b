"""What a person decided on names, as a CSV file: name and actor_id, which is empty for nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hudna.form import csvfile
from hudna.ground.finding import CannotRun
from hudna.meaning.matching import Match

HEADER = ["name", "actor_id"]


def read(path: Path, actors: Iterable[str]) -> dict[str, str]:
    """The decisions of a file: name → actor_id, or "" for nobody.

    Raises CannotRun where the file is no such list, decides twice, or names an unknown actor.
    """
    try:
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except OSError as e:
        raise CannotRun(f"{path} cannot be read: {e.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as e:
        raise CannotRun(f"{path} is no CSV file in UTF-8: {e}") from None
    if not rows or rows[0] != HEADER:
        raise CannotRun(f"{path} has not the header {','.join(HEADER)} of decisions")
    known, out = set(actors), {}
    for number, row in enumerate(rows[1:], 2):
        if not row:
            continue
        if len(row) != 2:
            raise CannotRun(f"{path}: record {number} has {len(row)} cells; expected 2")
        name, actor = row
        if actor and actor not in known:
            raise CannotRun(f"{path}: record {number}: {actor!r} is no actor of the package")
        if out.get(name, actor) != actor:
            raise CannotRun(f"{path}: record {number}: {name!r} is decided otherwise before")
        out[name] = actor
    return out


def write(path: Path, decided: Mapping[str, str]) -> None:
    """Write decisions, as a whole or not at all."""
    csvfile.write(path, csvfile.render(HEADER, sorted(decided.items())))


def settled(found: Iterable[Match], decided: Mapping[str, str]) -> Iterator[Match]:
    """The matches, with what a person decided in the place of what was found."""
    for match in found:
        actor = decided.get(match.name)
        if actor is None:
            yield match
        else:
            yield Match(match.name, actor, "match" if actor else "none", 100, "", "")

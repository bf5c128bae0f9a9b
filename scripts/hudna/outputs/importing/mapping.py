"""Mapping files: what a format's columns mean, as YAML, read and checked before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hudna.ground.finding import CannotRun
from hudna.meaning.views import one_of

FOLDER = Path(__file__).parent.parent / "importers"
VALUE = {"column", "text", "is", "first", "join", "with", "codes", "patterns", "otherwise"}
WHEN = {"start", "end", "day", "year", "month", "day_of_month", "precision", "formats", "spread"}
WHERE = {"name", "type", "precision", "latitude", "longitude", "country", "country_code",
         "governorate", "district"}  # fmt: skip
RANGE = {"low", "best", "high"}
ACTOR = {"name", "type", "role", "basis", "certainty", "note", "split", "target", "country"}
KNOWN: dict[str, set[str]] = {
    "": {"name", "title", "about", "tried", "notice", "source", "read", "columns", "key", "kind",
         "when", "where", "incidents", "statements", "ceasefires", "expect"},
    "source": {"title", "author", "publisher", "version", "url", "licence", "language", "access"},
    "read": {"delimiter", "header"},
    "columns": {"optional", "missing"},
    "kind": VALUE | {"scheme", "decide", "from"},
    "when": WHEN,
    "where": WHERE,
    "incidents": {"title", "description", "extent", "events", "killed", "wounded", "means",
                  "status", "actors"},
    "incidents.events": RANGE, "incidents.killed": RANGE, "incidents.wounded": RANGE,
    "incidents.actors": ACTOR,
    "statements": {"summary", "speaker", "addressee", "certainty"},
    "statements.speaker": ACTOR, "statements.addressee": ACTOR,
    "ceasefires": {"group", "title", "class", "side", "written", "scope", "declared", "effective",
                   "ended", "ended_if", "party", "position"},
    "ceasefires.declared": WHEN, "ceasefires.effective": WHEN, "ceasefires.ended": WHEN,
    "ceasefires.party": ACTOR,
    "expect": {"rise", "sum", "total", "year_of", "year"},
}  # fmt: skip


class Mapping(NamedTuple):
    """A mapping that was read. path: its file; data: what it says."""

    path: Path
    data: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.data.get(name)

    def wrong(self, at: str, problem: str) -> CannotRun:
        """What is raised for a fault of the mapping. at: the place in it, with dots."""
        return CannotRun(f"{self.path.name}: {at}: {problem}")


def formats() -> list[str]:
    """The formats that are known by name, in the order of the alphabet."""
    return sorted(p.stem for p in FOLDER.glob("*.yaml"))


def of_format(name: str) -> Mapping:
    """The mapping of a format; CannotRun says which there are."""
    if name not in formats():
        known = [*formats(), "csv"]
        raise CannotRun(f"there is no format {name!r}; expected {one_of(name, known)}")
    return read(FOLDER / f"{name}.yaml")


def read(path: Path) -> Mapping:
    """A mapping file; CannotRun says where it is not what a mapping is."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except OSError as e:
        raise CannotRun(f"{path} cannot be read: {e.strerror}; expected a mapping file") from None
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise CannotRun(f"{path.name} is no YAML: {' '.join(str(e).split())[:200]}") from None
    mapping = Mapping(path, data if isinstance(data, dict) else {})
    if not mapping.data:
        raise CannotRun(f"{path.name} holds no mapping; expected keys such as key, kind, incidents")
    for at in KNOWN:
        check(mapping, at)
    whole(mapping)
    return mapping


def check(mapping: Mapping, at: str) -> None:
    """CannotRun where a part of a mapping has a key that means nothing."""
    part: Any = mapping.data
    for step in filter(None, at.split(".")):
        part = part.get(step) if isinstance(part, dict) else None
    for one in part if isinstance(part, list) else [part]:
        if one is None or (isinstance(one, str) and at not in ("source", "read", "columns")):
            continue
        if not isinstance(one, dict):
            raise mapping.wrong(at or "the file", f"{one!r} is no list of names and values")
        if unknown := sorted(set(map(str, one)) - KNOWN[at]):
            words = one_of(unknown[0], sorted(KNOWN[at]))
            raise mapping.wrong(at or "the file", f"{unknown[0]!r} means nothing; expected {words}")


def whole(mapping: Mapping) -> None:
    """CannotRun where a mapping lacks what every import needs."""
    for needed in ("name", "source", "key"):
        if not mapping[needed]:
            raise mapping.wrong(needed, "it is not said; expected a value")
    if not (mapping["incidents"] or mapping["statements"] or mapping["ceasefires"]):
        raise mapping.wrong("incidents", "nothing is made; expected incidents or ceasefires")
    if not mapping["ceasefires"] and not mapping["kind"]:
        raise mapping.wrong("kind", "it is not said; expected the column with the kind of a row")

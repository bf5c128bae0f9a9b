"""Rows of actors, their names and ties, and of places, that break a rule."""

from __future__ import annotations

from hudna.outputs.invented import people
from hudna.outputs.invented.faults import EARLY, Context, Fault, Planted
from hudna.outputs.invented.lands import PLACES
from hudna.outputs.invented.plan import (
    ARMED,
    MEDIA,
    NAMES,
    OFFICE,
    PERSON,
    TIES,
    UNNAMED,
)  # fmt: skip
from hudna.outputs.invented.words import arabic, word

Row = list[str]


def actor_name(c: Context, n: int, row: Row) -> Planted | None:
    rule = "actors-have-names-of-their-own"
    return c.broken(row, rule, "name", name=people.name(n % 16)) if n >= 16 else None


def actor_named(c: Context, n: int, row: Row) -> Planted | None:
    kind = n % 16
    if kind in people.CLASSES:
        return c.broken(row, "classes-are-not-named", "named", named="true")
    if kind == PERSON:
        return c.broken(row, "persons-are-named-or-not", "named", named="")
    if kind == UNNAMED:
        rule = "unnamed-actors-have-no-identifier"
        return c.broken(row, rule, "wikidata_id", wikidata_id=f"Q9{n:011d}")
    return None


def actor_type(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY:
        return None
    if n % 16 == ARMED:
        rule = "facades-have-a-front"
        return c.broken(row, rule, "actor_type", actor_type="facade-group")
    if n % 16 == MEDIA:
        return c.broken(row, "offices-belong-to-a-body", "actor_id", actor_type="office")
    return None


def actor_uncited(c: Context, n: int, row: Row) -> Planted | None:
    return None if n % 16 == OFFICE else c.doubled(row, [], name=c.get(row, "name") + " II")


def owner(c: Context, row: Row) -> int:
    """The number of the actor whose name a row is."""
    return c.plan.number(c.get(row, "actor_id"))


def name_short(c: Context, n: int, row: Row) -> Planted | None:
    if c.get(row, "name_type") != "abbreviation" or not unfaulted(owner(c, row)):
        return None
    long = "An abbreviation that is longer than any name of an actor"
    return c.broken(row, "abbreviations-are-short", "name", name=long)


def unfaulted(actor: int) -> bool:
    """Whether an actor is of a block in which nothing is planted, so that rules can rest on it."""
    return actor // 16 % 4 == 0


def name_script(c: Context, n: int, row: Row) -> Planted | None:
    if c.get(row, "language") not in ("ar", "fa", "ckb"):
        return None
    return c.broken(row, "names-in-their-script", "name", name=word(n, 3))


def name_twice(c: Context, n: int, row: Row) -> Planted | None:
    if owner(c, row) % 16 == UNNAMED:
        return None
    return c.doubled(row, [(1, "name", "names-unique-per-language")], name_type="alias")


def name_main(c: Context, n: int, row: Row) -> Planted | None:
    if c.get(row, "name_type") != "name" or owner(c, row) % 16 == UNNAMED:
        return None
    other = word(n + 7, 2) if c.get(row, "language") == "en" else arabic(n + 7, 2)
    return c.doubled(row, [(1, "name_type", "one-main-name-per-language")], name=other)


def name_unnamed(c: Context, n: int, row: Row) -> Planted | None:
    actor = owner(c, row)
    if actor % 16 != UNNAMED or not unfaulted(actor) or n < sum(NAMES):
        return None
    return c.broken(row, "unnamed-persons-have-no-names", "name", name_type="alias")


def tie_kind(c: Context, n: int, row: Row) -> Planted | None:
    """A tie of a type that its two ends cannot have."""
    if n < EARLY:
        return None
    changed = {
        5: ("member-of", "members-of-classes-are-actors", "relation_type"),
        6: ("subset-of", "subsets-are-of-classes", "subject_id"),
        7: ("speaks-for", "persons-speak-and-serve", "subject_id"),
        8: ("part-of", "persons-are-no-organs", "subject_id"),
        4: ("holds-office", "persons-hold-offices", "subject_id"),
    }.get(n % TIES)
    return changed and c.broken(row, changed[1], changed[2], relation_type=changed[0])


def tie_self(c: Context, n: int, row: Row) -> Planted | None:
    if n % TIES not in (6, 7, 8):
        return None
    return c.broken(row, "ties-join-two", "object_id", object_id=c.get(row, "subject_id"))


def tie_claim(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY or n % TIES == 1:
        return None
    cells = {"basis": "claimed", "asserted_by": c.id("actors", MEDIA)}
    return c.broken(row, "tie-claims-are-of-oneself", "asserted_by", **cells)


def tie_object(c: Context, n: int, row: Row) -> Planted | None:
    if n % TIES != 8:
        return None
    cells = {"object_table": "issues", "object_id": c.id("issues", 0)}
    return c.broken(row, "ties-point-to-their-kind", "object_table", **cells)


def tie_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "relation_type", "ties-told-once")])


def tie_back(c: Context, n: int, row: Row) -> Planted | None:
    """A tie told again from its other end: twice where it is symmetric, else in a circle."""
    ends = {"subject_id": c.get(row, "object_id"), "object_id": c.get(row, "subject_id")}
    if n % TIES == 9:
        return c.doubled(row, [(1, "relation_type", "symmetric-ties-told-once")], **ends)
    if n % TIES == 1:
        return c.doubled(row, [(0, "object_id", "hierarchies-have-no-cycles")], **ends)
    return None


def place_name(c: Context, n: int, row: Row) -> Planted | None:
    return c.broken(row, "arabic-names-of-places", "name_ar", name_ar=word(n, 2))


def place_point(c: Context, n: int, row: Row) -> Planted | None:
    if n < 16 or not c.get(row, "latitude"):
        return None
    return c.broken(row, "coordinates-come-in-pairs", "longitude", longitude="")


def place_number(c: Context, n: int, row: Row) -> Planted | None:
    if n < 16 or c.get(row, "place_type") != "city":
        return None
    first = str(900_000_009)  # of the first city, in which nothing is planted
    return c.broken(row, "geonames-name-one-place", "geonames_id", geonames_id=first)


def place_whole(c: Context, n: int, row: Row) -> Planted | None:
    """A place of which no other is a part, in another country or in a smaller place."""
    if n < 40 or n % 8 not in (3, 5, 6, 7):
        return None
    cells = {"country": people.COUNTRIES[1], "iso_3166_2": ""}
    if n % 8 == 7 and n % 16 == 7:
        site = c.id("places", 11)
        return c.broken(row, "places-lie-in-larger-ones", "part_of", part_of=site, **cells)
    country = c.id("places", 0)
    return c.broken(row, "parts-lie-in-their-country", "country", part_of=country, **cells)


def place_code(c: Context, n: int, row: Row) -> Planted | None:
    if n < 40:
        return None
    kind, code = PLACES[n % 8][0], c.get(row, "country")[:2] + "-9"
    if kind in ("city", "site"):
        rule = "subdivision-codes-are-of-subdivisions"
        return c.broken(row, rule, "iso_3166_2", iso_3166_2=code)
    if kind == "governorate":
        rule = "subdivisions-begin-with-their-country"
        return c.broken(row, rule, "iso_3166_2", iso_3166_2="ZZ-1")
    return None


def place_uncited(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [], geonames_id="")


FAULTS: dict[str, tuple[Fault, ...]] = {
    "actors": (actor_name, actor_named, actor_type, actor_uncited),
    "actor_names": (name_short, name_script, name_twice, name_main, name_unnamed),
    "actor_relations": (tie_kind, tie_self, tie_claim, tie_object, tie_twice, tie_back),
    "places": (place_name, place_point, place_number, place_whole, place_code, place_uncited),
}

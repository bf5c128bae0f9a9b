"""Rows of statements, sources and citations, and of what belongs to them, that break a rule."""

from __future__ import annotations

from hashlib import sha256

from hudna.outputs.invented import sayings
from hudna.outputs.invented.evidence import CITED_ONLY, PRIVATE, other
from hudna.outputs.invented.faults import EARLY, Context, Fault, Planted
from hudna.outputs.invented.plan import (
    ACTS,
    CATEGORY,
    DAYS,
    MEDIA,
    PROPOSED,
    SLACK,
    STATE,
    UMBRELLA,
)
from hudna.outputs.invented.sayings import FLAT

Row = list[str]


def speaker(c: Context, n: int, row: Row) -> Planted | None:
    """A statement by somebody who cannot have made it, or not so."""
    act = n % ACTS
    if act == 1:
        block = (c.plan.speaker(n, sayings.SPEAKERS) // 16 + 1) % c.plan.blocks
        who = c.id("actors", 16 * block + UMBRELLA)
        return c.broken(row, "acts-share-their-speaker", "speaker_id", speaker_id=who)
    if act not in (2, 3, 8):
        return None
    kind, rule = (
        (PROPOSED, "proposed-bodies-do-not-speak"), (CATEGORY, "speakers-are-no-categories")
    )[n // ACTS % 2]  # fmt: skip
    return c.broken(row, rule, "speaker_id", speaker_id=c.id("actors", kind))


def behalf(c: Context, n: int, row: Row) -> Planted | None:
    own = c.get(row, "speaker_id")
    return c.broken(row, "nobody-speaks-on-its-own-behalf", "on_behalf_of", on_behalf_of=own)


def known_before(c: Context, n: int, row: Row) -> Planted | None:
    if not c.get(row, "date_start"):
        return None
    day = DAYS[SLACK + sayings.day(c.plan, n) - 50]
    return c.broken(row, "reported-after-it-was-said", "date_reported", date_reported=day)


def reading(c: Context, n: int, row: Row) -> Planted | None:
    if n < EARLY or n % ACTS not in (2, 3, 17):
        return None
    cells = {"basis": "assessed", "asserted_by": c.id("actors", MEDIA)}
    return c.broken(row, "readings-stand-with-the-utterance", "part_of", **cells)


def statement_type(c: Context, n: int, row: Row) -> Planted | None:
    """A statement of a type that asks for other targets than it has."""
    if n < EARLY or n % ACTS not in (9, 17, 22):
        return None
    rules = (
        [("forecast", "forecasts-have-an-outcome"),
         ("explain", "explanations-say-what-brought-it-about")]
        if n % ACTS == 17 else
        [("condemn", "judgements-have-an-object"), ("threaten", "threats-say-what"),
         ("assess", "analytic-statements-are-about-something")]
    )  # fmt: skip
    kind, rule = rules[n // ACTS % len(rules)]
    return c.broken(row, rule, "statement_type", statement_type=kind)


def statement_uncited(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, []) if n % ACTS in (0, 9, 10, 17, 22) else None


def target(c: Context, n: int, row: Row) -> Planted | None:
    """A target that its role, or the type of its statement, does not allow."""
    act, i, given = FLAT[n % len(FLAT)]
    actor = {"target_table": "actors", "target_id": c.id("actors", STATE)}
    incident = {"target_table": "incidents", "target_id": c.id("incidents", 0)}
    place = {"target_table": "places", "target_id": c.id("places", 0)}
    rule = field = ""
    cells: dict[str, str] = {}
    if n < 3 * len(FLAT):
        return None
    if given.role == "addressee" and i > 1:
        rule, field, cells = "addressees-are-actors", "target_table", place
        if n // len(FLAT) % 2:
            rule, field, cells = "stance-only-where-one-is-taken", "stance", {"stance": "1"}
    elif given.role == "affected":
        rule, field, cells = "affected-says-good-or-bad", "stance", {"stance": ""}
    elif given.role == "necessary-condition":
        rule, field, cells = "conditions-are-issues", "target_table", actor
    elif given.role == "occasion":
        rule, field, cells = "occasions-are-incidents", "target_table", actor
    elif act == 2:
        rule, field, cells = "deeds-are-condemned", "target_table", actor
    elif act == 5 and i == 1:
        rule, field = "truce-conditions-have-their-topic", "role"
        cells = {"role": "purpose"}
    elif act == 8:
        rule, field, cells = "stance-fits-the-act", "stance", {"stance": "-1"}
    elif act == 18:
        rule, field = "truce-statements-point-to-the-ceasefire", "target_table"
        cells = {"target_id": c.id("incidents", c.plan.state(0))}
    elif act == 23:
        rule, field, cells = "outcomes-are-no-incidents", "target_table", incident
    return c.broken(row, rule, field, **cells) if rule else None


def target_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "target_id", "targets-told-once")])


def targets_joined(c: Context, n: int, row: Row) -> Planted | None:
    """Another target in the role of this one, joined to it in no way or in another."""
    act, i, _ = FLAT[n % len(FLAT)]
    if (act, i) not in ((5, 3), (23, 1)):
        return None
    issue = c.plan.number(c.get(row, "target_id")) + 3
    next_ = c.id("issues", issue % c.plan.counts["issues"])
    if act == 23:
        found = [(0, "connective", "conditions-say-how-they-combine")]
        return c.doubled(row, found, target_id=next_)
    found = [(1, "connective", "one-connective-per-role")]
    return c.doubled(row, found, target_id=next_, connective="any")


def resolution(c: Context, n: int, row: Row) -> Planted | None:
    first = n * ACTS
    if n % 3 == 0:
        day = DAYS[SLACK + sayings.day(c.plan, first + 13) - 20]
        found, outcome = [(0, "as_of", "resolved-after-the-forecast")], ("open", "partly")[n % 2]
        if n % 2:
            found.append((0, "outcome", "settled-once-published"))
        return Planted([c.changed(row, as_of=day, outcome=outcome, incident_id="")], found)
    if n % 3 == 1:
        cells = {"statement_id": c.id("statements", first + 8), "outcome": "open"}
        return c.broken(row, "only-forecasts-are-resolved", "statement_id", **cells)
    cells = {"statement_id": c.id("statements", first + 23), "outcome": "condition-not-met"}
    return c.broken(row, "conditions-not-met-were-put", "outcome", **cells, as_of=DAYS[-1])


def resolution_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "outcome", "one-resolution-a-day")])


def issue_alone(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "issue_id", "issues-are-spoken-of")])


def source_address(c: Context, n: int, row: Row) -> Planted | None:
    if other(n) == PRIVATE:
        if n % 4 == 1:
            return c.broken(row, "private-interviews-have-no-author", "author", author="A person")
        url = "https://example.org/private"
        return c.broken(row, "private-sources-have-no-address", "url", url=url)
    return c.broken(row, "urls-are-https", "url", url="ftp://example.org/plain")


def source_unused(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "source_id", "sources-are-used")])


def beyond_first(c: Context, row: Row) -> bool:
    """Whether a citation is of an incident, and not its first."""
    return c.get(row, "table") == "incidents" and not row[0].endswith("-c1")


def citation_field(c: Context, n: int, row: Row) -> Planted | None:
    return c.broken(row, "citations-name-a-field", "field", field="colour")


def citation_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "locator", "citations-told-once")])


def citation_contradicts(c: Context, n: int, row: Row) -> Planted | None:
    cells = {"support": "contradicts", "value": ""}
    return c.broken(row, "contradictions-say-what", "value", **cells) if n >= EARLY else None


def citation_digest(c: Context, n: int, row: Row) -> Planted | None:
    """A digest without its place, of another sentence, or of the same one in another place."""
    if not c.get(row, "digest"):
        return None
    if n % 3 == 0 or not beyond_first(c, row):
        return c.broken(row, "digests-have-a-locator", "locator", locator="")
    if n % 3 == 1:
        digest = sha256(f"{c.plan.seed} {row[0]}".encode()).hexdigest()
        return c.doubled(row, [(1, "digest", "digests-agree")], field="part_of", digest=digest)
    place = {"locator": f"note {n}"}
    return c.doubled(row, [(1, "locator", "sentences-differ")], field="part_of", **place)


def citation_via(c: Context, n: int, row: Row) -> Planted | None:
    """A source read through a text through which it cannot have been read."""
    if c.get(row, "table") == "sources":
        return None
    source = c.plan.number(c.get(row, "source_id"))
    if other(source) in CITED_ONLY:
        rule = "unread-sources-are-cited-via-another"
        return c.broken(row, rule, "via", via="", digest="")
    if source & 1:
        return None
    if n % 3 == 0:
        return c.broken(row, "via-is-another-source", "via", via=c.get(row, "source_id"))
    if n % 3 == 1:
        # It is undated: nothing can be said of a record that has no other citation but this.
        if not beyond_first(c, row):
            return None
        private = c.id("sources", 1 + 2 * PRIVATE)
        return c.broken(row, "via-was-read", "via", via=private, digest="")
    first, pair = c.id("sources", 0), row[c.at["source_id"]]
    if c.plan.published(source) <= c.plan.published(0) or pair in c.used:
        return None
    # Told once for each pair of texts, so no pair is taken twice.
    c.used.add(pair)
    return c.broken(row, "cited-before-citing", "source_id", via=first, digest="")


def withdrawn_stands(c: Context, n: int, row: Row) -> Planted | None:
    if not (new := c.get(row, "replaced_by")):
        return None
    rules = (("record_id", "withdrawn-ids-do-not-return"), ("replaced_by", "replacements-stand"))
    return Planted([c.changed(row, record_id=new)], [(0, *rule) for rule in rules])


def crosswalk_none(c: Context, n: int, row: Row) -> Planted | None:
    field = "note" if c.get(row, "match") == "none" else "scheme_code"
    return c.broken(row, "crosswalk-says-why-none", field, **{field: ""})


def crosswalk_twice(c: Context, n: int, row: Row) -> Planted | None:
    return c.doubled(row, [(1, "scheme_code", "codes-are-mapped-once")])


FAULTS: dict[str, tuple[Fault, ...]] = {
    "statements": (speaker, behalf, known_before, reading, statement_type, statement_uncited),
    "statement_targets": (target, target_twice, targets_joined),
    "resolutions": (resolution, resolution_twice),
    "issues": (issue_alone,),
    "sources": (source_address, source_unused),
    "citations": (citation_field, citation_twice, citation_contradicts, citation_digest,
                  citation_via),
    "withdrawn": (withdrawn_stands,),
    "crosswalk": (crosswalk_none, crosswalk_twice),
}  # fmt: skip

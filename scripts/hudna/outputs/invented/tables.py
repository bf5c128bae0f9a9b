"""Every invented table by name: the generator of its rows, in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hudna.outputs.invented import evidence, happenings, lands, people, sayings, truces
from hudna.outputs.invented.plan import Plan


def crosswalk(plan: Plan) -> Iterator[list[str]]:
    """One row for each type of incident, in an invented edition of a scheme."""
    source = plan.id("sources")
    for n, code in enumerate(plan.codes["incident_types"]):
        fits = n % 3 != 0
        yield [
            f"{code}-acled", "incident_types", code, "acled", "invented", f"X{n}" if fits else "",
            "related" if fits else "none", source(n % 2 * 2),
            "" if fits else "Nothing was looked up",
        ]  # fmt: skip


ROWS: dict[str, Callable[[Plan], Iterator[list[str]]]] = {
    "actors": people.actors,
    "actor_names": people.actor_names,
    "actor_relations": people.actor_relations,
    "incidents": happenings.incidents,
    "incident_means": happenings.incident_means,
    "incident_actors": happenings.incident_actors,
    "statements": sayings.statements,
    "statement_targets": sayings.statement_targets,
    "resolutions": sayings.resolutions,
    "ceasefires": truces.ceasefires,
    "ceasefire_actors": truces.ceasefire_actors,
    "ceasefire_statuses": truces.ceasefire_statuses,
    "ceasefire_incidents": truces.ceasefire_incidents,
    "sources": evidence.sources,
    "citations": evidence.citations,
    "issues": sayings.issues,
    "places": lands.places,
    "tallies": happenings.tallies,
    "coverage": lands.coverage,
    "distinct_incidents": happenings.distinct_incidents,
    "withdrawn": happenings.withdrawn,
    "crosswalk": crosswalk,
}

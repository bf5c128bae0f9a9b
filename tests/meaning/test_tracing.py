"""From the ids behind a row to the places in the sources."""

from __future__ import annotations

from hudna.form import package as packages
from hudna.meaning import sqlfile, views
from tests.packages import make

TABLES = {
    "incidents": [{"incident_id": "a"}, {"incident_id": "b"}],
    "incident_actors": [{"involvement_id": "a-1", "incident_id": "a", "actor_id": "x"}],
    "sources": [{"source_id": "one"}, {"source_id": "two"}],
    "citations": [
        {"citation_id": "1", "table": "incidents", "record_id": "a", "source_id": "one",
         "locator": "p1s2", "support": "states"},
        {"citation_id": "2", "table": "incidents", "record_id": "a", "source_id": "two",
         "via": "one", "locator": "p3s1", "support": "partial"},
        {"citation_id": "3", "table": "incidents", "record_id": "a", "source_id": "two",
         "support": "contradicts"},
        {"citation_id": "4", "table": "sources", "record_id": "one", "source_id": "one",
         "support": "states"},
    ],
}  # fmt: skip
ALL = "one p1s2; one p3s1 (after two); against: two"


def places(tmp_path, why):
    """The places that a view with this `why` gives."""
    package, _ = packages.read(make(tmp_path, TABLES))
    view = sqlfile.SqlFile("x", "X.", "", (), f"SELECT '{why}' AS why")
    answer = views.run(view, package, trace=True)
    assert list(answer.columns) == ["why", "locators"]
    return answer.rows[0][1]


def test_a_record_has_its_citations(tmp_path):
    assert places(tmp_path, "incidents/a") == ALL


def test_a_record_that_belongs_to_another_has_those_of_that(tmp_path):
    assert places(tmp_path, "incident_actors/a-1") == ALL


def test_each_place_is_told_once(tmp_path):
    assert places(tmp_path, "incident_actors/a-1 incidents/a") == ALL


def test_a_citation_is_its_own_place(tmp_path):
    assert places(tmp_path, "citations/2") == "one p3s1 (after two)"


def test_what_nobody_cites_has_none(tmp_path):
    assert places(tmp_path, "incidents/b sources/one") is None


def test_every_row_of_the_shipped_views_that_names_a_cited_record_has_places():
    package, _ = packages.read(packages.home())
    for name in ("signed-edges", "conditions", "single-source"):
        answer = views.run(views.find(name, package), package, trace=True)
        assert all(row[-1] for row in answer.rows)

"""GraphML: read again by networkx it is the graph that the view tells."""

from __future__ import annotations

import networkx
import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.meaning import views
from hudna.outputs.exports import graphml
from tests.packages import make

HOSTILE = "A <b>&\"'</b> كتائب"
TABLES = {
    "actors": [{"actor_id": "a", "name": HOSTILE, "actor_type": "person"},
               {"actor_id": "b", "name": "B", "actor_type": "armed-group"}],
    "issues": [{"issue_id": "a", "title": "Peace", "kind": "policy"}],
    "actor_relations": [
        {"relation_id": "r", "subject_id": "a", "relation_type": "leads", "object_table": "actors",
         "object_id": "b", "date_precision": "since", "date_start": "2020-10-01",
         "basis": "stated"},
        {"relation_id": "s", "subject_id": "a", "relation_type": "opposes",
         "object_table": "actors", "object_id": "b", "date_precision": "unknown",
         "basis": "assessed"},
        {"relation_id": "t", "subject_id": "a", "relation_type": "seeks", "object_table": "issues",
         "object_id": "a", "date_precision": "unknown", "basis": "stated"},
    ],
}  # fmt: skip


def test_the_graph_is_read_again(tmp_path):
    package, _ = packages.read(make(tmp_path, TABLES))
    path = tmp_path / "network.graphml"
    graphml.write(package, path)
    graph = networkx.read_graphml(path, force_multigraph=True)
    assert dict(graph.nodes(data=True)) == {
        "actors/a": {"name": HOSTILE, "kind": "person", "table": "actors"},
        "actors/b": {"name": "B", "kind": "armed-group", "table": "actors"},
        "issues/a": {"name": "Peace", "kind": "policy", "table": "issues"},
    }
    edges = {d["relation_id"]: (a, b, d) for a, b, d in graph.edges(data=True)}
    assert {k: v[:2] for k, v in edges.items()} == {
        "r": ("actors/a", "actors/b"), "s": ("actors/a", "actors/b"), "t": ("actors/a", "issues/a"),
    }  # fmt: skip
    assert edges["r"][2]["date_start"] == "2020-10-01"
    assert "date_end" not in edges["r"][2]
    assert edges["s"][2]["sign"] == -1


def test_the_shipped_network_is_whole(tmp_path):
    package, _ = packages.read(packages.home())
    path = tmp_path / "network.graphml"
    graphml.write(package, path)
    answer = views.run(views.find("network", package), package)
    assert networkx.read_graphml(path, force_multigraph=True).number_of_edges() == len(answer.rows)
    again = path.read_bytes()
    graphml.write(package, path)
    assert path.read_bytes() == again


def test_an_empty_network_is_an_empty_graph(tmp_path):
    package, _ = packages.read(make(tmp_path))
    graphml.write(package, tmp_path / "x.graphml")
    assert networkx.read_graphml(tmp_path / "x.graphml").number_of_nodes() == 0


def test_a_view_of_no_relations_is_refused(tmp_path):
    package, _ = packages.read(make(tmp_path))
    answer = views.run(views.find("timeline", package), package)
    with pytest.raises(CannotRun, match="no column subject_id; expected one of relations: network"):
        graphml.text(answer)

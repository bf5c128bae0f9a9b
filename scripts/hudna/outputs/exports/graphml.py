"""GraphML: the actors and their relations as a graph for Gephi, Cytoscape, igraph or networkx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hudna.form import csvfile
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning import views
from hudna.meaning.views import Answer

ENDING = ".graphml"
VIEW = "network"
# How a file begins that was written here, and may be replaced by a newer one.
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!-- relations exported by hudna -->'
# The columns of a view that make it a graph, and those that speak of the ends, not of the relation.
ENDS = ("subject_id", "object_id")
NODES = {
    f"{side}{what}" for side in ("subject", "object") for what in ("", "_id", "_type", "_table")
}


def write(package: Package, path: Path) -> None:
    """Write the relations of any time to a file; raises CannotRun where it cannot be written."""
    csvfile.write(path, text(views.run(views.find(VIEW, package), package)))


def text(answer: Answer) -> str:
    """A view of relations as GraphML: a directed graph, several edges between two nodes allowed.

    A node has its name, kind and table, an edge every other column of its row that is not empty.
    Raises CannotRun where the view is none of relations, or the library is missing.
    """
    if lacking := [c for c in ENDS if c not in answer.columns]:
        raise CannotRun(f"the view has no column {lacking[0]}; expected one of relations: {VIEW}")
    try:
        import networkx
    except ModuleNotFoundError:
        words = "GraphML needs networkx; `pip install 'hudna[network]'` brings it"
        raise CannotRun(words) from None
    graph = networkx.MultiDiGraph()
    for row in (dict(zip(answer.columns, r, strict=True)) for r in answer.rows):
        ends = []
        for side in ("subject", "object"):
            table = row.get(f"{side}_table", "actors")
            ends.append(f"{table}/{row[f'{side}_id']}")
            about = {"name": row[side], "kind": row[f"{side}_type"], "table": table}
            graph.add_node(ends[-1], **plain(about))
        graph.add_edge(*ends, **plain({k: v for k, v in row.items() if k not in NODES}))
    lines = networkx.generate_graphml(graph, named_key_ids=True)
    return "\n".join([HEAD, *lines]) + "\n"


def ours(path: Path) -> bool:
    """Whether a file is a graph that was exported before."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(HEAD)) == HEAD.encode()


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values that are there, as GraphML has them: numbers, booleans, texts."""
    kept = {k: v for k, v in values.items() if v is not None}
    return {k: v if isinstance(v, (bool, int, float)) else str(v) for k, v in kept.items()}

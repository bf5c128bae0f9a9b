"""What a query names and a package does not have, told before Spark is asked."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from hudna.engine.spark import dialect

if TYPE_CHECKING:
    from sqlglot import exp


def first(sql: str, known: Container[str]) -> str:
    """The first table that a query reads and that is not known (in lower letters), or ""."""
    from sqlglot import exp

    tree = dialect.parsed(sql)
    steps = {c.alias.lower(): c.this for c in tree.find_all(exp.CTE)}
    return next((n for n in reads(tree, steps) if n.lower() not in known), "")


def reads(node: exp.Expression, steps: dict[str, exp.Expression | None]) -> Iterator[str]:
    """The tables that a query reads, in DuckDB's order: a step where it is first named.

    steps: the queries of the steps that are still to be read, None for the others.
    """
    from sqlglot import exp

    if isinstance(node, exp.Table) and node.name:
        name = node.name.lower()
        if name not in steps:
            yield node.name
        elif (step := steps[name]) is not None:
            steps[name] = None
            yield from reads(step, steps)
        return
    early = [c for c in (node.args.get("from_"), *(node.args.get("joins") or ())) if c]
    for child in (*early, *node.iter_expressions()):
        if not isinstance(child, exp.With):
            yield from reads(child, steps)

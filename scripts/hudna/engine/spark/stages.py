"""A query of many steps cut into stages, since Spark runs a WITH again wherever it is named.

A step that others read twice, each of them twice, would run a dozen times, and plan as often.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

# Up to so many readings of tables a query is cheaper as a whole; a recursion counts for several.
WHOLE, RECURSION = 40, 10
numbers = itertools.count()


def cut(query: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    """The stages of a query, each under the name by which later ones read it; the last has none."""
    query = query.copy()
    with_ = query.args.get("with_")
    if with_ is None or nested(query):
        yield "", query
        return
    steps = {c.alias.lower(): c for c in with_.expressions}
    named = Counter(n for t in [*steps.values(), query] for n in set_of(t, steps))
    if weight(query, steps, set()) <= WHOLE:
        yield "", query
        return
    done: dict[str, str] = {}
    for name, step in steps.items():
        if named[name] > 1 and weight(step, steps, set(done)) > 1:
            stage = f"_stage{next(numbers)}"
            yield stage, ending(step, steps, done)
            done[name] = stage
    yield "", rest(query, steps, done)


def nested(query: exp.Expression) -> bool:
    """Whether a query holds a WITH deeper than at its top: names may then mean two things."""
    from sqlglot import exp

    return len(list(query.find_all(exp.With))) > 1


def reads(tree: exp.Expression) -> list[exp.Table]:
    """The tables that a tree reads, those of its WITH left out."""
    from sqlglot import exp

    own = tree.args.get("with_")
    inside = {id(t) for t in own.find_all(exp.Table)} if own else set()
    return [t for t in tree.find_all(exp.Table) if id(t) not in inside]


def set_of(tree: exp.Expression, steps: dict[str, exp.CTE]) -> list[str]:
    """The steps that a tree reads, as often as it does; itself left out."""
    names = (t.name.lower() for t in reads(tree))
    own = tree.alias.lower() if tree.key == "cte" else ""
    return [n for n in names if n in steps and n != own]


def weight(tree: exp.Expression, steps: dict[str, exp.CTE], done: set[str]) -> int:
    """How many tables are read for a tree, where every step in it runs anew each time."""
    own = tree.alias.lower() if tree.key == "cte" else ""
    out = 0
    for name in (t.name.lower() for t in reads(tree)):
        if name == own:
            out += RECURSION
        else:
            out += weight(steps[name], steps, done) if name in steps and name not in done else 1
    return out


def ending(step: exp.CTE, steps: dict[str, exp.CTE], done: dict[str, str]) -> exp.Expression:
    """A query of one step alone."""
    from sqlglot import exp

    query = exp.select("*").from_(exp.to_table(step.alias, quoted=True))
    return joined(query, needed([step.alias.lower()], steps, done), steps, done)


def rest(query: exp.Expression, steps: dict[str, exp.CTE], done: dict[str, str]) -> exp.Expression:
    """What is left of the query when its stages are done."""
    names = needed(set_of(query, steps), steps, done)
    query.set("with_", None)
    return joined(query, names, steps, done)


def needed(names: list[str], steps: dict[str, exp.CTE], done: dict[str, str]) -> list[str]:
    """The steps to be run for those that are named, in order."""
    out: set[str] = set()
    waiting = [n for n in names if n not in done]
    while waiting:
        name = waiting.pop()
        if name not in out:
            out.add(name)
            waiting += [n for n in set_of(steps[name], steps) if n not in done]
    return [n for n in steps if n in out]


def joined(
    query: exp.Expression, names: list[str], steps: dict[str, exp.CTE], done: dict[str, str]
) -> exp.Expression:
    """A query with the steps that it needs, which reads the stages that are done."""
    from sqlglot import exp

    kept = [steps[n].copy() for n in names]
    if kept:
        recursive = any(c.alias.lower() in [t.name.lower() for t in reads(c)] for c in kept)
        query.set("with_", exp.With(expressions=kept, recursive=recursive))
    for t in list(query.find_all(exp.Table)):
        if stage := done.get(t.name.lower()):
            if not t.alias:
                t.set("alias", exp.TableAlias(this=t.this.copy()))
            t.set("this", exp.to_identifier(stage, quoted=True))
    return query

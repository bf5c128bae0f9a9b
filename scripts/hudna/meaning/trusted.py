"""What a stranger's rule or view may do: one SELECT over the package's tables, and no more.

The engine's own guard (no external access, settings locked) stands behind this one. What cannot
be told from the text is how long a query takes, or how much memory: joins of everything with
everything stay possible.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hudna.engine import relations

if TYPE_CHECKING:
    from sqlglot import exp

# What the parser says of commands that it does not know is told as a reason.
logging.getLogger("sqlglot").addHandler(logging.NullHandler())


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# Functions by the name of their kind in sqlglot; each gives the same on DuckDB and on Spark.
FUNCTIONS = words(
    """
    abs and anyvalue argmax argmin avg case cast ceil coalesce concat concatws contains count
    countif datediff day dayofmonth denserank exists explode extract firstvalue
    floor greatest groupconcat if isnan lag lastvalue lead least left length logicaland logicalor
    lower max median min month nthvalue ntile nullif or rank regexpextract regexplike
    regexpreplace replace right round rownumber sign split splitpart startswith substring sum
    timestamptrunc trim trycast upper year
    """
)
# Whatever else a query is made of.
PARTS = words(
    """
    add alias all between boolean column cte distinct div dpipe eq except filter from
    group gt gte having identifier in intdiv intersect interval is join lateral like ilike limit
    literal lt lte mod mul neg neq not null nullsafeeq nullsafeneq offset order ordered paren
    placeholder qualify select star sub subquery table tablealias tuple union unnest values var
    where window windowspec with
    """
)
TYPES = words("BIGINT BOOLEAN DATE DECIMAL DOUBLE INT TEXT VARCHAR")
# Words that are functions without brackets, and tell of clock or machine.
WORDS = re.compile(
    r"(?i)current_\w+|local(time|timestamp)|(session_|system_)?user|sysdate|today|now"
)
# What two readers of SQL may read in two ways, where it stands in no string, name or comment.
ODD = re.compile(
    r"""\b[eubx]&?'                                   # an escape string
    | /\* | \*/ | \$\w*\$                           # a block comment, a dollar string
    | '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]*      # plain: read alike by all
    """,
    re.VERBOSE | re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]")
PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
STEPS = 100
SERIES = 10_000


def check_sql(sql: str, tables: Iterable[str]) -> list[str]:
    """Why a stranger's query may not run, one reason each; an empty list where it may.

    sql: the text of a rule or view in DuckDB's SQL. tables: names of the package's tables.
    """
    import sqlglot

    if unclear := list(odd(sql)):
        return unclear
    try:
        statements = sqlglot.parse(sql, read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError) as e:
        return [f"it cannot be parsed: {str(e).splitlines()[0]}"]
    if len(statements) != 1 or not isinstance(statements[0], sqlglot.exp.Query):
        return ["it is not one SELECT statement"]
    known = {t.lower() for t in tables} | relations.MAKERS.keys()
    return sorted({reason for node in statements[0].walk() for reason in refused(node, known)})


def odd(sql: str) -> Iterator[str]:
    """What in a text may be read in two ways."""
    if CONTROL.search(sql):
        yield "it holds a control character"
    for m in ODD.finditer(sql):
        if not m[0].startswith(("'", '"', "--")):
            yield f"it holds {m[0]}; expected plain strings and comments"
            return


def refused(node: exp.Expression, known: set[str]) -> Iterator[str]:
    """Why one node of a query may not stand there."""
    from sqlglot import exp

    if isinstance(node, exp.DataType):
        if node.this.name not in TYPES or node.args.get("nested"):
            yield f"it uses the type {node.sql('duckdb')}"
    elif isinstance(node, exp.DataTypeParam):
        return
    elif isinstance(node, exp.GenerateSeries):
        yield from series(node)
    elif isinstance(node, exp.Anonymous):
        yield f"it calls {node.name}, which is not on the list of functions"
    elif isinstance(node, exp.Func) and node.key not in FUNCTIONS and node.key != "unnest":
        yield f"it calls {node.sql_name().lower()}, which is not on the list of functions"
    elif not isinstance(node, exp.Func) and node.key not in PARTS:
        yield f"it uses {node.key}, which is not on the list of what a query may hold"
    elif node.key in SPECIAL:
        yield from SPECIAL[node.key](node, known)


def series(node: exp.Expression) -> Iterator[str]:
    """Why a series is refused: it must be small, and its ends must be seen."""
    from sqlglot import exp

    start, end = number(node.args["start"]), node.args["end"]
    ends = [end.this, *end.expressions] if isinstance(end, exp.Least) else [end]
    seen = [n for e in ends if (n := number(e)) is not None]
    if start is None or not seen or min(seen) - start > SERIES or node.args.get("step"):
        yield f"it makes a series whose ends are not two numbers, {SERIES} apart at most"


def number(node: exp.Expression) -> int | None:
    """The whole number that a node is, or None."""
    text = node.sql().replace(" ", "")
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def table(node: exp.Expression, known: set[str]) -> Iterator[str]:
    """Why a table is refused: only the package's, the generated relations and the query's own."""
    from sqlglot import exp

    if not isinstance(node.this, exp.Identifier):
        yield f"it reads {node.this.sql('duckdb').lower()} as a table"
    elif node.args.get("db") or node.name.lower() not in known | own(node):
        yield f"it reads {'.'.join(p.name for p in node.parts)}, which is no table of the package"


def own(node: exp.Expression | None) -> set[str]:
    """The names of the CTEs that a node can see."""
    names: set[str] = set()
    while node is not None:
        with_ = node.args.get("with_") or node.args.get("with")
        names |= {c.alias.lower() for c in with_.expressions} if with_ else set()
        node = node.parent
    return names


def cte(node: exp.Expression, known: set[str]) -> Iterator[str]:
    """Why a CTE is refused: an odd name, a table's name, or a recursion without a bound."""
    name = node.alias
    if not PLAIN.fullmatch(name.lower()):
        yield f"it names a CTE {name!r}; expected a plain name"
    if name.lower() in known:
        yield f"it names a CTE {name}, like a table"
    recursive = node.parent is not None and node.parent.args.get("recursive")
    if recursive and name.lower() in reads(node.this) and not bounded(node):
        yield f"the recursion of {name} has no column that counts its steps up to {STEPS} at most"


def reads(node: exp.Expression | None) -> list[str]:
    """The names of the tables that a query reads, at any depth."""
    from sqlglot import exp

    return [t.name.lower() for t in node.find_all(exp.Table)] if node else []


def bounded(node: exp.Expression) -> bool:
    """Whether a recursive CTE is `start UNION ALL step`, and the step counts up to a bound."""
    from sqlglot import exp

    union = node.this
    if not isinstance(union, exp.Union) or union.args.get("distinct"):
        return False
    start, step = union.left, union.right
    if not (isinstance(start, exp.Select) and isinstance(step, exp.Select)):
        return False
    if reads(step).count(node.alias.lower()) != 1 or node.alias.lower() in reads(start):
        return False
    columns = node.args["alias"].columns
    names = [c.name for c in columns] if columns else [e.alias_or_name for e in start.expressions]
    counted = {n for n, e in zip(names, step.expressions, strict=False) if counts(e, n)}
    where = step.args.get("where")
    if where is None:
        return False
    all_of = where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    return any(stops(c, counted) for c in all_of)


def counts(node: exp.Expression, name: str) -> bool:
    """Whether a column of a step is itself and a positive number more."""
    from sqlglot import exp

    add = node.unalias()
    if not isinstance(add, exp.Add) or not isinstance(add.this, exp.Column):
        return False
    return add.this.name == name and (number(add.expression) or 0) > 0


def stops(node: exp.Expression, names: set[str]) -> bool:
    """Whether a condition keeps one of the columns below a small number."""
    from sqlglot import exp

    if not isinstance(node, exp.LT | exp.LTE) or not isinstance(node.this, exp.Column):
        return False
    limit = number(node.expression)
    return node.this.name in names and limit is not None and limit <= STEPS


def column(node: exp.Expression, _: set[str]) -> Iterator[str]:
    """Why a column is refused: a word that the engine takes for a function."""
    if not node.this.args.get("quoted") and WORDS.fullmatch(node.name):
        yield f"it asks for {node.name}"


def star(node: exp.Expression, _: set[str]) -> Iterator[str]:
    """Why a star is refused: it leaves out, replaces or renames, which engines do differently."""
    if any(node.args.values()):
        yield f"it uses {node.sql('duckdb')}; expected a plain star"


def placeholder(node: exp.Expression, _: set[str]) -> Iterator[str]:
    """Why a parameter is refused: it has no name."""
    if not node.args.get("this"):
        yield "it uses a parameter without a name"


SPECIAL = {
    "table": table, "cte": cte, "column": column, "star": star, "placeholder": placeholder,
}  # fmt: skip

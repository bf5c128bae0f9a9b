"""One SQL for both engines: a query of DuckDB's dialect as Spark reads it alike."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hudna.engine.spark import re2
from hudna.engine.spark.javaregex import NotPortable, java
from hudna.engine.typed import literal

if TYPE_CHECKING:
    from sqlglot import exp

# Capitals that Java 17 lowers otherwise than DuckDB, or does not know yet, and what DuckDB makes
# of them. Java ends a word with another sigma; DuckDB lowers each letter by itself.
CAPITALS = "\u03a3\u0130\u2c2f\ua7c0\ua7d0\ua7d6\ua7d8" + "".join(
    map(chr, (*range(0x10570, 0x1057B), *range(0x1057C, 0x1058B), *range(0x1058C, 0x10593),
              0x10594, 0x10595))
)  # fmt: skip
SMALL = "\u03c3i\u2c5f\ua7c1\ua7d1\ua7d7\ua7d9" + "".join(chr(ord(c) + 39) for c in CAPITALS[7:])
# What DuckDB's trim takes for a blank; Spark's takes the space alone.
BLANKS = " \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
TYPES = {"INT128": "DECIMAL(38, 0)", "UINT128": "DECIMAL(38, 0)"}
DIGITS = 38


def to_spark(sql: str | exp.Expression, params: Mapping[str, Any] | None = None) -> str:
    """A query of DuckDB's dialect, with its parameters ($name) filled in, for Spark 4.3.

    Raises NotPortable where there is no equal.
    """
    tree = (parsed(sql) if isinstance(sql, str) else sql).copy()
    for change in (functools.partial(given, params or {}), *CHANGES):
        tree = tree.transform(change, copy=False)
    # Every name is quoted, so that none is a word of Spark's; comments are left out.
    return tree.sql(dialect=spark(), identify=True, comments=False)


def tables(sql: str) -> set[str]:
    """The names in a query that may be tables, in lower letters; its own CTEs are among them."""
    from sqlglot import exp

    return {t.name.lower() for t in parsed(sql).find_all(exp.Table)}


@functools.lru_cache(maxsize=512)
def parsed(sql: str) -> exp.Expression:
    """A query as a tree, which is not to be changed; NotPortable where it cannot be read."""
    import sqlglot

    try:
        trees = sqlglot.parse(sql, read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError) as e:
        raise NotPortable(f"the query cannot be read: {str(e).splitlines()[0]}") from None
    if len(trees) != 1 or not isinstance(trees[0], sqlglot.exp.Query):
        raise NotPortable("the text is not one query")
    return trees[0]


@functools.cache
def spark() -> type:
    """Spark's dialect, with QUALIFY, which Spark 4.3 knows and sqlglot takes apart."""
    from sqlglot import exp, transforms
    from sqlglot.dialects.spark import Spark

    class Generator(Spark.Generator):
        TRANSFORMS = {  # noqa: RUF012
            **Spark.Generator.TRANSFORMS,
            exp.Select: transforms.preprocess([transforms.unnest_to_explode]),
        }

    return type("Dialect", (Spark,), {"Generator": Generator})


def given(params: Mapping[str, Any], node: exp.Expression) -> exp.Expression:
    """A parameter as its value."""
    from sqlglot import exp, parse_one

    if not isinstance(node, exp.Placeholder):
        return node
    if node.name not in params:
        raise NotPortable(f"the parameter ${node.name} has no value")
    return parse_one(sql_of(params[node.name]), read="duckdb")


def sql_of(value: Any) -> str:
    """A value, or a list of values, as DuckDB's SQL."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(sql_of, value))}]"
    return "NULL" if value is None else literal(value)


def expression(template: str, *nodes: exp.Expression) -> exp.Expression:
    """An expression of Spark's dialect, with nodes in the places _0, _1, …"""
    from sqlglot import exp, parse_one

    def put(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column) and re.fullmatch(r"_\d", node.name):
            return nodes[int(node.name[1:])].copy()
        return node

    return parse_one(template, read="spark").transform(put)


def constant(node: exp.Expression | None) -> str | None:
    """The text that an expression of literals alone stands for, or None."""
    from sqlglot import exp

    if isinstance(node, exp.Literal) and node.is_string:
        return node.this
    if isinstance(node, exp.Paren):
        return constant(node.this)
    if isinstance(node, exp.Chr):
        return "".join(chr(int(n.name)) for n in node.expressions)
    if isinstance(node, exp.DPipe | exp.Concat):
        parts = node.expressions or [node.this, node.expression]
        texts = [constant(p) for p in parts]
        return None if None in texts else "".join(t for t in texts if t is not None)
    return None


def pattern(node: exp.Expression) -> str:
    """The pattern of a regular expression."""
    text = constant(node)
    if text is None:
        raise NotPortable("a pattern that is no constant text")
    return text


def matching(node: exp.Expression) -> exp.Expression:
    """Whether a text has what a pattern says: by Java where that is sure to end, else by RE2."""
    from sqlglot import exp

    text = pattern(node.expression)
    own, javas = (exp.Literal.string(p) for p in (text, java(text)))
    if re2.never(text):
        return expression(f"{re2.NAME}(_0, _1)", node.this, own)
    if re2.slow(text):
        long = f"LENGTH(_0) > {re2.LONG}"
        short = f"LEFT(_0, {re2.LONG})"
        by_re2 = f"{re2.NAME}(CASE WHEN {long} THEN _0 END, _1)"
        return expression(
            f"CASE WHEN {long} THEN {by_re2} ELSE {short} RLIKE _2 END", node.this, own, javas
        )
    return expression("_0 RLIKE _1", node.this, javas)


def regular(node: exp.Expression) -> exp.Expression:
    """Regular expressions: the pattern, what replaces it, and which group is meant by default."""
    from sqlglot import exp

    if isinstance(node, exp.RegexpLike):
        return matching(node)
    if isinstance(node, exp.RegexpReplace | exp.RegexpExtract):
        text = pattern(node.expression)
        if re2.never(text):
            raise NotPortable(f"the pattern {text!r} may keep Java busy for ever")
        node.set("expression", exp.Literal.string(java(text)))
    if isinstance(node, exp.RegexpReplace):
        if "g" not in (constant(node.args.get("modifiers")) or ""):
            raise NotPortable("regexp_replace without 'g' replaces once; Spark replaces all")
        by = constant(node.args.get("replacement"))
        if by is None:
            raise NotPortable("a replacement that is no constant text")
        # \1 is a group for RE2, $1 for Java.
        by = re.sub(r"\\(\d)|([\\$])", lambda m: f"${m[1]}" if m[1] else f"\\{m[2]}", by)
        node.set("replacement", exp.Literal.string(by))
    if isinstance(node, exp.RegexpExtract) and node.args.get("group") is None:
        node.set("group", exp.Literal.number(0))
    return node


def texts(node: exp.Expression) -> exp.Expression:
    """Functions of texts that the two engines define by different tables."""
    from sqlglot import exp

    if isinstance(node, exp.Lower):
        node.set("this", exp.Anonymous(this="TRANSLATE", expressions=[
            node.this, exp.Literal.string(CAPITALS), exp.Literal.string(SMALL)]))  # fmt: skip
    if isinstance(node, exp.Trim) and node.args.get("expression") is None:
        node.set("expression", exp.Literal.string(BLANKS))
        node.set("position", node.args.get("position") or "BOTH")
    if isinstance(node, exp.Like | exp.ILike) and not isinstance(node.parent, exp.Escape):
        # DuckDB escapes nothing unless told; Spark takes a backslash for an escape.
        text = constant(node.expression)
        if text is None:
            node.set("expression", expression(r"REPLACE(_0, '\\', '\\\\')", node.expression))
        else:
            node.set("expression", exp.Literal.string(text.replace("\\", "\\\\")))
    return node


def numbers(node: exp.Expression) -> exp.Expression:
    """Numbers: what a type is called, which literals are too long, and what is NULL of NULL."""
    from sqlglot import exp

    if isinstance(node, exp.DataType) and node.sql("duckdb") in TYPES:
        return exp.DataType.build(TYPES[node.sql("duckdb")])
    if isinstance(node, exp.Literal) and not node.is_string and digits(node.name) > DIGITS:
        # Such a literal is DOUBLE for DuckDB and an error for Spark.
        return expression(f"CAST('{node.name}' AS DOUBLE)")
    if isinstance(node, exp.Div) and not node.args.get("by_zero"):
        # DuckDB divides by zero, as floating numbers do.
        node.set("by_zero", True)
        inf = "CAST(_0 AS DOUBLE) * CAST('Infinity' AS DOUBLE)"
        return expression(
            f"CASE WHEN _1 = 0 THEN {inf} ELSE _2 END", node.this, node.expression, node
        )
    if isinstance(node, exp.IsNan):
        # Spark says FALSE of NULL.
        return expression("CASE WHEN _0 IS NULL THEN NULL ELSE ISNAN(_0) END", node.this)
    return node


def digits(number: str) -> int:
    """How many digits a number has before its exponent."""
    return len(re.sub(r"\D", "", number.lower().partition("e")[0]))


def series(node: exp.Expression) -> exp.Expression:
    """A series whose end is before its start is empty; Spark would count down."""
    from sqlglot import exp

    if not isinstance(node, exp.GenerateSeries):
        return node
    start, end, step = (node.args.get(k) for k in ("start", "end", "step"))
    if step is not None:
        raise NotPortable("a series with steps")
    return expression("IF(_1 < _0, ARRAY(), SEQUENCE(_0, _1))", start, end)


CHANGES: tuple[Callable[[exp.Expression], exp.Expression], ...] = (regular, texts, numbers, series)

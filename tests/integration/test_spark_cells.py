"""Each cell is judged on Spark as on DuckDB: by its type, its constraints and its pattern."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from hudna.engine import typed
from hudna.engine.spark import javaregex
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.parts import arrow
from hudna.engine.spark.session import Session
from hudna.engine.spark.settings import SMALL
from hudna.engine.typed import SQL_TYPES, Check, literal
from hudna.form import patterns, values
from hudna.form.schema import Field, Table
from tests.meaning.strategies import VALUES

# Beside the texts of the oracle: blanks and ends of lines of every kind, letters and digits of late
# Unicode, and what some regular expression takes for special.
TEXTS = [
    "", "AB", "AB\n", "AB\n\n", "a\rb", "a\x85b", "a\u2028b", "a\x0bb", "\x1c", "a\tb", "a&b", "&",
    "[", "]", "^", "a-b", "a|b", "a~b", "a.b", "_", "a_1", "\u0870", "\ua7d0", "\U00011f50",
    "\u00b2", "\u00bc", "\u0301", "\u0663", "\U0001e4f0", "\u017f", "\u212a", "\u03c2", "aaa",
    "abab", "a{b}", "2020-W01", "http://a.b/c?d=e#f", "x" * 300, "\x7f", "\\", "$", "a$", "#", " ",
    "\u200f",
]  # fmt: skip
BOUNDS = {
    "string": {"enum": ["a", "A", "it's", "a\nb", "\u0663"], "minLength": 2, "maxLength": 3},
    "integer": {"enum": [1, 2, 1000], "minimum": -5, "maximum": 9223372036854775806},
    "number": {"enum": [1.5, 2, 0.1], "minimum": 0.1, "maximum": 1e20},
    "boolean": {"enum": [True]},
    "date": {
        "enum": ["2020-09-01", "0001-01-01"],
        "minimum": "2020-01-01",
        "maximum": "9999-12-30",
    },
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Session("local[2]", more=SMALL) as spark:
        yield Engine(spark, {})


def both(engine: Engine, given: pa.Table, query: str) -> tuple[list[tuple], list[tuple]]:
    """What a query on the table _given says in each engine, with NaN as a text."""
    engine.offer("_given", lambda: engine.spark.createDataFrame(given))
    connection = duckdb.connect()
    connection.register("_given", given)
    answers = connection.execute(query).fetchall(), engine.sql(query)
    return tuple([tuple(map(comparable, row)) for row in rows] for rows in answers)


def comparable(value: Any) -> Any:
    """A value that equals itself."""
    return str(value) if isinstance(value, float) else value


def fields(kind: str) -> Iterator[Field]:
    """A field of a type, with one or the other constraint that it may have."""
    every = {**BOUNDS[kind], **({"pattern": "[A-Z]{2}|a"} if kind == "string" else {})}
    limits = {n: [v] for n, v in every.items()}
    for name, several in VALUES["limits"][kind].items():
        limits[name] = [*limits.get(name, []), *several]
    yield Field("v", kind, "default", {}, {})
    for name, several in {"required": [True], **limits}.items():
        for limit in several:
            yield Field("v", kind, "default", {name: limit}, {})
    if kind == "string":
        yield Field("v", kind, "uri", {}, {})


@pytest.mark.parametrize("kind", SQL_TYPES)
def test_a_text_is_judged_alike(engine: Engine, kind: str) -> None:
    texts = [*VALUES["plain"][kind], *VALUES["awkward"][kind], *TEXTS, None]
    given = column(texts, "VARCHAR")
    table = Table("t", "", "", (), (), (), missing=("", "-"))
    for field, checks in checked(kind, "r"):
        source = typed.text(table, "v")
        # As where a table is loaded: an odd text has the value that Python gives it, or none.
        value = f"CASE WHEN {typed.plain(field, 'r')} THEN {typed.typed(field, 'r')} END"
        query = (
            f"SELECT _row, r, v{judged(checks)} FROM (SELECT _row, r, {value} AS v "
            f"FROM (SELECT _row, {source} AS r FROM _given) AS a) AS b ORDER BY _row"
        )
        for one, other in zip(*both(engine, given, query), strict=True):
            assert one[:3] == other[:3], (field, one)
            for check, a, b in zip(checks, one[3:], other[3:], strict=True):
                if check.rule == "type-error" and a != b:
                    # Only a double's text differs, and Python is asked of it on either engine.
                    assert kind == "number" and values.value(field, one[1]) is not None, one
                else:
                    assert a == b, (field, check, one)


@pytest.mark.parametrize("kind", SQL_TYPES)
def test_a_typed_value_is_judged_alike(engine: Engine, kind: str) -> None:
    given = column(list(typed_values(kind)), SQL_TYPES[kind])
    for field, every in checked(kind, "v"):
        checks = [c for c in every if c.rule != "type-error"]
        masks = "".join(f", {m} AS m{n}" for n, m in enumerate(typed.masks(checks)))
        query = f"SELECT _row{judged(checks)}{masks} FROM _given ORDER BY _row"
        duck, spark = both(engine, given, query)
        assert spark == duck, field


def column(held: list, kind: str) -> pa.Table:
    """A table of one column, v, beside `_row`."""
    return pa.table({"_row": range(len(held)), "v": held}, arrow({"_row": "BIGINT", "v": kind}))


def checked(kind: str, raw: str) -> Iterator[tuple[Field, list[Check]]]:
    """The checks of all fields of a type, by the fields' format."""
    formats: dict[str, tuple[Field, list[Check]]] = {}
    for field in fields(kind):
        formats.setdefault(field.format, (field, []))[1].extend(typed.checks(field, raw, "v"))
    return iter(formats.values())


def judged(checks: list[Check]) -> str:
    """The checks as columns."""
    return "".join(f", {c.broken} AS b{n}" for n, c in enumerate(checks))


def typed_values(kind: str) -> Iterator[Any]:
    """Values of a type, as a column of Parquet may hold them."""
    field = Field("v", kind, "default", {}, {})
    for text in [*VALUES["plain"][kind], *VALUES["awkward"][kind], *TEXTS]:
        value = values.value(field, text)
        if kind == "number" and value is not None and not value.is_snan():
            yield float(value)
        elif kind == "integer" and value is not None and not -(2**63) <= value < 2**63:
            yield 2**63 - 1
        elif kind != "number":
            yield value
    yield None
    if kind == "date":
        yield from (datetime.date.min, datetime.date.max)


def test_a_pattern_is_read_alike(engine: Engine) -> None:
    texts = list(dict.fromkeys([*TEXTS, *VALUES["awkward"]["string"], *VALUES["plain"]["string"]]))
    given = column(texts, "VARCHAR")
    known = [p for p in drawn(400) if patterns.fault(p) == "" and patterns.in_sql(p) is not None]
    assert len(known) > 200
    for start in range(0, len(known), 100):
        some = known[start : start + 100]
        broken = (
            typed.BROKEN["pattern"](None, "v", patterns.in_sql(p)) + f" AS b{n}"
            for n, p in enumerate(some)
        )
        query = f"SELECT _row, {', '.join(broken)} FROM _given ORDER BY _row"
        duck, spark = both(engine, given, query)
        for text, a, b in zip(texts, duck, spark, strict=True):
            different = [p for p, x, y in zip(some, a[1:], b[1:], strict=True) if x != y]
            assert not different, (text, different)


def drawn(number: int) -> Iterator[str]:
    """Patterns drawn at random from what a pattern is made of."""
    dice = random.Random(7)
    atoms = [
        "a", "b", "A", "AB", ".", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "[a-z]", "[^a-z]",
        r"[\d_]", r"[^\w]", "[&a]", "[&&b]", "[a&&b]", "[~^a]", "[a|b]", "[.-]", "[+*?]", "_", "&",
        "#", "-", "~", " ", r"\.", r"\$", r"\\", r"\-", "[A-Z0-9-]", "(a|b)", "(?:ab)", "[^\\s]",
        "\"", "'", "/", "<", "=", "[$a]", "[a^]", "[(){}]", "0",
    ]  # fmt: skip
    tails = ["", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"]
    for _ in range(number):
        pieces = [dice.choice(atoms) + dice.choice(tails) for _ in range(dice.randint(1, 4))]
        yield dice.choice(["", "", "|"]).join(pieces)


RE2 = [
    "^a", "b$", "(^|_)a", "(_|$)", r"\bb\b", r"\Bb", r"\s", r"[\s]", r"[^\s]", r"\S", r"[\S]",
    r"\v", r"[\v]", r"\pL", r"\p{L}", r"\PL", r"[^\p{L}]", r"\p{Nd}", r"\p{Greek}", r"\p{^L}",
    "(?i)k", "(?i)S", "(?s)a.b", "a.b", "(?P<x>a)b", "a{b}", "{", "[[:alpha:]]", "[[:^alpha:]]",
    "[]a]", "[^]a]", "[a&&b]", r"\x41", r"\x{85}", r"[\x{85}]", r"\Aa", r"a\z", r"\Q$\E", "a|b",
    "[\u0621-\u06ff]", "#", " ", r"\d", r"\D", r"\W", r"[\W]", r"\t", "[a\\]]", "[-a]", "[a-]",
    "()", "a??",
]  # fmt: skip


def test_any_pattern_of_a_rule_is_read_alike(engine: Engine) -> None:
    texts = list(dict.fromkeys([*TEXTS, *VALUES["awkward"]["string"]]))
    given = column(texts, "VARCHAR")
    found = (f"regexp_matches(v, {literal(p)}) AS b{n}" for n, p in enumerate(RE2))
    duck, spark = both(engine, given, f"SELECT _row, {', '.join(found)} FROM _given ORDER BY _row")
    for text, a, b in zip(texts, duck, spark, strict=True):
        different = [p for p, x, y in zip(RE2, a[1:], b[1:], strict=True) if x != y]
        assert not different, (text, different)


@pytest.mark.parametrize("pattern", ["(?m)a", "(?U)a", "[a"])
def test_what_has_no_equal_is_refused(pattern: str) -> None:
    with pytest.raises(javaregex.NotPortable):
        javaregex.java(pattern)

"""Parquet: the types of its columns are held against the schema, its values against the rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hudna.engine.typed import literal
from tests.engine import forms
from tests.meaning import strategies

FIELDS = {
    "s": ("string", "VARCHAR", "'x'"),
    "i": ("integer", "BIGINT", "7"),
    "n": ("number", "DOUBLE", "1.5"),
    "b": ("boolean", "BOOLEAN", "true"),
    "d": ("date", "DATE", "DATE '2020-10-10'"),
}


def package(root: Path, select: str, fields: dict[str, str], **more: Any) -> Path:
    """A package of one table t whose Parquet file holds what a query gives.

    fields: types by name. more: by the name of a field, what else is said of it; key: the key.
    """
    named = [{"name": n, "type": t, **more.get(n, {})} for n, t in fields.items()]
    key = {"primaryKey": more["key"]} if "key" in more else {}
    descriptor = strategies.descriptor({"t": {"fields": named, **key}})
    descriptor["resources"][0]["path"] = "data/t.parquet"
    strategies.write(root, {"datapackage.json": strategies.encoded(descriptor)})
    (root / "data").mkdir()
    with duckdb.connect(":memory:") as connection:
        to = literal(str(root / "data/t.parquet"))
        connection.execute(f"COPY ({select}) TO {to} (FORMAT parquet)")
    return root


def told(root: Path) -> list[tuple[str, str, int | None, str]]:
    """Rule, field, record and value of each finding."""
    return [(f.rule, f.field, f.row, f.value) for f in forms.findings(root)[1]]


def test_the_right_types_pass(tmp_path: Path) -> None:
    names = {n: t for n, (t, _, _) in FIELDS.items()}
    select = ", ".join(f"{value}::{kind} AS {n}" for n, (_, kind, value) in FIELDS.items())
    assert told(package(tmp_path, f"SELECT {select} FROM range(3)", names)) == []


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        *(("integer", t) for t in ("TINYINT", "UTINYINT", "SMALLINT", "INTEGER", "UINTEGER")),
        *(("number", t) for t in ("FLOAT", "DECIMAL(9, 3)", "INTEGER", "BIGINT")),
        *((k, "VARCHAR") for k in ("string", "integer", "number", "boolean")),
    ],
)
def test_types_that_fit_pass(kind: str, type_: str, tmp_path: Path) -> None:
    assert told(package(tmp_path, f"SELECT 1::{type_} AS a", {"a": kind})) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1.0::DOUBLE"), ("integer", "1::DECIMAL(9, 2)"), ("integer", "true"),
        ("integer", "DATE '2020-10-10'"), ("date", "TIMESTAMP '2020-10-10 00:00:00'"),
        ("date", "20201010"), ("boolean", "1::TINYINT"), ("number", "true"), ("string", "1"),
        ("string", "DATE '2020-10-10'"), ("string", "[1, 2]"), ("string", "{'a': 1}"),
        ("string", "'ab'::BLOB"), ("number", "TIME '10:00:00'"), ("integer", "INTERVAL 1 DAY"),
    ],
)  # fmt: skip
def test_a_column_of_another_type_is_one_finding(kind: str, value: str, tmp_path: Path) -> None:
    select = f"SELECT {value} AS a, n AS b FROM range(40) AS r(n)"
    (fault,) = forms.findings(package(tmp_path, select, {"a": kind, "b": "integer"}))[0]
    assert (fault.rule, fault.field, fault.file) == ("column-type", "a", "data/t.parquet")
    assert "the column a is of type " in fault.problem and "expected VARCHAR" in fault.problem


def test_columns_missing_renamed_reordered_and_besides(tmp_path: Path) -> None:
    fields = {"a": "string", "b": "integer"}
    for n, (select, rule) in enumerate([
        ("'x' AS a", "missing-label"),
        ("'x' AS a, 1 AS c", "incorrect-label"),
        ("'x' AS A, 1 AS b", "incorrect-label"),
        ("1 AS b, 'x' AS a", "incorrect-label"),
        ("'x' AS a, 1 AS b, 2 AS c", "extra-label"),
    ]):  # fmt: skip
        root = package(tmp_path / str(n), f"SELECT {select}", fields)
        found = [f for f in forms.findings(root)[1] if f.rule != "column-type"]
        assert [(f.rule, f.line) for f in found] == [(rule, None)], found
        assert "the header" in found[0].problem


def test_integers_beyond_64_bits_are_told(tmp_path: Path) -> None:
    many = "SELECT unnest([1::HUGEINT, 9223372036854775807, -9223372036854775808]) AS a"
    assert told(package(tmp_path / "1", many, {"a": "integer"})) in (
        [], [("column-type", "a", None, None)],
    )  # fmt: skip
    more = "SELECT unnest([1, 18446744073709551615]::UBIGINT[]) AS a"
    (fault,) = forms.findings(package(tmp_path / "2", more, {"a": "integer"}))[1]
    assert (fault.rule, fault.row, fault.value) == ("type-error", 2, "18446744073709551615")
    assert "64 bits" in fault.problem


def test_nan_is_a_number_on_no_side_of_a_bound(tmp_path: Path) -> None:
    select = "SELECT unnest(['nan', 'inf', '-inf', '1.5', NULL]::DOUBLE[]) AS a"
    root = package(tmp_path, select, {"a": "number"})
    assert told(root) == [("blank-row", "", 5, None)]
    limits = {"constraints": {"maximum": 9, "unique": True}}
    again = f"{select} UNION ALL SELECT 'nan'"
    root = package(tmp_path / "bound", again, {"a": "number"}, a=limits)
    assert [t for t in told(root) if t[0] == "constraint-error"] == [
        ("constraint-error", "a", 1, "nan"), ("constraint-error", "a", 2, "inf"),
        ("constraint-error", "a", 6, "nan"),
    ]  # fmt: skip


def test_empty_texts_are_missing_as_in_csv(tmp_path: Path) -> None:
    select = "SELECT unnest(['x', '', NULL, ' ']) AS a, unnest(['', '1', '2', 'q']) AS b"
    required = {"constraints": {"required": True}}
    root = package(tmp_path, select, {"a": "string", "b": "integer"}, a=required)
    assert told(root) == [
        ("constraint-error", "a", 2, ""), ("constraint-error", "a", 3, ""),
        ("type-error", "b", 4, "q"),
    ]  # fmt: skip


def test_typed_values_are_held_against_constraints_and_keys(tmp_path: Path) -> None:
    fields = {"i": "integer", "n": "number", "d": "date", "b": "boolean"}
    limits = {
        "i": {"enum": [1, 2]}, "n": {"minimum": 0}, "d": {"maximum": "2020-12-31"},
        "b": {"required": True},
    }  # fmt: skip
    select = (
        "SELECT unnest([1, 3, 1]) AS i, unnest([-1.5, 1, 2]::DECIMAL(5, 2)[]) AS n, "
        "unnest(['2020-01-01', '2021-01-01', '2020-01-02']::DATE[]) AS d, "
        "unnest([true, false, NULL]) AS b"
    )
    said = {name: {"constraints": c} for name, c in limits.items()}
    root = package(tmp_path, select, fields, key=["i"], **said)
    assert sorted(told(root), key=str) == sorted([
        ("constraint-error", "n", 1, "-1.50"), ("constraint-error", "i", 2, "3"),
        ("constraint-error", "d", 2, "2021-01-01"), ("constraint-error", "b", 3, ""),
        ("primary-key", "i", 3, "1"),
    ], key=str)  # fmt: skip


def test_dates_beyond_those_of_python_are_told(tmp_path: Path) -> None:
    select = "SELECT unnest(['2020-01-01', '12020-01-01', 'infinity']::DATE[]) AS a"
    found = told(package(tmp_path, select, {"a": "date"}))
    assert [(rule, row) for rule, _, row, _ in found] == [("type-error", 2), ("type-error", 3)]


def test_decimals_too_large_for_a_double_are_numbers(tmp_path: Path) -> None:
    value = Decimal("1" * 30)
    root = package(tmp_path, f"SELECT {value}::DECIMAL(38, 0) AS a", {"a": "number"})
    assert told(root) == []


HOSTILE = ['a"b', "it's", "$1", "{}", "a\nb", "c0", "r0", "_row", "t", "select", "%s", "a;--", "\\"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet", "large csv", "two files"])
def test_hostile_names_are_names(name: str, form: str, tmp_path: Path) -> None:
    other = "z" if name != "z" else "y"
    fields = [{"name": name, "type": "string", "constraints": {"required": True}},
              {"name": other, "type": "integer"}]  # fmt: skip
    keys = [{"fields": [name], "reference": {"resource": "", "fields": [name]}}]
    schema = {"fields": fields, "primaryKey": [name], "foreignKeys": keys}
    descriptor = strategies.descriptor({"t": schema})
    path = f'data/it\'s $1 {{}} "t" {len(name)}.csv'
    descriptor["resources"][0]["path"] = path
    data = strategies.csvfile.render([name, other], [["x", "1"], ["y", "q"], ["x", "2"]])
    root = strategies.write(
        tmp_path / "it's $1 {}", {"datapackage.json": strategies.encoded(descriptor)}
    )
    strategies.write(root, {path: data.encode()})
    if form == "csv.gz":
        forms.compress(root, ".gz")
    elif form == "parquet":
        assert forms.as_parquet(root)
    elif form == "two files":
        forms.split(root, 2)
    found = forms.findings(root, forms.LARGE if form == "large csv" else forms.SMALL)[1]
    if any(f.rule == "descriptor" for f in found):
        assert len(found) == 1 and "name" in found[0].problem
        return
    assert [(f.rule, f.field, f.row) for f in found] == [
        ("type-error", other, 2), ("primary-key", name, 3),
    ]  # fmt: skip

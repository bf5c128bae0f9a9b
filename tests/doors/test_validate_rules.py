"""`hudna validate` and rules: those that crash, that lack something, that a stranger wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.doors.test_validate import SMALL, make, rule, validate


def test_a_rule_that_crashes_is_told_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crash = """SELECT 'towns' AS "table", _row, 'name' AS field, name AS problem
FROM towns WHERE CAST(name AS BIGINT) > 1"""
    rules = {"crashes": rule(crash), "small": rule(SMALL.format(10))}
    assert validate(make(tmp_path, rules), "--trust", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["rule"], f["file"], f["line"]) for f in found] == [
        ("small", "data/towns.csv", 6),
        ("rule-crashed", "schemas/rules/crashes.sql", None),
    ]
    assert found[1]["problem"].startswith("rule crashes: Could not convert string")


@pytest.mark.parametrize(
    "result",
    [
        "'towns', 99, 'name', 'p'",
        "'nowhere', 1, 'name', 'p'",
        "'towns', -1, 'name', 'p'",
        "'towns', 'x', 'name', 'p'",
        "'towns', 1, 5, 'p'",
        "5, NULL, 'name', 'p'",
    ],
)
def test_a_rule_whose_result_is_no_finding_is_told(
    result: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = dict(zip(('"table"', "_row", "field", "problem"), result.split(", "), strict=True))
    body = "SELECT " + ", ".join(f"{v} AS {k}" for k, v in cells.items())
    assert validate(make(tmp_path, {"odd": rule(body)}), "--trust", "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found["rule"] in ("odd", "rule-crashed") and found["line"] is None


def test_a_problem_that_an_emptied_cell_made_null_is_told_by_the_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "SELECT 'towns' AS \"table\", 1 AS _row, 'name' AS field, NULL AS problem"
    root = make(tmp_path, {"odd": rule(body)})
    assert validate(root, "--trust", "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    sentence = (root / "schemas/rules/odd.sql").read_text("utf-8").splitlines()[0]
    assert (found["rule"], found["line"], f"-- {found['problem']}") == ("odd", 2, sentence)


def test_a_rule_of_other_columns_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, {"odd": rule("SELECT town_id FROM towns")})
    assert validate(root, "--trust") == 1
    assert "rule odd: it returns town_id; expected table, _row, field" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "SELECT 1", "-- A rule.\n-- severity: grave\nSELECT 1"])
def test_a_rule_file_that_is_none_is_told(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, {"odd": text})
    assert validate(root) == 0
    capsys.readouterr()
    assert validate(root, "--trust") == 1
    assert "schemas/rules/odd.sql: rule odd:" in capsys.readouterr().out


def test_a_rule_whose_table_the_package_lacks_is_not_applied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, {"far": rule(SMALL.format(1).replace("FROM towns", "FROM moons"))})
    assert validate(root, "--trust") == 0
    out = capsys.readouterr().out
    assert "rule far was not applied: it reads moons, which is no table of the package" in out
    assert re.search(r"\n\d+ rules ask for tables or columns that the package does not have", out)


def test_a_rule_whose_column_the_package_lacks_is_not_applied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, {"far": rule(SMALL.format(1).replace("people <", "moons <"))})
    assert validate(root, "--trust", "--format", "json") == 0
    reasons = {r["rule"]: r["reason"] for r in json.loads(capsys.readouterr().out)["not_applied"]}
    assert reasons["far"] == "the package has no column moons where the rule asks for it"


def test_a_strangers_rule_runs_only_with_trust(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, {"small": rule(SMALL.format(10))})
    assert validate(root) == 0
    assert "rule small was not applied: lies in the package; hudna runs it only with --trust" in (
        capsys.readouterr().out
    )
    assert validate(root, "--trust") == 1
    assert "towns.csv:6 delta: it is small [small]" in capsys.readouterr().out


def test_a_strangers_rule_that_reads_files_never_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = SMALL.format(10).replace("FROM towns", "FROM read_csv('/etc/passwd')")
    root = make(tmp_path, {"spy": rule(body)})
    assert validate(root, "--trust") == 0
    assert "rule spy was not applied: it " in capsys.readouterr().out


def test_a_rule_says_nothing_of_a_cell_that_is_known_to_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = SMALL.format(10).replace("people < 10", "people IS NULL")
    text = [[",7,", ",many,"]]
    root = make(tmp_path, {"told": rule(body)}, edit={"data/towns.csv": text})
    assert validate(root, "--trust", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["rule"], f["record"]) for f in found] == [("told", "cliff"), ("type-error", "delta")]

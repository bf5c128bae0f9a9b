"""`hudna validate`: its three forms, its exit codes, rules that crash, rules of a stranger."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hudna.doors import cli
from hudna.form import package
from tests.meaning import bad_input

LONG = 30


def validate(root: Path, *options: str) -> int:
    return cli.main(["validate", str(root), *options])


def make(tmp_path: Path, rules: dict[str, str] | None = None, **given: object) -> Path:
    """The sound package of the cases, with what is done to it and rules of its own."""
    files = {f"schemas/rules/{name}.sql": text for name, text in (rules or {}).items()}
    return bad_input.Case("", "", {"files": files, **given}).write(tmp_path)


def many(tmp_path: Path) -> Path:
    """A package in which thirty towns have a code too many, one of them a hostile name."""
    rows = "".join(f"t{'a' * (n + 1)},T,,,,,tower,,,\n" for n in range(LONG))
    text = (bad_input.SOUND / "data/towns.csv").read_text("utf-8")
    return make(tmp_path, files={"data/towns.csv": text + rows})


def rule(body: str, sentence: str = "A rule of the house.", severity: str = "error") -> str:
    return f"-- {sentence}\n-- severity: {severity}\n{body}\n"


SMALL = """SELECT 'towns' AS "table", _row, 'people' AS field, 'it is small' AS problem
FROM towns WHERE people < {}"""


def test_text_tells_place_record_problem_and_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path, edit={"data/towns.csv": [[",7,", ",-7,"]]})
    monkeypatch.chdir(root)
    assert validate(root) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    wanted = "people is '-7'; expected at least 0"
    assert first == f"data/towns.csv:6 delta: {wanted} [constraint-error]"
    assert re.fullmatch(
        r"not valid: 1 error, 0 warnings; 9 records in 3 tables, \d+ rules, [\d.]+ s", last
    )


def test_text_shows_at_most_the_limit_of_each_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = many(tmp_path)
    assert validate(root, "--limit", "2") == 1
    out = capsys.readouterr().out
    assert out.count("[constraint-error]") == 2
    assert f"{LONG - 2} more findings of constraint-error are not shown (--limit 2)" in out
    assert f"not valid: {LONG} errors" in out
    assert validate(root, "--limit", "0", "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["findings"], told["counts"]["constraint-error"]) == ([], LONG)


def test_seconds_tells_the_time_of_each_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validate(make(tmp_path), "--seconds") == 0
    line = capsys.readouterr().out.splitlines()[-2]
    parts = [p.split()[0] for p in line.split(", ")]
    assert parts == ["descriptor", "load", "shape", "keys", "rules", "documents", "form"]


def test_json_holds_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(tmp_path, edit={"data/towns.csv": [["قلب", ""]]})
    assert validate(root, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["valid"], told["errors"], told["warnings"]) == (False, 1, 0)
    assert told["records"] == {"towns": 4, "visits": 2, "legs": 3}
    assert told["findings"] == [
        {
            "rule": "constraint-error", "problem": "name is empty; expected a value",
            "severity": "error", "table": "towns", "record": "delta", "field": "name", "value": "",
            "file": "data/towns.csv", "line": 6, "row": 4,
        }
    ]  # fmt: skip
    assert {"rule": "counts-in-order", "reason": "the package has no table tallies"} in told[
        "not_applied"
    ]


def test_github_annotates_ten_and_sums_up_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, summary = many(tmp_path), tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.chdir(root)
    assert validate(root, "--format", "github") == 1
    out = capsys.readouterr().out.splitlines()
    assert len([line for line in out if line.startswith("::error ")]) == 10
    assert out[0].startswith("::error file=data/towns.csv,line=7,title=constraint-error::ta: kind")
    told = summary.read_text("utf-8").splitlines()
    assert told[0] == "before" and told[1].startswith(f"### hudna: not valid: {LONG} errors")
    assert len([line for line in told if line.startswith("| data/towns.csv |")]) == LONG


def test_github_tells_errors_and_warnings_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    rows = "".join(f"t{'a' * (n + 1)},T,5,,,,tower,,,\n" for n in range(LONG))
    text = (bad_input.SOUND / "data/towns.csv").read_text("utf-8")
    own = {"schemas/rules/small.sql": rule(SMALL.format(10), severity="warning")}
    root = make(tmp_path, files={"data/towns.csv": text + rows, **own})
    assert validate(root, "--format", "github", "--trust") == 1
    out = capsys.readouterr().out.splitlines()
    kinds = [line.split()[0] for line in out if line.startswith("::")]
    assert (kinds.count("::error"), kinds.count("::warning")) == (10, 10)


HOSTILE = '"a|b\n::error::x, 100% `<b>`[l](u)&amp; @all #1 \\"'


def test_github_keeps_hostile_values_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path, edit={"data/towns.csv": [["delta,", f"{HOSTILE},"]]})
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert validate(root, "--format", "github") == 1
    out = capsys.readouterr().out.splitlines()
    assert [line for line in out if line.startswith("::")] == out[:1]
    assert "::a|b%0A::error::x, 100%25 `<b>`" in out[0]
    row = summary.read_text("utf-8").splitlines()[-1]
    assert row.count("|") == 6
    assert not re.search(r"[`<>*@\[]|(?<!&)#", row)
    assert "&#124;" in row and "&#38;amp;" in row


def test_annotations_encode_what_ends_a_property() -> None:
    from hudna.doors import reports
    from hudna.ground.finding import Finding

    told = reports.annotation(Path.cwd(), Finding("r", "p", file="a,b:c%.csv", line=3))
    assert told == "::error file=a%2Cb%3Ac%25.csv,line=3,title=r::p"


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


@pytest.mark.parametrize("severity, code", [("warning", 0), ("error", 1)])
def test_warnings_leave_a_package_valid(severity: str, code: int, tmp_path: Path) -> None:
    root = make(tmp_path, {"small": rule(SMALL.format(10), severity=severity)})
    assert validate(root, "--trust") == code


@pytest.mark.parametrize(
    "path, says",
    [
        ("nowhere", "does not exist; expected a folder with datapackage.json"),
        (".", "has no datapackage.json; expected a data package there"),
        ("nowhere/datapackage.json", "does not exist"),
    ],
)
def test_what_cannot_be_checked_is_2(
    path: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validate(tmp_path / path) == 2
    out, err = capsys.readouterr()
    assert out == "" and says in err and err.startswith("hudna validate: ")


@pytest.mark.parametrize("options", [["--limit", "-1"], ["--limit", "x"], ["--format", "xml"]])
def test_options_that_are_none_are_2(options: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        validate(tmp_path, *options)
    assert stopped.value.code == 2


def test_a_package_is_found_by_its_descriptor_or_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path, edit={"data/towns.csv": [[",7,", ",-7,"]]})
    assert validate(root / "datapackage.json") == 1
    monkeypatch.chdir(root)
    assert cli.main(["validate"]) == 1
    assert capsys.readouterr().out.count("data/towns.csv:6 delta") == 2


def test_the_script_of_a_checkout_does_the_same(tmp_path: Path) -> None:
    root = make(tmp_path, edit={"data/towns.csv": [[",7,", ",-7,"]]})
    script = package.home() / "scripts" / "validate.py"
    done = [
        subprocess.run(
            [sys.executable, *door, str(root), "--format", "json"],
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(script.parent), "PATH": "", "PYTHONUTF8": "1"},
        )
        for door in ([str(script)], ["-m", "hudna", "validate"])
    ]
    told = [{**json.loads(d.stdout), "seconds": {}} for d in done]
    assert told[0] == told[1] and [d.returncode for d in done] == [1, 1]

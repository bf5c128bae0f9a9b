"""`hudna validate`: its three forms, its limits and its exit codes."""

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


PARTS = ["descriptor", "load", "shape", "keys", "rules", "findings", "documents", "form"]


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
    assert parts == PARTS


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

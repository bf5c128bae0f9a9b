"""Bad input gets one finding for one fault, on its physical line, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hudna.doors import cli
from tests.meaning import bad_input

CASES = bad_input.cases()


def test_the_package_is_sound_before_anything_is_done_to_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["validate", str(bad_input.SOUND)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("case", CASES, ids=str)
def test_one_finding_for_one_fault(
    case: bad_input.Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = case.write(tmp_path)
    code = cli.main(["validate", str(root), "--format", "json"])
    out, err = capsys.readouterr()
    if "cannot" in case.given:
        assert (code, out) == (2, ""), err
        assert err.startswith("hudna validate: ") and err.count("\n") == 1
        assert case.given["cannot"] in err
        return
    found = json.loads(out)["findings"]
    assert err == ""
    assert len(found) == len(case.finds), shown(found)
    for want, got in zip(case.finds, found, strict=True):
        assert {**want} == {k: part(k, want, got) for k in want}, shown(found)
    errors = any(f["severity"] == "error" for f in found)
    assert code == (1 if errors else 0)


def part(key: str, want: dict[str, Any], got: dict[str, Any]) -> Any:
    """What a finding has where a case asks for something."""
    if key == "says":
        return want["says"] if want["says"] in got["problem"] else got["problem"]
    return got[key]


def shown(found: list[dict[str, Any]]) -> str:
    """Findings as the message of a failing test shows them."""
    return "\n".join(
        f"{f['file']}:{f['line']} {f['record']} {f['field']} {f['problem']} [{f['rule']}]"
        for f in found
    )

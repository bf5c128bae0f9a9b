"""`hudna import`: the list, the notice, the words at the end, and every command of its page."""

from __future__ import annotations

import re
import shlex

import pytest

from hudna.form import package
from hudna.outputs.importing import mapping

HOME = package.home()
CASES = HOME / "tests/cases/imports"
PAGE = (HOME / "docs/importing.md").read_text("utf-8")


def test_without_arguments_the_formats_are_listed(hudna):
    code, out, _ = hudna("import")
    assert code == 0
    assert all(f"{name}\n" in out for name in [*mapping.formats(), "csv"])
    assert out.count("not tried on a real file") == 4


def test_an_unknown_format_is_told(hudna, tmp_path):
    file = CASES / "csv/rows.csv"
    code, _, err = hudna("import", "ucdp", file, "-o", tmp_path / "p")
    assert code == 2
    assert "ucdp-ged" in err


def test_the_terms_of_acled_are_told_first(hudna, tmp_path):
    file = CASES / "acled/rows.csv"
    code, _, err = hudna("import", "acled", file, "-o", tmp_path / "p")
    assert code == 0
    assert "terms of use" in err
    assert "terms of use" in (tmp_path / "p/report/report.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["csv", "rows.csv", "-o", "p"], "--mapping"),
        (["ucdp-ged", "rows.csv"], "-o PACKAGE"),
        (["ucdp-ged"], "FORMAT FILE"),
        (["ucdp-ged", "nowhere.csv", "-o", "p"], "does not exist"),
        (["csv", "nowhere.csv", "--guess"], "does not exist"),
    ],
)
def test_what_is_lacking_is_told(hudna, argv, told):
    code, _, err = hudna("import", *argv)
    assert code == 2
    assert told in err


def commands() -> list[str]:
    """The commands of the page."""
    blocks = re.findall(r"^```\n(.*?)^```", PAGE, re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("hudna ")]


def test_every_command_of_the_page_runs(hudna, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").symlink_to(HOME / "tests")
    assert len(commands()) >= 4
    for line in commands():
        code, out, err = hudna(*shlex.split(line)[1:])
        # The file has faults of its own, and validate tells them.
        assert code == (1 if "validate" in line else 0), err
        assert out


def test_the_mapping_on_the_page_is_one(tmp_path):
    (block,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
    file = tmp_path / "mine.yaml"
    file.write_text(block, "utf-8")
    assert mapping.read(file)["name"] == "mine"
    assert all(f"| {name} |" in PAGE for name in mapping.formats())


def test_the_page_says_what_was_tried():
    for name in mapping.formats():
        line = next(one for one in PAGE.splitlines() if one.startswith(f"| {name} |"))
        tried = mapping.of_format(name)["tried"]
        assert ("not tried on the real file" in line) == tried.startswith("not tried")


def test_nothing_of_acled_is_in_a_case():
    """The rows are invented: a land that is not, a year to come, ids of that land."""
    rows = (CASES / "acled/rows.csv").read_text("utf-8").splitlines()[1:]
    assert rows and all(r.startswith("NRD") and "Nordland" in r and "2031" in r for r in rows)

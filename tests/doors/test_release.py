"""`hudna release`: what it refuses, what it replaces, and what the notes say."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from hudna.doors.cli import main
from hudna.outputs import generation


@pytest.fixture
def release(hudna):
    """Run the command; gives exit code, stdout, stderr."""
    return lambda *argv: hudna("release", *argv)


@pytest.fixture
def folder(tmp_path):
    """A small package without faults."""
    generation.generate(tmp_path / "package", 1400, 0, 1)
    path = tmp_path / "package/datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": "0.1.0"}))
    return tmp_path / "package"


def test_any_package_can_be_released_twice_into_one_folder(release, folder, tmp_path):
    (folder / "CHANGELOG.md").write_text(
        "# Log\n\n## 0.1.0 (2026-01-01)\n\nThe first.\n\n## Old\n\nNo.\n"
    )
    code, out, _ = release(folder, "-o", tmp_path / "dist")
    assert code == 0
    names = {p.name for p in (tmp_path / "dist").iterdir()}
    assert {
        "hudna-invented-0.1.0.zip",
        "hudna-invented-0.1.0.db",
        "notes.md",
        "SHA256SUMS",
    } <= names
    assert all(n in out for n in names)
    notes = (tmp_path / "dist/notes.md").read_text()
    assert "\nThe first.\n" in notes
    assert "No." not in notes
    before = {p.name: p.read_bytes() for p in (tmp_path / "dist").iterdir()}
    assert release(folder, "-o", tmp_path / "dist")[0] == 0
    assert before == {p.name: p.read_bytes() for p in (tmp_path / "dist").iterdir()}


def test_what_is_no_release_is_left_alone(release, folder, tmp_path):
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/mine.txt").write_text("mine")
    code, _, err = release(folder, "-o", tmp_path / "dist")
    assert code == 2
    assert "holds mine.txt, which is of no release" in err
    assert (tmp_path / "dist/mine.txt").read_text() == "mine"


def test_a_tag_that_is_not_the_version_is_refused(release, folder, tmp_path):
    code, _, err = release(folder, "-o", tmp_path / "dist", "--tag", "v9.9.9")
    assert (code, "the tag is v9.9.9; expected v0.1.0" in err) == (2, True)
    (folder / "CHANGELOG.md").write_text("## Unreleased\n\nMuch.\n")
    code, _, err = release(folder, "-o", tmp_path / "dist", "--tag", "v0.1.0")
    assert (code, "has no heading '## 0.1.0'" in err) == (2, True)
    assert not (tmp_path / "dist").exists()


def test_a_package_with_faults_is_refused(release, folder, tmp_path):
    (folder / "data/actors.csv").write_text("nonsense\n1\n")
    code, _, err = release(folder, "-o", tmp_path / "dist")
    assert code == 2
    assert "errors; `hudna validate` tells which" in err
    assert not (tmp_path / "dist").exists()


def test_the_version_before_is_held_against_it(release, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "old")
    cut = tmp_path / "old/data/actors.csv"
    cut.write_text("".join(cut.read_text().splitlines(keepends=True)[:-1]))
    code, _, err = release(folder, "-o", tmp_path / "dist", "--since", tmp_path / "old")
    assert (code, "ask for the step minor, but the version stays" in err) == (2, True)
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": "0.2.0"}))
    assert release(folder, "-o", tmp_path / "dist", "--since", tmp_path / "old")[0] == 0
    notes = (tmp_path / "dist/notes.md").read_text()
    assert "hudna-invented 0.1.0 -> hudna-invented 0.2.0\n" in notes
    assert re.search(r"\nactors +1 +0 +0 +0 ", notes)


def test_a_workspace_is_not_released(release, folder, tmp_path):
    assert main(["workspace", str(tmp_path / "mine"), "--on", str(folder)]) == 0
    code, _, err = release(tmp_path / "mine", "-o", tmp_path / "dist")
    assert (code, "private rows are not released" in err) == (2, True)
    assert not (tmp_path / "dist").exists()

"""hudna build: writes all that is generated, or tells what is stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from hudna.doors.cli import main
from hudna.outputs import blocks
from tests import packages

ACTORS = [{"actor_id": "a", "name": "A", "actor_type": "person"}]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return packages.make(tmp_path, {"actors": ACTORS}, documents=True)


def test_what_is_stale_is_told_then_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "data/documents/actors.json"
    path.write_text("[]\n", "utf-8")
    assert main(["build", "--check", str(root)]) == 1
    assert "actors.json:1: " in capsys.readouterr().out
    assert path.read_text("utf-8") == "[]\n"
    assert not (root / "build").exists()
    assert main(["build", str(root)]) == 0
    assert "actors.json" in capsys.readouterr().out
    assert main(["build", "--check", str(root)]) == 0


def test_every_view_is_written(root: Path) -> None:
    assert main(["build", str(root)]) == 0
    views = sorted(p.stem for p in blocks.VIEWS.glob("*.sql"))
    assert sorted(p.stem for p in (root / "build/views").glob("*.csv")) == views


def test_a_part_that_others_make_is_told_but_no_fault(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "README.md").write_text("<!-- generated: agreement -->\n<!-- end -->\n", "utf-8")
    assert main(["build", str(root)]) == 0
    assert "'agreement'" in capsys.readouterr().err


def test_a_file_left_over_is_told_and_not_deleted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = root / "schemas/documents/old.schema.json"
    left.write_text("{}", "utf-8")
    assert main(["build", str(root)]) == 1
    assert "leftover-file" in capsys.readouterr().out
    assert left.exists()


def test_documents_of_faulty_tables_are_not_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "data/documents/actors.json"
    before = path.read_bytes()
    (root / "data/actors.csv").write_text("wrong\n", "utf-8")
    assert main(["build", str(root)]) == 1
    assert "cannot be made" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_a_broken_descriptor_cannot_be_built(root: Path) -> None:
    (root / "datapackage.json").write_text("{", "utf-8")
    assert main(["build", str(root)]) == 2

"""`hudna export`: the list, the file, what it replaces and what it leaves alone."""

from __future__ import annotations

import pytest

from hudna.outputs import exporting
from tests.packages import make


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return make(tmp_path, {"actors": [{"actor_id": "kh", "name": "KH", "actor_type": "person"}]})


def test_without_a_name_the_formats_are_listed(hudna):
    code, out, _ = hudna("export")
    assert code == 0
    assert "sqlite" in exporting.names()
    for name in exporting.names():
        assert f"{name}\n  {exporting.sentence(name)}\n" in out


@pytest.mark.parametrize("name", exporting.names())
def test_a_format_says_what_it_is_and_can_be_written(hudna, folder, tmp_path, name):
    assert exporting.sentence(name).endswith(".")
    code, out, err = hudna("export", name, folder)
    assert (code, err) == (0, "")
    path = tmp_path / out.strip()
    assert path.exists()
    assert path.name == f"hudna{exporting.module(name).ENDING}"
    assert {p.name for p in tmp_path.iterdir()} == {"package", path.name}
    assert hudna("export", name, folder)[0] == 0, "an older export is replaced"


def test_an_unknown_format_is_told(hudna, folder):
    code, _, err = hudna("export", "sqlit", folder)
    assert code == 2
    assert "nearest: sqlite" in err


def test_a_file_that_is_no_export_stays_unless_forced(hudna, folder, tmp_path):
    mine = tmp_path / "mine.db"
    mine.write_text("mine")
    code, _, err = hudna("export", "sqlite", folder, "-o", mine)
    assert code == 2
    assert "--force" in err
    assert mine.read_text() == "mine"
    assert hudna("export", "sqlite", folder, "-o", mine, "--force")[0] == 0
    assert mine.read_bytes().startswith(b"SQLite format 3")


def test_a_folder_is_never_replaced(hudna, folder, tmp_path):
    (tmp_path / "kept").mkdir()
    code, _, err = hudna("export", "sqlite", folder, "-o", tmp_path / "kept", "--force")
    assert code == 2
    assert "is a folder" in err
    assert hudna("export", "sqlite", folder, "-o", tmp_path / "no/such.db")[0] == 2


def test_nothing_is_left_of_what_fails(hudna, folder, tmp_path, monkeypatch):
    old = tmp_path / "old.db"
    assert hudna("export", "sqlite", folder, "-o", old)[0] == 0
    before = old.read_bytes()
    (folder / "data/places.csv").write_text("wrong\n1\n", "utf-8")
    assert hudna("export", "sqlite", folder, "-o", old)[0] == 2
    assert old.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"package", "old.db"}

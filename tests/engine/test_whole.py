"""Commands that read a package whole read every form of it; those that write say what they do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import hudna
from hudna.doors import cli
from hudna.engine import whole
from hudna.form import package
from tests.engine import forms
from tests.packages import make

FORMS: dict[str, Callable[[Path], object]] = {
    "gzip": lambda root: forms.compress(root, ".gz"),
    "zstd": lambda root: forms.compress(root, ".zst"),
    "several files": lambda root: forms.split(root, 3),
    "a folder": lambda root: forms.split(root, 2, folder=True),
    "Parquet": forms.as_parquet,
    "mixed": lambda root: forms.as_parquet(root, True),
}
TABLES = ("actors", "relation_types", "incident_types", "sources", "places")


@pytest.fixture(params=FORMS, scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A package of plain files, and the same in another form."""
    tmp_path = tmp_path_factory.mktemp("both")
    plain = make(tmp_path, keep=list(package.read(package.home())[0].tables))
    other = Path(shutil.copytree(plain, tmp_path / "other"))
    FORMS[request.param](other)
    return plain, other


def test_records_are_the_same(both: tuple[Path, Path]) -> None:
    one, other = (whole.read(package.read(root)[0]) for root in both)
    for name, held in one.items():
        given = other[name]
        assert given.header == held.header
        assert [[c or "" for c in r] for r in given.rows] == [
            [c or "" for c in r] for r in held.rows
        ]
        assert (given.blank, given.ragged, given.fatal) == (held.blank, held.ragged, False)


def test_frames_are_the_same(both: tuple[Path, Path]) -> None:
    plain, other = both
    for name in TABLES:
        assert hudna.load(name, other).equals(hudna.load(name, plain))
    assert hudna.load("timeline", other).equals(hudna.load("timeline", plain))


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "kataib-hezbollah"],
        ["show", "kataib-hezbollah", "--format", "json"],
        ["view", "incident-counts", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_commands_that_read_tell_the_same(
    arguments: list[str], both: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for root in both:
        assert cli.main([*arguments[:2], str(root), *arguments[2:]]) == 0
        told.append(capsys.readouterr())
    assert told[0] == told[1] and told[0].out


def test_places_are_verified_alike(
    both: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.txt").write_text("Not a sentence of any source.", "utf-8")
    told = [
        (cli.main(["verify", str(tmp_path / "text.txt"), str(root)]), capsys.readouterr().out)
        for root in both
    ]
    assert told[0] == told[1] and told[0][0] == 1


@pytest.mark.parametrize("command", ["format", "add"])
def test_commands_that_write_say_what_they_write(
    command: str, both: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(p for p in both[1].rglob("*") if p.is_file())
    arguments = [command, str(both[1])]
    if command == "add":
        arguments.insert(1, str(both[1] / "datapackage.json"))
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert "is not one plain CSV file" in err and "this command writes no other" in err
    assert sorted(p for p in both[1].rglob("*") if p.is_file()) == before


def test_a_part_with_another_header_is_told(tmp_path: Path) -> None:
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
    files = {"data/1.csv": b"a,b\nx,1\n", "data/2.csv": b"b,a\n1,x\n", "data/3.csv": b"a,b\ny,2\n"}
    root = forms.table(tmp_path, fields, files)
    with pytest.raises(ValueError, match="the header is b,a; expected a,b"):
        hudna.load("t", root)

"""hudna format: canonical bytes, and never a cell lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from hudna.doors.cli import main
from tests import packages

HEADER = "actor_id,name,actor_type,named,country,description,wikidata_id\n"
CANONICAL = HEADER + "a,A,person,,,,\nb,كتائب,person,true,,,\n"
NAMES = "name_id,actor_id,name,name_type,language\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = packages.make(tmp_path)
    (made / "data/actors.csv").write_text(CANONICAL, "utf-8")
    return made


@pytest.mark.parametrize(
    ("because", "data", "said"),
    [
        ("rows out of order", HEADER + "b,كتائب,person,true,,,\na,A,person,,,,\n", "in order"),
        ("another spelling", CANONICAL.replace("true", "TRUE"), "spelled anew: 1"),
        ("CRLF", CANONICAL.replace("\n", "\r\n"), "line ends"),
        ("a byte order mark", "\ufeff" + CANONICAL, "byte order mark"),
        ("needless quotes", CANONICAL.replace("كتائب", '"كتائب"'), "quoting"),
        ("no line end at the end", CANONICAL[:-1], "line ends"),
        ("blank lines", CANONICAL.replace("\nb", "\n\n,,,,,,\nb"), "blank rows removed: 2"),
        ("blanks around a label", CANONICAL.replace(",name,", ", name ,"), "quoting"),
    ],
)
def test_a_table_gets_its_canonical_bytes(
    root: Path, capsys: pytest.CaptureFixture[str], because: str, data: str, said: str
) -> None:
    path = root / "data/actors.csv"
    path.write_bytes(data.encode("utf-8"))
    assert main(["format", "--check", str(root)]) == 1, because
    assert path.read_bytes() == data.encode("utf-8"), "--check writes nothing"
    assert said in capsys.readouterr().out
    assert main(["format", str(root)]) == 0
    assert path.read_bytes() == CANONICAL.encode("utf-8")
    assert said in capsys.readouterr().out
    assert main(["format", "--check", str(root)]) == 0
    assert list(path.parent.glob(".*")) == []


def test_text_is_put_into_one_unicode_form(root: Path) -> None:
    path = root / "data/actors.csv"
    path.write_text(CANONICAL.replace("A", "E\u0301"), "utf-8")
    main(["format", str(root)])
    assert ",\u00c9," in path.read_text("utf-8")


def test_line_breaks_inside_a_cell_become_lf(root: Path) -> None:
    path = root / "data/actors.csv"
    path.write_bytes((HEADER + 'a,"one\ntwo",person,,,,\n').replace("\n", "\r\n").encode())
    main(["format", str(root)])
    assert path.read_bytes() == (HEADER + 'a,"one\ntwo",person,,,,\n').encode()


def test_link_rows_get_an_id(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "data/actor_names.csv"
    path.write_text(NAMES + "a-1,a,A,name,en\n,a,B,alias,en\n", "utf-8")
    assert main(["format", str(root)]) == 0
    assert path.read_text("utf-8") == NAMES + "a-1,a,A,name,en\na-2,a,B,alias,en\n"
    assert "ids given: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("because", "data", "rule", "line"),
    [
        ("a short row", CANONICAL.encode() + b"c,C\n", "missing-cell", 4),
        ("a long row", CANONICAL.encode() + b"c,C,person,,,,,more\n", "extra-cell", 4),
        ("cells beyond an empty row", CANONICAL.encode() + b",,,,,,,lost\n", "extra-cell", 4),
        ("no UTF-8", CANONICAL.encode() + b"c,\xff,person,,,,\n", "encoding-error", 4),
        ("an open quote", CANONICAL.encode() + b'c,"C,person,,,,\n', "unterminated-quote", 4),
        ("labels swapped", CANONICAL.replace("name,actor_type", "actor_type,name").encode(),
         "incorrect-label", 1),
        ("an empty file", b"", "source-error", 1),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_told_and_nothing_is_written(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    because: str,
    data: bytes,
    rule: str,
    line: int,
) -> None:
    path, other = root / "data/actors.csv", root / "data/actor_names.csv"
    path.write_bytes(data)
    other.write_text(NAMES + ",a,A,name,en\n", "utf-8")
    assert main(["format", str(root)]) == 1, because
    out = capsys.readouterr().out
    assert f"actors.csv:{line}" in out
    assert out.count("actors.csv:") == 1, "one fault is told once"
    assert f"[{rule}]" in out
    assert path.read_bytes() == data
    assert other.read_text("utf-8") == NAMES + ",a,A,name,en\n", "not even the sound tables"


def test_a_missing_table_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "data/places.csv").unlink()
    assert main(["format", str(root)]) == 1
    assert "places.csv:1: the file does not exist [missing-file]" in capsys.readouterr().out


def test_no_package_is_no_findings_but_cannot_run(tmp_path: Path) -> None:
    assert main(["format", str(tmp_path)]) == 2

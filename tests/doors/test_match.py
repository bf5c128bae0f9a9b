"""`hudna match`: rows, formats, bad input, decisions made in a terminal, proposals."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hudna.doors.cli import main
from hudna.outputs.matches import decisions
from tests.packages import make

Run = Callable[..., tuple[int, str, str]]
SOURCES = [
    {"source_id": "s", "source_type": "article", "date_precision": "unknown", "access": "read"}
]
ACTORS = [
    {"actor_id": "kadhimi", "name": "Mustafa al-Kadhimi", "actor_type": "person"},
    {"actor_id": "kh", "name": "Kata'ib Hezbollah", "actor_type": "armed-group"},
]
CITED = [
    {"citation_id": f"c{n}", "table": t, "record_id": r, "field": "*", "source_id": "s",
     "support": "states"}
    for n, (t, r) in enumerate([("actors", "kh"), ("actors", "kadhimi"), ("sources", "s")])
]  # fmt: skip
ROWS = [
    ["id", "who", "day"],
    ["1", "Kataib Hizbollah", "2020-10-10"],
    ["2", "al-Kadhimi", "2020-10-11T10:00:00Z"],
    ["3", "=1+1", ""],
    ["4", 'a "quoted",\nbroken name', "10/11/2020"],
    ["5"],
    ["6", "Kataib Hizbollah", ""],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = {"actors": ACTORS, "sources": SOURCES, "citations": CITED}
    return make(tmp_path, tables, documents=True)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    return written(tmp_path / "events.csv", ROWS)


@pytest.fixture
def hudna(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives exit code, stdout, stderr."""

    def run(*argv: object) -> tuple[int, str, str]:
        code = main([str(a) for a in argv])
        return code, *capsys.readouterr()

    return run


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_csv_has_a_row_for_each_row_in_its_order(hudna: Run, events: Path, folder: Path) -> None:
    code, out, err = hudna("match", events, folder, "--column", "who", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert code == 0
    assert [r["name"] for r in rows] == [(r[1] if len(r) > 1 else "") for r in ROWS[1:]]
    assert [r["actor_id"] for r in rows] == ["kh", "kadhimi", "", "", "", "kh"]
    assert [r["verdict"] for r in rows] == ["match", "ambiguous", "none", "none", "none", "match"]
    assert "6 rows, 5 names: 2 match, 1 ambiguous, 3 none" in err


def test_json_and_table_hold_the_same(hudna: Run, events: Path, folder: Path) -> None:
    _, out, _ = hudna("match", events, folder, "--column", "who", "--format", "json")
    values = json.loads(out)
    assert [v["verdict"] for v in values].count("match") == 2
    assert values[2] == {"name": "=1+1", "actor_id": None, "verdict": "none", "score": 0,
                         "alias": None, "runner_up": None}  # fmt: skip
    _, out, _ = hudna("match", events, folder, "--column", "who")
    assert len([line for line in out.splitlines() if "Kataib Hizbollah" in line]) == 2


def test_a_file_of_a_header_alone_has_no_rows(hudna: Run, tmp_path: Path, folder: Path) -> None:
    empty = written(tmp_path / "e.csv", [["who"]])
    assert hudna("match", empty, folder, "--column", "who", "--format", "json")[1] == "[]\n"
    assert hudna("match", empty, folder, "--column", "who")[:2] == (0, "")


def test_dates_that_are_none_are_told_once(hudna: Run, events: Path, folder: Path) -> None:
    code, _, err = hudna("match", events, folder, "--column", "who", "--date", "day")
    assert code == 0
    assert "1 dates are none, the first on line 5: '10/11/2020'" in err


BAD = {
    "no such column": (b"who\nx\n", ["--column", "whom"], "has no column 'whom'; expected one of"),
    "the column twice": (b"who,who\nx,y\n", ["--column", "who"], "has 2 columns 'who'"),
    "empty": (b"", ["--column", "who"], "the file is empty"),
    "not UTF-8": (b"who\nKata\xefb\n", ["--column", "who"], ":2: byte 0xef is not UTF-8"),
    "an open quote": (b'who\n"x\n', ["--column", "who"], "never closed"),
    "no such date": (b"who\nx\n", ["--column", "who", "--date", "d"], "has no column 'd'"),
    "no country": (
        b"who\nx\n",
        ["--column", "who", "--country", "Iraq"],
        "expected three capitals",
    ),
}


@pytest.mark.parametrize("because", BAD)
def test_bad_input_is_one_clear_line(
    hudna: Run, tmp_path: Path, folder: Path, because: str
) -> None:
    data, options, told = BAD[because]
    (tmp_path / "bad.csv").write_bytes(data)
    code, out, err = hudna("match", tmp_path / "bad.csv", folder, *options, "--format", "csv")
    assert (code, out) == (2, "") and told in err and len(err.splitlines()) == 1


def test_a_file_that_is_not_there(hudna: Run, tmp_path: Path, folder: Path) -> None:
    code, _, err = hudna("match", tmp_path / "no.csv", folder, "--column", "who")
    assert code == 2 and "does not exist" in err


def test_a_huge_cell_comes_back_whole(hudna: Run, tmp_path: Path, folder: Path) -> None:
    huge = "Kataib Hezbollah " * 200_000
    file = written(tmp_path / "huge.csv", [["who"], [huge]])
    _, out, _ = hudna("match", file, folder, "--column", "who", "--format", "json")
    assert json.loads(out)[0]["name"] == huge
    assert len(hudna("match", file, folder, "--column", "who")[1]) < 10_000


def test_decisions_go_before_what_is_found(
    hudna: Run, events: Path, tmp_path: Path, folder: Path
) -> None:
    decisions.write(tmp_path / "d.csv", {"al-Kadhimi": "kadhimi", "Kataib Hizbollah": ""})
    _, out, err = hudna("match", events, folder, "--column", "who", "--format", "json",
                        "--decisions", tmp_path / "d.csv")  # fmt: skip
    assert [v["verdict"] for v in json.loads(out)][:2] == ["none", "match"]
    assert "1 match, 0 ambiguous, 5 none" in err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,actor\n", "has not the header name,actor_id"),
        ("name,actor_id\nx,nobody-known\n", "'nobody-known' is no actor of the package"),
        ("name,actor_id\nx,kh\nx,\n", "'x' is decided otherwise before"),
        ("name,actor_id\nx\n", "record 2 has 1 cells; expected 2"),
    ],
)
def test_faulty_decisions_are_told(
    hudna: Run, events: Path, tmp_path: Path, folder: Path, text: str, told: str
) -> None:
    (tmp_path / "d.csv").write_text(text, "utf-8")
    code, _, err = hudna("match", events, folder, "--column", "who", "--decisions",
                         tmp_path / "d.csv")  # fmt: skip
    assert code == 2 and told in err


def test_without_a_terminal_nobody_is_asked(
    hudna: Run, events: Path, tmp_path: Path, folder: Path
) -> None:
    code, out, err = hudna("match", events, folder, "--column", "who", "--resolve",
                           tmp_path / "d.csv")  # fmt: skip
    assert (code, out) == (2, "") and "there is none" in err
    assert not (tmp_path / "d.csv").exists()


def in_a_terminal(arguments: list[object], typed: str) -> tuple[int, str]:
    """Exit status of `hudna match` and its stdout, with what is typed in a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hudna", "match", *map(str, arguments)],
        stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, typed.encode())
    assert process.stdout
    out = process.stdout.read().decode()
    code = process.wait(timeout=60)
    os.close(ours)
    return code, out


def test_a_person_decides_in_a_terminal(events: Path, tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "d.csv"
    options = [events, folder, "--column", "who", "--format", "csv", "--resolve", file]
    code, out = in_a_terminal(options, "what\n1\n")
    assert code == 0 and decisions.read(file, ["kadhimi"]) == {"al-Kadhimi": "kadhimi"}
    assert "al-Kadhimi,kadhimi,match,100,," in out
    assert in_a_terminal(options, "")[0] == 0  # all is decided: nobody is asked


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("n\n", {"al-Kadhimi": ""}),
        ("kh\n", {"al-Kadhimi": "kh"}),
        ("s\n", None),
        ("q\n", None),
        ("\x04", None),
    ],
)
def test_what_may_be_answered(
    events: Path, tmp_path: Path, folder: Path, typed: str, kept: dict[str, str] | None
) -> None:
    file = tmp_path / "d.csv"
    options = [events, folder, "--column", "who", "--format", "csv", "--resolve", file]
    assert in_a_terminal(options, typed)[0] == 0
    assert (decisions.read(file, ["kh"]) if file.exists() else None) == kept


def test_new_spellings_are_proposed_and_added_once_their_source_is_told(
    hudna: Run, events: Path, tmp_path: Path, folder: Path
) -> None:
    new = tmp_path / "new"
    _, _, err = hudna("match", events, folder, "--column", "who", "--propose", new)
    assert "1 new spellings of 1 actors" in err and [p.name for p in new.iterdir()] == ["kh.json"]
    file = new / "kh.json"
    code, out, _ = hudna("add", file, folder)
    assert code == 1 and "source_id is ''" in out
    value = json.loads(file.read_text("utf-8"))
    value["names"][0]["language"] = "ar-Latn"
    value["names"][0]["citations"][0] |= {"source_id": "s", "locator": "p1s1"}
    file.write_text(json.dumps(value), "utf-8")
    code, out, _ = hudna("add", file, folder)
    assert code == 0, out
    assert "Added 1 in actor_names, 1 in citations" in out
    assert hudna("match", events, folder, "--column", "who", "--propose", tmp_path / "b")[2].count(
        "0 new spellings"
    )


def test_no_proposal_is_overwritten(hudna: Run, events: Path, tmp_path: Path, folder: Path) -> None:
    for expected in (0, 2):
        code, _, err = hudna(
            "match", events, folder, "--column", "who", "--propose", tmp_path / "n"
        )
        assert code == expected
    assert "exists already" in err

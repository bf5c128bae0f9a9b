"""hudna verify: the digests of citations against an invented text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hudna.doors.cli import main
from hudna.ground.text import digest
from tests import packages

TITLE = "Truce at the U.N. Ford: What Comes Next?"
SENTENCES = {
    "p1s1": "On May 3, Gen. A. Example told the U.S. envoy to wait (Daily Test, May 4).",
    "p1s2": "“Will it hold?” asked Mr. Sample. [1]",
    "p2s1": "Nobody knew ... yet.",
    "p2s2": "هل صمدت الهدنة؟",
    "p2s3": "It did hold!",
}
NOTES = {"note1": "[1] Invented interview, May 2020.", "note2": "Private e-mail, n.d."}
TEXT = f"""{TITLE}
{SENTENCES["p1s1"]} {SENTENCES["p1s2"]}

{SENTENCES["p2s1"]}  {SENTENCES["p2s2"]}\t{SENTENCES["p2s3"]}
Notes
{NOTES["note1"]}
[2] {NOTES["note2"]}
"""
CITED = {"title": TITLE, **SENTENCES, **NOTES}


def cite(places: dict[str, str], source: str = "s", **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "citation_id": f"{source}-{place}",
            "source_id": source,
            "locator": place,
            "digest": digest(sentence),
        }
        | more
        for place, sentence in places.items()
    ]


def verify(tmp_path: Path, citations: list[dict[str, Any]], text: str = TEXT, *options: str) -> int:
    root = packages.make(tmp_path, {"citations": citations})
    path = tmp_path / "text.txt"
    path.write_text(text, "utf-8")
    return main(["verify", str(path), str(root), *options])


def test_every_sentence_is_found_in_spite_of_abbreviations_and_note_markers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(tmp_path, cite(CITED)) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == "s: 8 of 8 places confirmed, 8 of 8 citations"
    assert [line.split()[0] for line in out[:-1]] == sorted(CITED)


def test_wrapped_lines_and_other_blanks_do_not_matter(tmp_path: Path) -> None:
    wrapped = TEXT.replace(" envoy", "\nenvoy").replace(TITLE, TITLE + "\n")
    assert verify(tmp_path, cite(CITED | {"note1": NOTES["note1"]}), wrapped) == 0


def test_a_changed_sentence_is_not_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(tmp_path, cite(CITED), TEXT.replace("It did hold!", "It did not hold!")) == 1
    out = capsys.readouterr().out
    assert "p2s3   not found  1 citation\n" in out
    assert "s: 7 of 8 places confirmed, 7 of 8 citations" in out


def test_the_source_that_was_read_owns_the_digest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cited = cite(SENTENCES, "cited-only", via="read") + cite({"p9s9": "Elsewhere."}, "cited-only")
    assert verify(tmp_path, cited) == 0
    assert "read: 5 of 5 places confirmed" in capsys.readouterr().out


def test_without_a_source_the_one_that_fits_best_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cited = cite({"p1s1": SENTENCES["p1s1"]}, "a") + cite(SENTENCES | {"x": "Other."}, "b")
    assert verify(tmp_path, cited) == 1
    assert "b: 5 of 6 places" in capsys.readouterr().out


def test_a_source_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cited = cite({"p1s1": SENTENCES["p1s1"]}, "a") + cite(SENTENCES | {"x": "Other."}, "b")
    assert verify(tmp_path, cited, TEXT, "--source", "a") == 0
    assert "a: 1 of 1 places" in capsys.readouterr().out


def test_places_come_in_the_order_of_the_text_and_count_their_citations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cited = cite({"p10s1": "It did hold!", "p2s1": "Nobody knew ... yet."})
    cited.append(cited[0] | {"citation_id": "again"})
    assert verify(tmp_path, cited) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == ["p2s1   confirmed  1 citation", "p10s1  confirmed  2 citations"]
    assert out[2] == "s: 2 of 2 places confirmed, 3 of 3 citations"


@pytest.mark.parametrize(
    ("citations", "options", "said"),
    [
        ([], (), "no citation of the package has a digest"),
        (cite(NOTES), ("--source", "t"), "no digest belongs to 't'; expected one of s"),
    ],
)
def test_what_cannot_be_verified_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    citations: list[dict[str, Any]],
    options: tuple[str, ...],
    said: str,
) -> None:
    assert verify(tmp_path, citations, TEXT, *options) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    root = packages.make(tmp_path)
    (tmp_path / "text.txt").write_bytes(b"\xff\xfe")
    assert main(["verify", str(tmp_path / "text.txt"), str(root)]) == 2
    assert main(["verify", str(tmp_path / "none.txt"), str(root)]) == 2

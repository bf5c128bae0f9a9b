"""The proof of a file's bytes: where it tells no fault, the engine sees what Python's csv sees."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from hudna.engine import mended
from hudna.engine.limits import Limits
from hudna.engine.sources import Proven
from hudna.engine.store import Store
from hudna.form import csvfile, mending, scan
from hudna.form.csvfile import BOM, Records
from hudna.form.proof import Proof
from hudna.ground.text import odd_characters

CELLS = (
    "", "a", "b c", "1", "é", "e\u0301", "قلب", "\u202e", "\x01", "\x7f", "\x85", "\u0655", "٣",
    "😀", "x,y", "l\nm", "l\r\nm", 'q"r', '"', '""', "\ufeff", "\x00", "\t", ",", "\n", "—",
    "\u20ac", "한", "\u1100\u1161", "\u3099か", "ｶ", "\u200f", "\u2066", " ", "#", "\\", "'",
)  # fmt: skip
AWKWARD = [
    b"", b"\n", b"\r", b"\r\n", b",", b'"', b'""', b'"\n', b"a", b"a\n", BOM, BOM + b"\n",
    BOM + b"a,b\n1,2\n", BOM + b'"a,b",c\n1,2\n', BOM + b'"a\nb",c\n1,2\n', b"\na,b\n1,2\n",
    b'a,b\n1, "x,x",y\n', b'a,b\n"x" ,y\n', b'a,b\n"x"x,y\n', b'a,b\nx"x,y\n', b'a,b\n"x,y\n',
    b"a,b\nx,y,\n", b"a,b\nx,y,,\nz\n", b"a,b\nx,y,z\nw\n", b"a,b\nx\n", b"a,b\n\n1,2\n",
    b"a,b\n1,2\n\n", b"a\n\n1\n", b'a\n""\n1\n', b"a,b\r\n1,2\n", b"a,b\n1,2\r\n", b"a,b\r1,2\r",
    b'a,b\n"l\r\nm",2\n', b'a,b\r\n"l\nm",2\r\n', b"a,b\n1,\xff\n", b"a,b\n1,\xed\xa0\x80\n",
    b"a,b\n1,\xc0\x80\n", b"a,b\n\x00,2\n", b'a,b\n"x""",""""\n', b'"a","b"\n"1","2"', b'a,"b\n',
]  # fmt: skip


def drawn(seed: int, several: int) -> Iterator[bytes]:
    """Files as bytes: noise, and tables that are nearly right."""
    chance = random.Random(seed)
    for _ in range(several):
        if chance.random() < 0.2:
            yield bytes(chance.choice(b'a,"\n\r b1\xff') for _ in range(chance.randrange(40)))
        else:
            yield table(chance)


def table(chance: random.Random) -> bytes:
    """A table as bytes, at times with a record too long or too short, an empty line, a BOM."""
    width = chance.randint(1, 4)
    end = chance.choice(["\n", "\n", "\n", "\r\n", "\r"])
    lines = [[cell(chance) for _ in range(width)] for _ in range(chance.randint(1, 8))]
    if chance.random() < 0.1:
        chance.choice(lines).append(cell(chance))
    if chance.random() < 0.1:
        chance.choice(lines).pop()
    if chance.random() < 0.05:
        lines.insert(chance.randrange(len(lines) + 1), [])
    if chance.random() < 0.2:
        lines += [[cell(chance) for _ in range(chance.randint(0, width + 2))] for _ in range(3)]
    text = end.join(map(",".join, lines)) + chance.choice([end, end, end, "", end * 2])
    before = BOM if chance.random() < 0.05 else b""
    return (
        before + text.encode() + (chance.choice([b"\xff", b'"']) if chance.random() < 0.03 else b"")
    )


def cell(chance: random.Random) -> str:
    """A cell as it stands in a file, quoted where it must be and at times where it need not."""
    text = chance.choice(CELLS)
    if any(c in text for c in ',"\n\r') or chance.random() < 0.1:
        text = '"' + text.replace('"', '""') + '"'
        if chance.random() < 0.04:
            text += chance.choice([" ", "x", '"'])
        if chance.random() < 0.04:
            text = chance.choice([" ", "x", '"']) + text
    return text


class Seen:
    """What Python's csv module sees in a file."""

    def __init__(self, path: Path):
        self.out = Records()
        self.rows = [r for some in csvfile.stream(path, self.out, 3) for r in some]
        self.text = path.read_bytes().removeprefix(BOM).decode("utf-8", "replace")

    def rendered(self, end: str) -> str:
        """The file as Python's csv module would write it."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator=end)
        writer.writerow(next(csv.reader(io.StringIO(self.text, newline=""))))
        writer.writerows(cells for _, cells in self.rows)
        return out.getvalue()


def engine(part: Proven) -> list[list[str | None]] | None:
    """The records that the engine sees; None where it refuses the file, which is told by itself."""
    try:
        return [list(row) for row in duckdb.sql(part.relation()[0]).fetchall()]
    except duckdb.Error:
        return None


def hold(path: Path, store: Store) -> bool:
    """Compare what is proven of a file with what is in it; whether anything was."""
    proof = scan.prove(path, csvfile.CELL_LIMIT)
    if proof.faults:
        return False
    held_as_copy(path, proof, store)
    if proof.uneven:
        return True
    part, seen = Proven(path.name, proof, ("",)), Seen(path)
    rows = [[c or None for c in cells] for _, cells in seen.rows]
    got = engine(part)
    if got is None:
        # Too many cells and too few of them cancel out; then the engine stops by itself.
        assert len({len(r) for r in [proof.header, *rows]}) > 1
        return False
    assert [[c or None for c in r] for r in got] == rows
    assert (proof.header, proof.records, seen.out.fatal) == (seen.out.header, len(rows), False)
    assert part.byte_faults == seen.out.byte_faults
    every = range(-1, len(rows) + 3)
    assert proof.find(list(every)) == {
        n: (cells, line) for n, (line, cells) in enumerate(seen.rows, 1)
    }
    assert proof.odd or not odd_characters(seen.text.replace("\r", ""))
    assert unicodedata.is_normalized("NFC", seen.text) or not proof.composed
    assert proof.ended == seen.text.endswith("\n")
    plain = seen.rendered("\r\n" if proof.crlf else "\n").rstrip("\r\n")
    assert proof.loose == (plain != seen.text.rstrip("\r\n"))
    return True


def held_as_copy(path: Path, proof: Proof, store: Store) -> None:
    """Compare the copy of a file, in which every record is as wide as the header, with the file."""
    width, rows = len(proof.header), Seen(path).rows
    part = mended.mended(path.name, proof, ("",), store)
    cut = [[c or None for c in [*r[:width], *[None] * (width - len(r))]] for _, r in rows]
    assert [[c or None for c in r] for r in store.sql(part.relation()[0])] == cut
    uneven = [(n, len(r)) for n, (_, r) in enumerate(rows, 1) if len(r) not in (0, width)]
    assert store.sql(*part.widths()) == uneven
    assert part.ragged == bool(uneven)
    found = part.find(list(range(-1, len(rows) + 3)))
    assert [(n, f.line, f.width) for n, f in found.items()] == [
        (n, line, len(r)) for n, (line, r) in enumerate(rows, 1)
    ]
    assert [[c or None for c in f.cells] for f in found.values()] == cut


@pytest.mark.parametrize("seed", range(4))
def test_what_is_proven_is_what_python_sees(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, path, held = random.Random(-seed - 1), tmp_path / "drawn.csv", 0
    store = Store({}, Limits())
    for data in [*AWKWARD, *drawn(seed, 1000)]:
        monkeypatch.setattr(scan, "BLOCK", chance.choice([4, 5, 7, 16, 64, 1 << 19]))
        monkeypatch.setattr(mending, "BLOCK", chance.choice([1, 4, 7, 64, 1 << 19]))
        monkeypatch.setattr(scan, "APART", chance.choice([1, 3, 9, 40, 1 << 15]))
        path.write_bytes(data)
        held += hold(path, store)
    store.close()
    assert held > 200


@pytest.mark.parametrize(
    ("text", "longest"),
    [("a\nbb\nccc\n", 4), ('a\n"b\nb"\n', 6), ("aaaa\nb\n", 5), ("a,b\r\n1,2\r\n", 5), ("a", 2)],
)
@pytest.mark.parametrize("block", [4, 1 << 19])
def test_the_longest_record_is_known(
    text: str, longest: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "BLOCK", block)
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    assert scan.prove(path, csvfile.CELL_LIMIT).longest == longest


@pytest.mark.parametrize(
    "data",
    [
        b"a\r\nb\nc\n",
        b"a\nb\nc\r\n",
        b'a\n"l\r\nm"\n',
        b'a\r\n"l\nm"\r\n',
        b"a\rb\n",
        b"a\r\n\x01\n",
    ],
)
@pytest.mark.parametrize("block", [4, 1 << 19])
def test_line_ends_of_two_kinds_are_not_proven(
    data: bytes, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "BLOCK", block)
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    assert "lines end in different ways" in scan.prove(path, csvfile.CELL_LIMIT).faults


@pytest.mark.parametrize("text", ["a,b\n1,2\n", 'a,b\n"x,y",2\n', "é,قلب\n—,😀\n", "a\n\n", ""])
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_any_file_is_proven_in_blocks_of_any_size(
    text: str, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    whole = scan.prove(path, csvfile.CELL_LIMIT)
    monkeypatch.setattr(scan, "BLOCK", 4 + place)
    in_blocks = scan.prove(path, csvfile.CELL_LIMIT)
    assert (in_blocks.faults, in_blocks.records) == (whole.faults, whole.records)
    assert in_blocks.find([1, 2]) == whole.find([1, 2])


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b'a\n1\n"' + b"x\n" * 3000, 3, "a quote is opened here and not closed within 1,000 bytes"),
        (b"a\n" + b"x" * 20000 + b"\n", 2, "a line of more than 8 times the largest cell"),
        (b'a\n"' + b"x" * 20000, 2, "a line of more than 8 times the largest cell"),
    ],
)
def test_a_cell_too_large_stops_the_reading(
    data: bytes, line: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "BLOCK", 64)
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    problem, at = scan.prove(path, 1000).too_large
    assert (problem.startswith(says), at) == (True, line), problem
    assert "--cell-limit" in problem


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a,b\n1,2\n" + "x" * 30 + "," + "y" * 30 + "\n", 0),
        ("a,b\n1,2\n" + "x" * 41 + "," + "y" * 30 + "\n", 3),
        ("a,b\r\n1,2\r\n" + "x" * 40 + "," + "y" * 40 + "\r\n", 0),
        ('a,b\n"1\n",2\n"' + "x" * 30 + '","' + 'y""' * 20 + '"\n', 0),
        ('a,b\n"1\n",2\n"' + "x" * 30 + '","' + "y\n" * 21 + '"\n1,2\n', 4),
        ("a,b\n" + "é" * 40 + "," + "é" * 40 + "\n", 0),
        ("a,b\n" + "é" * 41 + ",\n", 2),
        ("a" * 41 + ",b\n1,2\n", 1),
        ("a" * 40 + ",b\n" + "1" * 40 + ",2\n", 0),
        ("a,b\n" + ("x" * 40 + ",2\n") * 300, 0),
    ],
)
@pytest.mark.parametrize("block", [7, 64, 1 << 19])
def test_a_long_record_is_told_only_where_a_cell_is_too_large(
    text: str, line: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "BLOCK", block)
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    proof = scan.prove(path, 40)
    read = csvfile.read(path, ("",), 40)
    assert (proof.too_large or ("", 0))[1] == line and proof.faults == []
    told = [(p, at) for rule, p, at in read.byte_faults if rule == "source-error"]
    assert told == ([proof.too_large] if line else [])

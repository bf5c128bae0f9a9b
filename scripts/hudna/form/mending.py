"""A copy of a CSV file in which every record has as many cells as the header.

A fast reader takes no record that is empty, too short or too long, and stops at the first. So it is
given a copy: short records are filled up with empty cells, long ones are cut. Which those are, and
how many cells each of them has, is told; all records keep their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from hudna.form.characters import COMMA, CR, LF, QUOTE
from hudna.form.csvfile import BOM
from hudna.form.proof import Proof

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[Any]

BLOCK = 1 << 22
SPARE = 1 << 26  # bytes by which a copy may be larger than twice the file


class Uneven(NamedTuple):
    """Records of another width than the header's that are not empty: numbers and widths."""

    numbers: list[int]
    widths: list[int]


def mend(proof: Proof, target: Path) -> Uneven | None:
    """Write the copy of a file whose quotes are right; None where it would become far too large.

    Raises OSError where it cannot be written.
    """
    with proof.path.open("rb") as source, target.open("wb") as out:
        copy = Copy(proof, out)
        for data in blocks(source, proof.bom):
            if not copy.block(data):
                return None
    return Uneven(copy.numbers, copy.widths)


def blocks(source: BinaryIO, bom: bool) -> Iterator[tuple[Bytes, Bytes, Bytes]]:
    """The bytes of a file in blocks that end where a record does, each with where its records end
    and where its cells are parted."""
    import numpy as np

    source.seek(len(BOM) if bom else 0)
    held, size = b"", BLOCK
    while True:
        read = source.read(size)
        data = held + read
        if not read and data and not data.endswith(b"\n"):
            data += b"\n"
        a = np.frombuffer(data, np.uint8)
        ends, commas = outside(a, np.flatnonzero(a == LF)), outside(a, np.flatnonzero(a == COMMA))
        cut = int(ends[-1]) + 1 if len(ends) else 0
        if cut:
            yield a[:cut], ends, commas[: np.searchsorted(commas, cut)]
        if not read:
            return
        held, size = data[cut:], BLOCK if cut else 2 * size


def outside(a: Bytes, at: Bytes) -> Bytes:
    """Those of some offsets that stand outside of quotes."""
    import numpy as np

    quotes = np.flatnonzero(a == QUOTE)
    return at[np.searchsorted(quotes, at) % 2 == 0] if len(quotes) else at


class Copy:
    """The copy that is being written, and the records that are not as they should be."""

    def __init__(self, proof: Proof, out: BinaryIO):
        self.out, self.crlf, self.width = out, proof.crlf, len(proof.header)
        self.number = 0  # of the block's first record; the header is number 0
        self.spare = proof.size + SPARE  # bytes that may still be added
        self.numbers: list[int] = []
        self.widths: list[int] = []

    def block(self, data: tuple[Bytes, Bytes, Bytes]) -> bool:
        """Write some whole records; whether there is room for them."""
        import numpy as np

        a, ends, commas = data
        begins = np.concatenate([[0], ends[:-1] + 1])
        ends = ends - (a[ends - 1] == CR) * self.crlf
        before = np.searchsorted(commas, begins)
        widths = np.diff(before, append=len(commas)) + 1
        widths[begins == ends] = 0
        odd = np.flatnonzero(widths != self.width)
        if len(odd):
            told = odd[widths[odd] > 0]
            self.numbers += (told + self.number).tolist()
            self.widths += widths[told].tolist()
            self.spare -= int(np.maximum(self.width - widths[odd], 0).sum())
            if self.spare < 0:
                return False
            a = self.mended(a, ends[odd], widths[odd], before[odd], commas)
        self.number += len(ends)
        self.out.write(a.data)
        return True

    def mended(self, a: Bytes, ends: Bytes, widths: Bytes, before: Bytes, commas: Bytes) -> Bytes:
        """The block, its odd records filled up or cut. ends, widths: of these; before: how many
        commas stand before each."""
        import numpy as np

        lacks = np.maximum(self.width - np.maximum(widths, 1), 0)
        where, what = np.repeat(ends, lacks), COMMA
        if self.width == 1:
            # A record of one empty cell is told from none by its quotes.
            where, what = np.repeat(ends, 2 * (widths == 0)), QUOTE
        long = widths > self.width
        keep = np.ones(len(a), bool)
        if long.any():
            change = np.zeros(len(a) + 1, np.int8)
            np.add.at(change, commas[before[long] + self.width - 1], 1)
            np.add.at(change, ends[long], -1)
            keep = np.cumsum(change[:-1], dtype=np.int8) == 0
        if not len(where):
            return a[keep]
        return np.insert(a, where, what)[np.insert(keep, where, True)]

"""One pass over the bytes of a CSV file, block by block, that gives its `Proof`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from hudna.form import characters
from hudna.form.characters import COMMA, CR, LF, QUOTE, TAB
from hudna.form.csvfile import BOM, SMALLER, large_cell
from hudna.form.proof import Proof

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[Any]

BLOCK = 1 << 22
APART = 1 << 15  # bytes between two places that are noted
LINES = 8  # of the largest cells, the longest line
FEW = 100  # long records whose cells are measured one by one
LONG = f"a line of more than {LINES} times the largest cell"


def prove(path: Path, cell_limit: int) -> Proof:
    """Pass over a file; raises OSError where it cannot be read. cell_limit: bytes of a cell."""
    with path.open("rb") as file:
        scan = Scan(path, cell_limit)
        scan.run(file)
    return scan.proof


class Scan:
    """One pass over the bytes of a file, block by block, each ending at a line break."""

    def __init__(self, path: Path, cell_limit: int):
        self.proof = Proof(path)
        self.buffer = bytearray(2 * BLOCK)
        self.cell_limit = cell_limit
        self.at = 0  # offset of the block in the file
        self.inside = 0  # 1 where the block begins inside of quotes
        self.line = 1  # physical line on which the block begins
        self.commas = 0
        self.ends = 0  # line breaks seen that end a record
        self.last_end = -1  # offset of the last of them
        self.noted = -APART
        self.last = LF  # the byte before the block
        self.opened, self.opened_line = 0, 1  # offset and line of the last opening quote
        self.long: list[int] = []  # records that may hold a cell that is too large

    def fault(self, why: str) -> None:
        if why not in self.proof.faults:
            self.proof.faults.append(why)

    def stop(self, what: str, line: int) -> None:
        """Give up on a file with a cell that is too large."""
        limit = f"{self.cell_limit:,} bytes"
        self.proof.too_large = f"{what} within {limit}; {SMALLER}", line

    def run(self, file: BinaryIO) -> None:
        """Read the file to its end, and sum up."""
        proof, held = self.proof, 0
        while read := file.readinto(memoryview(self.buffer)[held : held + BLOCK]):
            proof.size += read
            end = held + read
            if proof.size == read and self.buffer.startswith(BOM):
                end = self.after_bom(end)
            if cut := self.buffer.rfind(b"\n", held, end) + 1:
                if line := self.too_long(cut):
                    return self.stop(LONG, line)
                self.block(cut)
                if self.inside and self.at - self.opened > self.cell_limit:
                    return self.stop("a quote is opened here and not closed", self.opened_line)
            elif end > LINES * self.cell_limit:
                return self.stop(LONG, self.line)
            held = end - cut
            self.buffer[:held] = self.buffer[cut:end]
            if held + BLOCK >= len(self.buffer):
                self.buffer += bytes(len(self.buffer))
        if held:
            proof.ended = False
            self.buffer[held] = LF
            self.block(held + 1)
        self.finish()

    def too_long(self, size: int) -> int:
        """The first of the buffer's lines that is longer than any line may be; 0 where none is."""
        import numpy as np

        if size <= LINES * self.cell_limit:
            return 0
        breaks = np.flatnonzero(np.frombuffer(self.buffer, np.uint8, size) == LF)
        far = np.flatnonzero(np.diff(breaks, prepend=-1) > LINES * self.cell_limit)
        return self.line + int(far[0]) if len(far) else 0

    def after_bom(self, end: int) -> int:
        """Leave a byte order mark out of the first block; returns where the block then ends."""
        self.proof.bom = True
        self.at, self.last_end = len(BOM), len(BOM) - 1
        self.buffer[: end - len(BOM)] = self.buffer[len(BOM) : end]
        if self.buffer.startswith(b'"'):
            self.fault("a quote follows the byte order mark")
        return end - len(BOM)

    def finish(self) -> None:
        """What can be said when all bytes are seen."""
        proof = self.proof
        if self.inside:
            self.fault("a quote is not closed")
        proof.records = self.ends - 1
        if proof.records < 0:
            return self.fault("the file is empty")
        if len(self.long) > FEW:
            self.fault("many records may hold a cell that is too large")
        if proof.faults:
            return None
        if line := proof.first_large(self.long, self.cell_limit):
            proof.too_large = large_cell(self.cell_limit), line
            return None
        proof.header = proof.labels(self.cell_limit)
        if self.commas != (len(proof.header) - 1) * self.ends:
            proof.uneven = True

    def block(self, size: int) -> None:
        """Look at some whole lines: the first bytes of the buffer."""
        import numpy as np

        a = np.frombuffer(self.buffer, np.uint8, size)
        breaks = np.flatnonzero(a == LF)
        self.characters(a, len(breaks))
        outside, commas = breaks, int(np.count_nonzero(a == COMMA))
        if self.inside or self.buffer.find(QUOTE, 0, size) >= 0:
            outside, held = self.quotes(a, breaks)
            commas -= held
        self.commas += commas
        self.lines(a, breaks, outside)
        self.at += size
        self.line += len(breaks)
        self.last = LF

    def characters(self, a: Bytes, breaks: int) -> None:
        """Line ends, control characters and what is beyond ASCII."""
        import numpy as np

        proof = self.proof
        low = int(np.count_nonzero(a < 32)) - breaks
        returns = int(np.count_nonzero(a == CR)) if low else 0
        if returns:
            pairs = self.buffer.count(b"\r\n", 0, len(a))
            before = self.line > 1 and not proof.crlf
            proof.crlf = True
            if before or pairs != breaks or pairs != returns:
                self.fault("lines end in different ways")
        elif proof.crlf:
            self.fault("lines end in different ways")
        if low:
            proof.odd = proof.odd or low > returns + int(np.count_nonzero(a == TAB))
        if int(a.max()) > 126:
            few = characters.beyond(a)
            try:
                few.tobytes().decode("utf-8")
            except UnicodeDecodeError:
                self.fault("bytes are not UTF-8")
            kinds = characters.kinds(few)
            proof.odd = proof.odd or characters.signs(few, kinds)
            proof.composed = proof.composed and characters.settled(few, kinds)

    def quotes(self, a: Bytes, breaks: Bytes) -> tuple[Bytes, int]:
        """The line breaks outside of quotes and the number of commas inside; are quotes right?"""
        import numpy as np

        q = characters.few(a == QUOTE)
        first, self.inside = self.inside, (self.inside + len(q)) % 2
        before = np.where(q > 0, a[q - 1], self.last)
        after = a[np.minimum(q + 1, len(a) - 1)]
        opens = np.arange(len(q)) % 2 == first
        good = np.where(
            opens,
            (before == COMMA) | (before == LF) | (before == QUOTE),
            (after == COMMA) | (after == LF) | (after == CR) | (after == QUOTE),
        )
        if not good.all():
            self.fault("a quote stands inside of a cell")
        if opens.any():
            at = int(q[opens][-1])
            self.opened = self.at + at
            self.opened_line = self.line + int(np.searchsorted(breaks, at))
        left = np.concatenate([[-1] if first else [], q[opens]])
        right = np.concatenate([q[~opens], [len(a)] if self.inside else []])
        held = characters.commas_between(self.buffer, a, left, right)
        within = np.searchsorted(breaks, left), np.searchsorted(breaks, right)
        held_breaks = within[1] - within[0]
        if not self.proof.loose:
            plain = (held == 0) & (held_breaks == 0) & (left >= 0) & (right < len(a))
            left, right = left[plain].astype(int), right[plain].astype(int)
            self.proof.loose = characters.needless(a, left, right, self.last)
        if held_breaks.any():
            change = np.zeros(len(breaks) + 1, np.int8)
            np.add.at(change, within[0], 1)
            np.add.at(change, within[1], -1)
            breaks = breaks[np.cumsum(change[:-1], dtype=np.int8) == 0]
        return breaks, int(held.sum())

    def lines(self, a: Bytes, breaks: Bytes, outside: Bytes) -> None:
        """Where records end: how long they are, whether one is empty, and where some begin."""
        import numpy as np

        if not len(outside):
            return
        ends = outside.astype(np.int64) + self.at
        lengths = np.diff(ends, prepend=self.last_end)
        self.proof.longest = max(self.proof.longest, int(lengths.max()))
        if int(lengths.min()) <= 1 + self.proof.crlf:
            self.proof.uneven = True
            if not self.ends and int(lengths[0]) <= 1 + self.proof.crlf:
                self.fault("an empty line stands before the header")
        if int(lengths.max()) > self.cell_limit:
            for i in np.flatnonzero(lengths > self.cell_limit).tolist():
                # What began in an earlier block holds a quote.
                start = int(ends[i] - lengths[i]) + 1 - self.at
                held = characters.longest(a[start : outside[i]]) if start >= 0 else lengths[i]
                if held > self.cell_limit:
                    self.long.append(self.ends + i)
        at = np.searchsorted(ends, np.arange(self.noted + APART, int(ends[-1]), APART))
        self.note(at, ends, outside, breaks)
        self.ends += len(ends)
        self.last_end = int(ends[-1])

    def note(self, at: Bytes, ends: Bytes, outside: Bytes, breaks: Bytes) -> None:
        """Note where some records begin (number, offset, line); the header is number 0."""
        import numpy as np

        lines = self.line + np.searchsorted(breaks, outside[at], side="right")
        numbers, offsets = self.ends + at + 1, ends[at] + 1
        places = self.proof.places
        for place in zip(numbers.tolist(), offsets.tolist(), lines.tolist(), strict=True):
            if not places or places[-1][0] != place[0]:
                places.append(place)
                self.noted = place[1]

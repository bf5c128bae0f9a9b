"""Where the records of a table come from: the parts of it, each behind the same few methods.

A part gives its records to the engine as one relation, in their order, and finds single records
again when a finding is to be told. A small file is read by Python at once; a large one by the
engine itself, if the proof of its bytes holds, else by Python, a chunk at a time.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hudna.engine.typed import literal
from hudna.form import csvfile
from hudna.form.csvfile import Records
from hudna.form.proof import Proof

if TYPE_CHECKING:
    from hudna.engine.store import Store

SMALL = 1 << 20  # bytes that Python reads as fast as the engine is asked
CHUNK = 20_000  # records that Python hands over at once
WORDS = 1 << 20  # bytes of which a buffer is a multiple
GROUP = 125_000  # records that the engine stores as one, and a few more
ROOM = 16  # of so much memory the buffer of a reader takes one

Cells = list[str | None]
APART, NEXT, NONE = "\x1f", "\x1e", "\x1d"  # stand in hardly any cell


class Found(NamedTuple):
    """A record as it stands in its file: cells cut or padded to the header, the number of its
    own, and the physical line on which it begins (None in a file without lines)."""

    cells: Cells
    width: int
    line: int | None
    file: str


class Facts(NamedTuple):
    """What the checks of a table's records hang on, of one of its files: the number of columns,
    whether records are ragged and characters may be odd, the types of columns, and whether the
    engine reads it by a proof."""

    width: int
    ragged: bool = False
    odd: bool = True
    kinds: tuple[str, ...] = ()
    proven: bool = False


@dataclass
class Part(ABC):
    """One file of a table.

    file: its path in the package. count: records, blank ones too. fatal: nothing can be read.
    ragged: `_width` tells the number of cells of each record. odd: control characters may be
    there. kinds: of a file of columns, the type of each. proof: what its bytes told, if asked.
    """

    file: str
    header: list[str] = field(default_factory=list)
    header_line: int | None = 1
    count: int = 0
    byte_faults: list[tuple[str, str, int]] = field(default_factory=list)
    fatal: bool = False
    ragged: bool = False
    odd: bool = True
    kinds: list[str] = field(default_factory=list)
    proof: Proof | None = None
    records: Records | None = None
    # Whether the relation numbers its records itself, as `_row`; it then has no order.
    numbered = False

    @property
    def facts(self) -> Facts:
        """What its checks hang on."""
        kinds = tuple(self.kinds)
        return Facts(len(self.header), self.ragged, self.odd, kinds, self.proof is not None)

    @abstractmethod
    def relation(self) -> tuple[str, dict[str, Any]]:
        """SQL for the records in their order, and its parameters: c0, c1, … and perhaps _width."""

    @abstractmethod
    def find(self, numbers: list[int]) -> dict[int, Found]:
        """Records by their numbers in this part, from 1; those that there are not are left out."""


def handed(name: str, texts: Cells) -> tuple[str, Any]:
    """SQL for the texts of a column, and the parameter of that name which holds them.

    As one text they are handed over three times as fast as in a list.
    """
    if None not in texts and (whole := APART.join(texts)).count(APART) == len(texts) - 1:
        return f"unnest(string_split(${name}, {literal(APART)}))", whole
    return f"unnest(${name}::VARCHAR[])", texts


class Small(Part):
    """A file that Python has read whole."""

    def __init__(self, file: str, records: Records):
        super().__init__(
            file, records.header, records.header_line, len(records.rows),
            records.byte_faults, records.fatal, bool(records.ragged), records.odd,
        )  # fmt: skip
        self.records = records

    def relation(self) -> tuple[str, dict[str, Any]]:
        held, several, params = self.records, [], {}
        for i in range(len(self.header)):
            expression, params[f"c{i}"] = handed(f"c{i}", [row[i] for row in held.rows])
            several.append(f"{expression} AS c{i}")
        if self.ragged:
            width = len(self.header)
            params["_width"] = [
                len(held.ragged.get(n, ())) or width for n in range(1, self.count + 1)
            ]
            several.append("unnest($_width::BIGINT[]) AS _width")
        return f"SELECT {', '.join(several)}", params

    def find(self, numbers: list[int]) -> dict[int, Found]:
        held, width = self.records, len(self.header)
        return {
            n: Found(held.rows[n - 1], len(held.ragged.get(n, ())) or width, held.lines[n - 1],
                     self.file)
            for n in numbers if 1 <= n <= self.count
        }  # fmt: skip


class Proven(Part):
    """A large file whose bytes the engine is proven to see as Python does.

    room: bytes of memory that the run may use.
    """

    def __init__(self, file: str, found: Proof, missing: tuple[str, ...], room: int = 10**9):
        self.room, self.path, self.longest = room, found.path, found.longest
        # The engine reads an empty cell as NULL, which a table may not take for missing.
        self.empty = "" not in missing
        super().__init__(file, found.header, 1, found.records, odd=found.odd, proof=found)
        if found.bom:
            self.byte_faults.append(csvfile.BOM_FAULT)
        if found.crlf:
            self.byte_faults.append(csvfile.CR_FAULT)

    def relation(self) -> tuple[str, dict[str, Any]]:
        names = [f"c{i}" for i in range(len(self.header))]
        columns = ", ".join(f"'{n}': 'VARCHAR'" for n in names)
        cells = ", ".join(f"coalesce({n}, '') AS {n}" for n in names) if self.empty else "*"
        # A larger limit than needed would make the buffers so large that one core reads all.
        longest = max(self.longest + 16, 1 << 21)
        # A core reads a quarter of a buffer at a time. What it reads is stored as it is where that
        # makes a whole group of rows, and is copied once more where it does not.
        buffer = min(4 * self.proof.size * GROUP // max(self.count, 1), self.room // ROOM)
        # Where a buffer is no multiple of a word, several cores do not find where records begin.
        buffer = max(buffer, 16 * longest) // WORDS * WORDS
        return (
            f"SELECT {cells} FROM read_csv({literal(str(self.path))}, auto_detect = false, "
            "compression = 'none', header = true, delim = ',', quote = '\"', escape = '\"', "
            "strict_mode = true, "
            f"max_line_size = {longest}, buffer_size = {buffer}, "
            f"columns = {{{columns}}})"
        ), {}

    def find(self, numbers: list[int]) -> dict[int, Found]:
        held = self.proof.find(numbers).items()
        return {n: Found(cells, len(cells), line, self.file) for n, (cells, line) in held}


def insertion(name: str, rows: list[Cells]) -> tuple[str, dict[str, Any]]:
    """The statement that puts rows of texts into a table, and its parameters."""
    width, nones = len(rows[0]), sum(r.count(None) for r in rows)
    whole = NEXT.join(APART.join([NONE if c is None else c for c in r] if None in r else r)
                      for r in rows)  # fmt: skip
    marks = [whole.count(m) for m in (APART, NEXT, NONE)]
    if marks == [(width - 1) * len(rows), len(rows) - 1, nones]:
        cells = ", ".join(f"nullif(r[{i + 1}], {literal(NONE)})" for i in range(width))
        split = f"string_split(unnest(string_split($w, {literal(NEXT)})), {literal(APART)}) AS r"
        return f"INSERT INTO {name} SELECT {cells} FROM (SELECT {split}) AS rows", {"w": whole}
    several = ", ".join(f"unnest($c{i}::VARCHAR[])" for i in range(width))
    columns = {f"c{i}": list(held) for i, held in enumerate(zip(*rows, strict=True))}
    return f"INSERT INTO {name} SELECT {several}", columns


class Staged(Part):
    """A large file that Python reads, chunk by chunk, into a table of texts."""

    def __init__(self, file: str, path: Path, store: Store):
        super().__init__(file, ragged=True)
        self.store, self.name = store, store.name("stage")
        out = Records(cell_limit=store.limits.cell)
        for chunk in csvfile.stream(path, out, CHUNK):
            self.add(out, chunk)
        self.header, self.header_line = out.header, out.header_line
        self.byte_faults, self.fatal = out.byte_faults, out.fatal
        if self.fatal:
            self.count = 0

    def add(self, out: Records, chunk: list[tuple[int, list[str]]]) -> None:
        """Put some records into the table."""
        width = len(out.header)
        if not self.count:
            columns = "".join(f", c{i} VARCHAR" for i in range(width))
            self.store.execute(
                f"CREATE TABLE {self.name} (_row BIGINT, _line BIGINT, _width BIGINT{columns})"
            )
        rows: list[Cells] = [
            [str(n), str(line), str(len(cells)), *cells[:width], *[None] * (width - len(cells))]
            for n, (line, cells) in enumerate(chunk, self.count + 1)
        ]
        self.store.execute(*insertion(self.name, rows))
        self.count += len(chunk)

    def relation(self) -> tuple[str, dict[str, Any]]:
        names = "".join(f", c{i}" for i in range(len(self.header)))
        return f"SELECT _width{names} FROM {self.name} ORDER BY rowid", {}

    def find(self, numbers: list[int]) -> dict[int, Found]:
        if not self.count:
            return {}
        names = "".join(f", c{i}" for i in range(len(self.header)))
        rows = self.store.sql(
            f"SELECT _row, _line, _width{names} FROM {self.name} "
            "WHERE _row IN (SELECT unnest($n::BIGINT[]))",
            {"n": numbers},
        )
        return {
            row: Found(list(cells), width, line, self.file) for row, line, width, *cells in rows
        }


def find(several: list[Part], rows: Iterable[int]) -> dict[int, Found]:
    """Records of a table by their numbers over all of its parts."""
    out: dict[int, Found] = {}
    before, wanted = 0, sorted(set(rows))
    for part in several:
        own = [n - before for n in wanted if before < n <= before + part.count]
        if own and not part.fatal:
            out |= {n + before: found for n, found in part.find(own).items()}
        before += 0 if part.fatal else part.count
    return out

"""The file of a source as a table of texts in the engine, each row with its number."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

from hudna.engine.typed import literal, quote
from hudna.ground.finding import CannotRun
from hudna.outputs.importing import bytes as raw
from hudna.outputs.importing.mapping import Mapping

DELIMITERS = ",;\t|"
PREAMBLE = 200  # lines among which a header is looked for
LONGEST = 1 << 27


class Refused(NamedTuple):
    """A row that does not come in: its number (the header does not count), why, its text."""

    row: int
    line: int | None
    key: str
    reason: str
    text: str


class Staged(NamedTuple):
    """What was read. rows: all of them, the refused ones too. broken: (row, line, encoding)."""

    columns: list[str]
    rows: int
    refused: list[Refused]
    broken: list[tuple[int, int, str]]
    sha256: str
    size: int
    odd: bool = True
    lost: bool = True


class Header(NamedTuple):
    """The header of a file. lines: those up to its end."""

    columns: list[str]
    delimiter: str
    lines: int


def header(path: Path, read: dict[str, Any]) -> Header:
    """The header of a UTF-8 file: its first line, or the first that begins as a mapping says."""
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        first = [line for _, line in zip(range(PREAMBLE), file, strict=False)]
    at, wanted = 0, str(read.get("header") or "")
    if wanted:
        # A mark of the order of bytes or a quote may stand before the first name.
        found = [n for n, line in enumerate(first) if line.lstrip('\ufeff"').startswith(wanted)]
        if not found:
            raise CannotRun(f"{path.name} has no header that begins with {wanted!r} in its first "
                            f"{PREAMBLE} lines")  # fmt: skip
        at = found[0]
    if not first or not first[at].strip():
        raise CannotRun(f"{path.name} is empty; expected a header and rows")
    delimiter = read.get("delimiter") or max(DELIMITERS, key=first[at].count)
    reader = csv.reader(first[at:], delimiter=delimiter)
    columns = [c.strip() for c in next(reader)]
    if twice := sorted({c for c in columns if columns.count(c) > 1}):
        raise CannotRun(
            f"{path.name}: the column {twice[0]!r} stands twice; expected names that differ"
        )
    columns = [c or f"column {n}" for n, c in enumerate(columns, 1)]
    return Header(columns, delimiter, at + reader.line_num)


def stage(con: Any, path: Path, mapping: Mapping, folder: Path) -> Staged:
    """Put the rows of a file into the table `src`: `_n`, the number of the row, and its texts."""
    read = mapping["read"] or {}
    try:
        held = raw.as_utf8(path, folder / "utf8.csv")
    except OSError as e:
        raise CannotRun(f"{path} cannot be read: {e.strerror}; expected a file") from None
    head = header(held.path, read)
    refused: list[Refused] = []
    try:
        load(con, held.path, head)
        count = "SELECT count(*) FROM _raw"
        number = "rowid + 1"
        con.execute("CREATE VIEW src AS " + cleaned(head, number))
        placed = lines_of(con, head, held.broken) if held.broken else []
        rows = con.execute(count).fetchone()[0]
    except con_errors():
        # A row of another width, a quote that never closes: read record by record.
        con.execute("DROP VIEW IF EXISTS src; DROP TABLE IF EXISTS _raw")
        whole, rows, refused, placed = sound(held.path, head, folder / "sound.csv", held.broken)
        load(con, whole, Header(["_n", *head.columns], head.delimiter, 0))
        number = "CAST(_n AS BIGINT)"
        con.execute("CREATE VIEW src AS " + cleaned(head, number))
    for tag in tags(con, head, refused):
        refused.append(tag)
        where = f" WHERE {number} <> {tag.row}"
        con.execute("CREATE OR REPLACE VIEW src AS " + cleaned(head, number) + where)
    held.path.unlink() if held.path != path else None
    # As many line feeds as records: no cell holds one.
    odd = held.odd or bool(refused) or held.lines > head.lines + rows
    return Staged(head.columns, rows, refused, placed, held.sha256, held.size, odd, held.lost)


def con_errors() -> tuple[type[Exception], ...]:
    """What the engine raises where a file is not the table that its header says."""
    import duckdb

    return duckdb.InvalidInputException, duckdb.ConversionException


def load(con: Any, path: Path, head: Header) -> None:
    """Read a file into the table `_raw`, all columns as text, in its order."""
    columns = ", ".join(f"{literal(c)}: 'VARCHAR'" for c in head.columns)
    con.execute(
        f"CREATE TABLE _raw AS SELECT * FROM read_csv({literal(str(path))}, columns={{{columns}}}, "
        f"header=false, skip={head.lines}, delim={literal(head.delimiter)}, quote='\"', "
        f"escape='\"', auto_detect=false, max_line_size={LONGEST})"
    )


def cleaned(head: Header, number: str) -> str:
    """SQL for the rows with their number, each text trimmed, NULL where it is empty."""
    texts = ", ".join(f"nullif(trim({quote(c)}), '') AS {quote(c)}" for c in head.columns)
    return f"SELECT {number} AS _n, {texts} FROM _raw"


def lines_of(con: Any, head: Header, broken: dict[int, str]) -> list[tuple[int, int, str]]:
    """The rows in which lines of a file stand; a cell may hold line breaks."""
    count = "coalesce(length({0}) - length(replace({0}, chr(10), '')), 0)"
    breaks = " + ".join(count.format(quote(c)) for c in head.columns)  # fmt: skip
    found = con.execute(
        f"WITH ends AS (SELECT rowid + 1 AS n, {head.lines} + sum(1 + {breaks}) OVER (ORDER BY "
        "rowid) AS last FROM _raw) SELECT line, min(n) FROM ends JOIN (SELECT unnest($lines) AS "
        "line) AS l ON last >= line GROUP BY line ORDER BY line", {"lines": list(broken)},
    ).fetchall()  # fmt: skip
    # A broken header is in no row.
    return [(row if line > head.lines else 0, line, broken[line]) for line, row in found]


def sound(path: Path, head: Header, out: Path, broken: dict[int, str]) -> tuple[
    Path, int, list[Refused], list[tuple[int, int, str]]
]:  # fmt: skip
    """Copy the rows that have the header's width, each with its number; the others are refused."""
    refused: list[Refused] = []
    placed: list[tuple[int, int, str]] = []
    width, last, number = len(head.columns), head.lines, 0
    csv.field_size_limit(LONGEST)
    with (
        path.open(encoding="utf-8", newline="") as lines,
        out.open("w", encoding="utf-8", newline="") as copy,
    ):
        for _ in range(head.lines):
            next(lines)
        reader = csv.reader(lines, delimiter=head.delimiter)
        writer = csv.writer(copy, delimiter=head.delimiter, lineterminator="\n")
        for number, cells in enumerate(reader, 1):
            line, last = last + 1, head.lines + reader.line_num
            placed += [(number, n, broken[n]) for n in range(line, last + 1) if n in broken]
            if len(cells) == width:
                writer.writerow([number, *cells])
                continue
            why = f"{len(cells)} cells; expected {width}" if cells else "a blank line"
            key = cells[0] if cells else ""
            refused.append(Refused(number, line, key, why, head.delimiter.join(cells)))
    return out, number, refused, placed


def tags(con: Any, head: Header, refused: list[Refused]) -> list[Refused]:
    """A first row of tags (#date+start), as HDX adds them, is no row of data."""
    first = con.execute("SELECT * FROM src ORDER BY _n LIMIT 1").fetchone()
    if not first or (refused and refused[0].row < first[0]):
        return []
    cells = [c for c in first[1:] if c]
    if not cells or not all(c.startswith("#") for c in cells):
        return []
    text = head.delimiter.join(c or "" for c in first[1:])
    return [Refused(first[0], head.lines + 1, "", "a row of tags (HXL), no data", text)]

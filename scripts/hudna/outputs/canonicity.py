"""Which tables are not in canonical form, and where.

A small table is written anew and compared. Of a large one the engine is asked: whether every cell
is spelled as it should be and every record stands after the one before; its bytes were looked at
when it was read. Only a table that is one plain CSV file has a canonical form.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from hudna.engine import checking, order
from hudna.engine.local import Local
from hudna.engine.sources import Part, Small, find
from hudna.engine.typed import quote
from hudna.form import canonical, csvfile, parts, rows
from hudna.form.schema import Table
from hudna.ground.finding import Finding
from hudna.meaning.checks import Checked
from hudna.outputs import files, formatting
from hudna.outputs.generated import first_difference

AT_ONCE = 1000
MENDS = "`hudna format` mends it"


def unformatted(done: Checked, faulty: Container[str] = ()) -> list[Finding]:
    """Tables whose bytes are not the canonical ones: the first line that differs of each.

    Tables with faults of bytes or shape are left out: those are told by other checks. faulty: more
    tables that are left out.
    """
    package, found = done.package, []
    for name, table in package.tables.items():
        if name in faulty or not done.tables.parts[name]:
            continue
        if not table.path or not parts.plain(table.own, package.root):
            continue
        part = done.tables.parts[name][-1]
        if part.records is None and table.lent:
            # What the engine can be asked of a table it cannot be asked of a part of one.
            part = Small(part.file, csvfile.read(package.path(part.file), table.missing))
        if part.records is not None:
            found += small(done, table, part)
        elif part.facts.proven and not part.byte_faults and part.header == table.names:
            found += done.tables.alone(name, large)
    return found


def small(done: Checked, table: Table, part: Part) -> Iterator[Finding]:
    """A table that Python holds, written anew and compared."""
    if not rows.sound(table, part.records):
        return
    held = files.held(done.package.path(table.path))
    wanted = formatting.formatted(table, part.records)
    if held is not None and held != wanted:
        line, is_now, canonically = first_difference(held, wanted)
        yield told(table, f"the line is {is_now}; expected {canonically}", line)


def large(tables: Local, table: Table) -> list[Finding]:
    """A table that the engine holds: its spelling, its order, its quotes."""
    (part,) = tables.parts[table.name]
    if problem := bytes_problem(part):
        return [told(table, problem, 1)]
    first = [f for f in (unordered(tables, table), uncomposed(tables, table, part),
                         misspelled(tables, table, part)) if f]  # fmt: skip
    return [told(table, problem, find([part], [row])[row].line)
            for row, problem in sorted(first)[:1]]  # fmt: skip


def told(table: Table, problem: str, line: int) -> Finding:
    """A finding on the form of a table."""
    text = f"{problem}; {MENDS}"
    return Finding("not-canonical", text, table=table.name, file=table.path, line=line)


def unordered(tables: Local, table: Table) -> tuple[int, str] | None:
    """The first record that stands after one that it should come before."""
    row = order.descent(tables.store, table)
    return row and (row, "the record stands after one that it should come before")


def uncomposed(tables: Local, table: Table, part: Part) -> tuple[int, str] | None:
    """The first record with a text that is not in NFC."""
    texts = [quote(f.name) for f in table.fields if f.type == "string"]
    if part.proof.composed or not texts:
        return None
    broken = " OR ".join(f"nfc_normalize({t}) <> {t}" for t in texts)
    ((row,),) = tables.store.sql(f"SELECT min(_row) FROM {quote(table.name)} WHERE {broken}")
    return row and (row, "a cell of the record is not in Unicode NFC")


def misspelled(tables: Local, table: Table, part: Part) -> tuple[int, str] | None:
    """The first record with a value that has a shorter or plainer spelling."""
    loaded = tables.loaded[table.name]
    several = [i for i in loaded.failing if loaded.checks[i].rule == checking.SPELLING]
    if not several:
        return None
    where = " OR ".join(f"({loaded.fails(i)})" for i in several)
    after = 0
    while rows := tables.store.sql(
        f"SELECT _row FROM {quote(table.name)} WHERE _row > {after} AND ({where}) "
        f"ORDER BY _row LIMIT {AT_ONCE}"
    ):
        found = find([part], [row for (row,) in rows])
        for (row,) in rows:
            for field, cell in zip(table.fields, found[row].cells, strict=True):
                if cell and (plain := canonical.cell(field, cell)) != cell:
                    problem = f"{field.name} is {cell!r}; expected {plain!r}"
                    return row, problem
        after = rows[-1][0]
    return None


def bytes_problem(part: Part) -> str:
    """What the bytes of a large file say against its form."""
    if part.proof.loose:
        return "a cell is quoted that need not be"
    return "" if part.proof.ended else "the last line does not end"

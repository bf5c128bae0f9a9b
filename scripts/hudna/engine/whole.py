"""The records of tables as Python holds them: of one file or several, compressed, or Parquet."""

from __future__ import annotations

from collections.abc import Iterable

from hudna.engine.limits import Limits
from hudna.engine.sources import Part
from hudna.form import csvfile, parts
from hudna.form.csvfile import Records
from hudna.form.package import Package
from hudna.form.schema import Table


def read(package: Package) -> dict[str, Records]:
    """The records of every table of a package."""
    return {name: table(package, t) for name, t in package.tables.items()}


def table(package: Package, table: Table) -> Records:
    """The records of a table; those of several files follow one another."""
    if parts.plain(table.paths, package.root):
        return csvfile.read(package.path(table.path), table.missing)
    from hudna.engine.opening import open_part
    from hudna.engine.store import Store

    files = parts.files(package.root, table.paths)
    if not any(parts.kind(f) != "csv" or parts.astray(table, package.root, f) for f in files):
        return joined(csvfile.read(package.path(f), table.missing) for f in files)
    with Store({table.name: table}, Limits(small=1 << 62)) as store:
        return joined(held(open_part(store, table, package.root, f), table) for f in files)


def held(part: Part, table: Table) -> Records:
    """The records of a file."""
    if part.records is not None:
        return part.records
    out = Records(header=part.header)
    found = part.find(list(range(1, part.count + 1)))
    for number in range(1, part.count + 1):
        csvfile.add([c or "" for c in found[number].cells], number, out, table.missing)
    return out


def joined(several: Iterable[Records]) -> Records:
    """The records of several files as if they were of one; a header that is not that of the first
    counts as the header of all."""
    out, header = Records(), None
    for one in several:
        before = len(out.rows)
        header = one.header if header is None else header
        if not out.header or one.header != header:
            out.header, out.header_line = one.header, one.header_line
        out.rows += one.rows
        out.lines += one.lines
        out.blank |= {n + before for n in one.blank}
        out.ragged |= {n + before: cells for n, cells in one.ragged.items()}
        out.byte_faults += one.byte_faults
        out.fatal = out.fatal or one.fatal
    return out

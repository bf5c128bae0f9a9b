"""An import from one file into one package: staged, mapped, written, counted, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hudna.engine.limits import Limits
from hudna.engine.typed import literal, quote
from hudna.form import package as packages
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.outputs import generation
from hudna.outputs.importing import (
    coding,
    faults,
    naming,
    placing,
    records,
    reporting,
    staging,
    truces,
    writing,
)  # fmt: skip
from hudna.outputs.importing.cells import Cells
from hudna.outputs.importing.coding import Codes
from hudna.outputs.importing.mapping import Mapping
from hudna.outputs.importing.writing import Origin

SPACE = 6  # bytes of memory that a byte of a file may need
Tell = Callable[[str, float], None]
Found = dict[str, Any]


def run(mapping: Mapping, file: Path, target: Path, origin: Origin, limits: Limits | None = None,
        match: bool = True, tell: Tell = lambda what, share: None) -> dict[str, Any]:  # fmt: skip
    """Import a file by a mapping into a new folder; returns the report, as in report.json.

    match: look for the names among hudna's actors. tell: called with what is done now and the
    share that is done. Raises CannotRun where the folder exists or the file cannot be read as the
    mapping says; then nothing is left behind.
    """
    if target.exists():
        raise CannotRun(f"{target} exists; expected the path of a folder that does not (-o)")
    if not file.is_file():
        raise CannotRun(f"{file} does not exist; expected a file")
    home, _ = packages.read(packages.home())
    limits = limits or Limits()
    with generation.whole(target.resolve()) as folder, limits.folder() as scratch:
        con = connect(Path(scratch), limits, file.stat().st_size)
        try:
            return Import(con, home, mapping, origin, folder, tell).all(file, Path(scratch), match)
        except engine_errors() as e:
            raise limits.spent(str(e), scratch) from None
        finally:
            con.close()


def engine_errors() -> tuple[type[Exception], ...]:
    """What the engine raises where memory or disk is at its end."""
    import duckdb

    return (duckdb.OutOfMemoryException, duckdb.IOException)


def connect(scratch: Path, limits: Limits, size: int) -> Any:
    """An engine whose tables lie on disk unless the file is small, so that memory is bounded.

    size: bytes of the file.
    """
    import duckdb

    con = duckdb.connect(
        ":memory:" if size * SPACE < limits.bytes else str(scratch / "import.duckdb"),
        config={
            "autoinstall_known_extensions": "false",
            "memory_limit": f"{limits.bytes // 10**6}MB",
            "temp_directory": str(scratch / "spill"),
        },
    )
    # The bar would go to stdout.
    con.execute("SET enable_progress_bar = false")
    return con


class Import:
    """One run. con: the engine; home: hudna's own package; folder: where the new one is written."""

    def __init__(self, con: Any, home: Package, mapping: Mapping, origin: Origin, folder: Path,
                 tell: Tell):  # fmt: skip
        self.con, self.home, self.mapping, self.origin = con, home, mapping, origin
        self.folder, self.tell = folder, tell
        self.counts: dict[str, int] = {}

    def all(self, file: Path, scratch: Path, match: bool) -> dict[str, Any]:
        """Every step, in its order; returns the report."""
        self.tell("reading", 0.0)
        staged = staging.stage(self.con, file, self.mapping, scratch)
        cells = Cells(self.mapping, staged.columns, staged.odd)
        truce = bool(self.mapping["ceasefires"])
        self.tell("kinds, places and names", 0.25)
        found = (self.truces if truce else self.records)(cells, match)
        records.expected(cells)
        key = records.key(cells)
        found["not_mapped"] = [c for c in staged.columns if c not in cells.used]
        self.tell("warnings", 0.4)
        warned = faults.gather(self.con, cells, key, staged, found.pop("warnings"))
        self.con.execute(f"CREATE TABLE out AS {found.pop('refused')}")
        self.tell("tables", 0.5)
        facts = {"file": file.name, "sha256": staged.sha256, "bytes": staged.size}
        writing.describe(self.home, self.folder, self.mapping, self.origin, facts)
        self.write(found.pop("queries"), found.pop("cited"))
        return reporting.report(self, staged, warned, found, facts)

    def names(self, specs: list[naming.Named], match: bool) -> list[naming.Actor]:
        """The actors of the source, matched where that is asked for."""
        find = None
        if match and specs:
            from hudna.meaning import matching

            matcher = matching.matcher(self.home)
            find = matcher.match
        return naming.resolve(
            self.con, self.home, specs, self.mapping["name"], find, writing.holder(self.mapping)
        )

    def records(self, cells: Cells, match: bool) -> Found:
        """Incidents and statements: what to write, to refuse and to warn of."""
        con, mapping = self.con, self.mapping
        codes = Codes(self.home, cells)
        typed, specs = records.typed(cells, codes)
        con.execute(f"CREATE VIEW typed AS {typed}")
        found: Found = {"codes": coding.resolve(con, codes), "actors": self.names(specs, match)}
        if mapping["where"]:
            placing.resolve(con, mapping["name"])
        else:
            con.execute("CREATE TABLE place (key UBIGINT, place_id VARCHAR)")
        records.duplicates(con)
        speaks = bool(mapping["statements"])
        con.execute(f"CREATE VIEW taken AS {records.taken(mapping['name'], speaks)}")
        queries = {}
        if mapping["incidents"]:
            queries |= {"incidents": records.INCIDENTS}
            if mapping["incidents"].get("actors"):
                queries["incident_actors"] = records.involved(mapping["incidents"])
            if mapping["incidents"].get("means"):
                queries["incident_means"] = records.MEANS
        if speaks:
            queries |= {"statements": records.STATEMENTS, "statement_targets": records.TARGETS}
        if mapping["where"]:
            queries["places"] = placing.PLACES
        named = self.key_name()
        double = (f"SELECT _n, key, {literal(named)}, key, 'duplicate-key', "
                  "'a key that no row before it has' FROM dups")  # fmt: skip
        keyless = (f"SELECT _n, NULL, {literal(named)}, NULL, 'no-key', 'a key of the row' "
                   "FROM typed WHERE key IS NULL")  # fmt: skip
        points = (
            "SELECT NULL, NULL, 'place', p_name, 'several-points', 'one point; it has ' || "
            "points FROM place WHERE points > 1 AND p_type NOT IN ('city', 'site')"
        )
        found["warnings"] = [double, keyless, *([points] if mapping["where"] else [])]
        found["refused"] = records.REFUSED + (records.SILENT if speaks else "")
        found["queries"] = queries
        found["cited"] = records.cited(self.origin.id, named)
        return found

    def truces(self, cells: Cells, match: bool) -> Found:
        """Ceasefires: what to write, to refuse and to warn of."""
        con = self.con
        typed, specs = truces.typed(cells, self.mapping["name"])
        con.execute(f"CREATE VIEW typed AS {typed}")
        found: Found = {"codes": [], "actors": self.names(specs, match)}
        truces.gather(con)
        found["warnings"], found["refused"] = (
            [truces.differing(cells, self.key_name())],
            truces.REFUSED,
        )
        holder = writing.holder(self.mapping)
        found["queries"] = {
            "ceasefires": truces.CEASEFIRES,
            "ceasefire_actors": truces.PARTIES,
            "ceasefire_statuses": truces.statuses(holder),
        }
        found["cited"] = truces.cited(self.origin.id, self.key_name())
        return found

    def key_name(self) -> str:
        """What the key of a row is called in the source."""
        key = self.mapping["key"]
        return "-".join(map(str, key)) if isinstance(key, list) else str(key)

    def write(self, queries: dict[str, str], cited: str) -> None:
        """Write every table, those without rows too."""
        home, con = self.home, self.con
        queries |= writing.known(con, home)
        queries["actors"] = writing.actors(self.mapping)
        queries["sources"] = writing.sources(home, self.mapping, self.origin)
        places = "places" in queries
        queries["citations"] = writing.citations(self.mapping, self.origin, [cited], places)
        for n, (name, table) in enumerate(home.tables.items()):
            if name in generation.CODE_LISTS:
                continue
            self.tell(name, 0.5 + 0.5 * n / len(home.tables))
            self.counts[name] = writing.copy(con, self.folder, table, queries.get(name))

    def text_of_rows(self, columns: list[str]) -> str:
        """SQL for a row of the source as a text."""
        return "concat_ws(', ', " + ", ".join(f"coalesce({quote(c)}, '')" for c in columns) + ")"

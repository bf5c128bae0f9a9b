"""Layer 4: rules, each a sentence and a query that finds the records which break it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from hudna.engine.store import Store
from hudna.engine.typed import literal
from hudna.engine.watching import SHARES, Watch
from hudna.form import package as packages
from hudna.ground.finding import CannotRun, shorten
from hudna.meaning import sqlfile
from hudna.meaning.faults import TOLD, Faults
from hudna.meaning.sqlfile import SqlFile

FOLDER = Path("schemas") / "rules"
RESULT = ["table", "_row", "field", "problem"]


class RuleFault(NamedTuple):
    """A record that breaks a rule; row is None where the rule speaks of the whole package."""

    table: str
    row: int | None
    field: str
    problem: str


class Told(NamedTuple):
    """What one rule finds: how often, the first records that break it, and in which tables."""

    rule: SqlFile
    count: int
    faults: list[RuleFault]
    tables: frozenset[str] = frozenset()


class NotApplied(NamedTuple):
    """A rule that was not run, and why. crashed: it failed while it ran."""

    rule: str
    reason: str
    crashed: bool = False


def own() -> list[Path]:
    """The files of hudna's own rules."""
    return sorted((packages.home() / FOLDER).glob("*.sql"))


def strangers(root: Path) -> list[Path]:
    """The rules that lie in a package and are not hudna's own (by their text)."""
    if root.resolve() == packages.home().resolve():
        return []
    known = {p.read_bytes() for p in own()}
    found = (p for p in sorted((root / FOLDER).glob("*.sql")) if p.is_file())
    return [p for p in found if p.read_bytes() not in known]


def collect(root: Path, tables: set[str], trust: bool) -> tuple[list[SqlFile], list[NotApplied]]:
    """The rules to run on a package, and those that lie in it but may not run."""
    run = [sqlfile.read(p) for p in own()]
    held: list[NotApplied] = []
    for path in strangers(root):
        reasons = ["lies in the package; hudna runs it only with --trust"]
        if trust:
            from hudna.meaning import trusted

            try:
                rule = sqlfile.read(path)
            except CannotRun as e:
                held.append(NotApplied(path.stem, str(e).removeprefix(f"{path}: "), crashed=True))
                continue
            reasons = trusted.check_sql(rule.sql, tables)
        if reasons:
            held.append(NotApplied(path.stem, "; ".join(reasons)))
        else:
            run.append(rule)
    return run, held


def told(
    store: Store,
    faults: Faults,
    rules: list[SqlFile],
    unsound: set[str],
    limit: int | None,
    watch: Watch,
) -> tuple[list[Told], list[NotApplied]]:
    """What the rules find, and those that could not be applied; the others go on.

    unsound: tables that could not be read as they should; no rule that names one is run. What
    rests on a cell that is known to be wrong is left out. limit: of the faults of each rule.
    """
    store.define("_told", TOLD)
    silent = keep(store, rules) if not unsound else set()

    def ask_one(n: int) -> list[tuple] | NotApplied | object:
        with watch.work(f"rule {rules[n].name}", SHARES["rules"] / len(rules)):
            return [] if rules[n].name in silent else ask(store, n, rules[n], unsound)

    asked = store.side_by_side(ask_one, range(len(rules)))
    lacking = [a for a in asked if isinstance(a, NotApplied)]
    rows = [row for a in asked if isinstance(a, list) for row in a]
    if not rows and not any(a is MANY for a in asked):
        return [], lacking
    store.insert("_told", TOLD, rows)
    faults.hide(rules, {n: t.names for n, t in store.tables.items()}, unsound)
    counts = store.sql("SELECT rule, count(*) FROM _standing GROUP BY rule ORDER BY rule")
    first: dict[int, list[RuleFault]] = {}
    for rule, *row in store.sql(
        f"""
        SELECT rule, "table", _row, field, problem FROM (
          SELECT *, row_number() OVER
            (PARTITION BY rule ORDER BY place, _row, field, problem) AS nth
          FROM _standing
        ) AS numbered
        {f"WHERE nth <= {limit}" if limit is not None else ""} ORDER BY rule, nth
        """
    ):
        first.setdefault(rule, []).append(RuleFault(*row))
    where: dict[int, set[str]] = {}
    for rule, table in store.sql('SELECT DISTINCT rule, "table" FROM _standing'):
        where.setdefault(rule, set()).add(table or "")
    return [
        Told(rules[n], count, first.get(n, []), frozenset(where[n])) for n, count in counts
    ], lacking


# A rule on one relation, with one condition: SELECT … FROM t WHERE <broken>.
PLAIN = re.compile(r"SELECT\s.*\sFROM\s+(?P<table>\w+)\s+WHERE\s(?P<broken>.*)", re.S)
CLAUSE = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|WITH|UNION|EXCEPT|INTERSECT|GROUP|HAVING|QUALIFY|ORDER|LIMIT|OVER)\b"
)


def keep(store: Store, rules: list[SqlFile]) -> set[str]:
    """The names of the plain rules that no record breaks, found in one scan of each relation."""
    gathered: dict[str, list[tuple[SqlFile, str]]] = {}
    for rule in rules:
        if (plain := PLAIN.fullmatch(rule.sql)) and len(CLAUSE.findall(rule.sql)) == 3:
            gathered.setdefault(plain["table"], []).append((rule, plain["broken"]))
    kept = store.side_by_side(lambda several: unbroken(store, *several), gathered.items())
    return {name for names in kept for name in names}


def unbroken(store: Store, table: str, rules: list[tuple[SqlFile, str]]) -> set[str]:
    """The names of the rules on one relation that no row breaks, found in one scan.

    Where the relation lacks something that one of them names, nothing is said: each is then run
    by itself, as are those that a row breaks.
    """
    counts = ", ".join(f"count_if({broken})" for _, broken in rules)
    try:
        ((*broken,),) = store.sql(f"SELECT {counts} FROM {table}")
    except store.errors:
        return set()
    return {rule.name for (rule, _), n in zip(rules, broken, strict=True) if n == 0}


MANY = object()
# Rows of a rule from which on to run it again takes less than to hand them back to the engine, and
# rows that are handed back at once, so that Python does not hold those of many rules.
AGAIN, HELD = 10_000, 1000


def ask(
    store: Store, number: int, rule: SqlFile, unsound: set[str]
) -> list[tuple] | NotApplied | object:
    """The rows that one rule finds, for `_told`; MANY where they stand there; or why it is not
    applied."""
    if named := sorted(unsound & rule.words):
        return NotApplied(rule.name, f"{', '.join(named)} could not be read")
    try:
        columns, rows, more = store.some(rule.sql, AGAIN)
    except store.lacking as e:
        return NotApplied(rule.name, lacking(e))
    except store.errors as e:
        return NotApplied(rule.name, first_line(e), crashed=True)
    if columns != RESULT:
        reason = f"it returns {', '.join(columns)}; expected {', '.join(RESULT)}"
        return NotApplied(rule.name, reason, crashed=True)
    # A message that names an emptied cell is NULL as a whole: then the sentence has to do.
    rows = [(*row[:3], rule.sentence if row[3] is None else row[3]) for row in rows]
    if odd := next((row for row in rows if not sensible(store, row)), None):
        return NotApplied(rule.name, f"it returns the row {shorten(repr(odd))}", crashed=True)
    if not more and len(rows) <= HELD:
        return [(number, *row) for row in rows]
    if not more:
        store.insert("_told", TOLD, [(number, *row) for row in rows])
        return MANY
    sentence = literal(rule.sentence)
    store.extend(
        "_told", TOLD, f'SELECT {number} AS rule, "table", _row, field, '
        f"coalesce(problem, {sentence}) AS problem FROM ({rule.sql}) AS found",
    )  # fmt: skip
    return MANY


def sensible(store: Store, row: tuple) -> bool:
    """Whether a row of a rule's result names a record of a table, or none, and says a problem."""
    table, number, field, problem = row
    if not isinstance(problem, str) or not isinstance(field, str | None):
        return False
    if number is None:
        return isinstance(table, str | None)
    return table in store.tables and isinstance(number, int) and number > 0


def lacking(error: Exception) -> str:
    """What the package lacks for a rule, out of the engine's words."""
    text = first_line(error)
    if m := re.search(r'Table with name "?([^"!]+?)"? does not exist', text):
        return f"the package has no table {m[1]}"
    if m := re.search(r'[Cc]olumn "?([^"!]+?)"? (not found|does not exist)', text):
        return f"the package has no column {m[1]} where the rule asks for it"
    return text


def first_line(error: Exception) -> str:
    """The first line of an error, without the engine's name for its kind."""
    return re.sub(r"^[A-Z][A-Za-z ]+ Error: ", "", str(error).strip().splitlines()[0])

"""Layer 4: rules, each a sentence and a query that finds the records which break it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from hudna.engine.store import Store
from hudna.form import package as packages
from hudna.ground.finding import CannotRun, shorten
from hudna.meaning import sqlfile
from hudna.meaning.sqlfile import SqlFile

FOLDER = Path("schemas") / "rules"
RESULT = ["table", "_row", "field", "problem"]


class RuleFault(NamedTuple):
    """A record that breaks a rule; row is None where the rule speaks of the whole package."""

    rule: SqlFile
    table: str
    row: int | None
    field: str
    problem: str


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


def apply(
    store: Store, rules: list[SqlFile], unsound: set[str]
) -> list[list[RuleFault] | NotApplied]:
    """What the rules find, in their order; a rule that cannot run says so and the others go on.

    unsound: tables that could not be read as they should; no rule that names one is run.
    """
    gathered: dict[str, list[tuple[SqlFile, str]]] = {}
    for rule in rules if not unsound else ():
        if (plain := PLAIN.fullmatch(rule.sql)) and len(CLAUSE.findall(rule.sql)) == 3:
            gathered.setdefault(plain["table"], []).append((rule, plain["broken"]))
    kept = store.side_by_side(lambda several: keep(store, *several), gathered.items())
    silent = {name for names in kept for name in names}
    return store.side_by_side(
        lambda rule: [] if rule.name in silent else apply_one(store, rule, unsound), rules
    )


# A rule on one relation, with one condition: SELECT … FROM t WHERE <broken>.
PLAIN = re.compile(r"SELECT\s.*\sFROM\s+(?P<table>\w+)\s+WHERE\s(?P<broken>.*)", re.S)
CLAUSE = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|WITH|UNION|EXCEPT|INTERSECT|GROUP|HAVING|QUALIFY|ORDER|LIMIT|OVER)\b"
)


def keep(store: Store, table: str, rules: list[tuple[SqlFile, str]]) -> set[str]:
    """The names of the rules on one relation that no row breaks, found in one scan.

    Where the relation lacks something that one of them names, nothing is said: each is then run
    by itself, as are those that a row breaks.
    """
    import duckdb

    counts = ", ".join(f"count_if({broken})" for _, broken in rules)
    try:
        ((*broken,),) = store.sql(f"SELECT {counts} FROM {table}")
    except duckdb.Error:
        return set()
    return {rule.name for (rule, _), n in zip(rules, broken, strict=True) if n == 0}


def apply_one(store: Store, rule: SqlFile, unsound: set[str]) -> list[RuleFault] | NotApplied:
    """What one rule finds, or why it was not applied."""
    import duckdb

    if named := sorted(unsound & set(re.findall(r"\w+", rule.sql))):
        return NotApplied(rule.name, f"{', '.join(named)} could not be read")
    try:
        columns, rows = store.run(rule.sql)
    except (duckdb.CatalogException, duckdb.BinderException) as e:
        return NotApplied(rule.name, lacking(e))
    except duckdb.Error as e:
        return NotApplied(rule.name, first_line(e), crashed=True)
    if columns != RESULT:
        reason = f"it returns {', '.join(columns)}; expected {', '.join(RESULT)}"
        return NotApplied(rule.name, reason, crashed=True)
    # A message that names an emptied cell is NULL as a whole: then the sentence has to do.
    rows = [(*row[:3], rule.sentence if row[3] is None else row[3]) for row in rows]
    if odd := next((row for row in rows if not sensible(store, row)), None):
        return NotApplied(rule.name, f"it returns the row {shorten(repr(odd))}", crashed=True)
    return [RuleFault(rule, *row) for row in rows]


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

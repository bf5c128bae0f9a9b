"""What an import did, in numbers that are counted anew from the files that it wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudna.engine.typed import literal
from hudna.ground.finding import CannotRun, shorten
from hudna.outputs import generation
from hudna.outputs.importing import faults
from hudna.outputs.importing.staging import Refused, Staged
from hudna.outputs.importing.tables import fill

if TYPE_CHECKING:
    from hudna.outputs.importing.whole import Import

SHOWN = 20  # warnings of each rule that the report shows; warnings.csv has them all
FOLDER = "report"
# The records of which a row of the source makes one citation each.
CARRIED = ("incidents", "statements", "ceasefire_actors")


def report(done: Import, staged: Staged, warned: dict[str, int], found: dict[str, Any],
           facts: dict[str, Any]) -> dict[str, Any]:  # fmt: skip
    """Write the report and return it; raises CannotRun where the counts do not balance."""
    folder = done.folder / FOLDER
    folder.mkdir()
    refused = refusals(done, staged, folder / "refused.csv")
    warnings(done.con, folder / "warnings.csv")
    carried = in_files(done, done.folder / done.home.tables["citations"].path)
    told = {
        "format": done.mapping["name"], **facts,
        "rows_in": staged.rows, "rows_carried": carried, "rows_refused": sum(refused.values()),
        "refused": refused, "records": {n: c for n, c in done.counts.items() if c},
        "warnings": warned, "codes": found["codes"], "actors": actors(found["actors"]),
        "not_mapped": found["not_mapped"],
        "notice": done.mapping["notice"] or "",
        "first_warnings": faults.sample(done.con, SHOWN),
    }  # fmt: skip
    if told["rows_in"] != carried + told["rows_refused"]:
        raise CannotRun(f"{staged.rows:,} rows were read, but {carried:,} came in and "
                        f"{told['rows_refused']:,} were refused; nothing was written")  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    generation.put(folder / "report.json", text)
    generation.put(folder / "report.md", "\n".join(page(told)) + "\n")
    return told


def in_files(done: Import, citations: Path) -> int:
    """The rows of the source that the written citations lead to."""
    tables = ", ".join(map(literal, CARRIED))
    return done.con.execute(
        f"SELECT count(*) FROM read_csv({literal(str(citations))}, all_varchar=true, header=true, "
        f"delim=',', quote='\"', escape='\"') WHERE \"table\" IN ({tables}) AND field = '*' AND "
        f"source_id = {literal(done.origin.id)}"
    ).fetchone()[0]


def refusals(done: Import, staged: Staged, path: Path) -> dict[str, int]:
    """Write all rows that did not come in, with the reason of each; returns their numbers."""
    con = done.con
    columns = {"row": "BIGINT", "line": "BIGINT", "key": "VARCHAR", "reason": "VARCHAR",
               "text": "VARCHAR"}  # fmt: skip
    fill(con, "gone", columns, staged.refused)
    con.execute(
        f"INSERT INTO gone SELECT o._n, NULL, o.key, o.reason, "
        f"{done.text_of_rows(staged.columns)} FROM out AS o JOIN src ON src._n = o._n"
    )
    con.execute(
        f"COPY (SELECT * FROM gone ORDER BY row) TO {literal(str(path))} (FORMAT csv, HEADER)"
    )
    return dict(
        con.execute("SELECT reason, count(*) FROM gone GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    )


def warnings(con: Any, path: Path) -> None:
    """Write all warnings."""
    con.execute(
        f"COPY (SELECT row, key, field, value, rule, wanted AS expected FROM warning "
        f"ORDER BY row, field, rule) TO {literal(str(path))} (FORMAT csv, HEADER)"
    )


def actors(named: list[Any]) -> dict[str, Any]:
    """How many names matched, and what became of each."""
    verdicts = ("match", "ambiguous", "none")
    return {
        "names": len(named),
        **{v: sum(a.verdict == v for a in named) for v in verdicts},
        "each": [
            {"name": a.name, "rows": a.rows, "actor_id": a.actor_id, "verdict": a.verdict,
             **({"may_be": a.near} if a.near else {})}
            for a in named
        ],
    }  # fmt: skip


def summary(told: dict[str, Any]) -> list[str]:
    """The counts, as lines of text."""
    lines = [f"{told['rows_in']:,} rows in = {told['rows_carried']:,} rows out + "
             f"{told['rows_refused']:,} refused"]  # fmt: skip
    lines += [f"  refused {n:,}: {why}" for why, n in told["refused"].items()]
    lines.append("records: " + ", ".join(f"{n:,} {t}" for t, n in told["records"].items()))
    a = told["actors"]
    lines.append(f"names: {a['names']:,}, of them {a['match']:,} matched, {a['ambiguous']:,} "
                 f"ambiguous, {a['none']:,} new")  # fmt: skip
    total = sum(told["warnings"].values())
    lines.append(f"warnings: {total:,}" + (
        " (" + ", ".join(f"{n:,} {r}" for r, n in told["warnings"].items()) + ")" if total else ""
    ))  # fmt: skip
    return lines


def page(told: dict[str, Any]) -> list[str]:
    """The report as a page in Markdown."""
    lines = [f"# Import of {told['file']}", "", *([told["notice"], ""] if told["notice"] else [])]
    lines += [f"SHA-256 of the file: `{told['sha256']}`, {told['bytes']:,} bytes.", ""]
    lines += ["```", *summary(told), "```", ""]
    if told["not_mapped"]:
        lines += [f"Columns that the mapping leaves out: {', '.join(told['not_mapped'])}.", ""]
    if told["codes"]:
        lines += ["## Kinds", "", "| theirs | rows | here | why |", "| --- | ---: | --- | --- |"]
        lines += [f"| {cell(c['theirs'])} | {c['rows']:,} | {c['ours'] or '-'} | {cell(c['why'])} |"
                  for c in told["codes"]]  # fmt: skip
        lines.append("")
    unsure = [a for a in told["actors"]["each"] if a["verdict"] == "ambiguous"]
    if unsure:
        lines += [
            "## Names that may be an actor that is known",
            "",
            "| name | may be |",
            "| --- | --- |",
        ]
        lines += [f"| {cell(a['name'])} | {cell(a.get('may_be', ''))} |" for a in unsure] + [""]
    if told["first_warnings"]:
        first = f"The first {SHOWN} of each kind; all stand in warnings.csv."
        lines += ["## Warnings", "", first, "",
                  "| rule | row | key | field | value | expected |",
                  "| --- | ---: | --- | --- | --- | --- |"]  # fmt: skip
        names = ("rule", "row", "key", "field", "value", "wanted")
        lines += [f"| {' | '.join(cell(w[k]) for k in names)} |" for w in told["first_warnings"]]
    return lines


def cell(value: Any) -> str:
    """A value in a table of Markdown."""
    return shorten("" if value is None else str(value), 80).replace("|", "\\|")


__all__ = ["Refused", "report", "summary"]

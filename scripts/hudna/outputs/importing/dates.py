"""Dates of a mapping as the four columns of a date, in SQL."""

from __future__ import annotations

from datetime import date as Date
from typing import Any, NamedTuple

from hudna.engine.typed import literal
from hudna.outputs.importing.cells import Cells, Fault

EXAMPLE = Date(2020, 10, 31)


class When(NamedTuple):
    """SQL for date_start, date_end, date_precision and date_basis."""

    start: str
    end: str
    precision: str
    basis: str

    @property
    def columns(self) -> str:
        return (f"{self.start} AS date_start, {self.end} AS date_end, "
                f"{self.precision} AS date_precision, {self.basis} AS date_basis")  # fmt: skip


UNKNOWN = When("NULL::DATE", "NULL::DATE", "'unknown'", "NULL")


def when(cells: Cells, spec: dict[str, Any] | None, at: str) -> When:
    """The date that a part of a mapping says. Nothing is mended: what cannot be is told."""
    if not spec:
        return UNKNOWN
    if "year" in spec:
        start, end = parts(cells, spec, at)
        return told(start, end, "'day'")
    formats = spec.get("formats")
    first = spec.get("day", spec.get("start"))
    start = day(cells, first, formats, at)
    end = day(cells, spec["end"], formats, at) if "end" in spec else start
    if "end" in spec and first is not None:
        words = f"no day before {cells.named(first)}"
        value = cells.sql(spec["end"], at)
        cells.faults.append(
            Fault(
                "dates-in-order",
                cells.named(spec["end"]),
                value,
                f"{end} < {start}",
                words,
                f"', ' || CAST({start} AS VARCHAR)",
            )
        )
    precision = f"coalesce({cells.sql(spec.get('precision'), f'{at}.precision')}, 'day')"
    if "spread" not in spec:
        return told(start, end, precision)
    # The source gives a day for a stretch around it: the stretch is what is known.
    days = f"coalesce(TRY_CAST({cells.sql(spec['spread'], f'{at}.spread')} AS INTEGER), 0)"
    wide = told(f"({start} - {days})", f"({end} + {days})", precision)
    return wide._replace(basis=f"CASE WHEN {days} > 0 AND {wide.basis} IS NOT NULL THEN "
                               f"'inferred' ELSE {wide.basis} END")  # fmt: skip


def told(start: str, end: str, precision: str) -> When:
    """A date by its bounds: as close as they are, whatever the source calls it."""
    close = (f"CASE WHEN {start} IS NULL AND {end} IS NULL THEN 'unknown' WHEN {start} IS NULL "
             f"THEN 'by' WHEN {end} IS NULL THEN 'since' WHEN {precision} = 'day' AND "
             f"{start} <> {end} THEN 'within' ELSE {precision} END")  # fmt: skip
    basis = f"CASE WHEN {start} IS NULL AND {end} IS NULL THEN NULL ELSE 'stated' END"
    return When(start, end, close, basis)


def day(cells: Cells, spec: Any, formats: list[str] | None, at: str) -> str:
    """SQL for a day; a cell that holds none is empty, and told."""
    value = cells.sql(spec, at)
    if spec is None:
        return "NULL::DATE"
    if formats:
        several = ", ".join(literal(f) for f in formats)
        date = f"CAST(try_strptime({value}, [{several}]) AS DATE)"
        wanted = f"a date such as {EXAMPLE.strftime(formats[0])}"
    else:
        date, wanted = f"TRY_CAST({value} AS DATE)", "a date such as 2020-10-31"
    cells.fault("no-date", spec, value, f"{value} IS NOT NULL AND {date} IS NULL", wanted)
    return date


def parts(cells: Cells, spec: dict[str, Any], at: str) -> tuple[str, str]:
    """SQL for the first and last day of a year, a month and a day; 0 and -1: unsaid."""
    texts = [cells.sql(spec.get(p), at) for p in ("year", "month", "day_of_month")]
    y, m, d = (f"nullif(greatest(TRY_CAST({t} AS INTEGER), 0), 0)" for t in texts)
    exact = f"TRY_CAST(concat_ws('-', lpad(CAST({y} AS VARCHAR), 4, '0'), {m}, {d}) AS DATE)"
    full = f"({y} IS NOT NULL AND {m} IS NOT NULL AND {d} IS NOT NULL)"
    month = f"({y} IS NOT NULL AND {m} BETWEEN 1 AND 12)"
    whole = f"{y} BETWEEN 1 AND 9999"
    value = f"concat_ws('-', {', '.join(texts)})"
    broken = f"({full} AND {exact} IS NULL) OR {m} > 12 OR {y} > 9999"
    cells.faults.append(Fault("no-date", cells.named(spec["year"]), value, broken,
                              "a day of the calendar"))  # fmt: skip
    for name, one in zip(("year", "month", "day_of_month"), texts, strict=True):
        if spec.get(name) is not None:
            bad = f"{one} IS NOT NULL AND TRY_CAST({one} AS INTEGER) IS NULL"
            cells.fault("no-number", spec[name], one, bad, "a whole number")
    first = (f"CASE WHEN {full} AND {exact} IS NOT NULL THEN {exact} WHEN {month} THEN "
             f"make_date({y}, {m}, 1) WHEN {whole} THEN make_date({y}, 1, 1) END")  # fmt: skip
    last = (
        f"CASE WHEN {full} AND {exact} IS NOT NULL THEN {exact} WHEN {month} THEN "
        f"last_day(make_date({y}, {m}, 1)) WHEN {whole} THEN make_date({y}, 12, 31) END"
    )
    return first, last

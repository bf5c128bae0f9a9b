"""Kinds of another scheme in ours, by the crosswalk or by the codes that a mapping gives."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from hudna.form import csvfile
from hudna.form.package import Package
from hudna.outputs.importing.cells import Cells
from hudna.outputs.importing.tables import fill

FITS = ("exact", "narrow", "broad", "related")
SAID = {
    "exact": "means the same",
    "narrow": "theirs is narrower",
    "broad": "theirs is wider: a row may be something else",
    "related": "related only: a row may be something else",
}
LISTS = {"incident_types": "incidents", "statement_types": "statements"}
BAR = "\x1f"


class Coded(NamedTuple):
    """What a kind of theirs is here. table: incidents, statements or "" where it is nothing."""

    table: str
    code: str
    why: str


def table(package: Package, name: str) -> list[dict[str, str]]:
    """The rows of one of hudna's own tables."""
    records = csvfile.read(package.path(package.tables[name].path))
    return [dict(zip(records.header, (c or "" for c in r), strict=True)) for r in records.rows]


class Codes:
    """Our code for each kind of a source. package: hudna's own, with its crosswalk."""

    def __init__(self, package: Package, cells: Cells):
        self.mapping = cells.mapping
        self.spec = self.mapping["kind"] if isinstance(self.mapping["kind"], dict) else {}
        self.own = {t: {r["code"]: r.get("broader", "") for r in table(package, t)} for t in LISTS}
        self.made = [t for t, name in LISTS.items() if self.mapping[name]]
        self.scheme = self.spec.get("scheme", "")
        self.theirs: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for r in table(package, "crosswalk") if self.scheme else ():
            if r["scheme"] == self.scheme and r["match"] != "none":
                self.theirs[r["scheme_code"].casefold()][r["table"], r["code"]] = r["match"]
        if self.scheme and not self.theirs:
            raise self.mapping.wrong("kind.scheme", f"the crosswalk knows no {self.scheme!r}")
        self.decided = {str(k).casefold(): v for k, v in (self.spec.get("decide") or {}).items()}
        several = self.spec.get("from") or [self.mapping["kind"]]
        parts = [f"coalesce({cells.sql(s, 'kind')}, '')" for s in several]
        if raw := column(self.spec):
            # What the row says, for the report; it is no code, whatever it is.
            parts.append(f"'=' || {cells.sql(raw, 'kind')}")
        self.sql = f"concat_ws(chr(31), {', '.join(parts)})"

    def of(self, told: str) -> Coded:
        """Our code for what a row says; told: the values to try, the closest first."""
        several = [t for t in told.split(BAR) if t]
        if not several:
            return Coded("", "", "no kind is said")
        for one in several:
            if found := self.one(one):
                return found
        return Coded("", "", f"no kind of ours for {said(told)!r}")

    def one(self, told: str) -> Coded | None:
        """Our code for one value, None where nothing is known of it."""
        if self.scheme:
            return self.chosen(told) or self.crossed(told)
        for name in self.made:
            if told in self.own[name]:
                return Coded(LISTS[name], told, "by the mapping")
        return None

    def chosen(self, told: str) -> Coded | None:
        """What the mapping decides where the crosswalk leaves several, or none."""
        if told.casefold() not in self.decided:
            return None
        choice = self.decided[told.casefold()]
        if not isinstance(choice, dict) or "because" not in choice:
            raise self.mapping.wrong("kind.decide", f"{told!r} has no reason; expected because")
        code, why = choice.get("code"), choice["because"]
        if not code:
            return Coded("", "", f"{told!r} is no kind of ours: {why}")
        for name in self.made:
            if code in self.own[name]:
                return Coded(LISTS[name], code, f"decided: {why}")
        raise self.mapping.wrong("kind.decide", f"{code!r} is no code of {' or '.join(self.made)}")

    def crossed(self, told: str) -> Coded | None:
        """The one code that the crosswalk gives, or the kind that is broader than all of them."""
        held = {c: m for c, m in self.theirs.get(told.casefold(), {}).items() if c[0] in self.made}
        for fit in FITS:
            codes = sorted(c for c, m in held.items() if m == fit)
            if len(codes) == 1:
                return Coded(LISTS[codes[0][0]], codes[0][1], f"crosswalk: {SAID[fit]}")
            if codes:
                return self.common(told, codes)
        return None

    def common(self, told: str, codes: list[tuple[str, str]]) -> Coded:
        """The nearest kind above several; nothing where there is none, for a person to decide."""
        names = ", ".join(code for _, code in codes)
        lines = [self.above(*c) for c in codes] if len({t for t, _ in codes}) == 1 else [[]]
        shared = [c for c in lines[0] if all(c in line for line in lines)]
        if shared:
            return Coded(LISTS[codes[0][0]], shared[0], f"crosswalk: one of {names}")
        return Coded("", "", f"{told!r} may be {names}; the mapping does not decide (kind.decide)")

    def above(self, name: str, code: str) -> list[str]:
        """A code and what is broader than it, nearest first."""
        line: list[str] = []
        while code and code not in line:
            line.append(code)
            code = self.own[name].get(code, "")
        return line


def column(spec: Any) -> str:
    """The column that a list of codes is of, the last where there are several."""
    if not isinstance(spec, dict):
        return ""
    several = [column(s) for s in spec.get("first", ())]
    own = spec.get("column", "") if "codes" in spec else ""
    return next((c for c in reversed(several) if c), own)


def said(told: str) -> str:
    """What a row says of its kind, in the words of the source."""
    several = [t for t in told.split(BAR) if t]
    return next((t[1:] for t in several if t.startswith("=")), several[0] if several else "")


def resolve(con: Any, codes: Codes) -> list[dict[str, Any]]:
    """Make the table `codes` of every kind in the source; returns what became of each."""
    found = con.execute("SELECT theirs, count(*) FROM typed GROUP BY 1 ORDER BY 1").fetchall()
    out, rows = [], []
    for theirs, count in found:
        ours = codes.of(theirs)
        rows.append((theirs, ours.table, ours.code, ours.why))
        out.append({"theirs": said(theirs), "rows": count, "table": ours.table, "ours": ours.code,
                    "why": ours.why})  # fmt: skip
    fill(con, "codes", dict.fromkeys(("theirs", "tab", "code", "why"), "VARCHAR"), rows)
    return out

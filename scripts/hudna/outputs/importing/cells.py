"""Values of a mapping as SQL over the columns of the source, and what is asked of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from hudna.engine.typed import literal, quote
from hudna.meaning.views import one_of
from hudna.outputs.importing.mapping import Mapping

HOLE = re.compile(r"\{([^{}]+)\}")
KINDS = ("column", "text", "is", "first", "join")


@dataclass(frozen=True)
class Fault:
    """What can be wrong with a row: SQL of whether it is and of what is there; what is wanted."""

    rule: str
    field: str
    value: str
    broken: str
    wanted: str
    other: str = "''"


@dataclass
class Cells:
    """The columns of a source by name, and the faults that its values can have.

    columns: those of the file. odd: cells may hold line breaks and the like. used: the columns
    that the mapping names.
    """

    mapping: Mapping
    columns: list[str]
    odd: bool = True
    faults: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def column(self, name: Any, at: str) -> str:
        """SQL for a column: its text, trimmed; NULL where it is empty or says that it is."""
        name = str(name)
        self.used.add(name)
        if name in self.columns:
            return self.present(name)
        if name in ((self.mapping["columns"] or {}).get("optional") or ()):
            return "NULL::VARCHAR"
        known = one_of(name, self.columns)
        raise self.mapping.wrong(at, f"the file has no column {name!r}; expected {known}")

    def present(self, name: str) -> str:
        """SQL for a column of the file, empty where a text in it says that there is nothing."""
        said = ((self.mapping["columns"] or {}).get("missing") or {}).get(name)
        if not said:
            return quote(name)
        texts = ", ".join(literal(str(s)) for s in said)
        return f"(CASE WHEN {quote(name)} NOT IN ({texts}) THEN {quote(name)} END)"

    def sql(self, spec: Any, at: str) -> str:
        """SQL for a value of the mapping, a text."""
        if spec is None:
            return "NULL::VARCHAR"
        if not isinstance(spec, dict):
            return self.column(spec, at)
        given = [k for k in KINDS if k in spec]
        if len(given) != 1:
            raise self.mapping.wrong(at, f"expected one of {', '.join(KINDS)}, not {spec!r}")
        told = getattr(self, f"of_{given[0]}")(spec, at)
        return self.coded(spec, told, at)

    def of_column(self, spec: dict, at: str) -> str:
        return self.column(spec["column"], at)

    def of_is(self, spec: dict, at: str) -> str:
        return literal(str(spec["is"]))

    def of_first(self, spec: dict, at: str) -> str:
        return f"coalesce({', '.join(self.sql(s, at) for s in spec['first'])})"

    def of_join(self, spec: dict, at: str) -> str:
        parts = ", ".join(self.sql(s, at) for s in spec["join"])
        return f"nullif(concat_ws({literal(spec.get('with', ' '))}, {parts}), '')"

    def of_text(self, spec: dict, at: str) -> str:
        """A text with columns in braces; NULL where one of them is empty."""
        parts = HOLE.split(str(spec["text"]))
        told = [self.column(p, at) if n % 2 else literal(p) for n, p in enumerate(parts) if p]
        return f"({' || '.join(told)})"

    def text(self, told: str) -> str:
        """SQL for a text on one line, in Unicode NFC."""
        if not self.odd:
            return f"nfc_normalize({told})"
        folded = f"trim(regexp_replace({told}, '[\\x00-\\x20\\x7f]+', ' ', 'g'))"
        broken = f"regexp_matches({told}, '[\\x00-\\x1f\\x7f]|  ')"
        return f"nfc_normalize(CASE WHEN {broken} THEN {folded} ELSE {told} END)"

    def coded(self, spec: dict, told: str, at: str) -> str:
        """A value turned into a code: by a list of codes, or by the words that stand in it."""
        rest = "NULL" if spec.get("otherwise") is None else literal(str(spec["otherwise"]))
        if "codes" in spec:
            codes = {str(k): v for k, v in spec["codes"].items()}
            whens = " ".join(
                f"WHEN {literal(k)} THEN {'NULL' if v is None else literal(str(v))}"
                for k, v in codes.items()
            )
            if "otherwise" not in spec and "column" in spec:
                known = ", ".join(map(literal, codes))
                self.faults.append(Fault("unknown-code", str(spec["column"]), told,
                                         f"{told} NOT IN ({known})",
                                         f"one of {', '.join(codes)}"))  # fmt: skip
            return f"CASE {told} {whens} ELSE {rest} END"
        if "patterns" in spec:
            whens = " ".join(
                f"WHEN {any_of(told, words)} THEN {literal(str(v))}"
                for words, v in spec["patterns"].items()
            )
            # A row without the value has no code by words; the rest is for those that have one.
            return f"CASE WHEN {told} IS NULL THEN {rest} {whens} ELSE {rest} END"
        return told

    def number(self, spec: Any, at: str, least: int | None = None) -> str:
        """SQL for a whole number; a cell that holds none is empty, and told."""
        told = self.sql(spec, at)
        if spec is None:
            return "NULL::BIGINT"
        value = f"TRY_CAST({told} AS DOUBLE)"
        bound = f" AND {value} >= {least}" if least is not None else ""
        whole = (
            f"CASE WHEN {value} = floor({value}) AND abs({value}) < 1e15{bound} THEN {value} END"
        )
        wanted = "a whole number" if least is None else f"a whole number from {least}"
        self.fault("no-number", spec, told, f"{told} IS NOT NULL AND ({whole}) IS NULL", wanted)
        return f"CAST({whole} AS BIGINT)"

    def decimal(self, spec: Any, at: str, bound: int) -> str:
        """SQL for a number between -bound and bound; a cell that holds none is empty, and told."""
        told = self.sql(spec, at)
        if spec is None:
            return "NULL::DOUBLE"
        inside = f"CASE WHEN abs(TRY_CAST({told} AS DOUBLE)) <= {bound} THEN " \
                 f"TRY_CAST({told} AS DOUBLE) END"  # fmt: skip
        broken = f"{told} IS NOT NULL AND ({inside}) IS NULL"
        self.fault("no-number", spec, told, broken, f"a number from -{bound} to {bound}")
        return inside

    def fault(self, rule: str, spec: Any, told: str, broken: str, wanted: str) -> None:
        """Ask of every row what may be wrong with a value."""
        self.faults.append(Fault(rule, self.named(spec), told, broken, wanted))

    def named(self, spec: Any) -> str:
        """The column that a value comes from, in words."""
        if isinstance(spec, dict):
            return str(spec.get("column") or next((spec[k] for k in KINDS if k in spec), ""))
        return str(spec)


def any_of(told: str, words: str) -> str:
    """SQL: whether one of several words, parted by |, stands in a text; ^word: at its beginning."""
    several = [w.strip().lower() for w in str(words).split("|") if w.strip()]
    return "(" + " OR ".join(
        f"starts_with(lower({told}), {literal(w[1:])})" if w.startswith("^")
        else f"contains(lower({told}), {literal(w)})" for w in several
    ) + ")"  # fmt: skip


def slug(told: str) -> str:
    """SQL for an id: the ASCII letters and digits of a text, joined by hyphens; NULL for none."""
    plain = f"lower({told})"
    return (
        f"CASE WHEN regexp_full_match({plain}, '[a-z0-9]+') THEN {plain} ELSE nullif(trim("
        f"regexp_replace(strip_accents({plain}), '[^a-z0-9]+', '-', 'g'), '-'), '') END"
    )

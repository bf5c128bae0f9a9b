"""What is checked of each record of a part, as SQL over the cells and values of one scan."""

from __future__ import annotations

from collections.abc import Iterator

from hudna.engine import typed
from hudna.engine.asides import readable
from hudna.engine.sources import Facts
from hudna.engine.typed import Aside, Check, quote
from hudna.form import patterns
from hudna.form.schema import Field, Table

# Not a fault: that a value may have another spelling than the canonical one.
SPELLING = "spelling"
OF_WIDTH = ("missing-cell", "extra-cell")


def checks_of(table: Table, part: Facts, parts: list[Facts], known: list[Aside]) -> list[Check]:
    """What is checked of each record of a part; the same list for all parts of a table."""
    out = [Check("", "blank-row", "", "_blank")]
    if any(p.ragged for p in parts):
        width = max(p.width for p in parts)
        # The widths of a file that is read by a proof are not in its relation.
        n = "_width" if part.ragged and not part.proven else str(part.width)
        for i in range(width):
            name = table.names[i] if i < len(table.fields) else ""
            short = i < part.width and f"({n} <= {i} AND NOT _blank)"
            out.append(Check(name, "missing-cell", "", short or "FALSE"))
        out.append(Check("", "extra-cell", "", f"({n} > {part.width} AND NOT _blank)"))
    odd = any(p.odd for p in parts)
    # Only a table that is one file has a canonical form.
    spelled = len(parts) == 1 and part.proven
    for i, field in enumerate(table.fields):
        found = list(of_field(part, field, i, odd, known, spelled))
        if not readable(part, field, i):
            found = [c._replace(broken="FALSE") for c in found]
        out += found
    return out


def of_width(table: Table, part: Facts, parts: list[Facts]) -> list[Check]:
    """The first of the checks of a part, as `checks_of` gives them for records that have `_width`:
    whether a record is blank, and those of its width."""
    several = checks_of(table, part._replace(proven=False), parts, [])
    return [several[0], *(c for c in several if c.rule in OF_WIDTH)]


def of_field(
    part: Facts, field: Field, i: int, odd: bool, known: list[Aside], spelled: bool
) -> Iterator[Check]:
    """What is checked of a field. spelled: also whether the spelling is the canonical one."""
    raw, name = f"r{i}", quote(field.name)
    typed_already = bool(part.kinds) and part.kinds[i : i + 1] != ("VARCHAR",)
    if odd:
        plain = typed_already and field.type != "string"
        yield Check(field.name, "odd-character", "", "FALSE" if plain else typed.odd(raw))
    valued = {a.field for a in known if not a.pattern}
    for check in typed.checks(field, raw, name):
        if check.rule == "type-error" and typed_already:
            check = check._replace(broken=f"({raw} IS NOT NULL AND {name} IS NULL)")
        elif check.rule == "type-error" and field.name in valued:
            check = check._replace(broken=f"({check.broken} AND {name} IS NULL)")
        yield check
    if spelled and field.type != "string":
        # Not a fault: whether the spelling is the canonical one is asked of Python.
        sure = typed.canonical(field, raw, name)
        yield Check(
            field.name, SPELLING, "", f"({raw} IS NOT NULL AND NOT coalesce({sure}, FALSE))"
        )
    pattern = field.constraints.get("pattern")
    if pattern is not None and patterns.in_sql(pattern) is None:
        asked = (f"{a.table}_is" for a in known if a.field == field.name and a.pattern)
        yield Check(field.name, "constraint-error", "pattern", next(asked, "FALSE"))

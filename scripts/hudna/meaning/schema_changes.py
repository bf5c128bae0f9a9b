"""What changed between the schemas of two versions of a package, and which step each change asks.

A major change can break what others built: a file or a program that was right before is not any
more. A minor one adds. The rest is a patch. docs/versions.md is the promise in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from hudna.form.package import Package
from hudna.form.schema import Field, Table

STEPS = ("none", "patch", "minor", "major")
# Constraints whose value is a bound, and which way it goes when it lets more pass.
UP, DOWN = ("maximum", "maxLength"), ("minimum", "minLength")
WORDS = ("title", "description", "example", "categories")


class Change(NamedTuple):
    """One change. step: of STEPS. table, field: where (field "" for the table). what: in words."""

    step: str
    table: str
    field: str
    what: str


def largest(steps: Iterator[str] | list[str]) -> str:
    """The largest of some steps, "none" without any."""
    return max(steps, key=STEPS.index, default="none")


def changes(old: Package, new: Package) -> list[Change]:
    """Every change of the tables' schemas, the largest first, then in the tables' order."""
    found = [Change("major", n, "", "the table is gone") for n in old.tables if n not in new.tables]
    for name, table in new.tables.items():
        if name not in old.tables:
            found.append(Change("minor", name, "", "the table is new"))
        else:
            found += of_table(old.tables[name], table)
    return sorted(found, key=lambda c: -STEPS.index(c.step))


def of_table(old: Table, new: Table) -> Iterator[Change]:
    """The changes of one table."""
    before, after = {f.name: f for f in old.fields}, {f.name: f for f in new.fields}
    for name in before.keys() - after.keys():
        yield Change("major", new.name, name, "the field is gone")
    for name in (n for n in after if n not in before):
        must = after[name].required
        words = "the field is new" + (" and must be filled" if must else "")
        yield Change("major" if must else "minor", new.name, name, words)
    both = [n for n in after if n in before]
    if [n for n in before if n in after] != both:
        yield Change("major", new.name, "", "the fields stand in another order")
    for name in both:
        yield from of_field(new.name, before[name], after[name])
    yield from of_keys(old, new)
    if (old.title, old.description) != (new.title, new.description):
        yield Change("patch", new.name, "", "the description is worded otherwise")


def of_keys(old: Table, new: Table) -> Iterator[Change]:
    """What changed in the keys and references of a table, and in what counts as missing."""
    if old.primary_key != new.primary_key:
        words = f"the primary key is {said(new.primary_key)}, was {said(old.primary_key)}"
        yield Change("major", new.name, "", words)
    if set(old.missing) != set(new.missing):
        words = f"missing is written {said(new.missing)}, was {said(old.missing)}"
        yield Change("major", new.name, "", words)
    for key in old.foreign_keys:
        if key not in new.foreign_keys:
            words = f"the foreign key to {key.table} is gone"
            yield Change("minor", new.name, ", ".join(key.fields), words)
    for key in new.foreign_keys:
        if key not in old.foreign_keys and set(key.fields) <= set(old.names):
            words = f"must name a record of {key.table}"
            yield Change("major", new.name, ", ".join(key.fields), words)


def of_field(table: str, old: Field, new: Field) -> Iterator[Change]:
    """What changed in a field."""
    if (old.type, old.format) != (new.type, new.format):
        words = f"the type is {kind(new)}, was {kind(old)}"
        yield Change("major", table, new.name, words)
        return
    for name in sorted(old.constraints.keys() | new.constraints.keys()):
        before, after = old.constraints.get(name), new.constraints.get(name)
        if before != after:
            yield from of_constraint(table, new.name, name, before, after)
    if any(old.raw.get(w) != new.raw.get(w) for w in WORDS) and old.codes == new.codes:
        yield Change("patch", table, new.name, "the description is worded otherwise")


def of_constraint(table: str, field: str, name: str, old: Any, new: Any) -> Iterator[Change]:
    """What changed in one constraint: looser is minor, tighter or otherwise is major."""
    if name == "enum" and old and new:
        for code in (c for c in old if c not in new):
            yield Change("major", table, field, f"the code {code} is gone")
        for code in (c for c in new if c not in old):
            yield Change("minor", table, field, f"the code {code} is new")
        return
    if name in ("required", "unique"):
        words = f"need not be {name}" if old else f"must be {name}"
        yield Change("minor" if old else "major", table, field, words.replace("required", "filled"))
        return
    looser = new is None or (old is not None and within(name, old, new))
    words = f"{name} is {said(new)}, was {said(old)}"
    yield Change("minor" if looser else "major", table, field, words)


def within(name: str, old: Any, new: Any) -> bool:
    """Whether a bound lets everything pass that it let pass before."""
    return (name in UP and new >= old) or (name in DOWN and new <= old)


def kind(field: Field) -> str:
    """A type with its format where that is not the default one."""
    return field.type if field.format == "default" else f"{field.type} ({field.format})"


def said(value: Any) -> str:
    """A constraint's value in words."""
    if value is None or value == () or value == []:
        return "none"
    return ", ".join(map(repr, value)) if isinstance(value, (list, tuple)) else str(value)

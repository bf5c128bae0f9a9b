"""What keeps hudna from reading a Table Schema, one sentence a fault."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from hudna.form import patterns, values
from hudna.form.schema import Field, names
from hudna.ground.finding import shorten
from hudna.ground.text import BIDI

TYPES = ("string", "integer", "number", "boolean", "date")
FORMATS = {"string": ("default", "uri")}
CONSTRAINTS = {
    "string": {"required", "unique", "enum", "pattern", "minLength", "maxLength"},
    "boolean": {"required", "unique", "enum"},
    "integer": {"required", "unique", "enum", "minimum", "maximum"},
    "number": {"required", "unique", "enum", "minimum", "maximum"},
    "date": {"required", "unique", "enum", "minimum", "maximum"},
}
# Properties that change how a cell is read: other clients disagree on them, so hudna refuses them.
REFUSED = ("trueValues", "falseValues", "bareNumber", "decimalChar", "groupChar", "missingValues")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CITED = ("itself", "parent", "no")


def faults(schema: Any) -> Iterator[str]:
    """Each fault of a Table Schema, as what goes on after its name."""
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        yield "has no list of fields"
        return
    if not schema["fields"]:
        yield "has an empty list of fields"
    known: dict[str, str] = {}
    for f in schema["fields"]:
        name = f.get("name") if isinstance(f, dict) else None
        if not isinstance(name, str) or not name:
            yield "has a field without a name"
            continue
        if name.casefold() in known:
            yield f"has the field {name!r} twice (names that differ in case only count as one)"
        known[name.casefold()] = name
        if reason := bad_name(name):
            yield f"names a field {shorten(name)!r}; {reason}"
        yield from (f"gives field {shorten(name)!r} {p}" for p in field_faults(name, f))
    missing = schema.get("missingValues", [""])
    if not is_texts(missing) or not missing:
        yield "has missingValues that are no list of texts"
    yield from key_faults(schema, set(known.values()))
    yield from own_faults(schema.get("hudna", {}), set(known.values()))


def bad_name(name: str) -> str:
    """Why a table or a field may not have this name, or ""."""
    if name.startswith("_"):
        return "names that begin with _ are kept for hudna"
    if UNSEEN.search(name) or BIDI.search(name) or name != name.strip():
        return "expected no control characters, and no blanks around it"
    return ""


def field_faults(name: str, f: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one field of a Table Schema."""
    kind, form, limits = f.get("type", "string"), f.get("format"), f.get("constraints", {})
    if kind not in TYPES:
        yield f"the type {kind!r}; hudna reads {', '.join(TYPES)}"
        return
    form = "default" if form is None else form
    if form not in FORMATS.get(kind, ("default",)):
        yield f"the format {form!r}, which hudna does not read for {kind}"
        return
    for p in REFUSED:
        if p in f:
            yield f"the property {p!r}, which clients read differently"
    if not isinstance(limits, dict):
        yield "constraints that are no object"
        return
    field = Field(name, kind, form, limits, f)
    for c, limit in limits.items():
        if c not in CONSTRAINTS[kind]:
            yield f"the constraint {c!r}, which does not apply to {kind}"
        elif problem := limit_fault(field, c, limit):
            yield f"the {c} {shorten(repr(limit))}, which {problem}"


def limit_fault(field: Field, constraint: str, limit: Any) -> str:
    """What is wrong with the value of a constraint, or ""."""
    if constraint in ("required", "unique"):
        return "" if isinstance(limit, bool) else "is not true or false"
    if constraint == "pattern":
        return patterns.fault(limit)
    if constraint in ("minLength", "maxLength"):
        whole = isinstance(limit, int) and not isinstance(limit, bool) and limit >= 0
        return "" if whole else "is no number of characters"
    if constraint == "enum":
        if not isinstance(limit, list) or not limit:
            return "is no list of codes"
        wrong = [c for c in limit if not holds(field, c)]
        return f"holds {wrong[0]!r}; expected values of the type {field.type}" if wrong else ""
    return "" if holds(field, limit) else f"is no {field.type}"


def holds(field: Field, limit: Any) -> bool:
    """Whether a bound or code is a value of the field's type that SQL can compare with."""
    if isinstance(limit, bool) != (field.type == "boolean") and not isinstance(limit, str):
        return False
    if field.type in ("string", "date") and not isinstance(limit, str):
        return False
    value = values.bound(field, limit) if isinstance(limit, str | int | float) else None
    return value is not None and (field.type != "number" or math.isfinite(value))


def key_faults(schema: dict[str, Any], known: set[str]) -> Iterator[str]:
    """What is wrong with the keys of a Table Schema whose fields are known."""
    primary, foreign = schema.get("primaryKey") or [], schema.get("foreignKeys") or []
    if not is_texts(names_of(primary)):
        yield "has a primary key that is no list of fields"
    else:
        for n in sorted(set(names(primary)) - known):
            yield f"has a primary key on {n!r}, which is no field"
    if not isinstance(foreign, list):
        yield "has foreignKeys that are no list"
        return
    for k in foreign:
        yield from foreign_key_faults(k, known)


def foreign_key_faults(key: Any, known: set[str]) -> Iterator[str]:
    """What is wrong with one foreign key."""
    reference = key.get("reference") if isinstance(key, dict) else None
    if not isinstance(reference, dict) or not isinstance(reference.get("resource", ""), str):
        yield "has a foreign key without a reference"
        return
    here, there = names_of(key.get("fields")), names_of(reference.get("fields"))
    if not is_texts(here) or not is_texts(there) or not here or len(here) != len(there):
        yield f"has a foreign key on {here!r} that refers to {there!r}; expected as many fields"
        return
    for n in here:
        if n not in known:
            yield f"has a foreign key on {n!r}, which is no field"


def own_faults(own: Any, known: set[str]) -> Iterator[str]:
    """What is wrong with the property `hudna` of a Table Schema."""
    if not isinstance(own, dict):
        yield "has a property hudna that is no object"
        return
    if own.get("cited", "no") not in CITED:
        yield f"has hudna.cited {own['cited']!r}; expected one of {', '.join(CITED)}"
    kinds = {"nests": dict, "reserved": dict, "references": list, "document": str}
    for name in (n for n, kind in kinds.items() if not isinstance(own.get(n, kind()), kind)):
        yield f"has a property hudna.{name} of the wrong type"
        return
    for r in own.get("references", ()):
        for n in (r.get("table"), r.get("record")) if isinstance(r, dict) else (r,):
            if not isinstance(n, str) or n not in known:
                yield f"has a reference on {n!r}, which is no field"


def names_of(value: Any) -> Any:
    """One name as a list of one."""
    return [value] if isinstance(value, str) else value


def is_texts(value: Any) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(v, str) for v in value)

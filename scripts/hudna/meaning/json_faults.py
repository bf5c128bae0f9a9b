"""What is wrong with a JSON text under a JSON Schema, one fault a value, each with its line."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from hudna.form import jsontext
from hudna.ground.finding import shorten

CODES_SHOWN = 12
# Of several faults of one value only the first of these is told, then any other.
PRECEDENCE = ("type", "required", "additionalProperties", "enum", "const", "format", "pattern")
WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "array": "an array",
}
LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "the form {}",
    "format": "a {} that exists",
}


class Fault(NamedTuple):
    """One fault: the path of the value (or of where one is missing), what it is, where it is.

    line: the physical line on which the value, or the key before it, begins; for what is missing,
    that of the object which lacks it.
    """

    path: jsontext.Path
    problem: str
    value: str | None = None
    line: int = 1


def faults(data: bytes, schema: Any) -> list[Fault]:
    """What is wrong with a text: no JSON at all, a key that stands twice, or a broken schema."""
    try:
        value = jsontext.read(data)
    except jsontext.Broken as e:
        return [Fault((), e.problem, line=e.line)]
    lines, doubled = jsontext.lines(data.decode("utf-8"))
    found = {p: Fault(p, f"{p[-1]} stands twice in one object", line=n) for p, n in doubled}
    for path, problem, shown in (one for error in errors(schema, value) for one in split(error)):
        at = path if path in lines else path[:-1]
        found.setdefault(path, Fault(path, problem, shown, lines[at]))
    return list(found.values())


def errors(schema: Any, value: Any) -> list[Any]:
    """The validator's errors, of which the weightiest of each value comes first.

    Raises ValueError where the schema itself is faulty.
    """
    import jsonschema
    import referencing
    import referencing.exceptions

    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    # Without a registry of its own, the validator would fetch a `$ref` from the network.
    validator = kind(
        schema,
        registry=referencing.Registry(),
        format_checker=jsonschema.FormatChecker(formats=("date",)),
    )
    try:
        kind.check_schema(schema)
        found = list(validator.iter_errors(value))
    except jsonschema.SchemaError as e:
        raise ValueError(f"is no JSON Schema: {shorten(e.message)}") from None
    except (referencing.exceptions.Unresolvable, re.error, RecursionError) as e:
        raise ValueError(f"cannot be applied: {shorten(str(e))}") from None
    # Of alternatives that all fail, the one that fits best is told.
    best = [jsonschema.exceptions.best_match([e]) for e in found]
    return sorted(best, key=weight)


def weight(error: Any) -> int:
    """The rank of an error among those of the same value."""
    keyword = error.validator
    return PRECEDENCE.index(keyword) if keyword in PRECEDENCE else len(PRECEDENCE)


def split(error: Any) -> Iterator[tuple[jsontext.Path, str, str | None]]:
    """The faults of one error: each missing and each unknown field is one of its own."""
    path, limit, value = tuple(error.absolute_path), error.validator_value, error.instance
    if error.validator == "required":
        for name in (n for n in limit if n not in value):
            yield (*path, name), f"{name} is missing; expected a value", None
    elif error.validator == "additionalProperties" and limit is False:
        known = error.schema.get("properties", {})
        for name in (n for n in value if n not in known):
            yield (*path, name), f"{name} is no field here; expected {some(known)}", None
    else:
        name = next((p for p in reversed(path) if isinstance(p, str)), "the document")
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        seen = repr(shorten(shown)) if isinstance(value, str) else shorten(shown)
        yield path, f"{name} is {seen}; {expected(error)}", shown


def expected(error: Any) -> str:
    """What was wanted, in words."""
    limit = error.validator_value
    if error.validator == "type" and isinstance(limit, str):
        return f"expected {WORDS.get(limit, limit)}"
    if error.validator == "enum":
        near = difflib.get_close_matches(str(error.instance), map(str, limit), 1)
        return f"expected one of {some(limit)}" + (f" (nearest: {near[0]})" if near else "")
    if error.validator == "minLength" and limit == 1:
        return "expected text (what is empty is left out)"
    if error.validator in LIMITS:
        return "expected " + LIMITS[error.validator].format(limit)
    return f"which breaks {error.validator} of its JSON Schema"


def some(codes: Any) -> str:
    """A list of codes as words, cut where it grows long."""
    shown = [str(c) for c in codes]
    more = f" or one of {len(shown) - CODES_SHOWN} more" if len(shown) > CODES_SHOWN else ""
    return ", ".join(shown[:CODES_SHOWN]) + more

"""What a cell means: the value that a field's type gives to a text, exactly as frictionless does.

The engine asks only for the texts that its fast patterns do not cover, so this stays the one
definition of each type without being run on every cell.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from hudna.form.schema import Field

TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")
# RFC 3986 as frictionless asks for it: a scheme must be there, the rest is not looked at.
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def value(field: Field, text: str) -> Any:
    """The value of a text under the field's type; None where the text is no such value."""
    try:
        return READ[field.type](field, text)
    except (ValueError, ArithmeticError):
        return None


def read_string(field: Field, text: str) -> str | None:
    return text if field.format == "default" or URI.match(text) else None


def read_boolean(_: Field, text: str) -> bool | None:
    return True if text in TRUE else False if text in FALSE else None


def read_date(_: Field, text: str) -> datetime.date:
    return datetime.datetime.strptime(text, "%Y-%m-%d").date()


READ = {
    "string": read_string,
    "integer": lambda _, text: int(text.strip()),
    "number": lambda _, text: Decimal(text.strip()),
    "boolean": read_boolean,
    "date": read_date,
}


def bound(field: Field, limit: Any) -> Any:
    """A minimum, maximum or code of a schema, as a value of the field's type (None: it is none)."""
    return limit if isinstance(limit, bool) else value(field, str(limit))


def matches(pattern: str, text: str) -> bool:
    """Whether a text keeps a pattern, by frictionless's reading: anchored, `$` before a last LF."""
    return re.compile(f"^{pattern}$").match(text) is not None

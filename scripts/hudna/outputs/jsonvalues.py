"""Rows as lines of JSON: numbers, truth and texts as they are, dates as ISO texts."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def value(given: Any) -> Any:
    """A value as JSON has it; a number that JSON does not know is a text."""
    if isinstance(given, datetime.date):
        return given.isoformat()
    if isinstance(given, float) and not math.isfinite(given):
        return str(given)
    return given


def line(given: Any) -> str:
    """A value on one line, in the letters of its script."""
    return json.dumps(given, ensure_ascii=False, allow_nan=False)


def rows(names: list[str], several: Iterable[tuple]) -> Iterator[dict[str, Any]]:
    """Records as objects with every field, also those that are empty."""
    for row in several:
        yield {n: value(v) for n, v in zip(names, row, strict=True)}


def separated(items: Iterable[Any]) -> Iterator[str]:
    """The lines of an array, each but the first begun by the comma that it needs."""
    start = ""
    for item in items:
        yield f"{start}{line(item)}"
        start = ",\n"


def begins(path: Path, head: str) -> bool:
    """Whether a file begins so."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(head.encode())) == head.encode()

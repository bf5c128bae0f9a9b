"""Rows that Python holds, put into a table of the engine at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hudna.engine.typed import quote


def fill(con: Any, name: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Make a table. columns: names and SQL types; rows: values in that order."""
    defined = ", ".join(f"{quote(c)} {kind}" for c, kind in columns.items())
    con.execute(f"CREATE TABLE {quote(name)} ({defined})")
    if rows:
        lists = {f"p{i}": list(held) for i, held in enumerate(zip(*rows, strict=True))}
        told = ", ".join(f"unnest($p{i}::{kind}[])" for i, kind in enumerate(columns.values()))
        con.execute(f"INSERT INTO {quote(name)} SELECT {told}", lists)

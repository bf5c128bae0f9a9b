"""Patterns of Table Schemas: how SQL reads one exactly as Python does, and which are refused."""

from __future__ import annotations

import re
import warnings
from typing import Any

# What \d, \w and \s stand for in Python, as the inside of a class of RE2.
CLASSES = {"d": r"\p{Nd}", "w": r"\p{L}\p{N}_", "s": r"\t-\r\x1c-\x20\x{85}\p{Z}"}
# Patterns that RE2 and Python's re read alike: literals, simple classes, groups, repetition.
SIMPLE = re.compile(
    r"""(?:[A-Za-z0-9 _,:;@/'"#%&=!<>~`-]          # literal
         | \\[.\\*+?()\[\]{}|^$/-]                 # escaped punctuation
         | \\[dwsDWS]
         | \[\^?(?:\\[dws]|[A-Za-z0-9 _.,:;@/'"#%&=!<>*+?(){}|$-](?![&~|\[-]{2}))+\]
         | \((?:\?:)?(?!\?) | \) | [|.]
         | (?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})(?!\+) )*""",
    re.VERBOSE,
)
PARTS = re.compile(r"(?P<other>\\[^dwsDWS])|\\(?P<letter>[dwsDWS])|(?P<open>\[\^?)|(?P<close>\])")
COUNT = re.compile(r"(?P<group>\)?)\{(?P<most>[0-9]+)(?:,(?P<more>[0-9]*))?\}")
ASIDE = re.compile(r"\\.|\[\^?\]?[^\]]*\]", re.S)
REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")
# Above this size RE2 refuses a pattern; a class of Unicode letters weighs as much as ten others.
LARGEST, UNICODE = 3000, 10


def fault(pattern: Any) -> str:
    """Why hudna does not take a pattern, or ""."""
    if not isinstance(pattern, str):
        return "is no text"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            re.compile(f"^{pattern}$")
    except (re.error, OverflowError, RecursionError) as e:
        return f"is no regular expression: {e}"
    except FutureWarning:
        return "has a [ inside of [], which clients read differently"
    if in_sql(pattern) is None and REPEATED_GROUP.search(ASIDE.sub("", pattern)):
        # Python backtracks, and a cell of some dozen characters could keep it busy for years.
        return "repeats a group and holds what only Python reads; it could take for ever"
    return ""


def in_sql(pattern: str) -> str | None:
    """The pattern as SQL must be given it, or None where only Python reads it as Python does."""
    if not SIMPLE.fullmatch(pattern) or size(pattern) > LARGEST:
        return None
    inside = False

    def part(m: re.Match) -> str:
        nonlocal inside
        inside = bool(m["open"]) or (inside and not m["close"])
        if not m["letter"]:
            return m[0]
        held = CLASSES[m["letter"].lower()]
        return held if inside else f"[{'^' * m['letter'].isupper()}{held}]"

    return PARTS.sub(part, pattern)


def size(pattern: str) -> int:
    """About how large RE2 makes a pattern: its repetitions written out."""
    weight = UNICODE if re.search(r"\\[dwsDWS]", pattern) else 1
    out, groups = len(pattern), 1
    for m in COUNT.finditer(pattern):
        most = max(int(m["most"]), int(m["more"] or 0), 1)
        out += most * weight
        groups *= most if m["group"] else 1
    return out * groups

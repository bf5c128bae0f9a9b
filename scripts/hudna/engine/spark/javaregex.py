"""A regular expression of RE2, which DuckDB has, as Java reads it alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Letters and numbers that RE2 knows and Java 17 does not yet: they came with Unicode 14 and 15.
LATER = {
    "L": r"\x{870}-\x{887}\x{889}-\x{88e}\x{8b5}\x{8c8}-\x{8c9}\x{c5d}\x{cdd}\x{170d}\x{171f}"
    r"\x{1b4c}\x{2c2f}\x{2c5f}\x{9ffd}-\x{9fff}\x{a7c0}-\x{a7c1}\x{a7d0}-\x{a7d1}\x{a7d3}"
    r"\x{a7d5}-\x{a7d9}\x{a7f2}-\x{a7f4}\x{10570}-\x{1057a}\x{1057c}-\x{1058a}\x{1058c}-\x{10592}"
    r"\x{10594}-\x{10595}\x{10597}-\x{105a1}\x{105a3}-\x{105b1}\x{105b3}-\x{105b9}"
    r"\x{105bb}-\x{105bc}\x{10780}-\x{10785}\x{10787}-\x{107b0}\x{107b2}-\x{107ba}"
    r"\x{10f70}-\x{10f81}\x{11071}-\x{11072}\x{11075}\x{1123f}-\x{11240}\x{11740}-\x{11746}"
    r"\x{11ab0}-\x{11abf}\x{11f02}\x{11f04}-\x{11f10}\x{11f12}-\x{11f33}\x{12f90}-\x{12ff0}"
    r"\x{1342f}\x{13441}-\x{13446}\x{16a70}-\x{16abe}\x{1aff0}-\x{1aff3}\x{1aff5}-\x{1affb}"
    r"\x{1affd}-\x{1affe}\x{1b11f}-\x{1b122}\x{1b132}\x{1b155}\x{1df00}-\x{1df1e}"
    r"\x{1df25}-\x{1df2a}\x{1e030}-\x{1e06d}\x{1e290}-\x{1e2ad}\x{1e4d0}-\x{1e4eb}"
    r"\x{1e7e0}-\x{1e7e6}\x{1e7e8}-\x{1e7eb}\x{1e7ed}-\x{1e7ee}\x{1e7f0}-\x{1e7fe}"
    r"\x{2a6de}-\x{2a6df}\x{2b735}-\x{2b739}\x{31350}-\x{323af}",
    "N": r"\x{11f50}-\x{11f59}\x{16ac0}-\x{16ac9}\x{1d2c0}-\x{1d2d3}\x{1e4f0}-\x{1e4f9}",
    "Nd": r"\x{11f50}-\x{11f59}\x{16ac0}-\x{16ac9}\x{1e4f0}-\x{1e4f9}",
}
BLANKS = r"\t\n\f\r "
# What RE2 means by an escape, where Java means another thing.
OUTSIDE = {
    "s": f"[{BLANKS}]",
    "S": f"[^{BLANKS}]",
    "v": r"\x0B",
    # Java's own \b knows letters that its \w does not.
    "b": r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))",
    "B": r"(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))",
}
INSIDE = {"s": BLANKS, "S": f"[^{BLANKS}]", "v": r"\x0B"}
TOKEN = re.compile(
    r"""\\Q.*?(?:\\E|\Z)
      | \\[pP](?P<kind>\{\^?\w+\}|\w)
      | \\x\{[0-9A-Fa-f]+\} | \\x[0-9A-Fa-f]{2}
      | \\(?P<escape>.)
      | \(\?P?<\w+>(?P<named>)
      | \(\?(?P<flags>[a-zA-Z-]+)(?=[:)])
      | (?P<open>\[\^?\]?)
      | \{[0-9]+(?:,[0-9]*)?\} (?P<count>)
      | .""",
    re.VERBOSE | re.DOTALL,
)
ITEM = re.compile(
    r"""\[:(?P<not>\^?)(?P<posix>\w+):\]
      | \\[pP](?P<kind>\{\^?\w+\}|\w)
      | \\x\{[0-9A-Fa-f]+\} | \\x[0-9A-Fa-f]{2}
      | \\(?P<escape>.)
      | (?P<close>\])
      | .""",
    re.VERBOSE | re.DOTALL,
)


class NotPortable(ValueError):
    """What DuckDB reads and Spark has no equal for."""


def java(pattern: str) -> str:
    """The pattern for `rlike`, which looks for it anywhere in a text, as regexp_matches does."""
    # d: only LF ends a line, so that a dot stands for all else.
    return "(?d)" + "".join(tokens(pattern))


def tokens(pattern: str) -> Iterator[str]:
    """The pieces of a pattern, each as Java reads it."""
    at = 0
    while m := TOKEN.match(pattern, at):
        at, text = m.end(), m[0]
        if m["open"]:
            inside, at = members(pattern, at)
            yield f"[{'^' if '^' in text else ''}{chr(92) + ']' if ']' in text else ''}{inside}]"
        elif m["kind"]:
            yield f"[{category(text, m['kind'])}]"
        elif m["escape"]:
            yield OUTSIDE.get(m["escape"], text)
        elif m["named"] is not None:
            # RE2 looks back at no group, so none needs its name.
            yield "("
        elif m["flags"]:
            yield f"(?{flags(m['flags'])}"
        elif text == "{":
            yield "\\{"
        else:
            yield r"\z" if text == "$" else text


def members(pattern: str, at: int) -> tuple[str, int]:
    """What stands in a class, and where the pattern goes on behind it."""
    out = []
    while m := ITEM.match(pattern, at):
        at, text = m.end(), m[0]
        if m["close"]:
            return "".join(out), at
        if m["posix"]:
            out.append(("\\P" if m["not"] else "\\p") + f"{{{POSIX.get(m['posix'], '?')}}}")
        elif m["kind"]:
            out.append(category(text, m["kind"]))
        elif m["escape"]:
            out.append(INSIDE.get(m["escape"], text))
        elif len(text) == 1 and text.isascii() and not text.isalnum() and text not in "- \t\n\r":
            # && and [ mean something in a class of Java.
            out.append("\\" + text)
        else:
            out.append(text)
    raise NotPortable(f"the pattern {pattern!r} has a class without an end")


NAMES = "alpha alnum blank cntrl digit graph lower print punct space upper"
POSIX = {n: n.capitalize() for n in NAMES.split()} | {"ascii": "ASCII", "xdigit": "XDigit"}


def category(text: str, kind: str) -> str:
    """A category or script of Unicode, as members of a class."""
    name = kind.strip("{}")
    other = (text[1] == "P") != name.startswith("^")
    name = name.removeprefix("^")
    known = f"\\p{{{name if len(name) < 3 else 'Is' + name}}}{LATER.get(name, '')}"
    return f"[^{known}]" if other else known


def flags(given: str) -> str:
    """The flags of a group; RE2 folds the case of all letters, Java only where u says so."""
    if set(given) - set("is-"):
        raise NotPortable(f"(?{given}) in a pattern has no equal in Java")
    return given.replace("i", "iu")

"""JSON text that keeps every number as it is spelled, and knows the line of every value."""

from __future__ import annotations

import json
import json.encoder
import re
from typing import Any

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n')
SURROGATE = re.compile("[\ud800-\udfff]")
Path = tuple[str | int, ...]


# What json.dumps does with a string, without making an encoder for each.
quoted = json.encoder.encode_basestring


class Number(float):
    """A double that remembers the text it was read from."""

    text: str

    def __new__(cls, text: str) -> Number:
        out = super().__new__(cls, text)
        out.text = text
        return out


class Broken(ValueError):
    """A text is no JSON; `line` says where (from 1)."""

    def __init__(self, problem: str, line: int = 1):
        super().__init__(problem)
        self.problem, self.line = problem, line


def read(data: bytes) -> Any:
    """The value of a JSON text in UTF-8, numbers with their spelling; raises Broken."""
    try:
        source = data.decode("utf-8")
        value = json.loads(source, parse_float=Number, parse_int=whole, parse_constant=refuse)
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        raise Broken(f"byte 0x{data[e.start]:02x} is not UTF-8; expected UTF-8", line) from None
    except json.JSONDecodeError as e:
        raise Broken(f"is no JSON: {e.msg} (column {e.colno})", e.lineno) from None
    except RecursionError:
        raise Broken("is nested too deep to be read") from None
    except ValueError as e:
        raise Broken(f"is no JSON that hudna reads: {e}") from None
    if "\\ud" in source.lower() and SURROGATE.search(text(value)):
        raise Broken("holds one half of a surrogate pair, which is no character")
    return value


def whole(text: str) -> int | Number:
    """A JSON number without fraction: an int, but for -0, which an int cannot hold."""
    return Number(text) if text == "-0" else int(text)


def refuse(name: str) -> Any:
    """Python reads NaN and Infinity, which are no JSON."""
    raise ValueError(f"{name} is no value")


def text(value: Any) -> str:
    """The canonical text: two blanks of indent, LF, keys in the order of the value."""
    out: list[str] = []
    write(value, "\n", out)
    return "".join(out) + "\n"


def write(value: Any, start: str, out: list[str]) -> None:
    """Append the text of a value in pieces; `start` begins each of its lines."""
    if isinstance(value, str):
        out.append(quoted(value))
    elif isinstance(value, dict) and value:
        mark, inside = "{" + start + "  ", start + "  "
        for key, inner in value.items():
            if type(inner) is str:
                out.append(f"{mark}{quoted(key)}: {quoted(inner)}")
            else:
                out.append(f"{mark}{quoted(key)}: ")
                write(inner, inside, out)
            mark = "," + inside
        out.append(start + "}")
    elif isinstance(value, list) and value:
        mark, inside = "[" + start + "  ", start + "  "
        for inner in value:
            out.append(mark)
            write(inner, inside, out)
            mark = "," + inside
        out.append(start + "]")
    else:
        out.append(value.text if isinstance(value, Number) else json.dumps(value))


def lines(text: str) -> tuple[dict[Path, int], list[tuple[Path, int]]]:
    """The physical line of each value of a valid JSON text by its path, and the doubled keys.

    A member of an object begins where its key stands. Of a key that stands twice the last line
    counts, as the last value does; each repetition is in the second list.
    """
    found: dict[Path, int] = {}
    doubled: list[tuple[Path, int]] = []
    stack: list[Any] = []  # the index in an array, the last key in an object
    line, expects_key = 1, False
    for match in TOKEN.finditer(text):
        token = match[0]
        if token == "\n":
            line += 1
        elif token in ("}", "]"):
            stack.pop()
            expects_key = False
        elif token == ",":
            expects_key = not isinstance(stack[-1], int)
            if not expects_key:
                stack[-1] += 1
        elif token == ":":
            expects_key = False
        elif expects_key:
            stack[-1] = json.loads(token)
            path = tuple(stack)
            if path in found and path[:-1] not in dict(doubled):
                doubled.append((path, line))
            found[path] = line
        else:
            found.setdefault(tuple(stack), line)
            if token in ("{", "["):
                stack.append("" if token == "{" else 0)
                expects_key = token == "{"
    return found, doubled

"""One rule or view as a file: its sentence, its severity or parameters, its query."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from hudna.ground.finding import CannotRun
from hudna.meaning import composing
from hudna.meaning.composing import ASIDE

SEVERITIES = ("error", "warning")
TYPES = ("DATE", "INTEGER", "VARCHAR", "BOOLEAN")
BOOLEANS = {"true": True, "false": False}
PARAM = re.compile(
    r"-- param (?P<name>[a-z][a-z0-9_]*) (?P<type>[A-Z]+) ="
    r"(?: (?P<default>(?!of )[^:]*?))?(?: of (?P<table>\w+)\.(?P<field>\w+))?: (?P<means>\S.*)"
)

Value = str | int | bool | datetime.date | None


class Param(NamedTuple):
    """A parameter of a view: `-- param by VARCHAR = month | year: the length of a window`.

    choices: the only values allowed (the first is the default), or (). column: table and field
    in whose values a given one must stand (`of incident_types.code`), or ().
    """

    name: str
    type: str
    default: Value
    means: str
    choices: tuple[str, ...] = ()
    column: tuple[str, ...] = ()


@dataclass(frozen=True)
class SqlFile:
    """A rule (with severity) or a view (with parameters), as its file says it.

    asks: the question that a view answers, in an asker's words. notes: what else its comments say.
    measure: the name of what is computed from the rows (`meaning.views.MEASURES`), or "".
    """

    name: str
    sentence: str
    severity: str
    params: tuple[Param, ...]
    sql: str
    asks: str = ""
    notes: str = ""
    measure: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the query, among them the tables and columns that it reads."""
        return frozenset(re.findall(r"\w+", self.sql))


def read(path: Path, above: tuple[str, ...] = ()) -> SqlFile:
    """The rule or view in a file; CannotRun says what is wrong with the file.

    severity is "" where the file has no such line; params are empty where it declares none.
    above: the views that read this one.
    """
    lines = text(path).splitlines()
    header = list(head(lines))
    if not header or not header[0][2:].strip() or DECLARES.match(header[0]):
        raise CannotRun(f"{path}: the first line is no sentence; expected `-- What it shows.`")
    told: dict[str, list[str]] = {k: [] for k in (*KEYS, "")}
    for line in header[1:]:
        m = DECLARES.match(line)
        told[(m[1] or m[2]) if m else ""].append(line)
    params = tuple(param(path, line) for line in told["param"])
    sql = "\n".join(lines[len(header) :]).strip()
    if not ASIDE.sub("", sql).strip():
        raise CannotRun(f"{path} has no query after its comment lines")
    others = [other(path, after(line), params, (*above, path.stem)) for line in told["reads"]]
    sql = composing.compose(sql, others)
    same_names(path, [p.name for p in params], sql)
    return SqlFile(
        path.stem,
        header[0][2:].strip(),
        one_of(path, after(told["severity"][-1])) if told["severity"] else "",
        params,
        sql,
        " ".join(map(after, told["asks"])),
        " ".join(line[2:].strip() for line in told[""]),
        " ".join(map(after, told["measure"])),
    )


def after(line: str) -> str:
    """What stands after the colon."""
    return line.partition(":")[2].strip()


def other(
    path: Path, line: str, params: tuple[Param, ...], above: tuple[str, ...]
) -> tuple[str, str]:
    """Name and query of a view that another reads (`incident-counts by=week`).

    Its parameters have the values said there; those that the reader has too are the reader's, the
    rest have their defaults.
    """
    name, *said = line.split()
    if name in above:
        raise CannotRun(f"{path} reads {name}, which reads it; expected no such ring")
    view = read(path.with_name(f"{name}.sql"), above)
    given = dict(s.partition("=")[::2] for s in said)
    own = {p.name: p for p in view.params}
    if unknown := sorted(set(given) - set(own)):
        raise CannotRun(f"{path} sets {unknown[0]}, which {name} does not have")

    def bound(key: str) -> str:
        asked = own[key]
        if key not in given and any((key, asked.type) == p[:2] for p in params):
            return f"${key}"
        try:
            held = value(asked, given[key]) if key in given else asked.default
        except ValueError as e:
            raise CannotRun(f"{path}: {key} of {name} {e}") from None
        return composing.constant(asked.type, held)

    return name, composing.bind(view.sql, bound)


KEYS = ("param", "severity", "asks", "reads", "measure")
DECLARES = re.compile(r"-- *(?:(param|severity)\b|(asks|reads|measure):)")


def text(path: Path) -> str:
    """The text of the file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise CannotRun(f"{path} is no UTF-8 text (byte {e.start})") from None
    except OSError as e:
        raise CannotRun(f"{path} cannot be read: {e.strerror}") from None


def head(lines: list[str]) -> Iterator[str]:
    """The comment lines at the top."""
    for line in lines:
        if not line.startswith("--"):
            return
        yield line


def one_of(path: Path, severity: str) -> str:
    """The severity, if it is one."""
    if severity not in SEVERITIES:
        raise CannotRun(f"{path}: severity is {severity!r}; expected {' or '.join(SEVERITIES)}")
    return severity


def param(path: Path, line: str) -> Param:
    """The parameter that a line declares."""
    m = PARAM.fullmatch(line.rstrip())
    if not m:
        raise CannotRun(f"{path}: {line!r} declares no parameter; expected "
                        "`-- param day DATE = 2020-10-10: what it means`")  # fmt: skip
    if m["type"] not in TYPES:
        raise CannotRun(f"{path}: parameter {m['name']} has the type {m['type']}; "
                        f"expected {', '.join(TYPES)}")  # fmt: skip
    choices = tuple(c.strip() for c in (m["default"] or "").split("|"))
    choices = choices if len(choices) > 1 else ()
    column = (m["table"], m["field"]) if m["table"] else ()
    bare = Param(m["name"], m["type"], None, m["means"], choices, column)
    default = choices[0] if choices else (m["default"] or "").strip()
    try:
        return bare._replace(default=value(bare, default))
    except ValueError as e:
        raise CannotRun(f"{path}: default of {bare.name} {e}") from None


def value(asked: Param, given: str) -> Value:
    """The given text as a value of the parameter's type; empty is None.

    Raises ValueError, whose text goes on after the name: `is 'x'; expected a date …`.
    """
    if asked.choices and given not in asked.choices:
        raise ValueError(f"is {given!r}; expected {', '.join(asked.choices)}")
    if not given:
        return None
    try:
        return READ[asked.type](given)
    except (ValueError, KeyError):
        raise ValueError(f"is {given!r}; expected {EXPECTED[asked.type]}") from None


def date(given: str) -> datetime.date:
    """A date, in the one spelling YYYY-MM-DD."""
    return datetime.datetime.strptime(given, "%Y-%m-%d").date()


READ = {
    "DATE": date,
    "INTEGER": int,
    "VARCHAR": str,
    "BOOLEAN": lambda v: BOOLEANS[v.lower()],
}
EXPECTED = {
    "DATE": "a date like 2020-10-10",
    "INTEGER": "a whole number",
    "VARCHAR": "text",
    "BOOLEAN": "true or false",
}


def same_names(path: Path, declared: list[str], sql: str) -> None:
    """CannotRun unless each declared parameter stands in the query once declared, and no other."""
    used = set(re.findall(r"\$([A-Za-z_]\w*)", ASIDE.sub(" ", sql)))
    for name in declared:
        if declared.count(name) > 1:
            raise CannotRun(f"{path} declares the parameter {name} twice")
        if name not in used:
            raise CannotRun(f"{path} declares the parameter {name}, which the query does not use")
    if unknown := sorted(used - set(declared)):
        raise CannotRun(f"{path} uses ${unknown[0]}, which no `-- param` line declares")

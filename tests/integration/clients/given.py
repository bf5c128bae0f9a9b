"""What a client is given: a package on disk, and the exports that it asks for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hudna.form import package as packages
from hudna.form.package import Package
from hudna.outputs import exporting
from tests.packages import NASTY, make

INTEGRATION = Path(__file__).resolve().parents[1]
PROGRAMS = Path(__file__).with_name("programs")


class Column(NamedTuple):
    """A column as a client has it. kind: what it says the values are (None: nothing)."""

    kind: str | None
    cells: list[Any]


Seen = dict[str, dict[str, Column]]


class Client(NamedTuple):
    """A program that reads tables.

    reads: of which file, or how.
    """

    name: str
    reads: str
    version: Callable[[], str]
    read: Callable[[Given], Seen]


class Check(NamedTuple):
    """A program that judges a package; problems: what it says is wrong."""

    name: str
    looks: str
    version: Callable[[], str]
    problems: Callable[[Given], list[str]]


@dataclass
class Given:
    """A package, alone in its folder, and what was exported of it."""

    package: Package
    scratch: Path
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.package.root

    @property
    def descriptor(self) -> Path:
        return self.folder / packages.DESCRIPTOR

    def csv(self, table: str) -> Path:
        return self.folder / self.package.tables[table].path

    def export(self, name: str) -> Path:
        """The package in a format; that of Croissant stands beside the descriptor."""
        place = self.folder if name == "croissant" else self.scratch
        path = place / exporting.default_path(name, self.package)
        if not path.exists():
            exporting.write(name, self.package, path)
        return path

    def each(self, read: Callable[[str], dict[str, Column]]) -> Seen:
        """Every table that a client can read; what it says of the others is kept."""
        out = {}
        for name in self.package.tables:
            try:
                out[name] = read(name)
            except Exception as e:
                self.failed[name] = f"{type(e).__name__}: {e}"
        return out


def shipped(scratch: Path) -> Given:
    """The package that hudna carries, without all that is no part of it."""
    home, folder = packages.home(), scratch / "shipped"
    for part in ("data", "schemas"):
        shutil.copytree(home / part, folder / part)
    shutil.copyfile(home / packages.DESCRIPTOR, folder / packages.DESCRIPTOR)
    (scratch / "shipped-exports").mkdir()
    return Given(packages.read(folder)[0], scratch / "shipped-exports")


def nasty(scratch: Path) -> Given:
    """A package of cells that break readers, which keeps its schema all the same."""
    (scratch / "nasty").mkdir()
    (scratch / "nasty-exports").mkdir()
    folder = make(scratch / "nasty", NASTY)
    return Given(packages.read(folder)[0], scratch / "nasty-exports")


def of_values(cells: Iterable[Any]) -> Column:
    """A column whose kind is told by its Python values."""
    cells = list(cells)
    kinds = {KINDS.get(type(v), "something else") for v in cells if v is not None}
    if kinds == {"integer", "number"}:
        kinds = {"number"}
    return Column(kinds.pop() if len(kinds) == 1 else "a mixture" if kinds else None, cells)


KINDS = {str: "text", bytes: "text", int: "integer", float: "number", bool: "boolean",
         date: "date"}  # fmt: skip


def of_rows(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Column]:
    """Columns of rows that are dicts."""
    return {n: of_values(row[n] for row in rows) for n in names}


def of_pandas(frame: Any) -> dict[str, Column]:
    """Columns of a data frame of pandas."""
    import pandas as pd

    out = {}
    for name in frame.columns:
        dtype = str(frame[name].dtype)
        kind = next((k for start, k in DTYPES.items() if dtype.startswith(start)), "something else")
        out[name] = Column(kind, [None if pd.isna(v) else v for v in frame[name].tolist()])
    return out


DTYPES = {"str": "text", "object": "objects of Python", "Int64": "integer", "int64": "integer",
          "Float64": "number", "float64": "number", "bool": "boolean", "datetime64": "date",
          "category": "codes"}  # fmt: skip


def of_arrow(table: Any) -> dict[str, Column]:
    """Columns of a table of Arrow."""
    return {n: Column(arrow_kind(str(table.schema.field(n).type)), table.column(n).to_pylist())
            for n in table.column_names}  # fmt: skip


def arrow_kind(kind: str) -> str | None:
    """What an Arrow type says its values are."""
    known = {"string": "text", "large_string": "text", "int64": "integer", "double": "number",
             "float64": "number", "bool": "boolean", "date32[day]": "date", "date32": "date",
             "null": None}  # fmt: skip
    return "codes" if kind.startswith("dictionary") else known.get(kind, "something else")


def rscript(program: Path, given: Given, *more: object) -> Seen:
    """What a program in R that defines `hudna_load(package)` reads."""
    command = ["Rscript", str(INTEGRATION / "dump.R"), str(program), str(given.folder)]
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HUDNA_EXPORT": " ".join(map(str, more))}
    told = run(command, env)
    out: Seen = {}
    for line in told.splitlines():
        table, name, kind, _, _, cells = line.split("\t")
        read = R_VALUES.get(kind, lambda t: bytes.fromhex(t).decode())
        values = [None if c == "-" else read(c[1:]) for c in cells.split("|")] if cells else []
        if kind == "integer64":
            values = [None if v is None else int(v) for v in values]
        out.setdefault(table, {})[name] = Column(R_KINDS.get(kind, "something else"), values)
    return out


R_KINDS = {"character": "text", "factor": "codes", "integer": "integer", "integer64": "integer",
           "numeric": "number", "logical": "boolean", "Date": "date"}  # fmt: skip
R_VALUES = {"integer": int, "numeric": float, "logical": lambda t: t == "true",
            "Date": lambda t: date(1970, 1, 1) + timedelta(int(t))}  # fmt: skip


def r_version(package: str = "") -> str:
    """The version of R, or of one of its packages."""
    asked = f'packageVersion("{package}")' if package else "getRversion()"
    return run(["Rscript", "-e", f"cat(as.character({asked}))"])


def node(program: Path, *more: object) -> Any:
    """What a program in JavaScript prints as JSON; `{"date": …}` is a date."""
    modules = os.environ.get("HUDNA_NODE_MODULES")
    assert modules, "HUDNA_NODE_MODULES is not set; expected the folder that holds datapackage"
    told = run(["node", str(program), *map(str, more)], {**os.environ, "NODE_PATH": modules})

    def dated(value: dict[str, Any]) -> Any:
        return date.fromisoformat(value["date"]) if value.keys() == {"date"} else value

    return json.loads(told, object_hook=dated)


def run(command: list[str], env: dict[str, str] | None = None) -> str:
    """What a program prints; one that is not installed fails, since nothing here is skipped."""
    assert shutil.which(command[0]), f"{command[0]} is not installed; these tests need it"
    done = subprocess.run(command, capture_output=True, env=env, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def installed(name: str) -> Callable[[], str]:
    """The version of a package of Python."""
    from importlib.metadata import version

    return lambda: version(name)

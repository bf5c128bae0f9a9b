"""An invented package of any size, written whole or not at all, with faults that are known."""

from __future__ import annotations

import csv
import errno
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hudna.form import csvfile
from hudna.form import package as packages
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun
from hudna.outputs.invented import plan as plans
from hudna.outputs.invented import planting, tables
from hudna.outputs.invented.plan import Plan

NAME = "hudna-invented"
CODE_LISTS = ("relation_types", "incident_types", "statement_types")
MANIFEST = "faults.csv"
MANIFEST_HEADER = ["table", "row", "record", "field", "rule"]
CHUNK = 5000
Tell = Callable[[str, int], None]


def generate(
    path: Path, rows: int, faults: float, seed: int, force: bool = False, tell: Tell | None = None
) -> tuple[dict[str, int], int]:
    """Write a package of `rows` records, a share `faults` of them faulty, into the folder `path`.

    tell: called with a table's name and the number of records written since the last call.
    Returns the records of each table (with those that the faults add) and the lines of the
    manifest. Raises CannotRun where the folder may not be written, or the disk is full; nothing
    is left behind then, nor where the writing is interrupted.
    """
    home, _ = packages.read(packages.home())
    lists = {n: list(code_list(home, n)) for n in CODE_LISTS}
    plan = plans.make(rows, seed, lists)
    target = path.resolve()
    allowed(target, force)
    with whole(target) as folder:
        describe(home, folder)
        return write_tables(home, folder, plan, faults, tell or (lambda table, n: None))


def code_list(home: Package, name: str) -> Iterator[str]:
    """The codes of a list, in their order."""
    records = csvfile.read(home.path(home.tables[name].path))
    at = records.header.index("code")
    return (row[at] or "" for row in records.rows)


def allowed(target: Path, force: bool) -> None:
    """Raise CannotRun where a package may not be written to a folder."""
    if not target.exists():
        return
    if not target.is_dir():
        raise CannotRun(f"{target} is a file; expected a folder to write to")
    if not any(target.iterdir()):
        return
    if not force:
        raise CannotRun(f"{target} is not empty; --force replaces a package generated before")
    try:
        held = json.loads((target / packages.DESCRIPTOR).read_text("utf-8"))
    except (OSError, ValueError):
        held = {}
    if not isinstance(held, dict) or held.get("name") != NAME:
        raise CannotRun(
            f"{target} holds something else than a generated package; --force replaces none other"
        )


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place at the end, or is removed."""
    above = [p for p in target.parents if not p.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as e:
        raise CannotRun(f"{target.parent} cannot be written to: {e.strerror}") from None
    old = folder.with_name(folder.name + ".old")
    try:
        yield folder
        folder.chmod(0o777 & ~csvfile.umask())
        if target.exists():
            target.rename(old)
        folder.rename(target)
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT):
            words = f"the disk of {target.parent} is full; nothing was written"
            raise CannotRun(words) from None
        raise CannotRun(f"{target} cannot be written: {e.strerror}; nothing was") from None
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        # What others have put there meanwhile stays.
        with suppress(OSError):
            for made in above if not target.exists() else ():
                made.rmdir()


def describe(home: Package, folder: Path) -> None:
    """Write the descriptor and the schemas: hudna's own, without documents."""
    kept = [r for r in home.descriptor["resources"] if r["name"] in home.tables]
    descriptor = {
        "$schema": home.descriptor["$schema"],
        "name": NAME,
        "title": "An invented incident database",
        "description": "Made by `hudna generate` for tests and benchmarks; nothing of it happened.",
        "version": home.version,
        "licenses": [{"name": "CC0-1.0", "title": "CC0 1.0 Universal"}],
        "resources": kept,
    }
    put(folder / packages.DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    for table in home.tables.values():
        put(folder / table.schema_path, schema(home, table))
    for name in CODE_LISTS:
        path = home.tables[name].path
        put(folder / path, home.path(path).read_text("utf-8"))


def schema(home: Package, table: Table) -> str:
    """A table's own schema, all codes reserved: invented rows need not use each of them."""
    told = json.loads(home.path(table.schema_path).read_text("utf-8"))
    codes = {f.name: f.codes for f in table.fields if f.codes}
    if table.name in CODE_LISTS:
        codes["code"] = list(code_list(home, table.name))
    told.setdefault("hudna", {})["reserved"] = codes
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def put(path: Path, text: str) -> None:
    """Write a small file, with LF on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_tables(
    home: Package, folder: Path, plan: Plan, share: float, tell: Tell
) -> tuple[dict[str, int], int]:
    """Write every table but the code lists, and the manifest."""
    counts = {n: len(codes) for n, codes in plan.codes.items()}
    for name in CODE_LISTS:
        tell(name, counts[name])
    told = 0
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as out:
        manifest = csv.writer(out, lineterminator="\n")
        manifest.writerow(MANIFEST_HEADER)
        for name, make in tables.ROWS.items():
            table = home.tables[name]
            path = folder / table.path
            path.parent.mkdir(parents=True, exist_ok=True)
            rows: Iterable[list[str]] = make(plan)
            planter = planting.Planter(plan, table, share, manifest.writerow)
            counts[name] = write_rows(path, table, planter.plant(rows) if share else rows, tell)
            told += planter.told
    return counts, told


def write_rows(path: Path, table: Table, rows: Iterable[list[str]], tell: Tell) -> int:
    """Write one table; returns the number of its records."""
    written = 0
    rows = iter(rows)
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(table.names)
        while chunk := list(itertools.islice(rows, CHUNK)):
            writer.writerows(chunk)
            written += len(chunk)
            tell(table.name, len(chunk))
    return written

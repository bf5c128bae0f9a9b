"""A package written in another format, as a whole or not at all; formats are found by folder."""

from __future__ import annotations

import importlib
import pkgutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from hudna.engine.store import Store
from hudna.engine.typed import quote
from hudna.form import csvfile
from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun
from hudna.meaning import views
from hudna.outputs import exports

CHUNK = 10_000  # rows that are held at once
Tell = Callable[[str, int], None]


def silent(what: str, rows: int) -> None:
    """Say nothing of how far the work is."""


def names() -> list[str]:
    """The formats, in the order of the alphabet; `_` is `-`, and one at the end falls away."""
    found = pkgutil.iter_modules(exports.__path__)
    return sorted(m.name.rstrip("_").replace("_", "-") for m in found)


def module(name: str) -> ModuleType:
    """The file of a format; CannotRun says which there are."""
    if name not in names():
        raise CannotRun(f"there is no format {name!r}; expected {views.one_of(name, names())}")
    known = {m.name.rstrip("_").replace("_", "-"): m.name for m in
             pkgutil.iter_modules(exports.__path__)}  # fmt: skip
    file = known[name]
    return importlib.import_module(f"hudna.outputs.exports.{file}")


def sentence(name: str) -> str:
    """What a format is good for."""
    return (module(name).__doc__ or "").strip().splitlines()[0]


def default_path(name: str, package: Package) -> Path:
    """The file that is written where none is named."""
    return Path(f"{package.descriptor.get('name') or package.root.name}{module(name).ENDING}")


def write(name: str, package: Package, path: Path, force: bool = False,
          tell: Tell = silent, private: bool = False) -> None:  # fmt: skip
    """Write a package in a format to a file, or a folder where the format has several files.

    What lies there is replaced if it is an older export of the format, or with force a file.
    A workspace is written only where private rows are meant to be (private).
    CannotRun says what cannot be written; then whatever lay there is untouched.
    """
    chosen = module(name)
    guard(package, private)
    replaceable(chosen, path, force)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            made = Path(folder) / path.name
            if hasattr(chosen, "tell"):
                chosen.tell(package, made, tell)
            else:
                chosen.write(package, made)
            put(made, path)
    except OSError as e:
        raise CannotRun(f"{path} cannot be written: {e.strerror or e}") from None


def guard(package: Package, private: bool) -> None:
    """CannotRun where a file would hold private rows and nobody said that it may."""
    if package.base and not private:
        raise CannotRun(
            f"{package.root.name} is a workspace: the file would hold its private rows beside the "
            "public ones. `hudna aggregate` makes counts that can be passed on; --private writes "
            "the rows all the same"
        )


def replaceable(chosen: ModuleType, path: Path, force: bool) -> None:
    """CannotRun unless the path is free, or holds what may be replaced."""
    if not path.parent.is_dir():
        raise CannotRun(f"{path.parent} does not exist; expected a folder to write in")
    ours = getattr(chosen, "ours", lambda _: False)
    if not path.exists() or ours(path):
        return
    if path.is_dir():
        raise CannotRun(f"{path} is a folder that is no older export; expected the path of a file")
    if not force:
        raise CannotRun(f"{path} exists and is no older export; expected another path or --force")


def put(made: Path, path: Path) -> None:
    """Move what was made to its place; an older folder goes where what was made comes from."""
    if not made.is_dir():
        made.chmod(0o666 & ~csvfile.umask())
    if path.is_dir():
        path.replace(made.parent / f"{path.name}.older")
    made.replace(path)


@contextmanager
def opened(package: Package) -> Iterator[Store]:
    """The tables of a package, typed; CannotRun where a cell is not what its schema says."""
    if package.left_out:
        wrong = ", ".join(sorted(package.left_out))
        raise CannotRun(f"not exported: {wrong} cannot be read; `hudna validate` tells why")
    with views.load(package, package.tables) as (store, unread):
        if unread:
            raise CannotRun(f"not exported: {unread:,} cells are not what their schema says; "
                            "`hudna validate` tells which")  # fmt: skip
        yield store


def count(store: Store, table: Table) -> int:
    """The number of records of a table."""
    return store.sql(f"SELECT count(*) FROM {quote(table.name)}")[0][0]


def rows(store: Store, table: Table, columns: str, tell: Tell = silent) -> Iterator[list[tuple]]:
    """The records of a table in their order, some thousands at a time.

    columns: SQL over the columns of the table; `_row` is the number of the record.
    """
    cursor = store.execute(f"SELECT {columns} FROM {quote(table.name)} ORDER BY _row")
    while chunk := cursor.fetchmany(CHUNK):
        yield chunk
        tell(table.name, len(chunk))

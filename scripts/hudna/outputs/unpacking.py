"""A package that lies in a folder or in a zip file, opened for as long as it is asked for."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hudna.form import package as packages
from hudna.form.package import DESCRIPTOR, Package
from hudna.ground.finding import CannotRun


@contextmanager
def opened(path: str | Path | None) -> Iterator[Package]:
    """The package at a path; a zip file is unpacked into a folder that is gone afterwards.

    Raises CannotRun where there is none.
    """
    given = Path(path) if path is not None else None
    if given is None or given.suffix.lower() != ".zip":
        yield packages.read(packages.locate(path))[0]
        return
    with tempfile.TemporaryDirectory(prefix="hudna-") as folder:
        try:
            with zipfile.ZipFile(given) as file:
                if bad := [n for n in file.namelist() if not safe(n)]:
                    raise CannotRun(f"{given} holds {bad[0]!r}, which leads out of the package")
                file.extractall(folder)
        except FileNotFoundError:
            raise CannotRun(f"{given} does not exist; expected a zip file") from None
        except (OSError, zipfile.BadZipFile) as e:
            raise CannotRun(f"{given} cannot be read as a zip file: {e}") from None
        found = sorted(Path(folder).rglob(DESCRIPTOR), key=lambda p: len(p.parts))
        if not found:
            raise CannotRun(f"{given} has no {DESCRIPTOR}; expected a data package in it")
        yield packages.read(found[0].parent)[0]


def safe(name: str) -> bool:
    """Whether a name in a zip file stays in its folder."""
    return not name.startswith(("/", "\\")) and ".." not in Path(name).parts

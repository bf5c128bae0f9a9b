"""Every view of a package as a CSV file in build/views, with default parameters and `why`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hudna.form import csvfile
from hudna.form.package import Package
from hudna.meaning import sqlfile, views

FOLDER = Path("build") / "views"


def texts(package: Package) -> Iterator[tuple[str, str]]:
    """Name and text of each file, one at a time, since of a large package each may be large.

    A view whose tables the package lacks has none; `hudna view NAME` says which one is missing.
    """
    for name, path in views.own().items():
        with suppress(views.Lacking):
            yield f"{name}.csv", views.csv(views.run(sqlfile.read(path), package))


def write(package: Package) -> list[Path]:
    """Write every view of the package, remove what else lies there; returns the files written."""
    folder = package.root / FOLDER
    made = []
    for name, text in texts(package):
        csvfile.write(folder / name, text)
        made.append(folder / name)
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_file() and path not in made:
                path.unlink()
    return made

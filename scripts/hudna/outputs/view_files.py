"""Every view of a package as a CSV file in build/views, with default parameters and `why`."""

from __future__ import annotations

from pathlib import Path

from hudna.form import csvfile
from hudna.form.package import Package
from hudna.meaning import sqlfile, views

FOLDER = Path("build") / "views"


def texts(package: Package) -> dict[str, str]:
    """The text of each file by its name; a view whose tables the package lacks has none."""
    out = {}
    for name, path in views.own().items():
        try:
            out[f"{name}.csv"] = views.csv(views.run(sqlfile.read(path), package))
        except views.Lacking:
            # A package need not have every table; `hudna view NAME` says which one is missing.
            continue
    return out


def write(package: Package) -> list[Path]:
    """Write every view of the package, remove what else lies there; returns the files written."""
    folder = package.root / FOLDER
    made = texts(package)
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_file() and path.name not in made:
                path.unlink()
    for name, text in made.items():
        csvfile.write(folder / name, text)
    return [folder / name for name in made]

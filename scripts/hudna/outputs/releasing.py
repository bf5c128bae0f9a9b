"""A release: each form in which a package is handed on, in one folder, the same bytes each time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from hudna.form import csvfile
from hudna.form import package as packages
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, notes, sums, view_files
from hudna.outputs.exports import zip_

SUMS, NOTES, CITATION = "SHA256SUMS", "notes.md", "CITATION.cff"
PROJECT = "pyproject.toml"
# Formats of which a release has a file of its own, and what each is good for.
FORMATS = {
    "zip": "the data package: CSV, schemas, descriptor with hashes",
    "sqlite": "one SQLite database with keys, checks and full text",
    "parquet": "the tables as Parquet",
    "croissant": "metadata for machine learning tools (Croissant)",
}
Tell = Callable[[str, int], None]


def build(package: Package, folder: Path, changes: str = "", tell: Tell = lambda *_: None) -> None:
    """Write the files of a release into a folder, whole or not at all.

    An older release there is replaced; CannotRun where something else lies there, or where the
    package cannot be written in one of the formats. changes: text for the notes on what differs
    from the version before. tell: called with what was made, and 1.
    """
    replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Elsewhere and first: a folder that is being filled inside the checkout would be packed too.
    with tempfile.TemporaryDirectory(prefix="hudna-") as elsewhere:
        built = distributions(package, Path(elsewhere))
        tell("wheel", 1)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
            made = Path(scratch) / folder.name
            made.mkdir()
            fill(package, made, built, changes, tell)
            made.chmod(0o777 & ~csvfile.umask())
            if folder.is_dir():
                shutil.rmtree(folder)
            made.rename(folder)


def fill(
    package: Package, made: Path, built: dict[Path, str], changes: str, tell: Tell
) -> None:  # fmt: skip
    """Write every file of a release; arguments as of `build`. built: wheel and sdist."""
    about: dict[str, str] = {}
    for name, words in FORMATS.items():
        about[export(package, name, made).name] = words
        tell(name, 1)
    about[views(package, made).name] = "every view, as CSV"
    tell("views", 1)
    for path, words in built.items():
        shutil.move(path, made / path.name)
        about[path.name] = words
    if (package.root / CITATION).is_file():
        csvfile.write(made / CITATION, citation(package))
        about[CITATION] = "how to cite it"
    csvfile.write(made / NOTES, notes.text(package, changes, made, about))
    told = [f"{sums.sha256(p)}  {p.name}\n" for p in sorted(made.iterdir())]
    csvfile.write(made / SUMS, "".join(told))


def stem(package: Package) -> str:
    """How the names of the files begin."""
    return f"{package.descriptor.get('name', package.root.name)}-{package.version}"


def export(package: Package, name: str, made: Path) -> Path:
    """One format as one file; a folder is packed."""
    ending = exporting.module(name).ENDING
    path = made / f"{stem(package)}{ending}"
    exporting.write(name, package, path)
    if not path.is_dir():
        return path
    files = {p.name: p.read_bytes() for p in sorted(path.iterdir())}
    shutil.rmtree(path)
    return packed(made / f"{path.name}.zip", files)


def views(package: Package, made: Path) -> Path:
    """Every view with its default parameters, as CSV."""
    texts = {name: text.encode() for name, text in view_files.texts(package)}
    return packed(made / f"{stem(package)}-views.zip", texts)


def packed(path: Path, files: dict[str, bytes]) -> Path:
    """A zip file without the time and the rights of this machine."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            zip_.put(archive, name, [data])
    return path


def distributions(package: Package, folder: Path) -> dict[Path, str]:
    """Wheel and sdist of a checkout, with the data inside, built into a folder; what each is."""
    if not (package.root / PROJECT).is_file():
        return {}
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=package.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no word"]
        raise CannotRun(f"the wheel cannot be built: {said[-1]}")
    out = {p: "for Python, data inside: pip install" for p in folder.glob("*.whl")}
    out |= {p: "the sources of the wheel" for p in folder.glob("*.tar.gz")}
    for path in out:
        path.chmod(0o666 & ~csvfile.umask())
    return out


def date(package: Package) -> str:
    """The day of the version, as the descriptor says it."""
    return str(package.descriptor.get("created", ""))[:10]


def citation(package: Package) -> str:
    """How to cite the release: the file of the package with version and day."""
    held = (package.root / CITATION).read_text("utf-8").rstrip("\n")
    lines = [x for x in held.split("\n") if not x.startswith(("version:", "date-released:"))]
    more = [f"version: {package.version}"]
    more += [f"date-released: {date(package)}"] if date(package) else []
    return "\n".join([*lines, *more]) + "\n"


def replaceable(folder: Path) -> None:
    """CannotRun unless nothing lies at a path, or an older release and nothing else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        known = {line.split("  ", 1)[1] for line in
                 (folder / SUMS).read_text("utf-8").splitlines()}  # fmt: skip
    except (OSError, ValueError, IndexError):
        known = set()
    other = sorted(p.name for p in folder.iterdir() if p.name not in known | {SUMS}) if (
        folder.is_dir()) else [folder.name]  # fmt: skip
    if not known or other:
        words = f"{folder} holds {other[0]}, which is of no release; expected another folder"
        raise CannotRun(words)


def ready(package: Package, tag: str | None) -> None:
    """CannotRun unless a package may be published under a tag: the checks that can be said here.

    The tag is the version, the changelog has its heading, and nothing is wrong with the package.
    """
    from hudna.outputs import validation

    if package.base:
        raise CannotRun(f"{package.root.name} is a workspace, and private rows are not released; "
                        "`hudna aggregate` makes counts that can be passed on")  # fmt: skip
    if tag is not None:
        if tag != f"v{package.version}":
            raise CannotRun(f"the tag is {tag}; expected v{package.version}, by the descriptor")
        if notes.section(package, package.version) is None:
            raise CannotRun(f"{notes.CHANGELOG} has no heading '## {package.version}'; "
                            "expected what changed in this version")  # fmt: skip
    if errors := validation.validate(package.root).errors:
        raise CannotRun(f"the package has {errors:,} errors; `hudna validate` tells which")


def locate(path: str | None) -> Package:
    """The package to release; CannotRun where its descriptor is faulty."""
    package, found = packages.read(packages.locate(path))
    if found:
        raise CannotRun(
            f"the descriptor is faulty ({found[0].problem}); `hudna validate` tells all"
        )
    return package

"""The floors: imports point down, no module hides a dependency, and nothing heavy comes early."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hudna.form import package

SCRIPTS = package.home() / "scripts"
FLOORS = ("ground", "form", "engine", "meaning", "outputs", "doors")
MODULES = sorted((SCRIPTS / "hudna").rglob("*.py"))
DEPENDENCIES = {
    "altair", "dplib", "duckdb", "frictionless", "hypothesis", "jsonschema", "krippendorff",
    "pandas", "pytest", "rapidfuzz", "sqlglot", "vl_convert", "zstandard",
}  # fmt: skip
FOUND = (
    "f'hudna.doors.commands.{name}'",
    "f'hudna.outputs.exports.{file}'",
    "f'hudna.outputs.pictures.{file}'",
)
LINES = 250


def name(path: Path) -> str:
    """The dotted name of a module."""
    return ".".join(path.relative_to(SCRIPTS).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno} imports by a relative name"
            module = node.module or ""
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            # Imports by name: commands and pictures, found by folder on their own floor.
            assert ast.unparse(node.args[0]) in FOUND


def floor(module: str) -> int | None:
    """The height of the floor on which a module of hudna stands; None outside of the house."""
    parts = module.split(".")
    if parts[0] != "hudna" or len(parts) < 2:
        return None
    return FLOORS.index(parts[1]) if parts[1] in FLOORS else None


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_down(path: Path) -> None:
    own = floor(name(path))
    if own is None:
        return
    up = [f"line {n}: {m}" for n, m in imports(path) if (floor(m) or 0) > own]
    assert not up, f"{name(path)} imports from a floor above it: {', '.join(up)}"


def test_every_folder_is_a_floor() -> None:
    folders = {p.parent.name for p in (SCRIPTS / "hudna").glob("*/__init__.py")}
    assert folders == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= LINES
    assert path.stem not in DEPENDENCIES
    assert (ast.get_docstring(ast.parse(text)) or "").splitlines()[0].endswith((".", ":")) or (
        "commands" in path.parts
    )


def loaded(code: str) -> set[str]:
    """The dependencies that stand in sys.modules after some code ran in a fresh process."""
    tell = f"\nimport sys; print(*sorted({DEPENDENCIES!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code + tell],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SCRIPTS), "PATH": "", "HOME": "/nonexistent"},
    )
    return set(done.stdout.splitlines()[-1].split())


HELP = """
import sys
from hudna.doors import cli
try:
    cli.main([{}"--help"])
except SystemExit:
    pass
"""


def test_importing_hudna_imports_nothing_heavy() -> None:
    assert loaded("import hudna") == set()


@pytest.mark.parametrize(
    "command", ["", '"match", ', '"validate", ', '"show", ', '"view", ', '"plot", ']
)
def test_help_imports_nothing_heavy(command: str) -> None:
    assert loaded(HELP.format(command)) == set()


def test_validating_a_valid_package_imports_no_more_than_it_needs() -> None:
    code = (
        f"from hudna.doors import cli; assert cli.main(['validate', {str(package.home())!r}]) == 0"
    )
    assert loaded(code) <= {"duckdb", "jsonschema"}

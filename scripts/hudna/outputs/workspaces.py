"""A workspace on disk: a folder for rows of one's own beside those of a package, its base."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hudna.form import csvfile
from hudna.form import package as packages
from hudna.form.package import DESCRIPTOR, Package
from hudna.ground.finding import CannotRun
from hudna.ground.folding import fold
from hudna.outputs import files

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
IGNORED = """# Private rows: nothing here is committed by accident.
# Take this file out to keep the workspace in a repository of its own.
*
"""


def make(folder: Path, base: Package, carried: bool) -> list[str]:
    """Write a new workspace; returns the paths of its files.

    carried: it rests on the package that hudna carries, wherever that lies. Raises CannotRun where
    the folder is not free, lies in the base, or the base is a workspace.
    """
    root = folder.resolve()
    if base.base:
        raise CannotRun(f"{base.root} is itself a workspace; expected a package that stands alone")
    if root.is_relative_to(base.root):
        raise CannotRun(f"{folder} lies in the package {base.root}; expected a folder outside of "
                        "it: private rows are never written into a public package")  # fmt: skip
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CannotRun(f"{folder} is not empty; expected a new folder, or a workspace")
    texts = {DESCRIPTOR: descriptor(root, base, carried), ".gitignore": IGNORED}
    for table in base.tables.values():
        texts[f"data/{table.name}.csv"] = csvfile.render(table.names, ())
    try:
        root.mkdir(parents=True, exist_ok=True)
        return files.write(root, texts)
    except OSError as e:
        raise CannotRun(f"{folder} cannot be written: {e.strerror}") from None


def descriptor(root: Path, base: Package, carried: bool) -> str:
    """The text of the descriptor: no schema is repeated, a table has that of its namesake."""
    resources = [
        {"name": t.name, "type": "table", "path": f"data/{t.name}.csv", "title": t.title,
         "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        for t in base.tables.values()
    ]  # fmt: skip
    return text({
        "$schema": PROFILE,
        "name": re.sub("[^a-z0-9]+", "-", fold(root.name)).strip("-") or "workspace",
        "title": f"Private rows beside {base.descriptor.get('name', base.root.name)}",
        "hudna": {"base": packages.resting_on(base, root, carried)},
        "resources": resources,
    })  # fmt: skip


def renew(workspace: Package) -> bool:
    """Let a workspace rest on its base as that is now; whether anything had changed."""
    said = packages.rests_on(workspace.descriptor)
    now = packages.resting_on(workspace.base, workspace.root, "path" not in said)
    if now == said:
        return False
    if now["name"] != said.get("name"):
        raise CannotRun(f"the base is now {now['name']!r}; expected {said.get('name')!r}")
    own = workspace.descriptor["hudna"] | {"base": now}
    csvfile.write(workspace.path(DESCRIPTOR), text(workspace.descriptor | {"hudna": own}))
    return True


def text(value: dict) -> str:
    """A descriptor as its file has it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

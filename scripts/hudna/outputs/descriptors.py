"""What a descriptor says of a package and of its tables, to be said again in an export."""

from __future__ import annotations

from typing import Any

from hudna.form import resources
from hudna.form.package import Package
from hudna.form.schema import Table

KEPT = ("name", "title", "description", "sources", "licenses")


def about(package: Package, mark: str) -> dict[str, Any]:
    """The properties of a package, without its resources. mark: what the export is."""
    return {"exported": mark} | {k: v for k, v in package.descriptor.items() if k != "resources"}


def resource(package: Package, name: str) -> dict[str, Any]:
    """What the descriptor says of a table or document."""
    return next(r for r in package.descriptor["resources"] if r["name"] == name)


def schema(package: Package, table: Table) -> dict[str, Any]:
    """The Table Schema as it was read, wherever it stands."""
    given = resource(package, table.name)["schema"]
    return resources.load_json(package.path(given)) if isinstance(given, str) else given


def table(package: Package, table: Table, **more: Any) -> dict[str, Any]:
    """A table as a resource of another descriptor, its schema inside. more: where its rows are."""
    given = resource(package, table.name)
    kept = {k: given[k] for k in KEPT if k in given}
    return {**kept, "type": "table", **more, "schema": schema(package, table)}


def licences(package: Package) -> list[str]:
    """The addresses of the licences, or their names."""
    return [str(one.get("path") or one.get("name", ""))
            for one in package.descriptor.get("licenses", ())]  # fmt: skip

"""Layer 1: the descriptor against the official Data Package v2 profile, without the network."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from hudna.form.package import DESCRIPTOR
from hudna.ground.finding import CannotRun, Finding, shorten


def profile(name: str) -> dict[str, Any]:
    """A v2 profile as dplib-py carries it; found without importing dplib, which is slow."""
    spec = importlib.util.find_spec("dplib")
    if spec is None or not spec.submodule_search_locations:
        raise CannotRun("the package dplib-py is not installed; it holds the official profiles")
    folder = Path(spec.submodule_search_locations[0]) / "profiles" / "2.0"
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def check(descriptor: dict[str, Any], told: Collection[str] = ()) -> Iterator[Finding]:
    """What the profile finds wrong with a descriptor, one finding a fault.

    told: names of the resources of which something is told already; so is a missing name.
    """
    from jsonschema import Draft7Validator
    from jsonschema.exceptions import best_match

    for error in Draft7Validator(profile("datapackage")).iter_errors(descriptor):
        best = best_match([error]) or error
        path = list(best.absolute_path)
        if path[:1] == ["resources"] and len(path) > 1:
            resource = descriptor["resources"][path[1]]
            name = resource.get("name") if isinstance(resource, dict) else None
            if not isinstance(name, str) or not name or name in told:
                continue
        where = "/".join(map(str, path)) or "the descriptor"
        yield Finding("profile", f"{where}: {shorten(best.message)}", file=DESCRIPTOR)

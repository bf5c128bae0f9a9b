"""One package validated by both engines, and what they tell unlike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hudna.engine.limits import Limits
from hudna.engine.local import Local
from hudna.engine.spark import loader
from hudna.engine.spark.loader import Distributed
from hudna.engine.watching import Watch
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun
from hudna.meaning.checks import Options
from hudna.outputs import validation
from tests.meaning import strategies

# What a report says; its seconds are its own.
LIMITS = Limits()
SAID = ("findings", "found", "more", "by_rule", "counts", "rules", "not_applied")


@dataclass
class OnSpark(Options):
    """A validation in a Spark session that runs. few: records up to which a table is small."""

    spark: Any = None
    few: int = loader.FEW

    def start(self, root: Path, tables: dict[str, Table], watch: Watch | None = None) -> Local:
        return Distributed(root, tables, self.limits, watch, spark=self.spark, few=self.few)


def unlike(
    spark: Any, root: Path, layers: str = "rules", few: int = loader.FEW, limits: Limits = LIMITS
) -> list[str]:
    """What only one of the two engines says of a package."""
    common = {"every": True, "layers": layers, "limits": limits}
    said = [
        report(lambda o=options: validation.validate(root, o))
        for options in (Options(**common), OnSpark(**common, spark=spark, few=few))
    ]
    return list(apart(*said))


def report(run: Callable[[], Any]) -> dict[str, Any]:
    """What a validation says, or why it could not run."""
    try:
        done = run()
    except CannotRun as e:
        return {"cannot": [str(e)]}
    return {name: getattr(done, name) for name in SAID}


def apart(duckdb: dict[str, Any], spark: dict[str, Any]) -> Iterator[str]:
    """What two reports do not say alike."""
    for name in sorted(duckdb.keys() | spark.keys()):
        own, other = duckdb.get(name, []), spark.get(name, [])
        if own != other:
            one, two = (x.items() if isinstance(x, dict) else x for x in (own, other))
            yield from (f"{name}: only DuckDB: {x}" for x in one if x not in two)
            yield from (f"{name}: only Spark: {x}" for x in two if x not in one)
            yield f"{name} is unlike"


def merged(packages: dict[str, dict[str, bytes]]) -> dict[str, bytes]:
    """The files of several packages as those of one, the tables of each under names of its own."""
    files: dict[str, bytes] = {}
    resources = []
    for own, held in packages.items():
        given = json.loads(held["datapackage.json"])
        for resource in given["resources"]:
            resource["name"] = f"{own}-{resource['name']}"
            if isinstance(resource["schema"], str):
                resource["schema"] = json.loads(held[resource["schema"]])
            several = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
            files |= {f"{own}/{path}": held[path] for path in several}
            moved = [f"{own}/{path}" for path in several]
            resource["path"] = moved if isinstance(resource["path"], list) else moved[0]
            for key in resource["schema"].get("foreignKeys", ()):
                if to := key["reference"]["resource"]:
                    key["reference"]["resource"] = f"{own}-{to}"
            resources.append(resource)
    return {"datapackage.json": strategies.encoded({**given, "resources": resources}), **files}

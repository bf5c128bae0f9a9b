"""A package checked by frictionless: shape and keys; with `--no-foreign-keys`, in parallel.

The dialect is declared, since it is guessed otherwise, and no limit is set to the errors.
`parallel` does nothing for a package with foreign keys (it says so), so it runs without them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

DIALECT = {
    "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False,
    "header": True, "headerRows": [1],
}  # fmt: skip


def descriptor(package: Path, foreign_keys: bool) -> dict[str, Any]:
    """The package's descriptor, with the dialect said and the schemas in their place."""
    told = json.loads((package / "datapackage.json").read_text("utf-8"))
    for resource in told["resources"]:
        resource["dialect"] = DIALECT
        resource["schema"] = json.loads((package / resource["schema"]).read_text("utf-8"))
        if not foreign_keys:
            resource["schema"].pop("foreignKeys", None)
    return told


def main(package: Path, foreign_keys: bool) -> int:
    """Check a package; returns 0 where it is valid, else 1."""
    import frictionless

    told = descriptor(package, foreign_keys)
    held = frictionless.Package.from_descriptor(told, basepath=str(package))
    report = held.validate(limit_errors=10**9, parallel=not foreign_keys)
    for error in [*report.errors, *(e for t in report.tasks for e in t.errors)][:100]:
        print(error.message)
    return int(not report.valid)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--no-foreign-keys" not in sys.argv))

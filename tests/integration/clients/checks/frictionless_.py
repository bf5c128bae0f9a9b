"""`frictionless validate`, as a user calls it."""

import json
import subprocess

from tests.integration.clients.given import Check, Given, installed
from tests.integration.clients.readers.frictionless_ import COMMAND


def problems(given: Given) -> list[str]:
    """What it finds; its exit is 0 if and only if it finds nothing."""
    done = subprocess.run([COMMAND, "validate", str(given.descriptor), "--json"], check=False,
                          capture_output=True, encoding="utf-8")  # fmt: skip
    told = json.loads(done.stdout)
    found = [e["message"] for t in [told, *told["tasks"]] for e in t["errors"]]
    assert len(told["tasks"]) == len(json.loads(given.descriptor.read_text("utf-8"))["resources"])
    assert bool(found) == bool(done.returncode)
    return found


CHECKS = [Check("frictionless-py", "rows and keys: `frictionless validate`",
                installed("frictionless"), problems)]  # fmt: skip

"""datapackage-js: whether the descriptor is valid, and every row and key holds."""

from tests.integration.clients.given import INTEGRATION, Check, Given, node
from tests.integration.clients.readers.datapackage_js import version


def problems(given: Given) -> list[str]:
    """What it says; a row or key that does not hold makes the program fail."""
    try:
        return node(INTEGRATION / "datapackage.js", given.descriptor)["errors"]
    except AssertionError as e:
        return str(e).strip().splitlines()[1:]


CHECKS = [Check("datapackage-js", "descriptor, rows and keys", version, problems)]

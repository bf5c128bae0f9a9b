"""Run every client and show what it reads; --write puts it into docs/clients.md."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.integration.clients import page
from tests.integration.clients.given import nasty, shipped


def main(arguments: list[str]) -> None:
    """Write the page, or print each client named (all without a name) with examples."""
    if arguments == ["--write"]:
        page.write()
        return
    with tempfile.TemporaryDirectory(prefix="hudna-clients-") as folder:
        pair = shipped(Path(folder)), nasty(Path(folder))
        for client in page.clients():
            if arguments and not any(a.lower() in client.name.lower() for a in arguments):
                continue
            found = page.outcome(client, *pair)
            print(" | ".join(page.row(found)))
            for what, example in {**found.nasty.examples, **found.shipped.examples}.items():
                print(f"    {what}: {example}")
        for check in page.every_check():
            if not arguments or any(a.lower() in check.name.lower() for a in arguments):
                print(" | ".join(page.judgement(check, *pair)))


if __name__ == "__main__":
    main(sys.argv[1:])

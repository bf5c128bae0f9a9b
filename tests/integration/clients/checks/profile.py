"""The official Data Package v2 profile, without a network."""

import importlib.resources
import json
import socket
from contextlib import contextmanager

import jsonschema

from tests.integration.clients.given import Check, Given, installed


@contextmanager
def offline():
    """Let nothing be connected to."""

    def refused(*_):
        raise OSError("nothing may be fetched here")

    kept, socket.socket.connect = socket.socket.connect, refused
    try:
        yield
    finally:
        socket.socket.connect = kept


def problems(given: Given) -> list[str]:
    """What breaks the profile that dplib-py carries."""
    path = importlib.resources.files("dplib") / "profiles/2.0/datapackage.json"
    profile = json.loads(path.read_text("utf-8"))
    descriptor = json.loads(given.descriptor.read_text("utf-8"))
    for resource in descriptor["resources"]:
        if isinstance(resource.get("schema"), str):
            resource["schema"] = json.loads((given.folder / resource["schema"]).read_text("utf-8"))
    with offline():
        found = jsonschema.Draft7Validator(profile).iter_errors(descriptor)
        return [f"{e.json_path}: {e.message[:80]}" for e in found]


CHECKS = [Check("Data Package v2 profile", "descriptor and schemas, offline",
                installed("dplib-py"), problems)]  # fmt: skip

"""What R's package frictionless needs of a descriptor; it is not to be had from Debian, so the
descriptor is held against its rules."""

import json

from tests.integration.clients.given import Check, Given

TYPES = {"string", "number", "integer", "boolean", "date"}
UNREAD = {"trueValues", "falseValues", "groupChar", "decimalChar", "bareNumber", "missingValues"}


def problems(given: Given) -> list[str]:
    """What it would refuse, or read as something else."""
    out = []
    for resource in json.loads(given.descriptor.read_text("utf-8"))["resources"]:
        if "schema" not in resource:
            continue
        schema = resource["schema"]
        if isinstance(schema, str):
            schema = json.loads((given.folder / schema).read_text("utf-8"))
        out += [f"{resource['name']}: {told}" for told in of_table(resource, schema)]
    return out


def of_table(resource: dict, schema: dict) -> list[str]:
    """What is wrong with a table."""
    out = []
    if resource.get("profile") != "tabular-data-resource":
        out.append("has no profile tabular-data-resource")
    if not str(resource.get("path", "")).endswith(".csv"):
        out.append("is no CSV")
    if any(not isinstance(m, str) for m in schema.get("missingValues", [""])):
        out.append("labels its missing values")
    for field in schema["fields"]:
        if field.get("type") not in TYPES:
            out.append(f"{field['name']} has the type {field.get('type')}")
        if unread := UNREAD & field.keys():
            out.append(f"{field['name']} has {', '.join(sorted(unread))}")
    return out


CHECKS = [Check("R: frictionless", "descriptor and schemas, by its rules (not run)",
                lambda: "1.2.1", problems)]  # fmt: skip

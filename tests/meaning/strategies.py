"""Small packages drawn at random: schemas, keys, and files whose cells are mostly awkward."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hudna.form import csvfile
from hudna.form.csvfile import Records

CASES = Path(__file__).parents[1] / "cases" / "oracle"
VALUES = json.loads((CASES / "values.json").read_text("utf-8"))
TYPES = ("string", "integer", "number", "boolean", "date")
NAMES = ("id", "b", "Zug", "a b", 'q"t', "select", "قلب", "x;y", "c,d", "it's", "\u0130x")
TABLES = ("one", "two", "select", "drei-3")


@st.composite
def packages(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a package, by path: one to three tables."""
    names = draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=3, unique=True))
    schemas = {name: draw(schema()) for name in names}
    for s in schemas.values():
        s["foreignKeys"] = [k for k in draw(st.lists(foreign_key(s, schemas), max_size=2)) if k]
    files = {f"data/{n}.csv": draw(file(s)) for n, s in schemas.items()}
    described = descriptor(schemas)
    for resource in described["resources"]:
        if draw(st.integers(0, 7)) == 0:
            parts = cut(files.pop(resource["path"]), draw(st.integers(2, 3)))
            resource["path"] = [f"data/{resource['name']}-{n}.csv" for n in range(len(parts))]
            files |= dict(zip(resource["path"], parts, strict=True))
    return {"datapackage.json": encoded(described), **files}


def cut(data: bytes, several: int) -> list[bytes]:
    """A file cut into parts between records, each with the header; whole where it is too faulty."""
    held = plain(data)
    if held is None:
        return [data]
    lines = io.StringIO(data.decode("utf-8"), newline="").readlines()
    starts = [line - 1 for line in held.lines]
    head = "".join(lines[: starts[0]] if starts else lines)
    head = head if head.endswith("\n") else head + "\n"
    edges = [*starts[:: max(1, -(-len(starts) // several))], len(lines)]
    bodies = ["".join(lines[a:b]) for a, b in pairwise(edges)] or [""]
    return [(head + body).encode() for body in bodies]


def plain(data: bytes) -> Records | None:
    """The records of a file that can be told in other forms; None where it is too faulty."""
    out = Records()
    try:
        csvfile.parse(data.decode("utf-8"), out, ())
    except UnicodeDecodeError:
        return None
    faulty = out.fatal or out.byte_faults or b"\r" in data or data.startswith(csvfile.BOM)
    return None if faulty or not out.header else out


def descriptor(schemas: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The descriptor of a package of tables with these schemas."""
    resources = [
        {"name": n, "type": "table", "profile": "tabular-data-resource", "path": f"data/{n}.csv",
         "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": s}
        for n, s in schemas.items()
    ]  # fmt: skip
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "drawn",
        "resources": resources,
    }


@st.composite
def schema(draw: st.DrawFn) -> dict[str, Any]:
    """A Table Schema of one to four fields, with a primary key most of the time."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    out: dict[str, Any] = {"fields": [draw(field(n)) for n in names]}
    key = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    if key:
        out["primaryKey"] = draw(st.sampled_from([key, key[0] if len(key) == 1 else key]))
    missing = draw(st.sampled_from([None, None, None, [""], ["", "NA"], ["-"]]))
    return out if missing is None else {**out, "missingValues": missing}


@st.composite
def field(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A field of any type, with some of the constraints that the type may have."""
    kind = draw(st.sampled_from(TYPES))
    out: dict[str, Any] = {"name": name, "type": kind}
    limits = {"required": [True, False], "unique": [True, False], **VALUES["limits"][kind]}
    if kind == "string" and draw(st.integers(0, 4)) == 0:
        out["format"] = "uri"
        del limits["enum"]
    chosen = draw(st.lists(st.sampled_from(sorted(limits)), max_size=2, unique=True))
    if chosen:
        out["constraints"] = {c: draw(st.sampled_from(limits[c])) for c in chosen}
    return out


@st.composite
def foreign_key(draw: st.DrawFn, own: dict, schemas: dict[str, dict]) -> dict[str, Any] | None:
    """A foreign key of one or two columns on columns of their type, where there are such."""
    to = draw(st.sampled_from(["", *schemas]))
    here = draw(st.permutations(own["fields"]))[: draw(st.integers(1, 2))]
    there = draw(st.permutations((schemas[to] if to else own)["fields"]))
    pairs = {}
    for f in here:
        match = (t["name"] for t in there if kin(f["type"], t["type"]))
        if name := next((n for n in match if n not in pairs.values()), None):
            pairs[f["name"]] = name
    reference = {"resource": to, "fields": list(pairs.values())}
    return {"fields": list(pairs), "reference": reference} if pairs else None


def kin(a: str, b: str) -> bool:
    """Whether values of two types can be equal."""
    return a == b or {a, b} == {"integer", "number"}


@st.composite
def file(draw: st.DrawFn, schema: dict[str, Any]) -> bytes:
    """The bytes of a table's file: mostly a right header and records of awkward cells."""
    names = [f["name"] for f in schema["fields"]]
    if draw(st.booleans()):
        # Half of the files are of a right shape, so that a fast reader may be trusted with them.
        cells = st.tuples(*(cell(f["type"]) for f in schema["fields"]))
        return csvfile.render(names, draw(st.lists(cells, max_size=8))).encode("utf-8")
    lines = [draw(header(names))]
    for _ in range(draw(st.integers(0, 6))):
        lines.append(draw(record(schema, lines)))
    if draw(st.integers(0, 19)) == 0:
        lines.insert(0, [])
    end = draw(st.sampled_from(["\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r"]))
    last = draw(st.sampled_from([end, end, ""]))
    text = end.join(",".join(draw(quoted(c)) for c in line) for line in lines) + last
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 19)) == 0:
        data = draw(st.sampled_from([b"", b"\n", b"\xef\xbb\xbf" + data, data + b"\xff\n", b","]))
    return data


@st.composite
def header(draw: st.DrawFn, names: list[str]) -> list[str]:
    """The labels of a table, at times not what they should be."""
    out = list(names)
    act = draw(st.integers(0, 24))
    at = draw(st.integers(0, len(out) - 1))
    if act == 1:
        out[at] = draw(st.sampled_from(["", " ", out[0], out[-1], "other", out[at].upper()]))
    elif act == 2:
        out.append(draw(st.sampled_from(["", "more", out[0]])))
    elif act == 3:
        del out[at]
    elif act == 4:
        out[0], out[-1] = out[-1], out[0]
    elif act == 5:
        out[at] = f" {out[at]}\t"
    return out or [""]


@st.composite
def record(draw: st.DrawFn, schema: dict[str, Any], lines: list[list[str]]) -> list[str]:
    """The cells of a record, at times too few, too many or none."""
    cells = [draw(cell(f["type"])) for f in schema["fields"]]
    act = draw(st.integers(0, 24))
    if act == 1:
        return draw(st.sampled_from([[], [""], [""] * len(cells), [""] * (len(cells) + 1)]))
    if act == 2:
        return cells[:-1]
    if act == 3:
        return [*cells, *draw(st.lists(st.sampled_from(["", "x"]), min_size=1, max_size=2))]
    if act in (4, 5) and len(lines) > 1:
        return list(draw(st.sampled_from(lines[1:])))
    return cells


def cell(kind: str) -> st.SearchStrategy[str]:
    """A text for a column of a type: plain, awkward, or of another type."""
    plain = st.sampled_from(VALUES["plain"][kind])
    odd = st.sampled_from(VALUES["awkward"][kind])
    other = st.sampled_from([v for k in TYPES for v in VALUES["awkward"][k]])
    return st.one_of(plain, plain, plain, odd, odd, other, st.just(""), st.text(max_size=4))


@st.composite
def quoted(draw: st.DrawFn, text: str) -> str:
    """A cell as it stands in a file: quoted where it must be, at times where it need not."""
    must = any(c in text for c in ',"\r\n')
    if must or draw(st.integers(0, 9)) == 0:
        after = draw(st.sampled_from(["", "", "", "", "", "", "", "", "", "x", " "]))
        return '"' + text.replace('"', '""') + '"' + after
    return draw(st.sampled_from([text, text, text, f" {text}"]))


def encoded(descriptor: dict[str, Any]) -> bytes:
    """A descriptor as the bytes of its file."""
    return json.dumps(descriptor).encode()


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Write the files of a package into a folder."""
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root

"""Croissant: what the files and their fields are, as JSON-LD for dataset search and loaders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hudna.form import csvfile, jsontext, parts
from hudna.form.package import Package
from hudna.form.schema import Field, Table
from hudna.ground.finding import CannotRun
from hudna.outputs import descriptors, jsonvalues, relational, sums

ENDING = "-croissant.json"
MARK = "hudna export croissant"
# Who made the description: the mark by which a file is known to be ours.
MAKER = {"@type": "sc:Organization", "name": MARK}
HEAD = jsontext.text({"sdPublisher": MAKER})[:-3]
VERSION = "http://mlcommons.org/croissant/1.0"
TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float",
         "boolean": "sc:Boolean", "date": "sc:Date"}  # fmt: skip
# A compressed file is told by its name; under another format loaders take it for an archive.
FORMATS = {"csv": "text/csv", "gzip": "text/csv", "zstd": "text/csv",
           "parquet": "application/x-parquet"}  # fmt: skip
# What the names in a Croissant file stand for; the standard has it in every file.
OF_CROISSANT = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject",
    "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in OF_CROISSANT},
}


def write(package: Package, path: Path) -> None:
    """Write the file; it stands beside datapackage.json, from where it names the files.

    The same package gives the same bytes.
    """
    csvfile.write(path, jsontext.text(metadata(package)))


def metadata(package: Package) -> dict[str, Any]:
    """The package in terms of Croissant; raises CannotRun where a file of it is missing."""
    if package.left_out:
        wrong = ", ".join(sorted(package.left_out))
        raise CannotRun(f"not exported: {wrong} cannot be read; `hudna validate` tells why")
    tables = package.tables.values()
    return {
        "sdPublisher": MAKER,
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        **dataset(package),
        "distribution": [one for t in tables for one in distribution(package, t)],
        "recordSet": [*(c for t in tables for c in codes(t)),
                      *(records(package, t) for t in tables)],
    }  # fmt: skip


def dataset(package: Package) -> dict[str, Any]:
    """Name, licence, creators and the like, as far as the descriptor says them."""
    told = package.descriptor
    makers = [{"@type": "sc:Organization", "name": c["title"]}
              for c in told.get("contributors", ()) if c.get("title")]  # fmt: skip
    created = str(told.get("created", ""))[:10]
    known = {
        "name": told.get("name") or package.root.name,
        "alternateName": told.get("title"),
        "description": told.get("description"),
        "version": package.version,
        "url": told.get("homepage") or told.get("id"),
        "license": descriptors.licences(package),
        "keywords": told.get("keywords"),
        "creator": makers,
        "datePublished": created,
        "citeAs": cite(told, [m["name"] for m in makers], created[:4]),
        "isBasedOn": [s["path"] for s in told.get("sources", ()) if s.get("path")],
        "isLiveDataset": False,
    }
    return {k: v for k, v in known.items() if v not in (None, "", [])}


def cite(told: dict[str, Any], makers: list[str], year: str) -> str:
    """The package as a reference in a text."""
    who = "; ".join(makers)
    first = f"{who} ({year})" if who and year else who or year
    version = f"version {told['version']}" if told.get("version") else ""
    said = (first, told.get("title") or told.get("name"), version, told.get("homepage"))
    return ". ".join(str(s) for s in said if s)


def distribution(package: Package, table: Table) -> Iterator[dict[str, Any]]:
    """The files of a table; several are also a set of files."""
    files = parts.files(package.root, table.paths)
    for file in files:
        path = package.path(file)
        if not path.is_file():
            raise CannotRun(f"not exported: {file} of {table.name} does not exist")
        yield {
            "@type": "cr:FileObject", "@id": file, "name": file, "description": table.description,
            "contentUrl": file, "contentSize": f"{path.stat().st_size} B",
            "encodingFormat": FORMATS[parts.kind(file)], "sha256": sums.sha256(path),
        }  # fmt: skip
    if len(files) > 1:
        yield {"@type": "cr:FileSet", "@id": f"{table.name}-files", "name": f"{table.name}-files",
               "encodingFormat": FORMATS[parts.kind(files[0])], "includes": files}  # fmt: skip


def codes(table: Table) -> Iterator[dict[str, Any]]:
    """The codes of each field that has some, with their meaning, as an enumeration."""
    for field in (f for f in table.fields if f.codes):
        own, labels = code_list(table, field), relational.labels(field)
        yield {
            "@type": "cr:RecordSet", "@id": own, "name": own, "dataType": "sc:Enumeration",
            "description": f"Codes of {table.name}.{field.name}: {said(field)}",
            "key": {"@id": f"{own}/code"},
            "field": [text_field(f"{own}/code", "The code."),
                      text_field(f"{own}/label", "What the code means.")],
            "data": [{f"{own}/code": c, f"{own}/label": labels.get(c, "")} for c in field.codes],
        }  # fmt: skip


def code_list(table: Table, field: Field) -> str:
    """The name of a list of codes."""
    return f"{table.name}.{field.name}.codes"


def said(field: Field) -> str:
    """What a field means, with its unit."""
    unit = field.raw.get("unit")
    return relational.plain(field.raw.get("description", "")) + (f" Unit: {unit}." if unit else "")


def text_field(key: str, description: str) -> dict[str, Any]:
    """A field of a list of codes."""
    return {"@type": "cr:Field", "@id": key, "name": key, "description": description,
            "dataType": "sc:Text"}  # fmt: skip


def records(package: Package, table: Table) -> dict[str, Any]:
    """A table as a set of records."""
    several = len(parts.files(package.root, table.paths)) > 1
    source = {"fileSet": {"@id": f"{table.name}-files"}} if several else {
        "fileObject": {"@id": parts.files(package.root, table.paths)[0]}}  # fmt: skip
    keys = [{"@id": f"{table.name}/{n}"} for n in table.primary_key]
    return {
        "@type": "cr:RecordSet", "@id": table.name, "name": table.name,
        "description": table.description,
        **({"key": keys if len(keys) > 1 else keys[0]} if keys else {}),
        "field": [column(table, f, source) for f in table.fields],
    }  # fmt: skip


def column(table: Table, field: Field, source: dict[str, Any]) -> dict[str, Any]:
    """A field of a table: its type, its column, its codes.

    What it refers to stands in its description: a reference would make loaders join the tables,
    and mlcroissant cannot where a table refers to itself or a cell is empty.
    """
    key = f"{table.name}/{field.name}"
    refers = [f" Refers to {k.table}.{k.to[0]}." for k in table.foreign_keys
              if k.fields == (field.name,)]  # fmt: skip
    codes = {"references": {"field": {"@id": f"{code_list(table, field)}/code"}}}
    return {
        "@type": "cr:Field", "@id": key, "name": key, "description": said(field) + "".join(refers),
        "dataType": "sc:URL" if field.format == "uri" else TYPES[field.type],
        "source": {**source, "extract": {"column": field.name}},
        **(codes if field.codes else {}),
    }  # fmt: skip


def ours(path: Path) -> bool:
    """Whether a file was exported before."""
    return jsonvalues.begins(path, HEAD)

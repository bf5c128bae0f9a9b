"""The page as one HTML text: frame, styles and scripts as they lie here, data packed into it."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from hudna.form.package import Package
from hudna.outputs.page import cutting, drawings, gathering
from hudna.outputs.reading import Library

Step = Callable[[str, float], object]  # what is done now, and the share that is done
HERE = Path(__file__).parent
LARGEST = 2_000_000  # bytes of the whole file
WHOLE = 10_000  # rows of a table up to which the whole package is tried
LIMITS = (1_000, 500, 200, 50)  # rows of a table otherwise, the first that fit
SCRIPTS = (
    "fold",
    "data",
    "dom",
    "search",
    "browse",
    "answers",
    "record",
    "draw",
    "sections",
    "main",
)


class Page(NamedTuple):
    """The text of a page. limit: rows a table that it was cut to, None where all are there."""

    text: str
    limit: int | None


def packed(value: Any) -> str:
    """A JSON value or a script, compressed, in letters that mean nothing to HTML."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False,
                                                           separators=(",", ":"))  # fmt: skip
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def held(name: str) -> str:
    """A file that lies beside this module."""
    return (HERE / name).read_text("utf-8")


def make(package: Package, step: Step = lambda *_: None) -> Page:
    """The page of a package, with as many rows of each table as the largest size allows."""
    step("reading the tables", 0.0)
    library = Library.read(package)
    program = drawings.bundle()
    drawing = packed(program) if program else ""
    most = max(len(library.rows[n]) for n, t in library.tables.items() if not t.nests)
    limits = (None, *LIMITS) if most <= WHOLE else LIMITS
    for limit in (n for n in limits if n is None or n < most):
        made = filled(package, library, limit, drawing, step)
        if len(made.text.encode()) <= LARGEST:
            break
    return made


def filled(
    package: Package, library: Library, limit: int | None, drawing: str,
    step: Step,
) -> Page:  # fmt: skip
    """The page with so many rows a table; what it answers and draws is of these rows."""
    kept = cutting.keep(library, limit)
    with nullcontext(package) if limit is None else cutting.written(package, kept) as asked:
        step("asking the views", 0.3)
        data = gathering.payload(package, library, kept)
        data["views"] = gathering.answers(asked, limit is None)
        step("drawing the pictures", 0.5)
        pictures = packed(drawings.drawn(asked) if drawing else drawings.NOTHING)
    step("packing the page", 0.9)
    return Page(framed(package, packed(data), pictures, drawing), limit)


def framed(package: Package, data: str, pictures: str, drawing: str) -> str:
    """The frame filled. Titles are the only text of the package that stands in it unpacked."""
    import html

    script = "\n".join(held(f"{name}.js") for name in SCRIPTS)
    title = package.descriptor.get("title") or package.descriptor.get("name") or "data package"
    parts = {
        "title": html.escape(str(title)),
        "style": held("page.css"),
        "data": data,
        "pictures": pictures,
        "drawing": drawing,
        "script": f"(() => {{\n'use strict';\n{script}\n}})();",
    }
    before, *rest = held("page.html").split("{{")
    out = [before]
    for piece in rest:
        name, _, after = piece.partition("}}")
        out += [parts[name], after]
    return "".join(out)

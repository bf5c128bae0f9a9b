"""The pictures of the page as Vega, in light and dark, with what they share told once."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.outputs.page import sections

THEMES = ("light", "dark")
NOTHING: dict[str, Any] = {"specs": {}, "data": {}}  # where nothing can draw
SNIPPET = "window.vegaEmbed = vegaEmbed;"
SHARED = 400  # characters from which on data are told once and named


def bundle() -> str:
    """Vega-Embed with Vega and Vega-Lite as one script; empty where vl-convert is not installed."""
    try:
        import vl_convert
    except ImportError:
        return ""
    return vl_convert.javascript_bundle(SNIPPET)


def drawn(package: Package) -> dict[str, Any]:
    """Each picture that the sections name: its specification per theme; and the data they share."""
    from hudna.outputs import pictures

    data: dict[str, Any] = {}
    specs: dict[str, Any] = {}
    wanted = dict.fromkeys(p for s in sections.SECTIONS for p in s.pictures)
    for name in (n for n in wanted if n in pictures.names()):
        try:
            drawn = {t: compiled(pictures.spec(name, package, {}, t)) for t in THEMES}
            specs[name] = {t: shared(s, data) for t, s in drawn.items()}
        except CannotRun:
            continue  # this package cannot answer what the picture shows
    return {"specs": specs, "data": data}


def compiled(spec: dict) -> dict:
    """A Vega-Lite specification as Vega, so that the page has only to draw."""
    import vl_convert

    made = vl_convert.vegalite_to_vega(spec)
    return {**made, "description": spec.get("description", "")}


def shared(spec: Any, data: dict[str, Any]) -> Any:
    """A specification whose larger lists of values stand in `data` under the hash of their text."""
    if isinstance(spec, list):
        return [shared(s, data) for s in spec]
    if not isinstance(spec, dict):
        return spec
    if isinstance(spec.get("values"), list | dict):
        text = json.dumps(spec["values"], sort_keys=True)
        if len(text) > SHARED:
            key = hashlib.sha256(text.encode()).hexdigest()[:12]
            data[key] = spec["values"]
            spec = {**spec, "values": {"shared": key}}
            return spec
    return {k: shared(v, data) for k, v in spec.items()}

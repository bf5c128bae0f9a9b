"""hudna: tables of actors, incidents, statements and sources, with the rules that they keep."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that `import hudna` stays instant."""
    if name == "load":
        from hudna.outputs.loaders import load

        return load
    if name == "labels":
        from hudna.outputs.labels import labels

        return labels
    if name == "__version__":
        from hudna.form import package

        return package.read(package.home())[0].version
    raise AttributeError(f"module 'hudna' has no attribute {name!r}")


__all__ = ["__version__", "labels", "load"]

"""Pictures of a package, one file each: a sentence, the views it rests on, and how it is drawn."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from hudna.engine.store import Store
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from hudna.meaning.sqlfile import Param, SqlFile
from hudna.outputs import drawing

Rows = list[dict[str, Any]]


def names() -> list[str]:
    """The pictures' names, in the order of the alphabet; a file's underscore is a hyphen."""
    return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__))


def module(name: str) -> ModuleType:
    """The file of a picture; CannotRun says which there are."""
    if name not in names():
        raise CannotRun(f"there is no picture {name!r}; expected {views.one_of(name, names())}")
    file = name.replace("-", "_")
    return importlib.import_module(f"hudna.outputs.pictures.{file}")


def sentence(name: str) -> str:
    """What a picture shows."""
    return (module(name).__doc__ or "").strip().splitlines()[0]


def resting(name: str) -> dict[str, SqlFile]:
    """The views that a picture rests on, by name."""
    return {view: sqlfile.read(views.own()[view]) for view in module(name).VIEWS}


def params(name: str) -> dict[str, Param]:
    """The parameters of a picture: those of its views that it does not fix.

    A default that the picture sets stands in the place of the view's.
    """
    chosen, out = module(name), {}
    for view in resting(name).values():
        for param in view.params:
            if param.name not in chosen.VIEWS[view.name]:
                usual = getattr(chosen, "USUAL", {}).get(param.name)
                out[param.name] = param._replace(default=usual) if usual else param
    return out


def spec(name: str, package: Package, given: dict[str, str], theme: str = "light") -> dict:
    """A picture as a Vega-Lite specification with its data inside.

    given: parameters as texts. theme: light or dark. `description` is the alternative text; a mark
    that stands for a record has its `ref` (table/id). CannotRun says what cannot be drawn.
    """
    chosen, open_params = module(name), params(name)
    for param in given:
        if param not in open_params:
            wanted = views.one_of(param, open_params) if open_params else "none"
            raise CannotRun(f"picture {name} has no parameter {param!r}; expected {wanted}")
    if theme not in drawing.THEMES:
        raise CannotRun(f"theme is {theme!r}; expected {views.one_of(theme, drawing.THEMES)}")
    answers = ask(chosen, package, {**getattr(chosen, "USUAL", {}), **given})
    colours = drawing.THEMES[theme]
    if not any(answers[view] for view in chosen.VIEWS):
        told = "".join(f", {k}={v}" for k, v in given.items())
        return drawing.finish(drawing.nothing(sentence(name), told, colours), colours)
    return drawing.finish(chosen.draw(answers, colours), colours)


def ask(chosen: ModuleType, package: Package, given: dict[str, str]) -> dict[str, Rows]:
    """The rows of each view and query of a picture, as mappings by column."""
    asked = {v: sqlfile.read(views.own()[v]) for v in chosen.VIEWS}
    tables = {t for view in asked.values() for t in views.reads(view, package)}
    tables |= set(getattr(chosen, "TABLES", ()))
    with views.load(package, sorted(tables)) as (store, _):
        out = {n: told(view, chosen.VIEWS[n], store, given) for n, view in asked.items()}
        for name, query in getattr(chosen, "QUERIES", {}).items():
            columns, rows = store.run(query, {})
            out[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return out


def told(view: SqlFile, fixed: dict[str, str], store: Store, given: dict[str, str]) -> Rows:
    """The rows of one view, with what the picture fixes and those parameters that it has."""
    own = {p.name for p in view.params}
    answer = views.ask(view, store, {k: v for k, v in given.items() if k in own} | fixed)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

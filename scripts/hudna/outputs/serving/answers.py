"""The views of a package as a function of SQLite: the engine answers, SQLite shows the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hudna.engine.store import Store
from hudna.engine.typed import literal, quote
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from hudna.meaning.sqlfile import SqlFile
from hudna.meaning.views import Lacking

NONE = "none"  # what is written for a parameter that shall have no value


class Answers:
    """The views that a package can answer, and their answers as JSON. store: its tables."""

    def __init__(self, store: Store):
        self.store: Store | None = store
        self.views: dict[str, SqlFile] = {}
        self.columns: dict[str, dict[str, str]] = {}
        self.refused = ""
        for name, path in views.own().items():
            view = sqlfile.read(path)
            try:
                self.columns[name] = columns(view, store)
            except (*store.lacking, Lacking):
                continue
            self.views[name] = view
        self.shown = {self.query(n): v for n, v in self.views.items()}

    def close(self) -> None:
        """Let go of the tables."""
        self.store = None

    def ask(self, name: str, given: str) -> str:
        """The rows of a view as a JSON list of lists. given: parameters as a JSON object.

        A parameter that is empty has its default. Where this raises, `refused` holds the reason,
        since SQLite says no more than that a function failed.
        """
        try:
            rows = views.ask(self.view(name), self.store, told(json.loads(given))).rows
        except Exception as e:
            self.refused = str(e) or type(e).__name__
            raise
        return json.dumps([[plain(v) for v in row] for row in rows], ensure_ascii=False)

    def view(self, name: str) -> SqlFile:
        """A view that can be asked; CannotRun says which there are."""
        if self.store is None or name not in self.views:
            known = views.one_of(name, self.views)
            raise CannotRun(f"there is no view {name!r}; expected {known}")
        return self.views[name]

    def check(self, sql: str, given: Mapping[str, Any]) -> None:
        """CannotRun where a query shows a view and one of its parameters cannot be."""
        if self.store is not None and (view := self.shown.get(sql)):
            own = {p.name: given.get(p.name) for p in view.params}
            views.arguments(view, told(own), self.store)

    def query(self, name: str) -> str:
        """The query of SQLite that shows a view, with the view's parameters as its own."""
        shown = ",\n  ".join(
            f"json_extract(value, '$[{n}]') AS {quote(column)}"
            for n, column in enumerate(self.columns[name])
        )
        given = ", ".join(f"{literal(p.name)}, :{p.name}" for p in self.views[name].params)
        return (
            f"SELECT\n  {shown}\nFROM json_each(hudna_view({literal(name)}, json_object({given})))"
        )


def told(given: Mapping[str, Any]) -> dict[str, str]:
    """The parameters that somebody set; NONE stands for no value."""
    said = {k: str(v) for k, v in given.items() if v not in (None, "")}
    return {k: "" if v == NONE else v for k, v in said.items()}


def columns(view: SqlFile, store: Store) -> dict[str, str]:
    """The columns of a view and their types; those of a measure are known from its answer alone."""
    if view.measure:
        return views.ask(view, store).columns
    return store.types(view.sql, {p.name: p.default for p in view.params})


def plain(value: Any) -> Any:
    """A value as the tables hold it: dates as text, truth as 0 or 1."""
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, int | float | str) else str(value)

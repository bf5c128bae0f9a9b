"""The views of a package as a function of SQLite: the engine answers, SQLite shows the rows."""

from __future__ import annotations

import json
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
        for name, path in views.own().items():
            view = sqlfile.read(path)
            try:
                self.columns[name] = columns(view, store)
            except (*store.lacking, Lacking):
                continue
            self.views[name] = view

    def close(self) -> None:
        """Let go of the tables."""
        self.store = None

    def ask(self, name: str, given: str) -> str:
        """The rows of a view as a JSON list of lists. given: parameters as a JSON object.

        A parameter that is empty has its default. What cannot be asked stands, as a sentence, in
        the first cell of the only row.
        """
        try:
            if self.store is None or name not in self.views:
                raise CannotRun(
                    f"there is no view {name!r}; expected {views.one_of(name, self.views)}"
                )
            told = {k: str(v) for k, v in json.loads(given).items() if v not in (None, "")}
            told = {k: "" if v == NONE else v for k, v in told.items()}
            rows = views.ask(self.views[name], self.store, told).rows
        except CannotRun as e:
            rows = [(str(e),)]
        return json.dumps([[plain(v) for v in row] for row in rows], ensure_ascii=False)

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

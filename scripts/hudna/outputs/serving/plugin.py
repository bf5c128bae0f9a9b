"""What is added to Datasette: folded search, views as a function, links from ids to records."""

from __future__ import annotations

import sqlite3
from typing import Any

import markupsafe
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode

from hudna.form.package import Package
from hudna.form.schema import Table
from hudna.ground.finding import CannotRun
from hudna.outputs import relational
from hudna.outputs.serving.answers import Answers

NAME = "hudna"
LOCAL = ("localhost", "127.0.0.1", "[::1]")
FAILED = "user-defined function raised exception"  # all that SQLite says
RECORDS = ("why", "record")  # columns of queries that hold ids as table/id


class Plugin:
    """The hooks of Datasette for one package. database: the name that Datasette gives it."""

    def __init__(self, package: Package, database: str, answers: Answers):
        self.__name__ = NAME  # Datasette lists its plugins by name
        self.tables, self.database, self.answers = package.tables, database, answers

    @hookimpl(trylast=True)
    def prepare_connection(self, conn: sqlite3.Connection) -> None:
        """The functions of a connection; the last hook wins, so the search box folds too."""
        conn.create_function("escape_fts", 1, relational.query, deterministic=True)
        conn.create_function("hudna_words", 1, words, deterministic=True)
        conn.create_function("hudna_view", 2, self.answers.ask)

    @hookimpl
    def render_cell(self, row: Any, value: Any, column: str, table: str | None) -> Any:
        """Ids of records as links to them."""
        if not isinstance(value, str) or not value:
            return None
        if table is None:
            return self.several(value) if column in RECORDS else None
        known = self.tables.get(table)
        for pair in known.references if known else ():
            if pair.record == column and (link := self.link(row[pair.table], value)):
                return markupsafe.Markup(f'<a href="{link}">{markupsafe.escape(value)}</a>')
        return None

    def several(self, text: str) -> markupsafe.Markup:
        """Ids as table/id, parted by blanks, as links."""
        made = []
        for one in text.split():
            link = self.link(*one.split("/", 1)) if "/" in one else ""
            shown = markupsafe.escape(one)
            made.append(f'<a href="{link}">{shown}</a>' if link else str(shown))
        return markupsafe.Markup(" ".join(made))

    def link(self, table: str, record: str) -> str:
        """The address of a record, "" where its table has no such id."""
        found: Table | None = self.tables.get(table)
        if found is None or not found.id_field:
            return ""
        return "/".join(["", *map(tilde_encode, (self.database, table, record))])

    @hookimpl
    def asgi_wrapper(self) -> Any:
        """Answer only those who ask for this machine by its own name, so that no page of another
        host can read what is served here."""
        return lambda app: guarded(app)


class Site(Datasette):
    """Datasette that tells, as the error of a query, why a view cannot be asked so."""

    answers: Answers

    async def execute(self, db_name: str, sql: str, params: Any = None, **more: Any) -> Any:
        """The rows of a query; an error that Datasette shows as such (HTTP 400)."""
        try:
            self.answers.check(sql, params or {})
        except CannotRun as e:
            raise sqlite3.OperationalError(str(e)) from None
        self.answers.refused = ""
        try:
            # The browser is told of an error; the terminal need not hear of each slip as well.
            return await super().execute(db_name, sql, params, **{**more, "log_sql_errors": False})
        except sqlite3.OperationalError as e:
            if FAILED in str(e) and self.answers.refused:
                raise sqlite3.OperationalError(self.answers.refused) from None
            raise


def words(text: str | None) -> str:
    """A search as a query of the index of words."""
    return relational.query(text or "")


def guarded(app: Any) -> Any:
    """The application, closed to requests that name another host."""

    async def answer(scope: dict, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or local(
            dict(scope["headers"]).get(b"host", b"").decode("latin1")
        ):
            await app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 400,
                    "headers": [(b"content-type", b"text/plain")]})  # fmt: skip
        await send({"type": "http.response.body", "body": b"expected the host localhost\n"})

    return answer


def local(host: str) -> bool:
    """Whether a Host header names this machine."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower() in LOCAL

"""Datasette on this machine alone, over a database that is gone when it ends."""

from __future__ import annotations

import re
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting
from hudna.outputs.exporting import Tell
from hudna.outputs.exports import sqlite
from hudna.outputs.serving.answers import Answers
from hudna.outputs.serving.metadata import metadata

HOST = "127.0.0.1"
SETTINGS = {
    "sql_time_limit_ms": 30_000,
    "facet_time_limit_ms": 1000,
    "max_returned_rows": 10_000,
    "default_page_size": 50,
}


def serve(package: Package, port: int, ready: Callable[[str], None],
          tell: Tell = exporting.silent) -> None:  # fmt: skip
    """Serve a package until a signal ends it. ready: called with the address.

    port: 0 for any that is free. Raises CannotRun where the port is taken, where Datasette is not
    installed, or where the package cannot be laid in SQLite. Ctrl-C raises KeyboardInterrupt.
    """
    try:
        import uvicorn
        from datasette.plugins import pm
        from datasette.utils.sqlite import sqlite3

        from hudna.outputs.serving.plugin import Plugin, Site
    except ModuleNotFoundError as e:
        raise CannotRun(
            f"{e.name} is not installed; expected `pip install 'hudna[serve]'`"
        ) from None
    name = (
        re.sub(r"[^a-z0-9_-]+", "-", str(package.descriptor.get("name", "")).lower()) or "package"
    )
    with ended(), listening(port) as held, laid(package, name, tell) as (path, answers):
        plugin = Plugin(package, name, answers)
        pm.register(plugin, "hudna")
        # Else a slip in somebody's SQL prints pages of a traceback; the browser is told anyway.
        sys.modules["datasette.handle_exception"].rich = None
        sqlite3.enable_callback_tracebacks(False)
        told = metadata(package, name, answers)
        site = Site([], immutables=[str(path)], metadata=told, settings=SETTINGS)
        site.answers = answers
        config = uvicorn.Config(
            site.app(), log_level="error", lifespan="on", timeout_graceful_shutdown=3
        )
        server = announcing(uvicorn.Server, f"http://{HOST}:{held.getsockname()[1]}/{name}", ready)
        try:
            server(config).run(sockets=[held])
        finally:
            pm.unregister(plugin)
            site.executor.shutdown()
            site.databases[name].close()


def announcing(base: type, address: str, ready: Callable[[str], None]) -> type:
    """A server that tells its address when it answers."""

    class Announcing(base):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets=sockets)
            ready(address)

    return Announcing


@contextmanager
def laid(package: Package, name: str, tell: Tell) -> Iterator[tuple[Path, Answers]]:
    """The package as a database in a folder that is gone in the end, and its views."""
    with (
        tempfile.TemporaryDirectory(prefix="hudna-", ignore_cleanup_errors=True) as folder,
        exporting.opened(package) as store,
    ):
        path = Path(folder) / f"{name}.db"
        sqlite.lay(store, package, path, tell)
        answers = Answers(store)
        try:
            yield path, answers
        finally:
            # Datasette outlives the engine, which must find none of its own in use at the end.
            answers.close()


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket of this machine alone; CannotRun where the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((HOST, port))
            held.listen()
        except (OSError, OverflowError) as e:
            said = getattr(e, "strerror", None) or e
            raise CannotRun(
                f"port {port} cannot be had ({said}); expected a free one (--port)"
            ) from None
        yield held


@contextmanager
def ended() -> Iterator[None]:
    """Let the signal that ends a process end it in order, so that nothing is left behind."""

    def stop(number: int, _: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""How far a validation has come: which table or rule it is at, and the share that is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hudna.engine.store import Store

# The share of the whole that each part of the work takes, as measured on large packages.
SHARES = {"read": 0.1, "load": 0.5, "keys": 0.1, "rules": 0.25, "form": 0.05}
AGAIN = 0.2  # seconds between two looks at what runs

Tell = Callable[[str, float], None]


class Watch:
    """Tells what is worked on and the share done, from 0 to 1, also while one statement runs."""

    def __init__(self, tell: Tell | None):
        self.tell = tell
        self.done = 0.0
        self.running: dict[int, tuple[str, float]] = {}
        self.lock = threading.Lock()

    @contextmanager
    def looking(self, store: Store) -> Iterator[None]:
        """Look again and again at what runs in the engine, until the context ends."""
        if self.tell is None:
            yield
            return
        over = threading.Event()

        def look() -> None:
            while not over.wait(AGAIN):
                self.say(store)

        looker = threading.Thread(target=look, daemon=True)
        looker.start()
        try:
            yield
        finally:
            over.set()
            looker.join()

    def say(self, store: Store) -> None:
        """Tell the state now."""
        far = store.percent()
        with self.lock:
            running = dict(self.running)
            share = self.done + sum(s * far.get(n, 0) for n, (_, s) in running.items())
        if self.tell and running:
            self.tell(", ".join(what for what, _ in running.values()), min(share, 1.0))

    @contextmanager
    def work(self, what: str, share: float) -> Iterator[None]:
        """Some work of this thread, and the share of the whole that it is."""
        me = threading.get_ident()
        with self.lock:
            self.running[me] = what, share
        try:
            yield
        finally:
            with self.lock:
                self.running.pop(me, None)
                self.done += share

"""Names looked up by all cores at once, where there are many of them.

The processes are copies of this one (fork), so that they begin at once, with all that it knows.
Where the system has no such copies, or this process has threads, one core does the work.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

MANY = 4_000  # keys from which the copies are worth their making
AT_ONCE = 500  # keys that a copy takes at a time
Look = Callable[..., Any]
work: dict[str, Look] = {}


def out(look: Look, keys: list[tuple]) -> Iterator[Any]:
    """What `look` gives for each key, in their order."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores < 2 or len(keys) < MANY or threading.active_count() > 1:
        yield from (look(*key) for key in keys)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(cores, context, begin, (look,)) as pool:
        yield from pool.map(looked_up, keys, chunksize=AT_ONCE)


def begin(look: Look) -> None:
    """A copy begins; what it was born with it need not search for waste."""
    gc.freeze()
    work["look"] = look


def looked_up(key: tuple) -> Any:
    """One key, in a copy."""
    return work["look"](*key)

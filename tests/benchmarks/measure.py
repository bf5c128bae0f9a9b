"""One command in a fresh process: its seconds, its peak of memory, its answer."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.environment import ROOT, variables

# Seconds between two looks at the memory of the processes.
LOOK = 0.2
# Of the machine's memory; what takes more is stopped before the system stops somebody else.
MOST = 0.85


@dataclass(frozen=True)
class Run:
    """What came of one run; stopped: why it was ended before it ended itself, or empty."""

    seconds: float
    peak: int
    status: int
    answer: str
    stopped: str = ""


class Watch(threading.Thread):
    """Looks at the memory of a process and of all that it starts; stops them at a limit."""

    def __init__(self, pid: int, timeout: float) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process(pid)
        self.end = time.monotonic() + timeout
        self.most = psutil.virtual_memory().total * MOST
        self.peak = 0
        self.stopped = ""
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(LOOK):
            with suppress(psutil.Error):
                self.look()

    def look(self) -> None:
        """Note the memory in use; end what takes too long or too much."""
        family = [self.process, *self.process.children(recursive=True)]
        used = sum(memory(p, len(family)) for p in family)
        self.peak = max(self.peak, used)
        if used > self.most:
            self.stopped = f"more than {self.most / 1e9:.0f} GB of memory"
        elif time.monotonic() > self.end:
            self.stopped = "took longer than the limit of time"
        if self.stopped:
            for p in family:
                with suppress(psutil.Error):
                    p.kill()


def memory(process: psutil.Process, family: int) -> int:
    """The memory of a process; among several, what they share is counted once."""
    with suppress(psutil.Error):
        if family > 1:
            return process.memory_full_info().pss
        return process.memory_info().rss
    return 0


def run(command: list[str], timeout: float) -> Run:
    """Run a command to its end, and tell what it took."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables(), stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
        watch = Watch(process.pid, timeout)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.done.set()
        watch.join()
        out.seek(0)
        text = out.read().decode("utf-8", "replace")
    peak = max(watch.peak, used.ru_maxrss * 1024)
    return Run(seconds, peak, process.returncode, text, watch.stopped)


def first(text: str, length: int = 140) -> str:
    """The first line that says something (of a crash the last), without the machine's folders."""
    lines = [line.replace(f"{ROOT}{os.sep}", "").strip() for line in text.splitlines()]
    said = [line for line in lines if line] or [""]
    told = said[-1] if said[0].startswith("Traceback") else said[0]
    return told if len(told) <= length else told[: length - 3] + "..."


def floor() -> int:
    """The least peak that can be told: a new process is charged with the memory of this one."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def warm(folder: Path) -> int:
    """Read every file of a folder once, so that the system has them at hand; returns the bytes."""
    total = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(1 << 20):
                total += len(chunk)
    return total

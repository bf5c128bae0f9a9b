"""What a run may use: memory, a folder for what does not fit into it, the size of a cell."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from hudna.form.csvfile import CELL_LIMIT
from hudna.ground.finding import CannotRun

ROOM, MORE = "expected a folder with room (--temp)", "expected more (--memory)"
LEAST = 10**9
GB = 10**9


class Limits(NamedTuple):
    """The bounds of a run.

    memory: bytes, None for half the machine's (at least 1 GB). temp: folder for what does not fit,
    None for the system's. cell: bytes of the largest cell. small: bytes of a file up to which
    Python reads it whole, which is faster there.
    """

    memory: int | None = None
    temp: Path | None = None
    cell: int = CELL_LIMIT
    small: int = 1 << 21

    @property
    def bytes(self) -> int:
        """The memory that may be used."""
        return self.memory or max(LEAST, machine() // 2)

    def folder(self) -> tempfile.TemporaryDirectory:
        """A new folder for what does not fit into memory; it is gone when the run ends."""
        try:
            return tempfile.TemporaryDirectory(
                prefix="hudna-", dir=self.temp, ignore_cleanup_errors=True
            )
        except OSError as e:
            where = self.temp or tempfile.gettempdir()
            raise CannotRun(f"{where} takes no folder ({e.strerror}); {ROOM}") from None

    def spent(self, text: str, folder: str) -> CannotRun:
        """What is raised where memory is at its end. text: what the engine says of it."""
        if "temp_directory_size" in text or "offload" in text:
            return self.full(text, folder)
        amount = f"{self.bytes / GB:.1f} GB" if self.bytes >= GB else f"{self.bytes // 10**6} MB"
        return CannotRun(f"{amount} of memory are not enough for this package; {MORE}")

    def full(self, text: str, folder: str) -> CannotRun:
        """What is raised where a folder takes no more. text: what the system says of it."""
        where, first = Path(folder).parent, text.splitlines()[0].partition(": ")[2] or text
        return CannotRun(
            f"{where} takes no more of what does not fit into memory "
            f"({first.replace(folder, '...').rstrip('.')}); {ROOM}"
        )


def machine() -> int:
    """The bytes of memory that the machine, or the container, gives to this process."""
    try:
        own = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 2 * LEAST
    bounds = [own]
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            bounds.append(int(Path(path).read_text()))
        except (OSError, ValueError):
            continue
    return min(bounds)

"""A large file with records that are empty, too short or too long, read by the engine as a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hudna.engine.sources import Found, Part, Proven, Staged, handed
from hudna.form import mending
from hudna.form.proof import Proof

if TYPE_CHECKING:
    from hudna.engine.store import Store


class Mended(Proven):
    """A large file of which the engine reads a copy, in which every record is as wide as the
    header. uneven: the records that are not, but for empty ones."""

    def __init__(self, file: str, found: Proof, store: Store):
        super().__init__(file, found, ("",), store.limits.bytes)
        self.path = store.scratch("mended.csv")
        self.longest += 2 * len(self.header)
        try:
            self.uneven = mending.mend(found, self.path)
        except OSError as e:
            raise store.limits.full(str(e.strerror), store.folder.name) from None
        self.ragged = bool(self.uneven and self.uneven.numbers)

    def widths(self) -> tuple[str, dict[str, Any]]:
        """SQL for the uneven records, and its parameters: _number from 1, and _width."""
        number, given = handed("n", list(map(str, self.uneven.numbers)))
        width, more = handed("w", list(map(str, self.uneven.widths)))
        numbers = f"({number})::BIGINT AS _number, ({width})::BIGINT AS _width"
        return f"SELECT {numbers}", {"n": given, "w": more}

    def find(self, numbers: list[int]) -> dict[int, Found]:
        width = len(self.header)
        return {
            n: f._replace(cells=[*f.cells[:width], *[None] * (width - f.width)])
            for n, f in super().find(numbers).items()
        }


def mended(file: str, found: Proof, missing: tuple[str, ...], store: Store) -> Part:
    """A large file with records of other widths than the header's, or empty ones."""
    if "" in missing and not found.faults:
        part = Mended(file, found, store)
        if part.uneven is not None:
            return part
    return Staged(file, found.path, store)

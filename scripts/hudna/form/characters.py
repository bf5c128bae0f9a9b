"""What the bytes of a text say of its characters: which may be odd, which stand for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[Any]

LF, CR, QUOTE, COMMA, TAB = b'\n\r",\t'
FEW = 1 << 9  # bytes of which one is a quote, where quotes are few
# First bytes of characters that no other can join or change: Latin, Greek, Cyrillic and Arabic
# letters, CJK ideographs, Hangul syllables.
SETTLED = {
    *range(0xC2, 0xCC), *range(0xCE, 0xD2), 0xD3, 0xD5, 0xD8, 0xDA, 0xDB, *range(0xE4, 0xEA),
    0xEB, 0xEC,
}  # fmt: skip


def beyond(a: Bytes) -> Bytes:
    """The bytes of a text beyond printable ASCII, each with the one that follows it.

    The text ends in a line break. What is left of it is UTF-8 if and only if the text is: what is
    left out stands between two characters of ASCII.
    """
    import numpy as np

    at = few(a > 126)
    # Where a run of them ends, the byte after it belongs to the text too.
    ends = np.flatnonzero(np.diff(at, append=len(a)) > 1)
    return a[np.insert(at, ends + 1, at[ends] + 1)]


def few(mask: Bytes) -> Bytes:
    """Where a mask is true, as `flatnonzero` has it; quicker where that is nearly nowhere."""
    import numpy as np

    words = mask[: len(mask) // 8 * 8].view(np.uint64)
    eights = np.flatnonzero(words != 0)
    if len(eights) * 8 > len(words):
        return np.flatnonzero(mask)
    within = np.flatnonzero(words[eights].view(bool))
    rest = np.flatnonzero(mask[len(words) * 8 :]) + len(words) * 8
    return np.concatenate([(eights[within >> 3] << 3) + (within & 7), rest])


def kinds(a: Bytes) -> set[int]:
    """Which bytes stand in a text, of those beyond printable ASCII."""
    import numpy as np

    return set(np.flatnonzero(np.bincount(a[a > 126], minlength=256)).tolist())


def signs(a: Bytes, held: set[int]) -> bool:
    """Whether there are controls beyond ASCII, or signs that change the direction of what follows.

    held: the kinds of bytes of the text, which ends in a line break.
    """
    import numpy as np

    if 0x7F in held or (0xC2 in held and int(a[np.flatnonzero(a == 0xC2) + 1].min()) < 0xA0):
        return True
    if 0xE2 not in held:
        return False
    at = np.flatnonzero(a == 0xE2)
    second, third = a[at + 1], a[np.minimum(at + 2, len(a) - 1)]
    turned = (second == 0x80) & (third >= 0xAA) & (third <= 0xAE)
    return bool((turned | ((second == 0x81) & (third >= 0xA6) & (third <= 0xA9))).any())


def settled(a: Bytes, held: set[int]) -> bool:
    """Whether every character beyond ASCII is one that stands for itself in NFC."""
    import numpy as np

    leads = {k for k in held if k >= 0xC0}
    if leads - SETTLED - {0xD9, 0xE2, 0xF0}:
        return False
    # Arabic letters and digits, but no marks (U+064B to U+065F, U+0670); dashes and quotes;
    # pictographs (U+1F000 to U+1FFFF).
    arabic, dashes, far = (a[np.flatnonzero(a == lead) + 1] for lead in (0xD9, 0xE2, 0xF0))
    marks = ((arabic >= 0x8B) & (arabic < 0xA0)) | (arabic == 0xB0)
    return not marks.any() and bool((dashes == 0x80).all() and (far == 0x9F).all())


def commas_between(data: bytearray, a: Bytes, left: Bytes, right: Bytes) -> Bytes:
    """How many commas stand between the quotes at some offsets."""
    import numpy as np

    if len(left) * FEW < len(a):
        pairs = zip((left.astype(int) + 1).tolist(), right.astype(int).tolist(), strict=True)
        return np.array([data.count(b",", start, end) for start, end in pairs], int)
    commas = np.flatnonzero(a == ord(","))
    return np.searchsorted(commas, right) - np.searchsorted(commas, left)


def needless(a: Bytes, left: Bytes, right: Bytes, last: int) -> bool:
    """Whether a cell is quoted that holds neither comma nor line break nor quote.

    left, right: where quotes open and close around no comma and no line break. last: the byte
    before the text.
    """
    import numpy as np

    # A quote beside another one is a quote of the cell's own.
    before = np.where(left > 0, a[left - 1], last)
    alone = before != QUOTE
    after = a[np.minimum(right + 1, len(a) - 1)]
    # And where a record's one cell is empty, two quotes tell it from an empty line.
    lone = (before == LF) & (right == left + 1) & ((after == LF) | (after == CR))
    return bool((alone & (after != QUOTE) & ~lone).any())


def longest(record: Bytes) -> int:
    """The bytes of a record's longest cell, or more: all of them where there are quotes."""
    import numpy as np

    if (record == QUOTE).any():
        return len(record)
    commas = np.flatnonzero(record == COMMA)
    return int(np.diff(commas, prepend=-1, append=len(record)).max()) - 1

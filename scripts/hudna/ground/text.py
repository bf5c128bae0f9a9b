"""Text in one form: NFC, white space folded, and the digest by which a sentence is known."""

from __future__ import annotations

import hashlib
import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Explicit directional embeddings, overrides and isolates: they make a cell read otherwise than
# it is (CVE-2021-42574). The plain marks U+200E, U+200F and U+061C are needed in Arabic text.
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def nfc(text: str) -> str:
    """The text in Unicode normalisation form C."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """The text in NFC with every run of white space as one blank, trimmed."""
    return " ".join(nfc(text).split())


def digest(sentence: str) -> str:
    """SHA-256 (hexadecimal) of the folded sentence, as citations carry it."""
    return hashlib.sha256(folded(sentence).encode("utf-8")).hexdigest()


def odd_characters(value: str) -> str:
    """The name of the first control or direction-changing character of a value, or ""."""
    if value.isascii() and value.isprintable():
        return ""
    if m := CONTROL.search(value):
        return f"control character U+{ord(m[0]):04X}"
    if m := BIDI.search(value):
        return f"direction-changing character U+{ord(m[0]):04X}"
    return ""

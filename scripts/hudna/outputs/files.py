"""Several files, written together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hudna.form import csvfile


def differing(root: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that are not, byte for byte, what stands in the files of these paths."""
    return {path: text for path, text in sorted(texts.items()) if held(root / path) != text}


def held(path: Path) -> str | None:
    """The text of a file, or None where there is none that is UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def write(root: Path, texts: Mapping[str, str]) -> list[str]:
    """Write what differs and return its paths; if one file fails, all are put back.

    Each file is replaced as a whole. Only a machine that stops between two of them can leave some
    old and some new, and then what is generated is told as stale.
    """
    changed = differing(root, texts)
    before = {p: (root / p).read_bytes() if (root / p).exists() else None for p in changed}
    done: list[str] = []
    try:
        for path, text in changed.items():
            csvfile.write(root / path, text)
            done.append(path)
    except BaseException:
        for path in done:
            put_back(root / path, before[path])
        raise
    return list(changed)


def put_back(path: Path, data: bytes | None) -> None:
    """Give a file the bytes that it had, or remove it where it was not there."""
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(data)

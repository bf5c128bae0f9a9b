"""Size and SHA-256 of files, by which a copy is known to be whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def told(path: Path) -> dict[str, Any]:
    """Size and hash of a file, as a descriptor says them."""
    return {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}

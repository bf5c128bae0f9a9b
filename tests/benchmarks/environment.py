"""The environment of the benchmarks: made from its lock, apart from the one of the checkout."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build"
PLACE = BUILD / "bench-venv"
PYTHON = PLACE / "bin" / "python"
LOCK = HERE / "requirements.lock"
TOLD = ("duckdb", "frictionless", "polars", "pandera", "dataframely", "pyspark", "pyarrow")


def inside() -> bool:
    """Whether this process runs in the environment of the benchmarks."""
    return Path(sys.prefix).resolve() == PLACE.resolve()


def make() -> None:
    """Make the environment, where it is not there yet or the lock is another."""
    stamp = PLACE / "locked"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print(f"Installing the locked requirements into {PLACE.relative_to(ROOT)} ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", PLACE], check=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", LOCK], check=True)
    stamp.write_text(wanted, "utf-8")


def enter(arguments: list[str]) -> None:
    """Go on in the environment of the benchmarks, in place of this process."""
    make()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "tests.benchmarks", *arguments], variables())


def variables() -> dict[str, str]:
    """The environment variables of every process: hudna is read from the checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONWARNINGS": "ignore"}


def lock() -> None:
    """Lock the requirements again: versions and hashes, no hosts."""
    uv = BUILD / "uv"
    if not (uv / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", uv], check=True)
        pip = [uv / "bin" / "pip", "install", "-qq", "--disable-pip-version-check", "uv"]
        subprocess.run(pip, check=True)
    command = [
        uv / "bin" / "uv", "pip", "compile", "--quiet", "--upgrade", "--universal",
        "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-emit-index-url",
        "--no-emit-find-links", "--custom-compile-command", "python -m tests.benchmarks --lock",
        "--output-file", LOCK, "pyproject.toml", HERE / "requirements.in",
    ]  # fmt: skip
    subprocess.run(command, check=True, cwd=ROOT)


def versions() -> dict[str, str]:
    """The versions that were measured: hudna's with its commit, Python's, the peers'."""
    git = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    commit = subprocess.run(git, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    out = {"hudna": commit or "no commit", "Python": sys.version.split()[0]}
    return out | {name: metadata.version(name) for name in TOLD}


def machine() -> dict[str, str]:
    """The kind of machine: processor, cores, memory, system."""
    import psutil

    return {
        "processor": next(processor(), os.uname().machine),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{os.uname().sysname} {os.uname().release.split('-')[0]}",
    }


def processor() -> Iterator[str]:
    """The names of the processors, as the system tells them."""
    told = Path("/proc/cpuinfo")
    for line in told.read_text("utf-8").splitlines() if told.exists() else ():
        if line.startswith("model name"):
            yield line.partition(":")[2].strip()

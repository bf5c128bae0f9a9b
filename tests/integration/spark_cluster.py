"""A Spark cluster on this machine: a master and two workers, processes of their own on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

from hudna.engine.spark.settings import SMALL

HOME = Path(pyspark.__file__).parent
MASTER, WORKER = (f"org.apache.spark.deploy.{n}" for n in ("master.Master", "worker.Worker"))
SECONDS = 60
# What a session asks of it: executors that fit into the workers.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
MORE = {
    **SMALL,
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.executor.defaultJavaOptions": QUICK,
}


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """Start a master and its workers; gives the master's URL, and leaves no process behind."""
    with ExitStack() as stack:
        log = stack.enter_context(process(folder / "master", MASTER))
        url = line(log, r"spark://127\.0\.0\.1:\d+")
        logs = []
        for own in (folder / f"worker{n}" for n in range(workers)):
            options = ("--cores", "1", "--memory", "1g", "--work-dir", str(own / "work"), url)
            logs.append(stack.enter_context(process(own, WORKER, *options)))
        for log in logs:
            line(log, r"Successfully registered with master")
        yield url


@contextmanager
def process(folder: Path, name: str, *options: str) -> Iterator[Path]:
    """A Java process of Spark, with whatever it starts itself; gives the path of its log."""
    folder.mkdir(parents=True)
    common = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    environment = {
        **os.environ,
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_LOG_DIR": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "PYSPARK_PYTHON": sys.executable,
    }
    log = folder / "log"
    with log.open("wb") as out:
        started = subprocess.Popen(
            [HOME / "bin" / "spark-class", name, *common, *options],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, cwd=folder,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield log
    finally:
        end(started)


def end(started: subprocess.Popen) -> None:
    """End a process and all of its group: a worker's executors are in it."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(started.pid, how)
        except ProcessLookupError:
            break
        try:
            started.wait(5)
        except subprocess.TimeoutExpired:
            continue
    started.wait()


def line(log: Path, pattern: str) -> str:
    """What a log says, as soon as it does."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if m := re.search(pattern, log.read_text("utf-8", "replace")):
            return m[0]
        time.sleep(0.1)
    raise AssertionError(f"{log} says not {pattern}: {log.read_text('utf-8', 'replace')[-2000:]}")

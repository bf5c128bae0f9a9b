"""A Spark session of hudna's own: started quietly, shut tight, and gone without a trace."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hudna
from hudna.engine.spark import needs, settings
from hudna.engine.spark.errors import first
from hudna.ground.finding import CannotRun, shorten

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Functions that run Java methods; no query of ours calls them, and no other shall.
REFLECTING = ("reflect", "try_reflect", "java_method")


class Session:
    """A running Spark session (`spark`) with a folder of its own; `stop` ends and removes both.

    master: local[*], local[2], spark://host:7077 or what else Spark knows. temp: where the folder
    is made. more: settings of Spark, which stand above hudna's.
    """

    def __init__(
        self,
        master: str = "local[*]",
        temp: Path | None = None,
        more: Mapping[str, str] | None = None,
    ):
        needs.check(master)
        self.folder = Path(tempfile.mkdtemp(prefix="hudna-spark-", dir=temp))
        self.gateway: Any = None
        self.interrupt = signal.getsignal(signal.SIGINT)
        try:
            self.spark = self.start(master, more or {})
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> SparkSession:
        return self.spark

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, master: str, more: Mapping[str, str]) -> SparkSession:
        """Start Java and the session in it; CannotRun shows what Spark said where it fails."""
        log = self.folder / "log"
        # Not ours to change: pyspark warns of pandas 3, which we do not use with it.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        with environment(), log.open("wb") as out:
            from pyspark import SparkConf, SparkContext
            from pyspark.java_gateway import launch_gateway
            from pyspark.sql import SparkSession

            logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
            logging.getLogger().addFilter(unsent)
            conf = SparkConf(loadDefaults=False).setMaster(master)
            conf.setAll([*settings.all_of(master, self.folder).items(), *more.items()])
            try:
                self.gateway = launch_gateway(conf, {"stdout": out, "stderr": out})
                context = SparkContext(conf=conf, gateway=self.gateway)
                if threading.current_thread() is threading.main_thread():
                    # Spark's own asks Java in the midst of another question, and fails at it.
                    signal.signal(signal.SIGINT, self.interrupt)
                context.addPyFile(str(code(self.folder)))
                spark = SparkSession(context)
                close(spark)
                if master.startswith("spark:"):
                    wait(context, master)
            except CannotRun:
                raise
            except Exception as e:
                raise CannotRun(f"Spark does not start: {last_words(log) or first(str(e))}") from e
        return spark

    def stop(self) -> None:
        """End the session and its Java, and remove its folder."""
        if self.gateway is not None:
            from py4j.protocol import Py4JError
            from pyspark import SparkContext

            # Java may have ended by itself.
            with contextlib.suppress(Py4JError, ConnectionError):
                if hasattr(self, "spark"):
                    self.spark.stop()
                elif SparkContext._active_spark_context is not None:
                    SparkContext._active_spark_context.stop()
            SparkContext._active_spark_context = None
            with contextlib.suppress(Py4JError, ConnectionError):
                self.gateway.shutdown()
            end(self.gateway.proc)
            # pyspark keeps them for the next session, which starts a Java of its own.
            SparkContext._gateway = SparkContext._jvm = self.gateway = None
            sys.path[:] = [p for p in sys.path if not p.startswith(str(self.folder))]
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, self.interrupt)
        shutil.rmtree(self.folder, ignore_errors=True)


def unsent(record: logging.LogRecord) -> bool:
    """False for what py4j tells of a question cut off; whoever asked is told by an exception."""
    return "while sending command" not in str(record.msg)


@contextmanager
def environment() -> Iterator[None]:
    """The environment in which a session starts: this Python for its workers, unless one is set."""
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYSPARK_PYTHON"]


def code(folder: Path) -> Path:
    """A zip of hudna's code, which Spark sends to every executor."""
    home = Path(hudna.__file__).parent
    with zipfile.ZipFile(folder / "hudna-code.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(home.rglob("*.py")):
            out.write(path, Path("hudna") / path.relative_to(home))
    return folder / "hudna-code.zip"


def close(spark: SparkSession) -> None:
    """Take out of the session what could run more than queries."""
    jvm = spark._jvm
    registry = spark._jsparkSession.sessionState().functionRegistry()
    some = jvm.scala.Option.apply
    for name in REFLECTING:
        identifier = jvm.org.apache.spark.sql.catalyst.FunctionIdentifier
        registry.dropFunction(identifier(name, some("builtin"), some("system")))


def wait(context: Any, master: str, seconds: int = 60) -> None:
    """Wait until the cluster gives an executor; CannotRun where none comes."""
    until = time.monotonic() + seconds
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > until:
            told = f"{master} gives no executor within {seconds} s"
            raise CannotRun(f"{told}; expected a worker with free cores and memory")
        time.sleep(0.1)


def last_words(log: Path) -> str:
    """The last line of Spark's log that says something."""
    lines = [t.strip() for t in log.read_text("utf-8", "replace").splitlines()]
    told = [t for t in lines if t and not t.startswith(NOISE)]
    return shorten(told[-1], 300) if told else ""


# What Java and Spark say whenever they start, and the places of an error.
NOISE = ("at ", "...", "WARNING", "Setting default log", "To adjust logging", "Using Spark's")


def end(process: Any) -> None:
    """See a process of ours to its end."""
    if process is None:
        return
    process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""What goes wrong in Spark, in the words in which DuckDB says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from hudna.ground.finding import CannotRun, shorten

GONE = re.compile(r"SparkContext was shut down|stopped SparkContext|Java side|Error while sending")


class Failed(Exception):
    """A query that went wrong while it ran, or that Spark cannot read."""


class Lacking(Failed):
    """A query that names what the package does not have."""


@contextmanager
def told() -> Iterator[None]:
    """Raise Lacking or Failed for what Spark raises; CannotRun where no query can be run."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as e:
        raise translated(e) from None


def translated(error: Exception) -> Exception:
    """An error of Spark as one of ours."""
    from py4j.protocol import Py4JNetworkError
    from pyspark.errors import AnalysisException, ParseException

    text = str(error)
    if isinstance(error, Py4JNetworkError | ConnectionError) or GONE.search(text):
        return CannotRun("Spark has ended while it was asked")
    if "ExecutorLostFailure" in text or "Lost executor" in text:
        return CannotRun(f"Spark has lost an executor: {first(text)}")
    if "No space left on device" in text:
        return CannotRun("Spark has no room left for what does not fit into memory (--temp)")
    if "OutOfMemoryError" in text:
        return CannotRun("the memory of Spark is not enough for this package (--memory)")
    if m := re.search(r"No module named '(\w+)'", text):
        return CannotRun(
            f"the Python of Spark's executors has no {m[1]}; expected one with hudna[spark] "
            "installed, named by PYSPARK_PYTHON"
        )
    if isinstance(error, ParseException) or not isinstance(error, AnalysisException):
        return Failed(first(text))
    condition, given = error.getCondition() or "", error.getMessageParameters() or {}
    if condition == "TABLE_OR_VIEW_NOT_FOUND":
        return Lacking(f"Table with name {names(given['relationName'])[-1]} does not exist!")
    if condition.startswith("UNRESOLVED_COLUMN"):
        *table, column = names(given["objectName"])
        if table:
            return Lacking(f'Table "{table[-1]}" does not have a column named "{column}"')
        return Lacking(f'Referenced column "{column}" not found in FROM clause!')
    return Lacking(first(text))


def names(quoted: str) -> list[str]:
    """The parts of a quoted name."""
    return [n.replace("``", "`") for n in re.findall(r"`((?:[^`]|``)*)`", quoted)]


def first(text: str) -> str:
    """The line that says what went wrong: of Python's words the last, of Spark's the first."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    python = [t for t in lines if re.match(r"(\w+\.)*\w+(Error|Exception)\b", t)]
    line = python[-1] if "Traceback" in text and python else lines[0]
    return shorten(re.sub(r"^\[[A-Z0-9_.]+\] |( SQLSTATE: \w+.*)$", "", line), 300)

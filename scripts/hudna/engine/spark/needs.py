"""What a Spark session needs before it starts: pyspark, Java, and a master that answers."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess

from hudna.ground.finding import CannotRun

# Spark 4.3 is the first that runs a recursion.
PYSPARK, JAVA = (4, 3), 17
NO_JAVA = (
    f"{{}}; Spark needs Java {JAVA} or later: `apt install openjdk-17-jre-headless` (Debian, "
    "Ubuntu), `brew install openjdk@17` (macOS) or `conda install openjdk=17`, or set JAVA_HOME"
)
NO_PYSPARK = "the Spark engine is not installed; `pip install 'hudna[spark]'` installs it"


def check(master: str) -> None:
    """CannotRun where pyspark or Java is missing or too old, or where no master answers."""
    try:
        import pyarrow  # noqa: F401
        import pyspark
    except ImportError:
        raise CannotRun(NO_PYSPARK) from None
    version = pyspark.__version__
    if tuple(map(int, version.split(".")[:2])) < PYSPARK:
        raise CannotRun(f"pyspark is {version}; `pip install 'hudna[spark]'` brings 4.3 or later")
    if pyspark.SparkContext._active_spark_context is not None:
        raise CannotRun("another Spark session runs in this process; stop it first")
    java()
    for host, port in re.findall(r"([\w.-]+):(\d+)", master) if master.startswith("spark:") else ():
        try:
            socket.create_connection((host, int(port)), 5).close()
            return
        except OSError as e:
            told = f"{host}:{port}: {e.strerror or e}"
    if master.startswith("spark:"):
        raise CannotRun(f"no Spark master answers at {master} ({told})")


def java() -> str:
    """The path of Java; CannotRun says how to install it."""
    home = os.environ.get("JAVA_HOME")
    path = shutil.which("java", path=f"{home}/bin" if home else None)
    if path is None:
        where = f"in JAVA_HOME ({home})" if home else "on the PATH"
        raise CannotRun(NO_JAVA.format(f"there is no Java {where}"))
    done = subprocess.run([path, "-version"], capture_output=True, text=True, errors="replace")
    told = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    if not told or int(told[1]) < JAVA:
        raise CannotRun(NO_JAVA.format(f"Java is {told[1] if told else 'broken'} ({path})"))
    return path

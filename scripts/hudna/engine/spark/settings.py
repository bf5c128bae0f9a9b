"""The settings of a Spark session: quiet, shut tight, and the same answers wherever it runs."""

from __future__ import annotations

import os
import re
from pathlib import Path

# What stays the same wherever Spark runs.
SETTINGS = {
    "spark.app.name": "hudna",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
    # ${env:HOME} in a text stays a text, and `csv`.`/etc/passwd` is no table.
    "spark.sql.variable.substitute": "false",
    "spark.sql.runSQLOnFiles": "false",
    # Java's letters are nearer to DuckDB's than ICU's; engine.spark.dialect does the rest.
    "spark.sql.icu.caseMappings.enabled": "false",
    # Our recursions bound their own depth (50 at most) and may hold more rows than a million.
    "spark.sql.cteRecursionLevelLimit": "110",
    "spark.sql.cteRecursionRowLimit": "-1",
    # A query of many UNION ALL is planned once; showing its text would take longer than running it.
    "spark.sql.maxPlanStringLength": "4096",
    "spark.sql.debug.maxToStringFields": "8",
}
# For a package of some megabytes: Java compiles little, and Spark plans at once.
SMALL = {
    "spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2",
}
# Bytes of files for each piece of a shuffle; what turns out small is put together again by Spark.
PIECE = 1 << 25
QUIET = """\
rootLogger.level = error
rootLogger.appenderRef.stdout.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1}: %m%n%ex{3}
"""


def pieces(held: int, cores: int) -> int:
    """Into how many pieces a shuffle cuts files of so many bytes, on so many cores of a cluster."""
    return max(cores, held // PIECE)


def all_of(master: str, folder: Path) -> dict[str, str]:
    """The settings of a session that keeps its files in a folder."""
    quiet = folder / "log4j2.properties"
    quiet.write_text(QUIET, "utf-8")
    (folder / "tmp").mkdir()
    java = (
        f'-Dlog4j2.configurationFile={quiet.as_uri()} "-Djava.io.tmpdir={folder / "tmp"}" '
        # A Turkish Java would lower I to another letter than i.
        "-XX:-UsePerfData -Duser.language=en -Duser.country=US"
    )
    out = {
        **SETTINGS,
        "spark.driver.extraJavaOptions": java,
        "spark.local.dir": str(folder / "tmp"),
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
    }
    if re.match(r"local|spark://(127\.|localhost)", master):
        out |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return out

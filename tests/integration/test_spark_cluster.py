"""The Spark engine on a cluster: parts read by executors of their own, and a real shuffle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from hudna.engine.spark import parts
from hudna.engine.spark.engine import Engine
from hudna.engine.spark.parts import Relation, Told
from hudna.engine.spark.session import Session
from hudna.ground.finding import CannotRun
from tests.integration import spark_cluster

COLUMNS = {"_row": "BIGINT", "text": "VARCHAR", "a b": "DOUBLE"}
ROWS = 1000


def test_parts_are_read_on_the_executors_of_a_cluster(tmp_path: Path) -> None:
    with (
        spark_cluster.cluster(tmp_path / "cluster") as master,
        Session(master, tmp_path, spark_cluster.MORE) as spark,
    ):
        relation = Relation(spark, several(tmp_path), reader(), COLUMNS)
        engine = Engine(spark, {})
        engine.offer("read", lambda: relation.frame)
        ((rows, different, first, last),) = engine.sql(
            "SELECT count(*), count(DISTINCT text), min(_row), max(_row) FROM read"
        )
        assert (rows, different, first, last) == (4 * ROWS, 2 * ROWS, 1, 4 * (ROWS + 1) - 1)
        matched = "SELECT count(*) FROM read WHERE regexp_matches(text, '^(p|q)+[0-9]+$')"
        assert engine.sql(matched) == [(4 * ROWS,)]
        pids = {told.said[0] for told in relation.told}
        assert len(pids) == 2 and os.getpid() not in pids
        assert all(".zip" in told.said[1] for told in relation.told)
        assert [relation.place(n) for n in (1, ROWS + 2, 4 * ROWS)] == [
            (0, 1),
            (1, 1),
            (3, ROWS - 3),
        ]
        assert parts.ask(spark, [1, 2], lambda n: n + 1) == [2, 3]
    assert not list(tmp_path.glob("hudna-spark-*"))
    assert not processes(tmp_path)


def several(folder: Path) -> list[Path]:
    """Four files, two and two alike."""
    for n in range(4):
        text = "\n".join(f"{'pq'[n % 2]}{i}" for i in range(ROWS))
        (folder / f"{n}.txt").write_text(text, "utf-8")
    return [folder / f"{n}.txt" for n in range(4)]


def reader() -> parts.Reader:
    """What reads a part; made here, since the executors do not have this module."""

    def read(path: Path) -> Iterator[pa.RecordBatch | Told]:
        import hudna

        held = path.read_text("utf-8").split("\n")
        for i in range(0, len(held), 300):
            some = held[i : i + 300]
            numbers = list(range(i + 1, i + 1 + len(some)))
            yield pa.record_batch({"_row": numbers, "text": some, "a b": [0.5] * len(some)})
        # The last record is blank, and in no batch.
        yield Told(len(held) + 1, (os.getpid(), hudna.__file__))

    return read


def processes(folder: Path) -> list[str]:
    """The processes of which a command line names a folder."""
    commands = (p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline") if readable(p))
    return [c.decode("utf-8", "replace") for c in commands if str(folder).encode() in c]


def readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    ("master", "says"),
    [
        ("spark://127.0.0.1:1", "no Spark master answers at spark://127.0.0.1:1"),
        ("nonsense", "Spark does not start: .*Master must"),
    ],
)
def test_a_master_that_is_none_is_told(tmp_path: Path, master: str, says: str) -> None:
    with pytest.raises(CannotRun, match=says):
        Session(master, tmp_path)
    assert not list(tmp_path.iterdir())


def test_java_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(CannotRun, match=r"no Java in JAVA_HOME \(/nowhere\).*apt install"):
        Session()

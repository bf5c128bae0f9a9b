"""A package is told the same on Spark as on DuckDB: every finding, every count, every view."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import hypothesis
import pytest
from hypothesis import HealthCheck, settings

from hudna.doors import cli
from hudna.engine.limits import Limits
from hudna.engine.spark import loader
from hudna.engine.spark.session import Session
from hudna.engine.spark.settings import SMALL
from hudna.engine.typed import literal
from hudna.form import package
from hudna.ground.finding import CannotRun
from hudna.meaning import views
from hudna.meaning.checks import Options
from hudna.outputs import validation
from tests.engine import forms
from tests.integration.spark_validated import OnSpark, merged, unlike
from tests.meaning import bad_input, strategies

# A reference to any table makes a check of every pair of tables: fewer of those go together.
DRAWN, TOGETHER, SIDE_BY_SIDE = 320, 40, 10
CASES = [c for c in bad_input.cases() if "cannot" not in c.given]
SHARED = [c for c in CASES if c.shared]
ALONE = [c for c in CASES if not c.shared]


def test_what_spark_cannot_read_is_one_line(tmp_path: Path) -> None:
    """Stands first: a second session is refused before its master is asked."""
    with pytest.raises(CannotRun, match="no Spark master answers"):
        Options(engine="spark", master="spark://127.0.0.1:1").start(tmp_path, {})


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with Session("local[2]", more={**SMALL, **loader.SMALL}) as session:
        yield session


def test_the_shipped_package(spark: Any) -> None:
    assert unlike(spark, package.home()) == []


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated") / "package"
    asked = ["--rows", "20000", "--faults", "0.05", "--quiet"]
    assert cli.main(["generate", str(root), *asked]) == 0
    return mixed(root)


def mixed(root: Path) -> Path:
    """A package with its large tables in parts: CSV, gzip, and Parquet with types of its own."""
    path = root / package.DESCRIPTOR
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        if resource.get("type") != "table" or (root / resource["path"]).stat().st_size < 1 << 17:
            continue
        first, second, third = strategies.cut((root / resource["path"]).read_bytes(), 3)
        base = resource["path"].removesuffix(".csv")
        (root / f"{base}-1.csv").write_bytes(first)
        (root / f"{base}-2.csv.gz").write_bytes(forms.PACK[".gz"](second))
        (root / f"{base}-3.csv").write_bytes(whole(third))
        to, source = (literal(str(root / f"{base}-3.{e}")) for e in ("parquet", "csv"))
        with duckdb.connect() as connection:
            read = f"read_csv({source}, header = true, sample_size = -1, parallel = false)"
            connection.execute(f"COPY (FROM {read}) TO {to} (FORMAT parquet)")
        (root / f"{base}-3.csv").unlink()
        (root / resource["path"]).unlink()
        resource["path"] = [f"{base}-1.csv", f"{base}-2.csv.gz", f"{base}-3.parquet"]
    path.write_text(json.dumps(descriptor), "utf-8")
    return root


def whole(part: bytes) -> bytes:
    """The records of a part that have as many cells as the header: Parquet holds no others, and
    one cell too many would make a column, and the whole table unsound."""
    rows = list(csv.reader(io.StringIO(part.decode("utf-8"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(r for r in rows if len(r) == len(rows[0]))
    return out.getvalue().encode("utf-8")


@pytest.mark.parametrize("few", [loader.FEW, 0], ids=["small tables apart", "no table is small"])
def test_a_faulty_package_in_parts_of_all_kinds(spark: Any, generated: Path, few: int) -> None:
    assert unlike(spark, generated, few=few, limits=Limits(small=1 << 14)) == []


def test_its_findings_are_many(generated: Path) -> None:
    report = validation.validate(generated)
    assert not report.not_applied
    assert len(report.by_rule) > 50


@pytest.mark.parametrize("start", range(0, len(SHARED), SIDE_BY_SIDE))
def test_cases_of_bad_input_side_by_side(spark: Any, tmp_path: Path, start: int) -> None:
    """Their tables as those of one package, so that one run serves several."""
    packages = {}
    for n, case in enumerate(SHARED[start : start + SIDE_BY_SIDE]):
        root = case.write(tmp_path / f"case{n}")
        paths = [p for p in root.rglob("*") if p.is_file()]
        packages[f"p{n}"] = {p.relative_to(root).as_posix(): p.read_bytes() for p in paths}
    root = strategies.write(tmp_path / "merged", merged(packages))
    assert unlike(spark, root, "keys", loader.FEW if start // SIDE_BY_SIDE % 2 else 0) == []


@pytest.fixture(scope="module")
def given() -> set[str]:
    """What the engine was given by the cases before."""
    return set()


@pytest.mark.parametrize("case", ALONE, ids=str)
def test_a_case_of_bad_input(
    spark: Any, given: set[str], case: bad_input.Case, tmp_path: Path
) -> None:
    """In every second case no table is small. Most faults of a descriptor leave the engine what
    another case has given it, which is not asked twice."""
    root = case.write(tmp_path)
    held, _ = package.read(root)
    files = {p: p.read_bytes() for p in sorted(root.rglob("*.csv*")) if p.is_file()}
    own = repr((held.tables, held.left_out, [*files.values()]))
    if own not in given:
        given.add(own)
        few = 0 if len(given) % 2 else loader.FEW
        assert unlike(spark, root, few=few) == []


@pytest.fixture(scope="module")
def drawn() -> list[dict[str, bytes]]:
    out: list[dict[str, bytes]] = []

    @settings(max_examples=DRAWN, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @hypothesis.given(files=strategies.packages())
    def draw(files: dict[str, bytes]) -> None:
        out.append(files)

    draw()
    assert len(out) >= 300
    return out


@pytest.mark.parametrize("start", range(0, DRAWN, TOGETHER))
def test_packages_drawn_at_random(
    spark: Any, drawn: list[dict[str, bytes]], start: int, tmp_path: Path
) -> None:
    """Several in one, so that a job serves them all; in every second run no table is small."""
    some = {f"p{n}": files for n, files in enumerate(drawn[start : start + TOGETHER], start)}
    root = strategies.write(tmp_path, merged(some))
    assert unlike(spark, root, "keys", 0 if start // TOGETHER % 2 else loader.FEW) == []


def test_packages_drawn_at_random_as_parquet(
    spark: Any, drawn: list[dict[str, bytes]], tmp_path: Path
) -> None:
    """Every table half CSV, half Parquet, which Spark reads itself."""
    single = [d for d in drawn if all(b'"path": [' not in data for data in d.values())]
    some = {f"p{n}": files for n, files in enumerate(single[:TOGETHER])}
    root = strategies.write(tmp_path, merged(some))
    forms.as_parquet(root, mixed=True)
    assert unlike(spark, root, "keys", 0) == []


@pytest.mark.parametrize("name", sorted(views.own()))
def test_a_view(spark: Any, name: str) -> None:
    held, _ = package.read(package.home())
    view = views.find(name, held)
    one, other = (views.run(view, held, {}, o) for o in (Options(), OnSpark(spark=spark)))
    assert one == other

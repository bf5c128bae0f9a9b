"""Measure `hudna import` on an invented UCDP GED file: python -m tests.benchmarks.imports

The file is made by DuckDB, in build/bench; nothing in it happened. Each run is a process of its
own. Of each are told: rows a second, the seconds of each step, the largest memory.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from hudna.form import package

BENCH = package.home() / "build" / "bench"
# A row by its number n, about as wide as a real one.
MAKE = """
COPY (SELECT n AS id, 'NRD-' || y || '-1-' || n AS relid, y AS year, 1 AS active_year,
  'Clear' AS code_status, t AS type_of_violence, c AS conflict_dset_id, c AS conflict_new_id,
  'Land ' || c || ': Government' AS conflict_name, d AS dyad_dset_id, d AS dyad_new_id,
  'Government of Land ' || c || ' - Guard ' || g AS dyad_name, c AS side_a_dset_id,
  c AS side_a_new_id, 'Government of Land ' || c AS side_a, g AS side_b_dset_id,
  g AS side_b_new_id, 'Guard ' || g AS side_b, -1 AS number_of_sources,
  '"Invented Wire,' || y || '-02-03,Guard ' || g || ' said to kill ' || k || ' near the mill"'
    AS source_article, 'Invented Wire' AS source_office, y || '-02-03' AS source_date,
  'Guard ' || g || ' said to kill ' || k AS source_headline, 'Police' AS source_original,
  CASE WHEN p % 10 = 0 THEN 4 ELSE 1 + p % 2 END AS where_prec,
  CASE WHEN p % 10 = 0 THEN 'Province ' || p % 600 ELSE 'Town ' || p END AS where_coordinates,
  NULL AS where_description, 'Province ' || p % 600 AS adm_1, 'District ' || p % 3000 AS adm_2,
  p % 120 / 2.0 AS latitude, p % 340 / 2.0 AS longitude, 'POINT (0 0)' AS geom_wkt,
  p AS priogrid_gid, 'Land ' || c AS country, c AS country_id, 'Nowhere' AS region,
  CASE WHEN n % 25 = 0 THEN 2 ELSE 1 END AS event_clarity,
  CASE WHEN n % 12 = 0 THEN 2 ELSE 1 END AS date_prec,
  CAST(day AS VARCHAR) || ' 00:00:00.000' AS date_start,
  CAST(day + CASE WHEN n % 12 = 0 THEN 3 ELSE 0 END AS VARCHAR) || ' 00:00:00.000' AS date_end,
  0 AS deaths_a, k AS deaths_b, 0 AS deaths_civilians, 0 AS deaths_unknown, k AS best,
  k + n % 3 AS high, CASE WHEN n % 350 = 0 THEN k + 1 ELSE k END AS low, c AS gwnoa, NULL AS gwnob
FROM (SELECT n, 1989 + n % 36 AS y, 1 + n % 3 AS t, p % 120 AS c, p % 1200 AS d, n % 1500 AS g,
    p, 1 + n % 9 AS k, DATE '1989-01-01' + CAST(n % 13000 AS INTEGER) AS day
  FROM (SELECT n, hash(n) % 21000 AS p FROM range({rows}) AS r (n))))
TO '{path}' (FORMAT csv, HEADER)
"""
RUN = """
import json, resource, sys, time
from pathlib import Path
from hudna.engine.limits import Limits
from hudna.outputs.importing import mapping, whole
from hudna.outputs.importing.writing import Origin
file, target, memory = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
known, steps, begun = mapping.of_format("ucdp-ged"), [], time.perf_counter()
def at(what, share=0.0):
    steps.append((what, time.perf_counter() - begun, time.process_time()))
origin = Origin("ucdp-ged", "invented", "", "")
told = whole.run(known, file, target, origin, Limits(memory=memory), tell=at)
at("report")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"rows": told["rows_in"], "carried": told["rows_carried"],
    "refused": told["rows_refused"], "seconds": time.perf_counter() - begun, "peak": peak,
    "cpu": time.process_time(), "steps": steps, "warnings": told["warnings"]}))
"""


def made(rows: int) -> Path:
    """The file of so many rows; it is made once."""
    import duckdb

    path = BENCH / f"ged-{rows}.csv"
    if not path.exists():
        BENCH.mkdir(parents=True, exist_ok=True)
        duckdb.execute(MAKE.format(rows=rows, path=path))
    return path


def measured(file: Path, memory: int) -> dict:
    """One run in a process of its own."""
    target = BENCH / "ged-package"
    shutil.rmtree(target, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(file), str(target), str(memory)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000_000], metavar="ROWS")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--memory", type=int, default=2_000_000_000, metavar="BYTES")
    args = parser.parse_args()
    for rows in args.rows:
        file = made(rows)
        runs = [measured(file, args.memory) for _ in range(args.rounds)]
        seconds = statistics.median(r["seconds"] for r in runs)
        best = min(runs, key=lambda r: r["seconds"])
        print(
              f"{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB: median {seconds:.1f} s "
              f"({rows / seconds:,.0f} rows a second), best {best['seconds']:.1f} s, processor "
              f"{min(r['cpu'] for r in runs):.1f} s, peak "
              f"{max(r['peak'] for r in runs) / 1e6:,.0f} MB, carried {best['carried']:,}, "
              f"refused {best['refused']:,}, warnings {sum(best['warnings'].values()):,}"
        )  # fmt: skip
        for (what, start, spent), (_, end, more) in itertools.pairwise(best["steps"]):
            if end - start > 0.05:
                print(f"  {what}: {end - start:.2f} s, processor {more - spent:.2f} s")


if __name__ == "__main__":
    main()

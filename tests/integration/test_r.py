"""scripts/hudna.R gives the same tables as hudna.load: every cell, every type, in any locale."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import hudna
from hudna.form import package as packages
from tests.packages import make

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "scripts" / "hudna.R"
EPOCH = date(1970, 1, 1)
NASTY = {
    "actors": [
        {"actor_id": "a", "name": "كتائب حزب الله", "actor_type": "armed-group", "named": True},
        {"actor_id": "b", "name": 'He said "no", and\n\nleft', "actor_type": "person",
         "named": "False"},
        {"actor_id": "c", "name": "NA", "actor_type": "category", "description": " # 'it' \\n"},
        {"actor_id": "d", "name": '"', "description": ",", "country": "None"},
        {"actor_id": "e", "name": "😀 e\u0301 \u200cمی‌خواهد", "description": "\n"},
    ],
    "incidents": [
        {"incident_id": "a", "title": "A", "killed_low": -3, "killed_high": 2147483647,
         "wounded_low": "007", "date_start": "0999-01-31", "date_end": "9999-12-31",
         "extent": "container", "status": "denied"},
        {"incident_id": "b", "title": "B", "killed_high": 2147483648, "wounded_high": 2**53,
         "wounded_best": -(2**53), "date_start": "2020-02-29"},
        {"incident_id": "c", "title": "C", "killed_best": "+5"},
    ],
    "places": [
        {"place_id": "x", "latitude": "-33.5", "longitude": "44.366145", "geonames_id": 98182},
        {"place_id": "y", "latitude": "1e-7", "longitude": "-0.0"},
    ],
}  # fmt: skip


def rscript(*args: object, locale: str = "C.UTF-8") -> subprocess.CompletedProcess:
    """Run R; a missing Rscript fails, since nothing here may be skipped."""
    program = shutil.which("Rscript")
    assert program, "Rscript is not installed (Debian: r-base-core); these tests need it"
    env = {**os.environ, "LC_ALL": locale}
    return subprocess.run([program, *map(str, args)], capture_output=True, env=env, check=False)


def from_r(folder: Path, locale: str) -> dict[tuple[str, str], tuple]:
    """Each column as R has it: class, number of rows, levels, cells."""
    done = rscript(HERE / "dump.R", SCRIPT, folder, locale=locale)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr, done.stderr.decode()
    out = {}
    for line in done.stdout.decode("ascii").splitlines():
        table, field, kind, rows, levels, cells = line.split("\t")
        out[table, field] = (kind, int(rows), levels, cells)
    return out


def expected(column: pd.Series) -> tuple:
    """The same for a column of hudna.load."""
    kind = str(column.dtype)
    levels = ""
    if kind == "category":
        name, levels = "factor", ",".join(c.encode().hex() for c in column.cat.categories)
    elif kind == "Int64":
        name = "integer" if (column.dropna().abs() <= 2**31 - 1).all() else "numeric"
    else:
        name = {"str": "character", "boolean": "logical", "Float64": "numeric"}.get(kind, "Date")
    cells = ["-" if pd.isna(v) else "=" + shown(v, kind, name) for v in column]
    return name, len(column), levels, "|".join(cells)


def shown(value, kind: str, name: str) -> str:
    """A cell as dump.R shows it."""
    if name == "Date":
        return str((value.date() - EPOCH).days)
    if kind == "Float64" or name == "numeric":
        return f"{float(value):.17g}"
    if kind in ("Int64", "boolean"):
        return str(value).lower()
    return value.encode().hex()


def compare(folder: Path, locale: str) -> int:
    """Hold R against pandas; returns the number of cells compared."""
    seen = from_r(folder, locale)
    frames = hudna.load(package=folder)
    wanted = {(t, c): expected(f[c]) for t, f in frames.items() for c in f.columns}
    for column, was in wanted.items():
        assert seen.get(column) == was, column
    assert seen.keys() == wanted.keys()
    return sum(f.size for f in frames.values())


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_the_shipped_package(locale):
    assert compare(packages.home(), locale) > 1000


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_a_nasty_package(tmp_path, locale):
    assert compare(make(tmp_path, NASTY), locale)


def test_a_descriptor_with_escapes_and_a_schema_inside_it(tmp_path):
    folder = make(tmp_path, NASTY, keep=())
    path = folder / packages.DESCRIPTOR
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource["schema"] = json.loads((folder / resource["schema"]).read_text("utf-8"))
    descriptor["note"] = 'كتائب 😀 "\\/\b\f\n\r\t [1, {"a": null}]'
    descriptor["odd"] = [[], {}, "", -1.5e-3, True, False, None, [1, [2]], {"a": {"b": []}}]
    path.write_text(json.dumps(descriptor, ensure_ascii=True, indent=None), "utf-8")
    assert compare(folder, "C.UTF-8")
    assert compare(folder, "C")


def test_one_table_and_the_descriptor_as_path(tmp_path):
    folder = make(tmp_path, NASTY)
    path = folder / packages.DESCRIPTOR
    code = f'source("{SCRIPT}"); cat(nrow(hudna_load("actors", "{path}")), ls(), sep = " ")'
    done = rscript("-e", code)
    assert done.stdout.decode() == "5 hudna_load", done.stderr.decode()


@pytest.mark.parametrize(
    ("tables", "code", "says"),
    [
        ({}, 'hudna_load("incidnts", "PACKAGE")', "nearest: incidents"),
        ({}, 'hudna_load("actors", "PACKAGE/none")', "datapackage.json does not exist"),
        ({"incidents": [{"killed_low": "1.5"}]}, 'hudna_load("incidents", "PACKAGE")',
         "data/incidents.csv: killed_low is '1.5'; expected an integer"),
        ({"incidents": [{"date_end": "2020-02-30"}]}, 'hudna_load("incidents", "PACKAGE")',
         "date_end is '2020-02-30'; expected a date"),
        ({"incidents": [{"extent": "huge"}]}, 'hudna_load("incidents", "PACKAGE")',
         "extent is 'huge'; expected one of single, aggregate"),
        ({"actors": [{"named": "yes"}]}, 'hudna_load("actors", "PACKAGE")',
         "named is 'yes'; expected true or false"),
        ({"places": [{"latitude": "0x10"}]}, 'hudna_load("places", "PACKAGE")',
         "latitude is '0x10'; expected a number"),
        ({"places": [{"geonames_id": 2**53 + 2}]}, 'hudna_load("places", "PACKAGE")',
         "places.csv: geonames_id holds integers beyond 2^53, which lose digits"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(tmp_path, tables, code, says):
    folder = make(tmp_path, tables)
    done = rscript("-e", f'source("{SCRIPT}"); {code.replace("PACKAGE", str(folder))}')
    assert says in done.stderr.decode()


@pytest.mark.parametrize("row", ["a,b\n", "a,b,c,d\n"])
def test_a_ragged_row_is_no_silent_loss(tmp_path, row):
    folder = make(tmp_path)
    path = folder / "data/distinct_incidents.csv"
    path.write_text("incident_id,other_id,reason\nx,y,z\n" + row, "utf-8")
    code = f'source("{SCRIPT}"); print(hudna_load("distinct_incidents", "{folder}"))'
    done = rscript("-e", code)
    assert done.returncode, done.stdout.decode()
    assert "data/distinct_incidents.csv" in done.stderr.decode()

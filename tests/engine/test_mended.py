"""Files with records that are empty, too short or too long: the engine reads a copy of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hudna.engine import loading, mended
from hudna.form import mending, scan
from tests.engine import forms

FIELDS = [
    {"name": "k", "type": "string", "constraints": {"required": True, "pattern": "[a-z0-9]+"}},
    {"name": "n", "type": "integer"},
    {"name": "d", "type": "date", "constraints": {"required": True}},
    {"name": "p", "type": "string", "constraints": {"pattern": "[a-z0-9]+"}},
]
SOUND = ["a,1,2020-01-01,a", "b,2,2020-01-02,a", "c,3,2020-01-03,b"]
ODD = {
    "an empty line": [""],
    "two empty lines": ["", ""],
    "a short record": ["x,1"],
    "a record of one cell": ["x"],
    "a long record": ["x,1,2020-01-01,a,more"],
    "a very long record": ["x,1,2020-01-01,a" + ",more" * 50],
    "a long record of the wrong type": ["x,one,2020-02-30,a,"],
    "a short record of the wrong type": ["x,one"],
    "a record of commas": [",,,,,,"],
    "a record of two commas": [",,"],
    "a long record with quotes": ['x,1,2020-01-01,"a,b","c\nd",""""'],
    "a short record with quotes": ['"x\n,y"'],
    "a short one beside a quoted line break": ['"x\ny",1,2020-01-01,a', "y,1", '"z\n",2,,'],
    "one too long and one too short": ["x,1", "y,1,2020-01-01,a,b,c"],
    "all of them": ["", "x", "y,1,2020-01-01,a,b", "", "z,1", ",,,,"],
}
PLACES = {"first": 0, "between": 1, "last": len(SOUND)}
TEXTS = {
    "LF": lambda text: text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no end": lambda text: text.encode()[:-1],
}


@pytest.fixture(autouse=True)
def _python_reads_no_file_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def staged(*_: object) -> None:
        raise AssertionError("a copy should have been read")

    monkeypatch.setattr(mended, "Staged", staged)
    monkeypatch.setattr(loading, "Staged", staged)


def package(root: Path, files: dict[str, bytes], keyed: bool = True) -> Path:
    """A package of one table; keyed: p points at k."""
    forms.table(root, FIELDS, files)
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    schema = descriptor["resources"][0]["schema"]
    schema["primaryKey"] = ["k"]
    if keyed:
        reference = {"resource": "", "fields": ["k"]}
        schema["foreignKeys"] = [{"fields": ["p"], "reference": reference}]
    path.write_text(json.dumps(descriptor), "utf-8")
    return root


def lines(odd: list[str], at: int) -> str:
    """A table with some odd records."""
    return "\n".join(["k,n,d,p", *SOUND[:at], *odd, *SOUND[at:]]) + "\n"


def told_alike(root: Path) -> None:
    assert forms.findings(root, forms.LARGE) == forms.findings(root)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("odd", ODD)
def test_records_of_any_width_are_told_as_python_tells_them(
    odd: str, text: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = TEXTS[text](lines(ODD[odd], PLACES[place]))
    monkeypatch.setattr(mending, "BLOCK", 1 + len(odd) % 7)
    monkeypatch.setattr(scan, "BLOCK", 4 + len(odd) % 7)
    told_alike(package(tmp_path, {"data/t.csv": data}))


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_compressed_files_are_mended_too(ending: str, tmp_path: Path) -> None:
    every = [record for odd in ODD.values() for record in odd]
    root = package(tmp_path, {"data/t.csv": lines(every, 1).encode()})
    forms.compress(root, ending)
    told_alike(root)


def test_each_file_of_a_table_is_mended_by_itself(tmp_path: Path) -> None:
    files = {f"data/{n}.csv": lines(odd, 2).encode() for n, odd in enumerate(ODD.values())}
    told_alike(package(tmp_path, files))


def test_the_borders_of_blocks_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [record for odd in ODD.values() for record in odd]
    root = package(tmp_path, {"data/t.csv": lines(every, 1).encode()})
    small = forms.findings(root)
    for block in range(1, 60):
        monkeypatch.setattr(mending, "BLOCK", block)
        monkeypatch.setattr(scan, "BLOCK", block + 3)
        assert forms.findings(root, forms.LARGE) == small


def test_a_column_alone_may_have_empty_lines(tmp_path: Path) -> None:
    fields = [{"name": "k", "type": "integer", "constraints": {"required": True}}]
    told_alike(forms.table(tmp_path, fields, {"data/t.csv": b'k\n1\n\n2\n""\n3,4\n\n\nx\n'}))


def test_very_many_columns_have_widths_too(tmp_path: Path) -> None:
    fields = [{"name": f"c{i}", "type": "integer"} for i in range(150)]
    head = ",".join(f["name"] for f in fields)
    rows = [",".join(["1"] * n) for n in (150, 149, 151, 59, 60, 61, 62, 1, 0, 150)]
    text = "\n".join([head, *rows]) + "\n"
    told_alike(forms.table(tmp_path, fields, {"data/t.csv": text.encode()}))

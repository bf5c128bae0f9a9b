"""Zip: the package in one file, its sizes and hashes true, valid again where it is unpacked."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zipfile

import frictionless
import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting, validation
from tests.outputs.exports.reading import cells, nasty, same, shipped, twice


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    path = tmp_path_factory.mktemp("ours") / "out.zip"
    exporting.write("zip", shipped(), path)
    return path


def unpacked(path, folder):
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return packages.read(folder)[0]


def test_every_byte_comes_back_with_its_size_and_hash(ours):
    package = shipped()
    with zipfile.ZipFile(ours) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        descriptor = json.loads(archive.read("datapackage.json"))
        for resource in descriptor["resources"]:
            data = archive.read(resource["path"])
            assert data == package.path(resource["path"]).read_bytes()
            assert resource["bytes"] == len(data)
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert "LICENSE-DATA.md" in names


def test_what_is_unpacked_is_valid_and_the_same(ours, tmp_path):
    package = unpacked(ours, tmp_path / "out")
    report = validation.validate(package.root)
    assert (report.findings, report.not_applied) == ([], [])
    same(shipped(), cells(package))


def test_every_cell_of_a_nasty_package_comes_back(tmp_path):
    package = nasty(tmp_path)
    exporting.write("zip", package, tmp_path / "out.zip")
    same(package, cells(unpacked(tmp_path / "out.zip", tmp_path / "out")))


def test_frictionless_finds_it_valid_with_its_hashes(ours):
    report = frictionless.validate(str(ours))
    assert report.valid, report.flatten()
    assert len(report.tasks) == len(shipped().descriptor["resources"])


def test_frictionless_finds_a_changed_byte(ours, tmp_path):
    unpacked(ours, tmp_path)
    with (tmp_path / "data/withdrawn.csv").open("a", encoding="utf-8") as file:
        file.write("actors,x,2020-10-10,double,\n")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {e[1] for e in report.flatten(["name", "type"])} == {"hash-count", "byte-count"}


def test_the_same_package_gives_the_same_bytes_whatever_time_and_rights_it_has(
    ours, tmp_path, monkeypatch
):
    package = nasty(tmp_path)
    one, _ = twice("zip", package, tmp_path)
    monkeypatch.setenv("TZ", "Asia/Baghdad")
    time.tzset()
    for path in package.root.rglob("*.csv"):
        os.utime(path, (10**9, 10**9))
        path.chmod(0o600)
    old = os.umask(0o077)
    try:
        exporting.write("zip", package, tmp_path / "three.zip")
    finally:
        os.umask(old)
        monkeypatch.undo()
        time.tzset()
    assert (tmp_path / "three.zip").read_bytes() == one.read_bytes()
    with zipfile.ZipFile(ours) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.external_attr >> 16 for i in archive.infolist()} == {0o100644}
        assert archive.namelist()[0] == "datapackage.json"


def test_a_missing_file_is_told(tmp_path):
    package = nasty(tmp_path)
    package.path("data/places.csv").unlink()
    with pytest.raises(CannotRun, match=r"data/places\.csv"):
        exporting.write("zip", package, tmp_path / "out.zip")
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_parts_and_compressed_files_are_packed_as_they_are(tmp_path):
    package = nasty(tmp_path)
    text = package.path("data/places.csv").read_text("utf-8").splitlines(keepends=True)
    parts = package.path("data/places")
    parts.mkdir()
    (parts / "1.csv").write_text("".join(text[:2]), "utf-8")
    (parts / "2.csv").write_text("".join(text[:1] + text[2:]), "utf-8")
    file = package.root / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    places = next(r for r in descriptor["resources"] if r["name"] == "places")
    places["path"] = ["data/places/1.csv", "data/places/2.csv"]
    file.write_text(json.dumps(descriptor), "utf-8")
    split = packages.read(package.root)[0]
    exporting.write("zip", split, tmp_path / "out.zip")
    again = unpacked(tmp_path / "out.zip", tmp_path / "out")
    same(package, cells(again))
    told = next(r for r in again.descriptor["resources"] if r["name"] == "places")
    assert "hash" not in told

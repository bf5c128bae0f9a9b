"""A release as the workflow makes it: of a fresh clone, twice, with a tag, and used offline."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from hudna.form import package

ROOT = package.home()
WORKFLOW = ROOT / ".github/workflows/release.yml"
VERSION = package.read(ROOT)[0].version
ENDINGS = (".zip", ".db", "-parquet.zip", "-views.zip", "-croissant.json",
           "-py3-none-any.whl", ".tar.gz")  # fmt: skip


def run(*command, cwd, **more):
    """Run a command; gives what it printed."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of the checkout, with what is not committed too, and the environment of this run."""
    folder = tmp_path_factory.mktemp("release") / "clone"
    run("git", "clone", "-q", ROOT, folder, cwd=ROOT)
    named = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for file in filter(None, named.split("\0")):
        if (ROOT / file).is_file():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, folder / file)
    (folder / ".venv/bin").mkdir(parents=True)
    # The package is run from the clone, in the environment of this run.
    hudna = folder / ".venv/bin/hudna"
    hudna.write_text(
        f'#!/bin/sh\nPYTHONPATH="{folder}/scripts" exec {sys.executable} -m hudna "$@"\n'
    )
    hudna.chmod(0o755)
    (folder / ".venv/installed").touch()
    changelog = folder / "CHANGELOG.md"
    if f"## {VERSION}" not in changelog.read_text():
        changelog.write_text(changelog.read_text().replace("## Unreleased", f"## {VERSION}", 1))
    return folder


@pytest.fixture(scope="module")
def released(clone):
    """The folder that the workflow's own step makes of the clone."""
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["build"]["steps"]
    (command,) = [s["run"] for s in steps if "make release" in s.get("run", "")]
    said = run("sh", "-c", command, cwd=clone, env=os.environ | {"GITHUB_REF_NAME": f"v{VERSION}"})
    assert "the same bytes" in said
    return clone / "dist"


def test_a_release_holds_every_form(released):
    names = {p.name for p in released.iterdir()}
    assert names == {f"hudna-{VERSION}{e}" for e in ENDINGS} | {
        "CITATION.cff",
        "notes.md",
        "SHA256SUMS",
    }
    run("sha256sum", "-c", "--strict", "SHA256SUMS", cwd=released)
    assert f"version: {VERSION}\n" in (released / "CITATION.cff").read_text()
    notes = (released / "notes.md").read_text()
    assert notes.startswith(f"# hudna {VERSION}\n")
    assert all(n in notes for n in names - {"notes.md", "SHA256SUMS"})


def test_the_data_zip_is_a_valid_package_and_the_same_tables(released, clone, tmp_path):
    with zipfile.ZipFile(released / f"hudna-{VERSION}.zip") as file:
        file.extractall(tmp_path)
    for resource in json.loads((tmp_path / "datapackage.json").read_text())["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert len(data) == resource["bytes"]
        assert data == (clone / resource["path"]).read_bytes()
    run(sys.executable, "-m", "hudna", "validate", tmp_path, cwd=tmp_path)
    run(
        sys.executable,
        "-m",
        "hudna",
        "diff",
        released / f"hudna-{VERSION}.zip",
        clone,
        cwd=tmp_path,
    )


def test_the_wheel_works_offline_without_the_checkout(released, tmp_path):
    wheel = next(released.glob("*.whl"))
    # The dependencies are those of this run; the package is the wheel's alone.
    pip = (sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps")
    run(*pip, "--target", tmp_path / "lib", wheel, cwd=tmp_path)
    code = (
        "import hudna, pathlib; assert pathlib.Path(hudna.__file__).is_relative_to("
        f"{str(tmp_path)!r}); print(len(hudna.load('incidents')), hudna.__version__)"
    )
    env = {"PYTHONPATH": str(tmp_path / "lib"), "PATH": os.environ["PATH"], "HOME": str(tmp_path),
           "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}  # fmt: skip
    count, version = run(sys.executable, "-c", code, cwd=tmp_path, env=env).split()
    assert (int(count) > 200, version) == (True, VERSION)


def test_each_step_of_the_workflow_is_a_target_or_plain(released):
    jobs = yaml.safe_load(WORKFLOW.read_text())["jobs"]
    commands = [s["run"] for job in jobs.values() for s in job["steps"] if "run" in s]
    targets = run("make", "help", cwd=ROOT)
    for command in commands:
        first, second = command.split()[:2]
        assert first in ("make", "diff", "gh")
        assert first != "make" or f"make {second} " in targets


def test_the_step_that_compares_two_builds_sees_a_difference(released, tmp_path):
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["publish"]["steps"]
    (command,) = [s["run"] for s in steps if s.get("run", "").startswith("diff")]
    for name in ("dist-3.11", "dist-3.13"):
        shutil.copytree(released, tmp_path / name)
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False).returncode == 0
    with next(Path(tmp_path / "dist-3.11").glob("*.whl")).open("ab") as file:
        file.write(b"x")
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1

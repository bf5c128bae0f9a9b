"""The bounds of a run: memory, the folder for what does not fit, and nothing left behind."""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from hudna.doors import cli
from hudna.engine.limits import Limits
from hudna.form import csvfile, package
from hudna.meaning.checks import Options
from hudna.outputs import generation, validation
from tests.engine import forms

ROWS = 20_000
BIG = {"small": 1000}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated package whose faults are known."""
    root = tmp_path_factory.mktemp("generated") / "p"
    assert cli.main(["generate", str(root), "--rows", str(ROWS), "--faults", "0.01",
                     "--seed", "3", "--quiet"]) == 0  # fmt: skip
    return root


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "hudna", "validate", *map(str, arguments)]


def run(
    *arguments: object, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `hudna validate` in a process of its own."""
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, preexec_fn=before
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that is told where nothing could be run."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("hudna validate: ") and done.stderr.count("\n") == 1
    return done.stderr


def manifest(root: Path) -> Counter[tuple[str, str]]:
    """The planted faults: how many of each rule in each table."""
    held = csvfile.read(root / generation.MANIFEST)
    at = {n: i for i, n in enumerate(held.header)}
    return Counter((row[at["rule"]], row[at["table"]]) for row in held.rows)


def told(root: Path, limits: Limits) -> list:
    report = validation.validate(root, Options(limits=limits, limit=10**6))
    return report.findings


def test_findings_are_the_planted_ones_in_one_order_with_any_number_of_threads(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, found = duckdb.connect, []
    for threads in (1, 2, 4, 2):

        def with_threads(*a: object, config: dict, threads: int = threads, **k: object):
            return connect(*a, config={**config, "threads": threads}, **k)

        monkeypatch.setattr(duckdb, "connect", with_threads)
        found.append(told(faulty, Limits(**BIG)))
    monkeypatch.setattr(duckdb, "connect", connect)
    assert all(f == found[0] for f in found)
    assert Counter((f.rule, f.table) for f in found[0]) == manifest(faulty)
    assert len({f.file for f in found[0]}) > 5


def test_small_and_large_readers_tell_the_same_of_a_generated_package(faulty: Path) -> None:
    assert told(faulty, Limits(**BIG)) == told(faulty, Limits(small=1 << 30))


def test_the_limit_bounds_what_is_told_and_counts_stay_exact(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = Counter()
    for (rule, _), n in manifest(faulty).items():
        planted[rule] += n
    every = told(faulty, Limits())
    for limit in (0, 1, 3):
        assert cli.main(["validate", str(faulty), "--limit", str(limit), "--format", "json"]) == 1
        out = json.loads(capsys.readouterr().out)
        assert out["counts"] == dict(planted)
        assert out["errors"] + out["warnings"] == planted.total()
        shown = Counter(f["rule"] for f in out["findings"])
        assert shown == +Counter({rule: min(n, limit) for rule, n in planted.items()})
        first = [f for i, f in enumerate(every)
                 if sum(g.rule == f.rule for g in every[:i]) < limit]  # fmt: skip
        assert [(f["rule"], f["file"], f["line"]) for f in out["findings"]] == [
            (f.rule, f.file, f.line) for f in first
        ]
        assert cli.main(["validate", str(faulty), "--limit", str(limit)]) == 1
        text = capsys.readouterr().out
        assert f"{out['errors']:,} errors, {out['warnings']:,} warnings" in text
        assert text.count("\n") <= sum(shown.values()) + 2 * len(planted) + 2


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of 400,000 records with a unique column, and one record that repeats a value."""
    fields = [{"name": "a", "type": "string", "constraints": {"unique": True}},
              {"name": "b", "type": "string"}]  # fmt: skip
    root = forms.table(tmp_path_factory.mktemp("keyed") / "p", fields, {})
    with (root / "data/t.csv").open("w") as file:
        file.write("a,b\n")
        file.writelines(f"{n:060d},{n % 97:060d}\n" for n in range(400_000))
        file.write(f"{7:060d},again\n")
    return root


def test_little_memory_is_enough_where_there_is_room_to_spill(keyed: Path, tmp_path: Path) -> None:
    done = run(keyed, "--memory", "75MB", "--temp", tmp_path, "--quiet", "--format", "json")
    found = json.loads(done.stdout)["findings"]
    assert [(f["rule"], f["row"], f["line"]) for f in found] == [("unique-error", 400_001, 400_002)]
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_one_line(faulty: Path, tmp_path: Path) -> None:
    said = one_line(run(faulty, "--memory", "10MB", "--temp", tmp_path, "--quiet"))
    assert said == ("hudna validate: 10 MB of memory are not enough for this package; "
                    "expected more (--memory)\n")  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_no_room_to_unpack_is_one_line(ending: str, tmp_path: Path) -> None:
    fields = [{"name": "a", "type": "string"}]
    data = b"a\n" + b"x\n" * 200_000
    root = forms.table(tmp_path / "p", fields, {"data/t.csv": data})
    forms.compress(root, ending)
    (tmp_path / "temp").mkdir()
    done = run(root, "--temp", tmp_path / "temp", "--quiet", before=no_large_files)
    assert "takes no more" in one_line(done) and "--temp" in done.stderr
    assert list((tmp_path / "temp").iterdir()) == []


def test_no_room_to_spill_is_one_line(keyed: Path, tmp_path: Path) -> None:
    done = run(keyed, "--memory", "75MB", "--temp", tmp_path, "--quiet", before=no_large_files)
    assert "takes no more" in one_line(done) and "--temp" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_temp_folder_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("nowhere", "file"):
        said = one_line(run(package.home(), "--temp", tmp_path / name))
        assert said.endswith(f"{name} does not exist; expected a folder (--temp)\n")


@pytest.mark.parametrize("arguments", [("--memory", "none"), ("--cell-limit", "0")])
def test_a_size_that_is_none_is_told(arguments: tuple[str, str]) -> None:
    done = run(package.home(), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no size; expected one such as 4GB or 512MB" in done.stderr


@pytest.mark.parametrize("limit", [0, 5])
def test_nothing_is_left_behind_by_findings(limit: int, faulty: Path, tmp_path: Path) -> None:
    done = run(faulty, "--limit", limit, "--temp", tmp_path, "--quiet")
    assert (done.returncode, done.stderr) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_behind_by_success(tmp_path: Path) -> None:
    done = run(package.home(), "--temp", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated package that takes a while."""
    root = tmp_path_factory.mktemp("generated") / "large"
    assert cli.main(["generate", str(root), "--rows", "150000", "--quiet"]) == 0
    return root


@pytest.mark.parametrize("wait", [0.0, 0.3])
def test_ctrl_c_leaves_nothing_behind(wait: float, large: Path, tmp_path: Path) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    process = subprocess.Popen(
        command(large, "--temp", temp, "--quiet"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    while not list(temp.iterdir()) and process.poll() is None:
        time.sleep(0.01)
    time.sleep(wait)
    assert process.poll() is None, "it was over before it could be stopped"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "hudna validate: stopped\n")
    assert list(temp.iterdir()) == []


def on_a_terminal(*arguments: object) -> tuple[int, str]:
    """Exit status of `hudna validate` and what a terminal shows of its stderr."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), stdout=subprocess.DEVNULL, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 1 << 16)
        except OSError:
            break
    os.close(ours)
    return process.wait(), shown.decode()


def test_a_terminal_shows_a_bar_and_quiet_shows_none(faulty: Path) -> None:
    code, shown = on_a_terminal(faulty, "--limit", 0)
    assert code == 1
    states = [s for s in shown.split("\r\x1b[K") if s]
    assert states and all(s.startswith("[") and "% " in s for s in states)
    assert shown.endswith("\r\x1b[K")
    assert on_a_terminal(faulty, "--limit", 0, "--quiet") == (1, "")

"""Invented packages: valid without faults, with every planted fault found, the same each time."""

import csv
import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from hudna.doors import cli
from hudna.form import package
from hudna.ground.finding import CannotRun
from hudna.meaning.checks import Options
from hudna.outputs import generation, validation
from hudna.outputs.invented import cells, planting, tables
from hudna.outputs.invented import plan as plans

ROWS = 3000
DIGEST = "9345cccecd5c1c2ae430a5ef41f76b741f5395ace46503aeca22154e0bed09f5"
CODES = {n: list(generation.code_list(package.read(package.home())[0], n))
         for n in generation.CODE_LISTS}  # fmt: skip


def manifest(root):
    """The lines of a manifest: table, row, record, field, rule."""
    with (root / generation.MANIFEST).open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    assert header == generation.MANIFEST_HEADER
    return Counter(map(tuple, rows))


def findings(root):
    """What validation tells of a package, in the same form."""
    report = validation.validate(root, Options(limit=10**9))
    return Counter((f.table, str(f.row), f.record, f.field, f.rule) for f in report.findings)


def test_counts_are_exact_where_no_finding_is_shown(tmp_path):
    generation.generate(tmp_path / "p", ROWS, 0.02, 5)
    report = validation.validate(tmp_path / "p", Options(limit=0))
    told = Counter(rule for *_, rule in manifest(tmp_path / "p").elements())
    assert report.by_rule == dict(sorted(told.items()))
    assert [f for f in report.findings if f.row] == []


def digest(root):
    """One digest of all names and bytes in a folder."""
    whole = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@pytest.mark.parametrize("seed", [1, 2, -5])
def test_without_faults_nothing_is_found_not_even_a_warning(tmp_path, seed):
    counts, told = generation.generate(tmp_path / "p", ROWS, 0, seed)
    report = validation.validate(tmp_path / "p")
    assert report.findings == []
    assert report.not_applied == []
    assert sum(report.counts.values()) == sum(counts.values()) == ROWS
    assert report.counts == counts
    assert all(counts.values())
    assert told == 0 and not manifest(tmp_path / "p")


@pytest.mark.parametrize(("share", "seed"), [(0.01, 1), (0.2, 1), (0.2, 2), (1, 3)])
def test_each_planted_fault_is_found_and_nothing_else(tmp_path, share, seed):
    _, told = generation.generate(tmp_path / "p", ROWS, share, seed)
    planted = manifest(tmp_path / "p")
    assert findings(tmp_path / "p") == planted
    assert told == planted.total() > ROWS * share / 2


def test_all_rules_but_those_on_schemas_and_code_lists_can_be_planted(tmp_path):
    generation.generate(tmp_path / "p", 100_000, 1, 1)
    planted = {rule for *_, rule in manifest(tmp_path / "p")}
    rules = {p.stem for p in (package.home() / "schemas/rules").glob("*.sql")}
    assert rules - planted == {
        "broader-types-without-cycles",
        "codes-are-used-or-reserved",
        "no-private-fields",
        "relation-types-agree-with-themselves",
    }
    assert planted - rules == {
        "blank-row", "constraint-error", "extra-cell", "foreign-key", "missing-cell",
        "odd-character", "primary-key", "reference", "type-error",
    }  # fmt: skip


def test_the_same_numbers_give_the_same_bytes(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generation.generate(tmp_path / name, 2000, 0.1, seed)
    a, b, c = (digest(tmp_path / name) for name in "abc")
    assert a == b != c


def test_the_bytes_are_those_of_every_machine(tmp_path):
    """Held on every system and Python that CI runs; another code list gives other rows."""
    generation.generate(tmp_path / "p", 2000, 0, 1)
    data = hashlib.sha256()
    for name in tables.ROWS:
        data.update((tmp_path / "p" / "data" / f"{name}.csv").read_bytes())
    assert data.hexdigest() == DIGEST


def test_the_texts_try_a_reader(tmp_path):
    generation.generate(tmp_path / "p", ROWS, 0, 1)
    text = (tmp_path / "p/data/incidents.csv").read_text("utf-8")
    with (tmp_path / "p/data/incidents.csv").open(encoding="utf-8", newline="") as lines:
        values = [cell for row in csv.reader(lines) for cell in row]
    assert '""' in text
    for sign in ("\n", ",", '"', "\t", "ب", "🕊"):
        assert any(sign in value for value in values)


def test_any_number_of_rows_is_kept_to_exactly():
    least = 1352
    for rows in [*range(least, least + 1200, 7), 54_321, 10**6, 10**8 + 1]:
        plan = plans.make(rows, 1, CODES)
        assert sum(plan.counts.values()) == rows
        count = plan.counts["incidents"]
        assert max(map(plan.more, range(min(count, 2000)))) <= 12
        if count < 2000:
            assert sum(map(plan.more, range(count))) == plan.extras


def test_too_few_rows_are_refused(tmp_path):
    with pytest.raises(CannotRun, match=r"10 rows are too few; expected 1,\d\d\d or more"):
        generation.generate(tmp_path / "p", 10, 0, 1)
    assert not any(tmp_path.iterdir())


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p/own.txt").write_text("mine")
    for force in (False, True):
        with pytest.raises(CannotRun, match=r"is not empty|something else"):
            generation.generate(tmp_path / "p", 2000, 0, 1, force=force)
    assert [p.name for p in tmp_path.rglob("*")] == ["p", "own.txt"]


def test_a_file_is_not_replaced(tmp_path):
    (tmp_path / "p").write_text("mine")
    with pytest.raises(CannotRun, match="is a file"):
        generation.generate(tmp_path / "p", 2000, 0, 1, force=True)


def test_force_replaces_what_was_generated_as_a_whole(tmp_path):
    (tmp_path / "p").mkdir()
    generation.generate(tmp_path / "p", 2000, 0, 1)
    first = digest(tmp_path / "p")
    with pytest.raises(CannotRun, match="--force"):
        generation.generate(tmp_path / "p", 2000, 0, 2)
    assert digest(tmp_path / "p") == first
    generation.generate(tmp_path / "p", 2000, 0, 2, force=True)
    assert digest(tmp_path / "p") != first
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(errno.ENOSPC, "No space left")])
def test_stopped_work_leaves_nothing_behind_and_the_old_package_in_place(tmp_path, stop):
    generation.generate(tmp_path / "p", 2000, 0, 1)
    before = digest(tmp_path / "p")

    def tell(table, amount):
        if table == "citations":
            raise stop

    with pytest.raises((KeyboardInterrupt, CannotRun)) as caught:
        generation.generate(tmp_path / "p", 2000, 0, 2, force=True, tell=tell)
    assert stop is KeyboardInterrupt or "is full; nothing was written" in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["p"]
    assert digest(tmp_path / "p") == before


def test_no_folder_above_is_left_behind_either(tmp_path):
    def tell(table, amount):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generation.generate(tmp_path / "a/b/p", 2000, 0, 1, tell=tell)
    assert not any(tmp_path.iterdir())


def test_ctrl_c_ends_the_command_and_leaves_nothing(tmp_path):
    scripts = Path(generation.__file__).parents[2]
    command = [sys.executable, "-m", "hudna", "generate", "p", "--rows", "50000000"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(scripts)}
    )
    until = time.monotonic() + 20
    while not any(tmp_path.rglob("actors.csv")) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert b"stopped" in process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert not any(tmp_path.iterdir())


def test_the_command_says_what_it_wrote(tmp_path, capsys):
    path = str(tmp_path / "p")
    assert cli.main(["generate", path, "--rows", "2_000", "--faults", "0.05"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{path}: 2,") and "findings to expect in faults.csv" in out
    assert err == ""
    assert cli.main(["generate", path, "--rows", "2000"]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert cli.main(["generate", path, "--rows", "2000", "--force", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "wrong", [["--rows", "many"], ["--rows", "0"], ["--rows", "2000", "--faults", "1.5"]]
)
def test_numbers_that_are_none_are_refused(tmp_path, wrong):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["generate", str(tmp_path / "p"), *wrong])
    assert stopped.value.code == 2


def test_every_table_has_faults_of_its_own():
    named = {name for module in planting.BREAKS for name in module.FAULTS}
    assert named <= set(cells.OPEN) == set(tables.ROWS)

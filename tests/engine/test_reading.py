"""Every reader tells the same of the same package, whatever form its files have."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hudna.engine import loading
from hudna.engine.limits import Limits
from hudna.form import csvfile
from tests.engine import forms
from tests.meaning import bad_input, strategies

CASES = [c for c in bad_input.cases() if c.shared]
FORMS = {
    "compressed by gzip": (lambda root: forms.compress(root, ".gz"), forms.SMALL),
    "compressed by zstd, and large": (lambda root: forms.compress(root, ".zst"), forms.LARGE),
    "two files": (lambda root: forms.split(root, 2), forms.SMALL),
    "three large files": (lambda root: forms.split(root, 3), forms.LARGE),
    "a folder of files": (lambda root: forms.split(root, 2, folder=True), forms.LARGE),
    "Parquet": (forms.as_parquet, forms.SMALL),
    "a compressed file and Parquet": (lambda root: forms.as_parquet(root, True), forms.LARGE),
}
# Each case in one other form, in turn: all forms of all cases are the same work many times over.
TURNS = [(case, list(FORMS)[n % len(FORMS)]) for n, case in enumerate(CASES)]
SETTINGS = settings(
    max_examples=25, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def same_as_large(root: Path) -> None:
    """The findings of a package, lines and all, are those of the readers of large files."""
    assert forms.findings(root, forms.LARGE) == forms.findings(root)


def same_as(root: Path, form: str) -> None:
    """The findings of a package are those of the package in another form, but for their places."""
    small = forms.findings(root)
    change, limits = FORMS[form]
    with tempfile.TemporaryDirectory() as folder:
        other = Path(shutil.copytree(root, Path(folder) / "other", symlinks=True))
        if change(other) is False:
            return
        changed = forms.findings(other, limits)
    assert forms.placeless(changed[0]) == forms.placeless(small[0])
    assert forms.placeless(changed[1]) == forms.placeless(small[1])
    assert changed[2] == small[2]


@pytest.mark.parametrize(("case", "form"), TURNS, ids=str)
def test_each_case_is_told_alike_by_every_reader(
    case: bad_input.Case, form: str, tmp_path: Path
) -> None:
    root = case.write(tmp_path)
    same_as_large(root)
    same_as(root, form)


@SETTINGS
@given(files=strategies.packages())
def test_packages_drawn_at_random_are_told_alike_when_large(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        same_as_large(strategies.write(Path(folder), files))


@pytest.mark.parametrize("form", FORMS)
@settings(SETTINGS, max_examples=8)
@given(files=strategies.packages())
def test_packages_drawn_at_random_are_told_alike_in_any_form(
    form: str, files: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        same_as(strategies.write(Path(folder), files), form)


TWO = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]


def test_what_the_proof_did_not_foresee_is_read_by_python(tmp_path: Path) -> None:
    # Too many cells and too few cancel out, so that the proof holds; the engine then stops.
    files = {"data/t.csv": b"a,b\nx,1\ny\nz,2,3\nw,4\n"}
    root = forms.table(tmp_path, TWO, files)
    same_as_large(root)
    assert [(f.rule, f.row, f.line) for f in forms.findings(root, forms.LARGE)[1]] == [
        ("missing-cell", 2, 3), ("extra-cell", 3, 4),
    ]  # fmt: skip


def test_records_are_numbered_over_all_parts_and_lines_within_each(tmp_path: Path) -> None:
    files = {
        "data/1.csv": b'a,b\n"x\ny",1\nz,q\n',
        "data/2.csv": b"a,b\n",
        "data/3.csv": b"a,b\r\nx,1\r\ny,r\r\n",
        "data/4.csv": b"a,b\nx,s",
    }
    for limits in (forms.SMALL, forms.LARGE):
        root = tmp_path / str(limits.small)
        found = forms.findings(forms.table(root, TWO, files), limits)[1]
        assert [(f.file, f.line, f.row) for f in found if f.rule == "type-error"] == [
            ("data/1.csv", 4, 2), ("data/3.csv", 3, 4), ("data/4.csv", 2, 5),
        ]  # fmt: skip


def test_a_header_is_asked_of_every_part(tmp_path: Path) -> None:
    files = {"data/1.csv": b"a,b\nx,1\n", "data/2.csv": b"x,1\ny,2\n"}
    for limits in (forms.SMALL, forms.LARGE):
        root = tmp_path / str(limits.small)
        found = forms.findings(forms.table(root, TWO, files), limits)[1]
        assert [(f.rule, f.file) for f in found] == [("incorrect-label", "data/2.csv")]


def test_one_bad_part_leaves_the_table_out(tmp_path: Path) -> None:
    files = {"data/1.csv": b"a,b\nx,q\n", "data/2.csv": b"a,b\ny,\xff\n", "data/3.csv.gz": b"no"}
    found = forms.findings(forms.table(tmp_path, TWO, files), forms.LARGE)[0]
    assert {(f.rule, f.file, f.line) for f in found} == {
        ("encoding-error", "data/2.csv", 2), ("source-error", "data/3.csv.gz", 1),
    }  # fmt: skip


@pytest.mark.parametrize("ending", [".csv.gz", ".csv.zst", ".parquet"])
@pytest.mark.parametrize(
    "data", [b"", b"a,b\nx,1\n", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"PAR1"]
)
def test_a_damaged_file_is_one_finding(ending: str, data: bytes, tmp_path: Path) -> None:
    root = forms.table(tmp_path, TWO, {f"data/t{ending}": data})
    (fault,) = forms.findings(root)[1]
    assert (fault.rule, fault.file) == ("source-error", f"data/t{ending}")
    assert "\n" not in fault.problem and str(tmp_path) not in fault.problem


@pytest.mark.parametrize("ending", [".gz", ".zst"])
@pytest.mark.parametrize("limits", [forms.SMALL, forms.LARGE])
def test_a_compressed_file_that_breaks_off_is_one_finding(
    ending: str, limits: Limits, tmp_path: Path
) -> None:
    data = b"a,b\n" + b"".join(b"%d,%d\n" % (n * n, n) for n in range(5000))
    root = forms.table(tmp_path, TWO, {"data/t.csv": data}, "data/t.csv")
    forms.compress(root, ending)
    path = root / f"data/t.csv{ending}"
    path.write_bytes(path.read_bytes()[:-20])
    (fault,) = forms.findings(root, limits)[1]
    assert (fault.rule, fault.problem[:20]) == ("source-error", "cannot be unpacked: ")


def test_compressed_files_of_several_members_are_read_whole(tmp_path: Path) -> None:
    files = {"data/1.csv": b"a,b\nx,1\n", "data/2.csv": b"y,q\n"}
    root = forms.table(tmp_path, TWO, files, "data/1.csv")
    for ending in (".gz", ".zst"):
        other = Path(shutil.copytree(root, tmp_path.with_name(f"{tmp_path.name}{ending}")))
        forms.pack_together(other, ["data/1.csv", "data/2.csv"], f"data/t.csv{ending}")
        for limits in (forms.SMALL, forms.LARGE):
            (fault,) = forms.findings(other, limits)[1]
            assert (fault.rule, fault.line, fault.value) == ("type-error", 3, "q")


def test_links_in_a_folder_of_parts_may_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_bytes(b"a,b\nsecret,1\n")
    (tmp_path / "secrets").mkdir()
    root = forms.table(tmp_path / "p", TWO, {}, "data")
    (root / "data/1.csv").write_bytes(b"a,b\nx,1\n")
    (root / "data/2.csv").symlink_to("../../secret.csv")
    (root / "data/3.csv").symlink_to("1.csv")
    (root / "data/4.csv").symlink_to("nowhere.csv")
    (root / "data/5.csv").symlink_to(tmp_path / "secrets")
    for limits in (forms.SMALL, forms.LARGE):
        found, _, counts = forms.findings(root, limits)
        (fault,) = (f for f in found if f.rule == "source-error")
        assert (fault.file, fault.problem[:29]) == ("data/2.csv", "the file leads out of the pac")
        assert counts == {"t": 2}
        assert "secret" not in repr([f._replace(file="") for f in found])


@pytest.mark.parametrize("limits", [Limits(small=-1), Limits(small=1 << 30)])
def test_no_reader_loses_the_order_of_records(limits: Limits, tmp_path: Path) -> None:
    from hudna.engine.opening import open_part
    from hudna.engine.store import Store
    from hudna.form import package

    rows = 300_001 if limits.small < 0 else 60_001
    data = b"a,b\n" + b"".join(b"k%d,%d\n" % (n * 7 % rows, n) for n in range(rows))
    held, _ = package.read(forms.table(tmp_path, TWO, {"data/t.csv": data}, "data/t.csv"))
    for _ in range(3):
        with Store(held.tables, limits) as store:
            part = open_part(store, held.tables["t"], held.root, "data/t.csv")
            loading.load(store, held.tables["t"], [part])
            query = f"SELECT count(*) FROM t WHERE b = _row - 1 AND a = 'k' || (b * 7 % {rows})"
            assert store.sql(query) == [(rows,)]


def test_the_engine_keeps_the_order_where_texts_are_asked_of_python(tmp_path: Path) -> None:
    rows = 250_000
    odd = {5: "٣", 200_000: "٤"}
    data = "a,b\n" + "".join(f"k{n},{odd.get(n, n)}\n" for n in range(rows))
    root = forms.table(tmp_path, TWO, {"data/t.csv": data.encode()}, "data/t.csv")
    (root / "data/t.csv").write_text(data + "z,bad\n", "utf-8")
    (fault,) = forms.findings(root, forms.LARGE)[0]
    assert (fault.row, fault.line) == (rows + 1, rows + 2)


def test_a_large_file_is_written_as_it_was_read(tmp_path: Path) -> None:
    text = "a,b\n" + "".join(f'"x{n}, y",{n}\n' for n in range(2000))
    csvfile.write(tmp_path / "t.csv", text)
    held = csvfile.read(tmp_path / "t.csv")
    assert csvfile.render(held.header, held.rows) == text

"""`hudna diff`: what two versions of a package tell of one another."""

from __future__ import annotations

import json
import zipfile

import pytest

from tests.packages import make

KH = {"actor_id": "kh", "name": "Kata'ib Hizballah", "actor_type": "militia"}
AAH = {"actor_id": "aah", "name": "Asa'ib Ahl al-Haq", "actor_type": "militia"}
GONE = {"table": "actors", "record_id": "aah", "withdrawn_on": "2026-01-01",
        "reason": "was double", "replaced_by": "kh"}  # fmt: skip


@pytest.fixture
def two(tmp_path):
    """Make an older and a newer package of the rows of actors and more."""

    def build(old, new, version="0.1.1", **more):
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        a, b = make(tmp_path / "a", {"actors": old}), make(tmp_path / "b", {"actors": new, **more})
        for folder, number in ((a, "0.1.0"), (b, version)):
            path = folder / "datapackage.json"
            path.write_text(json.dumps(json.loads(path.read_text()) | {"version": number}))
        return a, b

    return build


@pytest.fixture
def diff(hudna):
    """Run the command; gives exit code, stdout, stderr."""
    return lambda *argv: hudna("diff", *argv)


def test_nothing_differs(two, diff):
    a, b = two([KH], [KH], "0.1.0")
    code, out, _ = diff(a, b)
    assert code == 0
    assert "No record and no schema differs." in out
    assert "No step of the version is needed." in out


def test_a_corrected_cell_is_told_before_and_after(two, diff):
    a, b = two(
        [KH], [KH | {"name": "Kata'ib Hezbollah", "description": "x", "actor_type": "militia"}]
    )
    code, out, _ = diff(a, b)
    assert code == 0
    assert "  ~ kh (Kata'ib Hezbollah)\n" in out
    assert "      name: Kata'ib Hizballah -> Kata'ib Hezbollah\n" in out
    assert "      description: x (was empty)\n" in out
    assert "ask for the step patch, the version takes patch." in out


def test_a_new_record_asks_for_a_minor_step(two, diff):
    a, b = two([KH], [AAH, KH])
    code, out, _ = diff(a, b)
    assert code == 1
    assert "  + aah (Asa'ib Ahl al-Haq)\n" in out
    assert "ask for the step minor, but the version takes patch; expected a larger one" in out


def test_a_withdrawn_record_is_told_with_its_reason(two, diff):
    a, b = two([AAH, KH], [KH], "0.2.0", withdrawn=[GONE])
    code, out, _ = diff(a, b)
    assert code == 0
    assert "  - aah (Asa'ib Ahl al-Haq): withdrawn, was double; see kh\n" in out


def test_a_record_that_went_without_a_word_is_at_fault(two, diff):
    a, b = two([AAH, KH], [KH], "0.2.0")
    code, out, _ = diff(a, b)
    assert code == 1
    assert "  ! aah (Asa'ib Ahl al-Haq): gone without a word; expected a row in withdrawn\n" in out
    assert "records gone without a word: 1;" in out


def test_json_holds_everything(two, diff):
    many = [{"actor_id": f"a{n:02}", "name": f"A {n}", "actor_type": "militia"} for n in range(30)]
    a, b = two([KH | {"description": "n"}], [*many, KH])
    code, out, _ = diff(a, b, "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert told["step"] == {"needed": "minor", "taken": "patch", "enough": False, "right": False}
    actors = told["records"]["actors"]
    assert actors["counts"] == {"added": 30, "withdrawn": 0, "gone": 0, "changed": 1, "same": 0}
    assert actors["added"] == [[f"a{n:02}"] for n in range(30)]
    assert actors["changed"] == [
        {"key": ["kh"], "fields": {"description": {"old": "n", "new": None}}}
    ]
    assert actors["fields"] == {"description": 1}
    _, out, _ = diff(a, b, "--limit", 3)
    assert out.count("  + ") == 3
    assert "    and 27 more added (--limit)\n" in out


def test_numbers_are_compared_by_value(two, diff):
    place = {"place_id": "p", "name": "P", "place_type": "city", "country": "IQ"}
    a, b = two([KH], [KH], "0.1.0", places=[place | {"latitude": "33.30"}])
    (a / "data/places.csv").write_text((b / "data/places.csv").read_text().replace("33.30", "33.3"))
    code, out, _ = diff(a, b)
    assert (code, "No record" in out) == (0, True)


def test_a_zip_file_is_opened(two, diff, tmp_path):
    a, b = two([KH], [KH], "0.1.0")
    packed = tmp_path / "old.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for path in sorted(a.rglob("*")):
            file.write(path, path.relative_to(a))
    assert diff(packed, b)[0] == 0


def test_a_zip_file_that_leads_out_is_refused(two, diff, tmp_path):
    packed = tmp_path / "old.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("../datapackage.json", "{}")
    code, _, err = diff(packed, two([KH], [KH])[1])
    assert code == 2
    assert "leads out of the package" in err


@pytest.mark.parametrize(
    ("cells", "told"), [("kh,KH\nkh,KH\n", "the key actor_id kh stands twice"),
                        (",KH\n", "the key actor_id is not filled")],
)  # fmt: skip
def test_a_key_that_is_none_is_told(two, diff, cells, told):
    a, b = two([KH], [KH])
    path = a / "data/actors.csv"
    head = path.read_text().splitlines()[0]
    rows = "".join(line + "," * (head.count(",") - 1) + "\n" for line in cells.splitlines())
    path.write_text(f"{head}\n{rows}")
    code, _, err = diff(a, b)
    assert code == 2
    assert told in err


def test_what_is_no_package_is_told(diff, tmp_path):
    assert "does not exist" in diff(tmp_path / "none", tmp_path)[2]
    assert "does not exist" in diff(tmp_path / "none.zip", tmp_path)[2]
    (tmp_path / "bad.zip").write_text("no zip")
    assert "cannot be read as a zip file" in diff(tmp_path / "bad.zip", tmp_path)[2]

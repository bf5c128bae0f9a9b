"""Imports: each defect is told, counts balance, nothing is mended, what comes out is checked."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import validation
from hudna.outputs.importing import coding, guessing, mapping, whole
from hudna.outputs.importing.cells import Cells
from hudna.outputs.importing.mapping import Mapping
from hudna.outputs.importing.writing import Origin

CASES = sorted((Path(__file__).parents[1] / "cases" / "imports").iterdir())
SOURCE = Path(whole.__file__).parent


def expected(case: Path) -> dict:
    """What a case says of itself."""
    return json.loads((case / "expected.json").read_text("utf-8"))


def rows_of(case: Path) -> Path:
    """The file of a case."""
    return next(case.glob("rows.*"))


def mapped(case: Path) -> Mapping:
    """The mapping of a case: a format's own, or the one beside its rows."""
    told = expected(case)
    if "mapping" in told:
        return mapping.read(case / told["mapping"])
    return mapping.of_format(told["format"])


def bring(known: Mapping, file: Path, target: Path, **more) -> dict:
    """Import a file; returns the report."""
    origin = Origin(known["name"], "1", "2031-12-31", known["source"].get("url", ""))
    return whole.run(known, file, target, origin, **more)


def table(root: Path, name: str) -> list[dict[str, str]]:
    """The records of a table of a package, or of a file of its report."""
    folder = "report" if name in ("warnings", "refused") else "data"
    with (root / folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def digest(root: Path) -> str:
    """One digest of all names and bytes in a folder."""
    whole = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module", params=CASES, ids=lambda c: c.name)
def done(request, tmp_path_factory):
    """A case, the package that was made of it, and the report."""
    case, root = request.param, tmp_path_factory.mktemp("import") / "package"
    return case, root, bring(mapped(case), rows_of(case), root)


def test_rows_in_are_rows_out_and_rows_refused(done):
    case, root, report = done
    told = expected(case)
    assert report["rows_in"] == told["rows_in"]
    assert report["rows_carried"] == told["rows_carried"]
    assert report["refused"] == told["refused"]
    assert told["rows_in"] == told["rows_carried"] + sum(told["refused"].values())
    refused = table(root, "refused")
    assert len(refused) == sum(told["refused"].values())
    assert all(r["reason"] and r["row"] for r in refused)
    assert len({r["row"] for r in refused}) == len(refused)


def test_each_row_that_came_in_leads_to_its_source(done):
    case, root, _ = done
    name = mapped(case)["name"]
    tables = ("incidents", "statements", "ceasefire_actors")
    cited = [c for c in table(root, "citations") if c["table"] in tables]
    assert len(cited) == expected(case)["rows_carried"]
    assert all(c["source_id"] == name and c["locator"] for c in cited)
    assert len({c["locator"] for c in cited}) == len(cited)
    (source,) = (s for s in table(root, "sources") if s["source_id"] == name)
    assert (source["number"], source["date_start"]) == ("1", "2031-12-31")


def test_what_the_source_breaks_is_a_warning_with_its_place(done):
    case, root, report = done
    held = table(root, "warnings")
    told = [[int(w["row"]) if w["row"] else None, w["field"], w["rule"]] for w in held]
    assert told == expected(case)["warnings"]
    assert all(w["expected"] for w in held)
    assert sum(report["warnings"].values()) == len(held)


def test_the_package_holds_what_the_source_says_and_validates(done):
    case, root, _ = done
    assert validation.validate(root).by_rule == expected(case)["finds"]
    for name, rows in expected(case)["holds"].items():
        held = table(root, name)
        for row in rows:
            assert any(row.items() <= h.items() for h in held), f"{name}: {row}"


def test_the_report_says_it_in_words_and_as_data(done):
    _, root, report = done
    assert json.loads((root / "report/report.json").read_text("utf-8")) == report
    page = (root / "report/report.md").read_text("utf-8")
    assert f"{report['rows_in']:,} rows in = {report['rows_carried']:,} rows out" in page
    assert report["sha256"] in page


def test_the_same_file_gives_the_same_bytes(done, tmp_path):
    case, root, _ = done
    bring(mapped(case), rows_of(case), tmp_path / "again")
    assert digest(tmp_path / "again") == digest(root)


def test_each_format_and_each_warning_has_a_case():
    shown = {expected(c).get("format") for c in CASES}
    assert set(mapping.formats()) <= shown
    told = {w[2] for c in CASES for w in expected(c)["warnings"]}
    code = "".join(p.read_text("utf-8") for p in SOURCE.glob("*.py"))
    rules = set(re.findall(r"[\"'](no-[a-z]+|[a-z]+-(?:in-order|differ|differs|code|key|points|"
                           r"character|encoding))[\"']", code))  # fmt: skip
    assert rules - told == set()


@pytest.mark.parametrize("name", mapping.formats())
def test_every_code_of_the_crosswalk_is_decided(name):
    known, home = mapping.of_format(name), packages.read(packages.home())[0]
    if not known["kind"]:
        return
    codes = coding.Codes(home, Cells(known, sorted(every_column(known.data))))
    for theirs in codes.theirs:
        found = codes.of(theirs)
        assert "does not decide" not in found.why, theirs


def every_column(part) -> set[str]:
    """Every text of a mapping: its columns are among them."""
    if isinstance(part, dict):
        return set().union(*(every_column(p) for p in part.values()), map(str, part))
    if isinstance(part, list):
        return set().union(*map(every_column, part))
    return {str(part)} | set(re.findall(r"\{([^{}]+)\}", str(part)))


def test_a_format_is_a_mapping_that_can_be_taken_along(tmp_path):
    case = next(c for c in CASES if c.name == "ucdp-ged-45")
    copy = tmp_path / "mine.yaml"
    shutil.copy(mapping.FOLDER / "ucdp-ged.yaml", copy)
    bring(mapped(case), rows_of(case), tmp_path / "a")
    bring(mapping.read(copy), rows_of(case), tmp_path / "b")
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_without_matching_every_actor_is_made(tmp_path):
    case = next(c for c in CASES if c.name == "eth-prio-cf")
    report = bring(mapped(case), rows_of(case), tmp_path / "p", match=False)
    assert report["actors"]["match"] == 0
    assert "eth-prio-cf-kataib-hezbollah" in {
        a["actor_id"] for a in table(tmp_path / "p", "actors")
    }
    assert not validation.validate(tmp_path / "p").errors


def test_utf_16_is_read(tmp_path):
    case = next(c for c in CASES if c.name == "csv")
    file = tmp_path / "rows.csv"
    file.write_text(rows_of(case).read_text("utf-8"), "utf-16")
    report = bring(mapped(case), file, tmp_path / "p")
    assert report["rows_carried"] == expected(case)["rows_carried"]


MINE = """name: mine
source: {title: Mine}
key: id
kind: {column: what, codes: {bomb: ied}}
incidents: {title: id}
"""
WRONG = {
    "there is no folder to take": ("id,what\n1,bomb\n", MINE, "exists; expected the path"),
    "a column is not there": ("id,wat\n1,bomb\n", MINE, "no column 'what'; expected"),
    "a heading stands twice": ("id,what,id\n1,bomb,2\n", MINE, "'id' stands twice"),
    "the file is empty": ("", MINE, "is empty; expected a header"),
    "a word means nothing": ("id\n1\n", MINE.replace("kind:", "kinds:"), "'kinds' means nothing"),
    "a part means nothing": ("id\n1\n", MINE + "when: {dya: id}\n", "when: 'dya' means nothing"),
    "there is no YAML": ("id\n1\n", "a: [", "is no YAML"),
    "there is no mapping": ("id\n1\n", "3", "holds no mapping"),
    "there is no key": ("id\n1\n", MINE.replace("key: id", ""), "key: it is not said"),
    "the scheme is unknown": (
        "id,what\n1,bomb\n", MINE.replace("codes: {bomb: ied}", "scheme: x"), "knows no 'x'"),
    "a value is two things": (
        "id,what\n1,bomb\n", MINE.replace("title: id", "title: {is: a, column: id}"),
        "expected one of"),
    "no header begins so": (
        "id,what\n1,bomb\n", MINE + "read: {header: Nr}\n", "no header that begins with 'Nr'"),
}  # fmt: skip


@pytest.mark.parametrize("because", WRONG)
def test_bad_input_is_told_and_leaves_nothing_behind(because, tmp_path):
    rows, text, told = WRONG[because]
    (tmp_path / "rows.csv").write_text(rows, "utf-8")
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    if "exists" in told:
        (tmp_path / "p").mkdir()
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(CannotRun, match=re.escape(told)):
        bring(mapping.read(tmp_path / "mine.yaml"), tmp_path / "rows.csv", tmp_path / "p")
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_name_in_a_mapping_runs_nothing(tmp_path):
    """A mapping is a stranger's data: whatever it names is a text or a column, never SQL."""
    evil = "x') FROM read_csv('/etc/passwd') --"
    (tmp_path / "rows.csv").write_text(f'id,what,"{evil}"\n1,bomb,a\n', "utf-8")
    known = yaml.safe_load(MINE)
    known["incidents"] = {"title": {"column": evil, "codes": {"a": evil}},
                          "description": {"text": "'; {id}"}}  # fmt: skip
    bring(Mapping(tmp_path / "m.yaml", known), tmp_path / "rows.csv", tmp_path / "p")
    (row,) = table(tmp_path / "p", "incidents")
    assert (row["title"], row["description"]) == (evil, "'; 1")


GUESSES = {
    "english": (
        "Event ID,Date,Location,Province,Attack Type,Killed,Injured,Perpetrator,Target,Notes\n"
        "a1,2031-02-03,Altdorf,Suedmark,rocket fire,2,3,Grey Guard,Mill,none\n"
        "a2,2031-02-04,Neustadt,Suedmark,car bomb,0,1,,Mill,none\n",
        {"key": "Event ID", "when": {"day": "Date"}, "kinds": {"indirect-fire", "ied"}},
    ),
    "german": (
        "Nummer;Datum;Ort;Art;Tote min;Tote max;Verletzte;Bemerkung\n"
        "1;03.02.2031;Altdorf;Raketenangriff;1;2;;x\n2;24.02.2031;Neustadt;Entführung;0;0;;y\n",
        {"key": "Nummer", "when": {"day": "Datum", "formats": ["%d.%m.%Y"]},
         "kinds": {"indirect-fire"}},
    ),
    "french, with tabs": (
        "ref\tjour\tlieu\tpays\tmorts\tblesses\n1\t03/02/2031\tAltdorf\tNordland\t1\t2\n"
        "2\t04/02/2031\tNeustadt\tNordland\t0\t2\n",
        {"key": "ref", "when": {"day": "jour", "formats": ["%d/%m/%Y"]}, "kinds": {"attack"}},
    ),
    "year, month and day": (
        "code,iyear,imonth,iday,city,lat,lon,type\nx,2031,2,0,Altdorf,10,20,kidnapping\n"
        "y,2031,0,0,Altdorf,10,20,ambush\n",
        {"key": "code", "when": {"year": "iyear", "month": "imonth", "day_of_month": "iday"},
         "kinds": {"abduction"}},
    ),
    "two bounds": (
        "uid,start date,end date,place,deaths low,deaths best,deaths high\n"
        "1,2031-01-01,2031-01-03,Altdorf,1,2,3\n",
        {"key": "uid", "when": {"start": "start date", "end": "end date"}, "kinds": {"attack"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GUESSES)
def test_a_proposed_mapping_imports_the_table_that_it_is_for(name, tmp_path):
    text, told = GUESSES[name]
    file = tmp_path / "mine.csv"
    file.write_text(text, "utf-8")
    (tmp_path / "mine.yaml").write_text(guessing.propose(file), "utf-8")
    known = mapping.read(tmp_path / "mine.yaml")
    assert (known["key"], known["when"]) == (told["key"], told["when"])
    report = bring(known, file, tmp_path / "p")
    assert {c["ours"] for c in report["codes"] if c["ours"]} == told["kinds"]
    assert not validation.validate(tmp_path / "p").errors
    rows = text.count("\n") - 1
    assert report["rows_in"] == rows == report["rows_carried"] + report["rows_refused"]


def test_day_and_month_that_may_be_swapped_are_asked_about(tmp_path):
    (tmp_path / "mine.csv").write_text("id,date\n1,03/02/2031\n2,05/04/2031\n", "utf-8")
    assert "both fit: which is it?" in guessing.propose(tmp_path / "mine.csv")


def test_memory_is_bounded(tmp_path):
    from hudna.engine.limits import Limits

    case = next(c for c in CASES if c.name == "ucdp-ged-49")
    bring(mapped(case), rows_of(case), tmp_path / "p", limits=Limits(memory=100_000_000))
    assert table(tmp_path / "p", "incidents")

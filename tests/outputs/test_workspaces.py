"""A workspace: private rows beside those of a base, checked with them and never written there."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import hudna
from hudna.doors.cli import main
from hudna.form import package
from hudna.ground.finding import CannotRun, Finding
from hudna.outputs import validation, workspaces
from tests import packages

CITED = [
    {"citation_id": f"c{n}", "table": t, "record_id": r, "field": "*", "source_id": "s",
     "support": "states"}
    for n, (t, r) in enumerate([("actors", "group"), ("sources", "s"), ("incidents", "old"),
                                ("places", "there")], 1)
]  # fmt: skip
OLD: dict[str, Any] = {
    "incident_id": "old", "title": "A shooting", "incident_type": "shooting",
    "date_start": "2020-10-01", "date_end": "2020-10-01", "date_precision": "day",
    "date_basis": "stated", "extent": "single", "events_low": 1, "events_high": 1,
    "status": "reported", "place_precision": "unknown",
}  # fmt: skip
BASE: dict[str, list[dict[str, Any]]] = {
    "actors": [{"actor_id": "group", "name": "A group", "actor_type": "armed-group"}],
    "sources": [{"source_id": "s", "source_type": "social-media-post", "date_precision": "unknown",
                 "access": "read", "url": "https://example.org/"}],
    "incidents": [OLD],
    "places": [{"place_id": "there", "name": "There", "place_type": "city", "country": "IRQ"}],
    "incident_actors": [{"involvement_id": "old-1", "incident_id": "old", "actor_id": "group",
                         "role": "perpetrator", "basis": "stated"}],
    "citations": CITED,
}  # fmt: skip
NOTES = {"source_id": "notes", "source_type": "interview", "date_precision": "unknown",
         "access": "private",
         "citations": [{"field": "*", "source_id": "notes", "support": "states"}]}  # fmt: skip
CITATION = {"field": "*", "source_id": "notes", "support": "states"}
NEW = OLD | {"incident_id": "new", "date_start": "2020-11-01", "date_end": "2020-11-01",
             "actors": [{"actor_id": "group", "role": "perpetrator", "basis": "stated"}],
             "citations": [CITATION]}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    base = packages.make(folder, BASE)
    assert main(["workspace", str(folder / "mine"), "--on", str(base)]) == 0
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "copy") / "mine"


@pytest.fixture
def base(workspace: Path) -> Path:
    return workspace.parent / "package"


def add(workspace: Path, value: Any) -> int:
    """What `hudna add` answers to a document, or to several."""
    file = workspace.parent / "new.json"
    file.write_text(json.dumps(value), "utf-8")
    return main(["add", str(file), str(workspace)])


def lay(workspace: Path, table: str, *rows: dict[str, Any]) -> None:
    """Let a table of a workspace hold these rows."""
    held = package.read(workspace)[0].tables[table]
    packages.write(workspace / held.path, held.names, rows)


def found(workspace: Path) -> list[Finding]:
    return validation.validate(workspace).findings


def state(folder: Path) -> dict[str, str]:
    """The digest of every file in a folder."""
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}  # fmt: skip


def test_a_new_workspace_is_valid_and_holds_the_rows_of_its_base(workspace: Path) -> None:
    report = validation.validate(workspace)
    assert not report.findings
    assert report.counts["incidents"] == 1
    assert "schema" not in (workspace / package.DESCRIPTOR).read_text("utf-8").replace(
        "$schema", ""
    )


def test_rows_stand_beside_those_of_the_base(workspace: Path, capsys) -> None:
    assert add(workspace, {"sources": [NOTES], "incidents": [NEW]}) == 0
    assert not found(workspace)
    assert (workspace / "data/incidents.csv").read_text("utf-8").count("\n") == 2
    assert list(hudna.load("incidents", workspace)["incident_id"]) == ["old", "new"]
    counted = hudna.load("incident-counts", workspace)
    assert counted["incident_rows"].sum() >= 2
    assert main(["show", "incidents/new", str(workspace)]) == 0
    assert "A group" in capsys.readouterr().out
    assert main(["view", "incident-counts", str(workspace), "--set", "by=year"]) == 0
    shown = capsys.readouterr()
    assert "private rows" in shown.err and "private rows" not in shown.out


def test_nothing_is_ever_written_into_the_base(base: Path, workspace: Path, tmp_path: Path) -> None:
    before = state(base)
    assert add(workspace, {"sources": [NOTES], "incidents": [NEW]}) == 0
    for command in (["validate"], ["format"], ["build"], ["view", "timeline"]):
        assert main([*command, str(workspace)]) == 0
    out = str(tmp_path / "out.db")
    assert main(["export", "sqlite", str(workspace), "-o", out, "--private", "--quiet"]) == 0
    assert state(base) == before


@pytest.mark.parametrize(
    "command",
    [["export", "sqlite", "-o", "out.db"], ["page", "-o", "out.html"],
     ["plot", "timeline", "-o", "out.svg"]],
)  # fmt: skip
def test_private_rows_leave_only_where_asked(
    command: list[str], workspace: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *rest = command
    arguments = [name, rest[0], str(workspace), *rest[1:]] if name != "page" else [
        name, str(workspace), *rest]  # fmt: skip
    assert main(arguments) == 2
    assert "--private" in capsys.readouterr().err
    assert not Path(rest[-1]).exists()
    assert main([*arguments, "--private"]) == 0
    assert Path(rest[-1]).exists()


def test_an_id_of_the_base_is_not_taken_again(base: Path, workspace: Path) -> None:
    lay(workspace, "actors", BASE["actors"][0])
    (one,) = found(workspace)
    assert (one.rule, one.file, one.line) == ("primary-key", "data/actors.csv", 2)
    assert f"as in the base ({base / 'data/actors.csv'}:2)" in one.problem


def test_add_refuses_an_id_of_the_base(workspace: Path, capsys) -> None:
    before = state(workspace)
    assert add(workspace, {"sources": [NOTES], "incidents": [NEW | {"incident_id": "old"}]}) == 1
    assert "old is in the base already" in capsys.readouterr().out
    assert state(workspace) == before


def test_a_finding_names_the_file_of_the_workspace(workspace: Path) -> None:
    lay(workspace, "incidents", {k: v for k, v in NEW.items() if k in OLD} | {"status": "odd"})
    (one,) = (f for f in found(workspace) if f.rule == "constraint-error")
    assert (one.file, one.line, one.field) == ("data/incidents.csv", 2, "status")


def test_findings_of_the_base_are_not_repeated(base: Path, workspace: Path) -> None:
    table = package.read(base)[0].tables["actors"]
    bad = [*BASE["actors"], {"actor_id": "other", "name": "Other", "actor_type": "odd"}]
    packages.write(base / table.path, table.names, bad)
    (one,) = found(workspace)
    assert (one.rule, one.file) == ("base-unsound", package.DESCRIPTOR)
    assert str(base) in one.problem


def test_what_is_wrong_with_the_base_only_with_own_rows_is_told(tmp_path: Path) -> None:
    whole = OLD | {"extent": "aggregate", "events_low": 2, "events_high": 2}
    base = packages.make(tmp_path, BASE | {"incidents": [whole]})
    workspace = tmp_path / "mine"
    workspaces.make(workspace, package.read(base)[0], carried=False)
    parts = [NEW | {"incident_id": f"part-{n}", "part_of": "old", "date_start": "2020-10-01",
                    "date_end": "2020-10-01"} for n in range(3)]  # fmt: skip
    lay(workspace, "sources", {k: v for k, v in NOTES.items() if k != "citations"})
    names = package.read(base)[0].tables["incidents"].names
    lay(workspace, "incidents", *({k: v for k, v in p.items() if k in names} for p in parts))
    lay(workspace, "citations", *(
        {"citation_id": f"x{n}", "table": t, "record_id": r, **CITATION}
        for n, (t, r) in enumerate([("sources", "notes"), *(("incidents", f"part-{n}")
                                                            for n in range(3))])))  # fmt: skip
    told = [f for f in found(workspace) if f.rule == "parts-within-count"]
    assert told and told[0].file == (base / "data/incidents.csv").as_posix()
    assert "without the rows of the workspace" in told[0].problem


def test_a_private_twin_of_a_public_incident_is_a_warning(workspace: Path) -> None:
    base = package.read(workspace)[0].base.root
    spot = {"place_id": "there", "place_precision": "city"}
    packages.write(base / "data/incidents.csv",
                   package.read(base)[0].tables["incidents"].names, [OLD | spot])  # fmt: skip
    twin = NEW | spot | {"date_start": "2020-10-01", "date_end": "2020-10-01"}
    assert add(workspace, {"sources": [NOTES], "incidents": [twin]}) == 0
    twins = [f for f in found(workspace) if f.rule == "near-incidents-are-decided"]
    assert [f.severity for f in twins] == ["warning"]


def test_link_rows_are_numbered_after_those_of_the_base(workspace: Path) -> None:
    link = {"incident_id": "old", "actor_id": "group", "role": "participant", "basis": "stated"}
    lay(workspace, "incident_actors", link)
    assert main(["format", str(workspace)]) == 0
    assert "old-2,old" in (workspace / "data/incident_actors.csv").read_text("utf-8")
    assert not found(workspace)


def test_a_base_that_changed_is_told_and_taken(base: Path, workspace: Path, capsys) -> None:
    descriptor = json.loads((base / package.DESCRIPTOR).read_text("utf-8"))
    packages.describe(base, descriptor | {"version": "9.9.9"})
    (one,) = found(workspace)
    assert (one.rule, one.severity) == ("base-changed", "warning")
    assert "9.9.9" in one.problem
    assert main(["workspace", str(workspace)]) == 0
    assert "rests now on hudna 9.9.9" in capsys.readouterr().out
    assert not found(workspace)


def test_another_package_in_the_place_of_the_base_is_an_error(base: Path, workspace: Path) -> None:
    descriptor = json.loads((base / package.DESCRIPTOR).read_text("utf-8"))
    packages.describe(base, descriptor | {"name": "other"})
    (one,) = found(workspace)
    assert (one.rule, one.severity) == ("base-changed", "error")
    assert main(["workspace", str(workspace)]) == 2


def described(workspace: Path, change: dict[str, Any]) -> None:
    """Change what the descriptor of a workspace says of its base."""
    descriptor = json.loads((workspace / package.DESCRIPTOR).read_text("utf-8"))
    descriptor["hudna"]["base"] |= change
    packages.describe(workspace, descriptor)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"path": "../nowhere"}, "has no datapackage.json"),
        ({"path": "https://example.org/x"}, "expected a folder"),
        ({"path": 3}, "expected a folder"),
        ({"path": "."}, "is itself a workspace"),
    ],
)
def test_a_base_that_cannot_be_read_is_told(workspace: Path, change, says: str) -> None:
    described(workspace, change)
    with pytest.raises(CannotRun, match=says):
        package.read(workspace)


def test_the_base_may_be_the_one_that_hudna_carries(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert main(["workspace", str(folder)]) == 0
    read, found = package.read(folder)
    assert read.base.root == package.home() and not found
    assert (
        "path" not in json.loads((folder / package.DESCRIPTOR).read_text("utf-8"))["hudna"]["base"]
    )


def test_a_workspace_is_not_made_in_its_base_nor_over_anything(base: Path, tmp_path: Path) -> None:
    on = ["--on", str(base)]
    before = state(base)
    assert main(["workspace", str(base / "mine"), *on]) == 2
    full = tmp_path / "full"
    full.mkdir()
    (full / "kept.txt").write_text("kept")
    assert main(["workspace", str(full), *on]) == 2
    assert main(["workspace", str(base)]) == 2
    assert state(base) == before and state(full) == {"kept.txt": sha256(b"kept").hexdigest()}


def test_no_workspace_rests_on_a_workspace(workspace: Path, tmp_path: Path) -> None:
    assert main(["workspace", str(tmp_path / "third"), "--on", str(workspace)]) == 2


def test_a_workspace_need_not_have_every_table(workspace: Path, capsys) -> None:
    descriptor = json.loads((workspace / package.DESCRIPTOR).read_text("utf-8"))
    kept = [r for r in descriptor["resources"] if r["name"] == "sources"]
    packages.describe(workspace, descriptor | {"resources": kept})
    assert not found(workspace)
    assert main(["format", str(workspace)]) == 0
    assert add(workspace, {"sources": [NOTES], "incidents": [NEW]}) == 2
    assert "has no file for incidents" in capsys.readouterr().err


def test_the_schema_of_a_table_is_the_bases(workspace: Path) -> None:
    descriptor = json.loads((workspace / package.DESCRIPTOR).read_text("utf-8"))
    descriptor["resources"][0]["schema"] = {"fields": [{"name": "x", "type": "string"}]}
    packages.describe(workspace, descriptor)
    assert "has a schema; expected none" in package.read(workspace)[1][0].problem


def test_a_large_own_table_is_checked_for_its_form(workspace: Path) -> None:
    rows = [{"actor_id": f"a{n:05}", "name": f"A {n}", "actor_type": "armed-group",
             "description": "x" * 200} for n in range(6000)]  # fmt: skip
    lay(workspace, "actors", *reversed(rows))
    report = validation.validate(workspace)
    assert {f.rule for f in report.findings} == {"records-are-cited"}
    cited = [{"citation_id": f"x{n}", "table": "actors", "record_id": f"a{n:05}", "field": "*",
              "source_id": "s", "support": "states"} for n in range(6000)]  # fmt: skip
    lay(workspace, "citations", *sorted(cited, key=lambda r: r["citation_id"]))
    (one,) = found(workspace)
    assert (one.rule, one.file) == ("not-canonical", "data/actors.csv")

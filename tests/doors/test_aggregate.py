"""hudna aggregate: private incidents become counts that may be published, or none."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import pytest

from hudna.doors.cli import main
from hudna.form import package
from hudna.meaning import sqlfile, views
from hudna.outputs import aggregates, given_out
from tests import packages
from tests.meaning.attacker import Kind, count, date
from tests.outputs.test_workspaces import BASE, CITED, NEW, NOTES, OLD, add, lay, state

US = {"actor_id": "us", "name": "U.S. forces", "actor_type": "military"}
BASE_US = BASE | {
    "actors": [*BASE["actors"], US],
    "citations": [*CITED, CITED[0] | {"citation_id": "c9", "record_id": "us"}],
}


def event(day: str, n: int, kind: str = "ied", target: str = "", **more) -> dict:
    """A document of one incident."""
    actors = [{"actor_id": target, "role": "target", "basis": "stated"}] if target else []
    return NEW | {"incident_id": f"{day}-{n}", "incident_type": kind, "date_start": day,
                  "date_end": day, "actors": actors, **more}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base and a workspace: six devices and four rockets in October, five of the devices on U.S.
    forces; six devices in November."""
    folder = tmp_path_factory.mktemp("made")
    base = packages.make(folder, BASE_US)
    assert main(["workspace", str(folder / "mine"), "--on", str(base)]) == 0
    events = [event(f"2020-10-{n:02}", n, target="us" if n < 6 else "") for n in range(1, 7)]
    events += [event(f"2020-10-{n:02}", n, "indirect-fire") for n in range(11, 15)]
    events += [event(f"2020-11-{n:02}", n) for n in range(1, 7)]
    assert add(folder / "mine", {"sources": [NOTES], "incidents": events}) == 0
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "copy") / "mine"


def ask(workspace: Path, *more: str, to: str = "2020-10-31", out: str = "out.json") -> int:
    return main(["aggregate", str(workspace), "--from", "2020-10-01", "--to", to, "--on",
                 "2020-12-01", "-o", str(workspace.parent / out), *more])  # fmt: skip


def told(workspace: Path, out: str = "out.json") -> dict[tuple, tuple]:
    """Type, target, start, end and both counts of each tally that was written."""
    held = json.loads((workspace.parent / out).read_text("utf-8"))
    return {(t["incident_type"], t.get("target_actor_id"), t["date_start"]):
            (t["count_low"], t.get("count_high")) for t in held["tallies"]}  # fmt: skip


def test_a_count_is_written_and_kept(workspace: Path, capsys) -> None:
    assert ask(workspace) == 0
    assert told(workspace) == {("attack", None, "2020-10-01"): (10, 10)}
    (kept,) = given_out.read(package.read(workspace)[0])
    assert (kept.on, kept.floor) == ("2020-12-01", 5)
    assert {(s.bound, s.count) for s in kept.statements} == {("low", 10), ("high", 10)}
    assert "1 of 1 counts" in capsys.readouterr().out


def test_what_is_written_holds_nothing_of_single_incidents(workspace: Path) -> None:
    assert ask(workspace, "--by", "type,target") == 0
    text = (workspace.parent / "out.json").read_text("utf-8")
    for secret in ("notes", "A shooting", "2020-10-05", "2020-10-12", str(workspace)):
        assert secret not in text
    (source,) = json.loads(text)["sources"]
    assert source["access"] == "private" and not {"author", "url", "archive_url"} & set(source)


def test_only_private_events_count(workspace: Path) -> None:
    # The base has a shooting on 1 October; the workspace has none.
    assert OLD["date_start"] == "2020-10-01"
    assert ask(workspace) == 0
    assert told(workspace)["attack", None, "2020-10-01"] == (10, 10)


def test_small_cells_and_what_would_give_them_away_are_suppressed(workspace: Path, capsys) -> None:
    assert ask(workspace, "--by", "type") == 0
    assert told(workspace) == {("attack", None, "2020-10-01"): (10, 10)}
    out = capsys.readouterr().out
    assert "indirect-fire: suppressed, fewer than 5" in out
    assert "ied: suppressed, with the others" in out and "complementary" in out


def test_months_and_their_total(workspace: Path) -> None:
    assert ask(workspace, "--by", "month", to="2020-11-30") == 0
    assert sorted(told(workspace).values()) == [(6, 6), (10, 10)]
    rows = json.loads((workspace.parent / "out.json").read_text("utf-8"))["tallies"]
    assert {(r["date_start"], r["date_end"], r["count_low"]) for r in rows} == {
        ("2020-10-01", "2020-11-30", 16), ("2020-10-01", "2020-10-31", 10),
        ("2020-11-01", "2020-11-30", 6)}  # fmt: skip


def test_a_difference_to_an_earlier_release_is_refused_by_name(workspace: Path, capsys) -> None:
    assert ask(workspace) == 0
    before = state(workspace)
    assert ask(workspace, to="2020-11-02", out="two.json") == 1
    out = capsys.readouterr().out
    assert "0001-2020-12-01.json: 2020-10-01 to 2020-10-31 attack" in out
    assert not (workspace.parent / "two.json").exists()
    assert state(workspace) == before
    assert ask(workspace, to="2020-11-05", out="five.json") == 0
    assert told(workspace, "five.json") == {("attack", None, "2020-10-01"): (15, 15)}


def test_an_event_that_was_added_since_is_not_told(workspace: Path, capsys) -> None:
    assert ask(workspace) == 0
    assert add(workspace, event("2020-10-20", 20)) == 0
    assert ask(workspace, out="again.json") == 1
    assert "difference to what was given out" in capsys.readouterr().out


def test_doubtful_events_leave_the_upper_end_open(workspace: Path) -> None:
    assert add(workspace, event("2020-10-20", 20, status="disputed")) == 0
    assert ask(workspace) == 0
    assert told(workspace) == {("attack", None, "2020-10-01"): (10, None)}


def test_the_floor_is_what_is_asked_for(workspace: Path) -> None:
    assert ask(workspace, "--by", "type", "--floor", "4") == 0
    assert told(workspace)["indirect-fire", None, "2020-10-01"] == (4, 4)


def test_a_higher_floor_than_before_is_told(workspace: Path, capsys) -> None:
    assert ask(workspace, "--by", "type", "--floor", "4") == 0
    assert ask(workspace, "--floor", "7", to="2020-11-30", out="two.json") == 2
    assert "--floor of 4 or less" in capsys.readouterr().err


def test_actors_of_the_workspace_alone_are_not_named(workspace: Path) -> None:
    secret = {"actor_id": "secret", "name": "Secret", "actor_type": "armed-group",
              "citations": NEW["citations"]}  # fmt: skip
    events = [event(f"2020-10-{n:02}", n, target="secret") for n in range(21, 28)]
    assert add(workspace, {"actors": [secret], "incidents": events}) == 0
    assert ask(workspace, "--by", "target") == 0
    assert "secret" not in (workspace.parent / "out.json").read_text("utf-8").lower()
    assert ask(workspace, "--target", "secret", out="x.json") == 2


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--by", "place"], "--by has 'place'"),
        (["--by", "month,week"], "two lengths of time"),
        (["--type", "nothing"], "--type is 'nothing'"),
        (["--target", "nobody"], "--target is 'nobody'"),
        (["--source", "A B"], "--source is 'A B'"),
        (["--to", "2020-09-01"], "--to is 2020-09-01"),
    ],
)
def test_what_makes_no_sense_is_told(workspace: Path, more: list[str], says: str, capsys) -> None:
    assert ask(workspace, *more) == 2
    assert says in capsys.readouterr().err


def test_only_a_valid_workspace_is_counted(workspace: Path, capsys) -> None:
    base = package.read(workspace)[0].base.root
    assert ask(base, out="x.json") == 2
    assert "is no workspace" in capsys.readouterr().err
    path = workspace / "data/incidents.csv"
    path.write_text(path.read_text("utf-8").replace("reported", "odd", 1), "utf-8")
    assert ask(workspace) == 2
    assert "has 1 errors" in capsys.readouterr().err


def test_a_release_that_cannot_be_read_stops_the_command(workspace: Path, capsys) -> None:
    (workspace / "given-out").mkdir()
    (workspace / "given-out/0001-2020-01-01.json").write_text("{}")
    assert ask(workspace) == 2
    assert "cannot be made" in capsys.readouterr().err


def test_nothing_is_kept_of_what_was_not_written(workspace: Path, capsys) -> None:
    (workspace.parent / "there.json").write_text("kept")
    assert ask(workspace, out="there.json") == 2
    assert ask(workspace, out="no/such/out.json") in (0, 2)
    held = given_out.read(package.read(workspace)[0])
    assert len(held) == (workspace.parent / "no/such/out.json").exists()
    assert (workspace.parent / "there.json").read_text() == "kept"


def test_the_counts_are_taken_by_the_public_package(workspace: Path, capsys) -> None:
    assert ask(workspace) == 0
    base = package.read(workspace)[0].base.root
    public = workspace.parent / "public"
    shutil.copytree(base, public)
    assert main(["add", str(workspace.parent / "out.json"), str(public)]) == 0
    found = package.read(public)[0]
    rows = views.run(sqlfile.read(views.own()["tally-check"]), found).rows
    assert [r[0] for r in rows] == ["private-database-2020-12-01-attack-2020-10-01-2020-10-31"]


def test_a_known_source_is_not_told_again(workspace: Path) -> None:
    assert ask(workspace, "--source", "s") == 0
    held = json.loads((workspace.parent / "out.json").read_text("utf-8"))
    assert set(held) == {"tallies"}


def test_without_a_file_nothing_is_kept(workspace: Path) -> None:
    before = state(workspace)
    assert main(["aggregate", str(workspace), "--from", "2020-10-01", "--to", "2020-10-31"]) == 0
    assert state(workspace) == before


def test_types_without_a_use_for_events_are_left_out(workspace: Path) -> None:
    held = aggregates.broader(package.read(workspace)[0].base)
    assert held["ied"] == "attack" and "ceasefire" not in held


def test_events_count_as_the_reader_of_the_leak_test_counts_them(workspace: Path) -> None:
    codes = {"ied": "ied", "rocket": "indirect-fire", "attack": "attack"}
    kinds = [Kind(d, t, w, s) for d, t, w, s in itertools.product(
        (0, 40), codes, ("us", ""), (True, False))]  # fmt: skip
    rows = [event(str(date(k.day)), n, codes[k.type], k.target,
                  status="reported" if k.sure else "disputed")
            for n, k in enumerate(kinds, 100)]  # fmt: skip
    links = [a | {"incident_id": r["incident_id"]} for r in rows for a in r.pop("actors")]
    lay(workspace, "incidents", *({k: v for k, v in r.items() if k in OLD} for r in rows))
    lay(workspace, "incident_actors", *links)
    asked = aggregates.Asked(date(0), date(60), by=("type", "target", "month"))
    found = aggregates.counts(package.read(workspace)[0], asked)
    assert len(found) == 3 * 2 * 3
    told = {v: k for k, v in codes.items()}
    for cell, held in found.items():
        as_read = cell._replace(type=told[cell.type])
        assert held == count(dict.fromkeys(kinds, 1), as_read, 1), cell

"""Each picture, on the shipped data and on none: what it says, what it draws, what it asks for."""

from __future__ import annotations

import functools
import html
import json
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from hudna.doors.cli import main
from hudna.doors.commands.plot import rendered
from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from hudna.outputs import pictures
from tests.packages import make

SHIPPED, _ = packages.read(packages.home())
DOCS = packages.home() / "docs" / "pictures"


@functools.cache
def made(name: str, theme: str = "light") -> dict:
    return pictures.spec(name, SHIPPED, {}, theme)


def values(node: object) -> list[list[dict]]:
    """Each list of data inside a specification."""
    if isinstance(node, list):
        return [v for n in node for v in values(n)]
    if not isinstance(node, dict):
        return []
    datasets = node.get("datasets") or {}
    own = [node["data"]["values"]] if "values" in (node.get("data") or {}) else []
    rest = (v for k, v in node.items() if k not in ("data", "datasets"))
    return [*datasets.values(), *own, *(v for n in rest for v in values(n))]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", pictures.names())
def test_a_picture_is_drawn_with_words_beside_it_and_nothing_from_the_network(name, theme, capfd):
    spec = made(name, theme)
    svg = rendered(spec, ".svg").decode()
    assert svg.count("<path") + svg.count("<text") > 20
    assert html.escape(spec["description"]) in svg and len(spec["description"]) > 40
    assert not re.search(r'"(url|href)"', json.dumps(spec))
    assert "WARN" not in capfd.readouterr().err
    assert f'fill="{spec["background"]}"' in svg
    assert "…" not in spec["title"]["text"]


@pytest.mark.parametrize("name", pictures.names())
def test_an_empty_package_is_told_in_words(name, tmp_path):
    empty, _ = packages.read(make(tmp_path, {}))
    spec = pictures.spec(name, empty, {})
    assert "Nothing to draw" in spec["description"]
    assert "Nothing to draw" in rendered(spec, ".svg").decode()


@pytest.mark.parametrize("name", pictures.names())
def test_each_ref_is_a_record_of_the_package(name):
    refs = {row["ref"] for rows in values(made(name)) for row in rows if row.get("ref")}
    assert refs
    needed = {ref.split("/")[0] for ref in refs}
    with views.load(SHIPPED, sorted(needed)) as (store, _):
        for table in needed:
            key = SHIPPED.tables[table].primary_key[0]
            held = {f"{table}/{v}" for v in views.column(store, table, key)}
            assert {r for r in refs if r.startswith(table + "/")} <= held


def rows(view: str, given: dict[str, str]) -> list[dict]:
    answer = views.run(sqlfile.read(views.own()[view]), SHIPPED, given)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_the_timeline_has_a_mark_for_each_row_of_its_view():
    wanted = rows("timeline", pictures.module("timeline").USUAL)
    assert len(values(made("timeline"))[0]) == len(wanted)


def test_no_mark_of_the_timeline_touches_another():
    marks = sorted(values(made("timeline"))[0], key=lambda m: (m["row"], m["start"]))
    for a, b in pairwise(marks):
        assert a["row"] != b["row"] or a["end"] < b["start"]


def test_attacks_has_a_bar_for_each_week_of_its_view():
    wanted = [r for r in rows("incident-counts", {"by": "week"})
              if r["type"] == "attack" and r["target"] == "*"]  # fmt: skip
    drawn = next(v for v in values(made("attacks")) if "lowest" in v[0])
    assert [(d["lowest"], d["highest"]) for d in drawn] == [
        (r["lowest"], r["highest"]) for r in wanted
    ]


def test_the_ceasefire_has_a_line_of_its_own_for_each_status():
    drawn = values(made("ceasefire"))[0]
    with views.load(SHIPPED, ["ceasefire_statuses"]) as (store, _):
        assert len(drawn) == store.sql("SELECT count(*) FROM ceasefire_statuses")[0][0]
    assert len({d["line"] for d in drawn}) == len(drawn)


def test_scenarios_has_each_node_of_its_view_once_and_no_box_on_another():
    boxes = next(v for v in values(made("scenarios")) if "node" in v[0])
    assert {b["node"] for b in boxes} == {r["node"] for r in rows("scenarios", {})}
    assert len({(b["column"], b["lane"]) for b in boxes}) == len(boxes)


def test_the_map_counts_each_attack_once_and_says_how_many_have_no_governorate():
    features = next(v for v in values(made("map")) if "geometry" in v[0])
    drawn = sum(f["properties"]["rows"] for f in features)
    total, elsewhere = map(int, re.findall(r"(\d+) (?:attacks|of no)", made("map")["description"]))
    assert drawn + elsewhere == total and len(features) == 18


def test_plot_lists_the_pictures_and_writes_by_the_ending(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["plot"]) == 0
    listed = capsys.readouterr().out
    assert all(f"{n}\n  {pictures.sentence(n)}" in listed for n in pictures.names())
    home = str(packages.home())
    assert main(["plot", "scenarios", home]) == 0
    assert (tmp_path / "scenarios.svg").read_text("utf-8").startswith("<svg")
    assert main(["plot", "scenarios", home, "-o", "a.png", "--theme", "dark"]) == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("argv, told", [
    (["timelin"], "nearest: timeline"),
    (["timeline", "-o", "a.pdf"], "a.pdf ends in .pdf; expected .svg, .png, .json"),
    (["timeline", "--set", "when=2020"], "no parameter 'when'; expected one of analysis, from, to"),
    (["timeline", "--set", "from=soon"], "parameter from is 'soon'"),
    (["timeline", "-o", "nowhere/a.svg"], "nowhere/a.svg cannot be written"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_told(argv, told, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["plot", argv[0], str(packages.home()), *argv[1:]]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_theme_that_is_none_is_told():
    with pytest.raises(CannotRun, match="expected one of dark, light"):
        pictures.spec("timeline", SHIPPED, {}, "sepia")


@pytest.mark.parametrize("name", pictures.names())
def test_the_docs_show_each_picture_as_it_would_be_drawn_now(name):
    held = (DOCS / f"{name}.svg").read_text("utf-8")
    assert html.escape(made(name)["description"]) in held, "`make pictures` draws it anew"
    assert len(held) < 200_000
    page = (packages.home() / "docs" / "pictures.md").read_text("utf-8")
    assert f"pictures/{name}.svg" in page


def test_the_network_has_a_line_for_each_pair_and_no_name_on_another():
    lines, actors = sorted((v for v in values(made("network")) if v), key=lambda v: "half" in v[0])[
        :2
    ]
    wanted = rows("signed-edges", {})
    assert [(e["one"], e["other"], e["sure"]) for e in lines] == [
        (r["actor"], r["other"], "sure" if r["sure"] else "doubtful") for r in wanted
    ]
    for a, b in combinations(actors, 2):
        upper, lower = sorted((a, b), key=lambda n: n["y"])
        beside = abs(a["x"] - b["x"]) >= a["half"] + b["half"] - 0.2
        assert beside or lower["y"] - upper["y"] >= upper["tall"] - 0.2, (a["label"], b["label"])


def test_the_network_is_laid_alike_each_time_and_names_actors_in_arabic_too():
    again = pictures.spec("network", SHIPPED, {})
    assert again == made("network")
    actors = next(v for v in values(again) if "arabic" in v[0])
    assert any(re.match("[\u0600-\u06ff]", a["arabic"]) for a in actors)
    assert not any(re.search("[\u0600-\u06ff]", a["label"]) for a in actors)


def test_the_matrix_has_a_mark_for_each_word_of_its_view():
    wanted, drawn = rows("who-condemned-what", {}), values(made("who-condemned-what"))[0]
    assert [(c["word"], c["why"]) for c in drawn] == [(r["word"], r["why"]) for r in wanted]
    assert len({(c["speaker"], c["deed"], c["nth"]) for c in drawn}) == len(drawn)


@pytest.mark.parametrize("name", pictures.names())
def test_no_text_is_cut_off(name):
    root = ElementTree.fromstring(rendered(made(name), ".svg"))
    _, _, wide, tall = map(float, root.get("viewBox").split())
    found = list(texts(root, 0, 0))
    assert len(found) > 5
    for text, left, top, right, bottom in found:
        assert left >= 0 and top >= 0 and right <= wide and bottom <= tall, text
        assert not re.search(r"\S…$", text), f"{text} is shortened by the axis or legend"
        assert text not in ("undefined", "null", "NaN")


SVG = "{http://www.w3.org/2000/svg}"
ANCHORS = {"start": 0, "middle": 0.5, "end": 1}


def texts(node, x: float, y: float):
    """Each line of text in an SVG with its box, the width being estimated from its letters."""
    moved = re.match(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)", node.get("transform") or "")
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    if node.tag == SVG + "text":
        size = float(re.sub("[^0-9.]", "", node.get("font-size") or "11"))
        lines = [t.text or "" for t in node.iter(SVG + "tspan")] or [node.text or ""]
        # An SVG's lines of one text are not set from right to left: Arabic is a text of its own.
        assert len(lines) == 1 or not re.search("[\u0600-\u06ff]", "".join(lines)), lines
        for n, text in enumerate(lines):
            wide = len(text) * size * 0.5
            left = x - wide * ANCHORS[node.get("text-anchor") or "start"]
            if "rotate" in (node.get("transform") or ""):
                yield text, x - size, y - wide, x, y
            else:
                low = y + n * size * 1.1
                yield text, left, low - size * 0.8, left + wide, low
    for child in node:
        yield from texts(child, x, y)


def test_no_text_of_the_matrix_lies_on_another():
    root = ElementTree.fromstring(rendered(made("who-condemned-what"), ".svg"))
    for a, b in combinations(texts(root, 0, 0), 2):
        across = min(a[3], b[3]) - max(a[1], b[1])
        down = min(a[4], b[4]) - max(a[2], b[2])
        assert across <= 0 or down <= 1, (a, b)

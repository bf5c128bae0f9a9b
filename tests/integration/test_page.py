"""The page in Chromium: it draws, finds, counts as SQL does, and text stays text."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hudna.form import csvfile, package
from hudna.ground import folding
from hudna.meaning import views
from hudna.outputs.page import sections, writing
from tests import packages
from tests.browsers import CHROMIUM, chromium

if not CHROMIUM.exists() and not os.environ.get("CI"):
    pytest.skip("Chromium is not installed", allow_module_level=True)

PLACES = [s.name for s in sections.SECTIONS]
RECORDS = [
    "incidents/2020-10-10-truce",
    "actors/kataib-hezbollah",
    "sources/terrorism-monitor-18-19",
]
CASES = json.loads((Path(__file__).parents[1] / "cases/folding.json").read_text("utf-8"))
HOSTILE = [
    "<script>window.hacked=1</script>", "</script><img src=x onerror='window.hacked=1'>",
    "<!-- <script>", "javascript:window.hacked=1", "\u2028 {{style}} \" ' &lt;b&gt;",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def home() -> package.Package:
    return package.read(package.home())[0]


@pytest.fixture(scope="module")
def file(home: package.Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the shipped package."""
    out = tmp_path_factory.mktemp("page") / "page.html"
    made = writing.make(home)
    assert made.limit is None
    assert len(made.text.encode()) <= writing.LARGEST
    out.write_text(made.text, "utf-8", newline="\n")
    return out


@pytest.fixture
def page(browser, file: Path) -> Iterator:
    """The page, opened; whatever the console or the network says makes the test fail."""
    with watched(browser, file) as opened:
        yield opened


class watched:
    """A page opened from a file whose complaints are collected and end the test."""

    def __init__(self, browser, file: Path, **context):
        self.context, self.file, self.told = browser.new_context(**context), file, []

    def __enter__(self):
        page = self.context.new_page()
        page.on("console", lambda m: self.told.append(m.text))
        page.on("pageerror", lambda e: self.told.append(str(e)))
        page.on("request", lambda r: r.url.startswith(("http", "ws")) and self.told.append(r.url))
        page.goto(self.file.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    def __exit__(self, *_) -> None:
        self.context.close()
        assert not self.told


def to(page, place: str) -> None:
    """Go to a place of the page and wait until its pictures stand."""
    page.evaluate("place => { location.hash = place }", place)
    page.wait_for_function(
        "place => decodeURIComponent(location.hash) === '#' + place"
        " && [...document.querySelectorAll('figure')].every(f => f.dataset.drawn)", arg=place,
    )  # fmt: skip
    page.wait_for_timeout(50)


@pytest.mark.parametrize("section", sections.SECTIONS, ids=lambda s: s.name)
def test_each_part_draws(page, section: sections.Section) -> None:
    from hudna.outputs import pictures

    to(page, section.name)
    assert page.locator("h1").inner_text() == section.title
    drawn = [p for p in section.pictures if p in pictures.names()]
    assert page.locator("figure svg").count() >= len(drawn)
    for name in drawn:
        assert page.locator(f"[data-picture={name}] svg path").count() > 5
    shown = [sections.key(*v) for v in section.views if v[0] in views.own()]
    assert page.locator("[data-view]").evaluate_all("l => l.map(d => d.dataset.view)") == shown


@pytest.mark.parametrize("query", ["Kataib Hizbollah", "كتائب حزب الله", "KH"])
def test_search_finds_the_group_in_any_spelling(page, query: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.results a")
    assert page.locator("ol.results a").first.get_attribute("href") == "#actors/kataib-hezbollah"


def test_the_browser_folds_as_python_does(page, home: package.Package) -> None:
    spellings = [n for c in CASES for n in c.get("same", c.get("differ"))]
    for table, column in (("actor_names", "name"), ("sources", "title"), ("places", "name_ar")):
        records = csvfile.read(home.path(home.tables[table].path))
        at = records.header.index(column)
        spellings += [r[at] for r in records.rows if r[at]]
    found = page.evaluate(
        "names => names.map(n => [hudna.pack.fold(n), hudna.pack.skeleton(n)])", spellings
    )
    assert found == [[folding.fold(n), folding.skeleton(n)] for n in spellings]
    assert len(spellings) > 800


FILTERS = {
    "attacks?incident_type=indirect-fire": ("incidents", "incident_type = 'indirect-fire'"),
    "attacks?extent=single&status=reported": (
        "incidents", "extent = 'single' AND status = 'reported'"),
    "tables?table=actors&actor_type=armed-group&named=true": (
        "actors", "actor_type = 'armed-group' AND named"),
    "tables?table=statements&from=2020-10-10&to=2020-10-31": (
        "statements", "coalesce(date_end, date_start) >= DATE '2020-10-10' "
                      "AND coalesce(date_start, date_end) <= DATE '2020-10-31'"),
    "sources?language=ar&access=read": ("sources", "language = 'ar' AND access = 'read'"),
}  # fmt: skip


@pytest.mark.parametrize("place", FILTERS)
def test_filters_count_what_sql_counts(page, home: package.Package, place: str) -> None:
    table, where = FILTERS[place]
    to(page, place)
    with views.load(home, [table]) as (store, _):
        [(count,)] = store.sql(f'SELECT count(*) FROM "{table}" WHERE {where}')
    assert page.locator(".count").get_attribute("data-count") == str(count)
    assert count > 0


def test_a_filter_stands_in_the_address_and_goes_back(page) -> None:
    to(page, "attacks")
    before = page.locator(".count").inner_text()
    page.locator("select[data-name=incident_type]").select_option("indirect-fire")
    assert page.evaluate("location.hash") == "#attacks?incident_type=indirect-fire"
    assert page.evaluate("document.activeElement.dataset.name") == "incident_type"
    assert page.locator(".count").inner_text() != before
    page.go_back()
    page.wait_for_function("location.hash === '#attacks'")
    assert page.locator(".count").inner_text() == before


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_has_an_address_and_its_citations(page, record: str) -> None:
    to(page, record)
    assert page.locator(".code").first.inner_text() == record
    if not record.startswith("sources"):
        assert page.locator("a[href^='#sources/']").count() > 0
        assert page.locator("a[href^='https:'][rel='noopener noreferrer']").count() > 0


def test_a_mark_opens_its_record(page) -> None:
    to(page, "timeline")
    marks = page.locator("figure svg .mark-rect path, figure svg .mark-symbol path")
    for number in range(min(marks.count(), 40)):
        marks.nth(number).click(force=True)
        if "/" in page.evaluate("location.hash"):
            break
    assert page.locator(".code").first.inner_text() in page.evaluate("location.hash")


def test_the_keyboard_reaches_everything(page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("nav a", has_text="Ledger").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('h1').textContent === 'Ledger'")


@pytest.mark.parametrize("place", ["timeline", "network", "map"])
def test_the_keyboard_goes_from_mark_to_mark(page, place: str) -> None:
    to(page, place)
    page.locator("figure [role=application]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    first = page.locator("figure [data-at]").get_attribute("data-at")
    assert page.locator("figure .at").count() == 1
    assert page.locator("#said").inner_text().startswith(page.locator(".where").inner_text())
    assert ", 1 of " in page.locator("#said").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("dl")
    assert page.locator(".code").first.inner_text() == first


def test_answers_have_titles_and_names_not_columns_and_ids(page) -> None:
    to(page, "network")
    told = page.locator("[data-view=network]")
    heads = told.locator("th").all_text_contents()
    assert heads[:3] == ["Subject", "Relation", "Object"]
    assert heads[-1] == "Rests on"
    assert not [h for h in heads if "_" in h or h.endswith(" id")]
    assert told.locator("td a", has_text="Hezbollah").count()
    to(page, "attacks")
    assert page.locator("[data-view^=incident-counts] td", has_text="not said").count()
    assert page.locator("[data-view^=incident-counts] td a[href='#actors/us-forces']").count()
    to(page, "timeline")
    assert page.locator("[data-view=timeline] th").all_text_contents()[5] == "Record"


@pytest.mark.parametrize("place", [*PLACES, *RECORDS, "tables", "search?q=Sadr"])
def test_a_narrow_screen_does_not_scroll_sideways(browser, file: Path, place: str) -> None:
    with watched(browser, file, viewport={"width": 360, "height": 740}) as page:
        to(page, place)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, file: Path, scheme: str) -> None:
    modules = os.environ.get("HUDNA_NODE_MODULES")
    if not modules and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed: HUDNA_NODE_MODULES names where")
    axe = (Path(modules or "") / "axe-core/axe.min.js").read_text("utf-8")
    with watched(browser, file, color_scheme=scheme) as page:
        page.evaluate("code => { (0, eval)(code) }", axe)
        for place in [*PLACES, *RECORDS, "tables", "search?q=Sadr"]:
            to(page, place)
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            serious = [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]
                       if v["impact"] in ("serious", "critical")]  # fmt: skip
            assert not serious, place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints(browser, file: Path, scheme: str) -> None:
    with watched(browser, file, color_scheme=scheme) as page:
        to(page, RECORDS[0])
        page.emulate_media(media="print")
        assert not page.locator("header").is_visible()
        ink = page.evaluate("getComputedStyle(document.documentElement).color")
        assert sum(map(int, re.findall(r"\d+", ink))) < 150  # dark on white, whatever the screen
        assert page.locator("h1").is_visible()
        assert page.pdf().startswith(b"%PDF")


def test_hostile_text_stays_text(browser, tmp_path: Path) -> None:
    actors = [{"actor_id": f"a{i}", "name": t, "actor_type": "person", "named": True,
               "description": t} for i, t in enumerate(HOSTILE)]  # fmt: skip
    links = [{"source_id": f"s{i}", "title": t, "url": t, "source_type": "article",
              "access": "read"} for i, t in enumerate(HOSTILE)]  # fmt: skip
    root = packages.make(tmp_path, {"actors": actors, "sources": links})
    descriptor = json.loads((root / package.DESCRIPTOR).read_text("utf-8"))
    descriptor["title"] = HOSTILE[0]
    (root / package.DESCRIPTOR).write_text(json.dumps(descriptor), "utf-8")
    file = tmp_path / "hostile.html"
    file.write_text(writing.make(package.read(root)[0]).text, "utf-8", newline="\n")
    with watched(browser, file) as page:
        for table, letter in (("actors", "a"), ("sources", "s")):
            for number, said in enumerate(HOSTILE):
                to(page, f"{table}/{letter}{number}")
                assert page.locator("h1").evaluate("e => e.textContent") == said
        to(page, "tables?table=actors")
        assert page.evaluate("window.hacked") is None
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0


def test_a_large_package_says_what_the_page_leaves_out(browser, tmp_path: Path) -> None:
    from hudna.outputs import generation

    root = tmp_path / "large"
    generation.generate(root, 100_000, 0, 1, False, lambda *_: None)
    opened = package.read(root)[0]
    with views.load(opened, ["incidents"]) as (store, _):
        [(total,)] = store.sql("SELECT count(*) FROM incidents")
    made = writing.make(opened)
    assert made.limit and len(made.text.encode()) <= writing.LARGEST
    file = tmp_path / "large.html"
    file.write_text(made.text, "utf-8", newline="\n")
    with watched(browser, file) as page:
        to(page, "attacks")
        assert f"{made.limit:,} of {total:,} incidents" in page.locator("#partial").inner_text()
        assert page.locator(".count").get_attribute("data-count") == str(made.limit)

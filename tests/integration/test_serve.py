"""`hudna serve`, really started: asked over HTTP, looked at in Chromium, and gone when it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.meaning import sqlfile, views
from hudna.outputs.serving.answers import Answers
from tests.packages import NASTY, make

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            "--disable-sync"]  # fmt: skip
COMMAND = [sys.executable, "-m", "hudna", "serve"]


class Served:
    """A package that is served by a process of its own. base: its address; log: what it says."""

    def __init__(self, folder: Path, temp: Path):
        env = {**os.environ, "TMPDIR": str(temp), "PYTHONUNBUFFERED": "1"}
        self.log = temp.parent / f"{temp.name}.log"
        # A file, since nobody would empty a pipe while the process is asked.
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [*COMMAND, str(folder), "--port", "0"], stdout=out, stderr=out, env=env
            )
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/\w+", self.log.read_text())):
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        self.base = found[0]

    def get(self, path: str, **params: str):
        query = urllib.parse.urlencode({"_shape": "array", **params})
        with urllib.request.urlopen(f"{self.base}/{path}.json?{query}", timeout=60) as answer:
            return json.load(answer)

    def end(self, number: int) -> None:
        """End it by a signal; it says no more than where it was and that it ended."""
        self.process.send_signal(number)
        assert self.process.wait(timeout=60) == 0
        said = self.log.read_text().splitlines()
        assert (len(said), said[-1]) == (2, "ended"), self.log.read_text()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The shipped package."""
    one = Served(packages.home(), tmp_path_factory.mktemp("temp"))
    yield one
    one.end(signal.SIGINT)


@pytest.fixture(scope="module")
def page():
    """A page of a headless Chromium, which the system must have, and what its console said."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    assert program, "chromium is not installed (Debian: chromium); these tests need it"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=CHROMIUM)
        one = browser.new_page(viewport={"width": 1280, "height": 900})
        one.said = []
        one.on("console", lambda m: one.said.append(m.text) if m.type == "error" else None)
        one.on("pageerror", lambda e: one.said.append(str(e)))
        yield one
        assert one.said == []
        browser.close()


def look(page, name: str) -> None:
    """Keep a picture of what is seen, where a folder for it is named."""
    if folder := os.environ.get("HUDNA_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"serve-{name}.png"))


def test_tables_have_the_rows_of_the_package(served):
    package = packages.read(packages.home())[0]
    with urllib.request.urlopen(f"{served.base}.json") as answer:
        told = {t["name"]: t for t in json.load(answer)["tables"]}
    for name, table in package.tables.items():
        assert told[name]["columns"] == table.names
        assert not told[name]["hidden"]
        lines = served.get(name, _size="max", _nocount="1")
        assert len(lines) == min(told[name]["count"], 10_000)
    shown = {n for n, t in told.items() if not t["hidden"]}
    assert shown == set(package.tables)


def test_columns_tell_what_they_mean_with_their_unit(served):
    with urllib.request.urlopen(f"{served.base}/incidents") as answer:
        assert "Lowest number killed that a source gives. Unit: persons." in answer.read().decode()


@pytest.mark.parametrize("text", ["Kataib Hizbollah", "كتائب حزب الله", "kata'ib hezbollah"])
def test_search_finds_a_name_in_any_script(served, text):
    assert "kataib-hezbollah" in {r["actor_id"] for r in served.get("actors", _search=text)}
    assert "actors/kataib-hezbollah" in {r["record"] for r in served.get("search", text=text)}


def test_search_finds_words_of_summaries(served):
    rows = served.get("statements", _search="CEASEFIRE operations")
    assert "2020-10-10-committee-announces-ceasefire" in {r["statement_id"] for r in rows}
    assert served.get("statements", _search="zzzunknown") == []
    assert served.get("statements", _search='"') == []


@pytest.mark.parametrize("name", views.own())
def test_a_query_shows_what_its_view_shows(served, name):
    package = packages.read(packages.home())[0]
    answer = views.run(sqlfile.read(views.own()[name]), package)
    wanted = [[bare(v) for v in row] for row in answer.rows][:10_000]
    got = [list(row.values()) for row in served.get(f"view-{name}")]
    assert got == wanted
    if got:
        assert list(served.get(f"view-{name}")[0]) == list(answer.columns)


def bare(value):
    """A value as JSON has it here."""
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, int | float | str) else str(value)


def test_a_query_has_the_parameters_of_its_view(served):
    package = packages.read(packages.home())[0]
    view = sqlfile.read(views.own()["incident-counts"])
    answer = views.run(view, package, {"by": "week", "type": "", "from": "2020-09-01"})
    got = served.get("view-incident-counts", by="week", type="none", **{"from": "2020-09-01"})
    assert [list(row.values()) for row in got] == [[bare(v) for v in r] for r in answer.rows]


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("incident-counts", {"by": "decade"}, "parameter by is 'decade'; expected month, week"),
        ("ceasefire-status", {"day": "soon"}, "parameter day is 'soon'"),
        ("camps", {"actor": "nobody"}, "parameter actor is 'nobody'; expected one of"),
    ],
)
def test_a_wrong_parameter_is_an_error_that_says_what_is_expected(served, name, given, words):
    with pytest.raises(urllib.error.HTTPError) as refused:
        served.get(f"view-{name}", **given)
    assert refused.value.code == 400
    assert words in json.load(refused.value)["error"]


def test_a_view_that_there_is_not_is_an_error():
    answers = Answers.__new__(Answers)
    answers.store, answers.views = None, {}
    with pytest.raises(CannotRun, match="no view 'x'"):
        answers.ask("x", "{}")
    assert answers.refused.startswith("there is no view 'x'")


@pytest.mark.parametrize(
    "sql", ["delete from actors", "select hudna_view('../x', '{}')", "attach 'x' as y"]
)
def test_nothing_can_be_changed_or_opened(served, sql):
    try:
        query = urllib.parse.urlencode({"sql": sql, "_shape": "arrays"})
        with urllib.request.urlopen(f"{served.base}.json?{query}") as answer:
            said = answer.read().decode()
    except urllib.error.HTTPError as e:
        assert e.code == 400
    else:
        raise AssertionError(said)


def test_another_host_is_refused(served):
    asked = urllib.request.Request(served.base, headers={"Host": "example.org"})
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(asked, timeout=60)
    assert told.value.code == 400


def test_only_this_machine_is_listened_to(served):
    port = int(served.base.split(":")[2].split("/")[0])
    with socket.socket() as one:
        one.settimeout(5)
        assert one.connect_ex(("127.0.0.2", port)) != 0


def test_a_table_in_the_browser(served, page):
    package = packages.read(packages.home())[0]
    page.goto(f"{served.base}/incidents")
    text = page.inner_text("body")
    assert package.tables["incidents"].description in text
    assert "Stable name of the row" in page.content(), "columns are described"
    assert page.locator(".facet-info").count() == 4
    label = page.locator("td.col-incident_type a").first
    assert label.inner_text().strip()
    assert "/incident_types/" in label.get_attribute("href")
    look(page, "table")
    page.goto(f"{served.base}/actors")
    page.fill("input[name=_search]", "كتائب حزب الله")
    page.press("input[name=_search]", "Enter")
    page.wait_for_url("**_search=**")
    assert "kataib-hezbollah" in page.inner_text("table.rows-and-columns")
    look(page, "search")


def test_a_view_in_the_browser(served, page):
    page.goto(f"{served.base}/view-ceasefire-status")
    assert "according to whom" in page.inner_text("body")
    page.fill("input[name=day]", "2020-11-18")
    page.press("input[name=day]", "Enter")
    page.wait_for_url("**day=2020-11-18**")
    look(page, "view")
    link = page.locator("td.col-why a").first
    wanted = link.inner_text().split("/")[1]
    link.click()
    page.wait_for_load_state()
    assert wanted in page.inner_text("body")
    look(page, "record")


def test_a_wrong_parameter_in_the_browser_keeps_the_form(served, page):
    before = list(page.said)
    page.goto(f"{served.base}/view-ceasefire-status?day=soon")
    assert "parameter day is 'soon'" in page.inner_text("body")
    assert page.input_value("input[name=day]") == "soon"
    assert [m for m in page.said if "400" not in m] == before
    page.said[:] = before
    look(page, "refused")


def test_the_front_in_the_browser(served, page):
    page.goto(served.base)
    text = page.inner_text("body")
    assert packages.read(packages.home())[0].descriptor["title"] in text
    for name in views.own():
        assert name in text
    look(page, "front")


def test_a_reference_to_any_table_is_a_link(served, page):
    page.goto(f"{served.base}/citations")
    link = page.locator("td.col-record_id a").first
    name = link.inner_text()
    link.click()
    page.wait_for_load_state()
    assert name in page.inner_text("body")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_clean(tmp_path, number):
    folder = make(tmp_path, NASTY)
    (tmp_path / "temp").mkdir()
    one = Served(folder, tmp_path / "temp")
    assert len(one.get("actors")) == len(NASTY["actors"])
    one.get("view-timeline")
    assert list((tmp_path / "temp").iterdir())
    one.end(number)
    assert list((tmp_path / "temp").iterdir()) == []


def test_hostile_text_stays_text(tmp_path, page):
    (tmp_path / "temp").mkdir()
    one = Served(make(tmp_path, NASTY), tmp_path / "temp")
    page.goto(f"{one.base}/actors")
    assert "<script>alert(1)</script>" in page.inner_text("table.rows-and-columns")
    one.end(signal.SIGTERM)


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run([*COMMAND, str(packages.home()), "--port", str(port)],
                              capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 2
    assert f"port {port} cannot be had" in done.stderr
    assert "--port" in done.stderr


def test_without_datasette_the_user_is_told_what_to_install():
    code = (
        "import sys\nsys.modules['datasette'] = sys.modules['datasette.app'] = None\n"
        "from hudna.doors.cli import main\nsys.exit(main(['serve', '--port', '0']))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'hudna[serve]'" in done.stderr
    assert "Traceback" not in done.stderr

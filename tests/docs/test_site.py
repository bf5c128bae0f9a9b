"""The site: each link and picture leads somewhere, and a page needs nothing from the network."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.blocks import ROOT

CONFIG = ROOT / "docs/site/mkdocs.yml"
REPOSITORY = "https://github.com/hudna-data/hudna/blob/main/"
# What a page loads by itself; a link that a reader clicks may lead anywhere.
LOADED = {("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("iframe", "src")}


class Page(HTMLParser):
    """What a page links to and loads, and the places in it that can be linked to."""

    def __init__(self, path: Path):
        super().__init__()
        self.led: list[tuple[str, str, str]] = []
        self.ids: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids |= {given[n] for n in ("id", "name") if given.get(n)}
        for name in ("href", "src"):
            if given.get(name) and given.get("rel") != "canonical":
                self.led.append((tag, name, given[name]))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built site: a folder, and its pages by path."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--config-file", CONFIG, "--site-dir", folder],
        capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, {p: Page(p) for p in sorted(folder.rglob("*.html")) if p.name != "404.html"}


def test_every_page_of_docs_is_there(site):
    folder, pages = site
    assert {p.stem for p in (ROOT / "docs").glob("*.md")} <= {p.stem for p in pages}
    assert (folder / "index.html") in pages


def test_every_link_leads_somewhere(site):
    _, pages = site
    lost = []
    for page, held in pages.items():
        for _, _, link in held.led:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file():
                lost.append(f"{page.name}: {link} is not there")
            elif (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in pages[target].ids
            ):
                lost.append(f"{page.name}: {link} has no such place")
    assert not lost, "\n".join(lost)


def test_links_into_the_repository_name_what_is_there(site):
    _, pages = site
    links = {
        link for held in pages.values() for _, _, link in held.led if link.startswith(REPOSITORY)
    }
    assert links
    paths = (ROOT / unquote(urlsplit(link.removeprefix(REPOSITORY)).path) for link in links)
    assert not [p for p in paths if not p.exists()]


def test_a_page_loads_nothing_from_the_network(site):
    _, pages = site
    far = {link for held in pages.values() for tag, name, link in held.led
           if (tag, name) in LOADED and urlsplit(link).netloc}  # fmt: skip
    assert not far

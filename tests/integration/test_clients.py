"""Every client reads of the shipped package and of a nasty one what docs/clients.md says."""

from __future__ import annotations

import pytest

from tests.integration.clients import page
from tests.integration.clients.given import nasty, shipped

ANEW = "`python -m tests.integration.clients --write` runs them anew"


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """The shipped package and the nasty one."""
    folder = tmp_path_factory.mktemp("clients")
    return shipped(folder), nasty(folder)


def named(one) -> str:
    """The name of a test."""
    return f"{one.name}, {getattr(one, 'reads', '')}"


@pytest.mark.parametrize("client", page.clients(), ids=named)
def test_a_client_reads_what_the_page_says(pair, client):
    found = page.outcome(client, *pair)
    told = {**found.nasty.examples, **found.shipped.examples}
    assert found.client.version()
    assert page.row(found)[3:] == page.lines().get((client.name, client.reads)), (told, ANEW)
    if client.name == "hudna.load":
        assert page.losses(found) == "nothing", told
    assert found.shipped.unread == [], "every table with records is read"


@pytest.mark.parametrize("check", page.every_check(), ids=named)
def test_a_program_judges_as_the_page_says(pair, check):
    line = page.judgement(check, *pair)
    assert line[3:] == page.lines().get((check.name, check.looks)), ANEW
    assert line[3] == "sound", "the shipped package satisfies them all"


def test_the_page_names_no_other():
    run = {(c.name, c.reads) for c in page.clients()}
    run |= {(c.name, c.looks) for c in page.every_check()}
    assert set(page.lines()) == run, ANEW


def test_a_comparison_sees_what_is_lost(pair):
    """So that the tests above can fail."""
    from tests.integration.clients.comparing import compare
    from tests.integration.clients.given import Column
    from tests.integration.clients.readers.own_loader import pandas

    given = pair[1]
    seen = pandas(given)
    assert compare(given.package, seen).lost == {}
    cells = seen["actors"]["name"].cells
    seen["actors"]["name"] = Column("text", [None, cells[1].replace("\n\n", "\n"), *cells[2:]])
    starts = seen["incidents"]["date_start"].cells
    seen["incidents"]["date_start"] = Column("text", [str(d)[:10] for d in starts])
    del seen["places"]
    found = compare(given.package, seen)
    assert found.lost == {
        "some texts taken as missing": 1, "some texts changed": 1, "dates as text": 1,
    }  # fmt: skip
    assert (found.wrong, found.unread) == ({"date"}, ["places"])

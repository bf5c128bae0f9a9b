"""docs/views.md shows every view, with what its example prints now."""

from __future__ import annotations

import pytest

from tests.outputs import views_page


@pytest.mark.parametrize("view", views_page.ours(), ids=lambda v: v.name)
def test_the_page_shows_what_the_view_shows(view):
    page = views_page.PAGE.read_text("utf-8")
    assert views_page.section(view) in page, "python -m tests.outputs.views_page writes it anew"
    assert view.asks


def test_the_page_shows_no_other():
    page = views_page.PAGE.read_text("utf-8").partition(views_page.MARK)[2]
    names = [line[3:] for line in page.splitlines() if line.startswith("## ")]
    assert names == [v.name for v in views_page.ours()]

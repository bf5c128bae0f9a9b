"""What the tests of several formats read: a package that is too large to be read at once."""

from __future__ import annotations

import pytest

from hudna.form import package as packages
from hudna.outputs import generation


@pytest.fixture(scope="session")
def big(tmp_path_factory):
    """A package of sixty thousand generated records."""
    folder = tmp_path_factory.mktemp("big") / "package"
    generation.generate(folder, 60_000, 0.0, 1, False, lambda *_: None)
    return packages.read(folder)[0]

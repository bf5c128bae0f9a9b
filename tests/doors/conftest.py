"""What the tests of the commands share."""

from __future__ import annotations

import pytest

from hudna.doors.cli import main


@pytest.fixture
def hudna(capsys):
    """Run a command; gives exit code, stdout, stderr."""

    def run(*argv):
        code = main([str(a) for a in argv])
        return code, *capsys.readouterr()

    return run

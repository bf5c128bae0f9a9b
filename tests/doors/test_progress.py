"""Progress: a bar on a terminal, lines elsewhere, nothing when quiet."""

import io

import pytest

from hudna.doors.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def test_a_terminal_shows_a_bar_and_clears_it_at_the_end():
    stream = Terminal()
    with Progress(200, stream=stream, clock=Clock()) as progress:
        progress.step("incidents", 50)
    shown, cleared = stream.getvalue().removeprefix("\r\x1b[K").split("\r\x1b[K")
    assert shown == "[######..................]  25% incidents: 50 of 200, 0:03 left"
    assert cleared == ""


def test_the_bar_goes_away_when_the_work_is_stopped():
    stream = Terminal()
    with (
        pytest.raises(KeyboardInterrupt),
        Progress(200, stream=stream, clock=Clock()) as progress,
    ):
        progress.step("incidents", 50)
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\x1b[K")


def test_elsewhere_lines_come_now_and_then():
    stream = io.StringIO()
    with Progress(100, stream=stream, clock=Clock()) as progress:
        for _ in range(25):
            progress.step("citations", 4)
    assert stream.getvalue().splitlines() == [
        " 40% citations: 40 of 100, 0:15 left",
        " 80% citations: 80 of 100, 0:05 left",
    ]


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_says_nothing(stream):
    with Progress(10, quiet=True, stream=stream, clock=Clock()) as progress:
        progress.step("actors", 10)
    assert stream.getvalue() == ""


def test_more_than_was_expected_is_still_all_of_it():
    stream = Terminal()
    with Progress(10, stream=stream, clock=Clock()) as progress:
        progress.step("actors", 12)
    assert "100% actors: 12 of 10, 0:00 left" in stream.getvalue()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (59.6, "1:00"), (125, "2:05"), (7320, "2 h 02")]
)
def test_a_duration_in_words(seconds, words):
    assert duration(seconds) == words


@pytest.mark.parametrize(("done", "says"), [(1, "  1% rows: 1 of 100"), (2, "0:49 left")])
def test_how_long_the_rest_takes_is_told_when_something_is_done(done, says):
    stream = Terminal()
    with Progress(100, stream=stream, clock=Clock()) as progress:
        progress.step("rows", done)
    assert stream.getvalue().removesuffix("\r\x1b[K").endswith(says)

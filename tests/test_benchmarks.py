"""The tables of the benchmarks: what is measured, what is extrapolated, what was not run."""

from __future__ import annotations

import pytest

from tests.benchmarks import aims, chart, page, tables


def size(not_run: dict[str, str] | None = None, **seconds: list[float]) -> dict:
    """One size in the results; contenders by name, `-` written as `_`."""
    runs = {
        name.replace("_", "-"): [{"seconds": s, "peak": 200_000_000} for s in told]
        for name, told in seconds.items()
    }
    return {"csv": 1_000_000, "parquet": 1, "runs": runs, "not_run": not_run or {}}


RESULTS = {
    "versions": {"hudna": "abc1234"},
    "machine": {"processor": "P", "cores": "2", "memory": "24 GiB", "system": "S"},
    "floor": 20_000_000,
    "sizes": {
        "1000000": size(
            frictionless=[100.0], hudna=[3.0, 1.0, 2.0], duckdb_touch=[1.0], dataframely=[1.5]
        ),
        "10000000": size(
            {"frictionless": "more than 1,000,000 records", "pandera": "exit 1: | <b>"},
            hudna=[20.0],
            duckdb_touch=[10.0],
        ),
    },
    "checks": {},
    "profile": {"1000000": {"whole": 2.0, "parts": {"load": 1.25, "rules": 0.5}}},
}


def line(rows: str, label: str) -> list[str]:
    """The cells of a contender's line in the table of a size."""
    lines = (one.strip("| ").split(" | ") for one in tables.one_size(RESULTS, rows))
    return next(cells for cells in lines if cells[0] == label)


def test_a_line_has_median_spread_speed_memory_and_ratios() -> None:
    cells = ["2.00", "1.00-3.00 (3)", "500,000", "200", "2.00", "50.0"]
    assert line("1000000", "hudna, everything")[1:] == cells


def test_what_was_not_measured_is_extrapolated_and_marked() -> None:
    found = tables.taken(RESULTS, "10000000", "frictionless")
    assert found and found.guessed and found.seconds == 1000
    assert line("10000000", "frictionless")[1] == "≈ 1,000"
    assert line("10000000", "hudna, everything")[-1] == "≈ 50.0"


def test_what_was_not_run_says_why_and_is_never_extrapolated() -> None:
    assert line("10000000", "pandera on polars")[1] == "not run: exit 1: \\| &lt;b>"
    assert tables.taken(RESULTS, "10000000", "pandera") is None


def test_a_failed_run_counts_for_nothing_though_others_ended_well() -> None:
    results = {"sizes": {"100": size({"hudna": "exit 2: no"}, hudna=[1.0])}}
    assert tables.taken(results, "100", "hudna") is None


@pytest.mark.parametrize(
    ("used", "told"), [(0, ""), (21_000_000, "< 22"), (1_234_000_000, "1,234")]
)
def test_a_peak_below_what_can_be_told_is_told_as_that(used: int, told: str) -> None:
    assert tables.peak(used, 20_000_000) == told


@pytest.mark.parametrize(
    ("value", "told"), [(0.0034, "0.0034"), (0.127, "0.13"), (12.34, "12.3"), (1234.5, "1,234")]
)
def test_numbers_have_the_digits_that_count(value: float, told: str) -> None:
    assert tables.number(value) == told


def test_aims_are_marked_where_they_are_missed() -> None:
    reached = {cells[0]: cells[3:] for cells in map(split, aims.lines(RESULTS))}
    assert reached["frictionless / everything"] == ["50.0 (short of the aim)"] * 2
    assert reached["everything / touching scan"] == ["2.00", "2.00"]
    assert reached["everything / everything with a tenth of the records"] == ["", "10.0"]
    assert reached["everything / dataframely or pandera"] == ["1.33", ""]


def split(row: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_profile_tells_what_its_parts_leave_over() -> None:
    assert "| start and report | 0.25 |" in tables.profile(RESULTS).splitlines()


def test_only_what_lies_between_the_markers_is_written() -> None:
    text = "before\n<!-- made by tests/benchmarks: sizes -->\nold\n<!-- end -->\nafter\n"
    new = page.filled(text, {"sizes": "new \\1"})
    assert new == text.replace("old", "\nnew \\1\n")
    assert page.filled(new, {"sizes": "new \\1"}) == new
    with pytest.raises(ValueError, match="has 0 parts aims"):
        page.filled(text, {"aims": "new"})


def test_the_page_has_each_part_once() -> None:
    text = page.PAGE.read_text("utf-8")
    told = {**dict.fromkeys(page.parts(RESULTS), "x"), "checks": "x", "extremes": "x"}
    assert page.filled(text, told)


def test_names_in_the_chart_are_moved_apart_as_little_as_needed() -> None:
    assert chart.apart([0, 100, 104, 300], gap=10) == [0, 97, 107, 300]
    assert chart.apart([0, 1, 2], gap=10) == [-9, 1, 11]

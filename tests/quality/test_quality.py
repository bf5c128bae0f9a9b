"""The published quality is what the codings of the sample give, and the measures are right."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hudna.form import package
from tests.quality import quality, sample

SAMPLES = {int(f.name): quality.read(f / "sample.csv") for f in quality.folders()}
# Citations are not withdrawn: a drawn one that told of another attack, and where it is cited now.
MOVED = {"2020-09-29-babil-convoy-ied-c3": "2020-09-15-al-nil-convoy-ied-c2"}
each = pytest.mark.parametrize("number", SAMPLES)


def test_the_page_shows_what_the_codings_give() -> None:
    published = quality.PART.search(quality.PAGE.read_text("utf-8"))
    assert published, "docs/data-quality.md has no generated part"
    assert published[0] == quality.text(), "run `python tests/quality/quality.py --write`"


@each
def test_sixty_rows_of_every_stratum(number: int) -> None:
    rows = SAMPLES[number]
    assert len(rows) == sum(s.rows for s in sample.STRATA.values()) >= 60
    assert {r["table"] for r in rows} == set(sample.STRATA)


def test_no_row_is_drawn_twice() -> None:
    drawn = [(r["table"], r["record_id"]) for rows in SAMPLES.values() for r in rows]
    assert len(set(drawn)) == len(drawn)
    assert set(SAMPLES) == set(sample.SEEDS)


def test_what_was_drawn_still_stands_or_is_withdrawn() -> None:
    gone = {(r["table"], r["record_id"]) for r in sample.read("withdrawn")}
    tables = package.read(package.home())[0].tables
    for name in sample.STRATA:
        held = {r[tables[name].primary_key[0]] for r in sample.read(name)}
        for row in (r for rows in SAMPLES.values() for r in rows):
            if row["table"] == name and row["record_id"] not in held:
                moved = MOVED.get(row["record_id"]) in held
                assert moved or (name, row["record_id"]) in gone, row


@each
def test_the_same_seed_draws_the_same_rows(number: int) -> None:
    one, two = (list(sample.drawn(sample.Data(number))) for _ in range(2))
    assert one == two
    assert [n for n, _ in one] == [r["table"] for r in SAMPLES[number]]


def test_another_seed_draws_other_rows_and_none_of_an_earlier_sample() -> None:
    data = sample.Data(max(SAMPLES))
    ids = {(name, row[data.key[name]]) for name, row in sample.drawn(data)}
    assert not ids & data.drawn
    assert data.drawn


@each
def test_every_asked_column_has_a_first_value(number: int) -> None:
    first = {quality.key(r) for r in quality.read(quality.HERE / str(number) / "first.csv")}
    rows = SAMPLES[number]
    assert first == {(r["table"], r["record_id"], f) for r in rows for f in r["recode"].split()}


def test_no_page_of_the_article_is_asked_for() -> None:
    assert not [r for rows in SAMPLES.values() for r in rows if sample.ARTICLE in r["places"]]


@pytest.mark.parametrize(("sizes", "total"), [((1, 1, 1), 4), ((5, 3, 2), 7), ((10,), 3)])
def test_shares_sum_to_the_whole(sizes: tuple[int, ...], total: int) -> None:
    told = sample.shares(sizes, total)
    assert sum(told) == total
    assert all(abs(t - total * n / sum(sizes)) < 1 for t, n in zip(told, sizes, strict=True))


# Newcombe, Two-sided confidence intervals for the single proportion (1998), table I.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_of_worked_examples(k: int, n: int, low: float, high: float) -> None:
    assert quality.wilson(k, n) == pytest.approx((low, high), abs=0.00005)


def rows(*given: str) -> list[dict[str, str]]:
    names = ("table", "record_id", "field", "value", "settled")
    return [dict(zip(names, g.split(","), strict=False)) for g in given]


def test_a_difference_is_wrong_until_somebody_holds_the_data_right() -> None:
    first = rows("incidents,a,status,reported", "incidents,b,status,reported",
                 "incidents,c,status,reported", "incidents,a,extent,single")  # fmt: skip
    second = rows("incidents,a,status,disputed", "incidents,b,status,disputed,first",
                  "incidents,c,status,reported", "incidents,a,extent,single",
                  "incidents,a,opened,2")  # fmt: skip
    status, extent, whole = quality.lines(list(quality.cells(first, second)))
    assert (status.units, status.differ, status.wrong) == (3, 2, 1)
    assert (extent.units, extent.wrong, extent.alpha) == (1, 0, None)
    assert (whole.units, whole.wrong) == (4, 1)


def test_what_nobody_asked_for_is_refused() -> None:
    with pytest.raises(ValueError, match="b/status is not in the sample"):
        list(quality.cells(rows("incidents,a,status,x"), rows("incidents,b,status,x")))


def test_the_text_of_a_recoded_sample(tmp_path: Path) -> None:
    for name, made in {
        "sample": [dict(zip(sample.SAMPLE, ("incidents", "a", "", "status", "", "", "3", "2"),
                            strict=True))],
        "first": rows("incidents,a,status,reported"),
        "second": rows("incidents,a,status,disputed,second", "incidents,a,opened,2"),
    }.items():  # fmt: skip
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(made[0]))
            writer.writeheader()
            writer.writerows(made)
    told = quality.text(tmp_path)
    assert "| `incidents` | 1 | 3 | 2 | 2 of 3 (67 %) |" in told
    assert "| `incidents` | `status` | 1 | 1 | 1 | 20.7 to 100.0 % | 0.00 |" in told

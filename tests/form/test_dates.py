"""Dates in words: each precision has its own, and every code of the schemas has words."""

import json

import pytest

from hudna.form import dates, package

A, B = "2020-09-24", "2020-10-01"


@pytest.mark.parametrize(
    ("precision", "start", "end", "basis", "said"),
    [
        ("day", A, A, "stated", "on 2020-09-24"),
        ("throughout", A, B, "stated", "from 2020-09-24 to 2020-10-01"),
        ("by", "", B, "citation", "by 2020-10-01 (bounded by a citation)"),
        ("after", A, "", "inferred", "on or after 2020-09-24 (inferred)"),
        ("until", "", B, "stated", "until 2020-10-01"),
        ("until", A, B, "stated", "until some time from 2020-09-24 to 2020-10-01"),
        ("unknown", "", "", "", "undated"),
        ("", "", "", "", ""),
    ],
)
def test_words(precision, start, end, basis, said):
    row = dict(zip(dates.COLUMNS, (start, end, precision, basis), strict=True))
    assert dates.words(row) == said


def test_every_code_of_the_schemas_has_words():
    schema = json.loads((package.home() / "schemas/tables/incidents.json").read_text("utf-8"))
    codes = {f["name"]: f.get("constraints", {}).get("enum") for f in schema["fields"]}
    assert set(codes["date_precision"]) == set(dates.WORDS)
    assert set(codes["date_basis"]) == set(dates.BASES)

"""hudna.labels: names in a language, what codes mean, titles of columns."""

from __future__ import annotations

import pytest

import hudna
from hudna.form import package as packages
from tests.packages import make

TABLES = {
    "actors": [
        {"actor_id": "kh", "name": "Kataib Hezbollah", "actor_type": "armed-group"},
        {"actor_id": "mk", "name": "Mustafa al-Kadhimi", "actor_type": "person"},
        {"actor_id": "un", "actor_type": "organisation"},
    ],
    "actor_names": [
        {"actor_id": "kh", "name": "الكتائب", "name_type": "alias", "language": "ar"},
        {"actor_id": "kh", "name": "كتائب حزب الله", "name_type": "name", "language": "ar"},
        {"actor_id": "kh", "name": "كتائب", "name_type": "name", "language": "ar"},
        {"actor_id": "mk", "name": "مصطفی کاظمی", "name_type": "name", "language": "fa"},
    ],
    "places": [
        {"place_id": "b", "name": "Baghdad", "name_ar": "بغداد"},
        {"place_id": "d", "name": "Dawwar"},
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path, TABLES)


@pytest.mark.parametrize(
    ("what", "language", "expected"),
    [
        ("actors", None, {"kh": "Kataib Hezbollah", "mk": "Mustafa al-Kadhimi", "un": "un"}),
        ("actors", "ar", {"kh": "كتائب حزب الله", "mk": "Mustafa al-Kadhimi", "un": "un"}),
        ("actors", "fa", {"kh": "Kataib Hezbollah", "mk": "مصطفی کاظمی", "un": "un"}),
        ("places", None, {"b": "Baghdad", "d": "Dawwar"}),
        ("places", "ar", {"b": "بغداد", "d": "Dawwar"}),
        ("statements.speaker_id", "fa",
         {"kh": "Kataib Hezbollah", "mk": "مصطفی کاظمی", "un": "un"}),
    ],
)  # fmt: skip
def test_names(folder, what, language, expected):
    assert hudna.labels(what, language, folder) == expected


def test_codes_of_the_schema_have_their_meaning_in_its_order(folder):
    said = hudna.labels("incidents.extent", package=folder)
    assert list(said) == list(hudna.load("incidents", folder)["extent"].cat.categories)
    assert said["single"] == "one event"


def test_codes_of_a_list_have_its_labels():
    said = hudna.labels("incidents.incident_type")
    assert said["airstrike"] == "air strike"
    assert said == hudna.labels("incident_types")


def test_every_code_and_every_column_of_the_package_has_a_label():
    package, _ = packages.read(packages.home())
    for table in package.tables.values():
        assert list(hudna.labels(f"{table.name}.*")) == table.names
        for field in table.fields:
            if field.codes:
                said = hudna.labels(f"{table.name}.{field.name}")
                assert list(said) == field.codes
                assert all(said.values())


def test_labels_fit_a_column():
    incidents = hudna.load("incidents")
    assert incidents["place_id"].dropna().map(hudna.labels("places", "ar")).notna().all()
    assert incidents["incident_type"].map(hudna.labels("incident_types")).notna().all()


@pytest.mark.parametrize(
    ("what", "language", "says"),
    [
        ("incident", None, r"no table 'incident'.*nearest: incidents"),
        ("incidents.typ", None, r"incidents has no column 'typ'; expected one of \*, "),
        ("incidents.killed_low", None, "incidents.killed_low holds neither codes nor ids"),
        ("citations", None, "the records of citations have no names"),
        ("actors", "arabic", "language is 'arabic'; no name of actors is in it"),
        ("incident_types", "ar", "language is 'ar'; no name of incident_types is in it"),
    ],
)
def test_what_has_no_labels_is_told(folder, what, language, says):
    with pytest.raises(ValueError, match=says):
        hudna.labels(what, language, folder)

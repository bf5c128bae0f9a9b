"""GeoJSON: a feature for each incident and place, its point and how exactly it is placed."""

from __future__ import annotations

import datetime
import json

import pytest

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.outputs import exporting
from tests.outputs.exports.reading import cells, nasty, shipped, twice
from tests.packages import describe, make


def export(package, folder):
    path = folder / "out.geojson"
    exporting.write("geojson", package, path)
    return json.loads(path.read_text("utf-8"))


def records(package, name):
    """The records of a table as JSON holds them."""
    for row in cells(package)[name]:
        yield {n: v.isoformat() if isinstance(v, datetime.date) else v
               for n, v in zip(package.tables[name].names, row, strict=True)}  # fmt: skip


def is_rfc_7946(collection):
    assert collection["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(collection)
    assert "crs" not in collection
    ids = [f["id"] for f in collection["features"]]
    assert len(set(ids)) == len(ids)
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            assert set(feature["geometry"]) == {"type", "coordinates"}
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert abs(longitude) <= 180 and abs(latitude) <= 90


def test_every_record_of_the_shipped_package_is_a_feature(tmp_path):
    whole(shipped(), export(shipped(), tmp_path))


def test_every_record_of_a_nasty_package_is_a_feature(tmp_path):
    package = nasty(tmp_path)
    whole(package, export(package, tmp_path))


def whole(package, collection):
    """Whether the collection holds every cell of incidents and places, and points only of these."""
    is_rfc_7946(collection)
    features = {f["id"]: f for f in collection["features"]}
    points = {p["place_id"]: None if None in (p["longitude"], p["latitude"])
              else [p["longitude"], p["latitude"]] for p in records(package, "places")}  # fmt: skip
    wanted = [("places", "place_id", r) for r in records(package, "places")]
    wanted += [("incidents", "incident_id", r) for r in records(package, "incidents")]
    assert [f"{name}/{r[key]}" for name, key, r in wanted] == list(features)
    counts: dict[str, int] = {}
    for name, key, record in wanted:
        feature = features[f"{name}/{record[key]}"]
        told = feature["properties"]
        assert told["table"] == name
        assert {k: told[k] for k in record} == record
        assert {k: type(told[k]) for k in record} == {k: type(v) for k, v in record.items()}
        point = points.get(record["place_id"])
        assert (feature["geometry"] or {}).get("coordinates") == point
        kind = f"{name}_{'located' if point else 'without_coordinates'}"
        counts[kind] = counts.get(kind, 0) + 1
    assert collection["counts"] == counts


def test_a_larger_place_is_told_and_never_drawn(tmp_path):
    features = {f["id"]: f for f in export(nasty(tmp_path), tmp_path)["features"]}
    inside = features["incidents/c"]
    assert inside["geometry"] is None
    assert inside["properties"]["place_precision"] == "near"
    assert inside["properties"]["place_name"] == "Z"
    assert inside["properties"]["larger_place_id"] == "y"
    assert inside["properties"]["larger_latitude"] == 1e-7
    exact = features["incidents/b"]
    assert exact["geometry"]["coordinates"] == [44.366145, -33.5]
    assert "larger_place_id" not in exact["properties"]


def test_places_in_a_circle_end(tmp_path):
    places = [{"place_id": "x", "name": "X", "place_type": "site", "part_of": "y"},
              {"place_id": "y", "name": "Y", "place_type": "site", "part_of": "x"}]  # fmt: skip
    incident = {"incident_id": "a", "title": "A", "incident_type": "attack", "place_id": "x"}
    package = packages.read(make(tmp_path, {"places": places, "incidents": [incident]}))[0]
    assert export(package, tmp_path)["features"][-1]["geometry"] is None


def test_the_same_package_gives_the_same_bytes(tmp_path):
    one, two = twice("geojson", shipped(), tmp_path)
    assert one.read_bytes() == two.read_bytes()


def test_coordinates_of_no_place_on_earth_are_refused(tmp_path):
    place = {"place_id": "x", "name": "X", "place_type": "city", "latitude": 91, "longitude": 0}
    package = packages.read(make(tmp_path, {"places": [place]}))[0]
    with pytest.raises(CannotRun, match=r"place x has the coordinates 91.0, 0.0; expected at most"):
        export(package, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_a_package_without_places_is_refused(tmp_path):
    root = make(tmp_path)
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] == "actors"]
    describe(root, descriptor)
    with pytest.raises(CannotRun, match="GeoJSON needs the table incidents with incident_id"):
        export(packages.read(root)[0], tmp_path)

"""GeoJSON: incidents and places as points for maps, with how exactly each is placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from hudna.engine.store import Store
from hudna.form.package import Package
from hudna.ground.finding import CannotRun
from hudna.outputs import descriptors, exporting, jsonvalues
from hudna.outputs.exporting import Tell
from hudna.outputs.relational import listed

ENDING = ".geojson"
MARK = "hudna export geojson"
HEAD = f'{{\n"type": "FeatureCollection",\n"exported": "{MARK}",\n'
NEEDED = {"incidents": ("incident_id", "place_id"),
          "places": ("place_id", "latitude", "longitude", "part_of")}  # fmt: skip
TOLD = ("name", "name_ar", "place_type")  # of its place, in the properties of an incident
READING = (
    "A point is that of the place that the record names, as exactly as place_precision says, never "
    "that of a larger place. Where the place has none, the geometry is null, and larger_* tell the "
    "smallest larger place that has one. Coordinates: WGS 84."
)
Row = dict[str, Any]


def write(package: Package, path: Path) -> None:
    """Write the file; the same package gives the same bytes."""
    tell(package, path, exporting.silent)


def tell(package: Package, path: Path, said: Tell) -> None:
    """The same; said: told of the rows that are written."""
    for name, fields in NEEDED.items():
        if name not in package.tables or not package.tables[name].has(*fields):
            raise CannotRun(f"GeoJSON needs the table {name} with {', '.join(fields)}")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text(package, said))


def text(package: Package, said: Tell) -> Iterator[str]:
    """The text in pieces: a feature a line, and in the end how many have no coordinates."""
    about = descriptors.about(package, MARK)
    yield '{\n"type": "FeatureCollection",\n'
    for name in ("exported", "name", "title", "version", "homepage", "licenses"):
        if name in about:
            yield f"{jsonvalues.line(name)}: {jsonvalues.line(about[name])},\n"
    yield f'"reading": {jsonvalues.line(READING)},\n"features": [\n'
    counts: Counter[str] = Counter()
    with exporting.opened(package) as store:
        yield from jsonvalues.separated(counted(features(store, package, said), counts))
    yield f'\n],\n"counts": {jsonvalues.line(dict(counts))}\n}}\n'


def counted(several: Iterator[Row], counts: Counter[str]) -> Iterator[Row]:
    """The features, counted by table and by whether they have coordinates."""
    for feature in several:
        located = "located" if feature["geometry"] else "without_coordinates"
        counts[f"{feature['properties']['table']}_{located}"] += 1
        yield feature


def features(store: Store, package: Package, said: Tell) -> Iterator[Row]:
    """The places, then the incidents."""
    places = {p["place_id"]: p for p in records(store, package, "places", said)}
    for place in places.values():
        yield feature("places", place["place_id"], place, place)
    for row in records(store, package, "incidents", said):
        place = places.get(row["place_id"], {})
        more = {f"place_{f.removeprefix('place_')}": place[f] for f in TOLD if f in place}
        more |= {} if located(place) else larger(place, places)
        yield feature("incidents", row["incident_id"], row | more, place)


def records(store: Store, package: Package, name: str, said: Tell) -> Iterator[Row]:
    """The records of a table as objects."""
    table = package.tables[name]
    chunks = exporting.rows(store, table, listed(table.names), said)
    return jsonvalues.rows(table.names, chain.from_iterable(chunks))


def feature(table: str, key: str, properties: Row, place: Row) -> Row:
    """A record as a feature."""
    point = located(place)
    return {
        "type": "Feature",
        "id": f"{table}/{key}",
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": {"table": table, **properties},
    }


def located(place: Row) -> list[float] | None:
    """The longitude and latitude of a place; CannotRun where they are of no place on earth."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        return None
    if not (isinstance(latitude, float) and isinstance(longitude, float)
            and abs(latitude) <= 90 and abs(longitude) <= 180):  # fmt: skip
        raise CannotRun(f"not exported: place {place['place_id']} has the coordinates {latitude}, "
                        f"{longitude}; expected at most 90, 180")  # fmt: skip
    return [longitude, latitude]


def larger(place: Row, places: dict[str, Row]) -> Row:
    """The smallest place around another that has coordinates."""
    seen = set()
    while place and place["place_id"] not in seen:
        seen.add(place["place_id"])
        place = places.get(place["part_of"], {})
        if point := located(place):
            return {"larger_place_id": place["place_id"], "larger_longitude": point[0],
                    "larger_latitude": point[1]}  # fmt: skip
    return {}


def ours(path: Path) -> bool:
    """Whether a file was exported before."""
    return jsonvalues.begins(path, HEAD)

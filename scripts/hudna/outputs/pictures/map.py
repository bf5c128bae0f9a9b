"""Iraq's governorates by the attacks recorded in them, and how exactly the sources place each."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from hudna.outputs import drawing

OUTLINES = Path(__file__).resolve().parents[1] / "outlines" / "iraq.geojson"
VIEWS: dict[str, dict[str, str]] = {"timeline": {}}
TABLES = ("incidents", "places", "incident_types")
QUERIES = {
    "attacks": """
WITH RECURSIVE kinds AS (
  SELECT 'attack' AS code
  UNION
  SELECT t.code FROM incident_types AS t JOIN kinds AS k ON t.broader = k.code
)
SELECT incident_id, place_id, place_precision
FROM incidents JOIN kinds ON code = incident_type
WHERE extent = 'single' AND status <> 'denied'
""",
    "places": """
SELECT place_id, name, name_ar, place_type, part_of, latitude, longitude FROM places
""",
}
EXACT = ("exact", "near", "city")
# Degrees of longitude that a letter of a label takes; how far from an outline smaller than its
# label the label stands, so that it does not hide it.
LETTER, ASIDE = 0.1, (-1.25, 0.3)


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """Outlines shaded by number of rows, with the number and how many are placed closer."""
    import altair as alt

    features, elsewhere, total = shaded(answers)
    shapes = alt.Chart(alt.Data(values=features))
    fill = alt.Color(
        "properties.rows:Q",
        title="attacks recorded",
        scale=alt.Scale(
            type="sqrt",
            interpolate="rgb",
            domain=[0, max(f["properties"]["rows"] for f in features) or 1],
            range=[colours.back, colours.blue],
        ),
        legend=alt.Legend(orient="right", tickCount=4),
    )
    land = shapes.mark_geoshape(stroke=colours.faint, strokeWidth=0.8).encode(
        color=fill, tooltip=["properties.name:N", "properties.rows:Q", "properties.close:Q"]
    )
    names = alt.Chart(alt.Data(values=[label(f) for f in features]))
    labels = names.encode(longitude="longitude:Q", latitude="latitude:Q")
    lead = names.transform_filter("datum.aside").mark_rule(color=colours.ink).encode(
        longitude="from:Q", latitude="latitude:Q", longitude2="x:Q", latitude2="y:Q")  # fmt: skip
    halo = {"fontSize": 10.5, "align": "center", "baseline": "middle"}
    under = {"stroke": colours.back, "strokeWidth": 3.5, "strokeJoin": "round"}
    # Arabic is a mark of its own: lines of one mark are not set from right to left in an SVG.
    above, below = (alt.expr(f"datum.arabic ? {sign}13 : {sign}7") for sign in "-+")
    texts = [
        labels.mark_text(dy=dy, **halo, **look, **script).encode(text=f"{of}:N")
        for look in (under, {"color": colours.ink})
        for of, dy, script in (
            ("label", above, {}),
            ("arabic", 0, drawing.ARABIC),
            ("count", below, {}),
        )
    ]
    doubt = ("Only attacks told one by one are counted. In brackets: placed to a city or "
             f"closer. A place whose governorate is not told is put where its coordinates lie. "
             f"{elsewhere} of {total} are told of no governorate "
             "drawn. No number means none recorded, which is no zero. Outlines: Natural "
             "Earth (public domain), without Halabja.")  # fmt: skip
    counts = sorted(((f["properties"]["rows"], f["properties"]["name"]) for f in features),
                    reverse=True)  # fmt: skip
    most = ", ".join(f"{name} {n}" for n, name in counts if n)
    return alt.layer(land, lead, *texts).project(
        type="mercator").properties(
        width=620, height=620,
        title=drawing.title("Where the recorded attacks took place", doubt, 640),
        description=f"Map of Iraq's governorates with {total} attacks: {most}; "
        f"{elsewhere} of no governorate.",
    )  # fmt: skip


def shaded(answers: dict[str, list[dict]]) -> tuple[list[dict], int, int]:
    """The outlines with their counts, the attacks outside of all of them, and all attacks."""
    places = {p["place_id"]: p for p in answers["places"]}
    features = json.loads(OUTLINES.read_text("utf-8"))["features"]
    rings = {f["properties"]["place_id"]: f["geometry"]["coordinates"][0] for f in features}
    homes = [(governorate(r["place_id"], places, rings), r) for r in answers["attacks"]]
    for feature in features:
        told = feature["properties"]
        own = [r for home, r in homes if home == told["place_id"]]
        told["rows"] = len(own)
        told["close"] = sum(r["place_precision"] in EXACT for r in own)
        place = places.get(told["place_id"])
        told["name"] = place["name"].removesuffix(" Governorate") if place else told["outline"]
        told["name_ar"] = place and place["name_ar"]
        # The page opens this record; an outline of which the package knows nothing opens none.
        feature["ref"] = f"places/{told['place_id']}" if place else None
    return features, sum(home is None for home, _ in homes), len(homes)


def governorate(place: str | None, places: dict[str, dict], rings: dict[str, list]) -> str | None:
    """The outline in which a place lies, by what it is part of, else by its coordinates."""
    seen: list[str] = []
    while place and place not in seen:
        if place in rings:
            return place
        seen.append(place)
        place = places[place]["part_of"] if place in places else None
    for own in (places[p] for p in seen if p in places):
        if own["latitude"] is not None and own["place_type"] not in ("country", "region"):
            point = (float(own["longitude"]), float(own["latitude"]))
            return next((name for name, ring in rings.items() if inside(point, ring)), None)
    return None


def inside(point: tuple[float, float], ring: list) -> bool:
    """Whether a point lies in a ring: a ray from it crosses the ring an odd number of times."""
    x, y = point
    return sum(
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise(ring)
    ) % 2 == 1  # fmt: skip


def label(feature: dict) -> dict:
    """A label at the middle of an outline, or beside one that it would hide, with a line to it."""
    told = feature["properties"]
    x, y = centre(feature["geometry"]["coordinates"][0])
    across = [p[0] for p in feature["geometry"]["coordinates"][0]]
    wide = len(told["name"]) * LETTER
    aside = max(across) - min(across) < wide
    longitude, latitude = (x + ASIDE[0], y + ASIDE[1]) if aside else (x, y)
    return {
        "ref": feature["ref"], "longitude": longitude, "latitude": latitude, "x": x, "y": y,
        "aside": aside, "from": longitude + wide / 2 + LETTER, "label": told["name"],
        "arabic": told["name_ar"] or "",
        "count": f"{told['rows']} ({told['close']})" if told["rows"] else "",
    }  # fmt: skip


def centre(ring: list) -> tuple[float, float]:
    """The middle of an outline's area."""
    pairs = list(pairwise(ring))
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    area = sum(crosses) * 3
    weighed = list(zip(pairs, crosses, strict=True))
    return (sum((a[0] + b[0]) * c for (a, b), c in weighed) / area,
            sum((a[1] + b[1]) * c for (a, b), c in weighed) / area)  # fmt: skip

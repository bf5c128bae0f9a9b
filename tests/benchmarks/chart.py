"""The chart of the benchmarks: rows against seconds, both in powers of ten, as SVG."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.contenders import NAMED
from tests.benchmarks.tables import sizes, taken


@dataclass(frozen=True)
class Style:
    """How a contender is drawn; the colours are told apart by all, on white and on black."""

    colour: str
    dash: tuple[int, ...]
    shape: str


BLUE, RED, GREEN, PINK, GREY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#808080"
STYLES = {
    "frictionless": Style(RED, (), "square"),
    "hudna-spark-2": Style(BLUE, (2, 3), "cross"),
    "pandera": Style(PINK, (), "triangle-up"),
    "hudna": Style(BLUE, (), "circle"),
    "hudna-keys": Style(BLUE, (8, 4), "triangle-right"),
    "hudna-parquet": Style(BLUE, (8, 3, 2, 3), "diamond"),
    "dataframely": Style(GREEN, (), "triangle-down"),
    "duckdb-touch": Style(GREY, (), "triangle-left"),
}
WIDTH, HEIGHT, GAP = 560, 420, 15
# The page's own colours, so that the chart can be read wherever it is shown.
SHEET = """<style>
.sheet { fill: #ffffff; }
text { fill: #24292f; } .mark-rule line { stroke: #d0d7de; }
@media (prefers-color-scheme: dark) {
.sheet { fill: #0d1117; } text { fill: #e6edf3; } .mark-rule line { stroke: #30363d; }
}
</style><rect class="sheet" width="100%" height="100%" rx="6"/>"""


def points(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Every point of the chart."""
    out = []
    for name in STYLES:
        for rows in sizes(results):
            if found := taken(results, rows, name):
                point = {"name": name, "rows": int(rows), "seconds": found.seconds}
                out.append(point | {"guessed": found.guessed})
    return out


def labels(told: list[dict[str, Any]], low: float, high: float) -> list[dict[str, Any]]:
    """The names of the lines beside their last points, moved apart where they would meet."""
    last = {p["name"]: p for p in sorted(told, key=lambda p: p["rows"])}
    ends = sorted(last.values(), key=lambda p: p["seconds"])
    scale = HEIGHT / (math.log10(high) - math.log10(low))
    at = apart([math.log10(p["seconds"]) * scale for p in ends], GAP)
    return [
        {
            "rows": p["rows"],
            "seconds": 10 ** (height / scale),
            "text": NAMED[p["name"]].label + (" (extrapolated)" if p["guessed"] else ""),
            "name": p["name"],
        }
        for p, height in zip(ends, at, strict=True)
    ]


def apart(heights: list[float], gap: float) -> list[float]:
    """Heights in their order, moved as little as keeps a gap between them."""
    blocks: list[list[float]] = []
    for height in heights:
        blocks.append([height])
        while len(blocks) > 1 and start(blocks[-1], gap) < end(blocks[-2], gap) + gap:
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [start(block, gap) + gap * i for block in blocks for i in range(len(block))]


def start(block: list[float], gap: float) -> float:
    """Where a block of heights begins that stands around their mean."""
    return sum(block) / len(block) - gap * (len(block) - 1) / 2


def end(block: list[float], gap: float) -> float:
    """Where a block of heights ends."""
    return start(block, gap) + gap * (len(block) - 1)


def svg(results: dict[str, Any]) -> str:
    """The chart as SVG."""
    import altair as alt
    import vl_convert

    told = points(results)
    low = 10 ** math.floor(math.log10(min(p["seconds"] for p in told)))
    high = 10 ** math.ceil(math.log10(max(p["seconds"] for p in told)))
    ticks = [10**n for n in range(round(math.log10(low)), round(math.log10(high)) + 1)]
    rows = [int(r) for r in sizes(results)]
    x = alt.X("rows:Q", title="records").scale(
        type="log", domain=[min(rows) / 1.2, max(rows) * 1.1]
    )
    y = alt.Y("seconds:Q", title="seconds").scale(type="log", domain=[low, high])
    x = x.axis(values=rows, format=",", grid=False)
    y = y.axis(values=ticks, format="~g", grid=True, gridOpacity=0.4)
    layers = []
    for name, style in STYLES.items():
        own = [p for p in told if p["name"] == name]
        sure = alt.Chart(alt.Data(values=[p for p in own if not p["guessed"]]))
        guess = alt.Chart(alt.Data(values=[p for p in own if p["guessed"]]))
        dash = list(style.dash) or [1, 0]
        marks = [
            alt.Chart(alt.Data(values=own)).mark_line(color=style.colour, strokeDash=[2, 6]),
            sure.mark_line(color=style.colour, strokeDash=dash, strokeWidth=2),
            sure.mark_point(color=style.colour, shape=style.shape, filled=True, size=70, opacity=1),
            guess.mark_point(color=style.colour, shape=style.shape, size=70, opacity=1),
        ]
        layers += [mark.encode(x=x, y=y) for mark in marks]
    for label in labels(told, low, high):
        style = STYLES[label["name"]]
        beside = alt.Chart(alt.Data(values=[label]))
        key = beside.mark_point(
            color=style.colour, shape=style.shape, filled=True, size=50, opacity=1, xOffset=18
        )
        text = beside.mark_text(align="left", dx=28, fontSize=12).encode(text="text:N")
        layers += [mark.encode(x=x, y=y) for mark in (key, text)]
    drawn = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    drawn = drawn.configure(
        font="sans-serif", background="transparent", padding=16, view={"stroke": None}
    )
    return coloured(vl_convert.vegalite_to_svg(drawn.to_dict()))


def coloured(text: str) -> str:
    """The chart with its own colours for a light and a dark page, and a name for who hears it."""
    title = "<title>Seconds that each validator takes, by number of records</title>"
    return re.sub(r"(<svg[^>]*>)", rf"\1{title}{SHEET}", text, count=1) + "\n"

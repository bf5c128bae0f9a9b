"""Who condemned, endorsed or kept silent on which deed, as a matrix of speakers and deeds."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import Any

from hudna.outputs import drawing

VIEWS: dict[str, dict[str, str]] = {"who-condemned-what": {}}
TABLES = ("actors",)
QUERIES = {"names": "SELECT actor_id, name FROM actors"}
WORDS = ["condemned", "spoke against", "denied a part", "took no side", "spoke of it", "endorsed",
         "owned to it", "silent or unclear", "silent"]  # fmt: skip
SHAPES = ["square", "triangle-down", "diamond", "triangle-right", "stroke", "circle",
          "triangle-up", "cross", "cross"]  # fmt: skip
WEAK = {"possible", "unclear", "doubtful", "apparent"}
# Speakers and deeds beyond these are left out, and the picture says so.
SPEAKERS, DEEDS, WIDE = 60, 14, 104


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """A mark for each word, by its kind; hollow where it is implicit, with its place in time."""
    import altair as alt

    cells, speakers, deeds, left_out = told(answers)
    there = [w for w in WORDS if any(c["word"] == w for c in cells)]
    hues = [colours.red, colours.orange, colours.purple, colours.faint, colours.faint, colours.blue,
            colours.sky, colours.faint, colours.faint]  # fmt: skip
    hue = alt.Scale(domain=there, range=[hues[WORDS.index(w)] for w in there])
    form = alt.Scale(domain=there, range=[SHAPES[WORDS.index(w)] for w in there])
    top = alt.Legend(orient="top", columns=5, symbolOpacity=1)
    high = max(d.count("\n") for d in deeds) * 13 + 6
    base = alt.Chart(alt.Data(values=cells)).encode(
        x=alt.X("deed:N", title=None, sort=deeds, scale=alt.Scale(domain=deeds), axis=alt.Axis(
            orient="top", labelAngle=0, labelLimit=0, 
            labelExpr="isValid(datum.value) ? split(datum.value, '\\n') : ''",
            labelFontSize=10, labelLineHeight=13, labelPadding=high, tickBand="extent",
            labelBaseline="bottom", grid=True, domain=False, ticks=False)),
        y=alt.Y("speaker:N", title=None, sort=speakers, scale=alt.Scale(domain=speakers),
                axis=alt.Axis(labelLimit=0, grid=True, domain=False, ticks=False)),
        xOffset=alt.XOffset("nth:N"),
        tooltip=["who:N", "word:N", "how:N", "dated:N", "basis:N", "place:N"],
    )  # fmt: skip
    shape = alt.Shape("word:N", title=None, legend=top, scale=form)
    strong = alt.Opacity("sure:N", legend=None, scale=alt.Scale(domain=[True, False],
                                                                range=[1, 0.55]))  # fmt: skip
    full = base.transform_filter("datum.how != 'implicit'").mark_point(size=80, filled=True).encode(
        shape=shape, opacity=strong, color=alt.Color("word:N", title=None, legend=top, scale=hue),
    )  # fmt: skip
    hollow = base.transform_filter("datum.how == 'implicit'").mark_point(
        size=80, filled=False, strokeWidth=1.8).encode(
        shape=shape, opacity=strong, color=alt.Color("word:N", title=None, legend=top, scale=hue),
    )  # fmt: skip
    order = base.mark_text(align="left", dx=8, fontSize=9, color=colours.faint).encode(
        text="place:N")  # fmt: skip
    doubt = ("Full: said openly. Hollow: implicit, or by a speaker who is not open. Lighter: "
             "hedged or not stated by the speaker. Number: place among the words on the deed; a "
             "range or “?” where dates leave it open. An empty field is no silence: "
             "nothing is known." + left_out)  # fmt: skip
    count = Counter(c["word"] for c in cells)
    return alt.layer(full, hollow, order).properties(
        width=WIDE * len(deeds), height=alt.Step(19),
        title=drawing.title("Who condemned, endorsed or kept silent on which deed", doubt),
        description=f"Matrix of {len(speakers)} speakers and {len(deeds)} deeds with {len(cells)} "
        f"words: {', '.join(f'{count[w]} {w}' for w in there)}.{left_out}",
    )  # fmt: skip


def told(answers: dict[str, list[dict]]) -> tuple[list[dict], list[str], list[str], str]:
    """The cells, speakers and deeds of the matrix, and what is left out of it."""
    rows = answers["who-condemned-what"]
    names = {r["actor_id"]: r["name"] for r in answers["names"]}
    words = Counter(speaker(r, names) for r in rows)
    lines = sorted(words, key=lambda s: (-words[s], s))[:SPEAKERS]
    spoken = Counter(r["incident_id"] for r in rows)
    most = set(sorted(spoken, key=lambda d: (-spoken[d], d))[:DEEDS])
    shown = [r for r in rows if r["incident_id"] in most and speaker(r, names) in lines]
    titles = {r["incident_id"]: column(r) for r in shown}
    nth: Counter = Counter()
    cells = [cell(r, speaker(r, names), titles[r["incident_id"]], nth) for r in shown]
    gone = len(rows) - len(shown)
    kept = [s for s in lines if any(c["speaker"] == s for c in cells)]
    return cells, kept, list(titles.values()), f" {gone} words are left out." * (gone > 0)


def speaker(row: dict, names: dict[str, str]) -> str:
    """Who spoke, and for whom."""
    own = names.get(row["speaker_id"], row["speaker_id"]) or "not said"
    body = names.get(row["on_behalf_of"], row["on_behalf_of"])
    return drawing.short(own + (f" (for {body})" if body else ""), 52)


def column(row: dict) -> str:
    """The head of a deed's column: its days and its title in short lines."""
    days = [d.isoformat() for d in dict.fromkeys([row["deed_earliest"], row["deed_latest"]]) if d]
    wave = ["(a wave)"] if row["extent"] == "aggregate" else []
    title = textwrap.wrap(drawing.short(row["deed"], 62), 17)
    return "\n".join([*[f"{'to ' * (n > 0)}{d}" for n, d in enumerate(days)], *wave, *title])


def cell(row: dict, who: str, deed: str, nth: Counter) -> dict:
    """The mark of one word."""
    nth[who, deed] += 1
    days = [d.isoformat() for d in dict.fromkeys([row["earliest"], row["latest"]]) if d]
    place = row["place"] or ""
    place = place.replace("not orderable", "?").replace(" to ", "-")
    return {
        "ref": next(w for w in row["why"].split() if w.startswith("statements/")),
        "why": row["why"], "who": who, "speaker": who, "deed": deed, "word": row["word"],
        "how": row["how"] or "not said", "basis": row["basis"], "place": place,
        "dated": " to ".join(days), "nth": nth[who, deed],
        "sure": row["basis"] in ("stated", "implied") and row["certainty"] not in WEAK,
    }  # fmt: skip

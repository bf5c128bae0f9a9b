"""What happened and what was said, each as long as the stretch in which it may lie."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hudna.outputs import drawing

VIEWS: dict[str, dict[str, str]] = {"timeline": {}}
USUAL = {"from": "2020-08-01", "to": "2020-12-31"}
TABLES = ("incidents",)
QUERIES = {
    "extents": "SELECT incident_id, incident_type, extent, events_low, events_high FROM incidents"
}
ATTACKS = {"attack", "indirect-fire", "ied", "guided-missile", "drone-attack", "suicide-attack",
           "shooting", "airstrike", "targeted-killing", "armed-clash"}  # fmt: skip
GAP = 2


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """A bar for each stretch, a mark for each day, stacked so that none hides another."""
    import altair as alt

    rows, first, last = marks(answers)
    data = alt.Data(values=rows)
    tall = max((r["row"] for r in rows), default=1) + 1
    hues = alt.Scale(domain=GROUPS, range=[colours.red, colours.orange, colours.blue])
    x = alt.X("start:T", title=None, axis=alt.Axis(format="%-d %b %Y", labelOverlap=True),
              scale=alt.Scale(domain=[first, last]))  # fmt: skip
    base = alt.Chart(data).encode(
        y=alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-1, tall], reverse=True)),
        color=alt.Color("group:N", title=None, legend=alt.Legend(orient="top"), scale=hues),
        tooltip=["dated:N", "what:N", "who:N", "counts:N"],
    )  # fmt: skip
    long = base.transform_filter("datum.shape == 'stretch'").mark_rule(strokeWidth=3, opacity=0.75)
    several = base.transform_filter("datum.shape == 'several'").mark_bar(
        height=7, fillOpacity=0.15, strokeWidth=1.4, strokeDash=[3, 2]
    )
    several = several.encode(x=x, x2="end:T", stroke=alt.Stroke("group:N", legend=None, scale=hues))
    points = base.transform_filter("datum.shape == 'day'").mark_point(filled=True, size=38)
    points = points.encode(x=x, shape=alt.Shape("group:N", legend=None, scale=alt.Scale(
        domain=GROUPS, range=["triangle-up", "square", "circle"])))  # fmt: skip
    lanes = [{"group": g, "row": min(r["row"] for r in rows if r["group"] == g) - 0.6}
             for g in GROUPS if any(r["group"] == g for r in rows)]  # fmt: skip
    names = alt.Chart(alt.Data(values=lanes)).mark_text(
        align="right", dx=-8, baseline="top", color=colours.faint).encode(
        x=alt.value(0), y="row:Q", text="group:N")  # fmt: skip
    doubt = ("A mark is one day; a line is the whole stretch in which a thing may lie or "
             "went on; a dashed box stands for several events told together. Open ends "
             "reach the edge. Within a group, height carries no meaning. On the page each mark "
             "opens its record.")  # fmt: skip
    return alt.layer(several, long.encode(x=x, x2="end:T"), points, names).properties(
        width=900, height=tall * 8 + 20, description=told(rows, first, last),
        title=drawing.title("What happened and what was said, as exactly as the sources date it",
                            doubt),
    )  # fmt: skip


def told(rows: list[dict], first: str, last: str) -> str:
    """The alternative text."""
    count = {s: sum(r["shape"] == s for r in rows) for s in ("day", "stretch", "several")}
    return (f"Timeline from {first} to {last}: {len(rows)} records, {count['day']} dated to a day, "
            f"{count['stretch']} to a stretch, {count['several']} for several events.")  # fmt: skip


def marks(answers: dict[str, list[dict]]) -> tuple[list[dict], str, str]:
    """One mark for each row of the view, and the first and last day drawn."""
    extents = {r["incident_id"]: r for r in answers["extents"]}
    shown = answers["timeline"]
    days = [d for r in shown if r["date_precision"] == "day" for d in (r["earliest"], r["latest"])]
    days = days or [d for r in shown for d in (r["earliest"], r["latest"]) if d] or [dt.date.min]
    first, last = min(days), max(days) + dt.timedelta(days=1)
    rows = [mark(r, extents.get(r["id"]), first, last) for r in shown]
    rows.sort(key=lambda r: (GROUPS.index(r["group"]), r["start"], r["end"], r["ref"]))
    stack(rows)
    return rows, first.isoformat(), last.isoformat()


GROUPS = ["attack", "other event", "word"]


def mark(row: dict, extent: dict | None, first: dt.date, last: dt.date) -> dict:
    """The mark of one row; what is open reaches to the edge of the picture."""
    table = "incidents" if row["kind"] == "incident" else "statements"
    begun = min(max(row["earliest"] or first, first), last)
    done = max(min((row["latest"] or last), last), begun)
    many = extent and extent["extent"] in ("aggregate", "container")
    one_day = row["date_precision"] == "day" and not many
    group = "word" if table == "statements" else "other event"
    counts = ""
    if many:
        low, high = extent["events_low"], extent["events_high"]
        counts = f"{low or '?'} to {high or '?'} events"
    return {
        "ref": f"{table}/{row['id']}", "start": begun.isoformat(), "end": done.isoformat(),
        "group": "attack" if row["type"] in ATTACKS else group, "counts": counts,
        "shape": "day" if one_day else "several" if many else "stretch",
        "dated": row["dated"], "what": row["what"], "who": row["who"] or "",
    }  # fmt: skip


def stack(rows: list[dict]) -> None:
    """Give each mark the first row in which it touches no other of its group."""
    base = 0
    for group in GROUPS:
        ends: list[dt.date] = []
        for row in (r for r in rows if r["group"] == group):
            start = dt.date.fromisoformat(row["start"])
            free = next((n for n, end in enumerate(ends) if end < start), len(ends))
            ends[free : free + 1] = [dt.date.fromisoformat(row["end"]) + dt.timedelta(days=GAP)]
            row["row"] = base + free
        base += len(ends) + 1

"""Attacks by week: at least how many, at most where that is known, and how well it was searched."""

from __future__ import annotations

from typing import Any

from hudna.outputs import drawing

VIEWS: dict[str, dict[str, str]] = {
    "incident-counts": {"by": "week"},
    "coverage": {"by": "week"},
    "ceasefire-status": {},
}
LOOKED = {"searched": 1, "in part": 0.55, "not searched": 0.15}  # and how high the strip is


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """Bars for what is certain, a thin line up to what may be, a strip for coverage below."""
    import altair as alt

    weeks, looked, truces = counted(answers), covered(answers), declared(answers)
    top = max([w["highest"] or w["lowest"] for w in weeks], default=1) + 2
    ends = [d for w in [*weeks, *looked] for d in (w["start"], w["end"])]
    time = alt.Scale(domain=[min(ends), max(ends)])
    x = alt.X("start:T", title=None, scale=time, axis=alt.Axis(format="%b %Y", labelOverlap=True))
    y = alt.Y("lowest:Q", title="attacks a week", scale=alt.Scale(domain=[0, top]))
    x_bare = alt.X("start:T", axis=None, scale=time)
    base = alt.Chart(alt.Data(values=weeks)).encode(x=x, x2="end:T")
    tip = ["start:T", "lowest:Q", "most:N", "rows:Q", "searched:N"]
    sure = base.mark_bar(color=colours.blue, stroke=colours.back).encode(
        y=y, y2=alt.datum(0), tooltip=tip)  # fmt: skip
    middle = alt.Chart(alt.Data(values=weeks)).encode(x=alt.X("middle:T", scale=time))
    may = (
        middle.transform_filter("datum.highest > datum.lowest")
        .mark_rule(color=colours.ink, strokeWidth=1.5)
        .encode(y="lowest:Q", y2="highest:Q")
    )
    unbound = middle.transform_filter("datum.highest == null").mark_point(
        shape="triangle-up", filled=True, color=colours.faint, size=22, yOffset=-6, opacity=1
    ).encode(y="lowest:Q", tooltip=tip)  # fmt: skip
    truce = alt.Chart(alt.Data(values=truces)).encode(x=alt.X("day:T", scale=time))
    line = truce.mark_rule(color=colours.red, strokeDash=[6, 3], strokeWidth=2)
    words = truce.mark_text(align="left", dx=6, color=colours.red, baseline="top").encode(
        y=alt.value(2), text="title:N")  # fmt: skip
    strip = alt.Chart(alt.Data(values=looked)).mark_bar(stroke=colours.back).encode(
        x=x_bare, x2="end:T", tooltip=["reading:N", "gaps:N"],
        # The same as the colour, for eyes and printers that see none.
        y=alt.Y("height:Q", title="searched", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(
            values=[], domain=False, titleAngle=0, titleAlign="right", titleBaseline="middle",
            titleX=-8, titleY=9, titleColor=colours.ink)),
        y2=alt.datum(0),
        color=alt.Color("looked:N", title="coverage", legend=alt.Legend(orient="bottom"),
                        scale=alt.Scale(domain=list(LOOKED),
                                        range=[colours.green, colours.orange, colours.faint])),
    )  # fmt: skip
    above = alt.layer(sure, may, unbound, line, words).properties(width=900, height=280)
    doubt = ("Bar: attacks that certainly fell into the week. Line: what it may have been. "
             "Small triangle: no upper bound, since reports of several attacks without a number "
             "reach into the week. A week without a bar is a zero only where the strip says "
             "that it was searched: the higher it is, the better.")  # fmt: skip
    return alt.vconcat(above, strip.properties(width=900, height=18), spacing=4).properties(
        title=drawing.title("Attacks by week, at least and at most", doubt),
        description=told(weeks, looked),
    )  # fmt: skip


def told(weeks: list[dict], looked: list[dict]) -> str:
    """The alternative text."""
    most = max(weeks, key=lambda w: w["lowest"], default={"lowest": 0, "start": "none"})
    part = sum(w["looked"] == "in part" for w in looked)
    return (f"Attacks by week: {len(weeks)} weeks with rows, at most {most['lowest']} certain "
            f"attacks in one week (from {most['start']}); {part} of {len(looked)} weeks are "
            "searched in part.")  # fmt: skip


def counted(answers: dict[str, list[dict]]) -> list[dict]:
    """The weeks of the widest type, whatever the target."""
    rows = [r for r in answers["incident-counts"] if r["window_start"]]
    kind = rows[0]["type"] if rows else ""
    return [
        {
            "ref": drawing.ref(r["why"], "incidents"), "why": r["why"],
            "start": r["window_start"].isoformat(), "end": after(r["window_end"]),
            "middle": (r["window_start"] + (r["window_end"] - r["window_start"]) / 2).isoformat(),
            "lowest": r["lowest"], "highest": r["highest"], "rows": r["incident_rows"],
            "most": "not known" if r["highest"] is None else str(r["highest"]),
            "searched": r["searched"] or "no word",
        }
        for r in rows if r["type"] == kind and r["target"] in ("*", rows[0]["target"])
    ]  # fmt: skip


def covered(answers: dict[str, list[dict]]) -> list[dict]:
    """How well each week was searched."""
    rows = answers["coverage"]
    kind = rows[0]["type"] if rows else ""
    return [
        {
            "ref": drawing.ref(r["why"], "coverage"), "start": r["window_start"].isoformat(),
            "end": after(r["window_end"]), "reading": r["reading"], "gaps": r["gaps"] or "",
            "looked": looked(r), "height": LOOKED[looked(r)],
        }
        for r in rows if r["type"] == kind
    ]  # fmt: skip


def looked(row: dict) -> str:
    """How well a window was searched, in a word."""
    if row["searched"] == row["days"]:
        return "searched"
    return "in part" if row["searched"] or row["partly"] else "not searched"


def declared(answers: dict[str, list[dict]]) -> list[dict]:
    """The day on which each ceasefire was declared."""
    rows = [r for r in answers["ceasefire-status"] if r["holder"] is None and r["dated"]]
    return [
        {"ref": f"ceasefires/{r['ceasefire_id']}", "day": r["dated"].rsplit(" ", 1)[1],
         "title": "ceasefire " + r["dated"]}
        for r in rows
    ]  # fmt: skip


def after(day: Any) -> str:
    """The day after, at which a drawn window ends."""
    import datetime as dt

    return (day + dt.timedelta(days=1)).isoformat()

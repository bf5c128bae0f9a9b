"""A ceasefire as a strip: who holds it to be in force, broken or over, and from when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hudna.outputs import drawing

VIEWS: dict[str, dict[str, str]] = {"ceasefire-status": {}}
TABLES = ("ceasefires", "ceasefire_statuses", "citations", "sources", "actors")
QUERIES = {
    "statuses": """
SELECT s.*, coalesce(a.name, t.publisher, 'not said') AS holder
FROM ceasefire_statuses AS s
LEFT JOIN actors AS a ON a.actor_id = s.asserted_by
LEFT JOIN (
  SELECT c.record_id, min(coalesce(p.name, c.source_id)) AS publisher
  FROM citations AS c
  JOIN sources AS o ON o.source_id = c.source_id
  LEFT JOIN actors AS p ON p.actor_id = o.publisher_id
  WHERE c."table" = 'ceasefire_statuses'
  GROUP BY c.record_id
) AS t ON t.record_id = s.status_id
ORDER BY s.status_id
"""
}
STATES = ["announced", "in-force", "violated", "suspended", "ended"]


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """A line for each holder's word; the open end of a stretch fades into an arrow."""
    import altair as alt

    rows, first, last = strips(answers)
    colour = alt.Color("status:N", title=None, legend=alt.Legend(orient="top"), scale=alt.Scale(
        domain=STATES, range=[colours.sky, colours.green, colours.orange, colours.purple,
                              colours.red]))  # fmt: skip
    order = list(dict.fromkeys(r["line"] for r in rows))
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("start:T", title=None, scale=alt.Scale(domain=[first, last]),
                axis=alt.Axis(format="%b %Y", labelOverlap=True)),
        y=alt.Y("line:N", title=None, sort=order, axis=alt.Axis(labelLimit=460, grid=True)),
        color=colour, tooltip=["holder:N", "status:N", "dated:N", "basis:N", "note:N"],
    )  # fmt: skip
    through = base.transform_filter("datum.form == 'throughout'").mark_bar(height=8)
    within = base.transform_filter("datum.form == 'some time in'").mark_rule(
        strokeWidth=2, strokeDash=[4, 3])  # fmt: skip
    onwards = base.transform_filter("datum.form == 'from then on'").mark_rule(strokeWidth=2)
    arrow = base.transform_filter("datum.form == 'from then on'").mark_point(
        shape="triangle-right", filled=True, size=60, opacity=1).encode(x="end:T")  # fmt: skip
    shapes = alt.Shape(
        "status:N",
        legend=None,
        scale=alt.Scale(
            domain=STATES, range=["diamond", "circle", "cross", "square", "triangle-down"]
        ),
    )
    begun = base.transform_filter("datum.form != 'throughout'").mark_point(
        filled=True, size=60, opacity=1).encode(x="at:T", shape=shapes)  # fmt: skip
    doubt = ("Solid bar: held to be so over the whole stretch. Dashed: at some time in it. Arrow: "
             "from then on, no end told. Single mark: of that day. Holders disagree on whether and "
             "when it ended; none is taken to be right. (claimed, accused, assessed: whose word "
             "it is.)")  # fmt: skip
    ended = sum(r["status"] == "ended" for r in rows)
    return alt.layer(through.encode(x2="end:T"), within.encode(x2="end:T"),
                     onwards.encode(x2="end:T"), arrow, begun).properties(
        width=640, height=alt.Step(20),
        title=drawing.title("The ceasefire: in force, broken or over, according to whom", doubt),
        description=f"Strip of {len(rows)} statements on the state of ceasefires from {first} to "
        f"{last}, a line for each holder; {ended} of them say that it is over, on different days.",
    )  # fmt: skip


def strips(answers: dict[str, list[dict]]) -> tuple[list[dict], str, str]:
    """One strip for each status, by its state and day, and the first and last day drawn."""
    told = [s for s in answers["statuses"] if s["date_start"] or s["date_end"]]
    asked = {r["ceasefire_id"] for r in answers["ceasefire-status"]}
    told = [s for s in told if s["ceasefire_id"] in asked]
    days = [d for s in told for d in (s["date_start"], s["date_end"]) if d] or [dt.date.min]
    first, last = min(days), max(days) + dt.timedelta(days=30)
    told.sort(key=lambda s: (STATES.index(s["status"]) if s["status"] in STATES else 9,
                             s["date_start"] or s["date_end"], s["status_id"]))  # fmt: skip
    return [strip(s, first, last) for s in told], first.isoformat(), last.isoformat()


def strip(row: dict, first: dt.date, last: dt.date) -> dict:
    """The strip of one status."""
    start, end, kind = row["date_start"], row["date_end"], row["date_precision"]
    form = {"throughout": "throughout", "since": "from then on", "after": "from then on",
            "day": "day"}.get(kind, "some time in")  # fmt: skip
    dated = " to ".join(d.isoformat() for d in dict.fromkeys([start, end]) if d)
    return {
        "ref": f"ceasefire_statuses/{row['status_id']}", "status": row["status"], "form": form,
        "holder": row["holder"], "basis": row["basis"], "note": row["note"] or "",
        "dated": f"{kind}: {dated}",
        "line": " · ".join([drawing.short(row["holder"] or "not said", 34), row["status"],
                            row["basis"], drawing.day(start) or f"by {end}"]),
        "at": (start or end).isoformat(),
        "start": (start or first).isoformat(), "end": (end or last).isoformat(),
    }  # fmt: skip

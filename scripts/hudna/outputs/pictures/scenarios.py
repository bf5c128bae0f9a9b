"""Forecasts as a graph from condition to outcome, with what became of each."""

from __future__ import annotations

import textwrap
from typing import Any

from hudna.outputs import drawing

VIEWS: dict[str, dict[str, str]] = {"scenarios": {}}
WIDE, TALL, ACROSS, DOWN = 230, 46, 300, 60
STATES = ["occurred", "taken-as-met", "partly", "not-occurred", "not-all", "condition-not-met",
          "open", "not said"]  # fmt: skip


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """A box for each condition and outcome, an arrow for each forecast that joins two."""
    import altair as alt

    boxes, arrows = graph(answers["scenarios"])
    width = max(b["x2"] for b in boxes) + 10
    height = max(b["y2"] for b in boxes) + 10
    across = alt.Scale(domain=[0, width], nice=False)
    down = alt.Scale(domain=[0, height], reverse=True, nice=False)
    lines = alt.Chart(alt.Data(values=arrows)).mark_rule(strokeWidth=1.4, color=colours.faint)
    lines = lines.encode(
        x=alt.X("x:Q", axis=None, scale=across), x2="x2:Q", y=alt.Y("y:Q", axis=None, scale=down),
        y2="y2:Q", tooltip=["forecast:N", "certainty:N"],
        strokeDash=alt.StrokeDash("firm:N", title="the speaker holds it", legend=alt.Legend(
            orient="bottom", symbolSize=900), scale=alt.Scale(domain=["certain, likely or unmarked",
                                                      "possible or unclear"],
                                              range=[[1, 0], [5, 4]])),
    )  # fmt: skip
    heads = alt.Chart(alt.Data(values=arrows)).mark_point(
        shape="triangle-right", filled=True, size=50, color=colours.faint, xOffset=-3, opacity=1
    ).encode(x=alt.X("x2:Q", axis=None, scale=across),
             y=alt.Y("y2:Q", axis=None, scale=down))  # fmt: skip
    base = alt.Chart(alt.Data(values=boxes)).encode(
        x=alt.X("x:Q", axis=None, scale=across), y=alt.Y("y:Q", axis=None, scale=down),
        tooltip=["node:N", "state:N", "note:N"],
    )  # fmt: skip
    hues = [colours.green, colours.green, colours.orange, colours.red, colours.red,
            colours.purple, colours.sky, colours.faint]  # fmt: skip
    rect = base.mark_rect(fill=colours.back, strokeWidth=2, cornerRadius=4).encode(
        x2="x2:Q", y2="y2:Q", stroke=alt.Stroke(
            "state:N", legend=None, scale=alt.Scale(domain=STATES, range=hues)),
    )  # fmt: skip
    text = {"align": "left", "baseline": "top", "dx": 8, "lineBreak": "\n"}
    words = base.mark_text(dy=5, **text).encode(text="label:N")
    state = base.mark_text(dy=33, fontSize=10, fontStyle="italic", color=colours.faint, **text)
    doubt = (
        "Left the condition, right what is forecast to follow; a chain goes on to the right. "
        "Below each: what became of it by the last day known. A condition-not-met says "
        "neither right nor wrong of the forecast. Taken-as-met is inferred from it."
    )
    told = ", ".join(f"{n} {s}" for s in STATES if (n := sum(b["state"] == s for b in boxes)))
    return alt.layer(lines, heads, rect, words, state.encode(text="told:N")).properties(
        width=width, height=height, title=drawing.title("What was forecast, and what came", doubt),
        description=f"Graph of {len(boxes)} conditions and outcomes of forecasts: {told}.",
    )  # fmt: skip


def graph(rows: list[dict]) -> tuple[list[dict], list[dict]]:
    """The boxes and the arrows between them; a node of several forecasts is one box."""
    boxes: dict[tuple, dict] = {}
    arrows, lane = [], 0
    for forecast in chained(rows):
        own = [r for r in rows if r["forecast"] == forecast]
        given = [place(boxes, r, r["step"] - 1, lane) for r in own if r["side"] in CONDITIONS]
        start = given[0]["lane"] if given else lane
        then = [place(boxes, r, r["step"], start) for r in own if r["side"] not in CONDITIONS]
        arrows += [arrow(a, b, own[0]) for a in given for b in then]
        lane = max([lane, *(b["lane"] + 1 for b in [*given, *then])])
    return list(boxes.values()), arrows


CONDITIONS = ("if", "only if")


def chained(rows: list[dict]) -> list[str]:
    """The forecasts, each followed by those that it leads to."""
    leads = {r["forecast"]: (r["leads_to"] or "").split() for r in rows if r["leads_to"]}
    found: list[str] = []

    def follow(forecast: str) -> None:
        if forecast not in found:
            found.append(forecast)
            for after in leads.get(forecast, []):
                follow(after.strip(",;"))

    shared = sorted(rows, key=lambda r: (r["step"], not leads.get(r["forecast"]), r["forecast"]))
    for row in shared:
        follow(row["forecast"])
    return [f for f in found if any(r["forecast"] == f for r in rows)]


def place(boxes: dict[tuple, dict], row: dict, column: int, lane: int) -> dict:
    """The box of a node: the one that stands already, else one in the next free lane."""
    key = (row["target_table"], row["target_id"], row["node"].startswith("not:"))
    state = row["state"] or "not said"
    if key in boxes:
        if state != boxes[key]["state"]:
            boxes[key]["told"] += f" · as {row['side']}: {state}"
        return boxes[key]
    while any(b["column"] == column and b["lane"] == lane for b in boxes.values()):
        lane += 1
    side = "" if row["side"] in ("if", "then") else f"{row['side']}: "
    either = f" ({row['together']} of these)" if row["together"] else ""
    boxes[key] = {
        "ref": f"{row['target_table']}/{row['target_id']}", "node": row["node"], "state": state,
        "note": row["note"] or "", "column": column, "lane": lane,
        "label": textwrap.fill(drawing.short(side + row["node"], 68), 36), "told": state + either,
        "x": column * ACROSS + 5, "x2": column * ACROSS + 5 + WIDE,
        "y": lane * DOWN + 5, "y2": lane * DOWN + 5 + TALL,
    }  # fmt: skip
    return boxes[key]


def arrow(a: dict, b: dict, row: dict) -> dict:
    """The arrow from a condition to an outcome."""
    weak = row["certainty"] in ("possible", "unclear", "doubtful", "apparent")
    return {
        "ref": f"statements/{row['forecast']}", "forecast": row["forecast"],
        "certainty": row["certainty"],
        "firm": "possible or unclear" if weak else "certain, likely or unmarked",
        "x": a["x2"], "y": a["y"] + TALL / 2, "x2": b["x"], "y2": b["y"] + TALL / 2,
    }  # fmt: skip

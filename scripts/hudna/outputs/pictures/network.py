"""Who stands for and who against whom, as a network; what is doubtful is drawn lighter."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import combinations
from typing import Any

from hudna.outputs import drawing

VIEWS: dict[str, dict[str, str]] = {"signed-edges": {}}
TABLES = ("actors", "actor_names")
QUERIES = {
    "arabic": """
SELECT actor_id, min(name) AS name FROM actor_names
WHERE language = 'ar' AND name_type = 'name' GROUP BY actor_id
"""
}
SIGNS = {1: "for", -1: "against", 0: "both are told"}
# More names than this nobody reads; rounds of pushing apart; pixels across for each length of 1.
MOST, ROUNDS, SPREAD = 110, 3000, 900
SIZE, LINE, DOT, GAP, BETWEEN = 10, 12, 9, 5, 30
Place = tuple[float, float]


def draw(answers: dict[str, list[dict]], colours: drawing.Colours) -> Any:
    """A line for each pair, a dot and a name for each actor."""
    import altair as alt

    edges, actors, wide, tall, left_out = placed(answers)
    scales = {"x": alt.Scale(domain=[0, wide], nice=False),
              "y": alt.Scale(domain=[0, tall], nice=False, reverse=True)}  # fmt: skip
    at = {"x": alt.X("x:Q", axis=None, scale=scales["x"]),
          "y": alt.Y("y:Q", axis=None, scale=scales["y"])}  # fmt: skip
    drawn = alt.Legend(orient="top", symbolSize=900)  # long enough to show a dash
    told = [s for s in SIGNS.values() if any(e["sign"] == s for e in edges)]
    lines = alt.Chart(alt.Data(values=edges)).mark_rule().encode(
        **at, x2="x2:Q", y2="y2:Q", tooltip=["one:N", "other:N", "sign:N", "sure:N", "by:N"],
        color=alt.Color("sign:N", title=None, legend=drawn, scale=alt.Scale(
            domain=told,
            range=[dict(zip(SIGNS.values(), (colours.blue, colours.red, colours.purple),
                            strict=True))[s] for s in told])),
        strokeDash=alt.StrokeDash("sign:N", title=None, scale=alt.Scale(
            domain=told,
            range=[{"for": [1, 0], "against": [6, 3]}.get(s, [2, 2]) for s in told])),
        strokeWidth=alt.StrokeWidth("sure:N", title=None, legend=drawn,
            scale=alt.Scale(domain=["sure", "doubtful"], range=[2.2, 1.1])),
        opacity=alt.Opacity("sure:N", title=None, legend=drawn,
            scale=alt.Scale(domain=["sure", "doubtful"], range=[0.9, 0.5])),
    )  # fmt: skip
    named = alt.Chart(alt.Data(values=actors)).encode(**at)
    dots = named.mark_circle(size=46, color=colours.ink, opacity=1).encode(tooltip=["label:N"])
    words = {"fontSize": SIZE, "lineBreak": "\n", "lineHeight": LINE, "baseline": "top"}
    halo = {"stroke": colours.back, "strokeWidth": 3.5, "strokeJoin": "round"}
    texts = [
        named.mark_text(**words, **look, **script).encode(
            y=alt.Y(f"{of}_y:Q", axis=None, scale=scales["y"]), text=f"{of}:N"
        )
        for look in (halo, {"color": colours.ink})
        for of, script in (("label", {}), ("arabic", drawing.ARABIC))
    ]
    doubt = ("A line joins two actors of whom words, deeds or ties tell a sign: blue and solid "
             "for, orange and dashed against, dotted where both are told. Thin and light: only "
             "doubtful grounds (assessed, accused, inferred, hedged, or perhaps outside of the "
             "window). Nearness follows the lines and carries no other meaning."
             + left_out)  # fmt: skip
    count = Counter(e["sign"] for e in edges)
    sure = sum(e["sure"] == "sure" for e in edges)
    return alt.layer(lines, dots, *texts).properties(
        width=wide, height=tall, title=drawing.title("Who is for and who against whom", doubt),
        description=f"Network of {len(actors)} actors and {len(edges)} pairs: {count['for']} for, "
        f"{count['against']} against, {count['both are told']} with both signs; {sure} pairs "
        f"stand on sure grounds, {len(edges) - sure} on doubtful ones only.{left_out}",
    )  # fmt: skip


def placed(answers: dict[str, list[dict]]) -> tuple[list[dict], list[dict], int, int, str]:
    """Lines and names with their places, the size of the picture, and what is left out of it."""
    rows = answers["signed-edges"]
    degree = Counter(a for r in rows for a in (r["actor_id"], r["other_id"]))
    kept = set(sorted(degree, key=lambda a: (-degree[a], a))[:MOST])
    shown = [r for r in rows if {r["actor_id"], r["other_id"]} <= kept]
    names = {r[f"{side}_id"]: r[side] for r in shown for side in ("actor", "other")}
    arabic = {r["actor_id"]: r["name"] for r in answers["arabic"]}
    labels = {a: label(names[a], arabic.get(a)) for a in sorted(names)}
    points, wide, tall = laid(shown, labels)
    # Arabic is a mark of its own: lines of one mark are not set from right to left in an SVG.
    own = {a: labels[a].removesuffix("\n" + arabic.get(a, "")) for a in points}
    actors = [{"ref": f"actors/{a}", "label": own[a], "arabic": arabic.get(a, ""), "x": x, "y": y,
               "label_y": y + 6, "arabic_y": y + 6 + LINE * (own[a].count("\n") + 1),
               "half": half(labels[a]), "tall": height(labels[a])}
              for a, (x, y) in points.items()]  # fmt: skip
    lines = [line(r, points) for r in shown]
    gone = len(degree) - len(names)
    return lines, actors, wide, tall, f" {gone} actors with few pairs are left out." * (gone > 0)


def label(name: str, arabic: str | None) -> str:
    """A name in short lines, and below it the Arabic one, if there is one."""
    return "\n".join([*textwrap.wrap(drawing.short(name, 48), 18), *([arabic] if arabic else [])])


def half(text: str) -> float:
    """Half of the pixels that a label may be wide."""
    return max(len(line) for line in text.split("\n")) * SIZE * 0.29 + GAP


def height(text: str) -> float:
    """The pixels that a dot and its label take."""
    return DOT + LINE * (text.count("\n") + 1) + GAP


def laid(rows: list[dict], labels: dict[str, str]) -> tuple[dict[str, Place], int, int]:
    """Places of all actors, width and height: the largest part, below it the others in rows.

    A part is what paths join; between parts nothing is told, so none need be far from another.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(labels)
    for r in rows:
        graph.add_edge(r["actor_id"], r["other_id"], far=1.7 if r["sign"] < 0 else 1.0)
    parts = sorted(map(sorted, nx.connected_components(graph)), key=lambda p: (-len(p), p))
    out: dict[str, Place] = {}
    right = bottom = shelf = most = 0
    for part in parts:
        points = apart(spread(graph, part, (len(part) / len(parts[0])) ** 0.5), labels)
        wide, tall = fit(points, labels)
        if right + wide > most:  # the first part, or one that the row does not hold
            right, shelf, most = 0, bottom, max(most, wide)
        out |= {a: (x + right, y + shelf) for a, (x, y) in points.items()}
        right, bottom = right + wide + BETWEEN, max(bottom, shelf + tall + BETWEEN)
    return out, most, bottom - BETWEEN


def spread(graph: Any, part: list[str], share: float) -> dict[str, Place]:
    """Places by the method of Kamada and Kawai, in which a friend is nearer than a foe."""
    import networkx as nx

    own = nx.Graph()
    own.add_nodes_from(part)  # in their order, which the places follow
    own.add_edges_from((a, b, d) for a, b, d in graph.edges(part, data=True))
    found = nx.kamada_kawai_layout(own, pos=nx.circular_layout(own), weight="far",
                                   scale=SPREAD / 2 * share)  # fmt: skip
    return {a: (float(x) * 1.1, float(y) * 0.85) for a, (x, y) in found.items()}


def apart(points: dict[str, Place], labels: dict[str, str]) -> dict[str, Place]:
    """Push names apart until no two overlap, each pair along the way that is shorter."""
    at = {a: list(p) for a, p in points.items()}
    halves, talls = ({a: f(t) for a, t in labels.items()} for f in (half, height))
    for _ in range(ROUNDS):
        moved = False
        for a, b in combinations(at, 2):
            across = halves[a] + halves[b] - abs(at[a][0] - at[b][0])
            lower = at[a][1] > at[b][1]
            down = (talls[b] if lower else talls[a]) - abs(at[a][1] - at[b][1])
            if across <= 0 or down <= 0:
                continue
            moved, axis = True, 0 if across < down else 1
            step = (min(across, down) / 2 + 0.1) * (1 if at[a][axis] > at[b][axis] else -1)
            at[a][axis] += step
            at[b][axis] -= step
        if not moved:
            break
    return {a: (x, y) for a, (x, y) in at.items()}


def fit(points: dict, labels: dict[str, str]) -> tuple[int, int]:
    """Move all places so that every name is inside, and give width and height of the whole."""
    left = min(x - half(labels[a]) for a, (x, _) in points.items())
    top = min(y for _, y in points.values()) - DOT
    for a, (x, y) in points.items():
        points[a] = (round(x - left, 1), round(y - top, 1))
    wide = max(x + half(labels[a]) for a, (x, _) in points.items())
    return int(wide) + 1, int(max(y + height(labels[a]) for a, (_, y) in points.items())) + 1


def line(row: dict, points: dict) -> dict:
    """The line of one pair."""
    (x, y), (x2, y2) = points[row["actor_id"]], points[row["other_id"]]
    return {
        "ref": (row["why"] or "").split(" ")[0], "why": row["why"], "one": row["actor"],
        "other": row["other"], "sign": SIGNS[row["sign"]], "by": row["by_what"],
        "sure": "sure" if row["sure"] else "doubtful", "x": x, "y": y, "x2": x2, "y2": y2,
    }  # fmt: skip

"""A mapping file proposed for any table, from its headings and values, for a person to edit."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from hudna.form import package as packages
from hudna.ground.finding import CannotRun
from hudna.ground.folding import fold
from hudna.outputs.importing import coding, headings, staging
from hudna.outputs.importing.naming import WORD

SAMPLE, MOST = 2000, 60
# Words of other people's lists of kinds; the first that stands in one decides.
KINDS = {
    "suicide": "suicide-attack", "drone|uav|uas": "drone-attack",
    "rocket|raket|mortar|shell|artillery|indirect": "indirect-fire", "missile": "guided-missile",
    "air strike|airstrike|air attack|bombardment": "airstrike",
    "assassinat|targeted": "targeted-killing", "kidnap|abduct|hostage": "abduction",
    "ied|bomb|explos|mine|anschlag": "ied", "shoot|gun|sniper|small arms": "shooting",
    "clash|battle|combat|firefight|gefecht": "armed-clash", "arson|burn": "arson",
    "arrest|detention": "arrest", "raid": "raid", "riot": "protest-clash",
    "protest|demo": "protest", "ceasefire|truce": "", "attack|assault|angriff": "attack",
}  # fmt: skip


def propose(path: Path) -> str:
    """The text of a mapping file for a table."""
    if not path.is_file():
        raise CannotRun(f"{path} does not exist; expected a file")
    head = staging.header(path, {})
    columns = sample(path, head)
    parts: dict[str, list[str]] = {}
    for name, values in columns.items():
        parts.setdefault(headings.part(name, values), []).append(name)
    return "\n".join(lines(path, columns, parts)) + "\n"


def sample(path: Path, head: staging.Header) -> dict[str, list[str]]:
    """The values of the first rows by column, without empty ones."""
    out: dict[str, list[str]] = {c: [] for c in head.columns}
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for _ in range(head.lines):
            next(file)
        rows = csv.reader(file, delimiter=head.delimiter)
        for _, row in zip(range(SAMPLE), rows, strict=False):
            for name, value in zip(head.columns, row, strict=False):
                if value.strip():
                    out[name].append(value.strip())
    return out


def lines(path: Path, columns: dict[str, list[str]], parts: dict[str, list[str]]) -> list[str]:
    """The lines of the mapping."""
    name = "-".join(WORD.findall(fold(path.stem))) or "mine"
    out = [
        "# Proposed from the headings and the first rows: look at each line before you import.",
        f"name: {name}  # the beginning of every id",
        f"title: {y(path.stem)}",
        "tried: by its owner",
        "source:",
        f"  title: {y(path.stem)}  # what the table is called",
        "  publisher: me  # who made it",
        "  # url: https://...  where others find it",
        "  licence: not said",
        *key(columns, parts),
        *kind(columns, parts),
        *when(columns, parts),
        *where(parts),
        *incidents(columns, parts),
    ]
    told = {c for several in parts.values() for c in several} - set(parts.get("", ()))
    if rest := [c for c in columns if c not in told]:
        out.append(f"# Not used: {', '.join(rest)}")
    return out


def y(value: Any) -> str:
    """A value as YAML on one line."""
    return json.dumps(value, ensure_ascii=False)


def key(columns: dict[str, list[str]], parts: dict[str, list[str]]) -> list[str]:
    """The column whose values differ in every row."""
    most = max(map(len, columns.values()), default=0)
    unique = [c for c, v in columns.items() if v and len(v) == most == len(set(v))]
    named = [c for c in parts.get("key", ()) if c in unique]
    if chosen := (named or unique)[:1]:
        return [f"key: {y(chosen[0])}"]
    first = next(iter(columns))
    return [f"key: {y(first)}  # no column differs in every row: several may be named in a list"]


def kind(columns: dict[str, list[str]], parts: dict[str, list[str]]) -> list[str]:
    """The kinds of the table, each with one of ours where its words tell."""
    several = parts.get("kind")
    if not several:
        return ["kind: {is: attack}  # no column tells the kind; all rows become attacks"]
    home, _ = packages.read(packages.home())
    known = {r["label"]: r["code"] for r in coding.table(home, "incident_types")}
    counted = Counter(columns[several[0]])
    out = ["kind:", f"  column: {y(several[0])}", "  codes:  # theirs: ours; null refuses the row"]
    out += [f"    {y(v)}: {fitting(v, known) or 'null'}  # {n} rows"
            for v, n in counted.most_common(MOST)]  # fmt: skip
    if len(counted) > MOST:
        out.append(f"    # {len(counted) - MOST} more kinds stand in the first rows")
    return [*out, f"  # ours: {', '.join(sorted(known.values()))}"]


def fitting(value: str, known: dict[str, str]) -> str:
    """Our kind for one of theirs, by its words; "" where they tell nothing."""
    from rapidfuzz import fuzz, process

    plain = fold(value)
    if found := process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=90):
        return known[found[0]]
    for several, code in KINDS.items():
        if any(w in plain for w in several.split("|")):
            return code
    return ""


def when(columns: dict[str, list[str]], parts: dict[str, list[str]]) -> list[str]:
    """The date: a day, two bounds, or year, month and day."""
    days = parts.get("day", [])
    if "year" in parts:
        month = parts.get("month", [None])[0]
        day = next((d for d in days if not headings.formats(columns[d], 0.6)), None)
        told = {"year": parts["year"][0], "month": month, "day_of_month": day}
        return ["when:", *(f"  {k}: {y(v)}" for k, v in told.items() if v)]
    days = [d for d in days if headings.formats(columns[d], 0.6)]
    if not days:
        return ["# when: no column with dates was found"]
    first = next((d for d in days if set(headings.words(d)) & headings.START), days[0])
    last = next((d for d in days if set(headings.words(d)) & headings.END and d != first), None)
    forms = headings.formats(columns[first], 0.6)
    out = ["when:", f"  {'start' if last else 'day'}: {y(first)}"]
    out += [f"  end: {y(last)}"] if last else []
    if forms[0] != "%Y-%m-%d":
        doubt = f"  # {' and '.join(forms)} both fit: which is it?" if len(forms) > 1 else ""
        out.append(f"  formats: {y(forms[:1])}{doubt}")
    return out


def where(parts: dict[str, list[str]]) -> list[str]:
    """The place, as close as the columns tell."""
    told = {"name": "place", "latitude": "latitude", "longitude": "longitude",
            "district": "district", "governorate": "governorate", "country": "country"}  # fmt: skip
    held = [f"  {k}: {y(parts[p][0])}" for k, p in told.items() if p in parts]
    return ["where:", *held] if held else ["# where: no column with places was found"]


def incidents(columns: dict[str, list[str]], parts: dict[str, list[str]]) -> list[str]:
    """Title, counts and actors."""
    title = [*parts.get("title", ()), *(parts.get(p, [""])[0] for p in ("kind", "place"))]
    title = [t for t in title if t][:1] if parts.get("title") else [t for t in title if t]
    out = ["incidents:"]
    if title:
        out.append(f'  title: {{join: {y(title)}, with: ", "}}')
    told = [*parts.get("description", ()), *parts.get("source", ())]
    if told:
        out.append(f'  description: {{join: {y(told)}, with: ". "}}')
    for part in ("killed", "wounded"):
        bounds = {headings.bound(c): c for c in parts.get(part, ())}
        if bounds:
            held = ", ".join(f"{b}: {y(bounds[b])}" for b in ("low", "best", "high") if b in bounds)
            out.append(f"  {part}: {{{held}}}")
    who = [(c, role) for role in ("perpetrator", "target") for c in parts.get(role, ())]
    if who:
        out.append("  actors:  # role: perpetrator, target, victim, participant, authority")
        out += [f"    - {{name: {y(c)}, type: {{is: organisation}}, role: {{is: {role}}}}}"
                for c, role in who]  # fmt: skip
    return out if len(out) > 1 else ["incidents: {description: null}"]

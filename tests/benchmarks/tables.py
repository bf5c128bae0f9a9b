"""The results of the benchmarks as Markdown tables."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.contenders import ALL, FRICTIONLESS, NAMED, TOUCH


@dataclass(frozen=True)
class Taken:
    """What a contender took at one size; guessed: from its largest size, by the number of rows."""

    seconds: float
    fastest: float
    slowest: float
    runs: int
    peak: int
    guessed: bool = False


def taken(results: dict[str, Any], rows: str, name: str) -> Taken | None:
    """What a contender took at a size, or None where that is not known."""
    told = results["sizes"][rows]
    runs = told["runs"].get(name, [])
    if runs and name not in told["not_run"]:
        seconds = [r["seconds"] for r in runs]
        peak = max(r["peak"] for r in runs)
        return Taken(statistics.median(seconds), min(seconds), max(seconds), len(runs), peak)
    return guessed(results, rows, name)


def guessed(results: dict[str, Any], rows: str, name: str) -> Taken | None:
    """What a contender would take beyond its largest size, if ten times the rows took ten times."""
    most = NAMED[name].most
    if not most or int(rows) <= most:
        return None
    known = [r for r in sizes(results) if int(r) <= most and taken(results, r, name)]
    if not known:
        return None
    last = taken(results, known[-1], name)
    assert last
    seconds = last.seconds * int(rows) / int(known[-1])
    return Taken(seconds, seconds, seconds, 0, 0, guessed=True)


def sizes(results: dict[str, Any]) -> list[str]:
    """The sizes that were measured, the smallest first."""
    return sorted(results["sizes"], key=int)


def by_size(results: dict[str, Any]) -> str:
    """One table for each size: who took how long, with how much memory, against whom."""
    return "\n\n".join("\n".join(one_size(results, rows)) for rows in sizes(results))


def one_size(results: dict[str, Any], rows: str) -> Iterator[str]:
    """The table of one size."""
    told = results["sizes"][rows]
    yield f"### {int(rows):,} records, {told['csv'] / 1e6:,.1f} MB"
    yield ""
    yield (
        "| Contender | Seconds | Spread (runs) | Records a second | Peak, MB "
        "| Seconds / touching scan | frictionless / seconds |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for c in ALL:
        if found := taken(results, rows, c.name):
            yield line(results, rows, c.label, found)
        elif c.name in told["not_run"]:
            yield f"| {c.label} | not run: {plain(told['not_run'][c.name])} | | | | | |"


def line(results: dict[str, Any], rows: str, label: str, found: Taken) -> str:
    """The line of one contender in the table of one size."""
    about = "≈ " if found.guessed else ""
    touch, slow = taken(results, rows, TOUCH), taken(results, rows, FRICTIONLESS)
    cells = [
        label,
        about + number(found.seconds),
        f"{number(found.fastest)}-{number(found.slowest)} ({found.runs})" if found.runs else "",
        about + f"{rounded(int(rows) / found.seconds):,}",
        peak(found.peak, results["floor"]),
        about + number(found.seconds / touch.seconds) if touch else "",
        times(slow, found) if slow else "",
    ]
    return "| " + " | ".join(cells) + " |"


def times(slow: Taken, found: Taken) -> str:
    """How many times as long another takes."""
    about = "≈ " if slow.guessed or found.guessed else ""
    return f"{about}{number(slow.seconds / found.seconds)}"


def peak(used: int, floor: int) -> str:
    """A peak of memory in MB; what lies at the least that can be told is told as that."""
    if not used:
        return ""
    return f"< {floor * 1.1 / 1e6:,.0f}" if used <= floor * 1.1 else f"{used / 1e6:,.0f}"


def number(value: float) -> str:
    """A number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def rounded(value: float) -> int:
    """A number whose first three digits count."""
    digits = len(str(int(value)))
    return round(value, 3 - digits) if digits <= 3 else int(round(value, 3 - digits))


def plain(text: str) -> str:
    """A text that stays in its cell."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def checks(results: dict[str, Any]) -> str:
    """Who tells which kind of fault, as it was tried out."""
    told = results["checks"]
    who = [c for c in ALL if any(c.name in answers for answers in told.values())]
    unknown = {c.name: next(iter(told.values()))[c.name] for c in who}
    known = [c for c in who if unknown[c.name] in ("yes", "no")]
    out = ["| Fault | " + " | ".join(c.label for c in known) + " |"]
    out.append("| --- |" + " --- |" * len(known))
    for fault, answers in told.items():
        cells = ("yes" if answers[c.name] == "yes" else "-" for c in known)
        out.append(f"| {fault} | " + " | ".join(cells) + " |")
    out += [""] * any(c not in known for c in who)
    out += [f"{c.label}: {unknown[c.name]}." for c in who if c not in known]
    return "\n".join(out)


def contenders() -> str:
    """How everybody is run, and what is told of a fault."""
    out = ["| Contender | Run as | Tells of a fault |", "| --- | --- | --- |"]
    return "\n".join([*out, *(f"| {c.label} | {c.how} | {c.tells} |" for c in ALL)])


def machine(results: dict[str, Any]) -> str:
    """The kind of machine and the versions, in two lines."""
    return "\n".join([f"- Machine: {listed(results['machine'])}", *versions(results)])


def versions(results: dict[str, Any]) -> Iterable[str]:
    """The versions, as one line."""
    yield "- Versions: " + ", ".join(f"{n} {v}" for n, v in results["versions"].items())


def listed(told: dict[str, str]) -> str:
    """What is told of the machine."""
    return f"{told['processor']}, {told['cores']} cores, {told['memory']}; {told['system']}"


def profile(results: dict[str, Any]) -> str:
    """Where hudna's time goes: seconds by part, and what its report does not count."""
    told = results["profile"]
    if not told:
        return "Not measured (`--profile`)."
    order = sorted(told, key=int)
    parts = list(dict.fromkeys(p for rows in order for p in told[rows]["parts"]))
    out = ["| Part | " + " | ".join(f"{int(r):,} records" for r in order) + " |"]
    out.append("| --- |" + " ---: |" * len(order))
    for part in parts:
        seconds = (told[r]["parts"].get(part) for r in order)
        cells = ("" if s is None else number(s) for s in seconds)
        out.append(f"| {part} | " + " | ".join(cells) + " |")
    rest = (max(told[r]["whole"] - sum(told[r]["parts"].values()), 0) for r in order)
    out.append("| start and report | " + " | ".join(number(s) for s in rest) + " |")
    out.append("| whole | " + " | ".join(number(told[r]["whole"]) for r in order) + " |")
    return "\n".join(out)


def extremes(results: dict[str, Any]) -> str:
    """Faulty inputs, each against its clean one."""
    told = {case["name"]: case for case in results["cases"]}
    out = [
        f"hudna {results['versions']['hudna']}; {listed(results['machine'])}.",
        "",
        "| Input | MB | Seconds | / clean | Peak, MB | / clean | Exit | First finding |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    return "\n".join([*out, *(extreme(case, told.get(case["against"])) for case in told.values())])


def extreme(case: dict[str, Any], clean: dict[str, Any] | None) -> str:
    """One input as a line of the table."""
    cells = [
        case["name"],
        f"{case['bytes'] / 1e6:,.1f}",
        number(case["seconds"]),
        number(case["seconds"] / clean["seconds"]) if clean else "",
        f"{case['peak'] / 1e6:,.0f}",
        number(case["peak"] / clean["peak"]) if clean else "",
        str(case["status"]),
        plain(case["answer"]),
    ]
    return "| " + " | ".join(cells) + " |"

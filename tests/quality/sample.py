"""Random samples of the chronology, for second coders who have not seen the rows.

    python tests/quality/sample.py 2    draws the second: 2/sample.csv for the coder, 2/first.csv

Each stratum is a table, and of the incidents a period. A row is drawn by a number made of the seed
and its id, so that rows added later move few others. Only rows can be drawn that rest on pages that
were opened, not on the article and not on databases alone, and that no earlier sample holds.
sample.csv says what is asked, at which places of which pages; first.csv holds what the rows said
when the sample was drawn, and is not for the coder. Whoever draws a sample again after it was
recoded compares with another first coding.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hudna.form import package

HERE = Path(__file__).resolve().parent
SEEDS = {1: 20201010, 2: 20201118}
ARTICLE = "terrorism-monitor-18-19"
SAMPLE = ("table", "record_id", "asked", "recode", "places", "addresses", "sources", "opened")
FIRST = ("table", "record_id", "field", "value")
PERIODS = ("2019-10-01", "2020-05-01", "2020-09-01", "2020-11-01", "2021-02-01", "9999")
Record = dict[str, str]


class Stratum(NamedTuple):
    """How many rows of a table to draw, what the coder is told of them, and what to recode.

    by: the column whose record the row shares its citations with, where it has none of its own.
    """

    rows: int
    told: tuple[str, ...]
    recode: tuple[str, ...]
    by: str = ""


DATES = ("date_start", "date_end", "date_precision")
LOSSES = tuple(f"{n}_{b}" for n in ("killed", "wounded") for b in ("low", "best", "high"))
STRATA = {
    "incidents": Stratum(
        24,
        (),
        ("incident_type", *DATES, "place_id", "place_precision", "extent", "events_low",
         "events_high", *LOSSES, "status"),
    ),
    "incident_actors": Stratum(
        8, ("incident_id", "actor_id"), ("role", "basis", "asserted_by"), "incident_id"
    ),
    "statements": Stratum(
        8, ("speaker_id",), ("statement_type", *DATES, "channel", "explicitness", "basis")
    ),
    "ceasefire_statuses": Stratum(
        4, ("ceasefire_id", "asserted_by"), ("status", *DATES, "basis")
    ),
    "tallies": Stratum(
        6, ("asserted_by",), ("unit", "incident_type", *DATES, "count_low", "count_high")
    ),
    "resolutions": Stratum(4, ("statement_id", "as_of"), ("outcome", "incident_id")),
    "citations": Stratum(6, ("table", "record_id", "field", "source_id"), ("support",)),
}  # fmt: skip


def read(name: str) -> list[Record]:
    with (package.home() / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def earlier(number: int) -> Iterator[tuple[str, str]]:
    """What the samples before one hold, as table and id."""
    for n in range(1, number):
        with (HERE / str(n) / "sample.csv").open(encoding="utf-8", newline="") as file:
            yield from ((r["table"], r["record_id"]) for r in csv.DictReader(file))


class Data:
    """The tables, with the citations and the opened pages of each record, for one sample."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.drawn = set(earlier(number))
        tables = package.read(package.home())[0].tables
        self.key = {name: tables[name].primary_key[0] for name in STRATA}
        self.rows = {name: read(name) for name in STRATA}
        self.sources = {s["source_id"]: s for s in read("sources")}
        self.cited: dict[tuple[str, str], list[Record]] = {}
        for c in self.rows["citations"]:
            self.cited.setdefault((c["table"], c["record_id"]), []).append(c)

    def citations(self, name: str, row: Record) -> list[Record]:
        """The citations that a row rests on: its own, else those of what it belongs to."""
        if name == "citations":
            return [row]
        own = self.cited.get((name, row[self.key[name]]), [])
        if not own and (by := STRATA[name].by):
            own = self.cited.get(("incidents", row[by]), [])
        return own

    def pages(self, name: str, row: Record) -> list[tuple[str, str]]:
        """The pages that a row rests on, each with the places in it."""
        places: dict[str, list[str]] = {}
        for c in self.citations(name, row):
            told = places.setdefault(c["via"] or c["source_id"], [])
            told += [c["locator"]] if c["locator"] not in ("", *told) else []
        return [(s, " ".join(p)) for s, p in sorted(places.items())]

    def opened(self, source: str) -> bool:
        """Whether a source has an address at which it was opened."""
        s = self.sources[source]
        return bool(s["url"]) and s["access"] in ("read", "excerpt")

    def eligible(self, name: str) -> Iterator[Record]:
        """The rows that may be drawn."""
        for row in self.rows[name]:
            if name == "citations" and row["table"] in ("sources", "actors", "places"):
                continue
            if (name, row[self.key[name]]) in self.drawn:
                continue
            pages = [s for s, _ in self.pages(name, row)]
            opened = [self.sources[s]["source_type"] for s in pages if self.opened(s)]
            if ARTICLE not in pages and set(opened) - {"database"}:
                yield row


def lot(seed: int, name: str, record: str) -> str:
    """The number by which a record is drawn."""
    return hashlib.sha256(f"{seed} {name} {record}".encode()).hexdigest()


def period(row: Record) -> int:
    """Which of the periods an incident ends in."""
    day = row["date_end"] or row["date_start"]
    return next(n for n, end in enumerate(PERIODS) if day < end)


def shares(sizes: Iterable[int], total: int) -> list[int]:
    """A number split in proportion, by largest remainder."""
    sizes = list(sizes)
    exact = [total * n / sum(sizes) for n in sizes]
    out = [int(e) for e in exact]
    for i in sorted(range(len(out)), key=lambda i: (out[i] - exact[i], i))[: total - sum(out)]:
        out[i] += 1
    return out


def drawn(data: Data) -> Iterator[tuple[str, Record]]:
    """The sampled rows, table by table."""
    seed = SEEDS[data.number]
    for name, stratum in STRATA.items():
        key = data.key[name]
        groups: dict[int, list[Record]] = {}
        for row in data.eligible(name):
            groups.setdefault(period(row) if name == "incidents" else 0, []).append(row)
        counts = shares((len(g) for _, g in sorted(groups.items())), stratum.rows)
        for (_, group), n in zip(sorted(groups.items()), counts, strict=True):
            ordered = sorted(group, key=lambda row: lot(seed, name, row[key]))
            for row in sorted(ordered[:n], key=lambda row: row[key]):
                yield name, row


def line(data: Data, name: str, row: Record) -> Record:
    """What the coder is given of a row."""
    stratum, pages = STRATA[name], data.pages(name, row)
    return {
        "table": name,
        "record_id": row[data.key[name]],
        "asked": "; ".join(f"{t}={row[t]}" for t in stratum.told),
        "recode": " ".join(stratum.recode),
        "places": "; ".join(f"{s}: {places}".rstrip(": ") for s, places in pages),
        "addresses": " ".join(data.sources[s]["url"] or "-" for s, _ in pages),
        "sources": str(len(pages)),
        "opened": str(sum(data.opened(s) for s, _ in pages)),
    }


def write(path: Path, names: Iterable[str], rows: Iterable[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(names), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(number: int) -> None:
    data, folder = Data(number), HERE / str(number)
    folder.mkdir(exist_ok=True)
    rows = list(drawn(data))
    write(folder / "sample.csv", SAMPLE, (line(data, *r) for r in rows))
    first = (
        {"table": name, "record_id": row[data.key[name]], "field": f, "value": row[f]}
        for name, row in rows
        for f in STRATA[name].recode
    )
    write(folder / "first.csv", FIRST, first)
    print(f"{len(rows)} rows drawn")


if __name__ == "__main__":
    main(int(sys.argv[1]))

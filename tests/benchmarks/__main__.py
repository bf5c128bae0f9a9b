"""Measure hudna and its peers, and write docs/benchmarks.md and docs/benchmarks.svg.

The data are generated into build/bench, the results kept there as JSON. The environment is made in
build/bench-venv from its lock.
"""

from __future__ import annotations

import argparse
import sys

from tests.benchmarks import environment

ROWS = (100_000, 1_000_000)


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    out = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    out.add_argument("rows", nargs="*", type=int, metavar="ROWS", help=f"sizes {ROWS}")
    out.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each (5)")
    out.add_argument(
        "--timeout", type=float, default=1800, metavar="S", help="seconds that a run may take"
    )
    out.add_argument("--only", action="append", metavar="NAME", help="only this one; repeatable")
    out.add_argument("--add", action="store_true", help="keep the sizes measured before")
    out.add_argument("--no-checks", action="store_true", help="do not try out who checks what")
    out.add_argument("--profile", action="store_true", help="also tell where hudna's time goes")
    out.add_argument("--extremes", action="store_true", help="faulty input instead; one size")
    out.add_argument("--scale", type=float, default=1, help="of the extremes' sizes (1)")
    out.add_argument("--report", action="store_true", help="only write the page again")
    out.add_argument("--lock", action="store_true", help="only lock the requirements again")
    return out


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    args = parser().parse_args(arguments)
    if args.lock:
        environment.lock()
        return 0
    if not environment.inside():
        environment.enter(arguments)
    if args.extremes:
        from tests.benchmarks import extremes

        return extremes.main(args.rows[0] if args.rows else ROWS[-1], args.scale, args.timeout)
    return compare(args)


def compare(args: argparse.Namespace) -> int:
    """Measure the contenders and write the page."""
    from tests.benchmarks import chart, page, probes, rounds
    from tests.benchmarks.contenders import ALL, NAMED

    results = rounds.load() if args.report else rounds.fresh(rounds.load() if args.add else {})
    if not args.report:
        who = [NAMED[name] for name in args.only] if args.only else ALL
        for rows in sorted(args.rows or ROWS):
            rounds.size(results, rows, who, args.rounds, args.timeout)
            if args.profile:
                rounds.profile(results, rows, args.timeout)
        if not args.no_checks:
            results["checks"] = probes.answers(who)
        rounds.save(results)
    page.write(page.parts(results))
    page.CHART.write_text(chart.svg(results), "utf-8", newline="\n")
    print(f"written: {page.PAGE.relative_to(environment.ROOT)} and its chart")
    missed = probes.missed(results["checks"])
    for fault in missed:
        print(f"hudna does not tell {fault}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Benchmarks: hudna and its peers over the same generated packages, each run in its own process.

`make bench ROWS="100000 1000000"` measures and writes docs/benchmarks.md and docs/benchmarks.svg;
`python -m tests.benchmarks --help` tells the rest.
"""

"""Programs of others, each really run over a package: what they read of it, and what gets lost.

A file of `readers` is a program that reads tables, a file of `checks` one that holds the descriptor
to be sound or not; both are found by their folder. `python -m tests.integration.clients --write`
runs them all and writes docs/clients.md.
"""

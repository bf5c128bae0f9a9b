"""Measures of signed graphs: worked examples of the literature, and brute force on small graphs."""

from __future__ import annotations

import csv
import itertools
import math
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudna.meaning import polarization, signed

CASES = Path(__file__).parents[1] / "cases" / "signed"
TRIAD = [("a", "b"), ("a", "c"), ("b", "c")]
NAMES = "abcdefg"


@st.composite
def graphs(draw, most=6, signs=(1, -1)):
    """A signed graph of a few nodes, with an edge at least."""
    pairs = list(itertools.combinations(NAMES[:most], 2))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    return {pair: draw(st.sampled_from(signs)) for pair in chosen}


def divisions(signs):
    """Every division of the nodes in two."""
    names = signed.nodes(signs)
    for sides in itertools.product((1, -1), repeat=len(names)):
        yield dict(zip(names, sides, strict=True))


def fewest(signs):
    """The frustration index, by trying every division."""
    return min(signed.against(signs, side) for side in divisions(signs))


def by_the_formula(signs, camp):
    """Signed modularity as the sum over all pairs of nodes that Gómez and others print."""
    near = signed.neighbours(signs)
    degree = {s: {n: sum(v == s for v in near[n].values()) for n in near} for s in (1, -1)}
    ends = {s: sum(degree[s].values()) for s in (1, -1)}
    total = 0.0
    for i, j in itertools.product(near, near):
        if camp[i] == camp[j]:
            total += near[i].get(j, 0)
            total -= sum(s * degree[s][i] * degree[s][j] / ends[s] for s in (1, -1) if ends[s])
    return total / sum(ends.values())


def tribes():
    """The sixteen Gahuku-Gama tribes of Read (1954), as KONECT has them (ucidata-gama)."""
    with (CASES / "highland-tribes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(f"{int(r['a']):02}", f"{int(r['b']):02}"): int(r["sign"]) for r in rows}


@pytest.mark.parametrize(
    ("signs", "balanced"),
    [((1, 1, 1), True), ((1, 1, -1), False), ((1, -1, -1), True), ((-1, -1, -1), False)],
)
def test_the_four_triads_of_cartwright_and_harary(signs, balanced):
    graph = dict(zip(TRIAD, signs, strict=True))
    assert signed.balance(graph) == (int(balanced), 1)
    assert signed.frustration(graph) == (int(not balanced),) * 2


@pytest.mark.parametrize("n", range(2, 10))
def test_a_complete_graph_of_enemies(n):
    """Petersdorf (1966): of a complete graph of enemies the index is (n - 1)² / 4, rounded down."""
    graph = dict.fromkeys(itertools.combinations(range(n), 2), -1)
    assert signed.frustration(graph) == ((n - 1) ** 2 // 4,) * 2


def test_the_tribes_of_the_highlands():
    """Aref and Wilson, Balance and frustration in signed networks (2019): 58 edges, index 7."""
    graph = tribes()
    assert (len(graph), sum(s < 0 for s in graph.values())) == (58, 29)
    assert signed.frustration(graph) == (7, 7)
    matrix = networkx.Graph(list(graph))
    assert signed.balance(graph)[1] == sum(networkx.triangles(matrix).values()) / 3
    assert signed.highest(graph) >= signed.modularity(graph, signed.divided(graph))


@given(graphs())
def test_the_frustration_index_is_that_of_brute_force(graph):
    assert signed.frustration(graph) == (fewest(graph),) * 2


@given(graphs(7))
def test_the_bounds_without_a_solver_hold(graph):
    assert signed.apart(graph) <= fewest(graph) <= signed.against(graph, signed.divided(graph))


@given(graphs(7))
def test_the_solver_alone_comes_to_the_index(graph):
    assert signed.solved(graph) == (fewest(graph),) * 2


def test_where_the_solver_stops_early_the_bounds_hold(monkeypatch):
    monkeypatch.setattr(signed, "STEPS", 0)
    low, high = signed.frustration(tribes())
    assert low <= 7 <= high
    monkeypatch.setattr(signed, "PAIRS", 10)
    low, high = signed.frustration(tribes())
    assert low <= 7 <= high


@given(graphs())
def test_triads_are_those_of_all_threes(graph):
    names = signed.nodes(graph)
    threes = [
        t for t in itertools.combinations(names, 3)
        if all(p in graph for p in itertools.combinations(t, 2))
    ]  # fmt: skip
    products = [math.prod(graph[p] for p in itertools.combinations(t, 2)) for t in threes]
    assert signed.balance(graph) == (products.count(1), len(threes))


@given(graphs(), st.data())
def test_modularity_is_that_of_the_formula(graph, data):
    camp = {n: data.draw(st.integers(0, 2)) for n in signed.nodes(graph)}
    assert signed.modularity(graph, camp) == pytest.approx(by_the_formula(graph, camp))


@given(graphs(signs=(1,)), st.data())
def test_modularity_of_friends_alone_is_the_usual_one(graph, data):
    camp = {n: data.draw(st.integers(0, 2)) for n in signed.nodes(graph)}
    camps = [{n for n in camp if camp[n] == c} for c in set(camp.values())]
    usual = networkx.community.modularity(networkx.Graph(list(graph)), camps)
    assert signed.modularity(graph, camp) == pytest.approx(usual)


@given(graphs())
def test_the_search_finds_no_more_than_there_is(graph):
    names = signed.nodes(graph)
    exact = signed.highest(graph)
    found = signed.climbed(graph, {n: i for i, n in enumerate(names)})
    assert found <= exact + 1e-9
    assert found >= signed.modularity(graph, {n: i for i, n in enumerate(names)}) - 1e-9


def test_every_division_into_camps_once():
    """The Bell numbers."""
    assert [len(set(signed.camps(n))) for n in range(6)] == [1, 1, 2, 5, 15, 52]


@st.composite
def doubtful(draw):
    """Edges of which some may be missing or of either sign."""
    held = draw(graphs(5))
    told = st.sampled_from([(1,), (-1,), (None, 1), (None, -1), (1, -1), (None, 1, -1)])
    return {pair: draw(told) for pair in itertools.islice(held, 6)}


def settled(edges):
    """Every graph that doubtful edges may be."""
    for chosen in itertools.product(*edges.values()):
        yield {p: s for p, s in zip(edges, chosen, strict=True) if s}


@given(doubtful())
def test_the_range_of_the_frustration_index_is_over_all_that_may_be(edges):
    found = polarization.frustration(edges)
    if len(edges) < polarization.LEAST:
        assert found.how == polarization.TOO_FEW
        return
    every = [fewest(g) for g in settled(edges) if g] or [0]
    assert (found.lowest, found.highest, found.how) == (min(every), max(every), "exact")


@given(doubtful())
def test_the_range_of_balance_is_over_all_that_may_be(edges):
    found = polarization.balance(edges)
    counted = [signed.balance(g) for g in settled(edges)]
    shares = [part / whole for part, whole in counted if whole]
    if not shares:
        assert found.how == polarization.TOO_FEW
        return
    assert (found.lowest, found.highest) == (min(shares), max(shares))
    low, high = polarization.bounds(edges, list(signed.triads(edges)))
    assert low <= min(shares)
    assert high >= max(shares)


def test_many_doubtful_edges_have_bounds():
    """Ninety doubtful pairs of either sign: no way through all of them, yet bounds."""
    edges = dict.fromkeys(itertools.combinations([f"{i:02}" for i in range(12)], 2), (None, 1, -1))
    assert polarization.balance(edges)[:2] == (0.0, 1.0)
    assert polarization.balance(edges).how == "bounds"
    assert polarization.frustration(edges).how == "bounds"
    assert polarization.modularity(edges).how == "search"


def test_too_few_edges_is_an_answer():
    rows = [{"actor_id": "a", "other_id": "b", "sign": 1, "sure": True, "why": "x/1"}]
    _, found = polarization.measure(rows)
    assert {r[4] for r in found} == {polarization.TOO_FEW}
    assert {(r[1], r[2]) for r in found} == {(None, None)}
    assert polarization.measure([]) == (polarization.COLUMNS, [])


@given(graphs(7))
def test_blocks_hold_each_edge_once_and_their_indices_add_up(graph):
    parts = signed.blocks(graph)
    assert sorted(pair for part in parts for pair in part) == sorted(graph)
    assert sum(fewest(part) for part in parts) == fewest(graph)


def test_the_solver_is_given_no_more_than_it_may(monkeypatch):
    """Forty triangles of enemies that hang together by one node each: 120 edges, index 40."""
    given = []
    solve = signed.solved
    monkeypatch.setattr(signed, "apart", lambda _: 0)
    monkeypatch.setattr(signed, "solved", lambda s: given.append(len(s)) or solve(s))
    monkeypatch.setattr(signed, "PAIRS", 30)
    graph = {}
    for i in range(40):
        a, b, c = (f"{n:03}" for n in (2 * i, 2 * i + 1, 2 * i + 2))
        graph |= {(a, b): -1, (a, c): -1, (b, c): -1}
    assert signed.frustration(graph) == (10, 40)
    assert given == [3] * 10


def test_many_edges_are_searched_a_bounded_number_of_times(monkeypatch):
    """A tree of 250 edges of which a hundred are doubtful."""
    calls = []
    monkeypatch.setattr(signed, "highest", lambda s: calls.append(len(s)) or 0.0)
    edges = {("hub", f"n{i:03}"): (None, 1) if i < 100 else (1,) for i in range(250)}
    edges = {tuple(sorted(pair)): told for pair, told in edges.items()}
    found = polarization.modularity(edges)
    assert found.how == "search"
    assert "one by one" not in found.note
    assert len(calls) * 250**2 <= polarization.SEARCHED
    assert polarization.frustration(edges)[:2] == (0, 0)

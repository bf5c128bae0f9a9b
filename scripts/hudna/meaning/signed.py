"""Measures of a signed graph: balanced triads, frustration index, signed modularity.

A graph is a mapping of pairs of nodes to +1 or -1; each pair stands once, the lesser node first.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

Pair = tuple[str, str]
Signs = Mapping[Pair, int]
# Pairs that the solver is given in all, and camps are searched for; its steps; nodes up to which
# every division into camps is tried, and up to which each node is moved to any camp.
PAIRS, STEPS, FEW, SOME = 400, 50, 7, 150


def nodes(pairs: Iterable[Pair]) -> list[str]:
    """The nodes of the pairs, sorted."""
    return sorted({n for pair in pairs for n in pair})


def triads(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Pair, Pair]]:
    """Every three nodes of which each two are a pair, as their three pairs."""
    after = defaultdict(set)
    for a, b in pairs:
        after[a].add(b)
    for a, beyond in sorted(after.items()):
        for b, c in itertools.combinations(sorted(beyond), 2):
            if c in after.get(b, ()):
                yield (a, b), (a, c), (b, c)


def balance(signs: Signs) -> tuple[int, int]:
    """How many triads are balanced (an even number of -1), and how many there are.

    Cartwright and Harary, Structural balance (Psychological Review 63, 1956).
    """
    products = [signs[x] * signs[y] * signs[z] for x, y, z in triads(signs)]
    return products.count(1), len(products)


def frustration(signs: Signs) -> tuple[int, int]:
    """Least and greatest value that the frustration index can have; equal where it is exact.

    The index is the smallest number of edges against a division into two camps: +1 across, -1
    within. It is the sum of those of the blocks (parts that no single node holds together); the
    smaller go to the solver first (HiGHS; the AND model of Aref, Mason and Wilson, Computing the
    line index of balance, 2017). Where that ends early, or there are very many edges, the bounds
    are those of the solver, of triads that share no edge, and of a search.
    """
    least, most, given = 0, 0, 0
    for block in blocks(signs):
        low, high = apart(block), against(block, divided(block))
        if low < high and given + len(block) <= PAIRS:
            given += len(block)
            under, found = solved(block)
            low, high = max(low, under), min(high, found)
        least, most = least + low, most + high
    return least, most


def blocks(signs: Signs) -> list[dict[Pair, int]]:
    """The edges by the biconnected part of the graph that they lie in, the smallest first.

    Each circle lies within one of them, and only circles can stand against a division in two.
    """
    import networkx as nx

    found = []
    for edges in nx.biconnected_component_edges(nx.Graph(list(signs))):
        pairs = sorted(pair if pair in signs else pair[::-1] for pair in edges)
        found.append({pair: signs[pair] for pair in pairs})
    return sorted(found, key=lambda b: (len(b), list(b)))


def against(signs: Signs, side: Mapping[str, int]) -> int:
    """How many edges stand against a division: +1 across, -1 within. side: 1 or -1 a node."""
    return sum(s * side[a] * side[b] < 0 for (a, b), s in signs.items())


def apart(signs: Signs) -> int:
    """A number of unbalanced triads of which no two share an edge: each costs one at least."""
    used: set[Pair] = set()
    count = 0
    for three in triads(signs):
        if not used.intersection(three) and signs[three[0]] * signs[three[1]] * signs[three[2]] < 0:
            used.update(three)
            count += 1
    return count


def neighbours(signs: Signs) -> dict[str, dict[str, int]]:
    """Of each node, the nodes that it has an edge with, and the sign."""
    near: dict[str, dict[str, int]] = {n: {} for n in nodes(signs)}
    for (a, b), s in signs.items():
        near[a][b] = near[b][a] = s
    return near


def divided(signs: Signs) -> dict[str, int]:
    """A good division in two: spread from node to node, then each on the side that costs less."""
    near, side = neighbours(signs), {}
    for start in near:
        waiting = [] if start in side else [start]
        side.setdefault(start, 1)
        while waiting:
            a = waiting.pop()
            for b, s in near[a].items():
                if b not in side:
                    side[b] = s * side[a]
                    waiting.append(b)
    moved = True
    while moved:
        moved = False
        for a, others in near.items():
            if sum(s * side[a] * side[b] for b, s in others.items()) < 0:
                side[a], moved = -side[a], True
    return side


def solved(signs: Signs) -> tuple[int, int]:
    """Bounds of the frustration index by integer programming; equal where it came to an end."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    at = {n: i for i, n in enumerate(nodes(signs))}
    n, m = len(at), len(signs)
    wrong = [t for t in triads(signs) if signs[t[0]] * signs[t[1]] * signs[t[2]] < 0]
    rows, least = lil_matrix((2 * m + len(wrong), n + m)), np.zeros(2 * m + len(wrong))
    for e, ((a, b), s) in enumerate(signs.items()):
        for k, way in enumerate((1, -1)):
            # +1: f >= x_a - x_b and back. -1: f >= x_a + x_b - 1 and f >= 1 - x_a - x_b.
            row = 2 * e + k
            rows[row, n + e], rows[row, at[a]], rows[row, at[b]] = 1, -way, way * s
            least[row] = -way if s < 0 else 0
    # What holds anyway, and shortens the search: an unbalanced triad has an edge against it.
    edge = {pair: n + e for e, pair in enumerate(signs)}
    for k, three in enumerate(wrong):
        rows[2 * m + k, [edge[p] for p in three]] = 1
        least[2 * m + k] = 1
    # The sides are alike, so the node with most edges is set on one of them.
    most = Counter(x for pair in signs for x in pair).most_common(1)[0][0]
    lower = np.bincount([at[most]], minlength=n + m)
    done = milp(
        np.r_[np.zeros(n), np.ones(m)],
        constraints=LinearConstraint(rows.tocsr(), least, np.inf),
        bounds=Bounds(lower, np.ones(n + m)),
        integrality=np.r_[np.ones(n), np.zeros(m)],
        options={"node_limit": STEPS},
    )
    bound = done.mip_dual_bound
    low = 0 if bound is None or not np.isfinite(bound) else int(np.ceil(bound - 1e-6))
    return low, m if done.x is None else round(done.fun)


def modularity(signs: Signs, camp: Mapping[str, int]) -> float:
    """Signed modularity of a division into camps: from -1 to 1, 0 for what chance would give.

    Gómez, Jensen and Arenas, Analysis of community structure in networks of correlated data
    (Physical Review E 80, 016114, 2009). camp: a number a node.
    """
    total = 0.0
    ends = {s: sum(2 for v in signs.values() if v == s) for s in (1, -1)}
    degree: dict[int, Counter[int]] = {1: Counter(), -1: Counter()}
    for (a, b), s in signs.items():
        degree[s][camp[a]] += 1
        degree[s][camp[b]] += 1
        total += 2 * s if camp[a] == camp[b] else 0
    for s, degrees in degree.items():
        total -= s * sum(d * d for d in degrees.values()) / ends[s] if ends[s] else 0
    return total / sum(ends.values())


def highest(signs: Signs) -> float:
    """The highest modularity: exact up to FEW nodes, else the highest found, which may be less."""
    names = nodes(signs)
    if len(names) <= FEW:
        return max(modularity(signs, dict(zip(names, c, strict=True))) for c in camps(len(names)))
    if len(signs) > PAIRS:
        return modularity(signs, divided(signs))
    alone = {n: i for i, n in enumerate(names)}
    return max(climbed(signs, start) for start in (alone, divided(signs)))


def camps(n: int, used: int = 0) -> Iterator[tuple[int, ...]]:
    """Every division of n nodes into camps, once."""
    if not n:
        yield ()
        return
    for first in range(used + 1):
        for rest in camps(n - 1, max(used, first + 1)):
            yield (first, *rest)


def climbed(signs: Signs, start: Mapping[str, int]) -> float:
    """The modularity where no node moved to another camp, and no two camps joined, raise it.

    Of many nodes, each is only moved alone or to the camps that it has an edge with.
    """
    near = neighbours(signs)
    ends = {s: 2 * sum(v == s for v in signs.values()) for s in (1, -1)}
    own = {n: {s: sum(v == s for v in near[n].values()) for s in (1, -1)} for n in near}
    camp = dict(start)
    held = {c: {s: sum(own[n][s] for n in near if camp[n] == c) for s in (1, -1)}
            for c in set(camp.values())}  # fmt: skip

    def chance(one: Mapping[int, int], other: Mapping[int, int]) -> float:
        """What chance gives between two sets of nodes, by the ends of edges that they hold."""
        return sum(s * one[s] * other[s] / n for s, n in ends.items() if n)

    def pull(node: str, c: int) -> float:
        """What a node gains by being in a camp with all others of it."""
        rest = {s: d - (own[node][s] if camp[node] == c else 0) for s, d in held[c].items()}
        return sum(v for m, v in near[node].items() if camp[m] == c) - chance(own[node], rest)

    def move(node: str, c: int) -> None:
        """Put a node into another camp."""
        for s, d in own[node].items():
            held[camp[node]][s] -= d
            held[c][s] += d
        camp[node] = c

    moved = True
    while moved:
        moved = False
        empty = max(held) + 1
        held[empty] = {1: 0, -1: 0}
        for node in near:
            reached = (
                held if len(near) <= SOME else {camp[node], empty, *(camp[m] for m in near[node])}
            )
            best = max(reached, key=lambda c, node=node: (pull(node, c), c == camp[node], -c))
            if pull(node, best) > pull(node, camp[node]) + 1e-9:
                move(node, best)
                moved = True
        used = set(camp.values())
        held = {c: d for c, d in held.items() if c in used}
        between: Counter[tuple[int, int]] = Counter()
        for (a, b), s in signs.items():
            between[min(camp[a], camp[b]), max(camp[a], camp[b])] += s
        for one, other in itertools.combinations(sorted(held), 2):
            if between[one, other] - chance(held[one], held[other]) > 1e-9:
                for node in [n for n, c in camp.items() if c == other]:
                    move(node, one)
                moved = True
                break
    return modularity(signs, camp)

"""Personalised PageRank: where a walk that keeps returning to its start spends its time.

In plain words: from the start, step to a neighbour at random, and again, and now and then begin anew; bodies that many
short chains of relations lead to are visited most.
"""

from collections.abc import Callable, Collection, Mapping

import networkx as nx

from graph.analysis.index import Index

DAMPING = 0.85  # how likely the walk goes on; the rest of the time it begins anew (the usual value)
Way = Callable[[str], tuple[str, ...]]
_TYPES = frozenset(
    {
        *("PROPOSES", "ASKS", "COMMITS", "PARTNERS_IN", "LEADS"),
        *("IN_SECTOR", "IN_PLACE", "ADDRESSES", "ALIGNS_WITH", "PART_OF"),
    }
)


def make_graph(index: Index) -> "nx.Graph[str]":
    """Return the material as an undirected graph: two entities are neighbours where any relation ties them."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(index.entities)
    graph.add_edges_from(
        sorted(
            (source, relation.target_id)
            for (source, kind), relations in index.outgoing.items()
            if kind in _TYPES
            for relation in relations
            if source != relation.target_id
        )
    )
    return graph


def find_reach(graph: "nx.Graph[str]", start: str, among: Collection[str]) -> Mapping[str, float]:
    """Return the visits of some entities by a walk from `start`, as a share of the one visited most.

    Cost: some tens of passes over all relations."""
    if start not in graph or not graph.degree(start):
        return {}
    visits = nx.pagerank(graph, alpha=DAMPING, personalization={start: 1.0}, tol=1e-9, max_iter=200)
    held = {item: visits[item] for item in sorted(among) if item in visits}
    most = max(held.values(), default=0.0)
    return {item: round(value / most, 6) for item, value in held.items()} if most else {}


def find_way(graph: "nx.Graph[str]", start: str) -> Way:
    """Return what names the entities between `start` and another, on one of the shortest chains; none where none leads.

    Of several the one through entities with fewer neighbours: what everything passes through tells least."""
    before: dict[str, str] = {}
    seen, level = {start}, [start]
    while level:
        following: dict[str, str] = {}
        for one in sorted(level, key=lambda item: (graph.degree(item), item)):
            for other in graph.adj.get(one, ()):
                if other not in seen:
                    following.setdefault(other, one)
        before.update(following)
        seen.update(following)
        level = list(following)

    def way(end: str) -> tuple[str, ...]:
        found = []
        while (end := before.get(end, start)) != start:
            found.append(end)
        return tuple(reversed(found))

    return way

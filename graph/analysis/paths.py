"""How two entities hang together: the shortest chains of relations, and those with the most evidence."""

from collections.abc import Mapping
from heapq import heappop, heappush
from itertools import pairwise
from math import log, prod

import networkx as nx

from graph.analysis.index import Index, build_index, sources_of
from graph.analysis.model import Material, Meaning, Path, PathAnswer, Step
from graph.model import Relation

_TIED = 200  # chains looked at that are as good as the last one shown
_FINE = 10**9  # costs are whole numbers, in which a step costs this
_ROUNDING = 10

Cost = tuple[int, int, int]  # compared in order; that of a chain is the sum of its steps'

MEANINGS = (
    Meaning(
        "shortest",
        "The chains with the fewest relations between the two.",
        "Relations count both ways; among chains of equal length the better evidenced comes first, then the one "
        "through entities with fewer relations: what everything passes through tells least.",
    ),
    Meaning(
        "best_evidenced",
        "The chains whose links are best supported.",
        "Each step counts n / (n + 1) for n quotes (a register's relation as one quote); a chain has the product.",
    ),
)


def find_paths(material: Material, start_id: str, end_id: str, *, max_hops: int = 4, limit: int = 5) -> PathAnswer:
    """Return the shortest and the best-evidenced chains between two entities of the material, at most `limit` each.

    Args: max_hops: relations in a chain, 1 to 6.
    Cost: a search from the start by length and one by evidence, a few hundred chains at most; reads no store."""
    index = build_index(material)
    graph = _between(_graph(index), start_id, end_id, max_hops)
    paths = [
        tuple(_path(index, graph, nodes) for nodes in _chains(graph, start_id, end_id, max_hops, limit, shortest))
        for shortest in (True, False)
    ]
    documents = {
        citation.document for group in paths for path in group for step in path.steps for citation in step.evidence
    }
    notes = () if paths[0] else (f"No chain of at most {max_hops} relations was found in what was searched.",)
    return PathAnswer(
        version=material.version,
        start=index.ref(start_id),
        end=index.ref(end_id),
        shortest=paths[0],
        best_evidenced=paths[1],
        documents=index.document_refs(documents),
        meanings=MEANINGS,
        notes=notes,
        truncated=material.sub.truncated,
    )


def _graph(index: Index) -> "nx.Graph[str]":
    held: dict[tuple[str, str], list[Relation]] = {}
    for (source, _), relations in sorted(index.outgoing.items()):
        for relation in relations:
            if relation.target_id != source:
                first, second = sorted((source, relation.target_id))
                held.setdefault((first, second), []).append(relation)
    graph: nx.Graph[str] = nx.Graph()
    for (first, second), between in sorted(held.items()):
        best = max(_quotes(group) for group in _by_type(between))
        graph.add_edge(first, second, relations=between, cost=round(-log(best / (best + 1)) * _FINE))
    nx.set_node_attributes(graph, dict(graph.degree()), "degree")  # of all that was searched
    return graph


def _by_type(relations: list[Relation]) -> list[list[Relation]]:
    groups: dict[tuple[str, str], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((relation.type, relation.source_id), []).append(relation)
    return [group for _, group in sorted(groups.items())]


def _quotes(relations: list[Relation]) -> int:
    return max(1, sum(len(relation.evidence) for relation in relations))


def _between(graph: "nx.Graph[str]", start: str, end: str, max_hops: int) -> "nx.Graph[str]":
    """Return what lies on some chain of at most `max_hops` relations; nothing where there is none."""
    if start == end or start not in graph or end not in graph:
        return nx.Graph()
    before = nx.single_source_shortest_path_length(graph, start, cutoff=max_hops)
    after = nx.single_source_shortest_path_length(graph, end, cutoff=max_hops)
    return graph.subgraph([key for key, hops in before.items() if hops + after.get(key, max_hops + 1) <= max_hops])


def _chains(
    graph: "nx.Graph[str]", start: str, end: str, max_hops: int, limit: int, shortest: bool
) -> list[tuple[str, ...]]:
    """Return the best chains in order: by length or by evidence, the other next, then by what they go through, by id.

    Best first: a chain begun costs what it has and the least that its end still needs within the hops left."""
    if not graph:
        return []
    steps = _steps(graph, end, shortest)
    left = _costs_left(steps, end, max_hops)
    begun: list[tuple[Cost, tuple[str, ...], Cost]] = []
    if start in left[max_hops]:
        begun.append((left[max_hops][start], (start,), (0, 0, 0)))
    found: list[Cost] = []
    chains: list[tuple[str, ...]] = []
    while begun:
        least, nodes, cost = heappop(begun)
        if len(found) >= limit and (_is_worse(least, found[limit - 1]) or len(found) >= limit + _TIED):
            break
        if nodes[-1] == end:
            found.append(cost)
            chains.append(nodes)
            continue
        hops = max_hops - len(nodes)
        for other, step in steps[nodes[-1]].items():
            if other in left[hops] and other not in nodes:
                so_far = _add(cost, step)
                heappush(begun, (_add(so_far, left[hops][other]), (*nodes, other), so_far))
    return sorted(chains, key=lambda nodes: _rank(graph, nodes, shortest))[:limit]


def _rank(graph: "nx.Graph[str]", nodes: tuple[str, ...], shortest: bool) -> tuple[float, float, int, tuple[str, ...]]:
    strength, through = -_strength(graph, nodes), sum(graph.nodes[node]["degree"] for node in nodes[1:-1])
    return (len(nodes), strength, through, nodes) if shortest else (strength, len(nodes), through, nodes)


def _is_worse(least: Cost, last: Cost) -> bool:
    """Say whether a cost is above another by more than rounding."""
    return least[0] > last[0] + _ROUNDING or (least[0] >= last[0] - _ROUNDING and least[1] > last[1] + _ROUNDING)


def _steps(graph: "nx.Graph[str]", end: str, shortest: bool) -> Mapping[str, Mapping[str, Cost]]:
    """Return what each step costs; an entity between the ends costs as many as it has relations."""

    def cost(one: str, other: str) -> Cost:
        evidence = graph[one][other]["cost"]
        through = 0 if other == end else graph.nodes[other]["degree"]
        return (_FINE, evidence, through) if shortest else (evidence, _FINE, through)

    return {one: {other: cost(one, other) for other in graph[one]} for one in graph}


def _costs_left(steps: Mapping[str, Mapping[str, Cost]], end: str, max_hops: int) -> list[dict[str, Cost]]:
    """Return for each number of hops the least that each entity needs to reach the end within them."""
    found: list[dict[str, Cost]] = [{end: (0, 0, 0)}]
    for _ in range(max_hops):
        held = dict(found[-1])
        for other, rest in found[-1].items():
            for one in steps[other]:
                cost = _add(steps[one][other], rest)
                if one not in held or cost < held[one]:
                    held[one] = cost
        found.append(held)
    return found


def _add(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _strength(graph: "nx.Graph[str]", nodes: tuple[str, ...]) -> float:
    counts = [max(_quotes(group) for group in _by_type(graph[one][two]["relations"])) for one, two in pairwise(nodes)]
    return round(prod(count / (count + 1) for count in counts), 6)


def _path(index: Index, graph: "nx.Graph[str]", nodes: tuple[str, ...]) -> Path:
    steps = tuple(_step(index, graph[one][two]["relations"], one) for one, two in pairwise(nodes))
    told = steps[0].source.name
    for step in steps:
        told += f" {'—' if step.forward else '←'}{step.relation}{'→' if step.forward else '—'} {step.target.name}"
    return Path(steps, _strength(graph, nodes), told)


def _step(index: Index, relations: list[Relation], start: str) -> Step:
    group = max(_by_type(relations), key=_quotes)
    forward = group[0].source_id == start
    end = group[0].target_id if forward else group[0].source_id
    return Step(index.ref(start), group[0].type, index.ref(end), forward, index.cite(group), sources_of(group))

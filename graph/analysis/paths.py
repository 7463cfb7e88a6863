"""How two entities hang together: the shortest chains of relations, and those with the most evidence."""

from itertools import islice, pairwise
from math import log, prod

import networkx as nx

from graph.analysis.index import Index, build_index, sources_of
from graph.analysis.model import Material, Meaning, Path, PathAnswer, Step
from graph.model import Relation

_TRIED = 200  # chains looked at before sorting; there may be very many

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
    graph = _graph(index)
    found = [item for item in (start_id, end_id) if item in graph]
    shortest = _chains(graph, start_id, end_id, max_hops, None) if len(found) == 2 and start_id != end_id else []
    strongest = _chains(graph, start_id, end_id, max_hops, "cost") if shortest else []
    by_length = sorted(shortest, key=lambda nodes: (len(nodes), -_strength(graph, nodes), *_through(graph, nodes)))[
        :limit
    ]
    by_evidence = sorted(strongest, key=lambda nodes: (-_strength(graph, nodes), len(nodes), *_through(graph, nodes)))[
        :limit
    ]
    paths = (
        tuple(_path(index, graph, nodes) for nodes in by_length),
        tuple(_path(index, graph, nodes) for nodes in by_evidence),
    )
    documents = {
        citation.document for group in paths for path in group for step in path.steps for citation in step.evidence
    }
    notes = () if by_length else (f"No chain of at most {max_hops} relations was found in what was searched.",)
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
        graph.add_edge(first, second, relations=between, cost=-log(best / (best + 1)))
    return graph


def _by_type(relations: list[Relation]) -> list[list[Relation]]:
    groups: dict[tuple[str, str], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((relation.type, relation.source_id), []).append(relation)
    return [group for _, group in sorted(groups.items())]


def _quotes(relations: list[Relation]) -> int:
    return max(1, sum(len(relation.evidence) for relation in relations))


def _chains(graph: "nx.Graph[str]", start: str, end: str, max_hops: int, weight: str | None) -> list[list[str]]:
    try:
        found = nx.shortest_simple_paths(graph, start, end, weight=weight)
        return [nodes for nodes in islice(found, _TRIED) if len(nodes) - 1 <= max_hops]
    except nx.NetworkXNoPath:
        return []


def _strength(graph: "nx.Graph[str]", nodes: list[str]) -> float:
    counts = [max(_quotes(group) for group in _by_type(graph[one][two]["relations"])) for one, two in pairwise(nodes)]
    return round(prod(count / (count + 1) for count in counts), 6)


def _through(graph: "nx.Graph[str]", nodes: list[str]) -> tuple[int, list[str]]:
    """Return how many relations the entities between the ends have: what everything passes through tells least."""
    return sum(graph.degree(node) for node in nodes[1:-1]), nodes


def _path(index: Index, graph: "nx.Graph[str]", nodes: list[str]) -> Path:
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

"""How central a department is among those asked together, and how stable that is."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import combinations

import networkx as nx

from graph.analysis.index import Index
from graph.analysis.model import Central, Meaning
from graph.analysis.words import count_of

Asked = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]  # proposition -> departments asked, documents

MEANINGS = (
    Meaning(
        "central",
        "How much of the talking between departments runs through this one: it is asked together with many others.",
        "The part of all pairs of departments asked together (each counted once a proposition) that include this one; "
        "the ranks beside it are the best and worst over runs that leave one document out each.",
    ),
)


def find_central(index: Index, asked: Asked) -> tuple[Central, ...]:
    """Return the departments that are asked together with others, most central first, then by id."""
    graph = _network(asked)
    strengths = dict(sorted(graph.degree(weight="weight")))
    ranks = _ranks(strengths)
    alone: dict[str, list[tuple[str, ...]]] = {}  # by document: what it alone asks of departments
    for departments, documents in asked.values():
        for document in documents:
            alone.setdefault(document, [])
        if len(documents) == 1:
            alone[documents[0]].append(departments)
    without = [_ranks(_less(strengths, gone)) for _, gone in sorted(alone.items())]
    found = [
        Central(
            id=department,
            name=index.name(department),
            value=round(value, 6),
            rank=rank,
            lowest=min(runs),
            highest=max(runs),
            says=_says(value, graph.degree(department), rank, (min(runs), max(runs))),
        )
        for department, (value, rank) in ranks.items()
        for runs in ([rank, *(run.get(department, (0.0, len(ranks) + 1))[1] for run in without)],)
    ]
    return tuple(sorted(found, key=lambda item: (item.rank, item.id)))


def _less(strengths: Mapping[str, int], gone: Iterable[tuple[str, ...]]) -> Mapping[str, int]:
    """Return how often departments are asked with another one, without what some propositions ask."""
    left = dict(strengths)
    for departments in gone:
        for department in departments if len(departments) > 1 else ():
            left[department] -= len(departments) - 1
    return {department: strength for department, strength in left.items() if strength}


def _says(value: float, others: int, rank: int, between: tuple[int, int]) -> str:
    pairs = f"In {100 * value:.0f}% of the pairs of departments asked together, with {count_of(others, 'other')}"
    return f"{pairs}; rank {rank}" + (
        "." if between[0] == between[1] else f", {between[0]} to {between[1]} with one document left out."
    )


def _network(asked: Asked) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    for departments, _ in asked.values():
        for first, second in combinations(departments, 2):
            weight = graph.get_edge_data(first, second, {"weight": 0})["weight"]
            graph.add_edge(first, second, weight=weight + 1)
    return graph


def _ranks(strengths: Mapping[str, int]) -> dict[str, tuple[float, int]]:
    """Return each department's share of all pairs and its rank; equal shares share a rank."""
    pairs = sum(strengths.values()) / 2
    ordered = sorted(strengths.values())
    return {
        item: (strength / pairs, 1 + len(ordered) - bisect_right(ordered, strength))
        for item, strength in strengths.items()
    }

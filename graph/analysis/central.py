"""How central a department is among those asked together, and how stable that is."""

from collections.abc import Mapping
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
    ranks = _ranks(graph)
    documents = sorted({document for _, held in asked.values() for document in held})
    without = [_ranks(_network(_less(asked, document))) for document in documents]
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


def _less(asked: Asked, document: str) -> Asked:
    return {key: item for key, item in asked.items() if document not in item[1]}


def _says(value: float, others: int, rank: int, between: tuple[int, int]) -> str:
    pairs = f"In {100 * value:.0f}% of the pairs of departments asked together, with {count_of(others, 'other')}"
    return f"{pairs}; rank {rank}" + (
        "." if between[0] == between[1] else f", {between[0]} to {between[1]} with one document left out."
    )


def _network(asked: Asked) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    for _, (departments, _documents) in sorted(asked.items()):
        for first, second in combinations(departments, 2):
            weight = graph.get_edge_data(first, second, {"weight": 0})["weight"]
            graph.add_edge(first, second, weight=weight + 1)
    return graph


def _ranks(graph: "nx.Graph[str]") -> dict[str, tuple[float, int]]:
    """Return each department's share of all pairs and its rank; equal shares share a rank."""
    everything = graph.size(weight="weight")
    shares = (
        {item: strength / everything for item, strength in sorted(graph.degree(weight="weight"))} if everything else {}
    )
    return {item: (share, 1 + sum(other > share for other in shares.values())) for item, share in shares.items()}

"""Places for the nodes of a network: rings around its centre, worked out once, the same on every machine.

A ring keeps nodes of one type together, and each outer node stands behind the inner one that leads to it, so edges
cross little and a reader finds the same picture again.
"""

import math
from collections.abc import Mapping

from graph.model import Entity, Subgraph
from viz.palette import STYLES

SPACE = 92.0  # between neighbours on a ring, wide enough for a two-line label
RING_STEP = 210.0
MAX_ON_RING = 32
_TYPE_ORDER = {name: place for place, name in enumerate(STYLES)}

Position = tuple[float, float]


def place_rings(sub: Subgraph, centre_id: str) -> dict[str, Position]:
    """Return x and y of every entity, the centre at the origin.

    Entities that nothing ties to the centre stand on the outermost ring. Ties go by type, name and id.
    Cost: O(n log n + relations)."""
    entities = {entity.id: entity for entity in sub.entities}
    positions: dict[str, Position] = {centre_id: (0.0, 0.0)} if centre_id in entities else {}
    angles = {centre_id: 0.0}
    radius = 0.0
    for ring, parents in _rings(sub, centre_id, entities):
        order = sorted(ring, key=lambda node: (_parent_angle(node, parents, angles), *_rank(entities[node])))
        layers = math.ceil(len(order) / MAX_ON_RING)
        radius = max(radius + RING_STEP, len(order) * SPACE / (2 * math.pi * layers))
        for index, node in enumerate(order):
            angle = 2 * math.pi * index / len(order) - math.pi / 2
            reach = radius + RING_STEP * 0.8 * (index % layers)
            angles[node] = angle
            positions[node] = (round(reach * math.cos(angle), 1), round(reach * math.sin(angle), 1))
        radius += RING_STEP * 0.8 * (layers - 1)
    return positions


def _rings(sub: Subgraph, centre_id: str, entities: Mapping[str, Entity]) -> list[tuple[list[str], dict[str, str]]]:
    """Return the nodes at each distance from the centre, each with the nearer node that leads to it."""
    near: dict[str, set[str]] = {node: set() for node in entities}
    for relation in sub.relations:
        if relation.source_id in near and relation.target_id in near:
            near[relation.source_id].add(relation.target_id)
            near[relation.target_id].add(relation.source_id)
    rings: list[tuple[list[str], dict[str, str]]] = []
    seen = {centre_id}
    edge = [centre_id] if centre_id in near else []
    while edge:
        parents: dict[str, str] = {}
        for node in edge:
            for other in sorted(near[node] - seen):
                parents.setdefault(other, node)
        seen.update(parents)
        edge = list(parents)
        if edge:
            rings.append((edge, parents))
    rest = sorted(set(near) - seen)
    return [*rings, (rest, {})] if rest else rings


def _rank(entity: Entity) -> tuple[int, str, str]:
    return _TYPE_ORDER.get(entity.type, len(_TYPE_ORDER)), entity.name, entity.id


def _parent_angle(node: str, parents: Mapping[str, str], angles: Mapping[str, float]) -> float:
    return angles.get(parents.get(node, ""), 0.0)

"""Places for the nodes of a network: rings around its centre, worked out once, the same on every machine.

A ring keeps nodes of one type together, and each outer node stands behind the inner one that leads to it, so edges
cross little and a reader finds the same picture again.
"""

import math
from collections import Counter
from collections.abc import Mapping

from graph.model import Entity, Subgraph
from viz.palette import STYLES

SPACE = 150.0  # between neighbours on a ring, wide enough for a label
RING_STEP = 190.0
STRETCH = 1.5  # screens are wider than high
_TYPE_ORDER = {name: place for place, name in enumerate(STYLES)}

Position = tuple[float, float]


def place_rings(sub: Subgraph, centre_id: str) -> dict[str, Position]:
    """Return x and y of every entity, the centre at the origin.

    Entities that nothing ties to the centre stand on the outermost rings. Ties go by type, name and id.
    Cost: O(n log n + relations).
    """
    entities = {entity.id: entity for entity in sub.entities}
    positions: dict[str, Position] = {centre_id: (0.0, 0.0)} if centre_id in entities else {}
    angles = {centre_id: 0.0}
    radius = 0.0
    for nodes, parents in _distances(sub, centre_id, entities):
        order = sorted(nodes, key=lambda node: (angles.get(parents.get(node, ""), 0.0), *_rank(entities[node])))
        rings = _spread(len(order), radius + RING_STEP)
        on_ring, placed = Counter(rings), Counter[float]()
        for node, reach in zip(order, rings, strict=True):
            turn = 0.5 + 0.25 * (reach != rings[0])  # so that a node does not hide the one behind it
            angle = 2 * math.pi * (placed[reach] + turn) / on_ring[reach] - math.pi / 2
            placed[reach] += 1
            angles[node] = angle
            positions[node] = (round(STRETCH * reach * math.cos(angle), 1), round(reach * math.sin(angle), 1))
        radius = max(rings)
    return positions


def _spread(count: int, radius: float) -> list[float]:
    """Return the radius of the ring for each of `count` nodes in turn, beginning at `radius`.

    As many rings are used as give each node its space; each takes nodes in proportion to its length. A ring of half as
    much again is better than two.
    """
    alone = count * SPACE / (2 * math.pi * (1 + STRETCH) / 2)
    if alone <= radius + RING_STEP:
        return [max(radius, alone)] * count
    rooms: list[float] = []
    while sum(rooms) < count:
        reach = radius + RING_STEP * len(rooms)
        rooms.append(math.floor(2 * math.pi * reach * (1 + STRETCH) / 2 / SPACE))
    taken = [0.5] * len(rooms)
    chosen = []
    for _ in range(count):
        ring = min(range(len(rooms)), key=lambda place: (taken[place] / rooms[place], place))
        taken[ring] += 1
        chosen.append(radius + RING_STEP * ring)
    return chosen


def _distances(sub: Subgraph, centre_id: str, entities: Mapping[str, Entity]) -> list[tuple[list[str], dict[str, str]]]:
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

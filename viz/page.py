"""Subgraph in, the HTML text of a network page out.

pyvis holds nodes and edges; its template does not escape and loads scripts from elsewhere, so the page is our own. The
data goes into the page as JSON that no browser runs, and the same facts stand below it as a table.
"""

import json
import textwrap
from dataclasses import dataclass

from graph.model import Entity, Relation, Subgraph
from viz.layout import Position, place_rings
from viz.palette import STYLES, TypeStyle, phrase_of, style_of
from viz.rendering import render

LABEL_WIDTH = 22
LABEL_LINES = 3


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node of the still picture that stands in where no script runs."""

    entity: Entity
    style: TypeStyle
    x: float
    y: float
    label: tuple[str, ...]
    is_centre: bool


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A line of the still picture."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class TableRow:
    """A relation in the table under the network."""

    relation: Relation
    source: Entity
    phrase: str
    target: Entity


def render_network(sub: Subgraph, centre: Entity, *, hops: int = 1, register: bool = True) -> str:
    """Return a page that draws `sub` around `centre`: a network, its legend, and a table of the same facts.

    Args: hops, register: what `sub` was asked for, so that the page can say so and lead to the other choices.
    """
    positions = place_rings(sub, centre.id)
    entities = {entity.id: entity for entity in sub.entities}
    relations = tuple(item for item in sub.relations if item.source_id in entities and item.target_id in entities)
    present = {entity.type for entity in sub.entities}
    return render(
        "network.html",
        centre=centre,
        hops=hops,
        register=register,
        truncated=sub.truncated,
        data=to_network_json(sub, centre.id, positions),
        legend=tuple((name, style) for name, style in STYLES.items() if name in present),
        nodes=tuple(_drawn_node(entity, positions[entity.id], centre.id) for entity in sub.entities),
        edges=tuple(DrawnEdge(*positions[item.source_id], *positions[item.target_id]) for item in relations),
        box=view_box(positions),
        rows=tuple(
            TableRow(item, entities[item.source_id], phrase_of(item.type, outgoing=True), entities[item.target_id])
            for item in relations
        ),
    )


def to_network_json(sub: Subgraph, centre_id: str, positions: dict[str, Position]) -> str:
    """Return nodes and edges as vis-network takes them, in a fixed order; `sub` is left as it is."""
    from pyvis.network import Network

    network = Network(directed=True)
    for entity in sub.entities:
        style = style_of(entity.type)
        x, y = positions[entity.id]
        network.add_node(
            entity.id,
            label="\n".join(wrap_label(entity.name)),
            title=f"{entity.name}\n{style.one}",
            shape=style.shape,
            color=style.colour,
            x=x,
            y=y,
            size=26 if entity.id == centre_id else 15,
            physics=False,
        )
    known = set(network.node_ids)
    pairs: dict[frozenset[str], int] = {}
    for relation in sub.relations:
        if not {relation.source_id, relation.target_id} <= known:
            continue
        turn = pairs.setdefault(frozenset((relation.source_id, relation.target_id)), 0)
        pairs[frozenset((relation.source_id, relation.target_id))] += 1
        phrase = phrase_of(relation.type, outgoing=True)
        network.add_edge(
            relation.source_id,
            relation.target_id,
            id=relation.id,
            title=phrase,
            dashes=not relation.evidence,
            smooth={"type": "curvedCW", "roundness": round(0.12 * turn, 2)},
        )
    return json.dumps({"centre": centre_id, "nodes": network.nodes, "edges": network.edges}, sort_keys=True)


def wrap_label(name: str) -> list[str]:
    """Return a name in the few short lines that fit under a node."""
    lines = textwrap.wrap(name, LABEL_WIDTH) or [name]
    return lines if len(lines) <= LABEL_LINES else [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1] + " …"]


def _drawn_node(entity: Entity, position: Position, centre_id: str) -> DrawnNode:
    return DrawnNode(
        entity, style_of(entity.type), *position, label=tuple(wrap_label(entity.name)), is_centre=entity.id == centre_id
    )


def view_box(positions: dict[str, Position]) -> str:
    """Return the part of the plane that a still picture must show, around the centre."""
    across = max((abs(x) for x, _ in positions.values()), default=0.0) + 130
    down = max((abs(y) for _, y in positions.values()), default=0.0) + 90
    return f"{-across:g} {-down:g} {2 * across:g} {2 * down:g}"

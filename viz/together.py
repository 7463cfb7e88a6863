"""The network of departments that are asked together: the heavier a line, the more propositions ask both its ends."""

import json
from dataclasses import dataclass

from graph.analysis.model import AskedTogether, HmgAnswer, Ref
from graph.model import Entity, Evidence, Relation, Subgraph
from viz.layout import Position, place_rings
from viz.page import DrawnNode, view_box, wrap_label
from viz.palette import style_of

WIDEST = 9.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the still picture."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """The network as data for the script and as a still picture for where none runs."""

    data: str
    nodes: tuple[DrawnNode, ...]
    lines: tuple[Line, ...]
    box: str


def draw_together(found: HmgAnswer) -> Drawn:
    """Return the network of departments asked together; the one with the heaviest lines stands in the middle."""
    pairs = found.asked_together
    refs = {ref.id: ref for pair in pairs for ref in (pair.first, pair.second)}
    weights = {name: sum(pair.weight for pair in pairs if name in (pair.first.id, pair.second.id)) for name in refs}
    centre = min(refs, key=lambda name: (-weights[name], name))
    positions = place_rings(_to_subgraph(refs, pairs), centre)
    most = max(pair.weight for pair in pairs)
    return Drawn(
        data=_to_json(refs, pairs, positions, centre, most),
        nodes=tuple(_node(ref, positions[ref.id], is_centre=ref.id == centre) for _, ref in sorted(refs.items())),
        lines=tuple(
            Line(*positions[pair.first.id], *positions[pair.second.id], _width(pair.weight, most)) for pair in pairs
        ),
        box=view_box(positions),
    )


def _width(weight: int, most: int) -> float:
    return round(1 + (WIDEST - 1) * weight / most, 1)


def _to_entity(ref: Ref) -> Entity:
    return Entity(ref.id, ref.type, ref.name)


def _to_subgraph(refs: dict[str, Ref], pairs: tuple[AskedTogether, ...]) -> Subgraph:
    entities = tuple(_to_entity(ref) for _, ref in sorted(refs.items()))
    relations = tuple(
        Relation(f"{pair.first.id} {pair.second.id}", "ASKS", pair.first.id, pair.second.id, {}, _evidence(pair))
        for pair in pairs
    )
    return Subgraph(entities, relations)


def _evidence(pair: AskedTogether) -> tuple[Evidence, ...]:
    return tuple(Evidence(item.passage, item.start, item.end, item.quote, "asked together") for item in pair.evidence)


def _to_json(
    refs: dict[str, Ref], pairs: tuple[AskedTogether, ...], positions: dict[str, Position], centre: str, most: int
) -> str:
    from pyvis.network import Network

    network = Network(directed=False)
    for name, ref in sorted(refs.items()):
        style = style_of(ref.type)
        x, y = positions[name]
        network.add_node(
            name,
            label="\n".join(wrap_label(ref.name)),
            title=f"{ref.name}\n{style.one}",
            shape=style.shape,
            color=style.colour,
            x=x,
            y=y,
            size=26 if name == centre else 15,
            physics=False,
        )
    for pair in pairs:
        network.add_edge(
            pair.first.id,
            pair.second.id,
            id=f"{pair.first.id} {pair.second.id}",
            title=str(pair.weight),
            width=_width(pair.weight, most),
            arrows={"to": {"enabled": False}},
            smooth=False,
        )
    return json.dumps({"centre": centre, "nodes": network.nodes, "edges": network.edges}, sort_keys=True)


def _node(ref: Ref, position: Position, *, is_centre: bool) -> DrawnNode:
    entity = _to_entity(ref)
    return DrawnNode(entity, style_of(ref.type), *position, label=tuple(wrap_label(ref.name)), is_centre=is_centre)

import math

import pytest

from graph.model import Entity, Relation, Subgraph
from viz.layout import place_rings


def _star(count: int, *, reverse: bool = False) -> Subgraph:
    """A centre with `count` neighbours, each of them with one more behind it."""
    near = [Entity(f"n{place:03}", "Place", f"n{place:03}") for place in range(count)]
    far = [Entity(f"f{place:03}", "Place", f"f{place:03}") for place in range(count)]
    entities = [Entity("c", "Strategy", "c"), *near, *far]
    relations = [Relation(f"r{node.id}", "COVERS", "c", node.id) for node in near]
    relations += [Relation(f"s{b.id}", "PART_OF", b.id, a.id) for a, b in zip(near, far, strict=True)]
    step = -1 if reverse else 1
    return Subgraph(tuple(entities[::step]), tuple(relations[::step]))


@pytest.mark.parametrize("count", [1, 2, 7, 40, 150])
def test_every_entity_has_a_place_of_its_own(count: int) -> None:
    sub = _star(count)
    positions = place_rings(sub, "c")
    assert set(positions) == {entity.id for entity in sub.entities}
    places = sorted(positions.values())
    nearest = min(math.dist(a, b) for place, a in enumerate(places) for b in places[place + 1 :])
    assert nearest > 60


def test_the_centre_is_at_the_origin_and_farther_entities_are_farther_out() -> None:
    positions = place_rings(_star(6), "c")
    assert positions["c"] == (0.0, 0.0)
    near = max(abs(y) for name, (_, y) in positions.items() if name.startswith("n"))
    far = max(abs(y) for name, (_, y) in positions.items() if name.startswith("f"))
    assert near < far


def test_places_do_not_depend_on_the_order_of_the_input() -> None:
    assert place_rings(_star(12), "c") == place_rings(_star(12, reverse=True), "c")


def test_entities_that_nothing_joins_have_a_place_too() -> None:
    sub = Subgraph((Entity("a", "Place", "a"), Entity("b", "Place", "b"), Entity("c", "Place", "c")), ())
    assert len(set(place_rings(sub, "a").values())) == 3


def test_a_centre_that_is_not_there_is_no_error() -> None:
    assert set(place_rings(_star(2), "x")) == {entity.id for entity in _star(2).entities}

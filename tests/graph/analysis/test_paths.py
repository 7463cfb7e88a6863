"""Paths between two entities.

a -- b -- z        (two relations, one quote each)
a -- c -- d -- z   (three, with three quotes each)
"""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.model import PathAnswer
from graph.analysis.paths import find_paths


@pytest.fixture
def net(draw: Any) -> Any:
    for key in "abcdz":
        draw.entity(key, "Proposition", key.upper())
    for one, two in (("a", "b"), ("z", "b")):
        draw.relate(one, "ALIGNS_WITH", two)
    for one, two in (("a", "c"), ("c", "d"), ("d", "z")):
        for _ in range(3):
            draw.relate(one, "ALIGNS_WITH", two)
    return draw


def paths(draw: Any, **options: Any) -> PathAnswer:
    return find_paths(draw.material(), "a", "z", **options)


def test_shortest_first_and_each_step_says_which_way(net: Any) -> None:
    first = paths(net).shortest[0]
    assert first.says == "A —ALIGNS_WITH→ B ←ALIGNS_WITH— Z"
    assert [step.forward for step in first.steps] == [True, False]
    assert first.strength == pytest.approx(0.25)


def test_best_evidenced_is_the_product_over_steps(net: Any) -> None:
    first = paths(net).best_evidenced[0]
    assert [step.target.id for step in first.steps] == ["c", "d", "z"]
    assert first.strength == pytest.approx(0.75**3)


def test_steps_carry_their_quotes(net: Any) -> None:
    assert [citation.quote for citation in paths(net).shortest[0].steps[0].evidence] == ["a ALIGNS_WITH b"]


def test_max_hops_bounds_both_lists(net: Any) -> None:
    found = paths(net, max_hops=2)
    assert {len(path.steps) for path in (*found.shortest, *found.best_evidenced)} == {2}


def test_no_chain_says_so(draw: Any) -> None:
    draw.entity("a", "Proposition")
    draw.entity("z", "Proposition")
    found = paths(draw)
    assert (found.shortest, found.best_evidenced) == ((), ())
    assert found.notes == ("No chain of at most 4 relations was found in what was searched.",)


def test_ties_go_through_entities_with_fewer_relations(net: Any) -> None:
    """a -- hub -- z is as long and as well evidenced as a -- b -- z, but everything passes through the hub."""
    net.entity("0hub", "Department")
    for key in "abcdz":
        net.relate(key, "ASKS", "0hub")
    assert [path.steps[0].target.id for path in paths(net).shortest[:2]] == ["b", "0hub"]


EDGES = st.lists(st.tuples(st.sampled_from("abcdz"), st.sampled_from("abcdz"), st.integers(1, 3)), max_size=12)


@settings(max_examples=40, deadline=None)
@given(edges=EDGES, max_hops=st.integers(1, 4))
def test_chains_are_the_best_of_all_there_are(
    edges: list[tuple[str, str, int]], max_hops: int, new_drawing: Callable[[], Any]
) -> None:
    """Every chain of at most `max_hops` different entities is tried here, one after the other."""
    draw = new_drawing()
    for key in "abcdz":
        draw.entity(key, "Proposition")
    quotes: dict[frozenset[str], int] = {}
    for one, two, number in edges:
        if one != two and frozenset((one, two)) not in quotes:
            quotes[frozenset((one, two))] = number
            for _ in range(number):
                draw.relate(one, "ALIGNS_WITH", two)
    strengths = []
    for length in range(4):
        for middle in permutations("bcd", length):
            pairs = [frozenset(pair) for pair in zip(("a", *middle), (*middle, "z"), strict=True)]
            if len(pairs) <= max_hops and all(pair in quotes for pair in pairs):
                product = 1.0
                for pair in pairs:
                    product *= quotes[pair] / (quotes[pair] + 1)
                strengths.append((len(pairs), round(product, 6)))
    found = paths(draw, max_hops=max_hops, limit=4)
    by_length = sorted(strengths, key=lambda item: (item[0], -item[1]))[:4]
    by_evidence = sorted(strengths, key=lambda item: (-item[1], item[0]))[:4]
    assert [(len(path.steps), path.strength) for path in found.shortest] == by_length
    assert [(len(path.steps), path.strength) for path in found.best_evidenced] == by_evidence

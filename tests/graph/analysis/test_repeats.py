"""What one strategy says twice counts once.

Here: doc:board (2019) and doc:restated (2020), each with the drones and a matter of its own; There: doc:there, with
the same words about drones.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.compare import CompareOptions, compare
from graph.analysis.hmg import HmgOptions, hmg
from graph.analysis.model import Comparison, Material, RowKind, to_json
from graph.analysis.partners import PartnerOptions, partners
from graph.analysis.repeats import join_repeats

DRONES = "a demonstrator of drones over farms and hospitals"


@pytest.fixture
def twice(draw: Any) -> Any:
    draw.strategy("here", status="in-development", read=False)
    draw.document("doc:board", about="lis:here", date="2019-12")
    draw.document("doc:restated", about="lis:here", date="2020-03")
    draw.strategy("there")
    draw.entity("sector:aero", "Sector", "Aerospace")
    draw.entity("dept:beis", "Department", "BEIS")
    draw.proposition("board", "Drone Zone", area="here", document="doc:board", what=DRONES, ask="Lift the rules")
    draw.proposition("restated", "Build a demonstrator", area="here", document="doc:restated", what=DRONES)
    draw.proposition("careers", "Careers hub", area="here", document="doc:board", what="advice for pupils in schools")
    draw.proposition("ports", "Free port", area="here", document="doc:restated", what="customs at the harbour")
    draw.proposition("there", "Drone Zone", area="there", what=DRONES)
    for key, document in (("board", "doc:board"), ("restated", "doc:restated"), ("there", "doc:there")):
        draw.relate(f"prop:{key}", "IN_SECTOR", "sector:aero", document=document)
        draw.relate(f"prop:{key}", "ASKS", "dept:beis", document=document, words="Lift the rules")
    return draw


def ask(material: Material) -> Comparison:
    return compare(material, "lis:here", ("lis:there",), CompareOptions())


def test_it_counts_once_with_the_quotes_of_both(twice: Any) -> None:
    answer = ask(twice.material())
    coverage = answer.coverage[0]
    assert (coverage.propositions, coverage.repeated) == (3, 1)
    assert (
        coverage.says
        == "Here: 3 propositions from 2 documents (strategy); 1 of them in several documents, counted once."
    )
    row = next(row for row in answer.matrix.rows if row.kind is RowKind.SECTOR)
    assert [cell.propositions for cell in row.cells] == [("prop:restated",), ("prop:there",)]
    card = next(card for card in answer.propositions if card.id == "prop:restated")
    assert {citation.document for citation in card.evidence} == {"doc:board", "doc:restated"}


def test_the_latest_document_stands_and_takes_what_it_does_not_say(twice: Any) -> None:
    material, repeats = join_repeats(twice.material())
    assert dict(repeats) == {"prop:restated": ("prop:restated", "prop:board")}
    kept = next(entity for entity in material.sub.entities if entity.id == "prop:restated")
    assert (kept.name, kept.properties["ask"]) == ("Build a demonstrator", "Lift the rules")


def test_what_is_asked_about_stands(twice: Any) -> None:
    answer = partners(twice.material(), "prop:board", PartnerOptions())
    assert (answer.proposition.id, answer.proposition.name) == ("prop:board", "Drone Zone")


def test_an_ask_said_twice_is_one_and_the_answer_says_so(twice: Any) -> None:
    answer = hmg(twice.material(), HmgOptions(area="lis:here"))
    assert [item.proposition for item in answer.asks] == ["prop:restated"]
    assert "1 proposition is said by several documents and counted once." in answer.notes


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (
            {"name": "Drones", "what": "tidal ceramics quantum"},
            {"name": "Kelp", "what": "tidal ceramics quantum"},
            True,
        ),
        ({"name": "Drones", "what": "tidal ceramics"}, {"name": "Drones", "what": "quantum farming"}, True),
        ({"name": "Drones", "what": "tidal ceramics"}, {"name": "Kelp", "what": "tidal farming"}, False),
        ({"name": "Tidal", "what": "ceramics"}, {"name": "Ceramics", "what": "tidal"}, False),  # two words are too few
    ],
)
def test_most_words_or_the_same_name_make_them_one(first: Any, second: Any, one: bool, draw: Any) -> None:
    draw.strategy("here", read=False)
    for key, said in (("a", first), ("b", second)):
        draw.document(f"doc:{key}", about="lis:here")
        draw.proposition(key, said["name"], area="here", document=f"doc:{key}", what=said["what"])
    assert bool(join_repeats(draw.material())[1]) is one


def test_two_of_one_document_stay_two(draw: Any) -> None:
    draw.strategy("here")
    for key in "ab":
        draw.proposition(key, "Drones", area="here", what=DRONES)
    assert not join_repeats(draw.material())[1]


def test_each_is_paired_with_the_most_alike_of_another_document(draw: Any) -> None:
    draw.strategy("here", read=False)
    draw.document("doc:a", about="lis:here")
    draw.document("doc:b", about="lis:here")
    draw.proposition("a", "Plan", area="here", document="doc:a", what="inclusive economy unit ceramics")
    draw.proposition("near", "Plan", area="here", document="doc:b", what="inclusive economy unit ceramics")
    draw.proposition("far", "Plan", area="here", document="doc:b", what="inclusive economy quantum")
    assert list(join_repeats(draw.material())[1].values()) == [("prop:a", "prop:near")]


def test_two_of_one_document_are_not_joined_by_way_of_others(draw: Any) -> None:
    """a1 - b - c - a2: each is like the next, and the first and last stand side by side in one paper."""
    draw.strategy("here", read=False)
    said = {
        "a1": "one two three four",
        "b": "two three four five",
        "c": "three four five six",
        "a2": "four five six ten",
    }
    for key, words in said.items():
        document = draw.document(f"doc:{key[0]}", about="lis:here")
        what = " ".join(f"{word}x" for word in words.split())
        draw.proposition(key, key.upper(), area="here", document=document, what=what)
    groups = join_repeats(draw.material())[1].values()
    assert groups
    assert not any({"prop:a1", "prop:a2"} <= set(group) for group in groups)


WORDS = ("drone", "hydrogen", "careers", "ceramics", "nuclear", "screen", "quantum", "farming")
SAID = st.lists(st.tuples(st.sampled_from("abc"), st.lists(st.sampled_from(WORDS), min_size=3, max_size=5)), max_size=8)


def paint(new_drawing: Callable[[], Any], said: Any, documents: str = "abc") -> Material:
    draw = new_drawing()
    draw.strategy("here", read=False)
    draw.strategy("there")
    draw.proposition("there", "Drone screen", area="there")
    for key in documents:
        draw.document(f"doc:{key}", about="lis:here", date=f"20{10 + ord(key) % 10}")
    for number, (key, words) in enumerate(said):
        if key in documents:
            draw.proposition(str(number), f"N{number}", area="here", document=f"doc:{key}", what=" ".join(words))
    return draw.material()


def without(material: Material, document: str) -> Material:
    """Return the material as the store has it when a document is removed: what it alone supported goes."""
    gone = {passage.id for passage in material.passages if passage.document_id == document}
    relations = tuple(item for item in material.sub.relations if not {e.passage_id for e in item.evidence} <= gone)
    held = {item.target_id for item in relations if item.type == "PROPOSES"}
    entities = tuple(item for item in material.sub.entities if item.type != "Proposition" or item.id in held)
    return replace(
        material,
        sub=replace(material.sub, entities=entities, relations=relations),
        documents=tuple(item for item in material.documents if item.id != document),
        passages=tuple(item for item in material.passages if item.id not in gone),
    )


@settings(max_examples=40, deadline=None)
@given(said=SAID)
def test_removing_a_document_leaves_what_the_others_say(said: Any, new_drawing: Callable[[], Any]) -> None:
    left = join_repeats(without(paint(new_drawing, said), "doc:b"))
    never = join_repeats(paint(new_drawing, said, "ac"))
    assert left[1] == never[1]
    assert [item.id for item in left[0].sub.entities] == [item.id for item in never[0].sub.entities]


@settings(max_examples=40, deadline=None)
@given(said=SAID)
def test_nothing_is_lost_and_joining_again_changes_nothing(said: Any, new_drawing: Callable[[], Any]) -> None:
    material = paint(new_drawing, said)
    joined, repeats = join_repeats(material)
    every = {evidence for item in material.sub.relations for evidence in item.evidence}
    assert {evidence for item in joined.sub.relations for evidence in item.evidence} == every
    dropped = sum(len(group) - 1 for group in repeats.values())
    assert len(joined.sub.entities) == len(material.sub.entities) - dropped
    assert not {item for group in repeats.values() for item in group[1:]} & {e.id for e in joined.sub.entities}


@settings(max_examples=40, deadline=None)
@given(said=SAID, seed=st.randoms(use_true_random=False))
def test_order_does_not_matter_and_strangers_change_nothing(
    said: Any, seed: Any, new_drawing: Callable[[], Any]
) -> None:
    material = paint(new_drawing, said)
    shuffled = replace(
        material,
        sub=replace(
            material.sub,
            entities=tuple(seed.sample(material.sub.entities, len(material.sub.entities))),
            relations=tuple(seed.sample(material.sub.relations, len(material.sub.relations))),
        ),
    )
    assert join_repeats(shuffled)[1] == join_repeats(material)[1]
    if any(key in "abc" for key, _ in said):
        assert to_json(ask(shuffled)) == to_json(ask(material))
    more = paint(new_drawing, [*said, ("z", ["xylophone", "zither", "oboe"])], "abcz")
    assert join_repeats(more)[1] == join_repeats(material)[1]

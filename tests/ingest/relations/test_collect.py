import pytest
from paper_samples import Desk

from graph.model import DropReason, Entity
from ingest.propositions import Span
from ingest.relations import Collector

ENTITIES = {
    "prop:1": Entity("prop:1", "Proposition", "Quay"),
    "dept:x": Entity("dept:x", "Department", "X"),
    "place:y": Entity("place:y", "Place", "Y"),
}
TEXT = "Ships come. X will build a quay. It will rain."
WHOLE = Span(0, 0, len(TEXT))


@pytest.fixture
def collector(desk: Desk) -> Collector:
    return Collector(desk(TEXT, "word " * 300).reading, ENTITIES)


def test_edge_said_twice_is_one_with_both_words(collector: Collector) -> None:
    collector.add("COMMITS", "dept:x", "prop:1", Span(0, 12, 32), "b")
    collector.add("COMMITS", "dept:x", "prop:1", Span(0, 0, 11), "a", score=0.5)
    collector.add("COMMITS", "dept:x", "prop:1", Span(0, 0, 11), "again")
    (relation,) = collector.relations()
    assert [(found.quote, found.rule, found.score) for found in relation.evidence] == [
        ("Ships come.", "a", 0.5),
        ("X will build a quay.", "b", 1.0),
    ]


def test_edge_that_the_ontology_forbids_is_dropped_aloud(collector: Collector) -> None:
    collector.add("COMMITS", "place:y", "prop:1", WHOLE, "a")
    assert collector.relations() == ()
    (dropped,) = collector.dropped()
    assert dropped.reason is DropReason.BAD_RELATION
    assert dropped.item == "COMMITS place:y prop:1"


@pytest.mark.parametrize(
    ("source", "target", "span"),
    [
        ("dept:x", "dept:x", WHOLE),
        ("dept:unknown", "prop:1", WHOLE),
        ("dept:x", "prop:unknown", WHOLE),
        ("dept:x", "prop:1", Span(0, 5, 5)),
    ],
)
def test_edge_to_itself_to_nothing_or_without_words_is_none(
    collector: Collector, source: str, target: str, span: Span
) -> None:
    collector.add("COMMITS", source, target, span, "a")
    assert collector.relations() == ()
    assert collector.dropped() == ()


def test_first_property_stands(collector: Collector) -> None:
    collector.add("ASKS", "prop:1", "dept:x", Span(0, 12, 32), "a", words="first")
    collector.add("ASKS", "prop:1", "dept:x", Span(0, 0, 11), "a", words="second", date="2020")
    assert collector.relations()[0].properties == {"date": "2020", "words": "first"}


def test_relations_are_ordered_by_type_and_ends(collector: Collector) -> None:
    collector.add("IN_PLACE", "prop:1", "place:y", WHOLE, "a")
    collector.add("ASKS", "prop:1", "dept:x", WHOLE, "a")
    assert [relation.type for relation in collector.relations()] == ["ASKS", "IN_PLACE"]
    assert collector.has("ASKS", "prop:1", "dept:x")
    assert not collector.has("ASKS", "prop:1", "place:y")


def test_long_quote_is_cut_between_words(collector: Collector) -> None:
    collector.add("COMMITS", "dept:x", "prop:1", Span(1, 0, 1499), "a")
    quote = collector.relations()[0].evidence[0].quote
    assert 600 < len(quote) <= 700
    assert quote.endswith("word")


def test_evidence_of_one_edge_is_limited(collector: Collector) -> None:
    for start in range(0, 300, 5):
        collector.add("COMMITS", "dept:x", "prop:1", Span(1, start, start + 4), "a")
    assert len(collector.relations()[0].evidence) == 12


def test_sentence_around_a_span_is_whole(collector: Collector) -> None:
    around = collector.sentence_around(Span(0, 17, 22))
    assert TEXT[around.start : around.end] == "X will build a quay."

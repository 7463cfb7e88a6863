"""Entities and propositions are judged as docs/evaluation.md says."""

from collections.abc import Sequence

import pytest

from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from ingest.evaluation.gold import GoldDocument, GoldEntity, GoldProposition
from ingest.evaluation.judge_items import judge_entities, judge_propositions
from ingest.evaluation.verdicts import Outcome, Prediction

DOCUMENT = Document("doc:x", "x", "x.txt", "", "text")


def predict(entities: Sequence[tuple[Entity, tuple[str, ...]]], *texts: str) -> Prediction:
    """Return an output whose mentions stand at the first place where their words occur."""
    passages = [Passage(f"p{at}", "doc:x", at, text) for at, text in enumerate(texts)]
    mentions = []
    for entity, surfaces in entities:
        for surface in surfaces:
            passage = next(passage for passage in passages if surface in passage.text)
            start = passage.text.index(surface)
            mentions.append(Mention(entity.id, passage.id, start, start + len(surface), surface, "rule"))
    return Prediction.from_batch(GraphBatch(DOCUMENT, tuple(passages), tuple(e for e, _ in entities), tuple(mentions)))


def judge_names(gold: list[GoldEntity], predicted: Sequence[tuple[Entity, tuple[str, ...]]]) -> tuple[list[str], int]:
    texts = [surface for _, surfaces in predicted for surface in surfaces]
    verdicts = judge_entities(GoldDocument("x", entities=tuple(gold)), predict(predicted, *texts))
    return [str(item.outcome) for item in verdicts.predicted], len(verdicts.missed)


DIT = GoldEntity("Department", "Department for International Trade", id="dept:dit", surfaces=("DIT",))


@pytest.mark.parametrize(
    ("entity", "words", "outcome"),
    [
        (Entity("dept:dit", "Department", "Trade"), "trade people", "right"),
        (Entity("x", "Department", "department for  international trade"), "the department", "right"),
        (Entity("x", "Department", "Other"), "DIT", "right"),
        (Entity("x", "Department", "Other"), "the ministry", "wrong"),
        (Entity("dept:dit", "Institution", "Department for International Trade"), "DIT", "wrong"),
    ],
)
def test_entity_matches_by_id_name_or_words_and_type(entity: Entity, words: str, outcome: str) -> None:
    assert judge_names([DIT], [(entity, (words,))]) == ([outcome], int(outcome == "wrong"))


def test_entity_of_another_right_type_matches() -> None:
    gold = GoldEntity("Place", "Oxfordshire", alt_types=("LEP",), alt_names=("Oxfordshire LEP",))
    assert judge_names([gold], [(Entity("lep:ox", "LEP", "Oxfordshire LEP"), ("OxLEP",))]) == (["right"], 0)


def test_entity_id_goes_before_words() -> None:
    other = Entity("made", "Department", "Other")
    right = Entity("dept:dit", "Department", "Department for International Trade")
    assert judge_names([DIT], [(other, ("DIT",)), (right, ("the Department",))]) == (["wrong", "right"], 0)


def test_second_entity_for_one_of_gold_is_wrong() -> None:
    found = [(Entity("dept:dit", "Department", "DIT"), ("DIT",)), (Entity("x", "Department", "DIT"), ("DIT",))]
    assert judge_names([DIT], found)[0] == ["right", "wrong"]


def test_entity_without_a_mention_counts_neither_way_and_its_gold_is_missed() -> None:
    assert judge_names([DIT], [(Entity("dept:dit", "Department", "DIT"), ())]) == (["neutral"], 1)


def test_optional_entity_counts_neither_way() -> None:
    gold = GoldEntity("Sector", "Energy", optional=True)
    assert judge_names([gold], [(Entity("s", "Sector", "Energy"), ("energy",))]) == (["neutral"], 0)
    assert judge_names([gold], []) == ([], 0)


def test_required_gold_takes_the_words_before_optional_gold() -> None:
    optional = GoldEntity("Strategy", "All strategies", surfaces=("LIS",), optional=True)
    required = GoldEntity("Strategy", "The strategy", surfaces=("LIS",))
    assert judge_names([optional, required], [(Entity("x", "Strategy", "Other"), ("LIS",))]) == (["right"], 0)


def test_any_name_is_right_where_gold_says_so() -> None:
    gold = GoldEntity("Strategy", "Plan", surfaces=("the growth plan",), any_name=True)
    assert judge_names([gold], [(Entity("x", "Strategy", "Leeds plan"), ("growth plan",))]) == (["right"], 0)


def test_person_is_not_scored() -> None:
    assert judge_names([GoldEntity("Person", "Chair")], [(Entity("x", "Person", "Mayor"), ("Mayor",))]) == ([], 0)


TEXT = "We will build a tram by 2030. Ideas are welcome. Partners could open a hub in Leeds."
GOLD = GoldDocument(
    "x",
    propositions=(GoldProposition("City tram", starts=("We will build",)),),
    not_propositions=("Ideas are",),
    optional_propositions=("Partners could",),
)


def judge_spans(gold: GoldDocument, *found: tuple[str, str]) -> tuple[list[str], int]:
    entities = [(Entity(f"prop:{at}", "Proposition", name), (words,)) for at, (name, words) in enumerate(found)]
    verdicts = judge_propositions(gold, predict(entities, TEXT))
    return [str(item.outcome) for item in verdicts.predicted], len(verdicts.missed)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("We will build a tram by 2030.", "right"),
        (TEXT, "right"),
        ("build a tram by", "right"),
        ("We will", "wrong"),
        ("Ideas are welcome.", "wrong"),
        ("Partners could open a hub in Leeds.", "neutral"),
    ],
)
def test_proposition_matches_by_half_of_its_stretch(words: str, outcome: str) -> None:
    assert judge_spans(GOLD, ("Something else", words))[0] == [outcome]


def test_proposition_matches_by_name_where_no_span_does() -> None:
    assert judge_spans(GOLD, ("tram, City", "in Leeds")) == (["right"], 0)


def test_name_does_not_save_what_must_not_be_one() -> None:
    assert judge_spans(GOLD, ("City tram", "Ideas are welcome.")) == (["wrong"], 1)


def test_second_proposition_from_one_stretch_is_wrong() -> None:
    sentence = "We will build a tram by 2030."
    assert judge_spans(GOLD, ("One", sentence), ("Two", sentence)) == (["right", "wrong"], 0)


def test_two_propositions_of_one_sentence_part_where_the_second_begins() -> None:
    two = GoldDocument(
        "x", propositions=(GoldProposition("A", starts=("We will build",)), GoldProposition("B", starts=("by 2030",)))
    )
    assert judge_spans(two, ("x", "We will build a tram"), ("y", "by 2030")) == (["right", "right"], 0)


def test_span_counts_up_to_its_limit() -> None:
    long = "word " * 400 + "We will build a tram."
    entity = Entity("prop:0", "Proposition", "Other")
    gold = GoldDocument("x", propositions=(GoldProposition("City tram", starts=("We will build",)),))
    verdicts = judge_propositions(gold, predict([(entity, (long,))], long))
    assert verdicts.predicted[0].outcome is Outcome.WRONG


def test_evidence_of_proposes_is_a_span_too() -> None:
    passage = Passage("p0", "doc:x", 0, TEXT)
    evidence = Evidence("p0", 0, 29, TEXT[:29], "rule")
    batch = GraphBatch(
        DOCUMENT,
        (passage,),
        (Entity("prop:0", "Proposition", "Other"), Entity("s", "Strategy", "Plan")),
        relations=(Relation("r", "PROPOSES", "s", "prop:0", evidence=(evidence,)),),
    )
    verdicts = judge_propositions(GOLD, Prediction.from_batch(batch))
    assert verdicts.predicted[0].outcome is Outcome.RIGHT


def test_beginning_that_was_not_read_is_reported() -> None:
    gold = GoldDocument("x", propositions=(GoldProposition("A", starts=("Nowhere in the text",)),))
    assert judge_propositions(gold, predict([], TEXT)).unread == (0,)

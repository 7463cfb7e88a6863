"""Relations are judged once their ends are."""

import pytest

from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from ingest.evaluation.gold import GoldDocument, GoldEntity, GoldProposition, GoldRelation
from ingest.evaluation.judge_items import judge_entities, judge_propositions
from ingest.evaluation.judge_relations import judge_relations
from ingest.evaluation.verdicts import Prediction

TEXT = "Build a hub. Maybe a tram. Leeds York Trade Plan Nowhere"
ENTITIES = {
    "hub": Entity("hub", "Proposition", "Hub"),
    "tram": Entity("tram", "Proposition", "Tram"),
    "leeds": Entity("leeds", "Place", "Leeds"),
    "york": Entity("york", "Place", "York"),
    "trade": Entity("trade", "Department", "Trade"),
    "plan": Entity("plan", "Strategy", "Plan"),
    "nowhere": Entity("nowhere", "Place", "Nowhere"),
    "ideas": Entity("foundation:ideas", "Foundation", "Ideas"),
    "people": Entity("foundation:people", "Foundation", "People"),
}
WORDS = {"hub": "Build a hub.", "tram": "Maybe a tram.", "leeds": "Leeds", "york": "York", "trade": "Trade"} | {
    "plan": "Plan", "nowhere": "Nowhere",
}  # fmt: skip
GOLD_ENTITIES = (
    GoldEntity("Place", "Leeds"),
    GoldEntity("Place", "York"),
    GoldEntity("Department", "Trade"),
    GoldEntity("Strategy", "Plan"),
)
GOLD_PROPOSITIONS = (
    GoldProposition("Hub", starts=("Build a",), foundations=("Ideas",)),
    GoldProposition("Tram", starts=("Maybe a",), optional=True),
)


def judge(gold_relations: list[GoldRelation], *found: tuple[str, str, str]) -> tuple[list[str], int]:
    passage = Passage("p0", "doc:x", 0, TEXT)
    mentions = [
        Mention(ENTITIES[key].id, "p0", TEXT.index(words), TEXT.index(words) + len(words), words, "rule")
        for key, words in WORDS.items()
    ]
    evidence = (Evidence("p0", 0, 5, "Build", "rule"),)
    relations = [
        Relation(f"r{at}", kind, ENTITIES[source].id, ENTITIES[target].id, evidence=evidence)
        for at, (source, kind, target) in enumerate(found)
    ]
    document = Document("doc:x", "x", "x.txt", "", "text")
    batch = GraphBatch(document, (passage,), tuple(ENTITIES.values()), tuple(mentions), tuple(relations))
    gold = GoldDocument("x", entities=GOLD_ENTITIES, propositions=GOLD_PROPOSITIONS, relations=tuple(gold_relations))
    prediction = Prediction.from_batch(batch)
    entities, propositions = judge_entities(gold, prediction), judge_propositions(gold, prediction)
    verdicts = judge_relations(gold, prediction, entities, propositions)
    return [str(item.outcome) for item in verdicts.predicted], len(verdicts.missed)


IN_LEEDS = GoldRelation(("IN_PLACE",), ("Hub",), ("Leeds",))


@pytest.mark.parametrize(
    ("found", "outcome", "missed"),
    [
        (("hub", "IN_PLACE", "leeds"), "right", 0),
        (("leeds", "IN_PLACE", "hub"), "wrong", 1),
        (("hub", "COVERS", "leeds"), "wrong", 1),
        (("hub", "IN_PLACE", "york"), "wrong", 1),
        (("hub", "IN_PLACE", "nowhere"), "neutral", 1),
        (("tram", "IN_PLACE", "york"), "neutral", 1),
        (("hub", "ADDRESSES", "ideas"), "neutral", 1),
        (("hub", "ADDRESSES", "people"), "wrong", 1),
    ],
)
def test_relation_needs_type_and_both_ends(found: tuple[str, str, str], outcome: str, missed: int) -> None:
    assert judge([IN_LEEDS], found) == ([outcome], missed)


def test_alternatives_are_as_right() -> None:
    wanted = GoldRelation(("COMMITS", "ASKS"), ("Trade", "Hub"), ("Hub", "Trade"))
    assert judge([wanted], ("hub", "ASKS", "trade")) == (["right"], 0)


def test_second_answer_to_one_relation_counts_neither_way() -> None:
    wanted = GoldRelation(("IN_PLACE",), ("Hub",), ("Leeds", "York"))
    found = judge([wanted], ("hub", "IN_PLACE", "leeds"), ("hub", "IN_PLACE", "york"))
    assert found == (["right", "neutral"], 0)


def test_optional_relation_counts_neither_way() -> None:
    wanted = GoldRelation(("IN_PLACE",), ("Hub",), ("Leeds",), optional=True)
    assert judge([wanted], ("hub", "IN_PLACE", "leeds")) == (["neutral"], 0)
    assert judge([wanted]) == ([], 0)


def test_relation_of_an_optional_proposition_is_not_required() -> None:
    assert judge([GoldRelation(("IN_PLACE",), ("Tram",), ("Leeds",))]) == ([], 0)


def test_register_end_without_a_mention_matches_its_gold() -> None:
    passage = Passage("p0", "doc:x", 0, "Build a hub.")
    gold = GoldDocument(
        "x",
        entities=(GoldEntity("Strategy", "Plan", id="plan", optional=True),),
        propositions=GOLD_PROPOSITIONS[:1],
        relations=(GoldRelation(("PROPOSES",), ("Plan",), ("Hub",)),),
    )
    batch = GraphBatch(
        Document("doc:x", "x", "x.txt", "", "text"),
        (passage,),
        (ENTITIES["hub"], ENTITIES["plan"]),
        relations=(
            Relation("r", "PROPOSES", "plan", "hub", evidence=(Evidence("p0", 0, 12, "Build a hub.", "rule"),)),
        ),
    )
    prediction = Prediction.from_batch(batch)
    entities, propositions = judge_entities(gold, prediction), judge_propositions(gold, prediction)
    assert judge_relations(gold, prediction, entities, propositions).missed == ()


def test_name_of_an_entity_and_a_proposition_is_the_one_the_ontology_joins() -> None:
    text = "Careers Hub. Extend to all of Leeds."
    gold = GoldDocument(
        "x",
        entities=(GoldEntity("Programme", "Careers Hub"),),
        propositions=(GoldProposition("Careers Hub", starts=("Extend to",)),),
        relations=(GoldRelation(("ALIGNS_WITH",), ("Careers Hub",), ("Careers Hub",)),),
    )
    batch = GraphBatch(
        Document("doc:x", "x", "x.txt", "", "text"),
        (Passage("p0", "doc:x", 0, text),),
        (Entity("prop", "Proposition", "Careers Hub"), Entity("prog", "Programme", "Careers Hub")),
        (Mention("prog", "p0", 0, 11, "Careers Hub", "rule"), Mention("prop", "p0", 13, 36, text[13:36], "rule")),
        tuple(
            Relation(f"r{at}", "ALIGNS_WITH", *ends, evidence=(Evidence("p0", 0, 11, "Careers Hub", "rule"),))
            for at, ends in enumerate((("prog", "prop"), ("prop", "prog")))
        ),
    )
    prediction = Prediction.from_batch(batch)
    entities, propositions = judge_entities(gold, prediction), judge_propositions(gold, prediction)
    verdicts = judge_relations(gold, prediction, entities, propositions)
    assert [str(item.outcome) for item in verdicts.predicted] == ["wrong", "right"]

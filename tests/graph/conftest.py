"""Stores of every engine, and one small graph whose answers are known."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.ids import make_document_id, make_id
from graph.model import (
    Document,
    Dropped,
    DropReason,
    Entity,
    Evidence,
    GraphBatch,
    Mention,
    Passage,
    PassageKind,
    Relation,
    Unsure,
)
from graph.stores import open_store
from graph.stores.base import Store

Facts = list[tuple[str, str, str]]  # (relation type, source id, target id), each said by a passage "source type target"


def make_entity(entity_id: str, **changes: object) -> Entity:
    kind = entity_id.partition(":")[0]
    types = {"department": "Department", "place": "Place", "lep": "LEP", "strategy": "Strategy", "sector": "Sector"}
    values: dict[str, object] = {"id": entity_id, "type": types.get(kind, "Proposition"), "name": entity_id.title()}
    return Entity(**{**values, **changes})  # type: ignore[arg-type]


def make_batch(name: str, facts: Facts = (), entities: tuple[Entity, ...] = (), **document: object) -> GraphBatch:  # type: ignore[assignment]
    """Return a document whose every fact has a passage that says it and a mention of each end."""
    document_id = str(document.pop("id", make_document_id(name.encode())))
    known = {entity.id: entity for entity in entities}
    for _, source, target in facts:
        known.setdefault(source, make_entity(source))
        known.setdefault(target, make_entity(target))
    passages, mentions = [], []
    relations: dict[str, Relation] = {}
    for ordinal, (relation_type, source, target) in enumerate(facts):
        text = f"{source} {relation_type} {target}"
        passage = Passage(make_id("passage", document_id, ordinal), document_id, ordinal, text, page=1, path=(name,))
        at = len(text) - len(target)
        passages.append(passage)
        mentions += [
            Mention(source, passage.id, 0, len(source), source, "test", 0.9),
            Mention(target, passage.id, at, len(text), target, "test", 0.9),
        ]
        relation_id = make_id("relation", relation_type, source, target)
        evidence = Evidence(passage.id, 0, len(text), text, "test", 0.8)
        before = relations.get(relation_id)
        relations[relation_id] = Relation(
            relation_id, relation_type, source, target, evidence=(*(before.evidence if before else ()), evidence)
        )
    values: dict[str, object] = {
        "id": document_id, "title": name, "source": f"{name}.txt", "sha256": "0" * 64, "reader": "text",
    }  # fmt: skip
    return GraphBatch(
        Document(**{**values, **document}),  # type: ignore[arg-type]
        tuple(passages),
        tuple(known.values()),
        tuple(mentions),
        tuple(relations.values()),
    )


def make_register(facts: Facts, entities: tuple[Entity, ...] = ()) -> GraphBatch:
    """Return a register layer that says the facts by source address alone."""
    known = {entity.id: entity for entity in entities}
    for _, source, target in facts:
        known.setdefault(source, make_entity(source, register=True))
        known.setdefault(target, make_entity(target, register=True))
    relations = tuple(
        Relation(make_id("relation", kind, source, target), kind, source, target, sources=("https://example.org/list",))
        for kind, source, target in facts
    )
    document = Document("doc:zz-register", "Registers", "registers", "0" * 64, "register", kind="register")
    return GraphBatch(document, entities=tuple(known.values()), relations=relations)


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each engine."""
    if request.param == "neo4j":
        opened = request.getfixturevalue("neo4j").open()
    else:
        opened = open_store(request.getfixturevalue("store_url"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def batch() -> Callable[..., GraphBatch]:
    return make_batch


@pytest.fixture(scope="session")
def register() -> Callable[..., GraphBatch]:
    return make_register


@pytest.fixture(scope="session")
def entity() -> Callable[..., Entity]:
    return make_entity


@pytest.fixture
def lancashire() -> GraphBatch:
    """A document with one of everything: a table cell, edits, dropped and unsure items, two hits of one name."""
    document = Document(
        "doc:lancashire", "Lancashire’s Plan", "plans/lancashire.docx", "a" * 64, "docx", published="2019-12",
        genre="board paper", describes="strategy:lancashire",
    )  # fmt: skip
    texts = [
        ("A plan for Lancashire", PassageKind.HEADING),
        ("An Aerospace Skills Hub will ask BEIS for £5m. BEIS agreed.", PassageKind.PARAGRAPH),
        ("Café innovation in Lancashire", PassageKind.CELL),
    ]
    passages = tuple(
        Passage(f"passage:l{n}", document.id, n, text, kind, page=n + 1, path=("A plan",), level=int(n == 0))
        for n, (text, kind) in enumerate(texts)
    )
    entities = (
        make_entity("department:beis", name="Department for Business, Energy & Industrial Strategy", register=True),
        make_entity("place:lancashire", name="Lancashire", register=True),
        make_entity("proposition:hub", name="Aerospace Skills Hub", properties={"what": "A hub", "tentative": True}),
        make_entity("strategy:lancashire", name="Lancashire Local Industrial Strategy"),
    )
    at = texts[1][0].index
    mentions = (
        Mention("proposition:hub", "passage:l1", 3, 23, "Aerospace Skills Hub", "rule", 0.9),
        Mention("department:beis", "passage:l1", at("BEIS"), at("BEIS") + 4, "BEIS", "register"),
        Mention("department:beis", "passage:l1", at("BEIS agreed"), at("BEIS agreed") + 4, "BEIS", "register"),
        Mention("place:lancashire", "passage:l0", 11, 21, "Lancashire", "register"),
        Mention("place:lancashire", "passage:l2", 19, 29, "Lancashire", "register"),
    )
    ask = "will ask BEIS for £5m"
    relations = (
        Relation(
            "relation:ask", "ASKS", "proposition:hub", "department:beis", {"words": ask, "amount": 5_000_000},
            (Evidence("passage:l1", at(ask), at(ask) + len(ask), ask, "asks", 0.9),),
        ),
        Relation(
            "relation:place", "IN_PLACE", "proposition:hub", "place:lancashire", {},
            (
                Evidence("passage:l2", 19, 29, "Lancashire", "table"),
                Evidence("passage:l0", 11, 21, "Lancashire", "list"),
            ),
        ),
        Relation(
            "relation:proposes", "PROPOSES", "strategy:lancashire", "proposition:hub", {},
            (Evidence("passage:l1", 0, 23, "An Aerospace Skills Hub", "stem"),),
        ),
    )  # fmt: skip
    return GraphBatch(
        document, passages, entities, mentions, relations,
        (Dropped("page 9", DropReason.NEEDS_OCR, "no text layer"), Dropped("page 10", DropReason.UNREADABLE_PAGE)),
        (Unsure("LCR", ("place:leeds-city-region", "place:liverpool-city-region"), "passage:l1", "no context"),),
    )  # fmt: skip

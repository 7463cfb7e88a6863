"""Tiny graphs drawn by hand, for answers that can be worked out on paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from graph.analysis.model import Material
from graph.ids import make_id
from graph.model import (
    Document,
    Entity,
    Evidence,
    GraphBatch,
    Mention,
    Passage,
    PropertyValue,
    Relation,
    Subgraph,
)


@dataclass
class Drawing:
    """A graph in the making: every relation gets a passage of its own in a document, or a register's address."""

    entities: dict[str, Entity] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    drawn: int = 0  # relations ever drawn

    def entity(self, entity_id: str, entity_type: str, name: str = "", /, **properties: PropertyValue) -> str:
        """Add an entity."""
        self.entities[entity_id] = Entity(entity_id, entity_type, name or entity_id, properties=properties)
        return entity_id

    def document(
        self, document_id: str, *, about: str | None = None, date: str = "2019", genre: str = "strategy"
    ) -> str:
        """Add a document that is about a strategy, or about none."""
        self.documents[document_id] = Document(
            document_id,
            f"Paper {document_id}",
            f"{document_id}.md",
            "0" * 64,
            "test",
            published=date,
            genre=genre,
            describes=about,
        )
        return document_id

    def strategy(self, slug: str, *, status: str = "published", wave: int = 1, read: bool = True) -> str:
        """Add a local strategy `lis:SLUG`, with a document `doc:SLUG` about it where it was `read`."""
        key = f"lis:{slug}"
        title = f"{slug.title()} Local Industrial Strategy"
        self.entity(key, "Strategy", title, lis_status=status, wave=wave, area_names=(slug.title(),))
        if read:
            self.document(f"doc:{slug}", about=key)
        return key

    def proposition(
        self, key: str, name: str, *, area: str = "", document: str = "", **properties: PropertyValue
    ) -> str:
        """Add a proposition `prop:KEY`, put forward by an area's strategy in its document."""
        proposition = self.entity(f"prop:{key}", "Proposition", name, **properties)
        if area:
            self.relate(f"lis:{area}", "PROPOSES", proposition, document=document or f"doc:{area}")
        return proposition

    def relate(
        self,
        source: str,
        kind: str,
        target: str,
        *,
        document: str = "",
        register: bool = False,
        **properties: PropertyValue,
    ) -> Relation:
        """Add a relation with a quote in a document, or with a register's address."""
        number = self.drawn
        self.drawn += 1
        evidence: tuple[Evidence, ...] = ()
        if not register:
            held = document or next(iter(self.documents), "") or self.document("doc:any")
            text = f"{source} {kind} {target}"
            self.passages.append(Passage(f"passage:{number}", held, number, text, page=1))
            evidence = (Evidence(f"passage:{number}", 0, len(text), text, "drawn"),)
        relation = Relation(
            make_id("rel", source, kind, target, number),
            kind,
            source,
            target,
            properties,
            evidence,
            ("https://example.org/register",) if register else (),
        )
        self.relations.append(relation)
        return relation

    def material(self) -> Material:
        """Return what was drawn."""
        sub = Subgraph(tuple(self.entities.values()), tuple(self.relations))
        return Material(sub, tuple(self.documents.values()), tuple(self.passages), "v1")


@pytest.fixture
def draw() -> Drawing:
    """Return an empty drawing."""
    return Drawing()


@pytest.fixture(scope="session")
def new_drawing() -> Callable[[], Drawing]:
    """Return what makes empty drawings, for tests that need many."""
    return Drawing


def batches(draw: Drawing) -> Iterator[GraphBatch]:
    """Yield the drawing as a register and one batch a document, each entity mentioned where a relation names it."""
    known = draw.entities
    register = [item for item in draw.relations if item.sources]
    document = Document("doc:register", "Registers", "registers", "0" * 64, "registers", kind="register")
    yield GraphBatch(document, entities=tuple(known.values()), relations=tuple(register))
    for document in draw.documents.values():
        passages = [item for item in draw.passages if item.document_id == document.id]
        held = {item.id for item in passages}
        relations = [item for item in draw.relations if item.evidence and item.evidence[0].passage_id in held]
        mentions = [
            Mention(
                end, item.evidence[0].passage_id, at := item.evidence[0].quote.index(end), at + len(end), end, "drawn"
            )
            for item in relations
            for end in (item.source_id, item.target_id)
        ]
        ends = {end for item in relations for end in (item.source_id, item.target_id)}
        yield GraphBatch(
            document, tuple(passages), tuple(known[end] for end in sorted(ends)), tuple(mentions), tuple(relations)
        )


@pytest.fixture(scope="session")
def to_batches() -> Callable[[Drawing], Iterator[GraphBatch]]:
    """Return what makes a drawing into batches that a store takes."""
    return batches

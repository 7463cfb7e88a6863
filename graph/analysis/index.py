"""A question's material by adjacency: relations at an entity by type, and the citations that open them.

Built once a question. Relations come by (type, source, target, id) and evidence by (document, place in the text),
whatever order the material came in, so answers do not depend on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from graph.analysis.model import (
    Citation,
    DocumentRef,
    HmgAnswer,
    Material,
    PartnerAnswer,
    Ref,
    RoleAnswer,
    iter_citations,
)
from graph.model import Document, Entity, Evidence, Passage, Relation

if TYPE_CHECKING:
    from graph.analysis.search import TermIndex

MAX_CITATIONS = 3  # a statement opens with its first few quotes; the graph holds the rest

AnswerT = TypeVar("AnswerT", PartnerAnswer, RoleAnswer, HmgAnswer)
Adjacency = Mapping[tuple[str, str], tuple[Relation, ...]]


@dataclass(frozen=True, slots=True)
class Index:
    """The material of one question; `entities`, `documents` and `passages` by id."""

    entities: Mapping[str, Entity]
    outgoing: Adjacency
    incoming: Adjacency
    documents: Mapping[str, Document]
    passages: Mapping[str, Passage]
    among: "TermIndex | None" = None  # how common words are, where the material is a choice of very many propositions

    def out(self, entity_id: str, *types: str) -> tuple[Relation, ...]:
        """Return the relations of these types that leave an entity."""
        return tuple(relation for kind in types for relation in self.outgoing.get((entity_id, kind), ()))

    def into(self, entity_id: str, *types: str) -> tuple[Relation, ...]:
        """Return the relations of these types that reach an entity."""
        return tuple(relation for kind in types for relation in self.incoming.get((entity_id, kind), ()))

    def of_type(self, *types: str) -> tuple[Entity, ...]:
        """Return the entities of these types by id."""
        return tuple(entity for _, entity in sorted(self.entities.items()) if entity.type in types)

    def ref(self, entity_id: str) -> Ref:
        """Return an entity as answers name it; one outside the material is named by its id."""
        entity = self.entities.get(entity_id)
        return Ref(entity_id, entity.type, entity.name) if entity else Ref(entity_id, "", entity_id)

    def name(self, entity_id: str) -> str:
        """Return the name of an entity, or its id where the material does not hold it."""
        return self.ref(entity_id).name

    def text(self, entity_id: str, key: str) -> str:
        """Return a property as text; empty where it is missing."""
        entity = self.entities.get(entity_id)
        value = entity.properties.get(key, "") if entity else ""
        return "; ".join(value) if isinstance(value, tuple) else str(value)

    def citation(self, evidence: Evidence) -> Citation:
        """Return an evidence as answers quote it; a passage outside the material gives no document and page."""
        passage = self.passages.get(evidence.passage_id)
        document, page = (passage.document_id, passage.page) if passage else ("", None)
        return Citation(document, evidence.passage_id, page, evidence.start, evidence.end, evidence.quote)

    def cite(self, relations: Iterable[Relation], *, limit: int = MAX_CITATIONS) -> tuple[Citation, ...]:
        """Return the first citations of some relations, each stretch once: the first of each relation comes first."""
        columns = [relation.evidence for relation in relations]
        turns = [
            column[turn]
            for turn in range(max(map(len, columns), default=0))
            for column in columns
            if turn < len(column)
        ]
        return tuple(dict.fromkeys(self.citation(evidence) for evidence in turns))[:limit]

    def document_ids(self, relations: Iterable[Relation]) -> tuple[str, ...]:
        """Return the ids of the documents that say so, each once, in order."""
        found = {
            self.passages[evidence.passage_id].document_id
            for relation in relations
            for evidence in relation.evidence
            if evidence.passage_id in self.passages
        }
        return tuple(sorted(found))

    def document_refs(self, ids: Iterable[str]) -> tuple[DocumentRef, ...]:
        """Return documents as answers list them, by date (undated last), then id."""
        held = [self.documents[item] for item in sorted(set(ids)) if item in self.documents]
        held.sort(key=lambda document: (document.published or "9999", document.id))
        return tuple(to_ref(document) for document in held)

    def with_cited(self, answer: AnswerT) -> AnswerT:
        """Return an answer whose list of documents holds every one that it cites."""
        held = {item.id for item in answer.documents} | {item.document for item in iter_citations(answer)}
        return replace(answer, documents=self.document_refs(held))


def to_ref(document: Document) -> DocumentRef:
    """Return a document as answers list it."""
    return DocumentRef(document.id, document.title, document.published, document.genre, document.describes)


def sources_of(relations: Iterable[Relation]) -> tuple[str, ...]:
    """Return the addresses by which a register supports some relations, each once."""
    return tuple(dict.fromkeys(source for relation in relations for source in relation.sources))


def build_index(material: Material) -> Index:
    """Return the material by adjacency. Cost: O(n log n) of entities, relations and evidence."""
    passages = {passage.id: passage for passage in material.passages}

    def place(evidence: Evidence) -> tuple[str, int, str, int, int]:
        passage = passages.get(evidence.passage_id)
        document, ordinal = (passage.document_id, passage.ordinal) if passage else ("", 0)
        return document, ordinal, evidence.passage_id, evidence.start, evidence.end

    outgoing: dict[tuple[str, str], list[Relation]] = {}
    incoming: dict[tuple[str, str], list[Relation]] = {}
    for found in sorted(material.sub.relations, key=lambda item: (item.type, item.source_id, item.target_id, item.id)):
        evidence = tuple(sorted(found.evidence, key=place))
        relation = Relation(
            found.id, found.type, found.source_id, found.target_id, found.properties, evidence, found.sources
        )
        outgoing.setdefault((relation.source_id, relation.type), []).append(relation)
        incoming.setdefault((relation.target_id, relation.type), []).append(relation)
    return Index(
        entities={entity.id: entity for entity in sorted(material.sub.entities, key=lambda item: item.id)},
        outgoing={key: tuple(value) for key, value in outgoing.items()},
        incoming={key: tuple(value) for key, value in incoming.items()},
        documents={document.id: document for document in sorted(material.documents, key=lambda item: item.id)},
        passages=passages,
        among=material.among,
    )

"""What commands, routes and pages ask of a view beyond its own methods: pure reading, one function a question."""

from collections.abc import Iterator, Sequence

from api.errors import Misuse, UnknownRelation
from graph.analysis.facts import EntityFacts, Fact, Quote
from graph.errors import AmbiguousEntity, OntologyError, UnknownDocument, UnknownEntity
from graph.model import Document, Entity, Evidence, Passage, Relation
from graph.ontology import load_ontology
from graph.stores.base import View


def require_entity_type(name: str) -> str:
    """Return an asked-for entity type; raise Misuse with the known ones where it is none."""
    try:
        return load_ontology().require_entity_type(name)
    except OntologyError as error:
        raise Misuse(str(error)) from error


def require_relation_type(name: str) -> str:
    """Return an asked-for relation type; raise Misuse with the known ones where it is none."""
    try:
        return load_ontology().require_relation_type(name)
    except OntologyError as error:
        raise Misuse(str(error)) from error


def require_entity(view: View, name_or_id: str) -> Entity:
    """Return the entity with this id or name.

    A name that several entities bear goes to the one that documents mention, where there is one such.
    Raises: UnknownEntity with near names; AmbiguousEntity with the ids to choose from.
    """
    if (entity := view.get_entity(name_or_id)) is not None:
        return entity
    found = view.find_entities(name_or_id)
    if not found:
        raise UnknownEntity(name_or_id, view.near_names(name_or_id))
    counts = view.mention_counts([entity.id for entity in found])
    mentioned = [entity for entity in found if counts.get(entity.id)]
    choices = mentioned or found
    if len(choices) > 1:
        raise AmbiguousEntity(name_or_id, [entity.id for entity in choices])
    return choices[0]


def require_document(view: View, document_id: str) -> Document:
    """Return a document by its id; raise UnknownDocument where there is none."""
    document = view.get_document(document_id)
    if document is None:
        raise UnknownDocument(document_id)
    return document


def require_relation(view: View, relation_id: str) -> Relation:
    """Return a relation by its id; raise UnknownRelation where there is none."""
    relation = view.get_relation(relation_id)
    if relation is None:
        raise UnknownRelation(relation_id)
    return relation


def quotes_of(view: View, evidence: Sequence[Evidence]) -> tuple[Quote, ...]:
    """Return each evidence with its passage and document, in the order given."""
    passages = {passage.id: passage for passage in view.get_passages(sorted({item.passage_id for item in evidence}))}
    documents: dict[str, Document] = {}
    quotes = []
    for item in evidence:
        passage = passages[item.passage_id]
        if passage.document_id not in documents:
            documents[passage.document_id] = require_document(view, passage.document_id)
        quotes.append(Quote(item, passage, documents[passage.document_id]))
    return tuple(quotes)


def entity_facts(view: View, entity: Entity, *, relation_types: Sequence[str] = (), limit: int = 200) -> EntityFacts:
    """Return the relations of an entity with far ends and quotes; at most `limit`, flagged when more are there."""
    relations = view.relations(entity.id, relation_types=relation_types, limit=limit + 1)
    shown = relations[:limit]
    others = _entities_by_id(view, sorted({_far_end(relation, entity.id) for relation in shown}))
    quotes = quotes_of(view, [item for relation in shown for item in relation.evidence])
    facts, at = [], 0
    for relation in shown:
        end = at + len(relation.evidence)
        other = others[_far_end(relation, entity.id)]
        facts.append(Fact(relation, other, relation.source_id == entity.id, quotes[at:end]))
        at = end
    return EntityFacts(entity, tuple(facts), len(relations) > limit)


def _far_end(relation: Relation, entity_id: str) -> str:
    return relation.target_id if relation.source_id == entity_id else relation.source_id


def _entities_by_id(view: View, entity_ids: Sequence[str]) -> dict[str, Entity]:
    found = {}
    for entity_id in entity_ids:
        entity = view.get_entity(entity_id)
        if entity is None:
            raise UnknownEntity(entity_id)
        found[entity_id] = entity
    return found


def iter_documents(view: View, *, kind: str | None = "document") -> Iterator[Document]:
    """Yield all documents by id."""
    after = ""
    while page := view.documents(kind=kind, after=after, limit=1000):
        yield from page
        after = page[-1].id


def iter_passages(view: View, document_id: str) -> Iterator[Passage]:
    """Yield all passages of a document in reading order."""
    after = -1
    while page := view.passages(document_id, after=after, limit=1000):
        yield from page
        after = page[-1].ordinal

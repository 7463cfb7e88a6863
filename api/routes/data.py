"""JSON under /api/v1: parse, ask the view, convert."""

from fastapi import APIRouter

from api.answers import entity_facts, quotes_of, require_document, require_entity, require_relation
from api.deps import (
    DocumentId,
    EntityId,
    EntityListQuery,
    FactQuery,
    ListQuery,
    MentionQuery,
    RelationId,
    SearchQuery,
    StoreDep,
    SubgraphQuery,
)
from api.paging import number_key, text_key, to_cursor
from api.schemas import (
    DocumentOut,
    EntityOut,
    ErrorOut,
    FactsOut,
    HitOut,
    MentionOut,
    Page,
    PassageOut,
    QuoteOut,
    RelationEvidenceOut,
    RelationOut,
    StatsOut,
    SubgraphOut,
)

router = APIRouter(
    prefix="/api/v1",
    responses={
        400: {"model": ErrorOut, "description": "A parameter means nothing"},
        404: {"model": ErrorOut, "description": "Nothing has this id or name"},
        409: {"model": ErrorOut, "description": "A name stands for several entities"},
        422: {"model": ErrorOut, "description": "A parameter is out of bounds or unknown"},
        503: {"model": ErrorOut, "description": "The store cannot be reached now"},
    },
)


@router.get("/documents", tags=["documents"])
def list_documents(store: StoreDep, query: ListQuery) -> Page[DocumentOut]:
    """List the documents that are loaded, by id."""
    with store.view() as view:
        found = view.documents(after=text_key(query.after), limit=query.limit + 1)
    items = [DocumentOut.from_domain(document) for document in found[: query.limit]]
    return Page(items=items, next=to_cursor(items[-1].id) if len(found) > query.limit else None)


@router.get("/documents/{document_id}", tags=["documents"])
def get_document(store: StoreDep, document_id: DocumentId) -> DocumentOut:
    """Return one document."""
    with store.view() as view:
        return DocumentOut.from_domain(require_document(view, document_id))


@router.get("/documents/{document_id}/passages", tags=["documents"])
def list_passages(store: StoreDep, document_id: DocumentId, query: ListQuery) -> Page[PassageOut]:
    """List the passages of a document in reading order."""
    with store.view() as view:
        require_document(view, document_id)
        found = view.passages(document_id, after=number_key(query.after, start=-1), limit=query.limit + 1)
    items = [PassageOut.from_domain(passage) for passage in found[: query.limit]]
    return Page(items=items, next=to_cursor(items[-1].ordinal) if len(found) > query.limit else None)


@router.get("/entities", tags=["entities"])
def list_entities(store: StoreDep, query: EntityListQuery) -> Page[EntityOut]:
    """List entities by id, all or of one type."""
    with store.view() as view:
        found = view.entities(
            entity_type=query.require_type(),
            mentioned=query.mentioned,
            after=text_key(query.after),
            limit=query.limit + 1,
        )
    items = [EntityOut.from_domain(entity) for entity in found[: query.limit]]
    return Page(items=items, next=to_cursor(items[-1].id) if len(found) > query.limit else None)


@router.get("/entities/{entity_id}", tags=["entities"])
def get_entity(store: StoreDep, entity_id: EntityId) -> EntityOut:
    """Return one entity, by its id or a name that it alone bears."""
    with store.view() as view:
        return EntityOut.from_domain(require_entity(view, entity_id))


@router.get("/entities/{entity_id}/mentions", tags=["entities"])
def list_mentions(store: StoreDep, entity_id: EntityId, query: MentionQuery) -> Page[MentionOut]:
    """List where documents name an entity."""
    with store.view() as view:
        mentions = view.mentions(require_entity(view, entity_id).id, limit=query.limit)
    return Page(items=[MentionOut.from_domain(mention) for mention in mentions])


@router.get("/entities/{entity_id}/relations", tags=["entities"])
def list_relations(store: StoreDep, entity_id: EntityId, query: FactQuery) -> FactsOut:
    """Return the relations of an entity, with their far ends and the words behind each."""
    types = query.require_types()
    with store.view() as view:
        entity = require_entity(view, entity_id)
        return FactsOut.from_domain(entity_facts(view, entity, relation_types=types, limit=query.limit))


@router.get("/search", tags=["search"])
def search(store: StoreDep, query: SearchQuery) -> Page[HitOut]:
    """Find entities by name and passages by their words, best first."""
    kinds, offset = query.kinds(), number_key(query.after, start=0)
    with store.view() as view:
        found = view.search(query.q, kinds=kinds, entity_type=query.type, offset=max(offset, 0), limit=query.limit + 1)
    items = [HitOut.from_domain(hit) for hit in found[: query.limit]]
    return Page(items=items, next=to_cursor(offset + query.limit) if len(found) > query.limit else None)


@router.get("/evidence/{relation_id}", tags=["evidence"])
def get_evidence(store: StoreDep, relation_id: RelationId) -> RelationEvidenceOut:
    """Open the evidence of a relation: each quote in its passage, with document and page."""
    with store.view() as view:
        relation = require_relation(view, relation_id)
        quotes = quotes_of(view, relation.evidence)
    return RelationEvidenceOut(
        relation=RelationOut.from_domain(relation), quotes=[QuoteOut.from_quote(quote) for quote in quotes]
    )


@router.get("/subgraph", tags=["subgraph"])
def get_subgraph(store: StoreDep, query: SubgraphQuery) -> SubgraphOut:
    """Return what lies around some entities, nearer first, within bounds."""
    relation_types, entity_types = query.require_types()
    with store.view() as view:
        start_ids = [require_entity(view, name).id for name in query.start]
        sub = view.subgraph(
            start_ids,
            relation_types=relation_types,
            entity_types=entity_types,
            max_hops=query.hops,
            max_entities=query.max_entities,
            max_relations=query.max_relations,
            register=query.register_,
        )
    return SubgraphOut.from_domain(sub)


@router.get("/stats", tags=["state"])
def get_stats(store: StoreDep) -> StatsOut:
    """Count what the graph holds, by type."""
    with store.view() as view:
        return StatsOut.from_domain(view.counts(), view.version())

"""The pages that people read: ask the view, hand frozen values to `viz`, answer the text."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import Field

from api.answers import entity_facts, require_document, require_entity, require_entity_type
from api.deps import DocumentId, EntityId, Params, StoreDep
from api.paging import number_key, to_cursor
from graph.model import Document, Entity, Evidence, Passage, PassageKind, Subgraph
from graph.ontology import load_ontology
from graph.stores.base import Counts, Hit, View
from viz import pages
from viz.marks import mark_quote
from viz.page import render_network

router = APIRouter(include_in_schema=False)

PASSAGES_ON_PAGE = 400
ROWS_ON_PAGE = 50
LISTED = 2000  # entities that a list sorts by name
DOCUMENTS_ON_START = 200
PROPOSITIONS_ON_START = 12
MENTIONS_ON_PAGE = 12
FACTS_ON_PAGE = 200
NETWORK_ENTITIES = 120
NETWORK_RELATIONS = 400
AROUND_A_MENTION = 90


class DocumentPageParams(Params):
    """Which stretch of a document."""

    at: int = Field(default=0, ge=0, le=2**31 - 1, description="Ordinal of a passage that the page must hold")


class EntitiesPageParams(Params):
    """Which list of entities."""

    type: str = Field(default="Proposition", max_length=50)
    all: bool = Field(default=False, description="Those that no document names too")
    after: str | None = Field(default=None, max_length=1000)


class SearchPageParams(Params):
    """What to search for."""

    q: str = Field(default="", max_length=200)
    after: str | None = Field(default=None, max_length=1000)


class NetworkPageParams(Params):
    """How far a network reaches, and whether it holds what only a register knows; by itself where nothing else is."""

    hops: int = Field(default=1, ge=1, le=3)
    register_: bool | None = Field(default=None, alias="register")


@router.get("/")
def show_start(store: StoreDep) -> HTMLResponse:
    """Show what is loaded."""
    with store.view() as view:
        counts = view.counts()
        found = view.entities(entity_type="Proposition", mentioned=True, limit=LISTED)
        rows = sorted(found, key=_fullest_first)[:PROPOSITIONS_ON_START]
        overview = pages.Overview(
            documents=tuple(sorted(view.documents(limit=DOCUMENTS_ON_START), key=_reading_order)),
            document_count=counts.documents,
            passages=counts.passages,
            quoted=sum(counts.quoted.values()),
            mentions=counts.mentions,
            types=_count_types(counts),
            propositions=_to_rows(view, rows),
            dropped=counts.dropped,
            unsure=counts.unsure,
        )
    return HTMLResponse(pages.render_start(overview))


@router.get("/documents/{document_id}")
def show_document(
    store: StoreDep, document_id: DocumentId, query: Annotated[DocumentPageParams, Query()]
) -> HTMLResponse:
    """Show a stretch of a document with its mentions and facts."""
    with store.view() as view:
        document = require_document(view, document_id)
        batch = view.document_batch(document_id)
        passages = batch.passages if batch else ()
        first = (query.at // PASSAGES_ON_PAGE) * PASSAGES_ON_PAGE
        shown = tuple(item for item in passages if first <= item.ordinal < first + PASSAGES_ON_PAGE)
        inside = {passage.id for passage in shown}
        relations = tuple(
            relation
            for relation in (batch.relations if batch else ())
            if any(evidence.passage_id in inside for evidence in relation.evidence)
        )
        text = pages.DocumentText(
            document=document,
            describes=view.get_entity(document.describes) if document.describes else None,
            passages=shown,
            entities={entity.id: entity for entity in (batch.entities if batch else ())},
            mentions=tuple(item for item in (batch.mentions if batch else ()) if item.passage_id in inside),
            relations=relations,
            headings=tuple(item for item in passages if item.kind is PassageKind.HEADING and item.level <= 3)[:200],
            before=first - PASSAGES_ON_PAGE if first else None,
            after=first + PASSAGES_ON_PAGE if passages and passages[-1].ordinal >= first + PASSAGES_ON_PAGE else None,
        )
    return HTMLResponse(pages.render_document(text))


@router.get("/entities")
def show_entities(store: StoreDep, query: Annotated[EntitiesPageParams, Query()]) -> HTMLResponse:
    """List entities of a type."""
    require_entity_type(query.type)
    offset = max(number_key(query.after, start=0), 0)
    with store.view() as view:
        found = view.entities(entity_type=query.type, mentioned=not query.all, limit=LISTED + 1)
        listed = sorted(found[:LISTED], key=_by_name)
        rows = _to_rows(view, listed[offset : offset + ROWS_ON_PAGE])
    after = to_cursor(offset + ROWS_ON_PAGE) if len(listed) > offset + ROWS_ON_PAGE else None
    page = pages.EntityList(query.type, rows, len(listed), len(found) > LISTED, not query.all, after)
    return HTMLResponse(pages.render_entities(page))


@router.get("/entities/{entity_id}")
def show_entity(store: StoreDep, entity_id: EntityId) -> HTMLResponse:
    """Show what the graph says of an entity."""
    with store.view() as view:
        entity = require_entity(view, entity_id)
        found = entity_facts(view, entity, limit=FACTS_ON_PAGE)
        rows = _mention_rows(view, entity)
        count = view.mention_counts([entity.id]).get(entity.id, 0)
    return HTMLResponse(pages.render_entity(found, rows, count))


@router.get("/entities/{entity_id}/network")
def show_network(store: StoreDep, entity_id: EntityId, query: Annotated[NetworkPageParams, Query()]) -> HTMLResponse:
    """Draw what lies around an entity."""
    with store.view() as view:
        entity = require_entity(view, entity_id)
        register = bool(query.register_)
        sub = _network(view, entity, query.hops, register=register)
        if query.register_ is None and not sub.relations:
            register = True
            sub = _network(view, entity, query.hops, register=True)
    return HTMLResponse(render_network(sub, entity, hops=query.hops, register=register))


@router.get("/search")
def show_search(store: StoreDep, query: Annotated[SearchPageParams, Query()]) -> HTMLResponse:
    """Show what a search finds."""
    offset = max(number_key(query.after, start=0), 0)
    with store.view() as view:
        found = view.search(query.q, offset=offset, limit=ROWS_ON_PAGE + 1) if query.q.strip() else ()
        rows = [_result_row(view, hit) for hit in found[:ROWS_ON_PAGE]]
    after = to_cursor(offset + ROWS_ON_PAGE) if len(found) > ROWS_ON_PAGE else None
    return HTMLResponse(pages.render_search(query.q, rows, after))


def _network(view: View, entity: Entity, hops: int, *, register: bool) -> Subgraph:
    return view.subgraph(
        [entity.id],
        max_hops=hops,
        max_entities=NETWORK_ENTITIES,
        max_relations=NETWORK_RELATIONS,
        register=register,
    )


def _by_name(entity: Entity) -> tuple[str, str]:
    return entity.name.casefold(), entity.id


def _fullest_first(entity: Entity) -> tuple[int, str, str]:
    """Order propositions of which most is known first: they show a newcomer best what the graph holds."""
    return -sum(key in entity.properties for key in ("what", "why", "how", "ask")), *_by_name(entity)


def _reading_order(document: Document) -> tuple[str, str]:
    return document.title.casefold(), document.id


def _count_types(counts: Counts) -> tuple[pages.TypeCount, ...]:
    return tuple(
        pages.TypeCount(name, counts.mentioned.get(name, 0), counts.entities.get(name, 0))
        for name in load_ontology().entities
    )


def _to_rows(view: View, entities: Sequence[Entity]) -> tuple[pages.EntityRow, ...]:
    return tuple(pages.EntityRow(entity, _origin_of(view, entity)) for entity in entities)


def _origin_of(view: View, entity: Entity) -> str:
    """Return the name of the strategy that puts a proposition forward, else the title of a document that does."""
    if entity.type != "Proposition":
        return ""
    found = view.relations(entity.id, relation_types=("PROPOSES",), limit=1)
    strategy = view.get_entity(found[0].source_id) if found else None
    if strategy is not None:
        return strategy.name
    passages = view.get_passages([mention.passage_id for mention in view.mentions(entity.id, limit=1)])
    document = view.get_document(passages[0].document_id) if passages else None
    return document.title if document else ""


def _mention_rows(view: View, entity: Entity) -> tuple[pages.MentionRow, ...]:
    mentions = view.mentions(entity.id, limit=MENTIONS_ON_PAGE)
    passages = _by_id(view.get_passages([mention.passage_id for mention in mentions]))
    rows = []
    for mention in mentions:
        passage = passages[mention.passage_id]
        place = Evidence(passage.id, mention.start, mention.end, mention.text, mention.rule)
        stretches = mark_quote(passage.text, place, around=AROUND_A_MENTION)
        rows.append(pages.MentionRow(passage, require_document(view, passage.document_id), stretches))
    return tuple(rows)


def _by_id(passages: Iterable[Passage]) -> dict[str, Passage]:
    return {passage.id: passage for passage in passages}


def _result_row(view: View, hit: Hit) -> pages.ResultRow:
    if hit.kind == "entity":
        return pages.to_result_row(hit.title, hit.snippet, entity=view.get_entity(hit.id), passage=None)
    return pages.to_result_row(
        hit.title, hit.snippet, entity=None, passage=next(iter(view.get_passages([hit.id])), None)
    )

"""Leaving out: the material without the documents, strategies and propositions that a question's filters exclude."""

from collections.abc import Sequence
from dataclasses import replace

from graph.analysis.model import Filters, Material
from graph.model import Document, Entity, Relation, Subgraph


def keep(material: Material, filters: Filters, *, always: Sequence[str] = ()) -> Material:
    """Return the material without what the filters leave out; a relation that loses all that supports it goes too.

    `always` names strategies that the filters on waves, areas and publication do not touch: the one asked about."""
    documents = tuple(document for document in material.documents if _fits(document, filters))
    held = {document.id for document in documents}
    passages = tuple(passage for passage in material.passages if passage.document_id in held)
    known = {passage.id for passage in passages}
    gone = {passage.id for passage in material.passages} - known
    left_out = _left_out(material.sub, filters, frozenset(always))
    relations = tuple(
        kept
        for relation in material.sub.relations
        if not {relation.source_id, relation.target_id} & left_out and (kept := _without(relation, gone)) is not None
    )
    supported = {end for relation in relations for end in (relation.source_id, relation.target_id)}
    entities = {
        entity.id: entity
        for entity in material.sub.entities
        if entity.id not in left_out and (entity.type != "Proposition" or entity.id in supported)
    }
    closed = tuple(item for item in relations if item.source_id in entities and item.target_id in entities)
    sub = Subgraph(tuple(entities.values()), closed, material.sub.truncated)
    return Material(sub, documents, passages, material.version, material.among)


def fits_area(strategy: Entity, filters: Filters) -> bool:
    """Say whether a local strategy passes the filters on waves, areas and publication; a national one always does."""
    status = strategy.properties.get("lis_status")
    if status is None:
        return True
    if filters.areas and strategy.id not in filters.areas:
        return False
    if filters.waves and strategy.properties.get("wave") not in filters.waves:
        return False
    return filters.published is None or (status == "published") is filters.published


def _left_out(sub: Subgraph, filters: Filters, always: frozenset[str]) -> set[str]:
    strategies = {
        entity.id
        for entity in sub.entities
        if entity.type == "Strategy" and entity.id not in always and not fits_area(entity, filters)
    }
    proposers: dict[str, set[str]] = {}
    for relation in sub.relations:
        if relation.type == "PROPOSES":
            proposers.setdefault(relation.target_id, set()).add(relation.source_id)
    wrong = {
        entity.id
        for entity in sub.entities
        if entity.type == "Proposition"
        and filters.tentative is not None
        and bool(entity.properties.get("tentative", False)) is not filters.tentative
    }
    return strategies | wrong | {key for key, found in proposers.items() if found <= strategies}


def _without(relation: Relation, gone: set[str]) -> Relation | None:
    evidence = tuple(item for item in relation.evidence if item.passage_id not in gone)
    if not evidence and not relation.sources:
        return None
    return relation if len(evidence) == len(relation.evidence) else replace(relation, evidence=evidence)


def _fits(document: Document, filters: Filters) -> bool:
    published = document.published or ""
    if filters.genres and document.genre not in filters.genres:
        return False
    return not published or (
        not _before(published, filters.since) and not (filters.until and _before(filters.until, published))
    )


def _before(first: str, second: str) -> bool:
    """Say whether a date lies before another, as far as both tell."""
    both = min(len(first), len(second))
    return first[:both] < second[:both]

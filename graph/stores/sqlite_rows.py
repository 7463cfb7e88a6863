"""Rows of the embedded store as values of the model: which columns a query names, and how each value comes out."""

import json
from collections.abc import Iterable
from typing import Any

from graph.model import (
    Cell,
    Document,
    DocumentStatus,
    Dropped,
    DropReason,
    Edit,
    Entity,
    Evidence,
    Passage,
    PassageKind,
    Properties,
    PropertyValue,
    Relation,
    Unsure,
)

DOCUMENT = "d.id, d.title, d.source, d.sha256, d.reader, d.status, d.published, d.kind, d.genre, d.describes, d.rules"
PASSAGE = "p.id, d.id, p.ordinal, p.text, p.kind, p.page, p.path, p.level, p.label, p.cell, p.edits"
ENTITY = "e.id, e.type, e.name, e.register, e.properties"
RELATION = "r.key, r.id, r.type, s.id, t.id, r.properties, r.sources"
MENTION = "e.id, p.id, m.start, m.end, m.text, m.rule, m.score"
EVIDENCE = "p.id, v.start, v.end, v.quote, v.rule, v.score"
ENDS = "JOIN entity s ON s.key = r.source JOIN entity t ON t.key = r.target"
BY_ENDS = "ORDER BY r.type, s.id, t.id, r.id"


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False).encode
Row = tuple[Any, ...]  # values of one row, as SQLite gives them


def encode_properties(properties: Properties) -> str:
    """Return properties as JSON, keys sorted: equal properties give equal text."""
    return encode(dict(properties)) if properties else "{}"


def encode_ids(ids: Iterable[str]) -> str:
    """Return ids that were asked for as a JSON array; a NUL, at which SQLite would cut one short, finds nothing."""
    return encode([item_id.replace("\0", "\ufffd") for item_id in ids])


def decode_properties(text: str) -> dict[str, PropertyValue]:
    """Return properties from their stored JSON; lists become tuples."""
    if text == "{}":
        return {}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}


def to_document(row: Row) -> Document:
    """Return a document from its row."""
    document_id, title, source, sha256, reader, status, *rest = row
    return Document(document_id, title, source, sha256, reader, DocumentStatus(status), *rest)


def to_passage(row: Row) -> Passage:
    """Return a passage from its row."""
    passage_id, document_id, ordinal, text, kind, page, path, level, label, cell, edits = row
    return Passage(
        passage_id, document_id, ordinal, text, PassageKind(kind), page, tuple(json.loads(path)), level, label,
        cell=cell and Cell(*json.loads(cell)),
        edits=() if edits == "[]" else tuple(Edit(*edit) for edit in json.loads(edits)),
    )  # fmt: skip


def to_entity(row: Row) -> Entity:
    """Return an entity from its row."""
    return Entity(row[0], row[1], row[2], bool(row[3]), decode_properties(row[4]))


def to_relation(row: Row, evidence: tuple[Evidence, ...]) -> Relation:
    """Return a relation, given its evidence, from its row."""
    _, relation_id, relation_type, source_id, target_id, properties, sources = row
    return Relation(
        relation_id,
        relation_type,
        source_id,
        target_id,
        decode_properties(properties),
        evidence,
        tuple(json.loads(sources)),
    )


def to_dropped(row: Row) -> Dropped:
    """Return a drop from its row."""
    return Dropped(row[0], DropReason(row[1]), row[2])


def to_unsure(row: Row) -> Unsure:
    """Return an unsure name from its row."""
    return Unsure(row[0], tuple(json.loads(row[1])), row[2], row[3])

"""The one order and the one digest of a batch, so that every engine and run compares alike.

Passages come by ordinal, mentions and evidence by place in the text, entities by id, relations by (type, source,
target, id); exact doubles of mentions, evidence and sources count once; what was dropped or unsure keeps its order.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from operator import lt

from graph.model import Evidence, GraphBatch, Mention, Passage, PropertyValue, Relation


def sort_batch(batch: GraphBatch) -> GraphBatch:
    """Return the batch in its one order; `sort_batch(sort_batch(b)) == sort_batch(b)`. Cost: O(n log n)."""
    place = {passage.id: passage.ordinal for passage in batch.passages}
    return replace(
        batch,
        passages=tuple(sorted(batch.passages, key=lambda passage: (passage.ordinal, passage.id))),
        entities=tuple(sorted(batch.entities, key=lambda entity: entity.id)),
        mentions=_sort_mentions(batch.mentions, place),
        relations=tuple(sorted((_sort_relation(relation, place) for relation in batch.relations), key=relation_order)),
    )


def _sort_mentions(mentions: tuple[Mention, ...], place: Mapping[str, int]) -> tuple[Mention, ...]:
    def place_mention(item: Mention) -> tuple[int, int, int, str, str, float, str]:
        at = place.get(item.passage_id, -1)
        return at, item.start, item.end, item.entity_id, item.rule, item.score, item.text

    places = list(map(place_mention, mentions))
    if all(map(lt, places, places[1:])):  # as the pipeline makes them: in order, and so each once
        return mentions
    return tuple(sorted(dict.fromkeys(mentions), key=place_mention))


def relation_order(relation: Relation) -> tuple[str, str, str, str]:
    """Return the key that relations are sorted by everywhere."""
    return relation.type, relation.source_id, relation.target_id, relation.id


def _sort_relation(relation: Relation, place: Mapping[str, int]) -> Relation:
    if len(relation.evidence) <= 1 and len(relation.sources) <= 1:
        return relation

    def place_evidence(item: Evidence) -> tuple[int, int, int, str, float, str]:
        return place.get(item.passage_id, -1), item.start, item.end, item.rule, item.score, item.quote

    evidence = tuple(sorted(dict.fromkeys(relation.evidence), key=place_evidence))
    sources = tuple(sorted(set(relation.sources)))
    if evidence == relation.evidence and sources == relation.sources:
        return relation
    return replace(relation, evidence=evidence, sources=sources)


def digest_batch(batch: GraphBatch) -> str:
    """Return the SHA-256, in hex, of all that a sorted batch says: the same on every machine."""
    document = batch.document
    content = [
        [
            document.id, document.title, document.source, document.sha256, document.reader, document.status,
            document.published, document.kind, document.genre, document.describes, document.rules,
        ],
        [_passage_values(passage) for passage in batch.passages],
        [[e.id, e.type, e.name, bool(e.register), _sorted_properties(e.properties)] for e in batch.entities],
        [[m.entity_id, m.passage_id, m.start, m.end, m.text, m.rule, float(m.score)] for m in batch.mentions],
        [
            [
                r.id, r.type, r.source_id, r.target_id, _sorted_properties(r.properties), r.sources,
                [[e.passage_id, e.start, e.end, e.quote, e.rule, float(e.score)] for e in r.evidence],
            ]
            for r in batch.relations
        ],
        [[d.item, d.reason, d.detail] for d in batch.dropped],
        [[u.name, u.candidates, u.passage_id, u.reason] for u in batch.unsure],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def _passage_values(passage: Passage) -> list[object]:
    cell = passage.cell
    place = cell and [
        cell.table, cell.row, cell.column, cell.header, cell.row_span, cell.column_span, bool(cell.is_header),
    ]  # fmt: skip
    edits = [[edit.start, edit.end, edit.source] for edit in passage.edits]
    return [
        passage.id, passage.ordinal, passage.text, passage.kind, passage.page, passage.path, passage.level,
        passage.label, place, edits,
    ]  # fmt: skip


def _sorted_properties(properties: Mapping[str, PropertyValue]) -> list[tuple[str, PropertyValue]]:
    return sorted(properties.items(), key=lambda item: item[0])

"""From a file's bytes to the graph of that document: read, name, propose, relate."""

import dataclasses
from collections.abc import Sequence

from graph.model import Entity, GraphBatch, ReadDocument
from ingest.genre import find_genre, is_draft
from ingest.language import build_language
from ingest.names import NameFinder, Names
from ingest.propositions import Note, Reading, find_propositions, make_mentions, make_proposition
from ingest.readers import read_document
from ingest.registers import Registers
from ingest.relations import (
    GOVERNMENT,
    Collector,
    PropositionRelations,
    add_columns,
    add_deals,
    add_described,
    add_patterns,
    add_references,
    add_stated,
    load_rules,
    make_facts,
)


class Extractor:
    """Built once (about a second), used for many documents; the same bytes give the same batch.

    `model` names an installed spaCy pipeline whose named entities join those of the rules (see `ingest.language`).
    """

    def __init__(self, registers: Registers, *, model: str | None = None) -> None:
        self._names = NameFinder(registers)
        self._language = build_language(registers, model=model)
        self._relation_rules = load_rules()
        self._facts = make_facts(registers, self._relation_rules)

    def extract_file(self, content: bytes, source: str) -> GraphBatch:
        """Read and extract one file; raise UnreadableDocument where it cannot be read."""
        return self.extract(read_document(content, source))

    def extract(self, read: ReadDocument) -> GraphBatch:
        """Return everything that a read document says, as one batch."""
        return self._extract(read)[0]

    def explain(self, read: ReadDocument) -> tuple[GraphBatch, Sequence[tuple[str, int, int, str]]]:
        """Return the batch and (passage id, start, end, reason) for each sentence, point or row passed over."""
        batch, notes = self._extract(read)
        return batch, [
            (read.passages[note.span.passage].id, note.span.start, note.span.end, note.reason) for note in notes
        ]

    def find_names(self, read: ReadDocument) -> Reading:
        """Return a read document with its genre and all names in it: what propositions are found in."""
        docs = list(self._language.pipe(passage.text for passage in read.passages))
        names = self._with_unnamed_bodies(self._names.find(read, docs))
        return Reading(read.passages, names, find_genre(read), read.document.title)

    def _extract(self, read: ReadDocument) -> tuple[GraphBatch, list[Note]]:
        reading = self.find_names(read)
        names, genre = reading.names, reading.genre
        drafts, notes = find_propositions(reading, draft_document=is_draft(read, genre))
        propositions: list[Entity] = []
        taken: set[str] = set()
        for draft in drafts:
            propositions.append(make_proposition(draft, reading, read.document.id, taken=taken))
            taken.add(propositions[-1].id)
        entities = {**reading.entities, **{entity.id: entity for entity in propositions}}
        collector = Collector(reading, entities)
        rules = self._relation_rules
        add_patterns(reading, rules, collector)
        related = PropositionRelations(reading, self._facts, collector)
        mentions = list(names.mentions)
        for draft, proposition in zip(drafts, propositions, strict=True):
            related.add(draft, proposition.id)
            mentions += make_mentions(draft, proposition.id, reading)
        add_references(drafts, [proposition.id for proposition in propositions], reading, collector)
        add_columns(reading, rules, collector)
        add_stated(reading, self._facts, rules, collector)
        add_described(reading, self._facts, collector)
        add_deals(reading, self._facts, collector)
        relations = collector.relations()
        used = {end for relation in relations for end in (relation.source_id, relation.target_id)}
        used |= {mention.entity_id for mention in mentions}
        ordinals = {passage.id: passage.ordinal for passage in read.passages}
        batch = GraphBatch(
            document=dataclasses.replace(
                read.document,
                published=names.published or read.document.published,
                describes=names.describes,
                genre=genre,
            ),
            passages=read.passages,
            entities=tuple(entities[entity_id] for entity_id in sorted(entities) if entity_id in used),
            mentions=tuple(
                sorted(mentions, key=lambda m: (ordinals[m.passage_id], m.start, m.end, m.entity_id, m.rule))
            ),
            relations=relations,
            dropped=(*read.dropped, *collector.dropped()),
            unsure=names.unsure,
        )
        return batch, notes

    def _with_unnamed_bodies(self, names: Names) -> Names:
        """Add the bodies that facts may point to without a mention: owners, and the Government for asks at large."""
        known = {entity.id for entity in names.entities}
        wanted = {GOVERNMENT, *names.owners, *([names.describes] if names.describes else [])} - known
        rows = [self._facts.rows[entity_id] for entity_id in sorted(wanted) if entity_id in self._facts.rows]
        added = [Entity(row.id, row.type, row.name, register=True) for row in rows]
        return dataclasses.replace(
            names, entities=tuple(sorted((*names.entities, *added), key=lambda entity: entity.id))
        )

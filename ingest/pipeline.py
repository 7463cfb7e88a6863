"""From a file's bytes to the graph of that document: read, name, propose, relate."""

import dataclasses
import re
from collections.abc import Sequence

from graph.ids import make_id
from graph.model import Entity, GraphBatch, Mention, PropertyValue, ReadDocument
from ingest.language import build_language
from ingest.names import NameFinder, Names
from ingest.propositions import Draft, Note, Reading, Span, Status, find_propositions
from ingest.readers import read_document
from ingest.registers import Registers
from ingest.relations import Collector, PropositionRelations, add_described, add_patterns, add_stated, load_rules
from ingest.values import find_values

_NAME_WORDS = 12


class Extractor:
    """Built once (about a second), used for many documents; the same bytes give the same batch."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._names = NameFinder(registers)
        self._language = build_language(registers)

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

    def _extract(self, read: ReadDocument) -> tuple[GraphBatch, list[Note]]:
        docs = list(self._language.pipe(passage.text for passage in read.passages))
        names = _with_government(self._names.find(read, docs))
        reading = Reading(read.passages, names)
        drafts, notes = find_propositions(reading, draft_document=_is_draft(read, names))
        entities = dict(reading.entities)
        mentions = list(names.mentions)
        ids: list[str] = []
        for draft in drafts:
            entity = _proposition(draft, reading, read.document.id, taken=set(ids))
            ids.append(entity.id)
            entities[entity.id] = entity
            mentions += _proposition_mentions(draft, entity.id, reading)
        collector = Collector(reading, entities)
        related = PropositionRelations(reading, self._registers, collector, sector_ids=self._document_sectors(names))
        rules = load_rules()
        add_patterns(reading, rules, collector)
        for draft, proposition_id in zip(drafts, ids, strict=True):
            related.add(draft, proposition_id)
        add_stated(reading, self._registers, rules, collector)
        add_described(reading, self._registers, collector)
        relations = collector.relations()
        used = {end for relation in relations for end in (relation.source_id, relation.target_id)}
        mentioned = {mention.entity_id for mention in mentions}
        ordinals = {passage.id: passage.ordinal for passage in read.passages}
        batch = GraphBatch(
            document=dataclasses.replace(
                read.document, published=names.published or read.document.published, describes=names.describes
            ),
            passages=read.passages,
            entities=tuple(entities[id_] for id_ in sorted(entities) if id_ in mentioned or id_ in used),
            mentions=tuple(
                sorted(mentions, key=lambda m: (ordinals[m.passage_id], m.start, m.end, m.entity_id, m.rule))
            ),
            relations=relations,
            dropped=(*read.dropped, *collector.dropped()),
            unsure=names.unsure,
        )
        return batch, notes

    def _document_sectors(self, names: Names) -> tuple[str, ...]:
        """Return the sector of the deal that the document is about, where the document names it."""
        here = {entity.id for entity in names.entities}
        return tuple(
            relation.target_id for relation in self._registers.relations
            if relation.type == "IN_SECTOR" and relation.source_id == names.describes and relation.target_id in here and relation.source_id.startswith("deal:")
        )  # fmt: skip


def _with_government(names: Names) -> Names:
    """Asks without a named department go to the Government, so it must be there even where it is not named."""
    if any(entity.id == "dept:hmg" for entity in names.entities):
        return names
    government = Entity("dept:hmg", "Department", "HM Government", register=True)
    return dataclasses.replace(
        names, entities=tuple(sorted((*names.entities, government), key=lambda entity: entity.id))
    )


def _is_draft(read: ReadDocument, names: Names) -> bool:
    """A draft calls itself one in its title, status or first lines, and does not describe a published text."""
    head = " ".join(
        [read.document.title, read.metadata.get("status", ""), *(passage.text[:300] for passage in read.passages[:6])]
    )
    return re.search(
        r"(?i)\b(?:this draft|draft (?:for|of|text|strategy|local industrial)|working draft|consultation draft)\b", head
    ) is not None and not re.search(r"(?i)\bhave your say\b", head)


def _proposition(draft: Draft, reading: Reading, document_id: str, *, taken: set[str]) -> Entity:
    what = reading.text(draft.what)
    properties: dict[str, PropertyValue] = {
        "what": what,
        "form": str(draft.form),
        "status": str(draft.status),
        "tentative": draft.status is Status.TENTATIVE,
    }
    for role in ("why", "how", "ask"):
        if draft.parts.get(role):
            properties[role] = "\n".join(reading.text(span) for span in draft.parts[role])
    if draft.actors and reading.text(draft.actors[0]):
        properties["actor"] = " ".join(reading.text(span) for span in draft.actors)
    properties.update(
        find_values(
            [reading.text(span) for span in (draft.what, *(s for s in draft.scope if s != draft.what))],
            money=[reading.text(span) for span in draft.parts.get("money", ())],
            dates=[reading.text(span) for span in draft.parts.get("date", ())],
        )
    )
    name = _tidy(reading.text(draft.name)) if draft.name else _short_name(what)
    id_ = make_id("prop", document_id, name)
    count = 2
    while id_ in taken:
        id_ = make_id("prop", document_id, name, count)
        count += 1
    return Entity(id_, "Proposition", name, properties=dict(sorted(properties.items())))


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .:;–—-") or name


def _short_name(what: str) -> str:
    """Return the first words of a proposition, cut where a clause ends if that leaves enough."""
    words = _tidy(what).split(" ")
    if len(words) <= _NAME_WORDS:
        return " ".join(words).rstrip(",;:")
    head = " ".join(words[:_NAME_WORDS])
    cut = max(head.rfind(", "), head.rfind("; "), head.rfind(": "))
    return (head[:cut] if cut > 40 else head).rstrip(",;: ") + " …"


def _proposition_mentions(draft: Draft, proposition_id: str, reading: Reading) -> list[Mention]:
    spans: list[Span] = [draft.what]
    if draft.name and not (
        draft.name.passage == draft.what.passage
        and draft.name.start >= draft.what.start
        and draft.name.end <= draft.what.end
    ):
        spans.append(draft.name)
    return [
        Mention(proposition_id, reading.passages[s.passage].id, s.start, s.end, reading.text(s), draft.rule)
        for s in spans
    ]

"""Relations under construction: one edge for each (type, source, target), however often it is said."""

from collections.abc import Mapping

from graph.ids import make_relation_id
from graph.model import Dropped, DropReason, Entity, Evidence, PropertyValue, Relation
from graph.ontology import load_ontology
from ingest.propositions import Reading, Span

_MAX_EVIDENCE = 12
_MAX_QUOTE = 700


class Collector:
    """Collects relations of one document; the ontology decides what may be joined, and what may not is reported."""

    def __init__(self, reading: Reading, entities: Mapping[str, Entity]) -> None:
        self._reading = reading
        self._entities = entities
        self._ontology = load_ontology()
        self._evidence: dict[tuple[str, str, str], dict[tuple[int, int, int], Evidence]] = {}
        self._properties: dict[tuple[str, str, str], dict[str, PropertyValue]] = {}
        self._dropped: set[tuple[str, str, str]] = set()

    def add(
        self,
        type_: str,
        source_id: str,
        target_id: str,
        span: Span,
        rule: str,
        *,
        score: float = 1.0,
        **properties: PropertyValue,
    ) -> None:
        """Add an edge with the words of `span`; an edge to itself is nothing, a forbidden one is dropped aloud."""
        source, target = self._entities.get(source_id), self._entities.get(target_id)
        if source_id == target_id or source is None or target is None or span.start >= span.end:
            return
        key = (type_, source_id, target_id)
        if not self._ontology.allows(type_, source.type, target.type):
            self._dropped.add(key)
            return
        span = self._clip(span)
        passage = self._reading.passages[span.passage]
        quote = passage.text[span.start : span.end]
        known = self._evidence.setdefault(key, {})
        place = (span.passage, span.start, span.end)
        if place not in known and len(known) < _MAX_EVIDENCE:
            known[place] = Evidence(passage.id, span.start, span.end, quote, rule, score)
        for name, value in properties.items():
            self._properties.setdefault(key, {}).setdefault(name, value)

    def allows(self, type_: str, source_id: str, target_id: str) -> bool:
        """Say whether the ontology knows an edge of this type between these entities."""
        source, target = self._entities.get(source_id), self._entities.get(target_id)
        return source is not None and target is not None and self._ontology.allows(type_, source.type, target.type)

    def has(self, type_: str, source_id: str, target_id: str) -> bool:
        """Say whether this edge is there already."""
        return (type_, source_id, target_id) in self._evidence

    def relations(self) -> tuple[Relation, ...]:
        """Return all edges by type, source and target, evidence in reading order."""
        return tuple(
            Relation(
                id=make_relation_id(*key), type=key[0], source_id=key[1], target_id=key[2],
                properties=dict(sorted(self._properties.get(key, {}).items())),
                evidence=tuple(found[place] for place in sorted(found)),
            )
            for key, found in sorted(self._evidence.items())
        )  # fmt: skip

    def dropped(self) -> tuple[Dropped, ...]:
        """Return the edges that the ontology does not know."""
        return tuple(
            Dropped(" ".join(key), DropReason.BAD_RELATION, f"the ontology has no {key[0]} between these types")
            for key in sorted(self._dropped)
        )

    def sentence_around(self, span: Span) -> Span:
        """Return the sentence that a span begins in."""
        for start, end in self._reading.sentences(span.passage):
            if start <= span.start < end:
                return Span(span.passage, start, max(end, span.end))
        return span

    def _clip(self, span: Span) -> Span:
        if span.end - span.start <= _MAX_QUOTE:
            return span
        cut = self._reading.passages[span.passage].text.rfind(" ", span.start, span.start + _MAX_QUOTE)
        return Span(span.passage, span.start, cut if cut > span.start else span.start + _MAX_QUOTE)

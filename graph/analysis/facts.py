"""What the graph says of one entity: each relation with its far end and the quotes that open it."""

from dataclasses import dataclass

from graph.model import Document, Entity, Evidence, Passage, Relation


@dataclass(frozen=True, slots=True)
class Quote:
    """An evidence with the passage and document it stands in."""

    evidence: Evidence
    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation seen from one of its ends: `other` is the entity at the far end."""

    relation: Relation
    other: Entity
    outgoing: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """An entity and what the graph says of it; `truncated` says that there are more relations."""

    entity: Entity
    facts: tuple[Fact, ...]
    truncated: bool

"""The contract of every store: what goes in (one GraphBatch a document, one transaction) and what can be asked.

Answers are the same from every engine: entities come by id, relations by (type, source, target, id), evidence by
(document, passage ordinal, start). An entity or relation that several documents support is one node or edge; its name
and properties come from the register where it is in one, else from the supporting document with the smallest id.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from graph.model import Document, Dropped, Entity, GraphBatch, Mention, Passage, Relation, Subgraph, Unsure


class WriteOutcome(StrEnum):
    """What loading a batch did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: an entity by its name, or a passage by its text; `snippet` marks matches with `[` and `]`."""

    kind: str  # "entity" or "passage"
    id: str
    title: str
    snippet: str
    score: float
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds, counted by the engine."""

    documents: int
    passages: int
    mentions: int
    entities: Mapping[str, int]  # by type
    mentioned: Mapping[str, int]  # by type, without what only a register knows
    relations: Mapping[str, int]  # by type
    quoted: Mapping[str, int]  # relations by type, without what only a register knows
    dropped: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks which database of a server; the password shows nowhere."""

    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"


class Writer(Protocol):
    """The writing side of one transaction."""

    def put(self, batch: GraphBatch) -> WriteOutcome:
        """Load one document, replacing what it said before; twice equals once."""
        ...

    def remove(self, document_id: str) -> bool:
        """Remove a document and exactly what it alone supported; False where it is not there."""
        ...


class View(Protocol):
    """The reading side: every answer is of one committed state.

    The embedded store keeps that state for as long as the view is open; on a server, which has no such snapshots, an
    open view sees what is committed meanwhile.
    """

    def version(self) -> str:
        """Return a digest of the data: equal content gives equal versions on every engine."""
        ...

    def engine_problems(self) -> Sequence[str]:
        """Return, in words, what the engine finds wrong with its own files and indexes; none for a sound store."""
        ...

    def counts(self) -> Counts: ...

    def pair_counts(self) -> Sequence[tuple[str, str, str, int]]:
        """Return (relation type, source type, target type, count), in that order."""
        ...

    def property_counts(self, entity_type: str, key: str, *, limit: int = 100) -> Sequence[tuple[str, int]]:
        """Return the values of a property with the number of entities that have each, most first, ties by value.

        Each text of a tuple counts by itself; true and false come in lower case.
        """
        ...

    def documents(self, *, kind: str | None = "document", after: str = "", limit: int = 1000) -> Sequence[Document]:
        """Return documents by id, those above `after`."""
        ...

    def get_document(self, document_id: str) -> Document | None: ...

    def document_batch(self, document_id: str) -> GraphBatch | None:
        """Return all that one document said, as it was loaded, in the order of `graph.batch.sort_batch`."""
        ...

    def passages(self, document_id: str, *, after: int = -1, limit: int = 1000) -> Sequence[Passage]:
        """Return passages of a document by ordinal, those above `after`."""
        ...

    def get_passages(self, passage_ids: Sequence[str]) -> Sequence[Passage]:
        """Return the passages with these ids, each once, in the order asked; those not there are left out."""
        ...

    def entities(
        self, *, entity_type: str | None = None, mentioned: bool = False, after: str = "", limit: int = 1000
    ) -> Sequence[Entity]:
        """Return entities by id, those above `after`; `mentioned` leaves out what only a register knows."""
        ...

    def get_entity(self, entity_id: str) -> Entity | None: ...

    def find_entities(self, name: str, *, limit: int = 20) -> Sequence[Entity]:
        """Return entities with this id, name or alias, mentioned ones first, then by id.

        Names are compared without case, accents, punctuation and leading "the"; `&` equals "and".
        """
        ...

    def near_names(self, name: str, *, limit: int = 5) -> Sequence[str]:
        """Return known names close to a misspelt one."""
        ...

    def mentions(self, entity_id: str, *, limit: int = 100) -> Sequence[Mention]:
        """Return mentions of an entity by (document id, place in the text)."""
        ...

    def mention_counts(self, entity_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the number of mentions of each entity, 0 where there is none."""
        ...

    def relations(self, entity_id: str, *, relation_types: Sequence[str] = (), limit: int = 1000) -> Sequence[Relation]:
        """Return relations at an entity, either way, with their evidence."""
        ...

    def relation_counts(self, entity_ids: Sequence[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relations at each entity, not counted further than `most` either way; 0 where none."""
        ...

    def get_relation(self, relation_id: str) -> Relation | None: ...

    def ends(self, relation_type: str) -> Sequence[tuple[str, str]]:
        """Return (source id, target id) of every relation of a type that a document supports, in that order.

        Ids alone, so that all of a large graph can be read; evidence comes by `relations`."""
        ...

    def search(
        self,
        query: str,
        *,
        kinds: Sequence[str] = ("entity", "passage"),
        entity_type: str | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> Sequence[Hit]:
        """Full-text search; words of `query` are literal (no query language), all must occur.

        The last word may be a beginning. Entities come before passages: a whole name first, then what documents name,
        then the rest, each best first, ties by id; `entity_type` holds for entities.
        """
        ...

    def subgraph(
        self,
        start_ids: Sequence[str],
        *,
        relation_types: Sequence[str] = (),
        entity_types: Sequence[str] = (),
        max_hops: int = 1,
        max_entities: int = 500,
        max_relations: int = 2000,
        register: bool = True,
    ) -> Subgraph:
        """Return what lies within `max_hops` of the start entities, bounded and flagged when a bound bites.

        A relation belongs when one of its ends is nearer than `max_hops`; `entity_types` holds for all but the start;
        start ids that are not there are left out. `register=False` leaves out relations that only a register supports.
        Nearer first, then by id (relations by type, source, target, id).
        """
        ...

    def dropped(self) -> Sequence[tuple[str, Dropped]]:
        """Return (document id, what was left out)."""
        ...

    def unsure(self, *, limit: int = 1000) -> Sequence[Unsure]:
        """Return names that a person should decide, by document, in reading order."""
        ...

    def iter_entities(self) -> Iterator[Entity]:
        """Yield all entities by id, few at a time in memory."""
        ...

    def iter_relations(self) -> Iterator[Relation]:
        """Yield all relations by (type, source, target, id) with evidence, few at a time in memory."""
        ...


class Store(Protocol):
    """A place that keeps graphs; opened by `graph.stores.open_store`."""

    url: str

    def writer(self, *, durable: bool = True) -> AbstractContextManager[Writer]:
        """One transaction: committed on a clean exit, rolled back on any exception.

        Args: durable: wait until the disk has it. False is for loading many (`group.py`): committed and seen by every
        view, but a crash of the machine may still undo it, the last ones first, until `sync` has returned.
        """
        ...

    def sync(self) -> None:
        """Return once everything committed so far is on disk; raise StoreError where the disk failed."""
        ...

    def view(self) -> AbstractContextManager[View]:
        """One side to read from, with answers of committed states alone; see View."""
        ...

    def close(self) -> None:
        """Release what is held; closing twice is harmless. Leaving `with` closes too."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

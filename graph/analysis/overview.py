"""What every question needs of the whole graph, read once a version of the data and kept in this process.

Documents, themes, successions of departments, who commits to what, and the words of propositions: with them a question
reads from the store the propositions that it is about, not the graph. Each part is read when it is first asked for. The
version is a digest of the data, so what is kept can never be out of date; the few versions asked last are kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock, RLock
from typing import TypeVar, cast

from graph.analysis.search import TermIndex, make_term_index
from graph.model import Document, Entity, Relation, Subgraph
from graph.stores.base import View

KEPT = 2  # versions; a server asks one, and while documents are loaded the one before
MAX_DOCUMENTS = 50_000
MAX_PROPOSITIONS = 500_000
MAX_RELATIONS = 20_000
MOST_AROUND = 64
TEXT_KEYS = ("what", "why", "how", "ask")
THEMES = ("Foundation", "GrandChallenge", "Sector")
LEVER_RELATIONS = ("ALIGNS_WITH", "FUNDED_BY")
_PAGE = 1_000

PartT = TypeVar("PartT")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some entities by id, and relations between them."""

    entities: Mapping[str, Entity]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Commitments:
    """The propositions that departments commit to: their words, and which build on a lever."""

    ids: frozenset[str]
    words: TermIndex
    on_lever: Mapping[str, tuple[str, ...]]


class Overview:
    """The parts of one version; several threads may ask, and one reads while the others wait."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._parts: dict[str, object] = {}
        self._around: OrderedDict[tuple[str, ...], Subgraph] = OrderedDict()
        self._lock, self._around_lock = RLock(), Lock()

    def documents(self, view: View) -> Mapping[str, Document]:
        """Return the documents by id, at most 50,000."""
        return self._part(view, "documents", _read_documents)

    def about(self, view: View) -> Mapping[str, tuple[Document, ...]]:
        """Return the documents by the strategy, deal or programme that they describe."""

        def read(view: View) -> Mapping[str, tuple[Document, ...]]:
            found: dict[str, list[Document]] = {}
            for document in self.documents(view).values():
                found.setdefault(document.describes or "", []).append(document)
            return {key: tuple(held) for key, held in found.items()}

        return self._part(view, "about", read)

    def themes(self, view: View) -> Piece:
        """Return the foundations, Grand Challenges and sectors, and which sector is part of which."""
        return self._part(view, "themes", _read_themes)

    def local_strategies(self, view: View) -> tuple[Entity, ...]:
        """Return by id the strategies to which a register gives a status, and described ones that belong to a wave."""

        def read(view: View) -> tuple[Entity, ...]:
            about = self.about(view)
            return tuple(
                entity
                for entity in _iter_entities(view, "Strategy", mentioned=False)
                if "lis_status" in entity.properties or ("wave" in entity.properties and entity.id in about)
            )

        return self._part(view, "local_strategies", read)

    def successions(self, view: View) -> Piece:
        """Return the moves of work between departments."""
        return self._part(view, "successions", _read_successions)

    def number(self, view: View) -> int:
        """Return how many propositions documents support."""
        return self._part(view, "number", lambda view: view.counts().mentioned.get("Proposition", 0))

    def committed(self, view: View) -> frozenset[str]:
        """Return the propositions that a department commits to."""
        return self._part(view, "committed", lambda view: frozenset(end for _, end in view.ends("COMMITS")))

    def commitments(self, view: View) -> Commitments:
        """Return the words and levers of the propositions that a department commits to."""
        return self._part(view, "commitments", lambda view: _read_commitments(view, self.committed(view)))

    def words(self, view: View) -> TermIndex:
        """Return the words of the propositions, at most 500,000 by id.

        Cost: reads them all, some 4 seconds and 80 MB for 100,000."""
        propositions = islice(_iter_entities(view, "Proposition", mentioned=True), MAX_PROPOSITIONS)
        return self._part(view, "words", lambda _: make_term_index(map(_text, propositions)))

    def around(
        self, view: View, entity_id: str, relation_types: Sequence[str], entity_types: Sequence[str], most: int
    ) -> Subgraph:
        """Return the entities of some types around one that many relations meet, such as the bodies of a sector.

        Those asked last are kept: to look through all relations of a hub takes time, and few hubs are asked about."""
        key = (entity_id, *relation_types, "", *entity_types, str(most))
        with self._around_lock:
            if key in self._around:
                self._around.move_to_end(key)
                return self._around[key]
        found = view.subgraph(
            [entity_id],
            relation_types=relation_types,
            entity_types=entity_types,
            max_entities=most + 1,
            max_relations=MAX_RELATIONS,
        )
        if view.version() == self.version:
            with self._around_lock:
                self._around[key] = found
                while len(self._around) > MOST_AROUND:
                    self._around.popitem(last=False)
        return found

    def _part(self, view: View, name: str, read: Callable[[View], PartT]) -> PartT:
        if name in self._parts:
            return cast("PartT", self._parts[name])
        with self._lock:
            if name in self._parts:
                return cast("PartT", self._parts[name])
            found = read(view)
            if view.version() == self.version:  # a server's view moves on when documents are loaded meanwhile
                self._parts[name] = found
            return found


_kept: OrderedDict[str, Overview] = OrderedDict()
_lock = Lock()


def overview_of(view: View) -> Overview:
    """Return the overview of the data that a view shows."""
    version = view.version()
    with _lock:
        found = _kept.setdefault(version, Overview(version))
        _kept.move_to_end(version)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _read_documents(view: View) -> Mapping[str, Document]:
    found: dict[str, Document] = {}
    after = ""
    while len(found) < MAX_DOCUMENTS and (page := view.documents(after=after, limit=_PAGE)):
        found.update((document.id, document) for document in page)
        after = page[-1].id
    return found


def _read_themes(view: View) -> Piece:
    found = {entity.id: entity for kind in THEMES for entity in view.entities(entity_type=kind)}
    sectors = [entity.id for entity in found.values() if entity.type == "Sector"]
    return _with_relations(view, found, sectors, "PART_OF", "Sector")


def _read_successions(view: View) -> Piece:
    found = {entity.id: entity for entity in view.entities(entity_type="Department")}
    return _with_relations(view, found, list(found), "SUCCEEDED_BY", "Department")


def _with_relations(view: View, held: Mapping[str, Entity], ids: Sequence[str], kind: str, entity_type: str) -> Piece:
    if not ids:
        return Piece(held, ())
    sub = view.subgraph(
        ids, relation_types=(kind,), entity_types=(entity_type,), max_entities=10_000, max_relations=20_000
    )
    return Piece({**held, **{entity.id: entity for entity in sub.entities}}, sub.relations)


def _iter_entities(view: View, entity_type: str, *, mentioned: bool) -> Iterator[Entity]:
    after = ""
    while page := view.entities(entity_type=entity_type, mentioned=mentioned, after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _read_commitments(view: View, ids: frozenset[str]) -> Commitments:
    on_lever: dict[str, list[str]] = {}
    for kind in LEVER_RELATIONS:
        for source, target in view.ends(kind):
            if source in ids:
                on_lever.setdefault(target, []).append(source)
    words = make_term_index(map(_text, read_entities(view, sorted(ids))))
    return Commitments(ids, words, {key: tuple(sorted(set(held))) for key, held in on_lever.items()})


def read_entities(view: View, ids: Sequence[str]) -> Iterator[Entity]:
    """Yield the entities with some ids, by id, as far as they are there."""
    for start in range(0, len(ids), _PAGE):
        page = ids[start : start + _PAGE]
        yield from view.subgraph(page, max_hops=0, max_entities=len(page)).entities


def text_of(entity: Entity) -> str:
    """Return all that a proposition says of itself."""
    texts: Iterable[object] = (entity.properties.get(key, "") for key in TEXT_KEYS)
    return "\n".join((entity.name, *(str(text) for text in texts)))


def _text(entity: Entity) -> tuple[str, str]:
    return entity.id, text_of(entity)

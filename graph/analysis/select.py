"""How the material of each question is fetched: bounded queries from any store's view.

Whatever the size of the graph, a question reads the propositions of the areas it is about, what is directly tied to
them, and capped neighbourhoods of the sectors, programmes, departments and places they name. In a graph with few
propositions all are compared; in a larger one those that share the rarest words with the ones asked about, or build on
the same programme. Where a cap bites, the material says `truncated`.
"""

from collections.abc import Iterable, Iterator, Sequence

from graph.analysis.fit import BODY_TYPES, ROLES
from graph.analysis.model import Material
from graph.analysis.overview import LEVER_RELATIONS, Commitments, Piece, overview_of, read_entities, text_of
from graph.analysis.search import TermIndex, best_of
from graph.model import Entity, Relation, Subgraph
from graph.stores.base import View

PROPOSITION_TYPES = (
    *("PROPOSES", "ASKS", "COMMITS", "PARTNERS_IN", "LEADS"),
    *("IN_SECTOR", "ADDRESSES", "ALIGNS_WITH", "FUNDED_BY", "IN_PLACE"),
)
LEVER_TYPES = ("Programme", "SectorDeal", "Strategy")
STRATEGY_TYPES = ("PUBLISHES", "ADDRESSES", "IN_SECTOR", "ALIGNS_WITH", "COVERS", "PART_OF")
HUB = 500  # relations of an entity from which on chains between others do not go through it
MAX_ON_PATHS = 600  # entities from each end
FEW = 400  # propositions up to which each is compared with all
MAX_PROPOSITIONS = 1_500
MAX_BODIES = 600
MAX_RELATIONS = 20_000
NEAR = 150  # propositions that are compared with one, in a larger graph
ROLES_LEARNT = 10  # propositions of a body to which others are compared
NEAR_AN_ASK, ON_A_LEVER = 12, 5  # commitments that are looked at for each ask, in a larger graph


class Gathered:
    """What a question has fetched so far, each entity and relation once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.overview = overview_of(view)
        self.entities: dict[str, Entity] = {}
        self.relations: dict[str, Relation] = {}
        self.truncated = False
        self.among: TermIndex | None = None

    def take(
        self,
        start_ids: Iterable[str],
        *,
        relation_types: Sequence[str],
        entity_types: Sequence[str] = (),
        max_entities: int = MAX_PROPOSITIONS,
        register: bool = True,
    ) -> tuple[str, ...]:
        """Fetch one hop from some entities and return the ids of what it reached, start included."""
        ids = sorted(set(start_ids))
        if not ids:
            return ()
        sub = self.view.subgraph(
            ids,
            relation_types=relation_types,
            entity_types=entity_types,
            max_hops=1,
            max_entities=max_entities + len(ids),
            max_relations=MAX_RELATIONS,
            register=register,
        )
        self.add(sub)
        return tuple(entity.id for entity in sub.entities)

    def add(self, sub: Subgraph) -> None:
        """Add what was fetched."""
        self.entities.update((entity.id, entity) for entity in sub.entities)
        self.relations.update((relation.id, relation) for relation in sub.relations)
        self.truncated = self.truncated or sub.truncated

    def of_type(self, *types: str) -> tuple[str, ...]:
        """Return the ids of what was fetched of some types."""
        return tuple(sorted(entity.id for entity in self.entities.values() if entity.type in types))

    def targets(self, entity_id: str, *, types: Sequence[str]) -> tuple[str, ...]:
        """Return the entities of some types to which relations fetched so far lead from an entity."""
        found = {relation.target_id for relation in self.relations.values() if relation.source_id == entity_id}
        return tuple(sorted(item for item in found if item in self.entities and self.entities[item].type in types))

    def sources(self, entity_id: str, *, relation_types: Sequence[str]) -> tuple[str, ...]:
        """Return the entities from which relations of some types fetched so far lead to an entity."""
        held = (item for item in self.relations.values() if item.target_id == entity_id and item.type in relation_types)
        return tuple(sorted({relation.source_id for relation in held}))

    def take_entities(self, ids: Iterable[str]) -> None:
        """Fetch some entities by id."""
        wanted = sorted(set(ids) - self.entities.keys())
        self.entities.update((entity.id, entity) for entity in read_entities(self.view, wanted))

    def take_piece(self, piece: Piece) -> None:
        """Add a part of the graph that was read before."""
        self.entities.update(piece.entities)
        self.relations.update((relation.id, relation) for relation in piece.relations)

    def take_propositions(self) -> None:
        """Fetch everything that the propositions fetched so far are tied to."""
        self.take(self.of_type("Proposition"), relation_types=PROPOSITION_TYPES, max_entities=MAX_PROPOSITIONS * 2)

    def take_themes(self) -> None:
        """Add the foundations, Grand Challenges and sectors, whose cue terms show what a text is about."""
        self.take_piece(self.overview.themes(self.view))

    def material(self) -> Material:
        """Return what was fetched with the passages that open it, and the documents that say it or are about it."""
        held = {key: relation for key, relation in self.relations.items() if self._closed(relation)}
        relations = tuple(sorted(held.values(), key=lambda item: (item.type, item.source_id, item.target_id, item.id)))
        wanted = sorted({evidence.passage_id for relation in relations for evidence in relation.evidence})
        passages = tuple(self.view.get_passages(wanted)) if wanted else ()
        about = self.overview.about(self.view)
        found = {document.id: document for key in self.of_type(*LEVER_TYPES) for document in about.get(key, ())}
        known = self.overview.documents(self.view)
        for document_id in {passage.document_id for passage in passages} - found.keys():
            document = known.get(document_id) or self.view.get_document(document_id)
            if document is not None:
                found[document_id] = document
        return Material(
            Subgraph(tuple(entity for _, entity in sorted(self.entities.items())), relations, self.truncated),
            tuple(document for _, document in sorted(found.items())),
            passages,
            self.overview.version,
            self.among,
        )

    def _closed(self, relation: Relation) -> bool:
        return relation.source_id in self.entities and relation.target_id in self.entities


def choose_areas(view: View, area_id: str, *, wave: int | None, published: bool) -> tuple[str, ...]:
    """Return the ids of the strategies to set an area beside: of a wave, or all published; both narrow.

    An umbrella (a strategy that others are part of) stands aside for its parts."""
    chosen = [
        entity.id
        for entity in overview_of(view).local_strategies(view)
        if (wave is None or entity.properties.get("wave") == wave)
        and (not published or entity.properties.get("lis_status") == "published")
        and entity.id != area_id
    ]
    if not chosen:
        return ()
    sub = view.subgraph(chosen, relation_types=("PART_OF",), max_entities=MAX_PROPOSITIONS)
    umbrellas = {relation.target_id for relation in sub.relations}
    return tuple(item for item in chosen if item not in umbrellas)


def compare_material(view: View, area_ids: Sequence[str], *, commitments: bool = True) -> Material:
    """Return the propositions of some strategies, and what Government committed to anywhere (capped) unless not wanted.

    The first of `area_ids` is the one whose asks look for precedents."""
    gathered = Gathered(view)
    gathered.take(area_ids, relation_types=STRATEGY_TYPES)
    gathered.take(area_ids, relation_types=("PROPOSES",), entity_types=("Proposition",))
    if commitments:
        _take_commitments(gathered, area_ids[0])
    gathered.take_propositions()
    gathered.take_themes()
    gathered.take(gathered.of_type("Strategy"), relation_types=("PUBLISHES",))
    return gathered.material()


def _take_commitments(gathered: Gathered, area_id: str) -> None:
    """Fetch all propositions that Government agreed to, where there are many those most like the area's."""
    view, overview = gathered.view, gathered.overview
    ids = overview.committed(view)
    if len(ids) <= FEW:
        gathered.take_entities(ids)
        return
    known = overview.commitments(view)
    ours = gathered.targets(area_id, types=("Proposition",))
    gathered.take(ours, relation_types=LEVER_RELATIONS, max_entities=MAX_PROPOSITIONS)
    found = {item for key in ours for item in _like_commitments(gathered, known, key)}
    gathered.take_entities(found)
    gathered.among, gathered.truncated = known.words, True


def _like_commitments(gathered: Gathered, known: Commitments, proposition_id: str) -> Iterator[str]:
    scores = known.words.scores(text_of(gathered.entities[proposition_id]))
    yield from best_of(scores, limit=NEAR_AN_ASK)
    for lever in gathered.targets(proposition_id, types=LEVER_TYPES):
        yield from best_of({key: scores.get(key, 0.0) for key in known.on_lever.get(lever, ())}, limit=ON_A_LEVER)


def partner_material(view: View, proposition_id: str) -> Material:
    """Return a proposition, bodies of its sectors, programmes and places, and propositions to learn from (capped)."""
    gathered = Gathered(view)
    gathered.take([proposition_id], relation_types=PROPOSITION_TYPES)
    gathered.take_themes()
    _take_propositions_like(gathered, proposition_id)
    gathered.take_propositions()
    inside = gathered.sources(proposition_id, relation_types=("PARTNERS_IN", "LEADS"))
    gathered.take(inside, relation_types=("IN_SECTOR",), entity_types=("Sector",))
    sectors = {item for key in (proposition_id, *inside) for item in gathered.targets(key, types=("Sector",))}
    larger = [item for sector in sectors for item in gathered.targets(sector, types=("Sector",))]
    _take_bodies(gathered, (*sectors, *larger), "IN_SECTOR")
    levers = gathered.targets(proposition_id, types=LEVER_TYPES)
    _take_bodies(gathered, levers, "LEADS", "PART_OF", "PUBLISHES")
    gathered.take(gathered.of_type("Strategy"), relation_types=("PUBLISHES", "COVERS"), max_entities=MAX_BODIES)
    _take_places(gathered, proposition_id)
    gathered.take(inside, relation_types=("PART_OF",), entity_types=BODY_TYPES, max_entities=MAX_BODIES)
    bodies = gathered.of_type(*BODY_TYPES)
    gathered.take(bodies, relation_types=("IN_SECTOR",), entity_types=("Sector",), max_entities=MAX_BODIES)
    gathered.take(bodies, relation_types=("IN_PLACE",), entity_types=("Place",), max_entities=MAX_BODIES * 2)
    return gathered.material()


def like_material(view: View, proposition_id: str) -> Material:
    """Return a proposition and those it can be compared with (capped), with what they are tied to."""
    gathered = Gathered(view)
    gathered.take([proposition_id], relation_types=PROPOSITION_TYPES)
    gathered.take_themes()
    _take_propositions_like(gathered, proposition_id)
    gathered.take_propositions()
    return gathered.material()


def role_material(view: View, body_id: str) -> Material:
    """Return a body, what it is in and near, and the propositions it could help with (capped)."""
    gathered = Gathered(view)
    gathered.take([body_id], relation_types=(*ROLES, "IN_SECTOR", "IN_PLACE", "COVERS", "PART_OF", "PUBLISHES"))
    gathered.take_themes()
    if gathered.overview.number(view) <= FEW:
        _take_all_propositions(gathered)
    else:
        _take_propositions_like(gathered, body_id, *gathered.targets(body_id, types=("Proposition",))[:ROLES_LEARNT])
    gathered.take_propositions()
    gathered.take(gathered.of_type("Strategy"), relation_types=("PUBLISHES", "COVERS"), max_entities=MAX_BODIES)
    places = gathered.of_type("Place")
    gathered.take(places, relation_types=("PART_OF",), entity_types=("Place",), max_entities=MAX_BODIES)
    return gathered.material()


def _take_all_propositions(gathered: Gathered) -> None:
    """Fetch every proposition that a document supports, as far as the cap allows."""
    held = gathered.view.entities(entity_type="Proposition", mentioned=True, limit=MAX_PROPOSITIONS + 1)
    gathered.entities.update((entity.id, entity) for entity in held[:MAX_PROPOSITIONS])
    gathered.truncated = gathered.truncated or len(held) > MAX_PROPOSITIONS


def _take_propositions_like(gathered: Gathered, *entity_ids: str) -> None:
    """Fetch all propositions; in a larger graph those that share the rarest words with some entities."""
    view, overview = gathered.view, gathered.overview
    if overview.number(view) <= FEW:
        _take_all_propositions(gathered)
        return
    words = overview.words(view)
    for entity_id in entity_ids:
        scores = words.scores(_words_of(gathered.entities[entity_id]))
        gathered.take_entities(best_of(scores, limit=NEAR // len(entity_ids)))
    gathered.among, gathered.truncated = words, True


def _words_of(entity: Entity) -> str:
    """Return what a proposition says, or what a register says of a body."""
    fields = entity.properties.get("fields", ())
    return "\n".join((text_of(entity), *(fields if isinstance(fields, tuple) else (str(fields),))))


def _take_bodies(gathered: Gathered, ids: Iterable[str], *relation_types: str) -> None:
    for item in sorted(set(ids)):
        gathered.add(gathered.overview.around(gathered.view, item, relation_types, BODY_TYPES, MAX_BODIES))


def _take_places(gathered: Gathered, proposition_id: str) -> None:
    """Fetch the places of a proposition and of its area, what is part of them, and the bodies there."""
    areas = gathered.sources(proposition_id, relation_types=("PROPOSES",))
    covered = {place for area in areas for place in gathered.targets(area, types=("Place",))}
    gathered.take(covered, relation_types=("PART_OF",), entity_types=("Place",), max_entities=MAX_BODIES)
    inside = {place for item in covered for place in gathered.sources(item, relation_types=("PART_OF",))}
    places = {*covered, *inside, *gathered.targets(proposition_id, types=("Place",))}
    gathered.take(places, relation_types=("IN_PLACE", "COVERS"), entity_types=BODY_TYPES, max_entities=MAX_BODIES * 2)


def hmg_material(view: View, area_id: str = "", department_id: str = "") -> Material:
    """Return what is asked of departments and what they agreed to (capped), with levers, leads and successions.

    With an area: of its propositions alone; with a department: of those that ask it or that it agreed to, where all
    would be too many."""
    gathered = Gathered(view)
    if area_id:
        gathered.take_entities(_dealt_with(view, area_id))
    else:
        departments = [entity.id for entity in view.entities(entity_type="Department", mentioned=True)]
        relations = sum(view.relation_counts(departments, most=MAX_PROPOSITIONS).values())
        asked = [department_id] if department_id and relations > MAX_PROPOSITIONS else departments
        gathered.take(asked, relation_types=("ASKS", "COMMITS"), entity_types=("Proposition",), register=False)
    gathered.take_propositions()
    gathered.take_themes()
    gathered.take(
        gathered.of_type("Programme", "SectorDeal", "Strategy"),
        relation_types=("LEADS", "PUBLISHES"),
        entity_types=("Department", "LEP", "CombinedAuthority"),
    )
    gathered.take_piece(gathered.overview.successions(view))
    return gathered.material()


def _dealt_with(view: View, area_id: str) -> set[str]:
    """Return the propositions of an area that a department is asked for or agreed to, and these departments."""
    own = Gathered(view)
    own.take([area_id], relation_types=("PROPOSES",), entity_types=("Proposition",))
    own.take(own.of_type("Proposition"), relation_types=("ASKS", "COMMITS"), entity_types=("Department",))
    held = (item for item in own.relations.values() if item.type != "PROPOSES")
    return {end for item in held for end in (item.source_id, item.target_id)}


def path_material(view: View, start_id: str, end_id: str, *, max_hops: int) -> Material:
    """Return what lies on short chains between two entities: from each end half of the hops, nearest first (capped).

    Entities with very many relations are taken and not followed, unless one of them is asked about; where only one end
    has so many, all hops but the last are followed from the other."""
    gathered = Gathered(view)
    busy = {key for key, n in view.relation_counts([start_id, end_id], most=HUB).items() if n >= HUB}
    hops = {start_id: (max_hops + 1) // 2, end_id: max_hops // 2}
    if len(busy) == 1:
        hops = {key: 0 if key in busy else max(1, max_hops - 1) for key in hops}
    for end, number in hops.items():
        _walk(gathered, end, number)
    return gathered.material()


def _walk(gathered: Gathered, start_id: str, max_hops: int) -> None:
    """Fetch what lies within some hops of an entity, nearest first, not beyond entities with very many relations."""
    view, seen = gathered.view, {start_id}
    frontier = [start_id]
    for hop in range(max(1, max_hops)):
        if hop or not max_hops:
            degrees = view.relation_counts(frontier, most=HUB)
            frontier = [key for key in frontier if degrees[key] < HUB]
        reached = gathered.take(frontier, relation_types=(), max_entities=MAX_ON_PATHS - len(seen))
        frontier = sorted(set(reached) - seen)
        seen.update(frontier)
        if not frontier or len(seen) >= MAX_ON_PATHS:
            break


def whole_material(view: View) -> Material:
    """Return every proposition that a document supports (capped), with what it is tied to."""
    gathered = Gathered(view)
    _take_all_propositions(gathered)
    gathered.take_propositions()
    gathered.take_themes()
    gathered.take(gathered.of_type("Strategy"), relation_types=STRATEGY_TYPES)
    return gathered.material()

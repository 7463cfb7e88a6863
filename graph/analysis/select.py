"""How the material of each question is fetched: bounded queries from any store's view.

Whatever the size of the graph, a question reads the propositions of the areas it is about, what is directly tied to
them, and capped neighbourhoods of the sectors, programmes, departments and places they name. Where a cap bites, the
material says `truncated`.
"""

from collections.abc import Iterable, Sequence

from graph.analysis.fit import BODY_TYPES, ROLES
from graph.analysis.model import Material
from graph.analysis.wording import find_terms
from graph.model import Document, Entity, Relation, Subgraph
from graph.stores.base import View

PROPOSITION_TYPES = (
    *("PROPOSES", "ASKS", "COMMITS", "PARTNERS_IN", "LEADS"),
    *("IN_SECTOR", "ADDRESSES", "ALIGNS_WITH", "FUNDED_BY", "IN_PLACE"),
)
LEVER_TYPES = ("Programme", "SectorDeal", "Strategy")
STRATEGY_TYPES = ("PUBLISHES", "ADDRESSES", "IN_SECTOR", "ALIGNS_WITH", "COVERS", "PART_OF")
MAX_PROPOSITIONS = 1_500
MAX_BODIES = 600
MAX_RELATIONS = 20_000
MAX_DOCUMENTS = 5_000
SEARCHED_WORDS = 8
_PAGE = 1_000


class Gathered:
    """What a question has fetched so far, each entity and relation once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.entities: dict[str, Entity] = {}
        self.relations: dict[str, Relation] = {}
        self.truncated = False

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
        self.entities.update((entity.id, entity) for entity in sub.entities)
        self.relations.update((relation.id, relation) for relation in sub.relations)
        self.truncated = self.truncated or sub.truncated
        return tuple(entity.id for entity in sub.entities)

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

    def take_propositions(self) -> None:
        """Fetch everything that the propositions fetched so far are tied to, and the parents of their sectors."""
        self.take(self.of_type("Proposition"), relation_types=PROPOSITION_TYPES, max_entities=MAX_PROPOSITIONS * 2)
        self.take(self.of_type("Sector"), relation_types=("PART_OF",), entity_types=("Sector",))

    def take_themes(self) -> None:
        """Fetch the foundations, Grand Challenges and sectors, whose cue terms show what a text is about."""
        for kind in ("Foundation", "GrandChallenge", "Sector"):
            self.entities.update((entity.id, entity) for entity in self.view.entities(entity_type=kind))
        self.take(self.of_type("Sector"), relation_types=("PART_OF",), entity_types=("Sector",))

    def material(self) -> Material:
        """Return what was fetched with the passages and documents that open it."""
        held = {key: relation for key, relation in self.relations.items() if self._closed(relation)}
        relations = tuple(sorted(held.values(), key=lambda item: (item.type, item.source_id, item.target_id, item.id)))
        wanted = sorted({evidence.passage_id for relation in relations for evidence in relation.evidence})
        passages = tuple(self.view.get_passages(wanted)) if wanted else ()
        documents = {document.id: document for document in read_documents(self.view)}
        for document_id in sorted({passage.document_id for passage in passages} - documents.keys()):
            document = self.view.get_document(document_id)
            if document is not None:
                documents[document_id] = document
        entities = tuple(entity for _, entity in sorted(self.entities.items()))
        return Material(
            Subgraph(entities, relations, self.truncated),
            tuple(document for _, document in sorted(documents.items())),
            passages,
            self.view.version(),
        )

    def _closed(self, relation: Relation) -> bool:
        return relation.source_id in self.entities and relation.target_id in self.entities


def read_documents(view: View) -> tuple[Document, ...]:
    """Return the documents of a store, at most 5,000."""
    found: list[Document] = []
    after = ""
    while len(found) < MAX_DOCUMENTS:
        page = view.documents(after=after, limit=_PAGE)
        found += page
        if len(page) < _PAGE:
            break
        after = page[-1].id
    return tuple(found)


def local_strategies(view: View) -> tuple[Entity, ...]:
    """Return the local strategies by id: those to which a register gives a status, and those with a document."""
    described = {document.describes for document in read_documents(view)}
    strategies = view.entities(entity_type="Strategy", limit=_PAGE)
    return tuple(entity for entity in strategies if "lis_status" in entity.properties or entity.id in described)


def choose_areas(view: View, area_id: str, *, wave: int | None, published: bool) -> tuple[str, ...]:
    """Return the ids of the strategies to set an area beside: of a wave, or all published; both narrow.

    An umbrella (a strategy that others are part of) stands aside for its parts."""
    chosen = [
        entity
        for entity in local_strategies(view)
        if (wave is None or entity.properties.get("wave") == wave)
        and (not published or entity.properties.get("lis_status") == "published")
        and entity.id != area_id
    ]
    umbrellas = {
        relation.target_id for entity in chosen for relation in view.relations(entity.id, relation_types=("PART_OF",))
    }
    return tuple(entity.id for entity in chosen if entity.id not in umbrellas)


def compare_material(view: View, area_ids: Sequence[str]) -> Material:
    """Return the propositions of some strategies, and what Government committed to anywhere (capped)."""
    gathered = Gathered(view)
    gathered.take(area_ids, relation_types=STRATEGY_TYPES)
    gathered.take(area_ids, relation_types=("PROPOSES",), entity_types=("Proposition",))
    gathered.take_propositions()
    _take_commitments(gathered)
    gathered.take_propositions()
    gathered.take_themes()
    gathered.take(gathered.of_type("Strategy"), relation_types=("PUBLISHES",))
    return gathered.material()


def _take_commitments(gathered: Gathered) -> None:
    departments = [entity.id for entity in gathered.view.entities(entity_type="Department", mentioned=True)]
    gathered.take(departments, relation_types=("COMMITS",), entity_types=("Proposition",), register=False)


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
    _take_all_propositions(gathered)
    gathered.take_propositions()
    gathered.take(gathered.of_type("Strategy"), relation_types=("PUBLISHES", "COVERS"), max_entities=MAX_BODIES)
    places = gathered.of_type("Place")
    gathered.take(places, relation_types=("PART_OF",), entity_types=("Place",), max_entities=MAX_BODIES)
    return gathered.material()


def _take_all_propositions(gathered: Gathered) -> bool:
    """Fetch every proposition that a document supports; False where there are more than the cap."""
    held = gathered.view.entities(entity_type="Proposition", mentioned=True, limit=MAX_PROPOSITIONS + 1)
    gathered.entities.update((entity.id, entity) for entity in held[:MAX_PROPOSITIONS])
    gathered.truncated = gathered.truncated or len(held) > MAX_PROPOSITIONS
    return len(held) <= MAX_PROPOSITIONS


def _take_propositions_like(gathered: Gathered, proposition_id: str) -> None:
    """Fetch all propositions; in a graph too large for that, those that share a theme, lever or word with this one."""
    view = gathered.view
    if len(view.entities(entity_type="Proposition", mentioned=True, limit=MAX_PROPOSITIONS + 1)) <= MAX_PROPOSITIONS:
        _take_all_propositions(gathered)
        return
    tied = gathered.targets(
        proposition_id, types=("Sector", "Foundation", "GrandChallenge", "Department", *LEVER_TYPES)
    )
    types = ("IN_SECTOR", "ADDRESSES", "ALIGNS_WITH", "FUNDED_BY", "ASKS")
    for item in tied:
        gathered.take([item], relation_types=types, entity_types=("Proposition",), max_entities=MAX_PROPOSITIONS // 5)
    for word in list(find_terms(gathered.entities[proposition_id].name))[:SEARCHED_WORDS]:
        hits = view.search(word, kinds=("entity",), entity_type="Proposition", limit=MAX_PROPOSITIONS // 15)
        found = (view.get_entity(hit.id) for hit in hits)
        gathered.entities.update((entity.id, entity) for entity in found if entity is not None)
    gathered.truncated = True


def _take_bodies(gathered: Gathered, ids: Iterable[str], *relation_types: str) -> None:
    for item in sorted(set(ids)):
        gathered.take([item], relation_types=relation_types, entity_types=BODY_TYPES, max_entities=MAX_BODIES)


def _take_places(gathered: Gathered, proposition_id: str) -> None:
    """Fetch the places of a proposition and of its area, what is part of them, and the bodies there."""
    areas = gathered.sources(proposition_id, relation_types=("PROPOSES",))
    covered = {place for area in areas for place in gathered.targets(area, types=("Place",))}
    gathered.take(covered, relation_types=("PART_OF",), entity_types=("Place",), max_entities=MAX_BODIES)
    inside = {place for item in covered for place in gathered.sources(item, relation_types=("PART_OF",))}
    places = {*covered, *inside, *gathered.targets(proposition_id, types=("Place",))}
    gathered.take(places, relation_types=("IN_PLACE", "COVERS"), entity_types=BODY_TYPES, max_entities=MAX_BODIES * 2)


def hmg_material(view: View) -> Material:
    """Return what is asked of departments and what they agreed to (capped), with levers, leads and successions."""
    gathered = Gathered(view)
    departments = [entity.id for entity in view.entities(entity_type="Department", mentioned=True)]
    gathered.take(departments, relation_types=("ASKS", "COMMITS"), entity_types=("Proposition",), register=False)
    gathered.take_propositions()
    gathered.take_themes()
    gathered.take(
        gathered.of_type("Programme", "SectorDeal", "Strategy"),
        relation_types=("LEADS", "PUBLISHES"),
        entity_types=("Department", "LEP", "CombinedAuthority"),
    )
    _take_successions(gathered)
    return gathered.material()


def _take_successions(gathered: Gathered) -> None:
    seen: set[str] = set()
    while new := set(gathered.of_type("Department")) - seen:
        seen |= new
        gathered.take(new, relation_types=("SUCCEEDED_BY",), entity_types=("Department",))


def path_material(view: View, start_id: str, end_id: str, *, max_hops: int) -> Material:
    """Return what lies on short chains between two entities: from each end half of the hops, nearest first (capped)."""
    gathered = Gathered(view)
    for end, hops in ((start_id, (max_hops + 1) // 2), (end_id, max_hops // 2)):
        sub = view.subgraph(
            [end], max_hops=max(1, hops), max_entities=MAX_PROPOSITIONS, max_relations=MAX_RELATIONS // 2
        )
        gathered.entities.update((entity.id, entity) for entity in sub.entities)
        gathered.relations.update((relation.id, relation) for relation in sub.relations)
        gathered.truncated = gathered.truncated or sub.truncated
    return gathered.material()


def whole_material(view: View) -> Material:
    """Return every proposition that a document supports (capped), with what it is tied to."""
    gathered = Gathered(view)
    _take_all_propositions(gathered)
    gathered.take_propositions()
    gathered.take_themes()
    gathered.take(gathered.of_type("Strategy"), relation_types=STRATEGY_TYPES)
    return gathered.material()

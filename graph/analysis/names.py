"""From the names people use to the entities a question is about."""

from collections.abc import Sequence

from graph.errors import AmbiguousEntity, UnknownEntity
from graph.model import Entity
from graph.stores.base import View

AREA_TYPES = ("Strategy", "LEP", "CombinedAuthority", "LocalAuthority", "Place")
BODY_TYPES = ("Institution", "LEP", "CombinedAuthority", "LocalAuthority", "Department")
THEME_TYPES = ("Foundation", "GrandChallenge", "Sector")
_NAME_LIMIT = 50
_STRATEGY_WORDS = (" local industrial strategy", " industrial strategy", " lis")
_MOST_COMMAS = 4  # in the name of an area
_UP = 3  # how often a place looks for a larger one with a strategy


def resolve_name(view: View, text: str, *, types: Sequence[str] = ()) -> Entity:
    """Return the entity that a name or id stands for; `types` narrows what it may be, the earlier type preferred.

    Raises: UnknownEntity: no entity of these types goes by it (`near` holds names close to it); AmbiguousEntity:
    several of one type do (`choices` holds their ids)."""
    name = text.strip()
    exact = view.get_entity(name)
    if exact is not None and (not types or exact.type in types):
        return exact
    found = [entity for entity in view.find_entities(name, limit=_NAME_LIMIT) if not types or entity.type in types]
    for kind in types or (None,):
        of_kind = [entity for entity in found if kind is None or entity.type == kind]
        named = [entity for entity in of_kind if entity.name.casefold() == name.casefold()] or of_kind
        if len(named) == 1:
            return named[0]
        if named:
            raise AmbiguousEntity(text, sorted(entity.id for entity in named))
    raise UnknownEntity(text, _near(view, name, types))


def resolve_area(view: View, text: str) -> Entity:
    """Return the strategy of an area by any of its names: the strategy's, a body's that publishes it, or a place's.

    A place without a strategy of its own stands for the larger one it is part of. Raises as `resolve_name`."""
    name = text.strip()
    strategies = [entity for entity in _candidates(view, name) if entity.type == "Strategy"]
    found = {entity.id: entity for entity in strategies} or _strategies_of(view, _candidates(view, name))
    local = {key: entity for key, entity in found.items() if "lis_status" in entity.properties} or found
    if len(local) == 1:
        return next(iter(local.values()))
    if local:
        raise AmbiguousEntity(text, sorted(local))
    raise UnknownEntity(text, _near(view, name, AREA_TYPES))


def split_areas(view: View, text: str) -> list[str]:
    """Return the names of areas in a list by commas; a name that holds commas itself stays whole.

    From the left, the longest run of parts (at most five) that some area goes by is one name."""
    parts = text.split(",")
    found = []
    while parts:
        runs = (number for number in range(min(_MOST_COMMAS + 1, len(parts)), 1, -1))
        number = next((n for n in runs if _candidates(view, ",".join(parts[:n]).strip())), 1)
        found.append(",".join(parts[:number]).strip())
        parts = parts[number:]
    return [name for name in found if name]


def resolve_theme(view: View, text: str) -> Entity:
    """Return a foundation, Grand Challenge or sector by name, or by a term that the registers list for it: "skills".

    Raises as `resolve_name`."""
    try:
        return resolve_name(view, text, types=THEME_TYPES)
    except UnknownEntity:
        word = text.strip().casefold()
        for kind in THEME_TYPES:
            for entity in view.entities(entity_type=kind):
                cues = entity.properties.get("cue_terms", ())
                if isinstance(cues, tuple) and word in cues:
                    return entity
        raise


def resolve_proposition(view: View, text: str, *, area_id: str = "") -> Entity:
    """Return a proposition by name or id; where several go by the name, the one that strategy `area_id` proposes.

    Where one strategy has it in several documents, that of the latest stands. Raises as `resolve_name`."""
    name = text.strip()
    exact = view.get_entity(name)
    if exact is not None and exact.type == "Proposition":
        return exact
    found = [entity for entity in view.find_entities(name, limit=_NAME_LIMIT) if entity.type == "Proposition"]
    if not found:
        hits = view.search(name, kinds=("entity",), entity_type="Proposition", limit=_NAME_LIMIT)
        found = [entity for hit in hits if (entity := view.get_entity(hit.id)) is not None]
    if area_id and len(found) > 1:
        found = [entity for entity in found if area_id in _proposers(view, entity.id)] or found
    found = _latest_edition(view, found)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousEntity(text, sorted(entity.id for entity in found))
    raise UnknownEntity(text, _near(view, name, ("Proposition",)))


def _latest_edition(view: View, found: Sequence[Entity]) -> list[Entity]:
    """Return the proposition of the latest document where one strategy alone proposes them all by one name."""
    owners = {frozenset(_proposers(view, entity.id)) for entity in found}
    names = {entity.name.casefold() for entity in found}
    if len(found) < 2 or len(names) > 1 or len(owners) > 1 or owners == {frozenset()}:
        return list(found)
    return [max(found, key=lambda entity: (_date(view, entity.id), entity.id))]


def _date(view: View, proposition_id: str) -> str:
    relations = view.relations(proposition_id, relation_types=("PROPOSES",))
    passages = view.get_passages(sorted({item.passage_id for relation in relations for item in relation.evidence}))
    documents = (view.get_document(document_id) for document_id in sorted({item.document_id for item in passages}))
    return max((document.published or "" for document in documents if document is not None), default="")


def _candidates(view: View, name: str) -> list[Entity]:
    exact = view.get_entity(name)
    if exact is not None:
        return [exact]
    found = {entity.id: entity for entity in view.find_entities(name, limit=_NAME_LIMIT)}
    for ending in _STRATEGY_WORDS:
        for entity in [] if name.casefold().endswith(ending) else view.find_entities(name + ending, limit=_NAME_LIMIT):
            found.setdefault(entity.id, entity)
    return [entity for _, entity in sorted(found.items()) if entity.type in AREA_TYPES]


def _strategies_of(view: View, entities: Sequence[Entity]) -> dict[str, Entity]:
    """Return the strategies that some bodies publish or that cover some places, else those of the larger places."""
    ids = [entity.id for entity in entities]
    for _ in range(_UP):
        found: dict[str, Entity] = {}
        larger: set[str] = set()
        for entity_id in ids:
            for relation in view.relations(entity_id, relation_types=("PUBLISHES", "COVERS", "PART_OF")):
                other = relation.source_id if relation.target_id == entity_id else relation.target_id
                entity = view.get_entity(other)
                if entity is not None and entity.type == "Strategy" and relation.type != "PART_OF":
                    found[other] = entity
                elif relation.source_id == entity_id and relation.type in ("PART_OF", "COVERS"):
                    larger.add(other)
        if found:
            return found
        ids = sorted(larger)
    return {}


def _proposers(view: View, proposition_id: str) -> set[str]:
    return {relation.source_id for relation in view.relations(proposition_id, relation_types=("PROPOSES",))}


def _near(view: View, name: str, types: Sequence[str]) -> Sequence[str]:
    """Return near names, those of the right types first."""
    near = view.near_names(name, limit=10)
    if not types:
        return near[:5]
    fitting = [text for text in near if any(entity.type in types for entity in view.find_entities(text, limit=5))]
    return (fitting or list(near))[:5]

"""What the forms of the three questions offer: areas, propositions, departments and themes of the loaded documents."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from api.answers import iter_documents
from api.questions import RowName
from graph.model import Entity
from graph.stores.base import View
from viz.questions import Option

MAX_LISTED = 1000
PARTNER_KINDS = (
    "university", "further education college", "catapult", "research centre", "company", "NHS body",
    "local enterprise partnership", "combined authority", "local authority",
)  # fmt: skip
BESIDE = {
    "wave-1": "published strategies, Wave 1",
    "wave-2": "published strategies, Wave 2",
    "published": "all published strategies",
    "chosen": "the ones ticked below",
}
THEMES = {"Foundation": "Foundations of productivity", "GrandChallenge": "Grand Challenges", "Sector": "Sectors"}
DOCUMENTED, OTHER = "With documents here", "Without documents here"


def list_areas(view: View) -> tuple[tuple[Entity, bool], ...]:
    """Return the local strategies by name, each with whether a document that is loaded is about it."""
    described = {document.describes for document in iter_documents(view)}
    found = [
        (entity, entity.id in described)
        for entity in view.entities(entity_type="Strategy", limit=MAX_LISTED)
        if "lis_status" in entity.properties or entity.id in described
    ]
    return tuple(sorted(found, key=lambda pair: (area_name(pair[0]).casefold(), pair[0].id)))


def area_name(entity: Entity) -> str:
    """Return the short name of a strategy's area."""
    names = entity.properties.get("area_names")
    return names[0] if isinstance(names, tuple) and names else entity.name


def area_options(areas: Iterable[tuple[Entity, bool]], chosen: str = "") -> tuple[Option, ...]:
    """Return areas to choose from, those with documents first."""
    found = [
        Option(entity.id, area_name(entity), DOCUMENTED if has else OTHER, entity.id == chosen) for entity, has in areas
    ]
    return tuple(sorted(found, key=lambda option: option.group == OTHER))


def proposition_options(view: View, areas: Iterable[tuple[Entity, bool]], chosen: str = "") -> tuple[Option, ...]:
    """Return the propositions of the areas with documents, by area and name."""
    names = {entity.id: area_name(entity) for entity, has in areas if has}
    if not names:
        return ()
    sub = view.subgraph(
        sorted(names), relation_types=("PROPOSES",), entity_types=("Proposition",), max_entities=MAX_LISTED
    )
    entities = {entity.id: entity for entity in sub.entities}
    found = [
        (names[relation.source_id], entities[relation.target_id])
        for relation in sub.relations
        if relation.source_id in names and relation.target_id in entities
    ]
    ordered = sorted(found, key=lambda pair: (pair[0].casefold(), pair[1].name.casefold(), pair[1].id))
    return tuple(Option(entity.id, entity.name, area, entity.id == chosen) for area, entity in ordered)


def department_options(view: View, chosen: str = "") -> tuple[Option, ...]:
    """Return the departments that documents name, by name."""
    found = view.entities(entity_type="Department", mentioned=True, limit=MAX_LISTED)
    return _by_name(Option(entity.id, entity.name, "", entity.id == chosen) for entity in found)


def theme_options(view: View, chosen: str = "") -> tuple[Option, ...]:
    """Return foundations, Grand Challenges and sectors that documents name, by kind."""
    found: list[Option] = []
    for kind, heading in THEMES.items():
        entities = view.entities(entity_type=kind, mentioned=True, limit=MAX_LISTED)
        found += _by_name(Option(entity.id, entity.name, heading, entity.id == chosen) for entity in entities)
    return tuple(found)


def filter_options(view: View, values: Mapping[str, str]) -> dict[str, tuple[Option, ...]]:
    """Return the choices of the filters that every form has."""
    genres = sorted({document.genre for document in iter_documents(view)} - {""})
    return {
        "certainty": _plain((("firm", "firm only"), ("tentative", "tentative only")), values.get("certainty", "")),
        "status": _plain((("published", "published only"), ("draft", "others only")), values.get("status", "")),
        "genre": _plain([(name, name) for name in genres], values.get("genre", "")),
    }


def row_options(chosen: Sequence[str]) -> tuple[Option, ...]:
    """Return the kinds of row of the matrix."""
    return tuple(Option(name.value, name.value, "", name.value in chosen) for name in RowName)


def kind_options(chosen: str) -> tuple[Option, ...]:
    """Return kinds of partner."""
    return _plain([(name, name) for name in PARTNER_KINDS], chosen)


def beside_options(chosen: str) -> tuple[Option, ...]:
    """Return what a strategy can be set beside."""
    return _plain(tuple(BESIDE.items()), chosen)


def _plain(pairs: Iterable[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, "", value == chosen) for value, label in pairs)


def _by_name(options: Iterable[Option]) -> tuple[Option, ...]:
    keyed = [((option.label.casefold(), option.value), option) for option in options]
    return tuple(option for _, option in sorted(keyed, key=itemgetter(0)))

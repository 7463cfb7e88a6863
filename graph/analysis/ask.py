"""The questions as the ways in ask them: names in, an answer out, over any store's view.

Each function resolves the names, fetches its material by bounded queries (`graph.analysis.select`) and calls the pure
function of its module.
"""

from dataclasses import dataclass

from graph.analysis.compare import CompareOptions, compare, compare_precedents, compare_similar, nearest
from graph.analysis.filters import keep
from graph.analysis.fit import BODY_TYPES
from graph.analysis.hmg import HmgOptions, hmg
from graph.analysis.model import (
    Comparison,
    Editions,
    Filters,
    HmgAnswer,
    Material,
    Nearest,
    PartnerAnswer,
    PathAnswer,
    Precedent,
    RoleAnswer,
    RowKind,
    Similar,
)
from graph.analysis.names import resolve_area, resolve_name, resolve_proposition, resolve_theme
from graph.analysis.partners import PartnerOptions, partners, roles
from graph.analysis.paths import find_paths
from graph.analysis.select import (
    choose_areas,
    compare_material,
    hmg_material,
    like_material,
    partner_material,
    path_material,
    role_material,
)
from graph.errors import AmbiguousEntity, NothingToCompare
from graph.model import Entity
from graph.stores.base import View

NO_FILTERS = Filters()
DEFAULT_WAVE = 1


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """What to set an area beside: named areas, a wave of the register, or all published; default: published Wave 1."""

    others: tuple[str, ...] = ()  # names or ids
    wave: int | None = None
    published: bool = False
    rows: tuple[RowKind, ...] = tuple(RowKind)
    filters: Filters = NO_FILTERS
    nearest: int = 3  # how many a proposition
    precedents: int = 3  # how many an ask


@dataclass(frozen=True, slots=True)
class PartnersRequest:
    """Where the proposition is (`area`, by any name), which kinds of partner, whether from its area only (`near`)."""

    area: str = ""
    kinds: tuple[str, ...] = ()  # "university", "college", "catapult", "LEP", ...
    near: bool = False
    filters: Filters = NO_FILTERS
    limit: int = 10


@dataclass(frozen=True, slots=True)
class HmgRequest:
    """One department or all, one theme (foundation, Grand Challenge or sector) or all, who held it `as_of` a date.

    `as_of` is an ISO date, perhaps partial; empty means: each department as the documents name it, without holders.
    """

    department: str = ""
    theme: str = ""
    as_of: str = ""
    area: str = ""
    filters: Filters = NO_FILTERS


def ask_compare(view: View, area: str, request: CompareRequest) -> Comparison:
    """Answer how an area's strategy stands beside others.

    Raises: UnknownEntity, AmbiguousEntity: a name of an area; NothingToCompare: no document of the area was read."""
    return compare(*_fetch(view, area, request), _compare_options(request))


def _fetch(
    view: View, area: str, request: CompareRequest, *, commitments: bool = True
) -> tuple[Material, str, list[str]]:
    """Return the material of a comparison, the chosen area and the others that the filters leave."""
    chosen = resolve_area(view, area)
    others = _other_areas(view, chosen.id, request)
    found = compare_material(view, (chosen.id, *others), commitments=commitments)
    material = keep(found, request.filters, always=(chosen.id,))
    held = {entity.id for entity in material.sub.entities}
    return material, chosen.id, [area_id for area_id in others if area_id in held]


def _compare_options(request: CompareRequest) -> CompareOptions:
    return CompareOptions(request.rows, request.nearest, request.precedents, request.filters.min_score)


def _other_areas(view: View, chosen: str, request: CompareRequest) -> tuple[str, ...]:
    if request.others:
        named = dict.fromkeys(resolve_area(view, name).id for name in request.others)
        return tuple(area_id for area_id in named if area_id != chosen)
    if request.wave is None and not request.published:
        return choose_areas(view, chosen, wave=DEFAULT_WAVE, published=True)
    return choose_areas(view, chosen, wave=request.wave, published=request.published)


def ask_precedents(view: View, area: str, request: CompareRequest) -> tuple[Precedent, ...]:
    """Answer what Government has agreed to elsewhere for each ask of an area; raises as `ask_compare`."""
    return compare_precedents(*_fetch(view, area, request), _compare_options(request))


def ask_similar(view: View, area: str, request: CompareRequest) -> tuple[Similar, ...]:
    """Answer which strategies are most like an area's; raises as `ask_compare`."""
    return compare_similar(*_fetch(view, area, request, commitments=False))


def ask_nearest(view: View, proposition: str, request: CompareRequest) -> Nearest:
    """Answer which propositions elsewhere are most like one, by its name or id; raises as `ask_partners`."""
    found = resolve_proposition(view, proposition)
    proposers = _proposers(view, found.id)
    material = keep(like_material(view, found.id), request.filters, always=proposers)
    _require_kept(material, found)
    return nearest(material, found.id, limit=request.nearest, min_score=request.filters.min_score)


def ask_editions(view: View, area: str) -> tuple[Editions, ...]:
    """Answer what changed from each document of an area's strategy to the next; raises as `ask_compare`."""
    chosen = resolve_area(view, area)
    return compare(compare_material(view, (chosen.id,)), chosen.id, (), CompareOptions()).editions


def ask_partners(view: View, proposition: str, request: PartnersRequest) -> PartnerAnswer:
    """Answer who could deliver a proposition, by its name or id.

    Raises: UnknownEntity, AmbiguousEntity: the proposition (say the area) or the area."""
    area_id = resolve_area(view, request.area).id if request.area else ""
    found = resolve_proposition(view, proposition, area_id=area_id)
    material = keep(partner_material(view, found.id), request.filters, always=_proposers(view, found.id))
    _require_kept(material, found)
    return partners(material, found.id, _options(request))


def _require_kept(material: Material, proposition: Entity) -> None:
    if all(entity.id != proposition.id for entity in material.sub.entities):
        raise NothingToCompare(f"the filters leave nothing of {proposition.name!r}", "widen them and ask again")


def ask_roles(view: View, body: str, request: PartnersRequest) -> RoleAnswer:
    """Answer which propositions an institution or body could help to deliver; raises as `ask_partners`."""
    found = resolve_name(view, body, types=BODY_TYPES)
    return roles(keep(role_material(view, found.id), request.filters), found.id, _options(request))


def _options(request: PartnersRequest) -> PartnerOptions:
    return PartnerOptions(request.kinds, request.near, request.limit, request.filters.min_score)


def _proposers(view: View, proposition_id: str) -> tuple[str, ...]:
    return tuple(relation.source_id for relation in view.relations(proposition_id, relation_types=("PROPOSES",)))


def ask_hmg(view: View, request: HmgRequest) -> HmgAnswer:
    """Answer which departments are asked for what; raises UnknownEntity, AmbiguousEntity for a name in the request."""
    options = HmgOptions(
        department=resolve_name(view, request.department, types=("Department",)).id if request.department else "",
        theme=resolve_theme(view, request.theme).id if request.theme else "",
        area=resolve_area(view, request.area).id if request.area else "",
        as_of=request.as_of,
    )
    always = (options.area,) if options.area else ()
    return hmg(keep(hmg_material(view, options.area, options.department), request.filters, always=always), options)


def ask_paths(view: View, start: str, end: str, *, max_hops: int = 4, limit: int = 5) -> PathAnswer:
    """Answer how two entities, by name or id, hang together; `max_hops` is 1 to 6.

    Raises: UnknownEntity, AmbiguousEntity."""
    ends = [_resolve_end(view, name).id for name in (start, end)]
    hops = min(6, max(1, max_hops))
    return find_paths(
        path_material(view, ends[0], ends[1], max_hops=hops), ends[0], ends[1], max_hops=hops, limit=limit
    )


def _resolve_end(view: View, name: str) -> Entity:
    """Return the entity of a name; a proposition that one strategy has in several documents is that of the latest."""
    try:
        return resolve_name(view, name)
    except AmbiguousEntity as error:
        if any(choice.partition(":")[0] != "prop" for choice in error.choices):
            raise
        return resolve_proposition(view, name)

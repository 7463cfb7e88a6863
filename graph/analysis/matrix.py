"""Areas side by side: the columns, how much of each was read, and the propositions in each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.index import Index
from graph.analysis.model import Area, Coverage, Matrix, MatrixCell, MatrixRow, RowKind
from graph.analysis.profiles import Profile
from graph.analysis.words import count_of
from graph.model import Relation

_AREA_ENDINGS = (
    " Local Industrial Strategies",
    " Local Industrial Strategy",
    " Industrial Strategy 2030",
    " Industrial Strategy",
)


@dataclass(frozen=True, slots=True)
class Areas:
    """The columns: `members` holds the propositions of each area by id, `documents` those about it."""

    chosen: str
    areas: tuple[Area, ...]
    members: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, tuple[str, ...]]

    def covered(self, area_id: str) -> bool:
        """Say whether any document of an area was read."""
        return bool(self.documents[area_id])


def make_areas(index: Index, profiles: Mapping[str, Profile], chosen: str, others: Sequence[str]) -> Areas:
    """Return the columns: the chosen area first, then the others, published ones first, then by name."""
    ids = [chosen, *(area for area in dict.fromkeys(others) if area != chosen)]
    members: dict[str, list[str]] = {area: [] for area in ids}
    documents: dict[str, set[str]] = {
        area: {document.id for document in index.documents.values() if document.describes == area} for area in ids
    }
    for profile in profiles.values():
        for relation in profile.proposes:
            if relation.source_id in members and profile.id not in members[relation.source_id]:
                members[relation.source_id].append(profile.id)
                documents[relation.source_id].update(profile.documents)
    areas = sorted((_make_area(index, area, area == chosen) for area in ids), key=_column_order)
    return Areas(
        chosen,
        tuple(areas),
        {area: tuple(sorted(found)) for area, found in members.items()},
        {area: tuple(sorted(found)) for area, found in documents.items()},
    )


def _column_order(area: Area) -> tuple[bool, bool, int, str, str]:
    return not area.chosen, area.status != "published", area.wave or 9, area.label, area.id


def area_label(index: Index, area_id: str) -> str:
    """Return the short name of a strategy's area: the register's, else the strategy's name without its genre."""
    entity = index.entities.get(area_id)
    names = entity.properties.get("area_names", ()) if entity else ()
    if isinstance(names, tuple) and names:
        return names[0]
    name = index.name(area_id)
    return next((name.removesuffix(ending) for ending in _AREA_ENDINGS if name.endswith(ending)), name)


def _make_area(index: Index, area_id: str, chosen: bool) -> Area:
    entity = index.entities.get(area_id)
    wave = entity.properties.get("wave") if entity else None
    publishers = dict.fromkeys(relation.source_id for relation in index.into(area_id, "PUBLISHES"))
    return Area(
        id=area_id,
        name=index.name(area_id),
        label=area_label(index, area_id),
        wave=wave if isinstance(wave, int) else None,
        status=index.text(area_id, "lis_status"),
        published=index.text(area_id, "published") or None,
        chosen=chosen,
        bodies=tuple(index.ref(body) for body in publishers),
    )


def make_coverage(index: Index, areas: Areas, repeats: Mapping[str, Sequence[str]]) -> tuple[Coverage, ...]:
    """Return how much of each area was read; `repeats` holds by id the propositions that several documents say."""
    return tuple(_cover(index, areas, area, repeats) for area in areas.areas)


def _cover(index: Index, areas: Areas, area: Area, repeats: Mapping[str, Sequence[str]]) -> Coverage:
    documents, number = areas.documents[area.id], len(areas.members[area.id])
    again = sum(1 for member in areas.members[area.id] if member in repeats)
    if not documents:
        says = f"{area.label}: no document was read; its cells are empty, which says nothing about the area."
    elif not number:
        says = f"{area.label}: {count_of(len(documents), 'document')} read, in which no proposition was found."
    else:
        genres = sorted({index.documents[item].genre for item in documents if item in index.documents} - {""})
        told = f" ({', '.join(genres)})" if genres else ""
        twice = f"; {again} of them in several documents, counted once" if again else ""
        says = (
            f"{area.label}: {count_of(number, 'proposition')} from {count_of(len(documents), 'document')}{told}{twice}."
        )
    return Coverage(area.id, documents, number, says, again)


# ---- the matrix


def make_matrix(index: Index, profiles: Mapping[str, Profile], areas: Areas, kinds: Sequence[RowKind]) -> Matrix:
    """Return the propositions of each area by row; rows by kind in the order asked, the fullest first, then by name."""
    rows = [row for kind in dict.fromkeys(kinds) for row in _rows(index, profiles, areas, kind)]
    return Matrix(tuple(area.id for area in areas.areas), tuple(rows))


def _rows(index: Index, profiles: Mapping[str, Profile], areas: Areas, kind: RowKind) -> list[MatrixRow]:
    keys = {key for area in areas.areas for member in areas.members[area.id] for key in profiles[member].named(kind)}
    keys.update(key for area in areas.areas for key in by_strategy(index, area.id, kind))
    rows = [
        MatrixRow(
            kind,
            key,
            key.removeprefix("kind:") if key.startswith("kind:") else index.name(key),
            tuple(_cell(index, profiles, areas, area.id, kind, key) for area in areas.areas),
        )
        for key in keys
    ]
    return sorted(rows, key=lambda row: (-sum(cell.count or 0 for cell in row.cells), row.name, row.id))


def _cell(
    index: Index, profiles: Mapping[str, Profile], areas: Areas, area_id: str, kind: RowKind, key: str
) -> MatrixCell:
    if not areas.covered(area_id):
        return MatrixCell(area_id, (), None, None)
    held = {member: feature for member in areas.members[area_id] if (feature := profiles[member].of(kind).get(key))}
    named = tuple(member for member, feature in held.items() if feature.relations)
    implied = tuple(member for member in held if member not in named)
    share = len(named) / max(1, len(areas.members[area_id]))
    return MatrixCell(area_id, named, len(named), share, key in by_strategy(index, area_id, kind), implied)


def by_strategy(index: Index, area_id: str, kind: RowKind) -> Mapping[str, tuple[Relation, ...]]:
    """Return what a strategy as a whole names of a kind: foundations, Grand Challenges, sectors, programmes."""
    types = {
        RowKind.FOUNDATION: ("ADDRESSES",),
        RowKind.CHALLENGE: ("ADDRESSES",),
        RowKind.SECTOR: ("IN_SECTOR",),
        RowKind.PROGRAMME: ("ALIGNS_WITH",),
    }.get(kind, ())
    wanted = {RowKind.FOUNDATION: "Foundation", RowKind.CHALLENGE: "GrandChallenge"}.get(kind)
    found: dict[str, tuple[Relation, ...]] = {}
    for relation in index.out(area_id, *types):
        if wanted is None or index.ref(relation.target_id).type == wanted:
            found[relation.target_id] = (*found.get(relation.target_id, ()), relation)
    return found

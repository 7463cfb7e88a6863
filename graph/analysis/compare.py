"""How a strategy stands beside others: the matrix and its findings, nearest, precedents, similar, editions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis import editions, findings, precedents, similar
from graph.analysis.index import Index, build_index
from graph.analysis.likeness import LEAST, Likeness, make_likeness
from graph.analysis.likeness import MEANINGS as LIKENESS_MEANINGS
from graph.analysis.matrix import Areas, make_areas, make_coverage, make_matrix
from graph.analysis.model import Card, Comparison, Material, Nearest, Precedent, RowKind, Similar
from graph.analysis.profiles import Profile, make_profiles
from graph.analysis.repeats import MEANINGS, join_repeats
from graph.analysis.words import join
from graph.errors import NothingToCompare


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """Which rows, and how many matches a proposition and precedents an ask; `min_score` holds for both."""

    rows: tuple[RowKind, ...] = tuple(RowKind)
    nearest: int = 3
    precedents: int = 3
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every part of a comparison works on; `repeats` holds what is said twice."""

    index: Index
    profiles: Mapping[str, Profile]
    areas: Areas
    repeats: Mapping[str, tuple[str, ...]]


def _make_scene(material: Material, area_id: str, other_ids: Sequence[str]) -> _Scene:
    joined, repeats = join_repeats(material)
    index = build_index(joined)
    profiles = make_profiles(index)
    areas = make_areas(index, profiles, area_id, other_ids)
    if not areas.covered(area_id):
        raise NothingToCompare(
            f"no document of {index.name(area_id)} is in this store",
            "ingest one that is about it, such as a strategy, a draft or a board paper, and ask again",
        )
    return _Scene(index, profiles, areas, repeats)


def compare_precedents(
    material: Material, area_id: str, other_ids: Sequence[str], options: CompareOptions
) -> tuple[Precedent, ...]:
    """Return the precedents of `compare` alone, which is the same and takes less time. Raises as `compare`."""
    scene = _make_scene(material, area_id, other_ids)
    return _find_precedents(make_likeness(scene.index, scene.profiles), scene.areas.members[area_id], options)


def _find_precedents(likeness: Likeness, ours: Iterable[str], options: CompareOptions) -> tuple[Precedent, ...]:
    commitments = precedents.find_commitments(likeness.index, likeness.profiles)
    least = max(precedents.LEAST, options.min_score)
    return precedents.find_precedents(likeness, ours, commitments, limit=options.precedents, least=least)


def compare_similar(material: Material, area_id: str, other_ids: Sequence[str]) -> tuple[Similar, ...]:
    """Return the most similar strategies of `compare` alone, which needs no commitments. Raises as `compare`."""
    scene = _make_scene(material, area_id, other_ids)
    return similar.find_similar(scene.index, scene.profiles, scene.areas)


def compare(material: Material, area_id: str, other_ids: Sequence[str], options: CompareOptions) -> Comparison:
    """Return how strategy `area_id` stands beside others.

    Args: material: the propositions of these strategies and what they are tied to; further ones serve as precedents.
    Raises: NothingToCompare: the material holds no document and no proposition of `area_id`.
    Cost: O(ours x all propositions) pairs for nearest and precedents; reads no store."""
    scene = _make_scene(material, area_id, other_ids)
    index, profiles, areas = scene.index, scene.profiles, scene.areas
    likeness = make_likeness(index, profiles)
    matrix = make_matrix(index, profiles, areas, options.rows)
    found = findings.find_findings(index, profiles, areas, matrix)
    ours = areas.members[area_id]
    nearest = find_nearest(likeness, areas, options)
    agreed = _find_precedents(likeness, ours, options)
    shown = {item for members in areas.members.values() for item in members}
    shown |= {agreement.proposition for precedent in agreed for agreement in precedent.found}
    changes = editions.find_editions(_likeness_of(material) if scene.repeats else likeness, area_id)
    return Comparison(
        version=material.version,
        area=area_id,
        areas=areas.areas,
        coverage=make_coverage(index, areas, scene.repeats),
        matrix=matrix,
        shared=found.shared,
        distinctive=found.distinctive,
        missing=found.missing,
        nearest=nearest,
        precedents=agreed,
        similar=similar.find_similar(index, profiles, areas),
        editions=changes,
        propositions=cards(likeness, shown),
        documents=index.document_refs(_documents(likeness, areas, shown)),
        meanings=(
            *MEANINGS,
            *findings.MEANINGS,
            *LIKENESS_MEANINGS,
            *precedents.MEANINGS,
            *similar.MEANINGS,
            *editions.MEANINGS,
        ),
        notes=_notes(index, areas),
        truncated=material.sub.truncated,
    )


def _likeness_of(material: Material) -> Likeness:
    """Return what compares all that the documents say, each by itself: editions are about that."""
    index = build_index(material)
    return make_likeness(index, make_profiles(index))


def find_nearest(likeness: Likeness, areas: Areas, options: CompareOptions) -> tuple[Nearest, ...]:
    """Return for each proposition of the chosen area those of the other areas most like it, by name."""
    elsewhere = [item for area in areas.areas if not area.chosen for item in areas.members[area.id]]
    ours = frozenset(areas.members[areas.chosen])
    theirs = sorted(set(elsewhere) - ours)
    found = [
        Nearest(
            item,
            likeness.profiles[item].card.name,
            likeness.nearest(item, theirs, limit=options.nearest, min_score=max(LEAST, options.min_score)),
        )
        for item in ours
    ]
    return tuple(sorted(found, key=lambda item: (item.name, item.proposition)))


def nearest(material: Material, proposition_id: str, *, limit: int = 3, min_score: float = 0.0) -> Nearest:
    """Return the propositions of other areas, and of deals and programmes, that are most like one.

    Cost: O(propositions) pairs; reads no store."""
    likeness = _likeness_of(join_repeats(material, keep=proposition_id)[0])
    own = likeness.profiles[proposition_id].card
    elsewhere = [key for key, item in likeness.profiles.items() if item.card.area is None or item.card.area != own.area]
    found = likeness.nearest(own.id, elsewhere, limit=limit, min_score=max(LEAST, min_score))
    return Nearest(own.id, own.name, found)


def cards(likeness: Likeness, ids: Iterable[str]) -> tuple[Card, ...]:
    """Return the cards of some propositions by id."""
    return tuple(likeness.profiles[item].card for item in sorted(set(ids)))


def _documents(likeness: Likeness, areas: Areas, shown: Iterable[str]) -> set[str]:
    found = {document for documents in areas.documents.values() for document in documents}
    return found | {document for item in shown for document in likeness.profiles[item].documents}


def _notes(index: Index, areas: Areas) -> tuple[str, ...]:
    notes = []
    if index.among is not None:
        notes.append(
            f"Of {len(index.among.ids):,} propositions that Government agreed to, those were looked at for precedents "
            "that share the rarest words with an ask or build on its programme."
        )
    silent = [area.label for area in areas.areas if not areas.covered(area.id)]
    if silent:
        notes.append(f"No document was read of {join(silent)}; their silence is not absence.")
    if not any(areas.covered(area.id) for area in areas.areas if not area.chosen):
        notes.append("No other area has a document here, so nothing can be called shared, distinctive or missing.")
    return tuple(notes)

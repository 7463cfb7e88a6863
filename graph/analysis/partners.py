"""Who could deliver a proposition, which propositions a body could help with, and areas to ask with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from graph.analysis.compare import cards
from graph.analysis.fit import (
    BODY_TYPES,
    ELSEWHERE,
    FIT_WEIGHTS,
    IN_AREA,
    Fit,
    FitWeights,
    Target,
    find_sectors,
    make_fit,
)
from graph.analysis.index import Index, build_index
from graph.analysis.likeness import LEAST, Likeness, make_likeness, total
from graph.analysis.likeness import MEANINGS as LIKENESS_MEANINGS
from graph.analysis.matrix import area_label
from graph.analysis.model import (
    Candidate,
    Existing,
    Match,
    Material,
    Meaning,
    PartnerAnswer,
    Ref,
    RoleAnswer,
    TeamUp,
)
from graph.analysis.profiles import Profile, body_kind, is_collective, make_profiles
from graph.analysis.reach import Way, find_reach, find_way, make_graph
from graph.analysis.repeats import join_repeats
from graph.analysis.words import join
from graph.model import Entity, Relation

MAX_NEAREST = 25  # propositions whose partners count as "already in one like this"
LEARN_FROM = 0.1  # how alike they must be: their partners are a hint, scaled by the likeness

MEANINGS = (
    Meaning(
        "candidates",
        "Bodies that are not in the proposition yet, those with the best reasons first.",
        f"A sum of parts: partner of a proposition like this one (at most {FIT_WEIGHTS.nearest}), same sector "
        f"({FIT_WEIGHTS.sector}; a body outside the area {ELSEWHERE} of it), publisher of the area's strategy "
        f"({FIT_WEIGHTS.area}), place ({FIT_WEIGHTS.place}; elsewhere in the area {IN_AREA} of it), same programme or "
        f"deal ({FIT_WEIGHTS.programme}), capability words of the register ({FIT_WEIGHTS.capability}), part or parent "
        f"of a body already in it ({FIT_WEIGHTS.family}), and reach ({FIT_WEIGHTS.reach}: how often a walk along "
        "relations at random, which keeps beginning anew at the proposition, comes to the body, beside the body it "
        "comes to most; personalised PageRank). Place and family count half where neither "
        "sector, programme, capability nor a like proposition speaks for the body.",
    ),
    Meaning(
        "team_up",
        "Other areas with a proposition like this one, and the departments that both deal with.",
        "Propositions of other areas that are near (see nearest), by area; the score is that of the nearest.",
    ),
)


@dataclass(frozen=True, slots=True)
class PartnerOptions:
    """Which kinds of body (all where empty), whether only from the area (`near`), how many, from which score on."""

    kinds: tuple[str, ...] = ()
    near: bool = False
    limit: int = 10
    min_score: float = 0.0
    weights: FitWeights = FIT_WEIGHTS


@dataclass(frozen=True, slots=True)
class Bench:
    """What partner questions of one material share: its propositions, its bodies and how they are scored."""

    index: Index
    profiles: Mapping[str, Profile]
    likeness: Likeness
    fit: Fit
    graph: "nx.Graph[str]"
    bodies: tuple[Entity, ...]

    def target(self, proposition_id: str) -> Target:
        """Return a proposition as bodies are fitted to it."""
        near = self.likeness.nearest(proposition_id, self.profiles, limit=MAX_NEAREST, min_score=LEARN_FROM)
        reach = find_reach(self.graph, proposition_id, [entity.id for entity in self.bodies])
        found = tuple((match.id, match.score) for match in near)
        return replace(self._target(proposition_id, found, reach), way=find_way(self.graph, proposition_id))

    def target_for(
        self, proposition_id: str, held: Iterable[str], walk: Mapping[str, float], body_id: str, way: Way
    ) -> Target:
        """Return a proposition as one body is fitted to it that is in the propositions `held`; `walk` starts there."""
        scored = [(other, self.likeness.score(proposition_id, other)) for other in held if other != proposition_id]
        near = sorted((pair for pair in scored if pair[1] >= LEARN_FROM), key=lambda pair: (-pair[1], pair[0]))
        target = self._target(proposition_id, tuple(near), {body_id: walk.get(proposition_id, 0.0)})
        return replace(target, way=lambda _: way(proposition_id))

    def _target(self, proposition_id: str, near: tuple[tuple[str, float], ...], reach: Mapping[str, float]) -> Target:
        profile = self.profiles[proposition_id]
        area = profile.card.area
        covered = _places(self.index.out(area or "", "COVERS"))
        own = {key: feature.relations for key, feature in profile.places.items() if key not in covered}
        inside = {**_inside(self.index, covered), **covered}
        return Target(profile, area, own, inside, find_sectors(self.index, profile), near, reach)


def prepare(material: Material, weights: FitWeights = FIT_WEIGHTS) -> Bench:
    """Return what partner questions of one material share."""
    index = build_index(material)
    profiles = make_profiles(index)
    likeness = make_likeness(index, profiles)
    bodies = index.of_type(*BODY_TYPES)
    return Bench(index, profiles, likeness, make_fit(likeness, bodies, weights), make_graph(index), bodies)


def _places(relations: Iterable[Relation]) -> dict[str, tuple[Relation, ...]]:
    found: dict[str, tuple[Relation, ...]] = {}
    for relation in relations:
        found[relation.target_id] = (*found.get(relation.target_id, ()), relation)
    return found


def _inside(index: Index, places: Iterable[str]) -> dict[str, tuple[Relation, ...]]:
    """Return the places that are part of some places, one or two levels down, with the relation that says so."""
    found: dict[str, tuple[Relation, ...]] = {}
    level = sorted(places)
    for _ in range(2):
        below = [relation for place in level for relation in index.into(place, "PART_OF")]
        below = [relation for relation in below if index.ref(relation.source_id).type == "Place"]
        found.update({relation.source_id: (relation,) for relation in below if relation.source_id not in found})
        level = sorted({relation.source_id for relation in below})
    return found


def partners(material: Material, proposition_id: str, options: PartnerOptions) -> PartnerAnswer:
    """Return who is in a proposition, who could be, and which areas could ask with it.

    Args: material: the proposition, bodies of its sectors and places, and propositions to learn from.
    Cost: O(bodies x their relations) and one PageRank; reads no store."""
    bench = prepare(join_repeats(material, keep=proposition_id)[0], options.weights)
    index, target = bench.index, bench.target(proposition_id)
    existing = _existing(index, target.profile)
    inside = {item.id for item in existing}
    found = [
        _candidate(bench, entity, target)
        for entity in bench.bodies
        if entity.id not in inside and _of_kind(entity, options.kinds)
    ]
    kept = [
        item for item in found if item.score >= max(options.min_score, 1e-6) and (not options.near or _is_near(item))
    ]
    kept.sort(key=lambda item: (-item.score, item.id))
    team = _team_up(bench, target)
    shown = {match.id for item in team for match in item.matches}
    shown |= {step.target.id for item in kept[: options.limit] for reason in item.reasons for step in reason.path}
    shown &= bench.profiles.keys() - {proposition_id}
    answer = PartnerAnswer(
        version=material.version,
        proposition=target.profile.card,
        existing=existing,
        candidates=tuple(kept[: options.limit]),
        team_up=team,
        propositions=cards(bench.likeness, shown),
        documents=index.document_refs(_documents(bench, {proposition_id, *shown})),
        meanings=(*MEANINGS, *LIKENESS_MEANINGS),
        notes=_notes(index, target, len(kept), options.limit),
        truncated=material.sub.truncated,
    )
    return index.with_cited(answer)


def roles(material: Material, body_id: str, options: PartnerOptions) -> RoleAnswer:
    """Return the propositions that a body is in, and those it could help to deliver, best first.

    Cost: one PageRank, O(propositions x those the body is in) pairs; reads no store."""
    bench = prepare(join_repeats(material)[0], options.weights)
    index = bench.index
    already = [item for item in bench.profiles.values() if body_id in item.partners]
    entity = index.entities[body_id]
    inside = {item.id for item in already}
    walk, way = find_reach(bench.graph, body_id, list(bench.profiles)), find_way(bench.graph, body_id)
    found = [
        _as_role(profile, _candidate(bench, entity, bench.target_for(profile.id, sorted(inside), walk, body_id, way)))
        for profile in bench.profiles.values()
        if profile.id not in inside
    ]
    kept = [
        item for item in found if item.score >= max(options.min_score, 1e-6) and (not options.near or _is_near(item))
    ]
    kept.sort(key=lambda item: (-item.score, item.id))
    shown = {item.id for item in kept[: options.limit]} | inside
    answer = RoleAnswer(
        version=material.version,
        body=index.ref(body_id),
        already=tuple(item.card for item in already),
        candidates=tuple(kept[: options.limit]),
        propositions=cards(bench.likeness, shown),
        documents=index.document_refs(_documents(bench, shown)),
        meanings=MEANINGS[:1],
        notes=(),
        truncated=material.sub.truncated,
    )
    return index.with_cited(answer)


def _candidate(bench: Bench, entity: Entity, target: Target) -> Candidate:
    parts, reasons = bench.fit.score(entity.id, target)
    return Candidate(entity.id, entity.type, entity.name, body_kind(entity), target.area, total(parts), parts, reasons)


def _as_role(profile: Profile, found: Candidate) -> Candidate:
    card = profile.card
    return Candidate(card.id, "Proposition", card.name, card.status, card.area, found.score, found.parts, found.reasons)


def _ranked(found: Iterable[Candidate], options: PartnerOptions) -> list[Candidate]:
    least = max(options.min_score, 1e-6)
    kept = [item for item in found if item.score >= least and (not options.near or _is_near(item))]
    return sorted(kept, key=lambda item: (-item.score, item.id))


def _is_near(candidate: Candidate) -> bool:
    return any(part.name in ("area", "place") for part in candidate.parts)


def _of_kind(entity: Entity, kinds: Iterable[str]) -> bool:
    """Say whether a body is of one of some kinds, by its type or by words of its kind: "LEP", "college"."""
    wanted = [" ".join(kind.replace("-", " ").casefold().split()) for kind in kinds]
    own = body_kind(entity)
    return not wanted or any(kind == entity.type.casefold() or kind in own for kind in wanted)


def _existing(index: Index, profile: Profile) -> tuple[Existing, ...]:
    found = [
        (relation.source_id, "lead" if relation.type == "LEADS" else "partner", relation)
        for feature in profile.partners.values()
        for relation in feature.relations
    ]
    found += [(item.source_id, "department that agreed", item) for item in index.into(profile.id, "COMMITS")]
    by_role: dict[tuple[str, str], list[Relation]] = {}
    for body, role, relation in found:
        by_role.setdefault((body, role), []).append(relation)
    return tuple(
        Existing(ref.id, ref.type, ref.name, body_kind(index.entities.get(body)), role, index.cite(relations))
        for (body, role), relations in sorted(by_role.items())
        for ref in (index.ref(body),)
    )


def _team_up(bench: Bench, target: Target) -> tuple[TeamUp, ...]:
    by_area: dict[str, list[str]] = {}
    for other, score in target.nearest:
        area = bench.profiles[other].card.area
        if area is not None and area != target.area and score >= LEAST:
            by_area.setdefault(area, []).append(other)
    found = [_team(bench, target, area, others) for area, others in by_area.items()]
    return tuple(sorted(found, key=lambda item: (-item.score, item.area)))


def _team(bench: Bench, target: Target, area: str, others: list[str]) -> TeamUp:
    index, own = bench.index, target.profile.id
    matches: tuple[Match, ...] = tuple(bench.likeness.match(own, other) for other in others)
    asked = {item.target_id for item in index.out(own, "ASKS") if not is_collective(index, item.target_id)}
    theirs = {item.target_id for other in others for item in index.out(other, "ASKS")}
    theirs |= {item.source_id for other in others for item in index.into(other, "COMMITS")}
    both: tuple[Ref, ...] = tuple(index.ref(item) for item in sorted(asked & theirs))
    label = area_label(index, area)
    says = f"{label} has “{matches[0].name}”, which is like it ({matches[0].score:.2f})"
    says += f"; both deal with {join(ref.name for ref in both)}." if both else "."
    return TeamUp(area, label, matches[0].score, matches, both, says)


def _documents(bench: Bench, ids: Iterable[str]) -> set[str]:
    return {document for item in ids for document in bench.profiles[item].documents}


def _notes(index: Index, target: Target, found: int, limit: int) -> tuple[str, ...]:
    notes = []
    if index.among is not None:
        notes.append(
            f"Of {len(index.among.ids):,} propositions, those were compared that share the rarest words with this one."
        )
    if not target.nearest:
        notes.append("No proposition elsewhere is near this one, so none of its partners could be learnt from.")
    if found > limit:
        notes.append(f"The first {limit} of {found} candidates are shown.")
    return tuple(notes)

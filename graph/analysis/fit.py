"""How well a body fits a proposition: a score that is the sum of named parts, each with the path that shows it.

The parts: partner of the nearest propositions, shared sector, area (the body that publishes the area's strategy),
place, shared programme or deal, capability (words of the body's name and fields in the register), family (part of, or
parent of, a body already in it), and reach (the body's share of a personalised PageRank walk that starts there). The
weights were chosen by a leave-one-out test on known partners (docs/questions.md); they add up to 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from graph.analysis.index import Index, sources_of
from graph.analysis.likeness import LEAST, Likeness
from graph.analysis.model import Part, Reason, RowKind, Step
from graph.analysis.profiles import Features, Profile, body_kind, find_cues, find_implied, without_names
from graph.analysis.reach import Way
from graph.analysis.wording import Wording, make_wording
from graph.analysis.words import join
from graph.model import Entity, Relation

BODY_TYPES = ("Institution", "LEP", "CombinedAuthority", "LocalAuthority")
ROLES = ("PARTNERS_IN", "LEADS")
FULL_LIKENESS = 0.5  # propositions seldom come closer; from here on the part `nearest` is full
THEME = 0.4  # what a theme of both adds to the part `capability`
IN_AREA = 0.6  # what a body elsewhere in the area is worth beside one at the very place
CLOSE, LOOSE = 0.5, 0.1  # share of the walk, beside the body that it visits most
TEACHERS = frozenset({"university", "further education college", "school trust"})
_KIND_WORDS = (
    *("academy", "alliance", "association", "board", "business", "campus", "centre", "centres", "chamber", "college"),
    *(
        "colleges",
        "commerce",
        "commission",
        "committee",
        "company",
        "consortium",
        "corporation",
        "council",
        "enterprise",
    ),
    *("federation", "foundation", "group", "hub", "institute", "limited", "network", "park", "partners", "partnership"),
    *(
        "plc",
        "programme",
        "school",
        "schools",
        "services",
        "society",
        "trust",
        "union",
        "university",
        "universities",
        "zone",
    ),
)
ELSEWHERE = 0.6  # what the sector of a body outside the area is worth
SUBJECT = frozenset({"nearest", "sector", "programme", "capability"})  # parts that tell what a body is about
CIRCUMSTANCE = frozenset({"place", "family"})  # parts that count less where none of those does
OFF_SUBJECT = 0.5
THROUGH = 0.5  # a sector or programme reached through another proposition, beside one of the body's own


@dataclass(frozen=True, slots=True)
class FitWeights:
    """What each part may add, together 1."""

    nearest: float = 0.2
    sector: float = 0.14
    area: float = 0.1
    place: float = 0.16
    programme: float = 0.1
    capability: float = 0.1
    family: float = 0.06
    reach: float = 0.14


FIT_WEIGHTS = FitWeights()
PART_NAMES = tuple(field.name for field in fields(FitWeights))


def _nowhere(_: str) -> tuple[str, ...]:
    return ()


Chain = tuple[tuple[str, Sequence[Relation]], ...]  # where each step starts, and the relations that make it


@dataclass(frozen=True, slots=True)
class Found:
    """One part before weighting: `value` in 0..1, why in words, and the path that shows it."""

    value: float
    why: str
    path: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sector of a proposition: what it is worth, the chain from the sector to the proposition, how it is known."""

    weight: float
    chain: tuple[tuple[Relation, ...], ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A proposition as bodies are fitted to it: its area, the places there, and the propositions nearest to it."""

    profile: Profile
    area: str | None
    own_places: Mapping[str, tuple[Relation, ...]]  # named by the proposition itself
    area_places: Mapping[str, tuple[Relation, ...]]  # of the strategy's area, and what is part of them
    sectors: Mapping[str, "Wanted"]
    nearest: tuple[tuple[str, float], ...]  # id and likeness, best first
    reach: Mapping[str, float]  # share of the walk, 1 for the body it visits most
    way: Way = _nowhere  # what lies between a body and this


@dataclass(frozen=True, slots=True)
class Fit:
    """Fits bodies to propositions of one material."""

    likeness: Likeness
    capability: Wording
    themes: Mapping[str, Features]  # foundations and Grand Challenges that the words of a body imply
    weights: FitWeights = FIT_WEIGHTS

    @property
    def index(self) -> Index:
        """The material by adjacency."""
        return self.likeness.index

    def score(self, body: str, target: Target) -> tuple[tuple[Part, ...], tuple[Reason, ...]]:
        """Return the parts above 0 and a reason for each."""
        found = {name: part for name in PART_NAMES if (part := _FINDERS[name](self, body, target)) is not None}
        if not found.keys() & SUBJECT:
            found.update(
                {
                    name: replace(found[name], value=found[name].value * OFF_SUBJECT)
                    for name in CIRCUMSTANCE & found.keys()
                }
            )
        parts, reasons = [], []
        for name in PART_NAMES:
            weight = getattr(self.weights, name)
            if name not in found or found[name].value * weight <= 0:
                continue
            item = found[name]
            evidence = tuple(dict.fromkeys(citation for step in item.path for citation in step.evidence))
            parts.append(Part(name, round(weight * min(1.0, item.value), 6), weight, item.why, evidence))
            reasons.append(Reason(name, item.why, item.path))
        return tuple(parts), tuple(reasons)

    def step(self, relations: Sequence[Relation], start: str) -> Step:
        """Return some relations of one type between the same two entities as a step of a path, read from `start`."""
        first = relations[0]
        forward = first.source_id == start
        end = first.target_id if forward else first.source_id
        index = self.index
        return Step(index.ref(start), first.type, index.ref(end), forward, index.cite(relations), sources_of(relations))

    # ---- the parts

    def nearest(self, body: str, target: Target) -> Found | None:
        """Find the most alike proposition elsewhere that the body is in."""
        for proposition, likeness in target.nearest:
            relations = self._in(body, proposition)
            if relations:
                other = self.likeness.profiles[proposition].card.name
                how = "like" if likeness >= LEAST else "a little like"
                why = f"already in “{other}”, which is {how} this one ({likeness:.2f})"
                return Found(likeness / FULL_LIKENESS, why, (self.step(relations, body),))
        return None

    def sector(self, body: str, target: Target) -> Found | None:
        """Find the closest sector: the body's own in the register, else that of another proposition it is in."""
        own = {key: ((body, held),) for key, held in self._targets(body, "IN_SECTOR").items()}
        through = {
            sector: ((body, relations), (other, feature.relations))
            for other, relations in self._propositions(body, target).items()
            for sector, feature in self.likeness.profiles[other].named(RowKind.SECTOR).items()
        }
        found = (self._closest(own, target, 1.0), self._closest(through, target, THROUGH))
        best = max((item for item in found if item), key=lambda item: item.value, default=None)
        if best is None or self.area(body, target) or self.place(body, target):
            return best
        return replace(best, value=best.value * ELSEWHERE)

    def _closest(self, held: Mapping[str, Chain], target: Target, worth: float) -> Found | None:
        pairs = [
            (self.likeness.near[one, two] * wanted.weight * worth, one, two)
            for one in sorted(held)
            for two, wanted in sorted(target.sectors.items())
            if (one, two) in self.likeness.near
        ]
        value, one, two = max(pairs, key=lambda pair: pair[0], default=(0.0, "", ""))
        if value <= 0:
            return None
        steps = [self.step(relations, start) for start, relations in held[one]]
        same = f"both in {self.index.name(one)}"
        why = same if one == two else f"in {self.index.name(one)}, which belongs with {self.index.name(two)}"
        why += f", through “{steps[0].target.name}”" if worth < 1 else ""
        for relations in target.sectors[two].chain if one == two else ():
            steps.append(self.step(relations, steps[-1].target.id))
        return Found(value, why + target.sectors[two].how, tuple(steps))

    def area(self, body: str, target: Target) -> Found | None:
        """Find the body as one that publishes the strategy of the proposition's area."""
        published = tuple(item for item in self.index.into(target.area or "", "PUBLISHES") if item.source_id == body)
        if target.area is None or not published:
            return None
        steps = (self.step(published, body), self.step(target.profile.proposes[:1], target.area))
        return Found(1.0, f"publishes the strategy of this area, {self.index.name(target.area)}", steps)

    def place(self, body: str, target: Target) -> Found | None:
        """Find the body at the proposition's own place, or elsewhere in its area."""
        held = {**self._targets(body, "IN_PLACE"), **self._targets(body, "COVERS")}
        for places, value in ((target.own_places, 1.0), (target.area_places, IN_AREA)):
            shared = sorted(held.keys() & places.keys())
            if shared:
                place = shared[0]
                up = self.step(places[place], place) if places[place] else None
                where = f"at {self.index.name(place)}" + ("" if value == 1.0 else ", in this area")
                return Found(value, where, (self.step(held[place], body), *((up,) if up else ())))
        return None

    def programme(self, body: str, target: Target) -> Found | None:
        """Find a programme or deal that both build on, or that the body leads or is part of."""
        wanted = target.profile.named(RowKind.PROGRAMME)
        for key in wanted:
            tied = [item for item in (*self.index.out(body, *ROLES, "PART_OF", "PUBLISHES"),) if item.target_id == key]
            if tied:
                steps = (self.step(tied, body), self.step(wanted[key].relations, key))
                return Found(1.0, f"tied to {self.index.name(key)}, on which this builds", steps)
        for other, relations in self._propositions(body, target).items():
            levers = self.likeness.profiles[other].named(RowKind.PROGRAMME)
            for key in sorted(levers.keys() & wanted.keys()):
                steps = (self.step(relations, body), self.step(levers[key].relations, other))
                back = self.step(wanted[key].relations, key)
                why = f"in “{self.index.name(other)}”, which also builds on {self.index.name(key)}"
                return Found(THROUGH, why, (*steps, back))
        return None

    def words(self, body: str, target: Target) -> Found | None:
        """Find how much of what the register says of the body the proposition speaks of, and themes of both."""
        covered = self.capability.covered(body, target.profile.id)
        shared = [theme for theme in self.themes.get(body, {}) if theme in target.profile.themes()]
        reasons = []
        if covered > 0:
            words = join(f"“{word}”" for word in self.capability.shared(body, target.profile.id))
            reasons.append(f"the register describes it with {words}")
        for theme in shared[:1]:
            words = join(f"“{word}”" for word in self.themes[body][theme].cues)
            reasons.append(f"both bear on {self.index.name(theme)} (here {words})")
        return Found(min(1.0, covered + (THEME if shared else 0.0)), "; ".join(reasons)) if reasons else None

    def family(self, body: str, target: Target) -> Found | None:
        """Find a body already in the proposition that this one is part of, or that is part of it."""
        for partner, feature in target.profile.partners.items():
            up = [item for item in self.index.out(body, "PART_OF") if item.target_id == partner]
            down = [item for item in self.index.into(body, "PART_OF") if item.source_id == partner]
            if up or down:
                steps = (self.step(up or down, body), self.step(feature.relations, partner))
                how = "part of" if up else "parent of"
                return Found(1.0, f"{how} {self.index.name(partner)}, which is already in it", steps)
        return None

    def reach(self, body: str, target: Target) -> Found | None:
        """Find the body's share of a walk over all relations that starts at the proposition."""
        share = target.reach.get(body, 0.0)
        if share <= 0:
            return None
        between = [self.index.name(item) for item in target.way(body)]
        near = "closely" if share >= CLOSE else "loosely" if share >= LOOSE else "faintly"
        return Found(share, f"{near} linked with it{f', by way of {join(between)}' if between else ''}")

    def _in(self, body: str, proposition: str) -> tuple[Relation, ...]:
        return tuple(item for item in self.index.out(body, *ROLES) if item.target_id == proposition)

    def _propositions(self, body: str, target: Target) -> Mapping[str, tuple[Relation, ...]]:
        found: dict[str, tuple[Relation, ...]] = {}
        for relation in self.index.out(body, *ROLES):
            if relation.target_id in self.likeness.profiles and relation.target_id != target.profile.id:
                found.setdefault(relation.target_id, (relation,))
        return found

    def _targets(self, body: str, relation_type: str) -> dict[str, tuple[Relation, ...]]:
        found: dict[str, tuple[Relation, ...]] = {}
        for relation in self.index.out(body, relation_type):
            found[relation.target_id] = (*found.get(relation.target_id, ()), relation)
        return found


_FINDERS = {
    "nearest": Fit.nearest,
    "sector": Fit.sector,
    "area": Fit.area,
    "place": Fit.place,
    "programme": Fit.programme,
    "capability": Fit.words,
    "family": Fit.family,
    "reach": Fit.reach,
}


def find_sectors(index: Index, profile: Profile) -> Mapping[str, Wanted]:
    """Return the sectors of a proposition: its own, and at half those of bodies already in it.

    A university or college says nothing by its sector: it teaches them all."""
    found: dict[str, Wanted] = {}
    for key, feature in profile.of(RowKind.SECTOR).items():
        how = "" if feature.relations else f" (by the words {join(f'“{word}”' for word in feature.cues)})"
        found[key] = Wanted(feature.weight, (feature.relations,) if feature.relations else (), how)
    for partner, feature in profile.partners.items():
        if body_kind(index.entities.get(partner)) in TEACHERS:
            continue
        for relation in index.out(partner, "IN_SECTOR"):
            chain = ((relation,), feature.relations)
            how = f", the sector of {index.name(partner)}, which is already in it"
            found.setdefault(relation.target_id, Wanted(THROUGH, chain, how))
    return found


def make_fit(likeness: Likeness, bodies: Iterable[Entity], weights: FitWeights = FIT_WEIGHTS) -> Fit:
    """Return what fits these bodies to propositions; weights of words come from their descriptions and the texts."""
    index = likeness.index
    cues = find_cues(index.of_type("Foundation", "GrandChallenge"))
    texts = {entity.id: _own_words(index, entity) for entity in bodies}
    themes = {key: {feature.id: feature for _, feature in find_implied(text, cues)} for key, text in texts.items()}
    wording = make_wording({**texts, **{key: item.text for key, item in likeness.profiles.items()}})
    return Fit(likeness, wording, themes, weights)


def _own_words(index: Index, entity: Entity) -> str:
    """Return the name and fields of a body, without names of places and words for kinds of body: they say not what."""
    held = entity.properties.get("fields", ())
    described = held if isinstance(held, tuple) else (str(held),)
    places = {index.name(item.target_id) for item in index.out(entity.id, "IN_PLACE", "COVERS")}
    places |= {
        index.name(up.target_id)
        for item in index.out(entity.id, "IN_PLACE")
        for up in index.out(item.target_id, "PART_OF")
    }
    return without_names("\n".join((entity.name, *described)), (*places, *_KIND_WORDS))

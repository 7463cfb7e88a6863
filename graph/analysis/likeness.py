"""How alike two propositions are: a score that is the sum of named parts, each with what it rests on.

Sector counts with its parents: the same sector is worth all of the part, a parent or child 0.6, two of one parent 0.35.
A feature that words alone imply is worth half. The weights and the wording method were chosen by measurement on
labelled pairs (docs/questions.md); they add up to 1.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.analysis.index import Index
from graph.analysis.model import Match, Meaning, Part, RowKind
from graph.analysis.profiles import Feature, Features, Profile, is_collective
from graph.analysis.wording import Wording, make_wording

LEAST = 0.2  # from here on most labelled pairs were judged alike, below fewer than half
PARENT, SIBLING = 0.6, 0.35
FULL_COSINE = 0.6  # short texts seldom come closer; from here on the wording part is full


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a likeness may add, together 1."""

    sector: float = 0.08
    foundation: float = 0.08
    challenge: float = 0.1
    programme: float = 0.08
    department: float = 0.03
    partner: float = 0.03
    wording: float = 0.6


WEIGHTS = Weights()
_PARTS: tuple[tuple[str, RowKind], ...] = (
    ("sector", RowKind.SECTOR),
    ("foundation", RowKind.FOUNDATION),
    ("challenge", RowKind.CHALLENGE),
    ("programme", RowKind.PROGRAMME),
    ("department", RowKind.DEPARTMENT),
    ("partner", RowKind.PARTNER),
)

MEANINGS = (
    Meaning(
        "nearest",
        "The propositions elsewhere that are most like one of ours.",
        f"A sum of parts: sector (at most {WEIGHTS.sector}: the same sector all of it, parent or child {PARENT} of it, "
        f"two of one parent {SIBLING}), foundation ({WEIGHTS.foundation}), Grand Challenge ({WEIGHTS.challenge}), "
        f"programme or deal ({WEIGHTS.programme}), department ({WEIGHTS.department}), partner kind ({WEIGHTS.partner}) "
        f"and wording ({WEIGHTS.wording}: TF-IDF cosine over the propositions compared, full from {FULL_COSINE}); "
        f"what words alone imply counts half; below {LEAST} nothing is called near.",
    ),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Scores pairs of propositions of one material; make it once a question."""

    index: Index
    profiles: Mapping[str, Profile]
    wording: Wording
    near: Mapping[tuple[str, str], float]  # sectors that are not far from each other
    weights: Weights = WEIGHTS

    def values(self, first: str, second: str) -> Mapping[str, float]:
        """Return what each part adds to the score of two propositions, parts above 0 only. Cost: some microseconds."""
        return {
            **{name: round(tie.value * getattr(self.weights, name), 6) for name, tie in self._ties(first, second)},
            **self._wording_value(first, second),
        }

    def score(self, first: str, second: str) -> float:
        """Return how alike two propositions are: the sum of `values`."""
        return round(sum(self.values(first, second).values()), 6)

    def parts(self, first: str, second: str) -> tuple[Part, ...]:
        """Return the parts of the score of two propositions with their reasons; symmetric but for the quotes' order."""
        found = [self._feature_part(name, tie) for name, tie in self._ties(first, second)]
        for name, value in self._wording_value(first, second).items():
            words = ", ".join(f"“{word}”" for word in self.wording.shared(first, second))
            found.append(Part(name, value, self.weights.wording, f"shared words: {words}"))
        return tuple(found)

    def match(self, first: str, second: str) -> Match:
        """Return `second` as a match of `first`."""
        profile, parts = self.profiles[second], self.parts(first, second)
        words = self.wording.shared(first, second)
        card = profile.card
        return Match(card.id, card.name, card.area, total(parts), parts, words, card.evidence)

    def nearest(
        self, proposition: str, among: Iterable[str], *, limit: int, min_score: float = 0.0
    ) -> tuple[Match, ...]:
        """Return the most alike of some propositions; one that repeats a better match of its area is left out."""
        scored = sorted(
            ((self.score(proposition, other), other) for other in among if other != proposition),
            key=lambda pair: (-pair[0], pair[1]),
        )
        kept: list[str] = []
        for score, other in scored:
            if len(kept) == limit or score <= 0 or score < min_score:
                break
            if not any(self.repeats(other, better) for better in kept):
                kept.append(other)
        return tuple(self.match(proposition, other) for other in kept)

    def repeats(self, first: str, second: str) -> bool:
        """Say whether two propositions of one area say the same thing in nearly the same words."""
        one, two = self.profiles[first], self.profiles[second]
        return one.card.area == two.card.area and self.wording.cosine(first, second) >= SAME_WORDING

    def _wording_value(self, first: str, second: str) -> Mapping[str, float]:
        value = round(self.weights.wording * min(1.0, self.wording.cosine(first, second) / FULL_COSINE), 6)
        return {"wording": value} if value > 0 else {}

    def _ties(self, first: str, second: str) -> Iterator[tuple[str, "_Tie"]]:
        """Yield what ties two propositions: for each kind of feature the strongest, ties by id."""
        one, two = self.profiles[first], self.profiles[second]
        for name, kind in _PARTS:
            held, others = one.of(kind), two.of(kind)
            if held and others:
                found = self._close(held, others) if kind is RowKind.SECTOR else self._shared(held, others)
                best = min(found, key=lambda tie: (-tie.value, tie.first.id, tie.second.id), default=None)
                if best is not None:
                    yield name, best

    def _shared(self, held: Features, others: Features) -> list["_Tie"]:
        return [
            _Tie(min(held[key].weight, others[key].weight), held[key], others[key])
            for key in held.keys() & others.keys()
            if not is_collective(self.index, key)
        ]

    def _close(self, held: Features, others: Features) -> list["_Tie"]:
        return [
            _Tie(self.near[a, b] * min(held[a].weight, others[b].weight), held[a], others[b])
            for a in held
            for b in others
            if (a, b) in self.near
        ]

    def _feature_part(self, name: str, tie: "_Tie") -> Part:
        weight = getattr(self.weights, name)
        evidence = self.index.cite((*tie.first.relations, *tie.second.relations), limit=4)
        return Part(name, round(tie.value * weight, 6), weight, self._why(tie), evidence)

    def _why(self, tie: "_Tie") -> str:
        first, second = self.index.name(tie.first.id), self.index.name(tie.second.id)
        if tie.first.id.startswith("kind:"):
            return f"both with a {tie.first.id.removeprefix('kind:')}"
        said = f"both {first}" if tie.first.id == tie.second.id else f"{first} and {second}, which belong together"
        words = dict.fromkeys((*tie.first.cues, *tie.second.cues))
        return said + (f", by the words {', '.join(f'“{word}”' for word in words)}" if words else "")


SAME_WORDING = 0.6  # two propositions of one area above this say the same thing twice


@dataclass(frozen=True, slots=True)
class _Tie:
    value: float
    first: Feature
    second: Feature


def total(parts: Iterable[Part]) -> float:
    """Return a score as the sum of its parts, to six places."""
    return round(sum(part.value for part in parts), 6)


def closeness(index: Index, first: str, second: str) -> float:
    """Return how near two sectors are: 1 the same, 0.6 parent and child, 0.35 two of one parent, else 0."""
    if first == second:
        return 1.0
    one, two = parents(index, first), parents(index, second)
    if second in one or first in two:
        return PARENT
    return SIBLING if one & two else 0.0


def parents(index: Index, entity_id: str) -> frozenset[str]:
    """Return the larger things that an entity is directly part of."""
    return frozenset(relation.target_id for relation in index.out(entity_id, "PART_OF"))


def make_likeness(index: Index, profiles: Mapping[str, Profile], weights: Weights = WEIGHTS) -> Likeness:
    """Return what scores pairs of these propositions; the wording weights come from their texts."""
    wording = make_wording({key: profile.text for key, profile in profiles.items()}, index.among)
    sectors = [entity.id for entity in index.of_type("Sector")]
    near = {(one, two): found for one in sectors for two in sectors if (found := closeness(index, one, two)) > 0}
    return Likeness(index, profiles, wording, near, weights)

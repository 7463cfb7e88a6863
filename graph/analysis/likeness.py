"""How alike two propositions are: a score that is the sum of named parts, each with what it rests on.

Sector counts with its parents: the same sector is worth all of the part, a parent or child 0.6, two of one parent 0.35.
A feature that words alone imply is worth half. The weights and the wording method were chosen by measurement on
labelled pairs (docs/questions.md); they add up to 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.index import Index
from graph.analysis.model import Match, Meaning, Part, RowKind
from graph.analysis.profiles import Feature, Features, Profile, is_collective
from graph.analysis.wording import Wording, make_wording
from graph.model import Relation

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
    weights: Weights = WEIGHTS

    def parts(self, first: str, second: str) -> tuple[Part, ...]:
        """Return the parts of the score of two propositions that are above 0; symmetric but for the quotes' order."""
        one, two = self.profiles[first], self.profiles[second]
        found = [self._feature_part(name, kind, one, two) for name, kind in _PARTS]
        found.append(self._wording_part(first, second))
        return tuple(part for part in found if part is not None)

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
            ((total(self.parts(proposition, other)), other) for other in among if other != proposition),
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

    def _wording_part(self, first: str, second: str) -> Part | None:
        cosine = self.wording.cosine(first, second)
        value = round(self.weights.wording * min(1.0, cosine / FULL_COSINE), 6)
        if value <= 0:
            return None
        words = ", ".join(f"“{word}”" for word in self.wording.shared(first, second))
        return Part("wording", value, self.weights.wording, f"shared words: {words}")

    def _feature_part(self, name: str, kind: RowKind, one: Profile, two: Profile) -> Part | None:
        weight = getattr(self.weights, name)
        best = self._best_sectors(one, two) if kind is RowKind.SECTOR else self._best_shared(kind, one, two)
        if best is None or best.value * weight <= 0:
            return None
        evidence = self.index.cite((*best.first.relations, *best.second.relations), limit=4)
        return Part(name, round(best.value * weight, 6), weight, self._why(best), evidence)

    def _best_shared(self, kind: RowKind, one: Profile, two: Profile) -> "_Tie | None":
        shared = [
            _Tie(min(feature.weight, two.of(kind)[key].weight), feature, two.of(kind)[key])
            for key, feature in one.of(kind).items()
            if key in two.of(kind) and not is_collective(self.index, key)
        ]
        return max(shared, key=lambda tie: (tie.value, _reverse(tie.first.id)), default=None)

    def _best_sectors(self, one: Profile, two: Profile) -> "_Tie | None":
        pairs = [
            _Tie(closeness(self.index, a.id, b.id) * min(a.weight, b.weight), a, b)
            for a in one.of(RowKind.SECTOR).values()
            for b in two.of(RowKind.SECTOR).values()
        ]
        best = max(pairs, key=lambda tie: (tie.value, _reverse(tie.first.id), _reverse(tie.second.id)), default=None)
        return best if best is not None and best.value > 0 else None

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


def _reverse(text: str) -> tuple[int, ...]:
    """Return a key by which `max` prefers the smaller id."""
    return tuple(-ord(char) for char in text)


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
    return Likeness(index, profiles, make_wording({key: profile.text for key, profile in profiles.items()}), weights)


def named_relations(features: Features) -> tuple[Relation, ...]:
    """Return the relations behind some features, in order of id."""
    return tuple(relation for _, feature in sorted(features.items()) for relation in feature.relations)

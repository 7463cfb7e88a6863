"""How like two strategies are as a whole: the cosine of their row shares, kind by kind, and of their wording."""

import math
from collections.abc import Mapping

from graph.analysis.index import Index
from graph.analysis.likeness import total
from graph.analysis.matrix import Areas, area_label
from graph.analysis.model import Meaning, Part, RowKind, Similar
from graph.analysis.profiles import Profile, is_collective
from graph.analysis.wording import make_wording
from graph.analysis.words import join

WEIGHTS: Mapping[RowKind, float] = {
    RowKind.SECTOR: 0.25,
    RowKind.PROGRAMME: 0.15,
    RowKind.FOUNDATION: 0.1,
    RowKind.CHALLENGE: 0.1,
    RowKind.DEPARTMENT: 0.1,
    RowKind.PARTNER: 0.05,
}
WORDING = 0.25
_SHOWN = 3
_LEAST = 0.05  # share of either's propositions from which a row is told of
_MANY: Mapping[str, str] = {
    RowKind.SECTOR: "sectors",
    RowKind.PROGRAMME: "programmes and deals",
    RowKind.FOUNDATION: "foundations",
    RowKind.CHALLENGE: "Grand Challenges",
    RowKind.DEPARTMENT: "departments",
    RowKind.PARTNER: "kinds of partner",
}

_WEIGHTS_IN_WORDS = ", ".join(f"{kind} {weight}" for kind, weight in WEIGHTS.items())
MEANINGS = (
    Meaning(
        "similar",
        "Which strategies put their weight on the same things as this one.",
        "For each kind of row the cosine of the two areas' profiles (how many of their propositions name it, half a "
        "point where words alone imply it) times the weight of the kind, plus the cosine of their wording (TF-IDF) "
        f"times its weight; percentages are of the propositions: {_WEIGHTS_IN_WORDS}, wording {WORDING}.",
    ),
)


def find_similar(index: Index, profiles: Mapping[str, Profile], areas: Areas) -> tuple[Similar, ...]:
    """Return the other areas with propositions, most like the chosen one first, then by id."""
    members = {area: [profiles[item] for item in found] for area, found in areas.members.items() if found}
    ours = members.pop(areas.chosen, [])
    wording = make_wording(
        {area: "\n".join(item.text for item in found) for area, found in [(areas.chosen, ours), *members.items()]}
    )
    found = []
    for area, theirs in members.items():
        parts = [_part(index, kind, weight, ours, theirs) for kind, weight in WEIGHTS.items()]
        cosine = wording.cosine(areas.chosen, area)
        words = ", ".join(f"“{word}”" for word in wording.shared(areas.chosen, area))
        parts.append(Part("wording", round(WORDING * cosine, 6), WORDING, f"shared words: {words}"))
        kept = tuple(part for part in parts if part is not None and part.value > 0)
        found.append(Similar(area, index.name(area), total(kept), kept, _says(area_label(index, area), kept)))
    return tuple(sorted(found, key=lambda item: (-item.score, item.area)))


def _part(index: Index, kind: RowKind, weight: float, ours: list[Profile], theirs: list[Profile]) -> Part | None:
    one, two = _shares(index, kind, ours), _shares(index, kind, theirs)
    shared = sorted(one.keys() & two.keys(), key=lambda key: (-one[key] * two[key], key))
    if not shared:
        return None
    cosine = math.fsum(one[key] * two[key] for key in shared) / (_length(one) * _length(two))
    told = [key for key in shared if min(one[key], two[key]) >= _LEAST] or shared[:1]
    names = [f"{_name(index, key)} ({_percent(one[key])} here, {_percent(two[key])} there)" for key in told[:_SHOWN]]
    return Part(str(kind), round(weight * min(1.0, cosine), 6), weight, join(names))


def _name(index: Index, key: str) -> str:
    return key.removeprefix("kind:") if key.startswith("kind:") else index.name(key)


def _shares(index: Index, kind: RowKind, members: list[Profile]) -> dict[str, float]:
    found: dict[str, float] = {}
    for profile in members:
        for key, feature in profile.of(kind).items():
            if not is_collective(index, key):
                found[key] = found.get(key, 0.0) + feature.weight / len(members)
    return dict(sorted(found.items()))


def _length(shares: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(share * share for share in shares.values()))


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _says(label: str, parts: tuple[Part, ...]) -> str:
    best = sorted((part for part in parts if part.name in _MANY), key=lambda part: (-part.value, part.name))[:2]
    if best:
        told = "; and on the same ".join(f"{_MANY[part.name]}: {part.why}" for part in best)
        return f"{label} puts weight on the same {told}."
    return f"{label} shares words with it and no topic." if parts else f"{label}: nothing shared."

"""What a proposition is like: the features by which it is counted and compared, each with what supports it.

A feature is `named` where a relation of the graph says so, and `implied` where only words do: terms that the registers
list for a foundation, Grand Challenge or sector stand in the proposition's text. Counts rest on named features alone;
likeness takes an implied one at half its weight; an implied one keeps a row from being called missing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph.analysis.index import Index
from graph.analysis.model import Card, RowKind
from graph.model import Entity, Relation
from graph.stores.text import entity_names

UNKNOWN_KIND = "other"  # a body of which no register says what it is
IMPLIED = 0.5  # what a feature is worth that only words show
COLLECTIVE = "collective"  # the kind of `HM Government`: asked together with nobody in particular
TEXT_KEYS = ("what", "why", "how", "ask")
_WORDS = re.compile(r"\w+")
_OUTGOING = ("IN_SECTOR", "ADDRESSES", "ALIGNS_WITH", "FUNDED_BY", "ASKS", "IN_PLACE")
_INCOMING = ("COMMITS", "PARTNERS_IN", "LEADS")
_KINDS = {
    "Foundation": RowKind.FOUNDATION,
    "GrandChallenge": RowKind.CHALLENGE,
    "Sector": RowKind.SECTOR,
    "Department": RowKind.DEPARTMENT,
    "Programme": RowKind.PROGRAMME,
    "SectorDeal": RowKind.PROGRAMME,
    "Strategy": RowKind.PROGRAMME,
}
_WHO_AND_WHERE = frozenset({"Department", "LEP", "CombinedAuthority", "LocalAuthority", "Institution", "Place"})
_GENRE = ("local industrial strategies", "local industrial strategy", "LIS")  # what all of them are: says nothing
_BODIES = {
    "LEP": "local enterprise partnership",
    "CombinedAuthority": "combined authority",
    "LocalAuthority": "local authority",
    "Department": "department or agency",
    "Programme": "programme",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a proposition has: `relations` where named, `cues` (the words) where implied."""

    id: str
    relations: tuple[Relation, ...] = ()
    cues: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """1 where the graph says so, else what words alone are worth."""
        return 1.0 if self.relations else IMPLIED


Features = Mapping[str, Feature]
NOTHING: Features = {}


@dataclass(frozen=True, slots=True)
class Profile:
    """A proposition with its features by kind; `partners` and `places` hold entity ids and what says so.

    `text` is what it says of itself under its headings, without the names of the bodies and places it is tied to: they
    say who and where, not what."""

    card: Card
    text: str
    proposes: tuple[Relation, ...]
    relations: tuple[Relation, ...]
    documents: tuple[str, ...]
    features: Mapping[RowKind, Features] = field(default_factory=dict)
    partners: Features = field(default_factory=dict)
    places: Features = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the proposition."""
        return self.card.id

    def of(self, kind: RowKind) -> Features:
        """Return the features of a kind by entity id."""
        return self.features.get(kind, NOTHING)

    def themes(self) -> Features:
        """Return the foundations and Grand Challenges, named and implied, by entity id."""
        return {**self.of(RowKind.FOUNDATION), **self.of(RowKind.CHALLENGE)}

    def named(self, kind: RowKind) -> Features:
        """Return the features of a kind that a relation says, by entity id."""
        return {key: feature for key, feature in self.of(kind).items() if feature.relations}


def body_kind(entity: Entity | None) -> str:
    """Return what kind of body an entity is, in words: "university", "local enterprise partnership", ..."""
    if entity is None:
        return UNKNOWN_KIND
    kind = str(entity.properties.get("kind", "")) if entity.type == "Institution" else ""
    return kind.replace("-", " ") or _BODIES.get(entity.type, UNKNOWN_KIND)


def is_collective(index: Index, department_id: str) -> bool:
    """Say whether a department is a collective, such as HM Government."""
    return index.text(department_id, "kind") == COLLECTIVE


def make_profiles(index: Index) -> Mapping[str, Profile]:
    """Return the profile of every proposition in the material, by id. Cost: O(relations + texts x cue terms)."""
    cues = find_cues(index.of_type("Foundation", "GrandChallenge", "Sector"))
    return {entity.id: _make_profile(index, entity, cues) for entity in index.of_type("Proposition")}


def _make_profile(index: Index, entity: Entity, cues: "CueSet") -> Profile:
    proposes = index.into(entity.id, "PROPOSES")
    relations = (*index.out(entity.id, *_OUTGOING), *index.into(entity.id, *_INCOMING))
    text = _own_words(index, entity, relations, proposes or relations)
    features: dict[RowKind, dict[str, list[Relation]]] = {}
    partners: dict[str, list[Relation]] = {}
    places: dict[str, list[Relation]] = {}
    for relation in relations:
        other = relation.target_id if relation.source_id == entity.id else relation.source_id
        kind = _KINDS.get(index.ref(other).type)
        if relation.type == "IN_PLACE":
            places.setdefault(other, []).append(relation)
        elif relation.type in ("PARTNERS_IN", "LEADS"):
            partners.setdefault(other, []).append(relation)
            body = body_kind(index.entities.get(other))
            if body != UNKNOWN_KIND:
                features.setdefault(RowKind.PARTNER, {}).setdefault(f"kind:{body}", []).append(relation)
        elif kind is not None:
            features.setdefault(kind, {}).setdefault(other, []).append(relation)
    found = {kind: _features(held) for kind, held in features.items()}
    for kind, feature in find_implied(text, cues):
        found.setdefault(kind, {}).setdefault(feature.id, feature)
    return Profile(
        card=_make_card(index, entity, proposes or relations, proposes),
        text=text,
        proposes=proposes,
        relations=relations,
        documents=index.document_ids(proposes or relations),
        features=found,
        partners=_features(partners),
        places=_features(places),
    )


def _own_words(index: Index, entity: Entity, relations: Sequence[Relation], shown: Sequence[Relation]) -> str:
    """Return name, texts and headings of a proposition without the names of bodies and places tied to it."""
    texts = [entity.name, *(index.text(entity.id, key) for key in TEXT_KEYS), *_headings(index, shown)]
    names = {
        name
        for relation in relations
        for other in (relation.source_id, relation.target_id)
        if other in index.entities and index.entities[other].type in _WHO_AND_WHERE
        for name in entity_names(index.entities[other])
    }
    text = "\n".join(part for part in texts if part)
    return without_names(text, (*names, *_GENRE))


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text without some names, whatever their case, the longest first."""
    folded = text.casefold()
    held = tuple(sorted({name for name in names if name and name.casefold() in folded}))
    return _pattern(held).sub(" ", text) if held else text


def _headings(index: Index, shown: Sequence[Relation]) -> tuple[str, ...]:
    """Return the headings above a proposition's first evidence, without the title of the document."""
    for evidence in (evidence for relation in shown for evidence in relation.evidence):
        passage = index.passages.get(evidence.passage_id)
        if passage is not None:
            document = index.documents.get(passage.document_id)
            return tuple(heading for heading in passage.path if document is None or heading != document.title)
    return ()


def _features(held: Mapping[str, list[Relation]]) -> dict[str, Feature]:
    return {key: Feature(key, tuple(relations)) for key, relations in sorted(held.items())}


def _make_card(index: Index, entity: Entity, shown: Sequence[Relation], proposes: Sequence[Relation]) -> Card:
    return Card(
        id=entity.id,
        name=entity.name,
        area=proposes[0].source_id if proposes else None,
        what=index.text(entity.id, "what"),
        ask=index.text(entity.id, "ask") or next(iter(asked_words(index, entity.id)), ""),
        status=index.text(entity.id, "status") or "firm",
        evidence=index.cite(shown),
    )


def asked_words(index: Index, proposition_id: str) -> tuple[str, ...]:
    """Return the words of the asks that a proposition makes, each once."""
    words = (str(relation.properties.get("words", "")) for relation in index.out(proposition_id, "ASKS"))
    return tuple(dict.fromkeys(word for word in words if word))


# ---- words that stand for a theme


@dataclass(frozen=True, slots=True)
class Cues:
    """The terms that the registers list for a theme, as one pattern.

    A sector needs two of them, or one of several words, or its own `name`: single words such as "port" mislead."""

    id: str
    kind: RowKind
    name: str
    pattern: re.Pattern[str]
    at_least: int
    starts: frozenset[str]  # the first words of the terms: a text without any of them needs no closer look


@lru_cache(maxsize=4096)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class CueSet:
    """The cue terms of some themes; made once for equal themes, so that what a text implies need be found but once."""

    cues: tuple[Cues, ...]


def find_cues(themes: Iterable[Entity]) -> CueSet:
    """Return the cue terms of themes and sectors that have some."""
    return _make_cues(
        tuple(
            (entity.id, entity.type, entity.name, terms)
            for entity in themes
            if isinstance(terms := entity.properties.get("cue_terms", ()), tuple) and terms
        )
    )


@lru_cache(maxsize=16)
def _make_cues(themes: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> CueSet:
    found = []
    for theme_id, kind, theme_name, terms in themes:
        at_least = 2 if kind == "Sector" else 1
        name = theme_name.lower()
        starts = frozenset(words[0] for term in (name, *terms) if (words := _WORDS.findall(term.lower())))
        found.append(Cues(theme_id, _KINDS[kind], name, _pattern((name, *terms)), at_least, starts))
    return CueSet(tuple(found))


@lru_cache(maxsize=8192)
def find_implied(text: str, themes: CueSet) -> tuple[tuple[RowKind, Feature], ...]:
    """Return the themes and sectors whose cue terms stand in a text."""
    said = frozenset(_WORDS.findall(text.lower()))
    found = []
    for cue in themes.cues:
        if said.isdisjoint(cue.starts):
            continue
        words = tuple(dict.fromkeys(match.lower() for match in cue.pattern.findall(text)))
        if len(words) >= cue.at_least or any(" " in word or word == cue.name for word in words):
            found.append((cue.kind, Feature(cue.id, cues=words)))
    return tuple(found)

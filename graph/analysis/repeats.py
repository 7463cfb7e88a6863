"""What one strategy says twice, in a board paper and its restatement, or in an edition and a summary, counts once.

Two propositions are one where the same strategies put them forward in different documents, and they share most of the
words of their names and of what they are; of two documents each proposition is paired with one of the other at most,
the most alike first. The measure looks at the two alone, so no further document changes it. They are joined anew at
each question: a document that is removed takes with it what it added, and nothing else.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.analysis.model import Material, Meaning
from graph.analysis.wording import find_terms
from graph.model import Entity, Evidence, PropertyValue, Relation
from graph.stores.text import fold_name

SAME = 0.6  # part of the words that two share; read by hand, see docs/questions.md
SAME_NAME = 0.3  # the same for two of one name
LEAST_WORDS = 3  # that two of different names must share
TEXT_KEYS = ("what", "why", "how", "ask")

MEANINGS = (
    Meaning(
        "said_twice",
        "A proposition that several documents of one strategy put forward counts once, with the quotes of all.",
        "Two propositions of one strategy in different documents are one where they share at least "
        f"{SAME:.0%} of the content words of their names and what they are ({SAME_NAME:.0%} under one name): twice the "
        "shared words by all words of both. Each is paired with one of another document at most, the most alike first; "
        "the wording of the latest document is shown.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A proposition as it is compared: who puts it forward, in which documents, and with which words."""

    id: str
    by: frozenset[str]
    documents: frozenset[str]
    name: str
    words: frozenset[str]


def join_repeats(material: Material, *, keep: str = "") -> tuple[Material, Mapping[str, tuple[str, ...]]]:
    """Return the material with what is said twice joined, and for each joined proposition all that it stands for.

    The proposition of the latest document stands, or `keep`; it takes the relations and evidence of the others, and
    what they say where it says nothing itself.
    Cost: O(pairs of propositions of one strategy in different documents)."""
    groups = _find_groups(material, keep)
    if not groups:
        return material, {}
    stands = {item: kept for kept, held in groups.items() for item in held}
    entities = {entity.id: entity for entity in material.sub.entities}
    joined = tuple(
        _join_texts(entity, [entities[item] for item in groups.get(entity.id, ())])
        for entity in material.sub.entities
        if stands.get(entity.id, entity.id) == entity.id
    )
    relations = _join_relations(material.sub.relations, stands)
    return replace(material, sub=replace(material.sub, entities=joined, relations=relations)), groups


def _find_groups(material: Material, keep: str) -> dict[str, tuple[str, ...]]:
    said = _find_said(material)
    by_owner: dict[frozenset[str], list[_Said]] = {}
    for item in said:
        by_owner.setdefault(item.by, []).append(item)
    tied: dict[str, frozenset[_Said]] = {}
    for held in by_owner.values():
        for one, two in _pair(held):
            first, second = tied.get(one.id, frozenset((one,))), tied.get(two.id, frozenset((two,)))
            if not {key for item in first for key in item.documents} & {
                key for item in second for key in item.documents
            }:
                tied.update(dict.fromkeys((item.id for item in first | second), first | second))
    dates = {document.id: document.published or "" for document in material.documents}
    latest = {item.id: max((dates.get(key, "") for key in item.documents), default="") for item in said}
    found = {}
    for group in set(tied.values()):
        ids = sorted(item.id for item in group)
        ordered = sorted(ids, key=lambda item: (item == keep, latest[item]), reverse=True)
        found[ordered[0]] = tuple(ordered)
    return dict(sorted(found.items()))


def _find_said(material: Material) -> list[_Said]:
    documents = {passage.id: passage.document_id for passage in material.passages}
    by: dict[str, set[str]] = {}
    where: dict[str, set[str]] = {}
    for relation in material.sub.relations:
        if relation.type == "PROPOSES":
            by.setdefault(relation.target_id, set()).add(relation.source_id)
            held = (documents[item.passage_id] for item in relation.evidence if item.passage_id in documents)
            where.setdefault(relation.target_id, set()).update(held)
    return [
        _Said(entity.id, frozenset(by[entity.id]), frozenset(where[entity.id]), fold_name(entity.name), _words(entity))
        for entity in sorted(material.sub.entities, key=lambda item: item.id)
        if entity.id in by
    ]


def _words(entity: Entity) -> frozenset[str]:
    what = str(entity.properties.get("what", ""))
    begins = what.casefold().startswith(entity.name.rstrip(" …").casefold())
    return frozenset(find_terms(what if begins else f"{entity.name}\n{what}"))


def _pair(held: Sequence[_Said]) -> Iterable[tuple[_Said, _Said]]:
    """Yield the pairs that are one, at most one of each proposition with each other document, most alike first."""
    scored = [
        (-alike, one.id, two.id, one, two)
        for one, two in itertools.combinations(held, 2)
        if not one.documents & two.documents and (alike := _alike(one, two)) > 0
    ]
    taken: set[tuple[str, str]] = set()
    for _, _, _, one, two in sorted(scored, key=lambda item: item[:3]):
        used = {(one.id, document) for document in two.documents} | {(two.id, document) for document in one.documents}
        if not used & taken:
            taken |= used
            yield one, two


def _alike(one: _Said, two: _Said) -> float:
    """Return the part of the words that two share where that makes them one, else 0."""
    shared, together = len(one.words & two.words), len(one.words) + len(two.words)
    if not together:
        return 0.0
    part = 2 * shared / together
    if one.name == two.name:
        return part if part >= SAME_NAME else 0.0
    return part if part >= SAME and shared >= LEAST_WORDS else 0.0


def _join_texts(entity: Entity, group: Sequence[Entity]) -> Entity:
    properties: dict[str, PropertyValue] = dict(entity.properties)
    for other in group:
        for key in TEXT_KEYS:
            if not properties.get(key) and other.properties.get(key):
                properties[key] = other.properties[key]
    return replace(entity, properties=properties) if properties != dict(entity.properties) else entity


def _join_relations(relations: Iterable[Relation], stands: Mapping[str, str]) -> tuple[Relation, ...]:
    """Return the relations at what stands for their ends; those that become one have the evidence of all."""
    held: dict[tuple[str, str, str], list[Relation]] = {}
    kept = []
    for relation in relations:
        ends = (stands.get(relation.source_id, relation.source_id), stands.get(relation.target_id, relation.target_id))
        if relation.source_id in stands or relation.target_id in stands:
            held.setdefault((relation.type, *ends), []).append(relation)
        else:
            kept.append(relation)
    return (*kept, *(_join(source, target, same) for (_, source, target), same in held.items()))


def _join(source: str, target: str, same: Sequence[Relation]) -> Relation:
    ordered = sorted(same, key=lambda item: ((item.source_id, item.target_id) != (source, target), item.id))
    evidence: dict[Evidence, None] = dict.fromkeys(item for relation in ordered for item in relation.evidence)
    sources = tuple(dict.fromkeys(item for relation in ordered for item in relation.sources))
    return replace(ordered[0], source_id=source, target_id=target, evidence=tuple(evidence), sources=sources)

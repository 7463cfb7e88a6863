"""Checking a whole store: every quote against its passage, every relation against the ontology, nothing orphaned."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.model import Document
from graph.ontology import load_ontology
from graph.stores.base import View
from graph.validate import find_entity_problems, find_problems


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of a whole store looked at and found; `problems` are in words, in a fixed order, at most `limit`."""

    documents: int
    passages: int
    mentions: int
    entities: int
    relations: int
    evidence: int
    problem_count: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return self.problem_count == 0


def check_store(view: View, *, limit: int = 100) -> CheckReport:
    """Check every document of a store as if it were loaded anew, and the merged graph against what documents say.

    Found: quotes that are not their passage's words, evidence of passages or documents that are gone, relations that
    the ontology forbids or that stand on nothing, entities and relations that no document claims or that are missing,
    and what the engine finds wrong with its own files.
    Cost: reads the whole store once; memory follows the largest document and the number of ids.
    """
    tally = _Tally(limit)
    tally.add(view.engine_problems())
    claimed_entities: set[str] = set()
    claimed_relations: dict[str, int] = {}
    for document in _iter_documents(view):
        batch = view.document_batch(document.id)
        if batch is None:
            tally.add([f"document {document.id!r} is listed but cannot be read"])
            continue
        tally.add(
            f"document {document.id} ({document.source}): {text}" for text in find_problems(batch, load_ontology())
        )
        tally.documents += 1
        tally.passages += len(batch.passages)
        tally.mentions += len(batch.mentions)
        claimed_entities.update(entity.id for entity in batch.entities)
        for relation in batch.relations:
            claimed_relations[relation.id] = claimed_relations.get(relation.id, 0) + len(relation.evidence)
    types = _check_entities(view, claimed_entities, tally)
    _check_relations(view, claimed_relations, types, tally)
    return tally.to_report()


def _iter_documents(view: View) -> Iterator[Document]:
    after = ""
    while page := view.documents(kind=None, after=after):
        yield from page
        after = page[-1].id


def _check_entities(view: View, claimed: set[str], tally: "_Tally") -> dict[str, str]:
    types: dict[str, str] = {}
    for entity in view.iter_entities():
        tally.entities += 1
        types[entity.id] = entity.type
        tally.add(find_entity_problems(entity, load_ontology()))
        if entity.id not in claimed:
            tally.add([f"entity {entity.id!r} is in the graph, but no document says so"])
    tally.add(f"entity {missing!r} is missing from the graph" for missing in sorted(claimed - types.keys()))
    return types


def _check_relations(view: View, claimed: dict[str, int], types: Mapping[str, str], tally: "_Tally") -> None:
    """Check merged relations; those seen are taken out of `claimed`, so that what is left is missing."""
    ontology = load_ontology()
    for relation in view.iter_relations():
        owner = f"relation {relation.id!r} ({relation.type})"
        tally.relations += 1
        tally.evidence += len(relation.evidence)
        source, target = types.get(relation.source_id, "nothing"), types.get(relation.target_id, "nothing")
        if not ontology.allows(relation.type, source, target):
            tally.add([f"{owner} runs from {source} to {target}, which ontology.toml does not allow"])
        said = claimed.pop(relation.id, None)
        if said is None:
            tally.add([f"{owner} is in the graph, but no document says so"])
        elif len(relation.evidence) != said:
            tally.add([f"{owner} shows {len(relation.evidence)} evidence where its documents have {said}"])
        elif not relation.evidence and not relation.sources:
            tally.add([f"{owner} has neither evidence nor sources"])
    tally.add(f"relation {missing!r} is missing from the graph" for missing in sorted(claimed))


@dataclass(slots=True)
class _Tally:
    limit: int
    documents: int = 0
    passages: int = 0
    mentions: int = 0
    entities: int = 0
    relations: int = 0
    evidence: int = 0
    problem_count: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, problems: Iterable[str]) -> None:
        for problem in problems:
            self.problem_count += 1
            if len(self.problems) < self.limit:
                self.problems.append(problem)

    def to_report(self) -> CheckReport:
        values = {name: getattr(self, name) for name in CheckReport.__slots__ if name != "problems"}
        return CheckReport(**values, problems=tuple(self.problems))

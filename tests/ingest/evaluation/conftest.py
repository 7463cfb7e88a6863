"""Outputs made from gold alone: the perfect one, by which the scorer is checked against itself."""

from collections.abc import Callable

import pytest

from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from graph.ontology import load_ontology
from ingest.evaluation.gold import GoldDocument, GoldRelation

PerfectMaker = Callable[[GoldDocument, bool], GraphBatch]


@pytest.fixture
def make_perfect() -> PerfectMaker:
    """Make an output that says what gold says and, if asked, all that it may say too.

    Each surface and each beginning of a proposition is a passage of its own.
    """
    return lambda gold, optional: _Builder(gold, optional).build()


class _Builder:
    def __init__(self, gold: GoldDocument, optional: bool) -> None:
        self.gold, self.optional = gold, optional
        self.document_id = f"doc:{gold.stem}"
        self.passages: list[Passage] = []
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self.ids: dict[tuple[str, str], str] = {}

    def build(self) -> GraphBatch:
        for at, wanted in enumerate(self.gold.entities):
            # An optional entity that a required relation needs comes along: gold cannot ask for one without the other.
            if not wanted.optional or self.optional or wanted.name in self._needed():
                self._entity(f"e{at}", wanted.id or f"made:{at}", wanted.type, wanted.name, wanted.surfaces[:1])
        for at, proposition in enumerate(self.gold.propositions):
            if not proposition.optional or self.optional:
                self._entity(f"p{at}", f"prop:{at}", "Proposition", proposition.name, proposition.starts[:1])
        relations = [
            self._relation(at, wanted)
            for at, wanted in enumerate(self.gold.relations)
            if (self.optional or not wanted.optional) and self._ends(wanted)
        ]
        document = Document(self.document_id, self.gold.stem, self.gold.document, "", "none")
        return GraphBatch(document, tuple(self.passages), tuple(self.entities), tuple(self.mentions), tuple(relations))

    def _needed(self) -> set[str]:
        return {
            name
            for wanted in self.gold.relations
            if not wanted.optional
            for name in (wanted.sources[0], wanted.targets[0])
        }

    def _passage(self, text: str) -> Passage:
        passage = Passage(f"{self.document_id}/{len(self.passages)}", self.document_id, len(self.passages), text)
        self.passages.append(passage)
        return passage

    def _entity(self, key: str, entity_id: str, entity_type: str, name: str, words: tuple[str, ...]) -> None:
        self.ids[entity_type if entity_type == "Proposition" else "", name] = entity_id
        self.entities.append(Entity(entity_id, entity_type, name))
        for text in words:
            passage = self._passage(text)
            self.mentions.append(Mention(entity_id, passage.id, 0, len(text), text, f"gold:{key[0]}"))

    def _ends(self, wanted: GoldRelation) -> tuple[str, str] | None:
        """Return ids of the first source and target; where a name is of two kinds, the ones that the ontology joins."""
        kinds = ("Proposition", "")
        source, target = wanted.sources[0], wanted.targets[0]
        known = {entity.id: entity.type for entity in self.entities}
        pairs = [
            (self.ids[one, source], self.ids[two, target])
            for one in kinds
            for two in kinds
            if (one, source) in self.ids and (two, target) in self.ids
        ]
        joined = [pair for pair in pairs if load_ontology().allows(wanted.types[0], known[pair[0]], known[pair[1]])]
        return next(iter([*joined, *pairs]), None)

    def _relation(self, at: int, wanted: GoldRelation) -> Relation:
        source, target = self._ends(wanted) or ("", "")
        passage = self.passages[0]
        evidence = Evidence(passage.id, 0, len(passage.text), passage.text, "gold:r")
        return Relation(f"rel:{at}", wanted.types[0], source, target, evidence=(evidence,))

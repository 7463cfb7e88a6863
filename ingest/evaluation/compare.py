"""One document's output against its gold, counted every way that the report shows."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from graph.model import Entity, GraphBatch, Passage, PassageKind, Relation
from ingest.evaluation.gold import GoldDocument
from ingest.evaluation.judge_items import judge_entities, judge_propositions
from ingest.evaluation.judge_relations import judge_relations
from ingest.evaluation.reading import count_tables, find_broken_evidence, find_hidden_text, find_traps
from ingest.evaluation.score import Fault, RuleScore, Score, Share, Tally
from ingest.evaluation.text import fold
from ingest.evaluation.verdicts import Outcome, Prediction, Verdicts


def score_document(gold: GoldDocument, batch: GraphBatch) -> Score:
    """Compare what was extracted from a document with its gold.

    Cost: time grows with gold items times predicted ones; a document of 500 sentences takes well under a second.
    """
    prediction = Prediction.from_batch(batch)
    entities = judge_entities(gold, prediction)
    propositions = judge_propositions(gold, prediction)
    relations = judge_relations(gold, prediction, entities, propositions)
    context = _Context(gold, batch, prediction)
    quotes, broken = find_broken_evidence(batch)
    tables_read, tables_wrong = count_tables(gold, batch)
    traps, fallen = find_traps(gold, batch)
    notes = (
        *(f"broken evidence: {text}" for text in broken),
        *(f"table not read: {text}" for text in tables_wrong),
        *(f"hidden text was read: {text}" for text in find_hidden_text(gold, batch)),
        *(f"not an entity: {text}" for text in fallen),
        *(f"beginning not in the text read: {gold.propositions[at].starts[0]}" for at in propositions.unread),
    )
    return Score(
        documents=(gold.document,),
        entities=context.tally_entities(entities),
        propositions=_tally(propositions),
        relations=context.tally_relations(relations),
        forms=context.tally_forms(propositions),
        linking=context.linking(entities),
        tentative=context.tentative(propositions),
        evidence=Share(quotes - len(broken), quotes) if quotes >= len(broken) else Share(0, len(broken)),
        tables=Share(tables_read, len(gold.tables)),
        traps=Share(traps - len(fallen), traps),
        confusion=context.confusion(entities),
        rules=context.rules(entities, propositions, relations),
        faults=(
            *context.entity_faults(entities),
            *context.proposition_faults(propositions),
            *context.relation_faults(relations),
        ),
        notes=tuple(f"{gold.document}: {note}" for note in notes),
    )


class _Context:
    """One document's gold and output with the look-ups that counting needs."""

    def __init__(self, gold: GoldDocument, batch: GraphBatch, prediction: Prediction) -> None:
        self.gold, self.batch, self.prediction = gold, batch, prediction
        self.entity: dict[str, Entity] = {entity.id: entity for entity in batch.entities}
        self.relation: dict[str, Relation] = {relation.id: relation for relation in batch.relations}
        self.passage: dict[str, Passage] = {passage.id: passage for passage in batch.passages}
        self.places: dict[str, list[tuple[str, str]]] = {}  # item id -> (rule, passage id) of its evidence
        for mention in batch.mentions:
            self.places.setdefault(mention.entity_id, []).append((mention.rule, mention.passage_id))
        for relation in batch.relations:
            found = [(evidence.rule, evidence.passage_id) for evidence in relation.evidence]
            self.places.setdefault(relation.id, []).extend(found)
            if relation.type == "PROPOSES":
                self.places.setdefault(relation.target_id, []).extend(found)

    def tally_entities(self, verdicts: Verdicts) -> dict[str, Tally]:
        return _tally_by(verdicts, lambda at: self.gold.entities[at].type, lambda item: self.entity[item].type)

    def tally_relations(self, verdicts: Verdicts) -> dict[str, Tally]:
        return _tally_by(verdicts, lambda at: self.gold.relations[at].types[0], lambda item: self.relation[item].type)

    def tally_forms(self, verdicts: Verdicts) -> dict[str, Tally]:
        return _tally_by(verdicts, self.gold_form, self.form, right_by_prediction=True)

    def linking(self, verdicts: Verdicts) -> Share:
        """Count matched entities of gold's own type that stand in a register, and those with that row's id."""
        good = total = 0
        for verdict in verdicts.predicted:
            wanted = self.gold.entities[verdict.gold] if verdict.gold is not None else None
            if (
                wanted
                and wanted.id
                and verdict.id in self.prediction.surfaces
                and self.entity[verdict.id].type == wanted.type
            ):
                total += 1
                good += verdict.id in (wanted.id, *wanted.other_ids)
        return Share(good, total)

    def tentative(self, verdicts: Verdicts) -> Share:
        """Count matched propositions, and those whose `tentative` is as gold has it."""
        right = [
            verdict for verdict in verdicts.predicted if verdict.outcome is Outcome.RIGHT and verdict.gold is not None
        ]
        same = [
            bool(self.entity[verdict.id].properties.get("tentative"))
            == self.gold.propositions[verdict.gold or 0].tentative
            for verdict in right
        ]
        return Share(sum(same), len(same))

    def confusion(self, verdicts: Verdicts) -> dict[tuple[str, str], int]:
        """Count (gold type, predicted type) of matched and of wrong entities; "-" stands for nothing there."""
        pairs: Counter[tuple[str, str]] = Counter()
        for verdict in verdicts.predicted:
            entity = self.entity[verdict.id]
            if verdict.outcome is Outcome.RIGHT and verdict.gold is not None:
                pairs[self.gold.entities[verdict.gold].type, entity.type] += 1
            elif verdict.outcome is Outcome.WRONG:
                pairs[self._type_of_words(entity), entity.type] += 1
        for at in verdicts.missed:
            pairs[self.gold.entities[at].type, "-"] += 1
        return dict(pairs)

    def _type_of_words(self, entity: Entity) -> str:
        words = {*self.prediction.surfaces.get(entity.id, ()), fold(entity.name)}
        for wanted in self.gold.entities:
            if not words.isdisjoint(map(fold, (wanted.name, *wanted.alt_names, *wanted.surfaces))):
                return wanted.type
        return "-"

    def rules(
        self, entities: Verdicts, propositions: Verdicts, relations: Verdicts
    ) -> dict[tuple[str, str], RuleScore]:
        found: dict[tuple[str, str], RuleScore] = {}
        for kind, verdicts in (("entity", entities), ("proposition", propositions), ("relation", relations)):
            for verdict in verdicts.predicted:
                for rule in sorted({rule for rule, _ in self.places.get(verdict.id, ())}):
                    one = RuleScore(
                        right=int(verdict.outcome is Outcome.RIGHT),
                        wrong=int(verdict.outcome is Outcome.WRONG),
                        neutral=int(verdict.outcome is Outcome.NEUTRAL),
                        documents=frozenset({self.gold.document}),
                    )
                    found[kind, rule] = found.get((kind, rule), RuleScore()) + one
        return found

    def form(self, item: str) -> str:
        """Return the form of the passage that a predicted proposition comes from."""
        for _, passage_id in self.places.get(item, ()):
            if passage_id in self.passage:
                return passage_form(self.passage[passage_id])
        return "other"

    def gold_passage(self, at: int) -> Passage | None:
        for start in self.gold.propositions[at].starts:
            for stretch in self.prediction.text.find_stretches(start):
                return self.prediction.text.passage_at(stretch.start)
        return None

    def gold_form(self, at: int) -> str:
        passage = self.gold_passage(at)
        return passage_form(passage) if passage else "not read"

    def entity_faults(self, verdicts: Verdicts) -> Iterable[Fault]:
        for at in verdicts.missed:
            wanted = self.gold.entities[at]
            yield self._fault("entity", "missed", wanted.type, wanted.name, passage=self._naming(wanted.surfaces))
        for verdict in verdicts.predicted:
            if verdict.outcome is Outcome.WRONG:
                entity = self.entity[verdict.id]
                yield self._fault("entity", "wrong", entity.type, entity.name, item=verdict.id, why=verdict.why)

    def proposition_faults(self, verdicts: Verdicts) -> Iterable[Fault]:
        for at in verdicts.missed:
            wanted = self.gold.propositions[at]
            passage = self.gold_passage(at)
            yield self._fault(
                "proposition", "missed", "Proposition", wanted.name, passage=passage, form=self.gold_form(at)
            )
        for verdict in verdicts.predicted:
            if verdict.outcome is Outcome.WRONG:
                name = self.entity[verdict.id].name
                yield self._fault(
                    "proposition",
                    "wrong",
                    "Proposition",
                    name,
                    item=verdict.id,
                    why=verdict.why,
                    form=self.form(verdict.id),
                )

    def relation_faults(self, verdicts: Verdicts) -> Iterable[Fault]:
        for at in verdicts.missed:
            wanted = self.gold.relations[at]
            why = (
                "or " + ", ".join((*wanted.types[1:], *wanted.sources[1:], *wanted.targets[1:]))
                if self._open(at)
                else ""
            )
            yield self._fault(
                "relation", "missed", wanted.types[0], f"{wanted.sources[0]} -> {wanted.targets[0]}", why=why
            )
        for verdict in verdicts.predicted:
            if verdict.outcome is Outcome.WRONG:
                relation = self.relation[verdict.id]
                ends = [
                    self.entity[end].name if end in self.entity else end
                    for end in (relation.source_id, relation.target_id)
                ]
                yield self._fault(
                    "relation", "wrong", relation.type, " -> ".join(ends), item=verdict.id, why=verdict.why
                )

    def _open(self, at: int) -> bool:
        wanted = self.gold.relations[at]
        return len((*wanted.types, *wanted.sources, *wanted.targets)) > 3

    def _naming(self, surfaces: Iterable[str]) -> Passage | None:
        for surface in surfaces:
            for passage in self.batch.passages:
                if fold(surface) in fold(passage.text):
                    return passage
        return None

    def _fault(
        self, kind: str, outcome: str, item_type: str, name: str, *,
        item: str = "", why: str = "", form: str = "", passage: Passage | None = None,
    ) -> Fault:  # fmt: skip
        places = self.places.get(item, [])
        if passage is None and places:
            passage = self.passage.get(places[0][1])
        return Fault(
            self.gold.document, kind, outcome, item_type, name, why,
            rules=tuple(sorted({rule for rule, _ in places})), form=form,
            page=passage.page if passage else None, passage=passage.text if passage else "",
        )  # fmt: skip


def passage_form(passage: Passage) -> str:
    """Return the form in which a passage puts something forward, in the words of the report."""
    if passage.cell is not None:
        return "table row"
    if passage.kind is PassageKind.ITEM:
        return "numbered" if re.search(r"[0-9a-zA-Z]", passage.label) else "bullet"
    return {PassageKind.PARAGRAPH: "sentence", PassageKind.NOTE: "note"}.get(passage.kind, str(passage.kind))


def _tally(verdicts: Verdicts) -> Tally:
    outcomes = Counter(verdict.outcome for verdict in verdicts.predicted)
    return Tally(outcomes[Outcome.RIGHT], outcomes[Outcome.WRONG], len(verdicts.missed))


def _tally_by(
    verdicts: Verdicts, gold_key: Callable[[int], str], key: Callable[[str], str], *, right_by_prediction: bool = False
) -> dict[str, Tally]:
    """Count by a key of gold for right and missed items, of the prediction for wrong ones."""
    found: dict[str, Tally] = {}
    for verdict in verdicts.predicted:
        if verdict.outcome is Outcome.RIGHT and verdict.gold is not None:
            name = key(verdict.id) if right_by_prediction else gold_key(verdict.gold)
            found[name] = found.get(name, Tally()) + Tally(right=1)
        elif verdict.outcome is Outcome.WRONG:
            name = key(verdict.id)
            found[name] = found.get(name, Tally()) + Tally(wrong=1)
    for at in verdicts.missed:
        name = gold_key(at)
        found[name] = found.get(name, Tally()) + Tally(missed=1)
    return dict(sorted(found.items()))

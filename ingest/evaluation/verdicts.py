"""What each predicted and each gold item came to: entities, propositions, relations of one document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model import Entity, GraphBatch, Relation
from graph.ontology import load_ontology
from ingest.evaluation.gold import GoldDocument, GoldEntity, GoldProposition, GoldRelation
from ingest.evaluation.match import match_pairs
from ingest.evaluation.text import SquashedText, Stretch, fold, token_set_ratio

PROPOSITION = "Proposition"
UNSCORED_TYPES = frozenset({"Person"})
MAX_SPAN = 1200  # letters and digits of a proposition's span that count
NAME_RATIO = 90.0


class Outcome(StrEnum):
    """Right and wrong count; neutral ones (optional, of the reference layer, of an unscored type) do not."""

    RIGHT = "right"
    WRONG = "wrong"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One predicted item: `gold` is the place of what it matched in the gold's list, `why` says what is wrong."""

    id: str
    outcome: Outcome
    gold: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts in the order of the predicted items, and the places of required gold that nothing matched."""

    predicted: tuple[Verdict, ...]
    missed: tuple[int, ...]
    unread: tuple[int, ...] = ()  # propositions none of whose beginnings stands in the text that was read


@dataclass(frozen=True, slots=True)
class Prediction:
    """A batch as the judges read it: mentions by entity, spans of propositions, one squashed text."""

    batch: GraphBatch
    text: SquashedText
    surfaces: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_batch(cls, batch: GraphBatch) -> "Prediction":
        surfaces: dict[str, set[str]] = {}
        for mention in batch.mentions:
            surfaces.setdefault(mention.entity_id, set()).add(fold(mention.text))
        return cls(batch, SquashedText(batch.passages), {key: frozenset(value) for key, value in surfaces.items()})

    def entities(self) -> list[Entity]:
        return [entity for entity in self.batch.entities if entity.type not in (PROPOSITION, *UNSCORED_TYPES)]

    def propositions(self) -> list[Entity]:
        return [entity for entity in self.batch.entities if entity.type == PROPOSITION]

    def spans(self, entity_id: str) -> list[Stretch]:
        """Return where a proposition comes from: its mentions and the evidence of its PROPOSES, each cut to MAX_SPAN."""
        places = [(m.passage_id, m.start, m.end) for m in self.batch.mentions if m.entity_id == entity_id]
        places += [
            (evidence.passage_id, evidence.start, evidence.end)
            for relation in self.batch.relations
            if relation.type == "PROPOSES" and relation.target_id == entity_id
            for evidence in relation.evidence
        ]
        found = [self.text.span(*place) for place in dict.fromkeys(places)]
        return [Stretch(span.start, min(span.end, span.start + MAX_SPAN)) for span in found if span]


def judge_entities(gold: GoldDocument, prediction: Prediction) -> Verdicts:
    """Match entities by id, then by name, then by a mention's words; those without a mention count neither way."""
    predicted = prediction.entities()
    pairs: dict[int, int] = {}
    for same in (_same_id, _same_name, _same_surface, _any_name):
        free = [at for at, entity in enumerate(predicted) if at not in pairs.values() and entity.id in prediction.surfaces]
        pairs |= _step(gold, predicted, free, pairs, lambda g, e, same=same: same(g, e, prediction))  # type: ignore[misc]
    named = dict(pairs)
    for same in (_same_id, _same_name):
        free = [at for at in range(len(predicted)) if at not in pairs.values()]
        pairs |= _step(gold, predicted, free, pairs, lambda g, e, same=same: same(g, e, prediction))  # type: ignore[misc]
    place = {entity: at for at, entity in pairs.items()}
    verdicts = []
    for at, entity in enumerate(predicted):
        match = place.get(at)
        if entity.id not in prediction.surfaces or (match is not None and gold.entities[match].optional):
            verdicts.append(Verdict(entity.id, Outcome.NEUTRAL, match))
        elif match is None:
            verdicts.append(Verdict(entity.id, Outcome.WRONG, None, _why_wrong(gold, entity, prediction)))
        else:
            verdicts.append(Verdict(entity.id, Outcome.RIGHT, match))
    missed = [
        at
        for at, entity in enumerate(gold.entities)
        if at not in named and not entity.optional and entity.type not in UNSCORED_TYPES
    ]
    return Verdicts(tuple(verdicts), tuple(missed))


def _step(
    gold: GoldDocument,
    predicted: Sequence[Entity],
    free: Sequence[int],
    taken: Mapping[int, int],
    same: Callable[[GoldEntity, Entity], bool],
) -> dict[int, int]:
    """Match what is still free by one test; required gold before optional, the gold's own type before others."""
    order = sorted((at for at in range(len(gold.entities)) if at not in taken), key=lambda at: gold.entities[at].optional)
    candidates = {}
    for at in order:
        entity = gold.entities[at]
        fits = [p for p in free if predicted[p].type in (entity.type, *entity.alt_types) and same(entity, predicted[p])]
        candidates[at] = sorted(fits, key=lambda p: predicted[p].type != entity.type)
    return match_pairs(candidates)


def _same_id(gold: GoldEntity, entity: Entity, _: Prediction) -> bool:
    return bool(gold.id) and entity.id in (gold.id, *gold.other_ids)


def _same_name(gold: GoldEntity, entity: Entity, _: Prediction) -> bool:
    return fold(entity.name) in {fold(name) for name in (gold.name, *gold.alt_names)}


def _same_surface(gold: GoldEntity, entity: Entity, prediction: Prediction) -> bool:
    return not prediction.surfaces[entity.id].isdisjoint(map(fold, gold.surfaces))


def _any_name(gold: GoldEntity, entity: Entity, prediction: Prediction) -> bool:
    """Say whether words of the right place carry another name: one holds the other, or gold gives no words."""
    if not gold.any_name:
        return False
    wanted = [fold(surface) for surface in gold.surfaces]
    found = prediction.surfaces[entity.id]
    return not wanted or any(one in other or other in one for one in wanted for other in found)


def _why_wrong(gold: GoldDocument, entity: Entity, prediction: Prediction) -> str:
    for other in gold.entities:
        if _same_id(other, entity, prediction) or _same_name(other, entity, prediction):
            return "twice" if entity.type in (other.type, *other.alt_types) else f"is {other.type} {other.name}"
    for other in gold.entities:
        if _same_surface(other, entity, prediction):
            return f"its words are {other.type} {other.name}"
    return "not in gold"


def judge_propositions(gold: GoldDocument, prediction: Prediction) -> Verdicts:
    """Match propositions by the stretch they come from, then by name; a forbidden stretch is wrong, an optional neutral."""
    predicted = prediction.propositions()
    spans = [prediction.spans(entity.id) for entity in predicted]
    stretches, forbidden, optional = _stretches(gold, prediction.text)
    order = sorted(range(len(gold.propositions)), key=lambda at: gold.propositions[at].optional)
    candidates = {}
    for at in order:
        shares = [(_share(spans[p], stretches[at]), p) for p in range(len(predicted))]
        candidates[at] = [p for share, p in sorted(shares, key=lambda pair: (-pair[0], pair[1])) if share >= 0.5]
    pairs = match_pairs(candidates)
    hit = [any(p in found for found in candidates.values()) for p in range(len(predicted))]
    barred = [_share(found, forbidden) >= 0.5 for found in spans]
    neutral = [_share(found, optional) >= 0.5 for found in spans]
    by_name = {
        at: [
            p
            for p, entity in enumerate(predicted)
            if not (hit[p] or barred[p] or neutral[p])
            and token_set_ratio(entity.name, gold.propositions[at].name) >= NAME_RATIO
        ]
        for at in order
        if at not in pairs
    }
    pairs |= match_pairs(by_name)
    place = {p: at for at, p in pairs.items()}
    verdicts = []
    for p, entity in enumerate(predicted):
        match = place.get(p)
        if match is not None:
            outcome = Outcome.NEUTRAL if gold.propositions[match].optional else Outcome.RIGHT
            verdicts.append(Verdict(entity.id, outcome, match))
        elif neutral[p]:
            verdicts.append(Verdict(entity.id, Outcome.NEUTRAL))
        else:
            why = "must not be one" if barred[p] else "twice" if hit[p] else "not in gold"
            verdicts.append(Verdict(entity.id, Outcome.WRONG, None, why))
    missed = [at for at, item in enumerate(gold.propositions) if at not in pairs and not item.optional]
    unread = [at for at, item in enumerate(gold.propositions) if item.starts and not stretches[at]]
    return Verdicts(tuple(verdicts), tuple(missed), tuple(unread))


def _stretches(gold: GoldDocument, text: SquashedText) -> tuple[list[list[Stretch]], list[Stretch], list[Stretch]]:
    """Return the stretches of each proposition, of all that must not be one, and of all that may be.

    A stretch ends where its sentence ends, or earlier where the next known one begins within the sentence.
    """
    wanted = [[s for start in item.starts for s in text.find_stretches(start)] for item in gold.propositions]
    forbidden = [s for start in gold.not_propositions for s in text.find_stretches(start)]
    optional = [s for start in gold.optional_propositions for s in text.find_stretches(start)]
    begins = sorted({stretch.start for group in (*wanted, forbidden, optional) for stretch in group})

    def cut(group: Iterable[Stretch]) -> list[Stretch]:
        return [Stretch(s.start, min([s.end, *(at for at in begins if s.start < at < s.end)])) for s in group]

    return [cut(group) for group in wanted], cut(forbidden), cut(optional)


def _share(spans: Iterable[Stretch], stretches: Sequence[Stretch]) -> float:
    """Return the greatest share of a stretch that a span covers."""
    shares = [span.overlap(s) / (s.end - s.start) for span in spans for s in stretches if s.end > s.start]
    return max(shares, default=0.0)


def judge_relations(
    gold: GoldDocument, prediction: Prediction, entities: Verdicts, propositions: Verdicts
) -> Verdicts:
    """Match relations by type and both ends; a wrong one whose end is already wrong is not wrong a second time."""
    verdict = {item.id: item for item in (*entities.predicted, *propositions.predicted)}
    proposition_ids = {item.id for item in propositions.predicted}
    types = {entity.id: entity.type for entity in prediction.batch.entities}
    nodes = {entity_id: _node(gold, item, entity_id in proposition_ids) for entity_id, item in verdict.items()}
    scored = [relation for relation in prediction.batch.relations if relation.evidence]
    fits: list[list[int]] = [
        [at for at, wanted in enumerate(gold.relations) if _fits(gold, wanted, relation, nodes, types)] for relation in scored
    ]
    aside = _aside(gold)
    required = [at for at, relation in enumerate(gold.relations) if not relation.optional and at not in aside]
    pairs = match_pairs({at: [p for p, found in enumerate(fits) if at in found] for at in required})
    place = {p: at for at, p in pairs.items()}
    verdicts = []
    for p, relation in enumerate(scored):
        ends = [verdict.get(end) for end in (relation.source_id, relation.target_id)]
        if p in place:
            verdicts.append(Verdict(relation.id, Outcome.RIGHT, place[p]))
        elif fits[p]:
            verdicts.append(Verdict(relation.id, Outcome.NEUTRAL, fits[p][0]))
        elif any(end is None or end.outcome is Outcome.WRONG for end in ends):
            verdicts.append(Verdict(relation.id, Outcome.NEUTRAL, None, "an end is wrong"))
        elif _of_optional(gold, ends, proposition_ids) or _foundation(gold, prediction, relation, nodes):
            verdicts.append(Verdict(relation.id, Outcome.NEUTRAL))
        else:
            verdicts.append(Verdict(relation.id, Outcome.WRONG, None, "not in gold"))
    return Verdicts(tuple(verdicts), tuple(at for at in required if at not in pairs))


Node = tuple[str, int]  # ("entity" or "proposition", place in gold)


def _node(gold: GoldDocument, item: Verdict, is_proposition: bool) -> Node | None:
    return None if item.gold is None else ("proposition" if is_proposition else "entity", item.gold)


def _fits(
    gold: GoldDocument,
    wanted: GoldRelation,
    relation: Relation,
    nodes: Mapping[str, Node | None],
    types: Mapping[str, str],
) -> bool:
    ends = (nodes.get(relation.source_id), nodes.get(relation.target_id))
    if relation.type not in wanted.types or None in ends or ends[0] == ends[1]:
        return False
    return all(
        node is not None and _item(gold, node).name in names
        for node, names in zip(ends, (wanted.sources, wanted.targets), strict=True)
    ) and _allowed(gold, wanted, relation, types)


def _allowed(gold: GoldDocument, wanted: GoldRelation, relation: Relation, types: Mapping[str, str]) -> bool:
    """Say whether ends that share their name with another kind of item are of the kind the ontology joins."""
    shared = {item.name for item in gold.entities} & {item.name for item in gold.propositions}
    if shared.isdisjoint((*wanted.sources, *wanted.targets)):
        return True
    return load_ontology().allows(relation.type, types[relation.source_id], types[relation.target_id])


def _item(gold: GoldDocument, node: Node) -> GoldEntity | GoldProposition:
    kind, at = node
    return gold.entities[at] if kind == "entity" else gold.propositions[at]


def _aside(gold: GoldDocument) -> frozenset[int]:
    """Return the places of required relations that hang on an optional proposition: they count neither way."""
    optional = {item.name for item in gold.propositions if item.optional}
    required = {item.name for item in (*gold.entities, *gold.propositions) if not (item.name in optional)}
    return frozenset(
        at
        for at, relation in enumerate(gold.relations)
        if any(set(names) <= optional - required for names in (relation.sources, relation.targets))
    )


def _of_optional(gold: GoldDocument, ends: Iterable[Verdict | None], proposition_ids: set[str]) -> bool:
    return any(end and end.id in proposition_ids and end.outcome is Outcome.NEUTRAL for end in ends)


def _foundation(
    gold: GoldDocument, prediction: Prediction, relation: Relation, nodes: Mapping[str, Node | None]
) -> bool:
    """Say whether a relation gives a proposition a foundation that gold accepts; an empty list accepts any."""
    node = nodes.get(relation.source_id)
    target = next((entity for entity in prediction.batch.entities if entity.id == relation.target_id), None)
    if relation.type != "ADDRESSES" or node is None or node[0] != "proposition" or not target:
        return False
    if target.type != "Foundation":
        return False
    accepted = gold.propositions[node[1]].foundations
    return not accepted or fold(target.name) in map(fold, accepted)

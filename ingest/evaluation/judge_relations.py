"""Which relations of an output are right, once its entities and propositions are judged."""

from collections.abc import Iterable, Mapping

from graph.model import Relation
from graph.ontology import load_ontology
from ingest.evaluation.gold import GoldDocument, GoldEntity, GoldProposition, GoldRelation
from ingest.evaluation.match import match_pairs
from ingest.evaluation.text import fold
from ingest.evaluation.verdicts import Outcome, Prediction, Verdict, Verdicts

Node = tuple[str, int]  # ("entity" or "proposition", place in gold)


def judge_relations(gold: GoldDocument, prediction: Prediction, entities: Verdicts, propositions: Verdicts) -> Verdicts:
    """Match relations by type and both ends; a wrong one whose end is already wrong is not wrong a second time."""
    verdict = {item.id: item for item in (*entities.predicted, *propositions.predicted)}
    proposition_ids = {item.id for item in propositions.predicted}
    types = {entity.id: entity.type for entity in prediction.batch.entities}
    nodes = {entity_id: _node(item, entity_id in proposition_ids) for entity_id, item in verdict.items()}
    scored = [relation for relation in prediction.batch.relations if relation.evidence]
    fits: list[list[int]] = [
        [at for at, wanted in enumerate(gold.relations) if _fits(gold, wanted, relation, nodes, types)]
        for relation in scored
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
        elif _of_optional(ends, proposition_ids) or _foundation(gold, prediction, relation, nodes):
            verdicts.append(Verdict(relation.id, Outcome.NEUTRAL))
        else:
            verdicts.append(Verdict(relation.id, Outcome.WRONG, None, "not in gold"))
    return Verdicts(tuple(verdicts), tuple(at for at in required if at not in pairs))


def _node(item: Verdict, is_proposition: bool) -> Node | None:
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
    named = [
        node is not None and _item(gold, node).name in names
        for node, names in zip(ends, (wanted.sources, wanted.targets), strict=True)
    ]
    return all(named) and _allowed(gold, wanted, relation, types)


def _allowed(gold: GoldDocument, wanted: GoldRelation, relation: Relation, types: Mapping[str, str]) -> bool:
    """Say whether ends that share their name with another kind of item are of the kind the ontology joins."""
    shared = {item.name for item in gold.entities} & {item.name for item in gold.propositions}
    if shared.isdisjoint((*wanted.sources, *wanted.targets)):
        return True
    return load_ontology().allows(relation.type, types[relation.source_id], types[relation.target_id])


def _item(gold: GoldDocument, node: Node) -> GoldEntity | GoldProposition:
    kind, at = node
    if kind == "entity":
        return gold.entities[at]
    return gold.propositions[at]


def _aside(gold: GoldDocument) -> frozenset[int]:
    """Return the places of required relations that hang on an optional proposition: they count neither way."""
    optional = {item.name for item in gold.propositions if item.optional}
    shared = {entity.name for entity in gold.entities}
    return frozenset(
        at
        for at, relation in enumerate(gold.relations)
        if any(set(names) <= optional - shared for names in (relation.sources, relation.targets))
    )


def _of_optional(ends: Iterable[Verdict | None], proposition_ids: set[str]) -> bool:
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

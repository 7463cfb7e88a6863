"""Which entities and propositions of an output are right: matching by id, name, words, and stretch of text."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from graph.model import Entity
from ingest.evaluation.gold import GoldDocument, GoldEntity
from ingest.evaluation.match import match_pairs
from ingest.evaluation.text import SquashedText, Stretch, fold, token_set_ratio
from ingest.evaluation.verdicts import UNSCORED_TYPES, Outcome, Prediction, Verdict, Verdicts

NAME_RATIO = 90.0  # names alone match from here
HALF = 0.5  # share of a stretch that a span must cover
Same = Callable[[GoldEntity, Entity, Prediction], bool]


def judge_entities(gold: GoldDocument, prediction: Prediction) -> Verdicts:
    """Match entities by id, then by name, then by a mention's words; those without a mention count neither way."""
    predicted = prediction.entities()
    pairs: dict[int, int] = {}
    for same in (_same_id, _same_name, _same_surface, _any_name):
        free = [
            at for at, entity in enumerate(predicted) if at not in pairs.values() and entity.id in prediction.surfaces
        ]
        pairs |= _step(gold, prediction, free, pairs, same)
    named = dict(pairs)
    for same in (_same_id, _same_name):
        taken = set(pairs.values())
        free = [at for at in range(len(predicted)) if at not in taken]
        pairs |= _step(gold, prediction, free, pairs, same)
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
    gold: GoldDocument, prediction: Prediction, free: Sequence[int], taken: Mapping[int, int], same: Same
) -> dict[int, int]:
    """Match what is still free by one test; required gold before optional, the gold's own type before others."""
    predicted = prediction.entities()
    left = [at for at in range(len(gold.entities)) if at not in taken]
    candidates = {}
    for at in sorted(left, key=lambda at: gold.entities[at].optional):
        entity = gold.entities[at]
        types = (entity.type, *entity.alt_types)
        fits = [p for p in free if predicted[p].type in types and same(entity, predicted[p], prediction)]
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
    """Match propositions by stretch of text, then by name; forbidden stretches are wrong, optional ones neutral."""
    predicted = prediction.propositions()
    spans = [prediction.spans(entity.id) for entity in predicted]
    stretches, forbidden, optional = gold_stretches(gold, prediction.text)
    order = sorted(range(len(gold.propositions)), key=lambda at: gold.propositions[at].optional)
    candidates = {}
    for at in order:
        shares = [(covered_share(spans[p], stretches[at]), p) for p in range(len(predicted))]
        candidates[at] = [p for share, p in sorted(shares, key=lambda pair: (-pair[0], pair[1])) if share >= HALF]
    pairs = match_pairs(candidates)
    hit = [any(p in found for found in candidates.values()) for p in range(len(predicted))]
    barred = [covered_share(found, forbidden) >= HALF for found in spans]
    neutral = [covered_share(found, optional) >= HALF for found in spans]
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


def gold_stretches(gold: GoldDocument, text: SquashedText) -> tuple[list[list[Stretch]], list[Stretch], list[Stretch]]:
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


def covered_share(spans: Iterable[Stretch], stretches: Sequence[Stretch]) -> float:
    """Return the greatest share of a stretch that a span covers."""
    shares = [span.overlap(s) / (s.end - s.start) for span in spans for s in stretches if s.end > s.start]
    return max(shares, default=0.0)

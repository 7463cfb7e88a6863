"""What each predicted and each gold item came to, and an output as the judges read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model import Entity, GraphBatch
from ingest.evaluation.text import SquashedText, Stretch, fold

PROPOSITION = "Proposition"
UNSCORED_TYPES = frozenset({"Person"})
MAX_SPAN = 1200  # letters and digits of a proposition's span that count


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
        """Return where a proposition comes from: its mentions and the evidence of its PROPOSES, cut to MAX_SPAN."""
        places = [(m.passage_id, m.start, m.end) for m in self.batch.mentions if m.entity_id == entity_id]
        places += [
            (evidence.passage_id, evidence.start, evidence.end)
            for relation in self.batch.relations
            if relation.type == "PROPOSES" and relation.target_id == entity_id
            for evidence in relation.evidence
        ]
        found = [self.text.span(*place) for place in dict.fromkeys(places)]
        return [Stretch(span.start, min(span.end, span.start + MAX_SPAN)) for span in found if span]

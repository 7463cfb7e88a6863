"""Scores: counts of one document or of the sum of many, and the figures made of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CLOSED_TYPES = ("LEP", "CombinedAuthority", "LocalAuthority", "Department", "SectorDeal")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of right, wrong (predicted, not in gold) and missed (required, not predicted) items."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """1.0 where there is nothing to find and nothing was found; 0.0 where nothing is right."""
        return self._share(self.wrong)

    @property
    def recall(self) -> float:
        return self._share(self.missed)

    @property
    def f1(self) -> float:
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0

    @property
    def empty(self) -> bool:
        return not (self.right or self.wrong or self.missed)

    def _share(self, faults: int) -> float:
        if self.right + faults:
            return self.right / (self.right + faults)
        return 1.0 if self.empty else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """So many good ones of so many."""

    good: int = 0
    total: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.good + other.good, self.total + other.total)

    @property
    def value(self) -> float:
        return self.good / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Fault:
    """A missed or wrong item with the passage in which a person can see why."""

    document: str
    kind: str  # "entity", "proposition" or "relation"
    outcome: str  # "missed" or "wrong"
    type: str
    name: str
    why: str = ""
    rules: tuple[str, ...] = ()
    form: str = ""
    page: int | None = None
    passage: str = ""


@dataclass(frozen=True, slots=True)
class RuleScore:
    """What one rule did: items it found that are right, wrong, or count neither way, and in how many documents."""

    right: int = 0
    wrong: int = 0
    neutral: int = 0
    documents: frozenset[str] = frozenset()

    def __add__(self, other: "RuleScore") -> "RuleScore":
        return RuleScore(
            self.right + other.right,
            self.wrong + other.wrong,
            self.neutral + other.neutral,
            self.documents | other.documents,
        )

    @property
    def support(self) -> int:
        return self.right + self.wrong + self.neutral

    @property
    def precision(self) -> float | None:
        """None where nothing that the rule found counts."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one document or of a sum of them; mappings are by entity type, relation type, form or rule."""

    documents: tuple[str, ...] = ()
    entities: Mapping[str, Tally] = field(default_factory=dict)
    propositions: Tally = Tally()
    relations: Mapping[str, Tally] = field(default_factory=dict)
    forms: Mapping[str, Tally] = field(default_factory=dict)
    linking: Share = Share()
    tentative: Share = Share()
    evidence: Share = Share()
    tables: Share = Share()
    traps: Share = Share()  # good: contexts of not-entities that were left alone
    confusion: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rules: Mapping[tuple[str, str], RuleScore] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()  # of the reader: broken evidence, tables, hidden text, beginnings that were not read

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.documents + other.documents,
            _add(self.entities, other.entities),
            self.propositions + other.propositions,
            _add(self.relations, other.relations),
            _add(self.forms, other.forms),
            self.linking + other.linking,
            self.tentative + other.tentative,
            self.evidence + other.evidence,
            self.tables + other.tables,
            self.traps + other.traps,
            dict(Counter(self.confusion) + Counter(other.confusion)),
            {
                key: self.rules.get(key, RuleScore()) + other.rules.get(key, RuleScore())
                for key in {**self.rules, **other.rules}
            },
            self.faults + other.faults,
            self.notes + other.notes,
        )

    @property
    def all_entities(self) -> Tally:
        return sum(self.entities.values(), Tally())

    @property
    def closed_entities(self) -> Tally:
        return sum((tally for name, tally in self.entities.items() if name in CLOSED_TYPES), Tally())

    @property
    def all_relations(self) -> Tally:
        return sum(self.relations.values(), Tally())

    @property
    def sound(self) -> bool:
        """Whether every quote stands where it says; without that no other figure counts."""
        return self.evidence.good == self.evidence.total


def macro_f1(tallies: Mapping[str, Tally]) -> float:
    """Return the mean F1 over the types that occur in gold or output."""
    values = [tally.f1 for tally in tallies.values() if not tally.empty]
    return sum(values) / len(values) if values else 1.0


def sum_scores(scores: Iterable[Score]) -> Score:
    """Add scores up in their order."""
    return sum(scores, Score())


def _add(first: Mapping[str, Tally], second: Mapping[str, Tally]) -> dict[str, Tally]:
    return {key: first.get(key, Tally()) + second.get(key, Tally()) for key in sorted({**first, **second})}

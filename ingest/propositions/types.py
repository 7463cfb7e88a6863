"""What the proposition finder works on (`Reading`) and gives (`Draft`, `Note`)."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from graph.model import Entity, Mention, Passage
from ingest.names import Names
from ingest.propositions.clauses import Trigger
from ingest.sentences import find_sentences

BODIES = frozenset({"LEP", "CombinedAuthority", "LocalAuthority", "Department", "Institution"})
LEVERS = frozenset({"Strategy", "Programme", "SectorDeal"})


class Form(StrEnum):
    """How a document puts a proposition."""

    ROW = "row"
    ITEM = "item"
    SENTENCE = "sentence"
    LABELLED = "labelled"  # What: ... Why: ... Ask: ..., in a box or under a heading


class Status(StrEnum):
    """How far a proposition is promised."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    CONDITIONAL = "conditional"

    def of_draft(self, is_draft: bool) -> "Status":
        """Return what this is in a draft, where firm words are tentative; in any other paper itself."""
        return Status.TENTATIVE if is_draft and self is Status.FIRM else self


class Span(NamedTuple):  # made, compared and hashed by the thousand: faster than a frozen dataclass
    """A stretch of the passage with this ordinal."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposition before it has an id.

    `what` are the words it comes from; `parts` the cells or stretches by role (why, how, ask, departments, partners,
    lead, money, place, date, foundation, strategy); `actors` the subjects that promise it, `asked` where those are
    asked instead; `scope` all stretches whose names belong to it.
    """

    form: Form
    rule: str
    what: Span
    name: Span | None = None
    parts: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    actors: tuple[Span, ...] = ()
    trigger: Trigger | None = None
    status: Status = Status.FIRM
    scope: tuple[Span, ...] = ()


Parts = Mapping[str, tuple[Span, ...]]


def join_parts(one: Parts, other: Parts) -> Parts:
    """Return the stretches of both by role, those of `one` first."""
    return {role: (*one.get(role, ()), *other.get(role, ())) for role in dict.fromkeys((*one, *other))}


@dataclass(frozen=True, slots=True)
class Note:
    """Why a sentence, item or row gave no proposition."""

    span: Span
    reason: str


@dataclass(frozen=True)
class Reading:
    """A document's passages with the names found in them; `genre` says whose words they are, `title` what they are."""

    passages: Sequence[Passage]
    names: Names
    genre: str = ""
    title: str = ""

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.names.entities}

    @cached_property
    def _by_passage(self) -> Mapping[str, tuple[list[int], list[Mention]]]:
        found: dict[str, tuple[list[int], list[Mention]]] = {}
        for mention in self.names.mentions:
            starts, mentions = found.setdefault(mention.passage_id, ([], []))
            starts.append(mention.start)
            mentions.append(mention)
        return found

    @cached_property
    def _sentences(self) -> dict[int, list[tuple[int, int]]]:
        return {}

    def sentences(self, ordinal: int) -> Sequence[tuple[int, int]]:
        """Return the ranges of a passage's sentences, found once."""
        known = self._sentences.get(ordinal)
        if known is None:
            known = self._sentences[ordinal] = find_sentences(self.passages[ordinal].text)
        return known

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return the mentions that lie within a span, in order."""
        here = self._by_passage.get(self.passages[span.passage].id)
        if here is None:
            return []
        starts, mentions = here
        first = bisect_left(starts, span.start)
        return [mention for mention in mentions[first:] if mention.end <= span.end] if first < len(starts) else []

    def type_of(self, mention: Mention) -> str:
        """Return the entity type that a mention stands for."""
        return self.entities[mention.entity_id].type

    def text(self, span: Span) -> str:
        """Return the words of a span."""
        return self.passages[span.passage].text[span.start : span.end]

    def whole(self, ordinal: int) -> Span:
        """Return the span of a whole passage."""
        return Span(ordinal, 0, len(self.passages[ordinal].text))

"""Who leads a sector deal, in a paper or a section that is about the deal."""

import re
from collections.abc import Iterator

from graph.model import Mention, PassageKind
from ingest.propositions.types import Reading, Span
from ingest.relations.collect import Collector
from ingest.relations.facts import RegisterFacts
from ingest.relations.wording import GOVERNMENT

_LED = re.compile(r"(?i)\b(?:led|leads?|leading|co-?leads?)\b(?! to\b)")
_MADE = re.compile(
    r"(?i)\b(?:agreed|signed|struck|negotiated|concluded|worked up|partnership|between|on behalf of|sponsor\w*"
    r"|for (?:the )?(?:government|industry|sector))\b"
)
_NOT_OF_IT = re.compile(r"(?i)\b(?:will|would|should|could|fund|programme|project|centre)\b")
_STATES = re.compile(r"\b(?:is|are|was|were|has|have|will|would|can)\b")
_LEADERS = frozenset({"Department", "Institution"})
_HEAD = 14  # passages in which a paper says who made the deal
_BY_LINE = 4  # the first of them, which may only name who did


def add_deals(reading: Reading, facts: RegisterFacts, collector: Collector) -> None:
    """Add LEADS of the deals that a paper, or a section under a deal's heading, is about.

    That a body leads a deal must be said, or the register know it and the words that the deal was made be there.
    """
    for deal, ordinal in _iter_places(reading):
        leaders = facts.deal_leaders.get(deal, frozenset())
        for start, end in reading.sentences(ordinal):
            sentence = Span(ordinal, start, end)
            for mention in _leading(sentence, leaders, reading):
                collector.add("LEADS", mention.entity_id, deal, sentence, "of-the-deal.led", score=0.8)


def _iter_places(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield (deal, passage) where a deal is spoken of: the head of its own paper, what stands under its heading."""
    deal = reading.names.describes or ""
    is_of_deal = deal in reading.entities and reading.entities[deal].type == "SectorDeal"
    under: str | None = None
    for ordinal, passage in enumerate(reading.passages):
        if passage.kind is PassageKind.HEADING:
            found = {m.entity_id for m in reading.mentions_in(reading.whole(ordinal)) if _is_deal(m, reading)}
            under = found.pop() if len(found) == 1 else None
        elif passage.kind is PassageKind.PARAGRAPH and (under or (is_of_deal and ordinal < _HEAD)):
            yield under or deal, ordinal


def _is_deal(mention: Mention, reading: Reading) -> bool:
    return reading.type_of(mention) == "SectorDeal"


def _leading(sentence: Span, leaders: frozenset[str], reading: Reading) -> list[Mention]:
    bodies = [m for m in reading.mentions_in(sentence) if reading.type_of(m) in _LEADERS and m.entity_id != GOVERNMENT]
    known = [m for m in bodies if m.entity_id in leaders]
    words = reading.text(sentence)
    if _NOT_OF_IT.search(words):
        return []
    if _LED.search(words):
        return bodies if known else []
    named = sum(mention.end - mention.start for mention in bodies)
    is_by_line = sentence.passage < _BY_LINE and not _STATES.search(words) and 2 * named >= len(words)
    return known if is_by_line or _MADE.search(words) else []

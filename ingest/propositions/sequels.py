"""Sentences that go on about what stands before them: a proposition, what it needs, the bodies that "they" are."""

import re
from collections.abc import Sequence

from ingest.propositions.asks import end_of_list
from ingest.propositions.clauses import Trigger
from ingest.propositions.types import BODIES, Draft, Reading, Span

# How a sentence begins that goes on about what was just proposed; one in the past tells its history instead.
_TELLS_MORE = re.compile(
    r"(?:It|They|Both|Each|Its \w+|(?:The|This) (?:new )?(?P<noun>[a-z]{3,}))\b(?! (?:is|are) (?:the|an?)\b)"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|them|this|these|to do so|the (?:scheme|project|centre|fund|plan|work|study))\b(?! (?:is|was|has)\b)"
)
_WAS = re.compile(r"\b(?:was|were|had been|has been)\b")


def asks_for(before: Draft, drafts: Sequence[Draft], reading: Reading) -> bool:
    """Say whether a sentence only asks what the proposition before it needs: "We ask DfE to allow it"."""
    if len(drafts) != 1 or drafts[0].rule != "sentence.asks" or before.trigger is Trigger.ASKS:
        return False
    asked = drafts[0].actors[0].end if drafts[0].actors else drafts[0].what.start
    rest = reading.passages[drafts[0].what.passage].text[asked : drafts[0].what.end]
    return _POINTS_BACK.search(rest) is not None


def tells_more_of(before: Draft, span: Span, reading: Reading) -> bool:
    """Say whether a sentence tells more of the proposition before it: "It will be …", "The centre would …"."""
    text = reading.passages[span.passage].text
    more = _TELLS_MORE.match(text, span.start, span.end)
    if more is None or _WAS.search(text, span.start, span.end):
        return False
    return more["noun"] is None or re.search(rf"(?i)\b{more['noun']}\b", reading.text(before.what)) is not None


def find_antecedent(span: Span, reading: Reading) -> tuple[Span, ...]:
    """Return the bodies that "it" or "they" stands for in a sentence: those that open the one before, or its only one.

    "Homes England and the council have a pact. They will …"
    """
    before = max((place for place in reading.sentences(span.passage) if place[1] <= span.start), default=None)
    if before is None:
        return ()
    bodies = [m for m in reading.mentions_in(Span(span.passage, *before)) if reading.type_of(m) in BODIES]
    if bodies and bodies[0].start <= before[0] + len("The "):
        return (Span(span.passage, before[0], end_of_list(bodies, reading.passages[span.passage].text)),)
    return (Span(span.passage, bodies[0].start, bodies[0].end),) if len(bodies) == 1 else ()

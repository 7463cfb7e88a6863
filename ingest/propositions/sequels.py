"""Sentences that go on about the proposition before them, or only ask what it needs."""

import re
from collections.abc import Sequence

from ingest.propositions.clauses import Trigger
from ingest.propositions.types import Draft, Reading, Span

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

"""Sentences that go on about what stands before them: a proposition, what it needs, the bodies that "they" are."""

import re
from dataclasses import replace

from ingest.propositions.asks import end_of_list
from ingest.propositions.clauses import Trigger
from ingest.propositions.types import BODIES, Draft, Reading, Span, join_parts

_SUM = (
    r"(?:£\s?[\d.,]+\s?(?:million|billion|m|bn|k)?|half|a (?:third|quarter|fifth|tenth)|two thirds"
    r"|the (?:rest|remainder|balance))"
)
# How a sentence begins that goes on about what was just proposed; one in the past tells its history instead.
_TELLS_MORE = re.compile(
    r"(?:It|They|Both|Each|Its \w+"
    r"|(?:The|This) (?:work|scheme|project|proposal|initiative|(?:new )?(?P<noun>[a-z]{3,})))\b"
    r"(?! (?:is|are) (?:the|an?)\b)"
)
_ITS_MONEY = (  # "for a loan", "meet the rest from the X Fund", but not "half the cost of ferries"
    rf"(?:for (?:an? (?:\w+ )?(?:loan|grant|contribution|share)|{_SUM})|(?:meet|find) {_SUM})"
    r"(?=\s*(?:[.,;?]|$)|\s+(?:from|over|in|of what (?:remains|is left)"
    r"|(?:of|towards) (?:it|this|its costs?|the costs?(?! of)))\b)"
)
_POINTS_BACK = re.compile(
    rf"\b{_ITS_MONEY}|\bthat (?:sum|money|amount)\b"
    r"|\b(?:it|them|this|these|to do so|the (?:scheme|project|centre|fund|plan|work|study))\b(?! (?:is|was|has)\b)"
)
_IS_RUN = re.compile(
    r"(?:(?:It|They)|(?:The|This) (?:new )?(?P<noun>[a-z]{3,})) (?:will|would|is to|are to) be (?:jointly )?"
    r"(?:led|run|owned|managed|chaired|hosted|operated|delivered|overseen|staffed|based|housed|paid|funded|financed)\b"
)
_ENDS_BACK = re.compile(r"(?i)\b(?:to|for|into|in|on|with|of|from) (?:it|them|this)\s*[.;]?$")
_BIDS = re.compile(
    r"(?:A|The) (?:bid|application)\b[^.;]{0,60}? (?:will|is to|would|could) be (?:made|put|submitted)\b"
)
_PUTS_IN = re.compile(
    r"(?i)\b(?:put(?: in)?|add|give|contribute|promised?|provide|meet|pay|cover|match|earmarked|find)\b"
    rf"(?: (?:an? |up to |about |some )?(?:further|additional|another))? {_SUM}"
    r"(?: of (?:it|them|this|the (?:costs?|money|sum)|its (?:costs?|own)|their own|our own))?(?: for (?:it|this|them))?"
    r"(?: (?:towards|to|into) (?:it|this|them|(?:the|its) costs?))?"
    r"(?: (?:in|for|over) (?:its|the) first \w+ (?:years|months))?"
    r"(?:,? (?:from|out of) [\w' -]{3,40})?\s*\.?$"
)
_GIVES = re.compile(rf"(?i)\b(?:contribut(?:e|ing)|chip in|match(?:ing)?) {_SUM}(?:[,.;](?:\s|$)| and\b|$)")
_STARTS_WITH = re.compile(r"(?i)\b(?:start|begin)s? with\b")
_COUNTED = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Finally|Last)(?:ly)?,")  # a paragraph for each measure
_FURTHER = re.compile(r"(?i)\b(?:also|further|in addition|and we|next|besides|separately)\b")
_WAS = re.compile(r"\b(?:was|were|had been|has been)\b")


def _asks_for(before: Draft, following: Draft, reading: Reading) -> bool:
    """Say whether a sentence only asks what the proposition before it needs: "We ask DfE to allow it"."""
    if following.rule != "sentence.asks" or before.trigger is Trigger.ASKS:
        return False
    asked = following.actors[0].end if following.actors else following.what.start
    text = reading.passages[following.what.passage].text
    if _COUNTED.match(text) and not _FURTHER.search(text, following.what.start, following.what.end):
        return True
    return _POINTS_BACK.search(text[asked : following.what.end]) is not None


def tells_more_of(before: Draft, span: Span, reading: Reading) -> bool:
    """Say whether a sentence tells more of the proposition before it: "It will be …", "The centre would …"."""
    text = reading.passages[span.passage].text
    more = _TELLS_MORE.match(text, span.start, span.end)
    if more is None or _WAS.search(text, span.start, span.end):
        return False
    return more["noun"] is None or re.search(rf"(?i)\b{more['noun']}\b", reading.text(before.what)) is not None


def _goes_with(before: Draft, following: Draft, reading: Reading) -> bool:
    """Say whether a sentence only says who runs what was just proposed, or who puts in how much of its cost."""
    if Trigger.ASKS in (following.trigger, before.trigger):
        return False
    words = reading.text(following.what)
    run = _IS_RUN.match(words)
    if run and (run["noun"] is None or re.search(rf"(?i)\b{run['noun']}\b", reading.text(before.what))):
        return True
    about = (_PUTS_IN, _GIVES, _STARTS_WITH, _ENDS_BACK)
    return any(pattern.search(words) for pattern in about) or _BIDS.match(words) is not None


def join(before: Draft, following: Draft, reading: Reading) -> Draft | None:
    """Return the proposition with the next one as a part, where that only asks for it or says who runs or pays it."""
    scope = (*before.scope, following.what)
    if _asks_for(before, following, reading):
        return replace(before, parts=join_parts(before.parts, {"ask": (following.what,)}), scope=scope)
    if _goes_with(before, following, reading):
        actors = () if following.rule == "sentence.will-be-done" else following.actors
        return replace(before, scope=scope, actors=(*before.actors, *actors))
    return None


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

"""Who a point or a stretch names with its first words: the bodies that are to act, or the department that is asked."""

import re

from ingest.propositions.leads import Lead, LeadKind
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import BODIES, Reading, Span

_LOBBIES = re.compile(r"(?i)(?:lobby|press|urge|ask|call (?:up)?on|petition|persuade)\s+(?:the\s+)?")
_BEFORE = ("", "the ", "your ", "your department (")  # what may stand before the first name
_TO_DO = re.compile(r"(?:\s*\([^)]*\))?(?:,[^,]{2,60},)?\s+to\s+(\w+)")
_ASKED_TO = re.compile(r"(?:\s*\([^)]*\)|\))?(?:,[^,]{2,60},)?(?:\s+(?:to|would|could|should|will)|:)\s+([a-z]\w+)")
_JOINED = re.compile(r"(?:\s*\([^)]*\))?(?:,|,? and|/| &|;)?\s*(?:(?:working )?with )?(?:the )?", re.IGNORECASE)
_SOON = 24  # characters: " (DfT) and the "


def find_doers(point: Span, lead: Lead, reading: Reading, rules: PropositionRules) -> Span | None:
    """Return the bodies with which a point begins that says what each is to do: "BEIS and the LEP to publish …".

    In a list of asks "BEIS: settle …" and "your Department would fund …" say so too, of departments.
    """
    text = reading.passages[point.passage].text
    bodies = [m for m in reading.mentions_in(point) if reading.type_of(m) in BODIES]
    if not bodies or text[point.start : bodies[0].start].lower() not in _BEFORE:
        return None
    if lead.kind is LeadKind.ASK and reading.type_of(bodies[0]) == "Department":
        last = bodies[0].end
        for body in bodies:
            if body.start > last + _SOON:
                break
            last = body.end
            if _ASKED_TO.match(text, last, point.end):
                return Span(point.passage, point.start, last)
    last = bodies[0].end
    for body in bodies:
        if body.start > last and not _JOINED.fullmatch(text, last, body.start):
            break
        last = body.end
        to = _TO_DO.match(text, last, point.end)
        form = rules.verbs.forms.get(to[1].lower()) if to else None
        if form and form[1] == "base" and form[0] in rules.verbs.action:
            return Span(point.passage, point.start, last)
    return None


def find_actors(point: Span, lead: Lead, reading: Reading, rules: PropositionRules) -> tuple[Span, ...]:
    """Return who promises or is asked: those with whom the point begins ("DBT to place …"), else the lead."""
    own = find_doers(point, lead, reading, rules)
    if own:
        return (own,)
    if lead.kind is LeadKind.ASK:
        to = re.search(r"\bto \w", reading.text(point))
        asked = Span(point.passage, point.start, point.start + to.start()) if to else None
        if asked and any(reading.type_of(m) == "Department" for m in reading.mentions_in(asked)):
            return (asked,)
    return (lead.subject,) if lead.subject else ()


def find_lobbied(stretch: Span, reading: Reading) -> Span | None:
    """Return the department of a stretch that itself asks: "lobby the Treasury for …", "press DfT to …"."""
    asking = _LOBBIES.match(reading.passages[stretch.passage].text, stretch.start, stretch.end)
    if asking is None:
        return None
    mentions = reading.mentions_in(Span(stretch.passage, asking.end(), stretch.end))
    first = next((m for m in mentions if m.start == asking.end()), None)
    if first is None or reading.type_of(first) != "Department":
        return None
    return Span(stretch.passage, first.start, first.end)

"""Who will do what: the promising parts of a sentence, found by the words that promise.

A clause is a subject, a trigger ("will", "has agreed to", "is investing") and the verb that follows.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.propositions.rules import Verbs
from ingest.propositions.subject_span import find_subject
from ingest.propositions.triggers import RELATIVE, REPORT, SKIPPED, TRIGGER, Trigger, find_trigger

__all__ = ["Clause", "Trigger", "find_clauses"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise: offsets count in the passage; `start` is where its own words begin, `end` where they end."""

    start: int
    end: int
    subject_start: int
    subject_end: int
    trigger: Trigger
    verb: str  # base form; "" where the lists do not know it
    verb_start: int
    passive: bool = False
    negated: bool = False
    relative: bool = False  # "which will", "that will": about something just named
    carried: bool = False  # the subject is that of the clause before
    reported: bool = False  # "BEIS confirmed that it would": told by who stands before "that"


_ASIDE = re.compile(r"(?:also|then|too)?,\s[^,;]{3,90},\s", re.IGNORECASE)
_CARRY = re.compile(r",?\s+(?:and|but)(?:\s+(?:also|then|therefore))?\s+$", re.IGNORECASE)
# "HMRC already works with the industry and will …": the subject of the whole sentence, after what opens it.
_LEADING = re.compile(
    r"(?:(?:In|To|As|By|For|From|On|At|With|Since|Over|Through|Following|Building|However|Additionally)\b[^,]*,\s+)?"
    r"(?P<subject>[Ww]e|[Tt]hey|(?:[Tt]he |[Oo]ur )?[A-Z][\w&'-]*(?:\s+(?:[A-Z][\w&'-]*|of|and|for|the))*?)"
    r"\s+(?:[a-z]+(?:s|ed|ly)|already|have|are)\b"
)
_NOT = re.compile(r"(?:not|never|no longer)\b", re.IGNORECASE)
_SEMICOLON = re.compile(r";\s+(?:and\s+)?")
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_BE = re.compile(r"(?:be|be being|have been)\s+(?:(?:\w+ly|also|then|now)\s+)*", re.IGNORECASE)
_UNCHANGED = frozenset({"set", "put", "cut", "run", "bid", "let"})  # participles like the base form
_HINGES = re.compile(r"(?:subject to|if|should|provided|with the (?:agreement|help|support|backing))\b", re.IGNORECASE)
_HINGED = re.compile(r"\b(?:subject to|provided(?: that)?)\b", re.IGNORECASE)
_WAS_TO = re.compile(r"[\s,]*(?:\w+ly )?(?:was|were)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?:I|[Ww]e)$")
_HAS = re.compile(r"\s+(?:has|have|had)(?:\s+(?:also|now|already))?\s*$")
_PLEDGES = re.compile(r"(?:pledge|promise|undertake|guarantee|commit)", re.IGNORECASE)  # who pledges is bound by it
_REPORTER = re.compile(r"(?:(?:together|both|jointly|in turn|between them)\s+)?(?:it|they|he|she|we)$", re.IGNORECASE)


def find_clauses(text: str, start: int, end: int, verbs: Verbs, *, told: bool = False) -> list[Clause]:
    """Return the clauses of the sentence `text[start:end]`, in order; O(length).

    `told` says that the paper is reported speech, as minutes are: "would" and "was to" are then what "will" is.
    """
    found: list[Clause] = []
    for left, right in _split(text, start, end):
        for match in TRIGGER.finditer(text, left, right):
            previous = found[-1] if found and found[-1].end == right else None
            if previous is None or match.start() >= previous.verb_start:  # "will seek to" is one promise
                clause = _clause(text, left, right, match, verbs, previous)
                if clause.trigger is Trigger.WOULD and told:
                    clause = dataclasses.replace(clause, trigger=Trigger.WILL)
                if clause.trigger is not Trigger.WOULD or _is_promised(text, left, right, clause):
                    found.append(clause)
    return found


def _is_promised(text: str, left: int, right: int, clause: Clause) -> bool:
    """Say whether "would" promises outside reported speech: where it hangs on a condition, or is said of oneself."""
    if _WAS_TO.match(text, clause.subject_end, right):
        return False
    subject = text[clause.subject_start : clause.subject_end]
    hinged = _HINGES.match(text, left) or _HINGED.search(text, clause.verb_start, right)
    return hinged is not None or _FIRST_PERSON.search(subject) is not None


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence of several promises parted by semicolons is as many stretches."""
    at = start
    for semicolon in _SEMICOLON.finditer(text, start, end):
        if TRIGGER.search(text, at, semicolon.start()) and TRIGGER.search(text, semicolon.end(), end):
            yield at, semicolon.start()
            at = semicolon.end()
    yield at, end


def _clause(text: str, left: int, right: int, match: re.Match[str], verbs: Verbs, previous: Clause | None) -> Clause:
    trigger, negated = find_trigger(match)
    verb, verb_start, passive = _find_verb(text, match.end(), right, verbs)
    before = text[left : match.start()]
    report = REPORT.search(text, left, match.start())
    reported = False
    if report:
        pledged = _PLEDGES.match(report.group()) is not None
        of_reporter = pledged or _REPORTER.match(text[report.end() : match.start()].strip(" ,")) is not None
        reported = not pledged and (of_reporter or trigger is not Trigger.WILL)
        trigger = Trigger.WILL if trigger is Trigger.WOULD else trigger
        reporter_end = left + len(_HAS.sub("", text[left : report.start()]))
        told = (left, reporter_end) if of_reporter else (report.end(), match.start())
        subject, carried = find_subject(text, *told), False
        start = left if previous is None else subject[0]
    elif previous is not None and not previous.relative and _CARRY.search(before):
        subject, start, carried = (previous.subject_start, previous.subject_end), match.start(), True
    elif previous is None and _CARRY.search(before) and (leading := _LEADING.match(before)):
        subject, start, carried = (left + leading.start("subject"), left + leading.end("subject")), left, False
    else:
        subject, carried = find_subject(text, left, match.start()), False
        start = left if previous is None else subject[0]
    return Clause(
        start=start,
        end=right,
        subject_start=subject[0],
        subject_end=subject[1],
        trigger=trigger,
        verb=verb,
        verb_start=verb_start,
        passive=passive,
        negated=negated or _NOT.match(text, verb_start) is not None,
        relative=not reported and RELATIVE.search(before.rstrip() + " ") is not None,
        carried=carried,
        reported=reported,
    )


def _find_verb(text: str, at: int, end: int, verbs: Verbs) -> tuple[str, int, bool]:
    """Return the base form of the verb that counts, where it begins, and whether it is done to the subject."""
    at = _skip(text, at, end)
    aside = _ASIDE.match(text, at, end)  # "will, with the University of X, open"
    at = _skip(text, aside.end(), end) if aside else at
    be = _BE.match(text, at, end)
    word = _WORD.match(text, be.end() if be else at, end)
    form = verbs.forms.get(word.group().lower()) if word else None
    if word is None:
        return "be" if be else "", at, False
    if be is None:
        return form[0] if form else "", word.start(), False
    if form and (form[1] == "past" or (form[1] == "base" and form[0] in _UNCHANGED)):
        return form[0], word.start(), True
    return (form[0], word.start(), False) if form and form[1] == "gerund" else ("be", at, False)


def _skip(text: str, at: int, end: int) -> int:
    skipped = SKIPPED.match(text, at, end)
    return skipped.end() if skipped else at

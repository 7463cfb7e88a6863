"""What kind of thing the subject of a clause is, by the names in it, else by its head noun."""

import re
from dataclasses import replace
from enum import StrEnum

from ingest.propositions.clauses import Clause, find_clauses
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import BODIES, LEVERS, Reading, Span

_OPENING = re.compile(r"(?i)(?:in the meantime|meanwhile|at the same time|in (?:addition|return|turn))\s+(?:the )?")
_CUTS = re.compile(r",|\band\b")  # within a name


class Doer(StrEnum):
    """What kind of thing a subject is."""

    WE = "we"
    BODY = "body"
    PLACE = "place"
    PLAN = "plan"
    NEW = "new"  # "a new unit": does not exist yet
    PRONOUN = "pronoun"
    PAPER = "paper"
    RESULT = "result"
    OTHER = "other"
    NONE = "none"


GOVERNING = frozenset({Doer.WE, Doer.BODY, Doer.PLACE, Doer.PLAN})  # what can promise

_BREAK = re.compile(
    r"(?i)\b(?:of|in|for|with|to|from|at|on|by|that|which|who|whose|between|across|within|under|through|including"
    r"|involving|looking)\b"
)
_PRONOUNS = frozenset(
    {"it", "this", "these", "that", "those", "they", "there", "he", "she", "which", "who", "one", "both"}
)
_OWN_VOICE = frozenset({"letter", "manifesto", "statement", "hansard"})  # papers in which "I" is the author
_UNKNOWN_NAME = re.compile(
    r"(?:[A-Z][\w&-]* ){0,2}(?:[A-Z]{2,8}|[A-Z][a-z]+[A-Z]\w*)(?: [A-Z][\w&-]*)?"
)  # UCB, SuperTech
_ENDS_IN_INITIALS = re.compile(r"[a-z,] [A-Z]{2,6}$")  # "On the side of industry UCB"
_PROPER_NAME = re.compile(r"(?:[Tt]he )?[A-Z][\w&'-]+(?: (?:of |and |for |the )?[A-Z][\w&'-]+){1,5}")
_PREPOSITIONS = frozenset(
    {
        "out",
        "under",
        "in",
        "at",
        "by",
        "from",
        "with",
        "on",
        "for",
        "through",
        "over",
        "during",
        "since",
        "as",
        "within",
    }
    | {"together", "alongside"}
)
_POSSESSIVE = re.compile(r"'s?\s")  # "the Government's plan" is a plan
_INDEFINITE = re.compile(r"(?i)^(?:an?|two|three|four|five|six|seven|eight|nine|ten|further|additional|another|new)\b")
_NOT_YET = re.compile(r"(?i)\b(?:new|first|national|dedicated|further|additional)\b")


def is_indefinite(subject: str) -> bool:
    """Say whether a subject brings something up for the first time: "a …", "two …", "further …"."""
    return _INDEFINITE.match(subject) is not None


def is_proper_name(subject: str) -> bool:
    """Say whether a subject is a name of two words or more: "Working Title Films", "the VisitBritain Shop"."""
    return _PROPER_NAME.fullmatch(subject.strip()) is not None


def classify_subject(clause: Clause, sentence: Span, reading: Reading, rules: PropositionRules) -> Doer:
    """Return what kind of thing stands before the trigger."""
    subject = reading.passages[sentence.passage].text[clause.subject_start : clause.subject_end]
    words = re.findall(r"[\w'&-]+", subject.lower())
    if not words:
        return Doer.NONE
    if "we" in (words[0], words[-1]) or words[-2:-1] == ["we"]:
        return Doer.WE
    if "i" in (words[0], words[-1]):
        return Doer.WE if reading.genre in _OWN_VOICE else Doer.PAPER
    core = _BREAK.split(subject, maxsplit=1)[0]
    if not core.strip() or words[0] in _PREPOSITIONS:
        return _by_last_name(clause, sentence, reading)
    heads = [piece.split()[-1].lower().strip("',.") for piece in re.split(r",|\band\b|\bor\b|/", core) if piece.split()]
    head = heads[-1] if heads else words[-1]
    if head in rules.subjects.papers and not set(heads[:-1]) & rules.subjects.doers:
        return Doer.PAPER
    is_wide = (words[0] == "both" and len(words) > 1) or words[1:3] == [
        "and",
        "other",
    ]  # "these and other universities"
    if words[0] in _PRONOUNS and not is_wide:
        return Doer.PRONOUN
    if _UNKNOWN_NAME.fullmatch(subject.strip()):
        return Doer.BODY
    return _by_name(clause, sentence, core, head, reading, rules) or _by_head(subject, core, heads, head, rules)


def _by_name(
    clause: Clause, sentence: Span, core: str, head: str, reading: Reading, rules: PropositionRules
) -> Doer | None:
    """A name decides where it ends the core of the subject; "Government funding" is not the Government."""
    subject = Span(sentence.passage, clause.subject_start, clause.subject_end)
    core_end = clause.subject_start + len(core.rstrip(" )\"'"))
    text = reading.passages[sentence.passage].text
    leading = [
        mention
        for mention in reading.mentions_in(subject)
        if mention.start < core_end and not _POSSESSIVE.match(text, mention.end)
    ]
    types = {reading.type_of(mention) for mention in leading}
    ends_core = any(mention.end >= core_end for mention in leading)
    if types & BODIES and (ends_core or head in rules.subjects.doers):
        return Doer.BODY
    if head in rules.subjects.results:
        return Doer.RESULT
    if head in rules.subjects.doers:
        return None
    if "Place" in types and ends_core:
        return Doer.PLACE
    return Doer.PLAN if types & LEVERS and ends_core else None


def _by_last_name(clause: Clause, sentence: Span, reading: Reading) -> Doer:
    """In "Under the X Deal BEIS will …" the name right before the trigger, and those joined to it, are the subject."""
    subject = Span(sentence.passage, clause.subject_start, clause.subject_end)
    text = reading.passages[sentence.passage].text
    at, types = clause.subject_end, set[str]()
    for mention in reversed(reading.mentions_in(subject)):
        between = text[mention.end : at]
        if not (between.strip(" )") == "" or re.fullmatch(r"(?i)[ )]*,?(?: and|,)(?: the)? ", between)):
            break
        types.add(reading.type_of(mention))
        at = mention.start
    if types & BODIES or _ENDS_IN_INITIALS.search(text, subject.start, subject.end):
        return Doer.BODY
    if re.search(r"(?i)\bwe$", text[subject.start : subject.end]):
        return Doer.WE
    return Doer.PLACE if "Place" in types else Doer.OTHER


def _by_head(subject: str, core: str, heads: list[str], head: str, rules: PropositionRules) -> Doer:
    if head in rules.subjects.plans:
        return Doer.NEW if is_indefinite(subject) else Doer.PLAN
    if set(heads) & rules.subjects.doers:
        return Doer.NEW if is_indefinite(subject) and _NOT_YET.search(core) else Doer.BODY
    return Doer.NEW if is_indefinite(subject) and _NOT_YET.search(core) else Doer.OTHER


def find_clauses_of(span: Span, reading: Reading, rules: PropositionRules, *, told: bool = False) -> list[Clause]:
    """Return the clauses of a sentence; no name is cut at its own comma or "and" ("the Ministry of Housing, …"), and no
    subject begins with "In the meantime"."""
    text = reading.passages[span.passage].text
    for mention in reading.mentions_in(span):
        if _CUTS.search(mention.text):
            text = text[: mention.start] + _CUTS.sub(_same_length, mention.text) + text[mention.end :]
    return [
        _without_opening(clause, span, text, reading)
        for clause in find_clauses(text, span.start, span.end, rules.verbs, told=told)
    ]


def _without_opening(clause: Clause, span: Span, text: str, reading: Reading) -> Clause:
    opening = _OPENING.match(text, clause.subject_start, clause.subject_end)
    named = reading.mentions_in(Span(span.passage, opening.end(), clause.subject_end)) if opening else []
    is_name = opening is not None and bool(named) and named[0].start == opening.end()
    return replace(clause, subject_start=named[0].start) if is_name else clause


def _same_length(cut: re.Match[str]) -> str:
    return " " if cut.group() == "," else "&" * len(cut.group())

"""Whether a clause is a proposition: what its subject can promise, and what its verb does.

Each judgement has a name; it is the rule of the proposition where the clause is taken, the reason in `explain` where
it is passed over.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.propositions.clauses import Clause, Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import BODIES, LEVERS, Reading, Span, Status


class Doer(StrEnum):
    """What kind of thing a subject is."""

    WE = "we"
    BODY = "body"
    PLACE = "place"
    PLAN = "plan"
    NEW = "new"
    PRONOUN = "pronoun"
    PAPER = "paper"
    RESULT = "result"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Taken or passed over, by which rule or for which reason."""

    taken: bool
    why: str


_BREAK = re.compile(
    r"\b(?:of|in|for|with|to|from|at|on|by|that|which|who|whose|between|across|within|under|through|including|involving|looking)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[£$€]\s?\d|\b\d[\d,.]*\s?(?:million|billion|m\b|bn\b)")
_PRONOUNS = frozenset(["it", "this", "these", "that", "those", "they", "there", "he", "she", "which", "who", "one"])
_DETERMINERS = frozenset(["the", "a", "an", "our", "its", "their", "his", "her", "each", "every", "all", "both", "any", "some", "other", "another", "local"])
_WEAK_AIM = re.compile(r"(?i)\b(?:aims?|aspires?|hopes?|wants?|wish(?:es)?)\b")
_INDEFINITE = re.compile(r"(?i)^(?:an?|two|three|four|five|six|seven|eight|nine|ten|further|additional|another|new)\b")


def judge(
    clause: Clause, sentence: Span, reading: Reading, rules: PropositionRules, *, owned_by_government: bool
) -> Verdict:
    """Decide on one clause of a sentence."""
    text = reading.passages[sentence.passage].text
    phrase = text[clause.verb_start : clause.end]
    if text[sentence.start : sentence.end].rstrip("'\")").endswith("?"):
        return Verdict(False, "question")
    if clause.relative:
        return Verdict(False, "relative-clause")
    if clause.negated:
        return Verdict(False, "negated")
    if rules.procedural_sentence.search(text, sentence.start, sentence.end) or rules.procedural_phrase.match(
        _from_trigger(text, clause)
    ):
        return Verdict(False, "procedure")
    doer = classify_subject(clause, sentence, reading, rules)
    has_money = _MONEY.search(phrase) is not None
    match clause.trigger:
        case Trigger.WILL:
            return _judge_will(
                clause,
                doer,
                rules,
                has_money=has_money,
                phrase=phrase,
                subject=text[clause.subject_start : clause.subject_end],
            )
        case Trigger.AGREED:
            vague = clause.verb in rules.verbs.effect or not clause.verb
            taken = doer in (Doer.WE, Doer.BODY, Doer.PLACE, Doer.PLAN) and (has_money or not vague)
            return Verdict(taken, "agreed-to" if taken else "no-object")
        case Trigger.INTENDS:
            weak = _WEAK_AIM.search(text, clause.subject_end, clause.verb_start) is not None
            known = clause.verb in rules.verbs.action and not (weak and clause.verb in rules.verbs.effect)
            able = doer in (Doer.WE, Doer.BODY, Doer.PLACE, Doer.PLAN) or (doer is Doer.PRONOUN and not weak)
            taken = able and known
            return Verdict(taken, "intends-to" if taken else "aim-without-object")
        case Trigger.GIVING:
            taken = (
                doer in (Doer.WE, Doer.BODY)
                and clause.verb in rules.verbs.giving
                and (has_money or clause.verb in ("fund", "invest"))
            )
            return Verdict(taken, "is-giving" if taken else "in-hand")
        case Trigger.COULD:
            taken = doer is Doer.WE and clause.verb in rules.verbs.action and not owned_by_government
            return Verdict(taken, "we-could" if taken else "mere-possibility")
        case Trigger.SHOULD:
            asked = [
                m
                for m in reading.mentions_in(Span(sentence.passage, clause.subject_start, clause.subject_end))
                if reading.type_of(m) == "Department"
            ]
            taken = bool(asked) and not owned_by_government and bool(clause.verb) and doer is Doer.BODY
            return Verdict(taken, "government-should" if taken else "opinion")
        case Trigger.ASKS:
            return Verdict(True, "asks")
    return Verdict(False, "no-promise")


def _from_trigger(text: str, clause: Clause) -> str:
    """Return the words from the verb group on, without adverbs that may stand before it."""
    words = text[clause.verb_start : clause.end]
    return ("be " + words) if clause.passive else words


def _judge_will(
    clause: Clause, doer: Doer, rules: PropositionRules, *, has_money: bool, phrase: str, subject: str
) -> Verdict:
    verbs = rules.verbs
    creates = clause.verb in verbs.creation
    acts = clause.verb in verbs.action and clause.verb not in verbs.effect
    if clause.verb in verbs.procedural and not acts:
        return Verdict(False, "procedure")
    if doer in (Doer.PAPER, Doer.NONE):
        return Verdict(False, "paper-or-people")
    if clause.passive:
        new_thing = doer in (Doer.NEW, Doer.OTHER, Doer.RESULT) and (
            doer is Doer.NEW
            or _INDEFINITE.match(subject) is not None
            or has_money
            or (doer is Doer.RESULT
            and clause.verb in ("make", "invest"))
        )
        taken = creates and (new_thing or doer in (Doer.WE, Doer.BODY, Doer.PLAN))
        taken = taken or (clause.verb in ("task", "allocate", "devolve") and doer is not Doer.RESULT)
        return Verdict(taken, "will-be-made" if taken else "passive-without-doer")
    if clause.verb == "be":
        return Verdict(False, "state")
    match doer:
        case Doer.WE | Doer.BODY:
            return Verdict(True, f"will-{doer}")
        case Doer.PLACE:
            taken = clause.verb in verbs.action and clause.verb not in ("benefit", "need", "see", "become", "have")
            return Verdict(taken, "will-place" if taken else "forecast")
        case Doer.PLAN:
            return Verdict(
                acts or (creates and has_money), "will-plan" if acts or (creates and has_money) else "effect"
            )
        case Doer.NEW:
            return Verdict(acts, "will-new-body" if acts else "effect")
        case Doer.PRONOUN:
            taken = creates and clause.verb not in verbs.effect
            return Verdict(taken, "will-it" if taken else "elaboration")
        case Doer.OTHER:
            taken = has_money and re.match(r"(?i)(?:receive|get|be given|share)\b", phrase) is not None
            return Verdict(taken, "will-receive" if taken else "forecast")
        case _:
            return Verdict(False, "forecast")


def classify_subject(clause: Clause, sentence: Span, reading: Reading, rules: PropositionRules) -> Doer:
    """Return what kind of thing stands before the trigger, by its names, else by its head noun."""
    text = reading.passages[sentence.passage].text
    subject = text[clause.subject_start : clause.subject_end]
    words = re.findall(r"[\w'&-]+", subject.lower())
    if not words:
        return Doer.NONE
    if words[-1] == "we" or words[0] == "we" or words[-2:] == ["we", "all"]:
        return Doer.WE
    core = _BREAK.split(subject, maxsplit=1)[0]
    heads = [piece.split()[-1].lower().strip("',.") for piece in re.split(r",|\band\b|\bor\b|/", core) if piece.split()]
    head = heads[-1] if heads else words[-1]
    if head in rules.subjects.papers and not (set(heads[:-1]) & rules.subjects.doers):
        return Doer.PAPER
    if words[0] in _PRONOUNS:
        return Doer.PRONOUN
    mentions = reading.mentions_in(Span(sentence.passage, clause.subject_start, clause.subject_end))
    core_end = clause.subject_start + len(core)
    leading = [m for m in mentions if m.start < core_end]
    at_end = [m for m in leading if m.end >= clause.subject_start + len(core.rstrip()) or m.end >= core_end]
    types = {reading.type_of(m) for m in leading}
    if types & BODIES and (at_end or head in rules.subjects.doers):
        return Doer.BODY
    if head in rules.subjects.results:
        return Doer.RESULT
    if "Place" in types and at_end:
        return Doer.PLACE
    if types & LEVERS and at_end:
        return Doer.PLAN
    if head in (
        "strategy",
        "plan",
        "programme",
        "fund",
        "deal",
        "scheme",
        "initiative",
        "project",
        "hub",
        "centre",
        "service",
        "services",
    ):
        return Doer.NEW if _INDEFINITE.match(subject) else Doer.PLAN
    if head in rules.subjects.doers or set(heads) & rules.subjects.doers:
        return Doer.NEW if re.match(r"(?i)(?:an?|two|three|four|five)\s+new\b", subject) else Doer.BODY
    if _INDEFINITE.match(subject) and re.search(r"(?i)\b(?:new|first|national|dedicated|further|additional)\b", core):
        return Doer.NEW
    return Doer.OTHER


def find_status(text: str, rules: PropositionRules, trigger: Trigger | None) -> Status:
    """Return how far the words promise: tentative wording first, then conditions, else firm."""
    if trigger in (Trigger.COULD, Trigger.INTENDS) and not re.search(r"(?i)\b(?:aims?|seeks?) to\b", text):
        return Status.TENTATIVE
    if rules.tentative.search(text):
        return Status.TENTATIVE
    return Status.CONDITIONAL if rules.conditional.search(text) else Status.FIRM

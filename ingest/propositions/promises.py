"""Whether "X will …" is a promise: what the subject can undertake, and what the verb does."""

import re

from ingest.propositions.clauses import Clause
from ingest.propositions.rules import PropositionRules
from ingest.propositions.subjects import Doer, is_indefinite, is_proper_name
from ingest.propositions.types import BODIES, Reading, Span
from ingest.propositions.verdict import IT, LETS, MONEY, Verdict, either

_GETS = re.compile(r"(?i)(?:receive|get|be given|share|access)\b")
_GIVEN = re.compile(r"(?i)\b(?:free|funded|guaranteed|entitled)\b")
_INCLUDES_MAKING = re.compile(
    r"(?i)include (?:introducing|establishing|launching|creating|setting up|developing|investing|appointing|building)\b"
)
_IS_PLAN = re.compile(r"(?i)\b(?:strategy|plan)$")  # what the paper itself will do, as against a fund's effects
_SEE_THAT = re.compile(r"(?i)see (?:that|to)\b|see [^.;]{3,80}? through\b")
_REQUIRES = re.compile(
    r"(?i)require [^.;]{3,90}? to (?:be |have )?[a-z]|require [^.;]{3,90}? (?:from|of) (?:every|all|any|each)\b"
)
_PAYS = re.compile(r"(?i)(?:an?|the|some|up to|another|additional|further|£)\s?(?!.*\b(?:already|invested|spent)\b)")
_FREE = re.compile(r"(?i)(?:\w+ ){1,4}free\b(?! of| from| up| to)|[^.;]{3,60}\bfree of charge\b")
_EVERY = re.compile(r"(?i)(?:everyone|everybody|(?:every|all|each|any) \w)")
_PROCEEDS = re.compile(
    r"(?i)\b(?:pound|penny|money|rates|proceeds|receipts|revenues?|funds|funding|levy|savings|profits?|surplus)\b"
)
_WORK_WITH = re.compile(r"\bwork (?:closely |together |jointly )?with\b")
_RIGHT = re.compile(
    r"(?i)\w+ (?:the |a |an |more )?(?:new |legal )?(?:right|access|option|choice|chance|free|entitlement)\b"
)
_AVAILABLE = re.compile(r"(?i)be (?:made )?(?:free|available|on sale|in place|up and running)\b")
_SETS_OUT = re.compile(r"(?i)(?:set|lay) out\b")
_THERE = re.compile(r"(?i)\bthere$")
_SUPPORT = re.compile(r"(?i)^(?:[\w-]+ ){0,3}(?:support|funding|help|money|grants?|advice|loans?|backing|assistance)$")
_ONE_MORE = re.compile(r"(?i)be (?:an? )?(?:new|additional|further|second|extra)\b")
_WHEN_OR_WHERE = re.compile(r"\b20\d\d\b|\b(?:in|at|on) (?:the )?[A-Z]")
_NEW = re.compile(r"(?i)(?:the|our) (?:first|new|next)\b")
_BY = re.compile(
    r"(?i)\b(?:by|(?:funded|paid for) (?:by|from|out of|through)|(?:money|funding) from"
    r"|with (?:an? |the |some |further )?(?:\w+ )?(?:grants?|support|funding|money|loans?|help|backing) (?:from|of))\s+"
    r"(?:the )?(?:[\w&' -]+ and )?(?:the )?$"
)
_THROUGH = re.compile(r"(?i)(?:through|from|with (?:money|funding|support|help) from|under)\s+(?:the )?$")


def judge_will(
    clause: Clause, doer: Doer, reading: Reading, sentence: Span, rules: PropositionRules, *, phrase: str, subject: str
) -> Verdict:
    """Decide on "X will …" by what the subject `doer` can undertake; `phrase` begins with the verb."""
    verbs, text = rules.verbs, reading.passages[sentence.passage].text
    has_money = MONEY.search(phrase) is not None or (clause.passive and MONEY.search(subject) is not None)
    creates = clause.verb in verbs.creation
    acts = clause.verb in verbs.action and clause.verb not in verbs.effect
    if clause.verb in verbs.procedural and not acts and not has_money:
        return Verdict(False, "procedure")
    if doer in (Doer.PAPER, Doer.NONE):
        return Verdict(False, "paper-or-people")
    if not clause.passive and _PAYS.match(subject) and MONEY.search(subject) and clause.verb in verbs.action:
        return Verdict(True, "will-pay")
    if clause.passive:
        backed = clause.verb in verbs.action and not IT.match(subject) and _is_backed(clause, sentence, reading)
        return _judge_passive(
            clause, doer, phrase, creates=creates, has_money=has_money, subject=subject, backed=backed
        )
    if clause.verb == "be":
        offered = _AVAILABLE.match(phrase) is not None and doer not in (Doer.RESULT, Doer.PRONOUN)
        one_more = _THERE.search(subject) is not None and _ONE_MORE.match(phrase) is not None
        return either(offered or one_more, "will-be-there", "state")
    match doer:
        case Doer.WE if clause.verb == "see" and not _SEE_THAT.match(phrase):
            return Verdict(False, "forecast")
        case Doer.WE | Doer.BODY:
            rules_for_others = clause.verb == "require" and _REQUIRES.match(phrase) is not None
            return either(rules_for_others or clause.verb not in rules.subjects.states, f"will-{doer}", "state")
        case Doer.PLACE:
            known = clause.verb in verbs.action and clause.verb not in rules.subjects.states and clause.verb != "see"
            gets = _GETS.match(phrase) is not None and has_money
            return either(known or gets, "will-place", "forecast")
        case Doer.PLAN:
            gives = clause.verb in ("provide", "offer", "give")
            own = _IS_PLAN.search(subject) is not None and clause.verb in verbs.action and clause.verb not in LETS
            joins = _WORK_WITH.search(text, clause.subject_end, clause.verb_start) is not None
            return either(acts or own or joins or ((creates or gives) and has_money), "will-plan", "effect")
        case Doer.NEW:
            opens = clause.verb in ("open", "start", "launch", "begin") and _WHEN_OR_WHERE.search(phrase) is not None
            return either(acts or opens, "will-new-body", "effect")
        case Doer.PRONOUN:
            pays = has_money and subject.lower() == "it"
            sets_out = _SETS_OUT.match(phrase) is not None
            makes = (
                pays
                or (creates and clause.verb not in verbs.effect and not sets_out)
                or _INCLUDES_MAKING.match(phrase) is not None
            )
            return either(makes, "will-it", "elaboration")
        case Doer.RESULT if _FREE.match(phrase):
            return Verdict(True, "will-receive")
        case Doer.OTHER:
            gets = _FREE.match(phrase) is not None or (
                _GETS.match(phrase) is not None and (has_money or _GIVEN.search(phrase) is not None)
            )
            if acts and is_proper_name(subject):
                return Verdict(True, "will-named")
            return either(gets, "will-receive", "forecast")
    return Verdict(False, "forecast")


def _is_backed(clause: Clause, sentence: Span, reading: Reading) -> bool:
    """Say whether a passive names who does it or what pays: "by Historic England", "with a grant from the X Fund"."""
    text = reading.passages[sentence.passage].text
    payers = [m for m in reading.mentions_in(sentence) if reading.type_of(m) in BODIES | {"Programme"}]
    through = any(_THROUGH.match(text, sentence.start, m.start) for m in payers if m.end <= clause.subject_start)
    after = next((m for m in payers if m.start >= clause.verb_start), None)
    if through or (after and _BY.search(text[clause.verb_start : after.start])):
        return True
    subject = Span(sentence.passage, clause.subject_start, clause.subject_end)
    return any(reading.type_of(m) == "Institution" for m in reading.mentions_in(subject)[:1])


def _judge_passive(
    clause: Clause, doer: Doer, phrase: str, *, creates: bool, has_money: bool, subject: str, backed: bool
) -> Verdict:
    """ "A new group will be set up" promises; "people will be helped" hopes."""
    if clause.verb == "require" and doer is Doer.BODY:
        return Verdict(True, "will-be-required")
    if clause.verb in ("give", "offer", "guarantee") and (_RIGHT.match(phrase) or _EVERY.match(subject)):
        return Verdict(True, "will-receive")
    if clause.verb in ("spend", "reinvest", "ringfence", "ring-fence") and _PROCEEDS.search(subject):
        return Verdict(True, "will-be-spent")
    if clause.verb in ("task", "allocate", "devolve") and doer is not Doer.RESULT:
        return Verdict(True, "will-be-made")
    gives = clause.verb in ("give", "provide", "offer", "make", "put") and _SUPPORT.match(subject) is not None
    if backed and (gives or doer not in (Doer.RESULT, Doer.PRONOUN)):
        return Verdict(True, "will-be-done")
    is_new = doer is Doer.NEW or (
        doer is Doer.OTHER and (is_indefinite(subject) or has_money or _NEW.match(subject) is not None)
    )
    pays = doer is Doer.RESULT and (has_money or is_indefinite(subject) or clause.verb in ("make", "invest"))
    known = doer in (Doer.WE, Doer.BODY, Doer.PLAN) or (doer is Doer.OTHER and is_proper_name(subject))
    return either(creates and (is_new or pays or known), "will-be-made", "passive-without-doer")

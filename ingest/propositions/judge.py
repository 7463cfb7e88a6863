"""Whether a clause is a proposition: what its subject can promise, and what its verb does.

Each judgement has a name; it is the rule of the proposition where the clause is taken, the reason in `explain` where
it is passed over.
"""

import re

from ingest.propositions.clauses import Clause, Trigger
from ingest.propositions.promises import judge_will
from ingest.propositions.refusals import find_refusal
from ingest.propositions.rules import PropositionRules
from ingest.propositions.subjects import GOVERNING, Doer, classify_subject, is_indefinite, is_proper_name
from ingest.propositions.types import BODIES, Reading, Span
from ingest.propositions.verdict import IT, LETS, MONEY, Verdict, either

_WEAK_AIM = re.compile(r"(?i)\b(?:means?|aims?|aspires?|hopes?|wants?|wish(?:es)?|looking|look)\b")
_PLANS_AS_NOUN = re.compile(r"(?i)\b(?:have|has|had|out|with|of|our|its|their|the|new|no|local|detailed|and|\w+ed)\s*$")
_GOVERNMENT = re.compile(r"(?i)\b(?:government|ministers|defence|the uk)\b")
_IS_COMMITTED = re.compile(r"(?i)\b(?:is|are)(?: \w+)? committed to")
_HOSTS = re.compile(
    r"(?i)(?:become|be) (?:an? |the |two |three )?(?:\w+ )?"
    r"(?:pilots?|test ?beds?|homes?|hosts?|sites?|demonstrators?)\b"
)
_MAKING = frozenset(
    (
        *("establish", "launch", "create", "introduce", "develop", "set", "work", "prepare", "draw"),
        *("initiate", "commission", "roll", "embark"),
    )
)
_SOMETHING_NEW = re.compile(
    r"\w+ (?:up |on |out )?(?:an? |(?:[A-Z][\w&'-]+ ){2})"
)  # "is setting up a Board", not "is developing skills"
_WORKING_WITH = re.compile(
    r"working (?:closely |together |jointly )?(?:with|across|alongside)\b[^.;:]{3,160}? to (?P<verb>[a-z]+)\b"
)
_IN_PLACE = re.compile(r"putting in place\b")
_HELPS = frozenset({"help", "enable", "allow", "mean", "make"})  # "it" is then what was promised, not who did
_UNDERTAKEN = frozenset({"ensure", "make", "continue"})  # after "commits to", as against "is committed to"
_A_THING = re.compile(
    r"(?i)[\w-]+(?: up| out| on| forward| together| with \w+)? (?:an?|the|our|its|their|more|all|every)\b"
)
_INTENDED = re.compile(r"(?i)\b(?:intended|proposed|planned)\b")
_TARGET = re.compile(r"(?i)\bby (?:the end of )?(?:19|20)\d\d\b")  # an aim with a date is one that can be checked
_ONE_BODY = re.compile(
    r"(?i)\bthe (?:combined authority|council|county council|mayor|lep|board|partnership|university|college)$"
)
_TITLED = re.compile(
    r"(?i)\b(?:chief|chair\w*|director|minister|secretary|principal|leader|officer|official|councill?ors?|cllr|mrs?|ms|dr"
    r"|professor|lord|lady|sir|member)\b"
)


_TOLD = re.compile(
    r"(?i)(?:[\w ,']{1,50} (?:add|say|suggest|believe|think|argue|feel|propose|hope|note)s? that )?(?:the )?"
)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
ASKED = "government-could"  # what a department "could" do, a paper not its own asks of it


def judge(
    clause: Clause,
    sentence: Span,
    reading: Reading,
    rules: PropositionRules,
    *,
    owned_by_government: bool,
    follows_promise: bool = False,
) -> Verdict:
    """Decide on one clause of a sentence; `follows_promise` says that "it" stands for whoever promised just before."""
    text = reading.passages[sentence.passage].text
    phrase = text[clause.verb_start : clause.end]
    refusal = find_refusal(clause, sentence, text, phrase, rules)
    if refusal:
        return Verdict(False, refusal)
    acts = clause.verb in rules.verbs.action and clause.verb not in rules.verbs.effect
    doer = (
        Doer.BODY
        if follows_promise and clause.verb not in _HELPS
        else classify_subject(clause, sentence, reading, rules)
    )
    subject = text[clause.subject_start : clause.subject_end]
    if clause.reported and not _can(clause, sentence, reading):
        return Verdict(False, "hearsay")
    has_money = MONEY.search(phrase) is not None
    match clause.trigger:
        case Trigger.WILL:
            return judge_will(clause, doer, reading, sentence, rules, phrase=phrase, subject=subject)
        case Trigger.AGREED:
            vague = _IS_COMMITTED.search(text, clause.subject_end, clause.verb_start) is not None
            if clause.verb in ("be", "become"):  # "have agreed to be the first to take part"
                return Verdict(False, "state")
            known = acts or (not vague and clause.verb in rules.verbs.action and clause.verb not in LETS - _UNDERTAKEN)
            return either(doer in GOVERNING and (has_money or known), "agreed-to", "no-object")
        case Trigger.INTENDS:
            weak = _WEAK_AIM.search(text, clause.subject_end, clause.verb_start) is not None
            if _PLANS_AS_NOUN.search(subject) and not has_money:
                return Verdict(False, "plans-as-a-noun")
            told = clause.reported or reading.genre == "minutes"
            if not told and _INTENDED.search(text, clause.subject_end, clause.verb_start):
                return Verdict(False, "history")
            able = doer in GOVERNING or (doer is Doer.PRONOUN and not weak and IT.match(subject) is not None)
            known = (
                (acts and (not weak or _says_something(phrase, clause, sentence, reading)))
                or (not weak and clause.verb not in ("be", "have"))
                or (
                    not clause.verb
                    and doer in (Doer.WE, Doer.BODY)
                    and _says_something(phrase, clause, sentence, reading)
                )
                or (clause.verb not in ("be", "become") and _TARGET.search(phrase) is not None)
            )
            return either(able and known, "intends-to", "aim-without-object")
        case Trigger.GIVING:
            span = Span(sentence.passage, clause.subject_start, clause.subject_end)
            verbs = rules.verbs
            public = doer is Doer.WE or _GOVERNMENT.search(subject) is not None or _names(span, "Department", reading)
            paying = clause.verb in verbs.giving and (has_money or clause.verb in ("fund", "invest"))
            makes = clause.verb in _MAKING and _SOMETHING_NEW.match(phrase) is not None
            backs = clause.verb in ("support", "back") and has_money
            joint = _WORKING_WITH.match(phrase)
            joins = joint is not None and joint["verb"] in verbs.action - verbs.procedural
            gives = public and (paying or makes or backs or joins or _IN_PLACE.match(phrase) is not None)
            return either(doer in (Doer.WE, Doer.BODY, Doer.PLACE) and gives, "is-giving", "in-hand")
        case Trigger.EXPLORES:
            able = doer is Doer.WE or (doer is Doer.BODY and _can(clause, sentence, reading))
            return either(able and not owned_by_government, "explores", "mere-possibility")
        case Trigger.COULD:
            if owned_by_government or clause.reported:
                return Verdict(False, "mere-possibility")
            if acts and not clause.passive and _is_department(clause, sentence, reading):
                return Verdict(True, ASKED)
            if doer is Doer.WE and clause.verb in rules.verbs.action:
                return Verdict(True, "we-could")
            new = clause.passive and clause.verb in rules.verbs.creation and is_indefinite(subject)
            does = clause.verb in rules.verbs.action - _HELPS and not clause.passive
            opens = is_indefinite(subject) and clause.verb in ("open", "start", "launch", "run") and not clause.passive
            hosts = doer in (Doer.PLACE, Doer.BODY) and _HOSTS.match(phrase) is not None
            able = new or opens or hosts or (doer is Doer.BODY and does and _can(clause, sentence, reading))
            return either(able, "could", "mere-possibility")
        case Trigger.WOULD:
            able = doer in (*GOVERNING, Doer.NEW, Doer.OTHER) and (
                acts or (clause.passive and clause.verb in rules.verbs.action)
            )
            return either(able, "would-if", "mere-possibility")
        case Trigger.SHOULD:
            asked = _names(Span(sentence.passage, clause.subject_start, clause.subject_end), "Department", reading)
            taken = asked and not owned_by_government and doer is Doer.BODY
            return either(taken, "government-should", "opinion")
    return Verdict(False, "no-promise")


def _says_something(phrase: str, clause: Clause, sentence: Span, reading: Reading) -> bool:
    """Say whether a wish names something that can be held to: a name, a number, a thing that is to be made."""
    after = Span(sentence.passage, clause.verb_start, clause.end)
    return bool(re.search(r"\d", phrase) or _A_THING.match(phrase) or reading.mentions_in(after))


def _can(clause: Clause, sentence: Span, reading: Reading) -> bool:
    """Say whether the subject is one body, by name or as "the council", rather than a person, any firm or a place."""
    subject = Span(sentence.passage, clause.subject_start, clause.subject_end)
    named = any(reading.type_of(mention) in BODIES for mention in reading.mentions_in(subject))
    words = reading.text(subject)
    is_name = is_proper_name(words) and not _TITLED.search(words)
    return named or is_name or _ONE_BODY.search(words) is not None


def _is_department(clause: Clause, sentence: Span, reading: Reading) -> bool:
    """Say whether the subject is a department alone, be it told of: "We would add that UKRI could open …"."""
    subject = Span(sentence.passage, clause.subject_start, clause.subject_end)
    found = [m for m in reading.mentions_in(subject) if reading.type_of(m) == "Department"]
    if len(found) != 1:
        return False
    text = reading.passages[sentence.passage].text
    return (
        _TOLD.fullmatch(text, subject.start, found[0].start) is not None
        and not _IN_BRACKETS.sub("", text[found[0].end : subject.end]).strip()
    )


def _names(span: Span, type_: str, reading: Reading) -> bool:
    return any(reading.type_of(mention) == type_ for mention in reading.mentions_in(span))

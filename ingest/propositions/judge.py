"""Whether a clause is a proposition: what its subject can promise, and what its verb does.

Each judgement has a name; it is the rule of the proposition where the clause is taken, the reason in `explain` where
it is passed over.
"""

import re
from dataclasses import dataclass

from ingest.propositions.clauses import Clause, Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.subjects import GOVERNING, Doer, classify_subject, is_indefinite, is_proper_name
from ingest.propositions.types import BODIES, Reading, Span, Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """Taken or passed over, by which rule or for which reason."""

    taken: bool
    why: str


_MONEY = re.compile(
    r"(?:provide|offer|give) (?:[\w-]+ ){0,2}(?:investment|funding|grants|loans|finance)\b"
    r"|[£$€]\s?\d|\b\d[\d,.]*\s?(?:million|billion|m\b|bn\b)"
)
_WEAK_AIM = re.compile(r"(?i)\b(?:means?|aims?|aspires?|hopes?|wants?|wish(?:es)?|looking|look)\b")
_PLANS_AS_NOUN = re.compile(r"(?i)\b(?:have|has|had|out|with|of|our|its|their|the|new|no|local|detailed|and|\w+ed)\s*$")
_ABOUT_IT = re.compile(
    r"(?i)(?:match|support|fund|deliver|lead|use|welcome|back|join|take|do) (?:it|this|them|these)\s*\.?$"
)
_GOVERNMENT = re.compile(r"(?i)\b(?:government|ministers|defence|the uk)\b")
_AIM = re.compile(
    r"(?i)\b(?:objective|aim|purpose|ambition|goal|role|challenge|task|intention|vision|priority|mission|function|job|hope|point|answer|reason|test|question|way|idea)s?$"
)
_THE_TASK = re.compile(r"(?i)(?:the|our) (?:\w+ )?(?:challenge|task|aim|goal|ambition|job) (?:for|of|now|here)\b")
_IS_NAMED = re.compile(r"(?:(?<=\w )[A-Z][\w-]+|[A-Z]\))\s$")  # "the Clean Growth challenge"
_IS_COMMITTED = re.compile(r"(?i)\b(?:is|are)(?: \w+)? committed to")
_RELATIVE_ENDS = re.compile(r"(?i)^(?:which|who|whom|whose)\b|\b(?:which|that|who)$")
_GETS = re.compile(r"(?i)(?:receive|get|be given|share|access)\b")
_GIVEN = re.compile(r"(?i)\b(?:free|funded|guaranteed|entitled)\b")
_INCLUDES_MAKING = re.compile(
    r"(?i)include (?:introducing|establishing|launching|creating|setting up|developing|investing|appointing|building)\b"
)
_IS_PLAN = re.compile(r"(?i)\b(?:strategy|plan)$")  # what the paper itself will do, as against a fund's effects
_SEE_THAT = re.compile(r"(?i)see (?:that|to)\b|see [^.;]{3,80}? through\b")
# "sets out how the UK will …" tells of a promise that stands elsewhere.
_EMBEDDED = re.compile(
    r"(?i)\b(?:sets? out|show|explain|describe|outline|demonstrate|detail|consider|determine|of|on|about|as to)s?"
    r"\s+(?:how|why|whether|what)\s+[^,;:]{2,60}$"
)
_STEPS_WE_TAKE = re.compile(r"(?i)(?:take|do|undertake|adopt|use)(?:\s+(?:to|in|with|by|and|over)\b|\s*[.,;]|$)")
_STEPS = re.compile(
    r"(?i)\b(?:steps|actions?|measures|approach|things|work|projects|activities)\s(?:that\s)?[\w ]{2,20}$"
)
_SUBORDINATE = re.compile(r"(?i)\b(?:when|where|whenever|because|unless)\b[^.;]{0,60}$")
# "This is an investment, to meet the demand the NHS is going to face": what stands before the end has its verb.
_HOSTS = re.compile(
    r"(?i)(?:become|be) (?:an? |the |two |three )?(?:\w+ )?"
    r"(?:pilots?|test ?beds?|homes?|hosts?|sites?|demonstrators?)\b"
)
_REQUIRES = re.compile(
    r"(?i)require [^.;]{3,90}? to (?:be |have )?[a-z]|require [^.;]{3,90}? (?:from|of) (?:every|all|any|each)\b"
)
_PAYS = re.compile(r"(?i)(?:an?|the|some|up to|another|additional|further|£)\s?(?!.*\b(?:already|invested|spent)\b)")
_FREE = re.compile(r"(?i)(?:\w+ ){1,4}free\b(?! of| from| up| to)|[^.;]{3,60}\bfree of charge\b")
_EVERY = re.compile(r"(?i)(?:everyone|everybody|(?:every|all|each|any) \w)")
_PROCEEDS = re.compile(
    r"(?i)\b(?:pound|penny|money|rates|proceeds|receipts|revenues?|funds|funding|levy|savings|profits?|surplus)\b"
)
_IF_SO = re.compile(r"(?i)if (?:that|this|these|those|current|present|such)\b")  # a trend, not a condition of a promise
_TO_END = re.compile(r"to [a-z]+ (?!.*\bwe$)")
_STATES = re.compile(r"\b(?:is|are|was|were|has|have)\b")
_THE_FOLLOWING = re.compile(r"(?i)\bthe following\b.*:\s*$")
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
_WORK_WITH = re.compile(r"\bwork (?:closely |together |jointly )?with\b")
_IN_PLACE = re.compile(r"putting in place\b")
_HELPS = frozenset({"help", "enable", "allow", "mean", "make"})  # "it" is then what was promised, not who did
_UNDERTAKEN = frozenset({"ensure", "make", "continue"})  # after "commits to", as against "is committed to"
_RIGHT = re.compile(
    r"(?i)\w+ (?:the |a |an |more )?(?:new |legal )?(?:right|access|option|choice|chance|free|entitlement)\b"
)
_A_THING = re.compile(
    r"(?i)[\w-]+(?: up| out| on| forward| together| with \w+)? (?:an?|the|our|its|their|more|all|every)\b"
)
_INTENDED = re.compile(r"(?i)\b(?:intended|proposed|planned)\b")
_TARGET = re.compile(r"(?i)\bby (?:the end of )?(?:19|20)\d\d\b")  # an aim with a date is one that can be checked
_ONE_BODY = re.compile(
    r"(?i)\bthe (?:combined authority|council|county council|mayor|lep|board|partnership|university|college)$"
)
_AVAILABLE = re.compile(r"(?i)be (?:made )?(?:free|available|on sale|in place|up and running)\b")
_SETS_OUT = re.compile(r"(?i)(?:set|lay) out\b")
_THERE = re.compile(r"(?i)\bthere$")
_SUPPORT = re.compile(r"(?i)^(?:[\w-]+ ){0,3}(?:support|funding|help|money|grants?|advice|loans?|backing|assistance)$")
_TITLED = re.compile(
    r"(?i)\b(?:chief|chair\w*|director|minister|secretary|principal|leader|officer|official|councill?ors?|cllr|mrs?|ms|dr"
    r"|professor|lord|lady|sir|member)\b"
)
_ONE_MORE = re.compile(r"(?i)be (?:an? )?(?:new|additional|further|second|extra)\b")
_WHEN_OR_WHERE = re.compile(r"\b20\d\d\b|\b(?:in|at|on) (?:the )?[A-Z]")
_NEW = re.compile(r"(?i)(?:the|our) (?:first|new|next)\b")
_BY = re.compile(
    r"(?i)\b(?:by|(?:funded|paid for) (?:by|from|out of|through)|(?:money|funding) from"
    r"|with (?:an? |the |some |further )?(?:\w+ )?(?:grants?|support|funding|money|loans?|help|backing) (?:from|of))\s+"
    r"(?:the )?(?:[\w&' -]+ and )?(?:the )?$"
)
_IT = re.compile(r"(?i)(?:it|this|they|these)$")  # what was just promised, told of further
_THROUGH = re.compile(r"(?i)(?:through|from|with (?:money|funding|support|help) from|under)\s+(?:the )?$")
_LETS = frozenset(
    [
        "help",
        "enable",
        "allow",
        "ensure",
        "mean",
        "include",
        "run",
        "last",
        "begin",
        "cover",
        "require",
        "continue",
        "make",
    ]
)


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
    refusal = _refuse(clause, sentence, text, phrase, rules)
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
    has_money = _MONEY.search(phrase) is not None
    match clause.trigger:
        case Trigger.WILL:
            return _judge_will(clause, doer, reading, sentence, rules, phrase=phrase, subject=subject)
        case Trigger.AGREED:
            vague = _IS_COMMITTED.search(text, clause.subject_end, clause.verb_start) is not None
            if clause.verb in ("be", "become"):  # "have agreed to be the first to take part"
                return Verdict(False, "state")
            known = acts or (not vague and clause.verb in rules.verbs.action and clause.verb not in _LETS - _UNDERTAKEN)
            return _either(doer in GOVERNING and (has_money or known), "agreed-to", "no-object")
        case Trigger.INTENDS:
            weak = _WEAK_AIM.search(text, clause.subject_end, clause.verb_start) is not None
            if _PLANS_AS_NOUN.search(subject) and not has_money:
                return Verdict(False, "plans-as-a-noun")
            told = clause.reported or reading.genre == "minutes"
            if not told and _INTENDED.search(text, clause.subject_end, clause.verb_start):
                return Verdict(False, "history")
            able = doer in GOVERNING or (doer is Doer.PRONOUN and not weak and _IT.match(subject) is not None)
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
            return _either(able and known, "intends-to", "aim-without-object")
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
            return _either(doer in (Doer.WE, Doer.BODY, Doer.PLACE) and gives, "is-giving", "in-hand")
        case Trigger.EXPLORES:
            able = doer is Doer.WE or (doer is Doer.BODY and _can(clause, sentence, reading))
            return _either(able and not owned_by_government, "explores", "mere-possibility")
        case Trigger.COULD:
            if owned_by_government or clause.reported:
                return Verdict(False, "mere-possibility")
            if doer is Doer.WE and clause.verb in rules.verbs.action:
                return Verdict(True, "we-could")
            new = clause.passive and clause.verb in rules.verbs.creation and is_indefinite(subject)
            does = clause.verb in rules.verbs.action - _HELPS and not clause.passive
            opens = is_indefinite(subject) and clause.verb in ("open", "start", "launch", "run") and not clause.passive
            hosts = doer in (Doer.PLACE, Doer.BODY) and _HOSTS.match(phrase) is not None
            able = new or opens or hosts or (doer is Doer.BODY and does and _can(clause, sentence, reading))
            return _either(able, "could", "mere-possibility")
        case Trigger.WOULD:
            able = doer in (*GOVERNING, Doer.NEW, Doer.OTHER) and (
                acts or (clause.passive and clause.verb in rules.verbs.action)
            )
            return _either(able, "would-if", "mere-possibility")
        case Trigger.SHOULD:
            asked = _names(Span(sentence.passage, clause.subject_start, clause.subject_end), "Department", reading)
            taken = asked and not owned_by_government and doer is Doer.BODY
            return _either(taken, "government-should", "opinion")
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


def _names(span: Span, type_: str, reading: Reading) -> bool:
    return any(reading.type_of(mention) == type_ for mention in reading.mentions_in(span))


def _either(taken: bool, rule: str, reason: str) -> Verdict:
    return Verdict(taken, rule if taken else reason)


def _refuse(clause: Clause, sentence: Span, text: str, phrase: str, rules: PropositionRules) -> str:
    """Return why a clause cannot be a proposition whoever its subject is, or nothing."""
    if text[sentence.start : sentence.end].rstrip("'\")").endswith("?"):
        return "question"
    if clause.relative or _RELATIVE_ENDS.search(text[clause.subject_start : clause.subject_end]):
        return "relative-clause"
    if clause.negated:
        return "negated"
    if _THE_TASK.match(text, clause.subject_start, clause.subject_end):
        return "aim-without-object"
    aim = _AIM.search(text[clause.subject_start : clause.subject_end])
    if aim and not _IS_NAMED.search(text[clause.subject_start : clause.subject_start + aim.start()]):
        return "aim-without-object"
    if _IF_SO.match(text, sentence.start):
        return "forecast"
    if _ABOUT_IT.match(phrase):
        return "about-the-one-before"
    head = text[sentence.start : clause.subject_end]
    is_end = _TO_END.match(text, clause.subject_start, clause.subject_end) is not None
    if is_end and _STATES.search(text, sentence.start, clause.subject_start):
        return "tells-what-for"
    if _EMBEDDED.search(head) or (_STEPS.search(head) and _STEPS_WE_TAKE.match(phrase)):
        return "tells-of-a-promise"
    if clause.trigger is Trigger.INTENDS and _SUBORDINATE.search(head):
        return "subordinate"
    if _THE_FOLLOWING.search(text, clause.verb_start, sentence.end):
        return "lead-of-a-list"
    done_to = f"be {phrase}" if clause.passive and clause.trigger is not Trigger.SHOULD else phrase
    if rules.procedural_phrase.match(done_to) or rules.procedural_sentence.search(text, sentence.start, sentence.end):
        return "procedure"
    return ""


def _judge_will(
    clause: Clause, doer: Doer, reading: Reading, sentence: Span, rules: PropositionRules, *, phrase: str, subject: str
) -> Verdict:
    verbs, text = rules.verbs, reading.passages[sentence.passage].text
    has_money = _MONEY.search(phrase) is not None or (clause.passive and _MONEY.search(subject) is not None)
    creates = clause.verb in verbs.creation
    acts = clause.verb in verbs.action and clause.verb not in verbs.effect
    if clause.verb in verbs.procedural and not acts and not has_money:
        return Verdict(False, "procedure")
    if doer in (Doer.PAPER, Doer.NONE):
        return Verdict(False, "paper-or-people")
    if not clause.passive and _PAYS.match(subject) and _MONEY.search(subject) and clause.verb in verbs.action:
        return Verdict(True, "will-pay")
    if clause.passive:
        backed = clause.verb in verbs.action and not _IT.match(subject) and _is_backed(clause, sentence, reading)
        return _judge_passive(
            clause, doer, phrase, creates=creates, has_money=has_money, subject=subject, backed=backed
        )
    if clause.verb == "be":
        offered = _AVAILABLE.match(phrase) is not None and doer not in (Doer.RESULT, Doer.PRONOUN)
        one_more = _THERE.search(subject) is not None and _ONE_MORE.match(phrase) is not None
        return _either(offered or one_more, "will-be-there", "state")
    match doer:
        case Doer.WE if clause.verb == "see" and not _SEE_THAT.match(phrase):
            return Verdict(False, "forecast")
        case Doer.WE | Doer.BODY:
            rules_for_others = clause.verb == "require" and _REQUIRES.match(phrase) is not None
            return _either(rules_for_others or clause.verb not in rules.subjects.states, f"will-{doer}", "state")
        case Doer.PLACE:
            known = clause.verb in verbs.action and clause.verb not in rules.subjects.states and clause.verb != "see"
            gets = _GETS.match(phrase) is not None and has_money
            return _either(known or gets, "will-place", "forecast")
        case Doer.PLAN:
            gives = clause.verb in ("provide", "offer", "give")
            own = _IS_PLAN.search(subject) is not None and clause.verb in verbs.action and clause.verb not in _LETS
            joins = _WORK_WITH.search(text, clause.subject_end, clause.verb_start) is not None
            return _either(acts or own or joins or ((creates or gives) and has_money), "will-plan", "effect")
        case Doer.NEW:
            opens = clause.verb in ("open", "start", "launch", "begin") and _WHEN_OR_WHERE.search(phrase) is not None
            return _either(acts or opens, "will-new-body", "effect")
        case Doer.PRONOUN:
            pays = has_money and subject.lower() == "it"
            sets_out = _SETS_OUT.match(phrase) is not None
            makes = (
                pays
                or (creates and clause.verb not in verbs.effect and not sets_out)
                or _INCLUDES_MAKING.match(phrase) is not None
            )
            return _either(makes, "will-it", "elaboration")
        case Doer.RESULT if _FREE.match(phrase):
            return Verdict(True, "will-receive")
        case Doer.OTHER:
            gets = _FREE.match(phrase) is not None or (
                _GETS.match(phrase) is not None and (has_money or _GIVEN.search(phrase) is not None)
            )
            if acts and is_proper_name(subject):
                return Verdict(True, "will-named")
            return _either(gets, "will-receive", "forecast")
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
    return _either(creates and (is_new or pays or known), "will-be-made", "passive-without-doer")


def find_status(text: str, rules: PropositionRules, trigger: Trigger | None) -> Status:
    """Return how far the words promise: tentative wording first, then conditions, else firm."""
    if trigger in (Trigger.COULD, Trigger.WOULD, Trigger.INTENDS, Trigger.EXPLORES) and not re.search(
        r"(?i)\b(?:aims?|seeks?) to\b", text
    ):
        return Status.TENTATIVE
    if rules.tentative.search(text):
        return Status.TENTATIVE
    return Status.CONDITIONAL if rules.conditional.search(text) else Status.FIRM

"""Why a clause is no proposition whoever its subject is: questions, reports, aims, procedure."""

import re

from ingest.propositions.clauses import Clause, Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import Span

_ABOUT_IT = re.compile(
    r"(?i)(?:match|support|fund|deliver|lead|use|welcome|back|join|take|do) (?:it|this|them|these)\s*\.?$"
    r"|(?:submit|finish|complete|publish|announce) (?:it|them|this)\b|put (?:it|that|this|them) right\b"
    r"|build on (?:it|that|this|these)\b"
)
_AIM = re.compile(
    r"(?i)\b(?:objective|aim|purpose|ambition|goal|role|challenge|task|intention|vision|priority|mission|function|job"
    r"|hope|point|answer|reason|test|question|way|idea)s?$"
)
_THE_TASK = re.compile(r"(?i)(?:the|our) (?:\w+ )?(?:challenge|task|aim|goal|ambition|job) (?:for|of|now|here)\b")
_IS_NAMED = re.compile(r"(?:(?<=\w )[A-Z][\w-]+|[A-Z]\))\s$")  # "the Clean Growth challenge"
_RELATIVE_ENDS = re.compile(r"(?i)^(?:which|who|whom|whose)\b|\b(?:which|that|who)$")
# "sets out how the UK will …" tells of a promise that stands elsewhere.
_EMBEDDED = re.compile(
    r"(?i)\b(?:sets? out|show|explain|describe|outline|demonstrate|detail|consider|determine"
    r"|ask|asked|wonder|discuss|of|on|about|as to)s?"
    r"\s+(?:how|why|whether|what)\s+[^,;:]{2,60}$"
    r"|^(?:so )?(?:here|this|that)(?: is|'s) what\b[^,;:]{0,60}$"
)
_STEPS_WE_TAKE = re.compile(r"(?i)(?:take|do|undertake|adopt|use)(?:\s+(?:to|in|with|by|and|over)\b|\s*[.,;]|$)")
_STEPS = re.compile(
    r"(?i)\b(?:steps|actions?|measures|approach|things|work|projects|activities)\s(?:that\s)?[\w ]{2,20}$"
)
_SUBORDINATE = re.compile(r"(?i)\b(?:when|where|whenever|because|unless)\b[^.;]{0,60}$")
_IF_SO = re.compile(r"(?i)if (?:that|this|these|those|current|present|such)\b")  # a trend, not a condition of a promise
# "This is an investment, to meet the demand the NHS is going to face": what stands before the end has its verb.
_WE_THINK = re.compile(r"(?i)(?:(?:and|but|so) )?(?:i|we) (?:also |do |still )?(?:think|hope|believe|trust|imagine)\b")
_TO_END = re.compile(r"to [a-z]+ (?!.*\bwe$)")
_STATES = re.compile(r"\b(?:is|are|was|were|has|have)\b")
_AIRED = re.compile(r"(?i)\bit was (?:suggested|thought|felt|hoped) that\b")  # in minutes, by somebody
_THE_FOLLOWING = re.compile(r"(?i)\bthe following\b.*:\s*$")


def find_refusal(clause: Clause, sentence: Span, text: str, phrase: str, rules: PropositionRules) -> str:
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
    if clause.trigger is Trigger.WILL and _WE_THINK.match(text, sentence.start, clause.verb_start):
        return "forecast"
    if _ABOUT_IT.match(phrase):
        return "about-the-one-before"
    head = text[sentence.start : clause.subject_end]
    is_end = _TO_END.match(text, clause.subject_start, clause.subject_end) is not None
    if is_end and _STATES.search(text, sentence.start, clause.subject_start):
        return "tells-what-for"
    if _AIRED.search(head):
        return "aired-at-a-meeting"
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

"""Points under a lead: whether they are propositions, and who promises them.

The lead of a run of points is the paragraph, point of a higher level or heading straight before it. A lead that ends
in a promise ("Government and the region will:") gives its subject to each point; one that names actions, asks or aims
makes propositions of points that begin with a verb; one that tells history, asks the reader, or recommends papers to a
board makes none.
"""

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum

from graph.model import PassageKind
from ingest.propositions.clauses import Clause, Trigger, find_clauses
from ingest.propositions.rules import PropositionRules
from ingest.propositions.subjects import GOVERNING, classify_subject
from ingest.propositions.types import Reading, Span
from ingest.sentences import find_sentences


class LeadKind(StrEnum):
    """What a lead makes of its points."""

    PROMISE = "promise"
    ASK = "ask"
    RESOLVED = "resolved"
    OWN = "own"  # the lead is the proposition, the points are parts of it
    REFUSE = "refuse"  # neither points nor the sentences in them
    PASSED = "passed"  # the points by themselves promise nothing; a sentence in them may
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead of a run of points: `subject` promises or is asked; `gerunds` says that points may begin with -ing."""

    kind: LeadKind
    span: Span
    reason: str
    subject: Span | None = None
    trigger: Trigger | None = None
    gerunds: bool = False
    is_open: bool = False  # ends in the promise itself ("will:"), so that each point goes on with its verb
    wants_nouns: bool = False  # ends in a preposition ("will build on:"), so that each point is an object


_ASKED = re.compile(
    r"(?i)\b(?:is|are|be) (?:therefore |hereby |respectfully )?(?:asked|recommended|requested|invited|urged|called on|called upon) to\s*$"
)
_RECOMMENDS = re.compile(
    r"(?i)\b(?:asks?|calls? (?:on|upon)|urges?|recommends?|requests?|want|wants|would like|invites?|need|needs|seeks?|looking to|asking|calling on)\s+(?:that\s+)?(?P<asked>[^:]*?)\s*(?:to|should|must)?\s*$"
)
_RESOLVED = re.compile(r"(?i)^(?:it was )?(?:resolved|agreed|decided|decision|resolution)s?(?: that)?\W*$")
_QUESTION = re.compile(
    r"(?i)^(?:what|which|who|why|how|when|where|should|would|do|does|did|could|can|is|are|have|has)\b(?! \w+ will do)"
)
_COLLABORATES = frozenset(
    {
        "work",
        "collaborate",
        "cooperate",
        "co-operate",
        "partner",
        "continue",
        "seek",
        "aim",
        "look",
        "act",
        "join",
        "commit",
        "be",
        "do",
        "take",
        "use",
        "",
    }
)
_PAD = " x"
_OBJECT_WANTING = (" on", " upon", " in", " into", " around", " at", " for")
_SHORT_OBJECT = 40


def read_lead(ordinal: int, reading: Reading, rules: PropositionRules) -> Lead:
    """Say what the passage before a run of points makes of them."""
    passage = reading.passages[ordinal]
    sentences = find_sentences(passage.text)
    start, end = sentences[-1]
    words = passage.text[start:end].rstrip(" :;-–—…")
    whole = Span(ordinal, start, end)
    if passage.text[start:end].rstrip().endswith("?") or (
        _QUESTION.match(words)
        and passage.kind is not PassageKind.HEADING
        and passage.text.rstrip().endswith(("?", ":"))
    ):
        return Lead(LeadKind.REFUSE, whole, "points-of-a-question")
    if _RESOLVED.match(words):
        return Lead(LeadKind.RESOLVED, whole, "resolved")
    asked = _ASKED.search(words)
    if asked:
        return _asked_lead(whole, Span(ordinal, start, start + asked.start()), reading)
    clause = _open_clause(passage.text[: start + len(words)] + _PAD, start, start + len(words) + len(_PAD), rules)
    is_open = (
        passage.text.rstrip().endswith((":", "-", "–", "—", "…"))
        or re.search(r"(?i)\b(?:will|to|by)$", words) is not None
    )
    if clause and is_open:
        lead = _promising_lead(clause, words, whole, reading, rules)
        if lead:
            return lead
    recommends = _RECOMMENDS.search(words) if is_open else None
    if recommends and _has_department(
        Span(ordinal, start + recommends.start("asked"), start + recommends.end("asked")), reading
    ):
        return Lead(
            LeadKind.ASK,
            whole,
            "asks",
            Span(ordinal, start + recommends.start("asked"), start + recommends.end("asked")),
            Trigger.ASKS,
        )
    if rules.refusing.search(words):
        return Lead(LeadKind.PASSED, whole, "points-of-history-or-housekeeping")
    if rules.promising.search(words) and (is_open or passage.kind is PassageKind.HEADING):
        return Lead(LeadKind.PROMISE, whole, "promising-lead", _subject_of(whole, reading), Trigger.WILL, gerunds=True)
    return Lead(LeadKind.NEUTRAL, whole, "no-lead")


def _open_clause(text: str, start: int, end: int, rules: PropositionRules) -> Clause | None:
    clauses = [clause for clause in find_clauses(text, start, end, rules.verbs) if not clause.negated]
    return clauses[-1] if clauses else None


def _promising_lead(clause: Clause, words: str, whole: Span, reading: Reading, rules: PropositionRules) -> Lead | None:
    """Return the lead that a clause makes, unless it says what should be or only describes."""
    if clause.trigger is Trigger.SHOULD or clause.relative:
        return None
    subject = Span(whole.passage, clause.subject_start, clause.subject_end)
    after_trigger = len(words) - (clause.verb_start - whole.start)
    lead = Lead(LeadKind.PROMISE, whole, f"lead-{clause.trigger}", subject, clause.trigger)
    if after_trigger <= 1 or (words.lower().endswith(" to") and clause.verb in _COLLABORATES):
        return dataclasses.replace(lead, is_open=True)
    if words.lower().endswith((" by", " through")):
        return dataclasses.replace(lead, gerunds=True)
    can_promise = clause.trigger is Trigger.INTENDS or classify_subject(clause, whole, reading, rules) in GOVERNING
    if words.lower().endswith(_OBJECT_WANTING) and can_promise:
        return dataclasses.replace(lead, gerunds=True, wants_nouns=True)
    if clause.verb in ("do", "take", "deliver") and after_trigger < _SHORT_OBJECT:  # "will take these steps:"
        return lead
    return dataclasses.replace(lead, kind=LeadKind.OWN, reason="parts-of-the-lead")


def _asked_lead(whole: Span, subject: Span, reading: Reading) -> Lead:
    if _has_department(subject, reading):
        return Lead(LeadKind.ASK, whole, "is-asked-to", subject, Trigger.ASKS)
    return Lead(LeadKind.REFUSE, whole, "procedure-of-a-board")


def _has_department(span: Span, reading: Reading) -> bool:
    return any(reading.type_of(mention) == "Department" for mention in reading.mentions_in(span))


def _subject_of(whole: Span, reading: Reading) -> Span | None:
    """A heading such as "What BTVLEP and Government will do together" names who promises."""
    will = re.search(r"(?i)^(?:what|how)\s+(.+?)\s+will\b|^(.+?)\s+(?:will|action)\b", reading.text(whole))
    if not will:
        return None
    group = 1 if will.group(1) else 2
    return Span(whole.passage, whole.start + will.start(group), whole.start + will.end(group))


_LABEL = re.compile(r"^(?P<label>[^.:–—]{2,80}?)\s*(?:[.:]|\s[–—-])\s+(?=\S)")
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_NO_VERBS = frozenset(
    {
        "a",
        "an",
        "the",
        "our",
        "its",
        "their",
        "this",
        "these",
        "by",
        "in",
        "on",
        "for",
        "with",
        "from",
        "through",
        "more",
        "new",
        "better",
    }
)
_NOUN_AFTER = frozenset({"for", "of", "on", "and", "in", "at", "between", "is", "are", "was"})
_VERB_WITH = frozenset(
    {
        "allow",
        "apply",
        "bid",
        "call",
        "look",
        "ask",
        "press",
        "lobby",
        "invest",
        "focus",
        "build",
        "expand",
        "draw",
        "work",
        "engage",
        "collaborate",
        "partner",
        "act",
        "report",
        "consult",
        "liaise",
        "deliver",
        "continue",
        "take",
        "join",
        "agree",
        "explore",
        "lead",
        "capitalise",
        "put",
        "bring",
        "set",
    }
)


def goes_on(text: str, start: int, end: int) -> bool:
    """Say whether a point goes on with the verb that an open lead ("will:") waits for: any word that can be one."""
    word = _WORD.match(text, start, end)
    return (
        word is not None and word.group().islower() and word.group() not in _NO_VERBS and " " in text[start:end].strip()
    )


def find_verb(text: str, start: int, end: int, rules: PropositionRules, *, gerunds: bool) -> tuple[int, int] | None:
    """Return where a point's label (or ends at `start`) and its opening verb begin, or None where none opens it.

    A noun that looks like a verb ("Support for", "Review of", "Pilot on") does not count, nor does a bare word.
    """
    begin = start
    text_match = re.compile(r"(?:and|or|to|we will|will)\s+", re.IGNORECASE).match(text, start, end)
    if text_match:
        begin = text_match.end()
    if _opens(text, begin, end, rules, gerunds=gerunds):
        return start, begin
    label = _LABEL.match(text[start:end])
    if label and len(label.group("label").split()) <= 9:
        after = start + label.end()
        if _opens(text, after, end, rules, gerunds=gerunds):
            return start, after
    return None


def _opens(text: str, start: int, end: int, rules: PropositionRules, *, gerunds: bool) -> bool:
    adverb = re.compile(r"(?:\w+ly|also|then|further|jointly)\s+(?=[a-z])", re.IGNORECASE).match(text, start, end)
    word = _WORD.match(
        text, adverb.end() if adverb and rules.verbs.forms.get(adverb.group().strip().lower()) is None else start, end
    )
    if not word:
        return False
    form = rules.verbs.forms.get(word.group().lower())
    if not form or form[1] not in (("base", "gerund") if gerunds else ("base",)) or form[0] in ("be", "have"):
        return False
    following = _WORD.match(text, word.end() + 1, end) if text[word.end() : word.end() + 1] == " " else None
    rest = text[word.end() : end].strip()
    if not rest or rest[0] in ":;,":
        return rest[:1] == ","
    if len(rest.split()) < 2 and form[1] == "base":
        return False
    if following and following.group().lower() in _NOUN_AFTER and form[1] == "base" and form[0] not in _VERB_WITH:
        return following.group().lower() == "and" and _opens(text, following.end() + 1, end, rules, gerunds=gerunds)
    return True

"""What stands before a run of points, and what it makes of them.

A lead that ends in a promise ("Government and the region will:") gives its subject to each point; one that asks ("We
should like:", a heading "To the Department for Transport" under "Asks") makes asks of them; one that names actions or
aims makes propositions of points that begin with a verb; one that tells history makes none, one that asks the reader or
hands papers to a board refuses them whole.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from graph.model import Passage, PassageKind
from ingest.propositions.clauses import Clause, Trigger, find_clauses
from ingest.propositions.points import find_verb
from ingest.propositions.rules import PropositionRules
from ingest.propositions.subjects import GOVERNING, classify_subject
from ingest.propositions.types import Reading, Span

OF_OTHERS = frozenset(
    {"letter", "hansard", "consultation response", "manifesto", "minutes", "news", "board paper", "project pipeline"}
)  # papers that name departments much without being theirs


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
    """The lead of a run of points: `subject` promises, or is asked; `gerunds` says that points may begin with -ing."""

    kind: LeadKind
    span: Span
    reason: str
    subject: Span | None = None
    trigger: Trigger | None = None
    gerunds: bool = False
    is_open: bool = False  # ends in the promise itself ("will:"), so that each point goes on with its verb
    names_actions: bool = False  # says no more than that what follows are actions
    wants_nouns: bool = False  # ends in a preposition ("will build on:"), so that each point is an object


_ASKED = re.compile(
    r"(?i)\b(?:is|are|be) (?:therefore |hereby |respectfully )?"
    r"(?:asked|recommended|requested|invited|urged|called on|called upon) to(?: do)?\s*$"
)
_RECOMMENDS = re.compile(
    r"(?i)\b(?:asks?|calls? (?:on|upon)|urges?|recommends?|requests?|wants?|would like|should like|invites?|needs?"
    r"|seeks?|looking to|asking|calling on)\s+(?:that\s+)?(?P<asked>[^:]*?)\s*(?:to|should|must)?\s*$"
)
_LIKES = re.compile(
    r"(?i)\b(?:we|partners|leaders|members)\s+(?:also |now |therefore )*"
    r"(?:(?:would|should) like|ask for|ask|call for|seek|are asking for|are calling for|are seeking"
    r"|(?:need|want)(?: from (?:you|government))?)\s*$"
    r"|\b(?:i|we) (?:should|would) be (?:\w+ )?(?:grateful|glad|pleased|obliged) if\s*$"
)
_COMMITS = re.compile(
    r"(?i)\b(?:commits?|binds?) (?P<who>[^,:;]+?) to"
    r"(?: the following| \w+ (?:things|actions|measures|steps|commitments))?$"
)
_CONTAINS = re.compile(
    r"(?i)\b(?:strategy|plan|bid|deal|programme|submission|package|offer|proposals?|challenge|fund|investment|initiative)\b"
    r".{0,40}\b(?:should|will|would|must|is to) (?:contain|include|comprise|consist of|involve)(?: the following)?$"
)
_IN_TIME = re.compile(r"(?i),? ?(?:in|over|during|by|within|before|from|this|next|between|for)\b[^.;:]*$")
_RESOLVED = re.compile(
    r"(?i)^(?:(?:the )?(?:[\w&-]+ ){0,4}(?:board|committee|authority|partnership|cabinet|council|members|lep) )?"
    r"(?:it was |was )?(?:also )?(?:unanimously )?(?:resolved|agreed|decided|decision|resolution)s?(?: that| to)?"
    r"(?: (?:the|this|its) [\w ]{2,40} (?:should|would|must) (?:say|state|provide))?\W*$"
)
_QUESTION = re.compile(
    r"(?i)^(?:what|which|who|why|how|when|where|should|would|do|does|did|could|can|is|are|have|has)\b(?! \w+ will do)"
)
_ASKS = re.compile(
    r"(?i)\basks?\b|\bwhat we(?: are| now)? (?:ask|need|want|seek)(?:ing)?\b|\bour requests?\b"
    r"|\brequests? (?:of|to) (?:government|hmg|ministers)\b"
)
_TO_WHOM = re.compile(r"(?i)^(?:to|for|of|from|asks? (?:of|to|for))\s+")
_HEADING_SUBJECT = re.compile(
    r"(?i)^(?:(?:what|how)\s+(?P<doer>.+?)\s+(?:will|would|can|means? to|plans? to|intends? to|proposes? to|wants? to"
    r"|(?:is|are) going to)\b|(?P<actor>.+?)\s+(?:will|actions?)\b)"
)
_OPEN_END = (":", "-", "–", "—", "…")
_PAD = " x"
# A paper that says in its title that it lists what is to be done: each of its points is an action.
_LIST_OF_ACTIONS = re.compile(
    r"(?i)\b(?:(?:summary|list|schedule|table) of (?:\w+ ){0,2}(?:actions|commitments|measures)|headline actions)\b"
)
# A heading or lead that says no more than that what follows are actions.
_ACTIONS = re.compile(
    r"(?i)(?:(?:our|the|key|main|priority|proposed|agreed|next|further)\s+)*"
    r"(?:actions|commitments|interventions|proposals|steps)\W*"
)
_RETOLD = re.compile(r"(?i)\b(?:outlined|described|summarised|recalled|recounted)\b")  # what another paper aims at
_ACTION_OF = re.compile(r"(?i)^(?:\w+ ){1,4}actions?\b")  # "Industry action to support AI"
_ENUMERATES = re.compile(
    r"(?i)\b(?:the following|these|two|three|four|five|six|seven|eight|ten|\d+)(?: \w+)?"
    r" (?:points|things|fronts|matters|steps|actions|measures|counts|ways|areas|commitments|requests|proposals)$"
)
_RECOMMENDATIONS = re.compile(r"(?i)(?:[\d.]+ )?recommendations?\b")
_NOTES = re.compile(r"(?i)(?:to )?(?:note|receive)\b")
_FEW, _MOSTLY = 2, 0.6  # points that act, and their share, that make a list of actions
_OBJECT_WANTING = (" on", " upon", " in", " into", " around", " at", " for")
_SHORT_OBJECT = 40  # characters of "take these steps", which names no object of its own


def find_lead(previous: int | None, ordinal: int, reading: Reading, rules: PropositionRules) -> Lead:
    """Read the passage before the points that begin at `ordinal`; where it says nothing, the heading above them."""
    found = read_lead(previous, reading, rules) if previous is not None else None
    nearest = next(_headings_above(ordinal, reading), None)
    if (
        nearest is not None
        and _RECOMMENDATIONS.match(reading.passages[nearest].text)
        and _board_decides(ordinal, reading)
    ):
        return Lead(LeadKind.REFUSE, reading.whole(nearest), "procedure-of-a-board")
    if found and found.kind is not LeadKind.NEUTRAL:
        return found
    if nearest is not None and nearest != previous:
        own = read_lead(nearest, reading, rules)
        if own.kind in (LeadKind.PROMISE, LeadKind.ASK) and own.subject:
            return own
    else:
        own = None
    above = _actors_heading(ordinal, reading, rules)
    if above:
        return above
    found = found or Lead(LeadKind.NEUTRAL, reading.whole(ordinal), "no-lead")
    if own and own.kind in (LeadKind.PROMISE, LeadKind.ASK):
        return own
    promising = dataclasses.replace(found, kind=LeadKind.PROMISE, trigger=Trigger.WILL)
    if _LIST_OF_ACTIONS.search(reading.title):
        return dataclasses.replace(promising, reason="list-of-actions", gerunds=True, wants_nouns=True)
    if reading.genre not in OF_OTHERS | {"consultation"} and _mostly_acts(ordinal, reading, rules):
        return dataclasses.replace(promising, reason="verb-first")
    return found


def _headings_above(ordinal: int, reading: Reading) -> Iterator[int]:
    """Yield the passages of the headings that a passage stands under, the nearest first."""
    passages, path, at = reading.passages, reading.passages[ordinal].path, ordinal
    for depth in range(len(path), 0, -1):
        at = next(
            (
                above
                for above in range(at - 1, -1, -1)
                if passages[above].kind is PassageKind.HEADING and passages[above].text == path[depth - 1]
            ),
            -1,
        )
        if at < 0:
            return
        yield at


def _actors_heading(ordinal: int, reading: Reading, rules: PropositionRules) -> Lead | None:
    """Return the heading further up that says whose actions follow: "Government action to support X" in a deal."""
    for heading in _headings_above(ordinal, reading):
        found = read_lead(heading, reading, rules)
        if found.kind is LeadKind.PROMISE and found.subject:
            return found
    return None


def _board_decides(ordinal: int, reading: Reading) -> bool:
    """Say whether one of the points that begin here is to note something: a board's own decisions."""
    points = takewhile(lambda passage: passage.kind is PassageKind.ITEM, reading.passages[ordinal:])
    return any(_NOTES.match(point.text) for point in points)


def _mostly_acts(ordinal: int, reading: Reading, rules: PropositionRules) -> bool:
    """Say whether the points that begin here mostly open with a verb: a list of actions without a lead."""
    points = []
    for passage in reading.passages[ordinal:]:
        if passage.kind is not PassageKind.ITEM:
            break
        if passage.level == reading.passages[ordinal].level:
            points.append(passage.text)
    acting = sum(find_verb(text, 0, len(text), rules, gerunds=False) is not None for text in points)
    return acting >= _FEW and acting >= _MOSTLY * len(points)


def read_lead(ordinal: int, reading: Reading, rules: PropositionRules, *, within: Span | None = None) -> Lead:
    """Say what the passage before a run of points makes of them; `within` is a lead that its own sentence goes on."""
    passage = reading.passages[ordinal]
    start, end = (within.start, within.end) if within else (reading.sentences(ordinal) or [(0, 0)])[-1]
    words = passage.text[start:end].rstrip(" :;-–—…")
    whole = Span(ordinal, start, end)
    is_open = (
        within is not None
        or passage.text.rstrip().endswith(_OPEN_END)
        or re.search(r"(?i)\b(?:will|to|by)$", words) is not None
    )
    if _is_question(passage, words, passage.text[start:end]):
        return Lead(LeadKind.REFUSE, whole, "points-of-a-question")
    if _RESOLVED.match(words):
        return Lead(LeadKind.RESOLVED, whole, "resolved")
    asked = _ASKED.search(words)
    if asked:
        return _asked_lead(whole, Span(ordinal, start, start + asked.start()), reading)
    if is_open and _CONTAINS.search(words):
        return Lead(LeadKind.PROMISE, whole, "contains", trigger=Trigger.INTENDS, gerunds=True, wants_nouns=True)
    commits = _COMMITS.search(words) if is_open else None
    if commits:
        who = Span(ordinal, start + commits.start("who"), start + commits.end("who"))
        return Lead(LeadKind.PROMISE, whole, "commits", who, Trigger.AGREED, gerunds=True, is_open=True)
    lead = _asking_lead(passage, words, whole, reading, is_open=is_open)
    if lead is None and is_open:
        lead = _promising_lead(passage, words, whole, reading, rules)
    if lead:
        return lead
    if rules.refusing.search(words):
        return Lead(LeadKind.PASSED, whole, "points-of-history-or-housekeeping")
    if rules.promising.search(words) and (is_open or passage.kind is PassageKind.HEADING):
        subject = _heading_subject(words, whole)
        names_actions = _ACTIONS.fullmatch(passage.text, start, end) is not None or (
            subject is not None and passage.kind is PassageKind.HEADING and _ACTION_OF.search(words) is not None
        )
        return Lead(
            LeadKind.PROMISE, whole, "promising-lead", subject, Trigger.WILL, gerunds=True, names_actions=names_actions
        )
    return Lead(LeadKind.NEUTRAL, whole, "no-lead")


def _is_question(passage: Passage, words: str, sentence: str) -> bool:
    if sentence.rstrip().endswith("?"):
        return True
    asks = _QUESTION.match(words) is not None and passage.kind is not PassageKind.HEADING
    return asks and passage.text.rstrip().endswith(":")


def _asked_lead(whole: Span, subject: Span, reading: Reading) -> Lead:
    if _has_department(subject, reading):
        return Lead(LeadKind.ASK, whole, "is-asked-to", subject, Trigger.ASKS, is_open=True)
    return Lead(LeadKind.REFUSE, whole, "procedure-of-a-board")


def _asking_lead(passage: Passage, words: str, whole: Span, reading: Reading, *, is_open: bool) -> Lead | None:
    """Return the lead of asks: of a department by name, of whoever its points name, or of a heading's addressee."""
    if passage.kind is PassageKind.HEADING:
        above = " / ".join([*passage.path, words])
        addressed = _TO_WHOM.match(words) is not None and _has_department(whole, reading)
        if _ASKS.search(above) and (addressed or _ASKS.search(words)):
            subject = whole if _has_department(whole, reading) else None
            return Lead(LeadKind.ASK, whole, "asks-heading", subject, Trigger.ASKS)
        return None
    if not is_open:
        return None
    if _LIKES.search(words):
        return Lead(LeadKind.ASK, whole, "should-like", None, Trigger.ASKS)
    recommends = _RECOMMENDS.search(words)
    if recommends:
        subject = Span(whole.passage, whole.start + recommends.start("asked"), whole.start + recommends.end("asked"))
        if _has_department(subject, reading):
            return Lead(LeadKind.ASK, whole, "asks", subject, Trigger.ASKS, is_open=words.endswith(" to"))
    return None


def _promising_lead(
    passage: Passage, words: str, whole: Span, reading: Reading, rules: PropositionRules
) -> Lead | None:
    """Return the lead that the last clause makes, unless it says what should be or only describes."""
    end = whole.start + len(words)
    clauses = find_clauses(passage.text[:end] + _PAD, whole.start, end + len(_PAD), rules.verbs)
    clause = next((found for found in reversed(clauses) if not found.negated), None)
    if clause is None or clause.trigger is Trigger.SHOULD or clause.relative:
        return None
    if clause.trigger is Trigger.INTENDS and _RETOLD.search(words):
        return None
    subject = Span(whole.passage, clause.subject_start, clause.subject_end)
    lead = Lead(LeadKind.PROMISE, whole, f"lead-{clause.trigger}", subject, clause.trigger)
    after_trigger = len(words) - (clause.verb_start - whole.start)
    lowered = words.lower()
    waits = not clause.verb and _IN_TIME.match(words, clause.verb_start - whole.start) is not None
    if after_trigger <= 1 or waits or (lowered.endswith(" to") and clause.verb in rules.points.joint_verbs):
        return dataclasses.replace(lead, is_open=True)
    if lowered.endswith((" by", " through")):
        return dataclasses.replace(lead, gerunds=True)
    if lowered.endswith(_OBJECT_WANTING) and _can_promise(clause, whole, reading, rules):
        return dataclasses.replace(lead, gerunds=True, wants_nouns=True)
    if _ENUMERATES.search(words) or (clause.verb in ("do", "take", "deliver") and after_trigger < _SHORT_OBJECT):
        return lead
    return dataclasses.replace(lead, kind=LeadKind.OWN, reason="parts-of-the-lead")


def _can_promise(clause: Clause, whole: Span, reading: Reading, rules: PropositionRules) -> bool:
    return clause.trigger is Trigger.INTENDS or classify_subject(clause, whole, reading, rules) in GOVERNING


def _has_department(span: Span, reading: Reading) -> bool:
    return any(reading.type_of(mention) == "Department" for mention in reading.mentions_in(span))


def _heading_subject(words: str, whole: Span) -> Span | None:
    """A heading such as "What BTVLEP and Government will do together" names who promises."""
    match = _HEADING_SUBJECT.match(words)
    if not match:
        return None
    group = "doer" if match["doer"] else "actor"
    return Span(whole.passage, whole.start + match.start(group), whole.start + match.end(group))

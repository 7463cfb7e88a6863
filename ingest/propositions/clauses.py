"""Who will do what: the promising parts of a sentence, found by the words that promise.

A clause is a subject, a trigger ("will", "has agreed to", "is investing", "calls on") and the verb that follows.
Subjects are the run of words before the trigger; text between commas that only describes it ("chaired by X and
supported by Y,") is stepped over, as is what comes before it ("Subject to business case,").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.propositions.rules import Verbs


class Trigger(StrEnum):
    """How a clause promises."""

    WILL = "will"
    AGREED = "agreed"  # has agreed to, commits to, pledges to
    INTENDS = "intends"  # intends to, proposes to, seeks to, would like to
    GIVING = "giving"  # is investing, is funding
    COULD = "could"
    SHOULD = "should"
    ASKS = "asks"  # asks Government to, calls on X to, we recommend that


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


_ADVERB = (
    r"(?:(?:also|then|now|further|furthermore|therefore|thus|next|again|all|each|both|together|jointly|collectively|continually|actively"
    r"|immediately|shortly|soon|initially|first|instead|still|only|always|never|either|in addition|in turn|in future|over time|where \w+|"
    r"as a result|as soon as possible|\w+ly)\s+)"
)
_TRIGGERS: tuple[tuple[Trigger, str], ...] = (
    (Trigger.WILL, r"(?:(?:will|shall|(?:is|are|am)(?= (?:going )?to \w)(?: going)? to)(?P<not> not| never)?|(?<=[a-zA-Z])'ll(?P<not4> not| never)?)(?:\s+|(?=,\s))"),
    (Trigger.AGREED, r"(?:(?:have|has|having) (?:both |all |each |also |now |since )*(?:agreed|committed|pledged|undertaken|promised) to|(?:commits?|pledges?|undertakes?|promises?|agrees?|guarantees?)(?: itself| ourselves)? to|(?:is|are) committed to)\s+"),
    (Trigger.INTENDS, r"(?:(?:intends?|proposes?|(?:has|have) (?:plans|proposals)|plans?|seeks?|aims?|aspires?|hopes?|wants?|wishes|wish|is seeking|are seeking|is planning|are planning|is proposing|are proposing|would like|is looking|are looking) to)\s+"),
    (Trigger.COULD, r"(?:could|(?-i:may)|might)(?P<not2> not| never)?(?:\s+|(?=,\s))"),
    (Trigger.SHOULD, r"(?:should|must|ought to|needs? to)(?P<not3> not| never)?\s+"),
    (Trigger.GIVING, r"(?:is|are)(?: also| now| currently)?(?= (?:invest|fund|provid|allocat|commit|making|mak|giv|spend|putting)(?:ing)?\b)\s+"),
)  # fmt: skip
_TRIGGER = re.compile(
    "|".join(rf"(?P<{trigger.name}>(?:(?<![\w-])|(?='ll)){pattern})" for trigger, pattern in _TRIGGERS), re.IGNORECASE
)
_SKIPPED = re.compile(
    rf"(?:{_ADVERB}|(?:continue|seek|aim|look|commit|go on|be asked|be able|strive|start|begin|endeavour|work|work (?:closely |together |with (?:[\w'&-]+ ){{1,8}}?)?)\s*to(?=\s+\w)\s+)*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:also|then|too)?,\s[^,;]{3,90},\s", re.IGNORECASE)
_RELATIVE = re.compile(
    r"(?:\b(?:which|who|that|where|whom|what|when|whether|if|how|as|than|until|once|while|unless)(?:\s+(?:also|then|we|it|they|the government|government|you|he|she))?|\bso (?:that )?(?:we|it|they))\s*$",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r"^\s*(?:chaired|led|supported|run|backed|funded|hosted|based|known|made|working|working closely|in|with|through|via|by|alongside|together|along|including|such|which|who|whose|as|and (?:its|their|the)|the|a|an|its|for|from|under|at|on|where|building|where appropriate|once|subject|acting|when)\b",
    re.IGNORECASE,
)
_CARRY = re.compile(r",?\s+(?:and|but)(?:\s+(?:also|then|therefore))?\s+$", re.IGNORECASE)
_GLUE = re.compile(r"\s+(?:and|or|&)\s+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_BE = re.compile(r"(?:be|be being|have been)\s+(?P<adverb>(?:\w+ly\s+|also\s+|then\s+|now\s+)*)", re.IGNORECASE)


def find_clauses(text: str, start: int, end: int, verbs: Verbs) -> list[Clause]:
    """Return the clauses of the sentence `text[start:end]`, in order; O(length)."""
    found: list[Clause] = []
    for left, right in _split(text, start, end):
        triggers = list(_TRIGGER.finditer(text, left, right))
        for match in triggers:
            previous = found[-1] if found and found[-1].end == right else None
            if previous is None or match.start() >= previous.verb_start:  # "will seek to" is one promise
                found.append(_clause(text, left, right, match, verbs, previous))
    return found


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence of several promises parted by semicolons is as many stretches."""
    at = start
    for semicolon in re.compile(r";\s+(?:and\s+)?").finditer(text, start, end):
        if _TRIGGER.search(text, at, semicolon.start()) and _TRIGGER.search(text, semicolon.end(), end):
            yield at, semicolon.start()
            at = semicolon.end()
    yield at, end


def _clause(text: str, left: int, right: int, match: re.Match[str], verbs: Verbs, previous: Clause | None) -> Clause:
    trigger = Trigger[match.lastgroup] if match.lastgroup in Trigger.__members__ else Trigger[_named(match)]
    negated = any(match.group(name) for name in ("not", "not2", "not3", "not4"))
    base, verb_start, passive = _verb(text, match.end(), right, verbs)
    negated = negated or re.compile(r"(?:not|never)\b", re.IGNORECASE).match(text, verb_start) is not None
    before = text[left : match.start()]
    carried = previous is not None and _CARRY.search(before) is not None and not previous.relative
    if carried and previous is not None:
        subject_start, subject_end = previous.subject_start, previous.subject_end
        clause_start = match.start()
    else:
        subject_start, subject_end = _subject(text, left, match.start())
        clause_start = left if previous is None else subject_start
    relative = _RELATIVE.search(before.rstrip() + " ") is not None
    return Clause(
        clause_start, right, subject_start, subject_end, trigger, base, verb_start, passive, negated, relative, carried
    )


def _named(match: re.Match[str]) -> str:
    return next(name for name in Trigger.__members__ if name in match.re.groupindex and match.group(name) is not None)


def _verb(text: str, at: int, end: int, verbs: Verbs) -> tuple[str, int, bool]:
    at = _skip(text, at, end)
    aside = _ASIDE.match(text, at, end)  # "will, with the University of X, open"
    at = _skip(text, aside.end(), end) if aside else at
    be = _BE.match(text, at, end)
    passive = False
    if be:
        word = _WORD.match(text, be.end(), end)
        form = verbs.forms.get(word.group().lower()) if word else None
        if word and form and form[1] in ("past", "gerund", "base"):
            passive = form[1] == "past" or (form[1] == "base" and form[0] in ("set", "put", "cut", "run", "bid"))
            if passive or form[1] == "gerund":
                return form[0], word.start(), passive
        return "be", at, False
    word = _WORD.match(text, at, end)
    if not word:
        return "", at, False
    form = verbs.forms.get(word.group().lower())
    return (form[0] if form else ""), word.start(), False


def _skip(text: str, at: int, end: int) -> int:
    skipped = _SKIPPED.match(text, at, end)
    return skipped.end() if skipped else at


def _subject(text: str, left: int, trigger: int) -> tuple[int, int]:
    """Return the range of the words that the trigger belongs to; may be empty."""
    end = trigger
    while end > left and text[end - 1] in " ,":
        end -= 1
    adverb = re.compile(rf"{_ADVERB}+$").search(text[left:end] + " ")
    if adverb and adverb.start() > 0:
        end = left + len(text[left : left + adverb.start()].rstrip())
    if text[end:trigger].startswith(","):  # "…, chaired by X, will": step over what stands between the commas
        opening = _opening_comma(text, left, end)
        if opening > left:
            end = opening
    start = max(
        (text.rfind(mark, left, end) + len(mark) for mark in (": ", " - ", " – ") if mark in text[left:end]),
        default=left,
    )
    while True:
        comma = text.rfind(", ", start, end)
        if comma < 0:
            break
        tail = text[comma + 2 : end]
        head = text[_piece_start(text, start, comma) : comma]
        words = tail.lower().removeprefix("and ").split()
        if words and words[0] in _LEADING | _PRONOUNS:  # "…, and in return the sector", "…, and we": no list
            start = comma + 2
            break
        if _GLUE.search(" " + tail) and _is_listed(head) and not _APPOSITION.match(head):
            start = _list_start(text, start, comma)
            break
        named = _ENDS_IN_NAME.search(head) if _GLUE.search(" " + tail) else None
        if named:  # "Under the strategy HM Government, WECA and the LEP": the list begins with a name
            start = comma - len(head) + named.start()
            break
        start = comma + 2
    opening = _CONJUNCTION.match(text, start, end)
    start = opening.end() if opening else start
    while start < end and text[start] in " \"'(":
        start += 1
    return start, max(end, start)


def _opening_comma(text: str, left: int, end: int) -> int:
    comma = text.rfind(",", left, end)
    while comma > left:
        if _APPOSITION.match(text[comma + 1 : end]):
            return comma
        comma = text.rfind(",", left, comma)
    return -1


def _piece_start(text: str, start: int, comma: int) -> int:
    found = text.rfind(", ", start, comma)
    return start if found < 0 else found + 2


def _list_start(text: str, start: int, comma: int) -> int:
    """Return where the list of names that runs up to `comma` begins."""
    at = _piece_start(text, start, comma)
    while at > start:
        earlier = _piece_start(text, start, at - 2)
        piece = text[earlier : at - 2]
        if not _is_listed(piece) or (earlier > start and _APPOSITION.match(piece)):
            break
        at = earlier
    return at


_CONJUNCTION = re.compile(
    r"(?:and|but|while|so|recommendation \d+[.:]?)\s+(?:(?:in return|in turn|also|then)\s+)?", re.IGNORECASE
)
_ENDS_IN_NAME = re.compile(r"\b[A-Z][\w&'-]*(?: [A-Z][\w&'-]*)*$")
_PRONOUNS = frozenset({"we", "it", "they", "i", "he", "she", "this", "these"})
_LEADING = frozenset(
    [
        "in",
        "to",
        "as",
        "by",
        "for",
        "from",
        "on",
        "at",
        "with",
        "since",
        "over",
        "through",
        "following",
        "building",
        "working",
        "subject",
        "although",
        "while",
        "where",
        "alongside",
        "under",
        "when",
        "if",
        "during",
        "after",
        "before",
        "together",
        "furthermore",
        "finally",
        "however",
        "moreover",
        "throughout",
        "here",
        "starting",
        "additionally",
    ]
)


def _is_listed(piece: str) -> bool:
    words = piece.split()
    if not 0 < len(words) <= 8 or words[0].lower() in _LEADING:
        return False
    return (piece[0].isupper() or words[0].lower() in ("the", "our", "local")) and not _TRIGGER.search(piece + " ")

"""How a point begins: with a verb, with a label and a verb, with a noun that only looks like one, with a thing."""

import re

from ingest.propositions.rules import PropositionRules

_LABEL = re.compile(r"^(?P<label>[^.:–—]{2,80}?)\s*(?:[.:]|\s[–—-])\s+(?=\S)")
_LONGEST_LABEL = 9  # words
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_PAPERS = ("draft", "report")  # "Draft to the Board in March" names a paper
_BEFORE = re.compile(r"(?:and|or|to|we will|will)\s+", re.IGNORECASE)
_ADVERB = re.compile(r"(?:\w+ly|also|then|further|jointly)\s+(?=[a-z])", re.IGNORECASE)
_BY_MEANS = re.compile(
    r"(?:through|with|via|together with|working with|by \w+ing)\b[^,]{2,80},\s+(?=[a-z])", re.IGNORECASE
)
_STATES = re.compile(r"(?i)\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|does|do)\b")
_FEWEST_WORDS = 4  # of an action without a verb
_THING = re.compile(r"(?:An?|New|Two|Three|Four|Five|Further|Additional)\s+\w+\s+\w+\s+\w+")
_NEW_THING = re.compile(
    r"(?:An?\s+(?:new|second|national|regional|joint)|New|Two|Three|Four|Five|Further|Additional)\b"
)
_TO_HOLD_TO = re.compile(
    r"[£$€]\s?\d|\b(?:run|delivered|funded|led|set up) (?:by|with)\b|\bsubject to\b|\bto be \w+ed\b"
)


def goes_on(text: str, start: int, end: int, rules: PropositionRules) -> bool:
    """Say whether a point goes on with the verb that an open lead ("will:") waits for: any word that can be one."""
    means = _BY_MEANS.match(text, start, end)
    word = _WORD.match(text, means.end() if means else start, end)
    if word is None or not word.group().islower() or word.group() in rules.points.no_verbs:
        return False
    return " " in text[start:end].strip()


def find_verb(text: str, start: int, end: int, rules: PropositionRules, *, gerunds: bool) -> tuple[int, int] | None:
    """Return where a point's label (or, without one, the point) and its opening verb begin; None where none opens it.

    A noun that looks like a verb ("Support for", "Review of", "Pilot on") does not count, nor does a bare word.
    """
    before = _BEFORE.match(text, start, end) or _BY_MEANS.match(text, start, end)
    begin = before.end() if before else start
    if _opens(text, begin, end, rules, gerunds=gerunds):
        return start, begin
    label = _LABEL.match(text[start:end])
    if label and len(label["label"].split()) <= _LONGEST_LABEL:
        after = start + label.end()
        if _opens(text, after, end, rules, gerunds=gerunds):
            return start, after
    return None


def _opens(text: str, start: int, end: int, rules: PropositionRules, *, gerunds: bool) -> bool:
    adverb = _ADVERB.match(text, start, end)
    is_adverb = adverb is not None and adverb.group().strip().lower() not in rules.verbs.forms
    word = _WORD.match(text, adverb.end() if adverb and is_adverb else start, end)
    form = rules.verbs.forms.get(word.group().lower()) if word else None
    if word is None or form is None or form[0] in ("be", "have"):
        return False
    if form[1] != "base" and not (gerunds and form[1] == "gerund"):
        return False
    rest = text[word.end() : end].strip()
    if not rest or rest[0] in ":;,":
        return rest[:1] == ","
    if form[1] == "gerund":
        return True
    return len(rest.split()) > 1 and not _is_noun(text, word.end(), end, form[0], rules)


def _is_noun(text: str, after: int, end: int, verb: str, rules: PropositionRules) -> bool:
    """In "Support for X", "Plan and deliver": the word after shows a noun, unless the verb takes that word."""
    following = _WORD.match(text, after + 1, end) if text[after : after + 1] == " " else None
    if following is not None and following.group().lower() == "to" and verb in _PAPERS:
        return True
    if following is None or following.group().lower() not in rules.points.after_nouns:
        return False
    if following.group().lower() == "and":
        return not _opens(text, following.end() + 1, end, rules, gerunds=False)
    return verb not in rules.points.prepositional


def states(text: str, start: int, end: int) -> bool:
    """Say whether a point is a sentence with a verb of its own rather than a thing."""
    return _STATES.search(text, start, end) is not None


def is_thing(text: str, start: int, end: int, *, is_action: bool, is_named: bool) -> bool:
    """Say whether a point of a promising list is a thing to be made: "A fund (£2m), run with X", no aim.

    Under a heading that says no more than "Actions" (`is_action`) any is; else one that can be held to: by its money
    or its condition, or because it is new and names somebody or somewhere (`is_named`).
    """
    if states(text, start, end):
        return False
    if is_action and len(text[start:end].split()) >= _FEWEST_WORDS:
        return True
    if not _THING.match(text, start, end):
        return False
    return _TO_HOLD_TO.search(text, start, end) is not None or (
        is_named and _NEW_THING.match(text, start, end) is not None
    )

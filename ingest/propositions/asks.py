"""Sentences that ask or announce without promising: "We ask Government to …", "There are plans to …"."""

import re
from collections.abc import Sequence

from graph.model import Mention
from ingest.propositions.clauses import Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import BODIES, Draft, Form, Reading, Span, Status

_IS_ASKED = re.compile(
    r"(?i)(?:\s*\([^)]*\))?\s+(?:is|are|be) (?:therefore |also |again )?"
    r"(?:asked|urged|requested|invited|called on|called upon|recommended|pressed) to\s+\w"
)
_ASKING = re.compile(
    r"(?i)\b(?:(?:will |would |also |therefore |now )*"
    r"(?:asks?|calls? (?:on|upon)|urges?|requests?|wants?|would like|should like|recommends?|invites?|needs?|press"
    r"|lobby|seeks?(?= from)|supported the call on|supports? the call on)"
    r"|(?:are|is|am) (?:also |now |therefore )?"
    r"(?:asking|calling (?:on|upon)|seeking|urging|looking to|requesting|lobbying|pressing))"
    r"\s+(?!of\b)(?:that\s+)?(?P<from>from\s+)?"
)
_THAT = re.compile(r"(?i)\bthat\s+$")
_NEEDS_TOLD = re.compile(r"(?i)\b(?:what|how|why|whether)\b(?:\s+\w+){0,4}\s*$")  # "set out what we need from …"
_WILL_YOU = re.compile(r"(?i)(?:[\w']+,\s+)?(?:(?:and|so|or|then|but)\s+)?(?:will|would|could|can)\s+(?:the\s+)?")
_MINISTER = re.compile(r"(?i)(?:(?:right )?(?:hon\. )?(?:minister|secretary of state|chancellor|friend|he|she|they)\b)")
_JUST_TALK = frozenset({"join", "tell", "agree", "look", "help", "see", "take", "give", "write", "meet", "set", "act"})
_WHAT = re.compile(r"(?i)(?:\s*\([^)]*\))?\s*(?:,[^,]{2,60},)?\s*(?:to|should|must|for)\b")
_CALL = re.compile(
    r"(?i)\b(?P<caller>[\w'& -]{1,70}?)\s+(?:(?:are|is|also|now|therefore|will|would|continue to)\s+)*"
    r"(?:call(?:s|ing)? for|ask(?:s|ing)? for|seek(?:s|ing)? (?=[^.]*\bfrom (?:the )?government)|request(?:s|ing)?)"
    r"\s+(?!that\b|to\b)\w"
)
_STANDING = re.compile(
    r"(?i)^(?:there are (?:also )?(?:plans|proposals)\b.{0,30}?\bto\s+\w"
    r"|(?:plans|proposals)\b.{0,40}?\b(?:are|is) (?:in hand|being \w+|under way) to\s+\w"
    r"|the (?:draft )?vision is for .{3,80}? to\s+\w"
    r"|it is (?:also |therefore )?proposed (?:to|that (?!the (?:\w+ )?(?:board|committee|members)\b))\s*\w"
    r"|we (?:also |therefore |now )?propose (?:an? |new |the (?:creation|establishment|development) )"
    r"|it is (?:the|our|its|their) (?:[\w']+ )?intention to\s+\w"
    r"|(?:the|our|its|the \w+'s) (?:draft )?(?:plan|proposal|proposition|ask|commitment|intention) is"
    r" (?:for .{3,80}? )?to\s+\w)"
)
_AND_ALSO = re.compile(r"(?i)[,;]?\s+(?P<and>and)\s+(?:(?:on|for|to)\s+|(?P<from>from)\s+)?(?:the\s+)?$")
_SOON = 16  # characters: "you and the ", "your ", "upon the "


def find_ask(sentence: Span, reading: Reading, rules: PropositionRules, *, owned_by_government: bool) -> Span | None:
    """Return who is asked in "We ask X to …", "X is asked to …": a department; None where nothing is asked of one.

    In a paper of the Government's own, only what it will ask of one of its bodies counts.
    """
    words = reading.text(sentence)
    if words.rstrip("'\")").endswith("?") or rules.procedural_sentence.search(words):
        return None
    departments = [m for m in reading.mentions_in(sentence) if reading.type_of(m) == "Department"]
    text = reading.passages[sentence.passage].text
    for mention in departments[:1]:
        if mention.start - sentence.start <= _SOON and _IS_ASKED.match(text, mention.end, sentence.end):
            return Span(sentence.passage, sentence.start, mention.end)
    for asking in _ASKING.finditer(text, sentence.start, sentence.end):
        if owned_by_government and not re.search(r"(?i)\bwill (?:also )?ask\b", asking.group()):
            continue
        if _NEEDS_TOLD.search(text[sentence.start : asking.start()]):
            continue
        asked = [m for m in departments if m.start >= asking.end()]
        if asked and asked[0].start - asking.end() <= _SOON:
            last = _last_of_list(asked, text)
            bare = _THAT.search(asking.group()) and _is_action(text, last, sentence.end, rules)
            if asking["from"] or bare or _WHAT.match(text, last, sentence.end):
                return Span(sentence.passage, asking.end(), last)
    return None


def find_question(sentence: Span, reading: Reading, rules: PropositionRules) -> tuple[Span, ...] | None:
    """Return who is asked in "Will the Minister commit £20 million to …?": nobody by name in an empty range.

    None where a question asks for words only ("Will he join me …?"), or is no request at all.
    """
    text = reading.passages[sentence.passage].text
    asking = _WILL_YOU.match(text, sentence.start, sentence.end)
    if asking is None or not reading.text(sentence).rstrip("'\")").endswith("?"):
        return None
    named = [m for m in reading.mentions_in(sentence) if m.start == asking.end() and reading.type_of(m) == "Department"]
    minister = _MINISTER.match(text, asking.end(), sentence.end)
    if not named and minister is None:
        return None
    at = named[0].end if named else minister.end() if minister else asking.end()
    word = re.compile(r"\s+(?:(?:also|now|then|please)\s+)?(\w+)").match(text, at, sentence.end)
    form = rules.verbs.forms.get(word[1].lower()) if word else None
    if form is None or form[1] != "base" or form[0] in _JUST_TALK or form[0] not in rules.verbs.action:
        return None
    return (Span(sentence.passage, named[0].start, named[0].end),) if named else ()


def _is_action(text: str, at: int, end: int, rules: PropositionRules) -> bool:
    """Say whether the next word is a verb's base form: "recommends that the Government *give* …"."""
    word = re.compile(r"\s+(\w+)").match(text, at, end)
    form = rules.verbs.forms.get(word[1].lower()) if word else None
    return form is not None and form[1] == "base" and form[0] in rules.verbs.action


def find_further_asks(sentence: Span, first: Span, reading: Reading) -> list[tuple[int, Span]]:
    """Return (where it begins, who is asked) of each further ask: "…, and on the DfT to guarantee …"."""
    text = reading.passages[sentence.passage].text
    departments = [
        m for m in reading.mentions_in(sentence) if reading.type_of(m) == "Department" and m.start > first.end
    ]
    found: list[tuple[int, Span]] = []
    for index, mention in enumerate(departments):
        joined = _AND_ALSO.search(text[sentence.start : mention.start])
        if joined is None or (found and mention.start < found[-1][1].end):
            continue
        end = _last_of_list(departments[index:], text)
        if joined["from"] or _WHAT.match(text, end, sentence.end):
            found.append((sentence.start + joined.start("and"), Span(sentence.passage, mention.start, end)))
    return found


def _last_of_list(mentions: Sequence[Mention], text: str) -> int:
    """Return where the list of names that begins with the first mention ends."""
    end = mentions[0].end
    for mention in mentions[1:]:
        if not re.fullmatch(r"(?i)(?:\s*\([^)]*\))?(?:,| and|, and|/| or)(?: the)? ?", text[end : mention.start]):
            break
        end = mention.end
    return end


def is_call(sentence: Span, reading: Reading) -> bool:
    """Say whether a sentence calls for something: "we are calling for …", "the LEP asks for …"."""
    words = reading.text(sentence)
    call = _CALL.match(words)
    if not call or words.endswith("?"):
        return False
    caller = Span(sentence.passage, sentence.start, sentence.start + call.end("caller"))
    is_body = any(reading.type_of(mention) in BODIES for mention in reading.mentions_in(caller))
    return is_body or re.search(r"(?i)\b(?:we|partners|leaders|businesses|councils)$", call.group("caller")) is not None


def find_standing_plan(sentence: Span, reading: Reading) -> Draft | None:
    """Return "There are plans to …", "The proposal is for X to …": promised by the paper rather than by a verb."""
    words = reading.text(sentence)
    if not _STANDING.match(words) or words.endswith("?"):
        return None
    return Draft(
        Form.SENTENCE,
        "sentence.standing-plan",
        sentence,
        trigger=Trigger.INTENDS,
        status=Status.TENTATIVE,
        scope=(sentence,),
    )

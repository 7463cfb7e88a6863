"""Sentences that ask or announce without promising: "We ask Government to …", "There are plans to …"."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from graph.errors import RuleError
from graph.model import Mention
from ingest.propositions.clauses import Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import BODIES, Draft, Form, Reading, Span, Status
from ingest.words import find_words

_FILE = "rules/asks.toml"
_MASK = "\x00"  # stands for each character of a department's name: no passage holds it
_WHO = rf"(?P<who>{_MASK}+(?:(?:\s*\([^)]*\))?(?:, and|,| and|/| or)(?: to)?(?: the)? ?{_MASK}+)*)(?:\s*\([^)]*\))?"
_MAY_I_ASK = re.compile(r"(?i)(?:and |so |finally, )?(?:may|might) (?:i|we) (?:also )?(?:ask|urge|press|invite)\b")
_WILL_ASK = re.compile(r"(?i)\bwill (?:also )?(?:ask|invite|press)\b")
_WANTS = re.compile(r"(?i)\b(?:wants?|would (?:also )?like)\b")
_MINISTRY = re.compile(r"Department|Ministry|HM (?:Treasury|Government)|(?:Home|Cabinet) Office|Foreign")
_NEEDS_TOLD = re.compile(r"(?i)\b(?:what|how|why|whether)\b(?:\s+\w+){0,4}\s*$")  # "set out what we need from …"
_CALLERS = re.compile(r"(?i)\b(?:we|partners|leaders|businesses|councils)$")
_WILL_YOU = re.compile(r"(?i)(?:[\w']+,\s+)?(?:(?:and|so|or|then|but)\s+)?(?:will|would|could|can)\s+(?:the\s+)?")
_MINISTER = re.compile(r"(?i)(?:(?:right )?(?:hon\. )?(?:minister|secretary of state|chancellor|friend|he|she|they)\b)")
_QUESTION_VERB = re.compile(r"(?:\s*\([^)]*\))?\s+(?:(?:also|now|then|please)\s+)?(\w+)")
_MODALS = frozenset({"should", "must", "be", "have"})
_JUST_TALK = frozenset({"join", "tell", "agree", "look", "help", "see", "take", "give", "write", "meet", "set", "act"})
_TO = r"(?:to|should|must|for)\b"
_WHAT = re.compile(rf"(?i)(?:\s*\([^)]*\))?\s*(?:,[^,]{{2,60}},)?\s*{_TO}")
_CALL = re.compile(
    r"(?i)\b(?P<caller>[\w'& -]{1,70}?)\s+(?:(?:are|is|also|now|therefore|will|would|continue to)\s+)*"
    r"(?:call(?:s|ing)? for|ask(?:s|ing)? for|seek(?:s|ing)? (?=[^.]*\bfrom (?:the )?government)|request(?:s|ing)?)"
    r"\s+(?!that\b|to\b)\w"
)
_NO_CALL = re.compile(r"(?i)(?:nor|neither)\b")
_LOOKS_TO = re.compile(
    r"(?:^|[,;] (?:and |so )?)[Ww]e (?:now |also |therefore )*(?:look to|ask|urge|press|call (?:up)?on|invite)"
    r" (?:it|them|you|ministers|both) to\s+\w"
)
_IF_YOU = re.compile(
    r"(?i)\b(?:grateful|obliged|glad|thankful|appreciate it|help us) if you (?:would|could|can|were to|might) "
    r"(?!let\b|confirm\b|reply\b|respond\b|meet\b|tell\b|consider\b|pass\b|accept\b|find\b|look\b|send\b|write\b)\w"
)
_STANDING = re.compile(
    r"(?i)^(?:there are (?:also )?(?:plans|proposals)\b.{0,30}?\bto\s+\w"
    r"|(?:plans|proposals)\b.{0,40}?\b(?:are|is) (?:in hand|being \w+|under way) to\s+\w"
    r"|the (?:draft )?vision is for .{3,80}? to\s+\w"
    r"|(?:an?|the|two|three) [^.;:]{5,100}?, to be (?:jointly )?(?:set up|built|established|created|opened|launched"
    r"|developed|delivered|made|run|led|funded|held|put) "
    r"|(?:officers|we|[\w& ]{3,50}(?:board|council|lep|partnership|authority)) (?:also |now |therefore |would )*"
    r"(?:propose(?:s|d)?|recommends?|suggests?) that (?!(?:the )?(?:\w+ )?(?:board|committee|members|cabinet)\b)\w"
    r"|it is (?:also |therefore )?proposed (?:to|that (?!the (?:\w+ )?(?:board|committee|members)\b))\s*\w"
    r"|we (?:also |therefore |now )?propose (?:an? |new |the (?:creation|establishment|development) )"
    r"|(?:[^.;:]{2,90}, )?(?:the )?(?:uk )?government (?:is|are) (?:also |now )?(?:asking|inviting|encouraging"
    r"|looking for|calling (?:up)?on) [\w ,-]{3,60} to (?!be\b)\w"
    r"|it (?:is|remains) (?:the|our|its|their) (?:[\w']+ )?intention (?:to|that)\s+\w"
    r"|(?:our|its|their|the) (?:(?:shared|joint|stated|common) )?(?:ambition|aim|goal|target|objective) is to\s+"
    r"(?!be\b|become\b)\w.*\bby (?:the end of )?20\d\d\b"
    r"|(?:the|our|its|the \w+'s) (?:draft )?(?:plan|proposal|proposition|ask|commitment|intention) is"
    r" (?:for .{3,80}? )?to\s+\w)"
)
_PROPOSES = re.compile(
    r"(?i)(?<=\w)\s+(?:(?:also|therefore|now|jointly)\s+)?(?:propos(?:e|es)|put(?:s)? forward)"
    r"\s+(?:an?|two|three|four|new|the (?:creation|establishment|development))\s"
    r"(?!number\b|(?:things|points|ideas|proposals|priorities)\b)"
)
_AND_ALSO = re.compile(
    r"(?i)[,;]?\s+(?P<and>and)\s+(?:(?:on|for|to)\s+|(?P<from>from)\s+"
    r"|(?:i|we|partners)\s+(?:(?:also|now)\s+)?(?:want|ask|urge|would like|call on|need|invite|press)\s+)?(?:the\s+)?$"
)


class Way(NamedTuple):
    """A way of asking; `needs` are words of which whatever it finds has one."""

    pattern: re.Pattern[str]
    needs: frozenset[str]


@cache
def load_patterns() -> Mapping[str, Way]:
    """Return the ways of asking by id, in the order in which they are tried; RuleError for a bad key or expression."""
    raw = tomllib.loads(resources.files("ingest").joinpath(_FILE).read_text(encoding="utf-8"))
    found: dict[str, Way] = {}
    for entry in raw["pattern"]:
        if set(entry) != {"id", "words", "needs", "reason"} or entry["id"] in found:
            raise RuleError(f"{_FILE}: {entry}: a pattern has id, words, needs and reason, each id once")
        words = entry["words"]
        for name, meant in (*raw["words"].items(), ("who", _WHO), ("to", _TO), ("verb", r"(?P<verb>\w+)")):
            words = words.replace("{" + name + "}", meant)
        try:
            pattern = re.compile(words.replace(" ", r"\s+"), re.IGNORECASE)
        except re.error as error:
            raise RuleError(f"{_FILE}: {entry['id']}: not a regular expression: {error}") from error
        found[entry["id"]] = Way(pattern, frozenset(entry["needs"].split()))
    return found


def find_ask(sentence: Span, reading: Reading, rules: PropositionRules, *, owned_by_government: bool) -> Span | None:
    """Return who is asked in "We ask X to …", "X is asked to …": a department; None where nothing is asked of one.

    In a paper of the Government's own, only what it will ask of one of its bodies counts.
    """
    words = reading.text(sentence)
    departments = [m for m in reading.mentions_in(sentence) if reading.type_of(m) == "Department"]
    wonders = words.rstrip("'\")").endswith("?") and not _MAY_I_ASK.match(words)
    if not departments or wonders or rules.procedural_sentence.search(words):
        return None
    there = find_words(words)
    for mention in departments:
        start, end = mention.start - sentence.start, mention.end - sentence.start
        words = words[:start] + _MASK * (end - start) + words[end:]
    for pattern, needs in load_patterns().values():
        for found in pattern.finditer(words) if not needs.isdisjoint(there) else ():
            if owned_by_government and not _asks_a_body(found, sentence, reading):
                continue
            if _asks(found, sentence, reading, rules):
                return Span(sentence.passage, sentence.start + found.start("who"), sentence.start + found.end("who"))
    return None


def _asks_a_body(found: re.Match[str], sentence: Span, reading: Reading) -> bool:
    """Say whether the Government says that it will ask a body, or wants something of one that is no ministry."""
    if _WILL_ASK.search(found.group()):
        return True
    asked = Span(sentence.passage, sentence.start + found.start("who"), sentence.start + found.end("who"))
    names = [reading.entities[mention.entity_id].name for mention in reading.mentions_in(asked)]
    return _WANTS.search(found.group()) is not None and not any(_MINISTRY.match(name) for name in names)


def _asks(found: re.Match[str], sentence: Span, reading: Reading, rules: PropositionRules) -> bool:
    """Check what a way of asking leaves open: its verb, who calls, and that it is no indirect question."""
    groups = found.groupdict()
    verb = groups.get("verb")
    if verb is not None and verb.lower() not in _MODALS:
        form = rules.verbs.forms.get(verb.lower())
        if form is None or form[1] not in ("base", "third") or form[0] not in rules.verbs.action:
            return False
    if groups.get("caller") and not _is_caller(sentence.start + found.end("caller"), sentence, reading):
        return False
    return not _NEEDS_TOLD.search(found.string[: found.start()])


def _is_caller(end: int, sentence: Span, reading: Reading) -> bool:
    """Say whether the sentence up to `end` names who can call for something: a body, "we", "partners"."""
    caller = Span(sentence.passage, sentence.start, end)
    is_body = any(reading.type_of(mention) in BODIES for mention in reading.mentions_in(caller))
    return is_body or _CALLERS.search(reading.text(caller)) is not None


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
    word = _QUESTION_VERB.match(text, at, sentence.end)
    form = rules.verbs.forms.get(word[1].lower()) if word else None
    if word is None or form is None or form[1] != "base" or form[0] not in rules.verbs.action:
        return None
    if form[0] in _JUST_TALK and not text.startswith(" up ", word.end()):  # "set out", but "set up a programme"
        return None
    return (Span(sentence.passage, named[0].start, named[0].end),) if named else ()


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
        end = end_of_list(departments[index:], text)
        if joined["from"] or _WHAT.match(text, end, sentence.end):
            found.append((sentence.start + joined.start("and"), Span(sentence.passage, mention.start, end)))
    return found


def end_of_list(mentions: Sequence[Mention], text: str) -> int:
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
    small = words.lower()
    if ("we " in small and _LOOKS_TO.search(words)) or (" if you " in small and _IF_YOU.search(words)):
        return True
    call = _CALL.match(words)
    if not call or words.endswith("?") or _NO_CALL.match(words):
        return False
    return _is_caller(sentence.start + call.end("caller"), sentence, reading)


def _proposes(sentence: Span, reading: Reading) -> bool:
    """Say whether a body or "we" proposes a thing: "SEMLEP proposes an innovation district"."""
    text = reading.passages[sentence.passage].text
    small = reading.text(sentence).lower()
    if "propos" not in small and "forward" not in small:
        return False
    proposing = _PROPOSES.search(text, sentence.start, sentence.end)
    return proposing is not None and _is_caller(proposing.start(), sentence, reading)


def find_standing_plan(sentence: Span, reading: Reading) -> Draft | None:
    """Return "There are plans to …", "The proposal is for X to …": promised by the paper rather than by a verb."""
    words = reading.text(sentence)
    if words.endswith("?") or not (_STANDING.match(words) or _proposes(sentence, reading)):
        return None
    return Draft(
        Form.SENTENCE,
        "sentence.standing-plan",
        sentence,
        trigger=Trigger.INTENDS,
        status=Status.TENTATIVE,
        scope=(sentence,),
    )

"""What a meeting resolved: "That the strategy put health at its heart", "to award £95,000 to X"."""

import re

from ingest.propositions.asks import find_ask
from ingest.propositions.clauses import Trigger
from ingest.propositions.rules import PropositionRules
from ingest.propositions.status import find_status
from ingest.propositions.types import Draft, Form, Reading, Span, Status

_RESOLVED = re.compile(r"(?i)^(?:it was )?(?:resolved|agreed|decision|decided)\s*(?::|[–—-])\s*(?=(?:that|to)\b)")
_BODY = r"(?:(?:the )?(?:[\w&-]+ ){0,4}(?:board|committee|authority|partnership|cabinet|council|members|lep) )?"
_MINUTED = re.compile(
    rf"(?i)^{_BODY}(?:it was |was )?(?:also )?(?:unanimously )?(?:resolved|agreed|decided)\s+(?=(?:that|to)\b)"
)
_ASKING = re.compile(r"(?i)\basking\b")
_PART = re.compile(r";\s*(?:and\s+)?(?=(?:that|to)\s)", re.IGNORECASE)
_THAT = re.compile(r"(?i)(?:and\s+)?that\s+")
_TO = re.compile(r"(?i)(?:and\s+)?to\s+(?P<verb>[\w-]+)")
_OF_PAPERS = re.compile(
    r"(?i)\bbe (?:noted|approved|received|brought|signed|deferred|agreed|circulated|accepted|thanked|authorised"
    r"|delegated|considered|sent|submitted|published|confirmed)\b"
)
_REFUSED = frozenset(
    {"note", "refuse", "defer", "receive", "reject", "approve", "thank", "delegate", "agree", "endorse", "be"}
)
_PAPERS = re.compile(r"(?i)\b(?:chair|clerk|reports?|papers?|minutes|drafts?|items?|updates?|letters?)\b")
_BE_ASKED = re.compile(r"(?i)\bbe (?:asked|urged|requested|invited|pressed|called on) to\b|^ask\b")
_NEAR = 12  # words in which the verb of a resolution comes


def split_resolution(span: Span, reading: Reading) -> list[Span]:
    """Return the resolutions of a sentence such as "RESOLVED: to award …; and that …", or none where it is no such."""
    text = reading.passages[span.passage].text
    opening = _RESOLVED.match(text[span.start : span.end])
    if not opening and reading.genre == "minutes":
        opening = _MINUTED.match(text[span.start : span.end])
    if not opening:
        return []
    parts, at = [], span.start + opening.end()
    for cut in _PART.finditer(text, at, span.end):
        parts.append(Span(span.passage, at, cut.start()))
        at = cut.end()
    return [*parts, Span(span.passage, at, span.end)]


def read_resolution(span: Span, reading: Reading, rules: PropositionRules) -> Draft | str:
    """Return the proposition of one resolution, why it is none, or an empty string where it is not of this form."""
    text = reading.passages[span.passage].text
    that = _THAT.match(text, span.start, span.end)
    to = _TO.match(text, span.start, span.end)
    if to and not that:
        form = rules.verbs.forms.get(to["verb"].lower())
        if form is None or form[0] in _REFUSED or _PAPERS.search(text[to.end() : to.end() + 30]):
            return "procedure"
        asks = form[0] == "ask" or _ASKING.search(text, to.end(), span.end) is not None
        if form[0] == "write" and not asks:
            return "procedure"
        return _draft(span, reading, rules, subject=None, asks=asks)
    if not that:
        return ""
    asked = find_ask(span, reading, rules, owned_by_government=False)
    if asked:
        return _draft(span, reading, rules, subject=asked, asks=True)
    words = text[that.end() : span.end]
    if _OF_PAPERS.search(words):
        return "procedure"
    verb = _subjunctive(words, rules)
    if verb is None or _PAPERS.search(words[:verb]):
        return "procedure"
    subject = Span(span.passage, that.end(), that.end() + verb)
    return _draft(span, reading, rules, subject=subject, asks=_BE_ASKED.search(words) is not None)


def _subjunctive(words: str, rules: PropositionRules) -> int | None:
    """Return where the verb of "the Partnership commit £300,000" begins: the first base form after the subject."""
    for number, word in enumerate(re.finditer(r"[A-Za-z][\w'-]*", words)):
        if number >= _NEAR:
            return None
        form = rules.verbs.forms.get(word.group())
        if number and word.group() in ("would", "should", "be"):
            return word.start()
        if number and form and form[1] == "base" and form[0] not in rules.verbs.procedural:
            return word.start()
    return None


def _draft(span: Span, reading: Reading, rules: PropositionRules, *, subject: Span | None, asks: bool) -> Draft:
    status = find_status(reading.text(span), rules, None)
    return Draft(
        form=Form.ITEM,
        rule="item.resolved",
        what=span,
        actors=(subject,) if subject else (span,) if asks else (),
        trigger=Trigger.ASKS if asks else Trigger.AGREED,
        status=Status.TENTATIVE if status is Status.FIRM and subject else status,
        scope=(span,),
    )

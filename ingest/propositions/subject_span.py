"""Which words before a trigger are its subject."""

import re

from ingest.propositions.triggers import APPOSITION, ENDS_IN_ADVERB, OPENINGS, TRIGGER

_GLUE = re.compile(r"\s+(?:and|or|&)\s+", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"(?:and|but|while|so|recommendation \d+[.:]?)\s+(?:(?:in return|in turn|also|then)\s+)?", re.IGNORECASE
)
_GOES_ON_DESCRIBING = re.compile(
    r"(?:made|chaired|led|supported|run|backed|funded|hosted|based|including|such|which|who|whose|having|being|formerly)\b"
)
_ENDS_IN_ASIDE = re.compile(r"(?<=\w)\s*\((?:www|https?:|[a-z])[^()]*\)$")  # "the Institute (www.theodi.org)"
_ENDS_IN_NAME = re.compile(r"\b[A-Z][\w&'-]*(?: [A-Z][\w&'-]*)*$")
_PRONOUNS = frozenset({"we", "it", "they", "i", "he", "she", "this", "these"})
_MARKS = (": ", " - ", " – ", " while ", " whereas ")  # after which a sentence begins anew
_LISTED_WORDS = 8  # a longer piece between commas is no name of a list


def find_subject(text: str, left: int, trigger: int) -> tuple[int, int]:
    """Return the range of the words that the trigger belongs to; may be empty.

    Stretches between commas that describe the subject are stepped over, what comes before it is left out, and a list
    of names is kept whole ("the Department for Digital, Culture, Media and Sport").
    """
    end = _find_end(text, left, trigger)
    start = max((text.rfind(mark, left, end) + len(mark) for mark in _MARKS if mark in text[left:end]), default=left)
    start = _find_start(text, start, end)
    opening = _CONJUNCTION.match(text, start, end)
    start = opening.end() if opening else start
    while start < end and text[start] in " \"'(":
        start += 1
    aside = _ENDS_IN_ASIDE.search(text[:end], start)
    return start, aside.start() if aside else max(end, start)


def _find_end(text: str, left: int, trigger: int) -> int:
    end = left + len(text[left:trigger].rstrip(" ,"))
    adverb = ENDS_IN_ADVERB.search(text[left:end] + " ")
    if adverb and adverb.start() > 0 and not text[end:trigger].startswith(","):
        end = left + len(text[left : left + adverb.start()].rstrip(" ,"))
    if text[end:trigger].startswith(","):  # "…, chaired by X, will"
        comma = text.rfind(",", left, end)
        while comma > left:
            if _describes(text[comma + 1 : end]):
                before = text[_piece_start(text, left, comma) : comma]
                while _GOES_ON_DESCRIBING.match(before):  # "The group, made up of A and B, as well as C, will"
                    comma = text.rfind(",", left, comma)
                    before = text[_piece_start(text, left, comma) : comma]
                return comma
            comma = text.rfind(",", left, comma)
    return end


def _describes(piece: str) -> bool:
    """Say whether a stretch after a comma describes what stands before; a capital begins a name ("Working Title")."""
    words = piece.split()
    return bool(words) and words[0][0].islower() and APPOSITION.match(piece) is not None


def _find_start(text: str, start: int, end: int) -> int:
    while (comma := text.rfind(", ", start, end)) >= 0:
        tail = text[comma + 2 : end]
        head = text[_piece_start(text, start, comma) : comma]
        words = tail.lower().removeprefix("and ").split()
        if words and words[0] in OPENINGS | _PRONOUNS:  # "…, and in return the sector", "…, and we": no list
            return comma + 2
        if _GLUE.search(" " + tail):
            if _is_listed(head) and not APPOSITION.match(head):
                return _list_start(text, start, comma)
            named = _ENDS_IN_NAME.search(head)
            if named and not tail.startswith(
                "and "
            ):  # "Under the strategy HM Government, WECA and the LEP": the list begins with a name
                return comma - len(head) + named.start()
        start = comma + 2
    return start


def _piece_start(text: str, start: int, comma: int) -> int:
    found = text.rfind(", ", start, comma)
    return start if found < 0 else found + 2


def _list_start(text: str, start: int, comma: int) -> int:
    """Return where the list of names that runs up to `comma` begins."""
    at = _piece_start(text, start, comma)
    while at > start:
        earlier = _piece_start(text, start, at - 2)
        piece = text[earlier : at - 2]
        if not _is_listed(piece) or (earlier > start and APPOSITION.match(piece)):
            break
        at = earlier
    return at


def _is_listed(piece: str) -> bool:
    words = piece.split()
    if not 0 < len(words) <= _LISTED_WORDS or words[0].lower() in OPENINGS:
        return False
    return (piece[0].isupper() or words[0].lower() in ("the", "our", "local")) and not TRIGGER.search(piece + " ")

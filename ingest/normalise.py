"""Text as people read it, with a way back: `concatenated edits and text == source`, for every string.

Everything is decided by one pass over the exceptional characters, so plain text costs one search and makes no edit.
En and em dashes, superscripts and letters outside the ligature block stay as they are.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from typing import NamedTuple

from graph.model import Edit

_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\uffff"  # joiners, marks
    "\ue000-\uf8ff"  # private use: bullets and icons of symbol fonts
    "\x00-\x08\x0e-\x1b\x7f"
)
_BLANK = rf"[\s{_INVISIBLE}]"
_LETTER = r"[^\W_]"
_SPREAD = rf"{_LETTER}(?: {_LETTER}| ?[.,;:'’&-])*+"  # one word, its letters spaced out
_QUOTES = {**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"')}
_HYPHENS = {"\u2010": "-", "\u2011": "-"}
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SINGLE = {**_QUOTES, **_HYPHENS, **_LIGATURES}

# Pdfium writes a hyphen at a line end as U+FFFE (older versions as U+0002) and swallows the line break.
_EXCEPTION = re.compile(
    rf"(?P<hyphen>(?<={_LETTER})(?:[-\u2010\u2011\u00ad](?={_BLANK}*?[\n\v]){_BLANK}++|[\ufffe\x02]{_BLANK}*+)(?={_LETTER}))"
    rf"|(?P<stretch>(?<!\S){_SPREAD}(?:[^\S\n]{{2,}}{_SPREAD})+(?!\S))"
    rf"|(?P<blank>{_BLANK}{{2,}}+|[^\S ]|[{_INVISIBLE}]|\A | \Z)"
    rf"|(?P<single>[{''.join(_SINGLE)}])"
    rf"|(?P<spaced>(?<!\S)(?:[A-Za-z](?: [a-z]){{3,}}|[A-Z](?: [A-Z]){{3,}})(?!\S))"
    rf"|(?P<combined>{_LETTER}[\u0300-\u036f]+)"
)
# Most texts need single signs changed and cut words mended at most: looking for anything else first costs a fifth of
# the search for exceptions.
_CUT = "\ufffe\x02"
_LONE = "\t\xa0"  # blanks that mostly stand alone, in a space's place
_SPACES = "\n-\r\x1c-\x1f" + "".join(filter(str.isspace, map(chr, range(0x7F, 0x3001)))).replace("\xa0", "")
_UNSEEN = _INVISIBLE.replace("\uffff", "\ufffd\uffff").replace("\x00-", "\x00\x01\x03-")  # all but the signs of a cut
_ODD = re.compile(rf"[{_SPACES}{_UNSEEN}\u0300-\u036f]")
_THINNED = re.compile(r" [A-Za-z] [A-Za-z] [A-Za-z](?!\S)")
_LOOSE_CUT = re.compile(rf"[{_CUT}](?:(?<!{_LETTER}.)|(?!{_LETTER}))")
_NOT_LONE = re.compile(rf"(?:{_BLANK}|\A)[{_LONE}]|[{_LONE}](?:{_BLANK}|\Z)")
_SIGN = re.compile(rf"(?P<sign>[{''.join(_SINGLE)}{_CUT}{_LONE}])")
_LONE_SINGLE = {**_SINGLE, **dict.fromkeys(_LONE, " ")}
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*")
_LEFT_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*$")
_CUTS = frozenset("-\ufffe\x02\u00ad")
_WORD_OR_CUT = re.compile(rf"(?P<cut>(?<={_LETTER})(?:-[^\S\n]*\n\s*|[\ufffe\x02\u00ad]\s*))?(?P<word>{_WORD.pattern})")
_LONGEST_WORD = 60

# At a line end these are words of a compound far more often than syllables; the endings are never words.
_FIRST_PARTS = frozenset(
    ("cross", "full", "half", "high", "large", "long", "low", "non", "self", "small", "well", "whole")
)
_LAST_PARTS = frozenset(
    (
        *(
            "based",
            "carbon",
            "class",
            "driven",
            "edge",
            "effective",
            "efficient",
            "focused",
            "focussed",
            "free",
            "friendly",
        ),
        *("funded", "growing", "intensive", "leading", "led", "level", "making", "oriented", "owned", "performing"),
        *(
            "quality",
            "ready",
            "related",
            "rich",
            "scale",
            "sector",
            "sized",
            "skilled",
            "specific",
            "tech",
            "term",
            "wide",
        ),
    )
)
_ENDINGS = frozenset(
    (
        *(
            "able",
            "age",
            "ally",
            "ance",
            "ence",
            "ers",
            "est",
            "ful",
            "ing",
            "ings",
            "ise",
            "ised",
            "ity",
            "less",
            "ment",
        ),
        *("ments", "ness", "ship", "sion", "some", "tion", "tions", "ways", "ward", "wards"),
    )
)
_MIDDLES = frozenset({"a", "and", "by", "for", "in", "of", "on", "the", "to", "up"})  # "whole-of-government"
_SUSPENDS = frozenset({"and", "or", "to"})  # "two- and three-year courses": the word behind the hyphen never comes


class Normalised(NamedTuple):
    """Readable text and the edits, in order, that lead back to the source."""

    text: str
    edits: tuple[Edit, ...] = ()


def find_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of `texts` in lower case, hyphenated ones whole: what `normalise` takes as `known_words`.

    A word cut at a line end is no word of the document, so its halves are left out."""
    words: set[str] = set()
    for text in texts:
        for match in _WORD_OR_CUT.finditer(text):
            if not match["cut"] and text[match.end() : match.end() + 1] not in _CUTS:
                words.add(match["word"].lower())
    return frozenset(words)


def normalise(source: str, known_words: Container[str] = ()) -> Normalised:
    """Return `source` with plain spaces, quotes and hyphens, whole words and nothing invisible, and how to get back.

    A hyphen at a line end is kept before a capital or digit, after a number, capitals or a part that has a hyphen
    already, where the document (`known_words`, see `find_words`) writes the compound or has both parts but not the
    joined word, and where English usually writes one ("cross-", "-based"); otherwise the word is joined.
    Cost: O(len(source)): a few searches for what most texts lack, then one pass over what is left to change."""
    is_simple = _is_simple(source)
    if is_simple and source.isascii() and "\x02" not in source and "\t" not in source:
        return Normalised(source)
    pieces: list[str] = []
    edits: list[Edit] = []
    at = length = 0
    single = _LONE_SINGLE if is_simple else _SINGLE
    for match in (_SIGN if is_simple else _EXCEPTION).finditer(source):
        found = match.group()
        new = single.get(found) or _replacement(match, source, known_words)
        if new == found:
            continue
        pieces += (source[at : match.start()], new)
        start = length + match.start() - at
        length = start + len(new)
        edits.append(Edit(start, length, found))
        at = match.end()
    if not edits:
        return Normalised(source)
    return Normalised("".join([*pieces, source[at:]]), tuple(edits))


def _is_simple(source: str) -> bool:
    """Say whether nothing needs a change but single signs and blanks, and words cut between two letters."""
    if "  " in source or source[:1] == " " or source[-1:] == " " or _THINNED.search(source):
        return False
    if source.isascii() and source.isprintable():
        return True
    if _ODD.search(source) or (("\xa0" in source or "\t" in source) and _NOT_LONE.search(source)):
        return False
    return not (("\ufffe" in source or "\x02" in source) and _LOOSE_CUT.search(source))


def _replacement(match: re.Match[str], source: str, known_words: Container[str]) -> str:
    found = match.group()
    kind = match.lastgroup
    if kind == "blank":
        at_edge = match.start() == 0 or match.end() == len(source)
        return " " if not at_edge and any(character.isspace() for character in found) else ""
    if kind in ("hyphen", "sign"):
        return _hyphen(match, source, known_words)
    if kind == "stretch":  # "T H E   H U L L   L I N E": wide gaps part the words
        words = re.split(r"\s{2,}", found)
        spread = sum(len(word) > 1 for word in words)
        joined = ["".join(word.split(" ")) for word in words] if spread * 2 > len(words) else words
        return " ".join(joined)
    if kind == "spaced":
        letters = found.split(" ")
        return found if letters == sorted(letters) else "".join(letters)  # "A B C D" names four things
    return unicodedata.normalize("NFC", found)


def _hyphen(match: re.Match[str], source: str, known_words: Container[str]) -> str:
    if match.group()[0] == "\u00ad":
        return ""
    first_place = max(0, match.start() - _LONGEST_WORD)
    after_space = source.rfind(" ", first_place, match.start()) + 1
    left_match = _LEFT_WORD.search(source, max(first_place, after_space), match.start())
    right_match = _WORD.match(source, match.end(), match.end() + _LONGEST_WORD)
    left = left_match.group() if left_match else ""
    right = right_match.group() if right_match else ""
    first, _, rest = right.lower().partition("-")
    if first in _SUSPENDS and not rest:
        return "- "
    if rest and first in _MIDDLES:
        return "-"
    return "-" if _keeps_hyphen(left, right, first, known_words) else ""


def _keeps_hyphen(left: str, right: str, first: str, known_words: Container[str]) -> bool:
    small = left.lower()
    if small + right.lower() in known_words:
        return False
    if not right[:1].islower() or not small[-1:].isalpha() or "-" in left or len(left) == 1:
        return True
    if left.isupper() or f"{small}-{first}" in known_words:
        return True
    if min(len(small), len(first)) < 3 or first in _ENDINGS:
        return False
    if small in _FIRST_PARTS or first in _LAST_PARTS:
        return True
    return small in known_words and first in known_words

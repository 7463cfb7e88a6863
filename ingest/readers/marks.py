"""What the form of a line says: list labels, headings, captions, contents lines, page numbers."""

import re
from dataclasses import dataclass, field

from ingest.dating import find_dates

_BULLET = r"[•●⚫▪◦‣⁃○■□▶►➢➤❖✓✔·∙*–—-]|[\uf000-\uf0ff]|o(?=\t| {2,})"
_NUMBER = (
    r"\((?:\d{1,3}|[a-z]|[ivxlc]{2,6}|[A-Z]|[IVXLC]{2,6})\)|(?:\d{1,3}|[a-z]|[ivxlc]{2,6})[.)]|(?:[A-Z]|[IVXLC]{2,6})\)"
)
_LABEL = re.compile(rf"(?P<label>{_BULLET}|{_NUMBER}|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}\.?(?=\s+[A-Z“‘\"'\[(]))\s+(?=\S)")
_CAPTION = re.compile(
    r"(?:Table|Figure|Fig\.|Chart|Map|Diagram|Exhibit)\s+"
    r"(?:[A-Z]?\d+(?:\.\d+)*[a-z]?|[A-Z]|[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?:\s*[:.–—-]\s|\s*$)"
)
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|_{4,})\s*(?:\d{1,4}|[ivxl]{1,6})?\s*$")
_GAP_AND_PAGE = re.compile(r"\S(?: {3,}|\t+)\s*\d{1,3}\s*$")
_WRITE_ON = re.compile(r"\.{6,}|_{6,}|…{3,}")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*[-–—])?\s*$", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?:?$", re.IGNORECASE)
_BEGINS_HEADING = re.compile(r"[^\W\d_a-z]|\d|[“‘'\"]")
_META_LABEL = re.compile(
    r"(?:report (?:of|by|to)|prepared (?:by|for)|author|contact|lead officer|officer|meeting|venue|location|apologies"
    r"|to|from|cc|subject|title|agenda item|item|date|time|status|version|ref|reference|classification|tel|telephone"
    r"|e-?mail|portfolio|chair|minutes)\s*:",
    re.IGNORECASE,
)
_FAR = " " * 10
_LONGEST_HEADING = 100
_MOST_HEADING_WORDS = 14
_MOST_DATE_WORDS = 6


def split_label(line: str) -> tuple[str, str] | None:
    """Return the list label that `line` begins with and the rest, or None where it begins with none."""
    match = _LABEL.match(line)
    return (match["label"], line[match.end() :]) if match else None


def is_bullet(label: str) -> bool:
    """Return whether `label` is a sign and no number or letter."""
    return not any(character.isalnum() for character in label) or label == "o"


def is_caption(text: str) -> bool:
    """Return whether `text` begins as the caption of a table or figure does ("Table 2: ")."""
    return len(text) < 250 and _CAPTION.match(text) is not None


def is_contents_line(text: str, *, listed: bool = False) -> bool:
    """Return whether `text` is a line of a contents list: dots or a rule that lead to a page number.

    Among such lines or under "Contents" (`listed`) a gap or a tab before the number will do."""
    match = _LEADER.search(text)
    if match is not None and match.group().strip()[-1:].isalnum():
        return True
    return listed and _GAP_AND_PAGE.search(text) is not None


def is_form_line(text: str) -> bool:
    """Return whether `text` leaves room to sign or fill in: dots or rules to write on."""
    return len(_WRITE_ON.findall(text)) > 1 or _WRITE_ON.search(text.rstrip()[-8:]) is not None


def is_contents_heading(text: str) -> bool:
    """Return whether `text` is the heading of a contents list."""
    return _CONTENTS.match(text.strip()) is not None


def is_named_page(text: str) -> bool:
    """Return whether `text` is a page number with the word "page" ("Page 4 of 10"), or one set far from the margin."""
    return is_page_number(text) and ("page" in text.lower() or text.startswith(_FAR))


def is_page_number(text: str) -> bool:
    """Return whether `text` is a page number and nothing else."""
    return _PAGE_NUMBER.match(text) is not None


def is_capitals(text: str) -> bool:
    """Return whether the letters of `text` are capitals, and enough of them to tell."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 2 and all(character.isupper() for character in letters)


def is_heading_form(text: str) -> bool:
    """Return whether `text` is short, begins like a heading and does not end like a sentence or a list point."""
    text = text.strip()
    room = 2 if is_capitals(text) else 1  # nobody writes sentences in capitals
    if len(text) > room * _LONGEST_HEADING or len(text.split()) > room * _MOST_HEADING_WORDS or is_date_line(text):
        return False
    if sum(character.isalpha() for character in text) < 3 or not (
        text[0].isupper() or text[0].isdigit() or text[0] in "“‘'\""
    ):
        return False
    if _META_LABEL.match(text) or "@" in text or "://" in text:
        return False
    return text[-1] not in ".,;!" and (text[-1] not in ":" or is_capitals(text)) and "\t" not in text


def is_date_line(text: str) -> bool:
    """Return whether `text` gives a date and hardly a word besides ("Published 13 June 2019")."""
    return (
        len(text.split()) <= _MOST_DATE_WORDS
        and bool(find_dates(text))
        and len(re.sub(r"\W*\w*\d\w*\W*", "", text)) < 32
    )


def format_number(number: int, style: str) -> str:
    """Return `number` as a list of type "1", "a", "A", "i" or "I" prints it."""
    if style in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if style == "A" else letters
    if style in ("i", "I") and 0 < number < 4000:
        roman = ""
        for value, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
            strict=True,
        ):
            times, number = divmod(number, value)
            roman += sign * times
        return roman.upper() if style == "I" else roman
    return str(number)


@dataclass(slots=True)
class ListLevels:
    """The nesting of list points, by the style of their labels and by indentation."""

    _open: list[tuple[str, int]] = field(default_factory=list)
    _last: str = ""

    def clear(self) -> None:
        """Forget the open lists: a heading or an ordinary paragraph came."""
        self._open.clear()
        self._last = ""

    def find_level(self, label: str, indent: int) -> int:
        """Return the level, from 1, of a point with this label at this indentation, and open its list."""
        style = self._find_style(label)
        self._last = label
        while self._open and self._open[-1][1] > indent + 1:
            self._open.pop()
        known = [
            n
            for n, (open_style, open_indent) in enumerate(self._open)
            if open_style == style and open_indent >= indent - 1
        ]
        if known:
            del self._open[known[-1] + 1 :]
            return len(self._open)
        if style in ("1.", "1.1") and not (self._open and indent > self._open[-1][1] + 1):
            self._open.clear()
        self._open.append((style, indent))
        return len(self._open)

    def _find_style(self, label: str) -> str:
        if is_bullet(label):
            return label
        core = label.strip("().")
        if core[0].isdigit():
            return "1.1" if "." in core else re.sub(r"\d+", "1", label)
        # "(i)" is a letter only behind "(h)", "(v)" only behind "(u)", and so on.
        follows = self._last.strip("().") == chr(ord(core[0].lower()) - 1) if len(core) == 1 else False
        roman = set(core.lower()) <= set("ivxlc") and not follows
        sample = "i" if roman else "a"
        return label.replace(core, sample.upper() if core.isupper() else sample)

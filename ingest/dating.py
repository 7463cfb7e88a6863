"""When a document was published: from what the file says of itself, its first lines, its name, else its text.

A date inside a text is the date of something; only the surroundings say that it is the document's own. The order is
therefore: metadata that a person wrote, a line that is a date, a labelled date ("Published 13 June 2019"), a date on
the title page, the file's name, and last the latest plausible date that the text mentions.
"""

import re
from collections.abc import Iterable

from graph.model import Passage, ReadDocument

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for month in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?)?(?P<month>{_MONTH})\.?,? (?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>[0-3]?\d)(?:st|nd|rd|th)?, (?P<year2>(?:19|20)\d\d)\b"
    r"|\b(?P<year3>(?:19|20)\d\d)-(?P<month3>[01]\d)(?:-(?P<day3>[0-3]\d))?\b"
    r"|\b(?P<day4>[0-3]?\d)/(?P<month4>[01]?\d)/(?P<year4>20\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # no date without one
_LABEL = re.compile(
    r"\b(?:published|publication date|dated?|issued|laid|meeting|held|prepared|presented|opened|launched"
    r"|embargo(?:ed)?|released?)\b"
    r"\W*(?:\w+\W+){0,6}$",
    re.IGNORECASE,
)
_OPENS_AND_ENDS = re.compile(  # "Published by HM Government and the Worcestershire LEP, March 2020"
    rf"(?:published|prepared|issued|produced)\b[^.;]*\b(?:{_MONTH})\.? (?:19|20)\d\d\.?$", re.IGNORECASE
)
_OTHER_LABEL = re.compile(
    r"\b(?:updated|reviewed|modified|accessed|viewed|retrieved|closed|closes|by|until|deadline|next|last)\b\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_EMBARGO = re.compile(r"(?i)\bembargo")  # "embargoed until": the day on which it comes out
_NAME_DATE = re.compile(r"(?<!\d)(20[0-3]\d)[-_ .]?(0[1-9]|1[0-2])(?:[-_ .]?([0-3]\d))?(?!\d)")
_NAME_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)")
_AIM = re.compile(
    r"\b(?:by|until|from|to|before|after|between|since|deadline)(?: the end of| early| late)?\W*$", re.IGNORECASE
)
_FIRST_YEAR = "2005"  # tools that write no true date write one of the epoch
_TITLE_PASSAGES = 25
_LINE_WORDS = 14
_NEAR_START = 12  # characters before a label that opens its line


def find_dates(text: str) -> list[tuple[int, str]]:
    """Return (start, partial ISO date) of each date written out in `text`, in order; impossible days lose their day."""
    found = []
    for match in _DATE.finditer(text) if _YEAR.search(text) else ():
        year = match["year"] or match["year2"] or match["year3"] or match["year4"]
        name = match["month"] or match["month2"]
        month = _MONTHS[name.lower()] if name else int(match["month3"] or match["month4"])
        day = match["day"] or match["day2"] or match["day3"] or match["day4"]
        if not 1 <= month <= 12:
            continue
        date = f"{year}-{month:02}"
        if day and 1 <= int(day) <= 31:
            date += f"-{int(day):02}"
        found.append((match.start(), date))
    return found


def find_published(read: ReadDocument) -> str | None:
    """Return the document's publication date as a partial ISO date ("2019", "2019-09", "2019-09-13"), or None.

    Cost: one search over the first passages, and over the whole text only where they and the file name say nothing.
    """
    stated = _stated(read.metadata.get("date", ""))
    if stated:
        return stated
    return (
        _title_date(read.passages[:_TITLE_PASSAGES])
        or _stated(read.metadata.get("title", "") or read.document.title)
        or _file_date(read.document.source, read.metadata.get("created", ""))
        or _latest_date(read.passages)
    )


def _stated(text: str) -> str | None:
    dates = find_dates(text)
    if dates:
        return dates[0][1]
    year = re.fullmatch(r"\s*(20[0-3]\d)\s*", text)
    return year[1] if year else None


def _title_date(passages: Iterable[Passage]) -> str | None:
    """The best date of the first passages: a line of its own, a labelled one, or one in a line too short for prose."""
    best, best_score = None, 0.0
    for rank, passage in enumerate(passages):
        text = passage.text
        for start, date in find_dates(text):
            words = len(text.split())
            before = text[max(0, start - 60) : start]
            if _OTHER_LABEL.search(before) and not _EMBARGO.search(before):
                continue
            labelled = _is_labelled(before, words) or (
                words <= 2 * _LINE_WORDS and _OPENS_AND_ENDS.match(text) is not None
            )
            score = 5.0 if words <= 4 else 4.0 if labelled else 0.0
            if not score and words <= _LINE_WORDS and not text.endswith("."):
                score = 3.0
            score -= rank * 0.05
            if score > best_score and score > 1:
                best, best_score = date, score
    return best


def _is_labelled(before: str, words: int) -> bool:
    """Say whether a label leads to the date: "Published 13 June 2019"; not "Government published the plan in June"."""
    label = _LABEL.search(before)
    opens = label is not None and (len(before) < _NEAR_START or label.start() < _NEAR_START) and len(before) < 60
    return label is not None and (words <= _LINE_WORDS or (opens and words <= 3 * _LINE_WORDS))


def _file_date(source: str, created: str) -> str | None:
    """The date in the file's name, or the day it was made where that agrees with the name or the name has none."""
    named = _name_date(source)
    made = _stated(created)
    if made and made[:4] >= _FIRST_YEAR and made.startswith(named or ""):
        return made[:7]  # a file is made in the month it is published, seldom on the day
    return named


def _name_date(source: str) -> str | None:
    name = source.rstrip("/").rsplit("/", 1)[-1]
    match = _NAME_DATE.search(name)
    if match:
        return "-".join(part for part in match.groups() if part)
    year = _NAME_YEAR.search(name)
    return year[1] if year else None


def _latest_date(passages: Iterable[Passage]) -> str | None:
    """The latest date that the text does not set as an aim or a limit ("by March 2025")."""
    latest = None
    for passage in passages:
        for start, date in find_dates(passage.text):
            if not _AIM.search(passage.text[max(0, start - 30) : start]):
                latest = max(latest or date, date)
    return latest

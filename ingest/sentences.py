"""Sentences of a passage, as half-open ranges.

Government prose ends sentences with footnote marks glued to the stop ("in the UK.4 The"), and is full of stops that end
none ("Ltd.", "No. 10", "St. Helens", "e.g."). A space lost after a stop ("events.This") is made good. A line break
(cells only) ends a sentence too.
"""

import re

_STOP = re.compile(
    r"(?<=[.!?…])['\")\]]*(?:\d{1,3}(?=\s+[A-Z\"'(]))?\s+(?=[A-Z0-9\"'(\[£•–-])|\n+|(?<=[a-z][a-z]\.)(?=[A-Z][a-z]+\s)"
    r"|(?<=\b(?:said|says)[:,])\s+(?=['\"])"
)
# What a stop needs, found by its first character; most passages are one sentence.
_MAY_STOP = re.compile(r"[.!?…:,\n](?:(?<=\n)|(?<=[.!?…])['\")\]\d]*\s|(?<=\.)[A-Z]|(?<=[:,])\s+['\"])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|c|approx|no|nos|vol|para|paras|p|pp|fig|sec|dept|govt|hon|rt|mr|mrs|ms|dr|prof|st|sr|jr"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|inc|ltd|co|plc)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_BEFORE_NUMBERS = frozenset({"no", "nos", "vol", "para", "paras", "p", "pp", "fig", "sec", "c", "approx"})
_CERTAIN_AFTER = frozenset({"etc", "ltd", "co", "inc", "plc"})  # these do end sentences when a capital follows


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of `text`, without the white space between them; O(len)."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text) if _MAY_STOP.search(text) else ():
        head = text[start : stop.start()]
        if "\n" not in stop.group() and head.endswith("."):
            abbreviation = _ABBREVIATION.search(head[-12:])
            word = abbreviation.group()[:-1].lower() if abbreviation else ""
            if (
                word
                and word not in _CERTAIN_AFTER
                and (word not in _BEFORE_NUMBERS or text[stop.end()] in "0123456789£$€")
            ):
                continue
        _append(found, text, start, stop.start() + len(stop.group().rstrip()))
        start = stop.end()
    _append(found, text, start, len(text))
    return found


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))

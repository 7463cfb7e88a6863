"""What a learned judgement looks at: the words of a sentence, point or cell, and where it stands.

Training (`bench/train.py`) and judging (`learned.py`) read the same features, so that neither can drift from the other.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.model import PassageKind
from ingest.propositions.types import Reading, Span

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|£|\d+|[:;?%]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST, _STEP = 60, 6  # words that count towards the length, and how many make a step
_HEADING_WORDS, _LEAD_WORDS, _FIRST_WORDS, _FURTHEST = 20, 12, 3, 3


class Features:
    """Features of the units of one document; headings and leads, which many units share, are read once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._owner = next((reading.entities[key].type for key in reading.names.owners if key in reading.entities), "")
        self._around: dict[tuple[tuple[str, ...], int], tuple[str, ...]] = {}
        self._leads = self._find_leads()

    def lead_of(self, unit: Span) -> int | None:
        """Return the paragraph before the run of points that a unit belongs to."""
        return self._leads.get(unit.passage)

    def of(self, unit: Span, position: int) -> Iterator[str]:
        """Yield the features of a unit, the `position`-th sentence of its passage; each counts once or more."""
        yield from self.own(unit, position)
        yield from self.around(unit)

    def own(self, unit: Span, position: int) -> list[str]:
        """Return the features of its own words and kind, each once; none of them is one of `around`."""
        passage = self._reading.passages[unit.passage]
        words = self._tokens(unit)
        header = _TOKEN.findall(passage.cell.header.lower()) if passage.cell else ()
        return [
            *[f"w:{word}" for word in dict.fromkeys(words)],
            *[f"b:{one} {other}" for one, other in dict.fromkeys(pairwise(words))],
            *[f"s{place}:{word}" for place, word in enumerate(words[:_FIRST_WORDS])],
            f"n:{min(len(words), _LONGEST) // _STEP}",
            f"i:{min(position, _FURTHEST)}",
            f"k:{passage.kind.value}",
            f"gk:{self._reading.genre} {passage.kind.value}",
            *[f"h:{word}" for word in dict.fromkeys(header)],
        ]

    def around(self, unit: Span) -> tuple[str, ...]:
        """Return the features of the headings and the lead above a unit: one object for all units that share them."""
        return self._surroundings(self._reading.passages[unit.passage].path[-2:], self._leads.get(unit.passage, -1))

    def _tokens(self, unit: Span) -> list[str]:
        """Return the words of a unit; a name is the type of what it names, a number one of its kind."""
        text = self._reading.passages[unit.passage].text
        words: list[str] = []
        at = unit.start
        for mention in self._reading.mentions_in(unit):
            if mention.start < at:
                continue
            words += _TOKEN.findall(text[at : mention.start].lower())
            words.append(self._reading.type_of(mention))
            at = mention.end
        words += _TOKEN.findall(text[at : unit.end].lower())
        return [_number(word) if word[0].isdigit() else word for word in words]

    def _surroundings(self, path: tuple[str, ...], lead: int) -> tuple[str, ...]:
        found = self._around.get((path, lead))
        if found is None:
            heading = _TOKEN.findall(" ".join(path).lower())[:_HEADING_WORDS]
            words = _TOKEN.findall(self._reading.passages[lead].text[-200:].lower())[-_LEAD_WORDS:] if lead >= 0 else []
            found = self._around[path, lead] = tuple(dict.fromkeys([
                f"g:{self._reading.genre}", f"o:{self._owner}", *(f"p:{word}" for word in heading),
                *(f"l:{word}" for word in words),
                *(f"lb:{one} {other}" for one, other in pairwise(words)),
            ]))  # fmt: skip
        return found

    def _find_leads(self) -> dict[int, int]:
        """Return for each point the paragraph before its run."""
        leads: dict[int, int] = {}
        last = -1
        for ordinal, passage in enumerate(self._reading.passages):
            if passage.kind is PassageKind.PARAGRAPH:
                last = ordinal
            elif passage.kind is PassageKind.HEADING:
                last = -1
            elif passage.kind is PassageKind.ITEM and last >= 0:
                leads[ordinal] = last
        return leads


def _number(word: str) -> str:
    return "<year>" if _YEAR.fullmatch(word) else "<number>"


def iter_units(reading: Reading) -> Iterator[tuple[Span, int]]:
    """Yield the sentences of paragraphs, points and notes, and the cells of tables, with their place in the passage."""
    for ordinal, passage in enumerate(reading.passages):
        if passage.kind in (PassageKind.HEADING, PassageKind.CAPTION):
            continue
        if passage.kind is PassageKind.CELL:
            if passage.cell and not passage.cell.is_header:
                yield reading.whole(ordinal), 0
            continue
        for position, (start, end) in enumerate(reading.sentences(ordinal)):
            yield Span(ordinal, start, end), position

"""Comparing text that different readers give: one normal form for names, one of letters and digits for spans."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from graph.model import Passage

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-"}
    | {"—": "-", "―": "-", "−": "-", "\u00ad": None, "\u200b": None, "\ufeff": None}
)
_CUT_WORD = re.compile(r"(?<=[^\W\d_])(?:-[ \t]*\n\s*|\ufffe\s*)(?=[^\W\d_])")
_SENTENCE_END = re.compile(r"[.!?]['\")\]’”]*\s+(?=[\"'(\[‘“£•]*[A-Z0-9])|\n+")


def fold(text: str) -> str:
    """Return `text` for comparing names: NFKC, plain quotes and hyphens, cut words joined, one space, no case."""
    plain = _CUT_WORD.sub("", unicodedata.normalize("NFKC", text).translate(_PLAIN))
    return " ".join(plain.split()).casefold()


def squash(text: str) -> str:
    """Return the letters and digits of `text` without case or accents: what is left when layout is forgotten."""
    folded = text.casefold() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, folded))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half-open range of a squashed document."""

    start: int
    end: int

    def overlap(self, other: "Stretch") -> int:
        """Return how many letters and digits both hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class SquashedText:
    """A document's passages as one run of letters and digits, so that a phrase is found however it was cut."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.ordinal)
        pieces = [squash(passage.text) for passage in self._passages]
        self.text = "".join(pieces)
        self._starts = [0, *accumulate(map(len, pieces))][:-1] if pieces else []
        self._place = {passage.id: at for at, passage in enumerate(self._passages)}
        breaks = {0, len(self.text), *self._starts}
        for passage, at in zip(self._passages, self._starts, strict=True):
            breaks.update(at + len(squash(passage.text[: end.end()])) for end in _SENTENCE_END.finditer(passage.text))
        self._breaks = sorted(breaks)

    def span(self, passage_id: str, start: int, end: int) -> Stretch | None:
        """Return where `text[start:end]` of a passage lies, or None for an unknown passage or a span without words."""
        at = self._place.get(passage_id)
        if at is None:
            return None
        text = self._passages[at].text
        first = self._starts[at] + len(squash(text[:start]))
        last = first + len(squash(text[start:end]))
        return Stretch(first, last) if last > first else None

    def find_stretches(self, beginning: str) -> list[Stretch]:
        """Return the sentences, or what is left of them, that begin with these words.

        Places where a sentence or passage begins go before places in mid-sentence, which count only without them.
        """
        needle, found, at = squash(beginning), [], -1
        while needle and (at := self.text.find(needle, at + 1)) >= 0:
            following = bisect_left(self._breaks, at + len(needle))
            found.append(Stretch(at, self._breaks[following]))
        leading = [
            stretch for stretch in found if self._breaks[bisect_left(self._breaks, stretch.start)] == stretch.start
        ]
        return leading or found

    def passage_at(self, position: int) -> Passage | None:
        """Return the passage that holds this letter."""
        at = bisect_right(self._starts, position) - 1
        return self._passages[at] if 0 <= at < len(self._passages) else None


def token_set_ratio(first: str, second: str) -> float:
    """Return how alike two names are, 0 to 100, in any order of words; 100 where one has all words of the other."""
    one, two = (set(re.findall(r"\w+", fold(name))) for name in (first, second))
    common = " ".join(sorted(one & two))
    if not one or not two:
        return 0.0
    if common and (one <= two or two <= one):
        return 100.0
    rest = [f"{common} {' '.join(sorted(words - (one & two)))}".strip() for words in (one, two)]
    pairs = [(common, rest[0]), (common, rest[1]), (rest[0], rest[1])]
    return max(_similarity(left, right) for left, right in pairs)


def _similarity(left: str, right: str) -> float:
    """Return twice the longest common subsequence over both lengths, as a percentage."""
    if not left or not right:
        return 0.0
    row = [0] * (len(right) + 1)
    for letter in left:
        previous = 0
        for at, other in enumerate(right, start=1):
            previous, row[at] = row[at], previous + 1 if letter == other else max(row[at], row[at - 1])
    return 200.0 * row[-1] / (len(left) + len(right))

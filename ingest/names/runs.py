"""Runs of capitalised words: the raw material of names that no register knows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# A capitalised word, with what may stand inside one: hyphens, apostrophes, ampersands (R&D), a version (4.0) after it.
_WORD = (
    r"(?:[A-Z][\w&'+-]*[\w+](?:(?<=s)'(?= [A-Z]))?|[A-Z]|\d+[A-Z]\w*|\d{1,3}(?:,\d{3})+(?= [A-Z])|[a-z]{1,2}[A-Z]\w+)"
)
_SMALL = r"(?:of|through|for|and|the|in|on|&|to|de|upon|with|at|by|from)"
_INITIALS = r" \([A-Z][A-Za-z&]{1,7}\)"
_RUN = re.compile(rf"{_WORD}(?:(?:{_INITIALS})?(?: {_SMALL}){{0,2}} (?:{_WORD}|\d[\d.]*(?![\w%])))*")
_AFTER_ARTICLE = re.compile(
    r"\b(?:the|The|an?|its|our|their)(?: (?:successful|new|existing|proposed|wider|original))? $"
)
_PIECE = re.compile(r"\([^)]*\)|[^ ]+")
_SENTENCE_START = re.compile(r"(?:^|[.:;!?•▪·–—|\n(\"'/]|^\W*\w{1,3}[.)])\s*[-–•]?\s*['\"(]?$")


class Word(NamedTuple):  # made by the thousand, as is Run: faster than a frozen dataclass
    """One word of a run with its place in the passage; initials in brackets are words too."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or self.text[0].isdigit() or self.text[1:2].isupper() or self.text[0] == "("


class Run(NamedTuple):
    """A stretch of capitalised words with small words between them; `at_start` where a sentence begins with it."""

    words: tuple[Word, ...]
    at_start: bool
    after_article: bool = False


def iter_runs(text: str, possessives: frozenset[str]) -> Iterator[Run]:
    """Yield the runs of `text` in order; a possessive ends a run, for what follows it is another name.

    Args: possessives: those that stand inside names ("King's").
    """
    for match in _RUN.finditer(text):
        begin = match.start()
        words: list[Word] = []
        at_start = begin == 0 or bool(_SENTENCE_START.search(text, max(0, begin - 6), begin))
        after_article = _AFTER_ARTICLE.search(text, max(0, begin - 30), begin) is not None
        for piece in _PIECE.finditer(match.group()):
            word = Word(piece.group(), begin + piece.start(), begin + piece.end())
            if word.text.endswith("'s") and word.text not in possessives and not (words and words[-1].text == "St"):
                words.append(Word(word.text[:-2], word.start, word.end - 2))
                yield Run(tuple(words), at_start, after_article)
                words, at_start, after_article = [], False, True  # an owner is as good as an article
            else:
                words.append(word)
        if words:
            yield Run(tuple(words), at_start, after_article)

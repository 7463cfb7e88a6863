"""Runs of capitalised words: the raw material of names that no register knows."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# A capitalised word, with what may stand inside one: hyphens, apostrophes, ampersands (R&D), a version (4.0) after it.
_WORD = (
    r"(?:[A-Z][\w&'+-]*[\w+](?:(?<=s)'(?= [A-Z]))?|[A-Z]|\d+[A-Z]\w*|\d{1,3}(?:,\d{3})+(?= [A-Z])|[a-z]{1,2}[A-Z]\w+)"
)
_SMALL = r"(?:of|through|for|and|the|in|on|&|to|de|upon|with|at|by|from)"
_INITIALS = r" \([A-Z][A-Za-z&]{1,7}\)"
# A word has a capital or a digit among its first three characters: nothing else is tried.
_RUN = re.compile(rf"(?![^A-Z\d]{{3}}){_WORD}(?:(?:{_INITIALS})?(?: {_SMALL}){{0,2}} (?:{_WORD}|\d[\d.]*(?![\w%])))*")
_AFTER_ARTICLE = re.compile(
    r"\b(?:the|The|an?|its|our|their)(?: (?:successful|new|existing|proposed|wider|original))? $"
)
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
    """A stretch of capitalised words of `text` with small words between them; `at_start` where a sentence begins so."""

    words: tuple[Word, ...]
    at_start: bool
    text: str
    is_owned: bool = False  # stands after a possessive

    @property
    def after_article(self) -> bool:
        """Whether an article or an owner stands before it."""
        begin = self.words[0].start
        return self.is_owned or _AFTER_ARTICLE.search(self.text, max(0, begin - 30), begin) is not None


def iter_runs(text: str, possessives: frozenset[str], is_wanted: Callable[[str, int, int], bool]) -> Iterator[Run]:
    """Yield the runs of `text` in order; a possessive ends a run, for what follows it is another name.

    Args: possessives: those that stand inside names ("King's").  is_wanted: says of text, start and end of capitalised
    words whether their runs are needed, before any is made.
    """
    for match in _RUN.finditer(text):
        at = match.start()
        if not is_wanted(text, at, match.end()):
            continue
        words: list[Word] = []
        at_start = at == 0 or bool(_SENTENCE_START.search(text, max(0, at - 6), at))
        is_owned = False
        for piece in match.group().split(" "):
            word = Word(piece, at, at + len(piece))
            at = word.end + 1
            if piece.endswith("'s") and piece not in possessives and not (words and words[-1].text == "St"):
                words.append(Word(piece[:-2], word.start, word.end - 2))
                yield Run(tuple(words), at_start, text, is_owned)
                words, at_start, is_owned = [], False, True
            else:
                words.append(word)
        if words:
            yield Run(tuple(words), at_start, text, is_owned)

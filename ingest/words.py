"""Which words a text has: a quick no for an expression that needs one of a few.

An expression that begins with a word's edge is tried at every character; most passages lack the words it looks for.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z]+")
_PASSAGES = 2048  # of which the words are remembered: the stages ask for those of one document in turn


@lru_cache(maxsize=_PASSAGES)
def find_words(text: str) -> frozenset[str]:
    """Return the runs of ASCII letters of `text`, in small letters."""
    return frozenset(_WORD.findall(text.lower()))


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return with which word each phrase begins; a text with none of them (`find_words`) has none of the phrases.

    That holds of phrases that begin with an ASCII letter and stand between edges of words.
    """
    return frozenset(found.group() for phrase in phrases if (found := _WORD.match(phrase.lower())))

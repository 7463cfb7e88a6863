"""The words of a PDF's text, by which `normalise` decides about hyphens at line ends."""

import re
from collections.abc import Container, Sequence

from ingest.normalise import find_words

_CUTS = ("\ufffe", "\x02", "-\n", "\u2010\n")  # hyphens at line ends, as `join_text` leaves them
_FEW_CUTS = 50  # looking for the words of more costs more than finding all words once
_SPACED_CUTS = ("\ufffe ", "\x02 ", "\u00ad ")
_SPACED_HYPHEN = re.compile(r"- [^\S\n]*\n")
_PUNCTUATION = ".,;:!?()[]'\"‘’“”"
_BETWEEN = "|"  # parts texts: it stands in no word and no cut
_REACH = 100  # letters beside a word: no other word or gap is longer


def find_known_words(texts: Sequence[str]) -> Container[str]:
    """Return what knows the words of `texts`, as `find_words` gives them; nothing where no word is cut at a line end,
    for only there they count."""
    whole = _BETWEEN.join(texts)
    cuts = sum(map(whole.count, _CUTS))
    if not cuts:
        return frozenset()
    return WordSearch(whole) if cuts <= _FEW_CUTS else _find_all(texts, whole)


class WordSearch:
    """Says of a word whether it is one of `find_words`, by looking for it in the text: for the few cuts of most
    documents that is cheaper than to find all words."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()

    def __contains__(self, word: object) -> bool:
        text, word = self._text, str(word)
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            is_whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
            if is_whole and word in find_words([self._around(at, end)]):
                return True
            at = text.find(word, at + 1)
        return False

    def _around(self, start: int, end: int) -> str:
        """Return a word with what stands beside it in its own text."""
        before = self._text[max(0, start - _REACH) : start].rpartition(_BETWEEN)[2]
        return before + self._text[start : end + _REACH].partition(_BETWEEN)[0]


def _find_all(texts: Sequence[str], whole: str) -> frozenset[str]:
    """Return the words of `texts`.

    Most strings between spaces are a word with punctuation, seen before; `find_words` looks at the others, and at whole
    texts where a space may stand behind the hyphen of a cut word."""
    is_spaced = _has_spaced_cut(whole)
    strings: set[str] = set()
    for text in texts:
        strings.update((text,) if is_spaced and _has_spaced_cut(text) else text.split(" "))
    words = set(filter(str.isalnum, strings))
    bare = {string.strip(_PUNCTUATION) for string in strings - words}
    words.update(filter(str.isalnum, bare))
    return find_words([" | ".join(bare - words)]).union(map(str.lower, words))


def _has_spaced_cut(text: str) -> bool:
    return any(cut[0] in text and cut in text for cut in _SPACED_CUTS) or _SPACED_HYPHEN.search(text) is not None

"""How alike two texts are by their words: TF-IDF cosine (shipped) and BM25 (measured beside it).

Weights come from the texts given: a word that many of them use says little. So one more text moves the weights of the
words it holds and nothing else; that is the only way in which an unrelated document touches a wording score.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.analysis.search import TermIndex

_WORD = re.compile(r"[a-z0-9][a-z0-9&'’+-]*[a-z0-9]|[a-z0-9]")
_STOP = frozenset(
    word
    for line in (
        "a about across after all also an and any are around as at be been before being better between both but by",
        "can could do each for from further get had has have how if in including into is it its itself more most",
        "much must new next no not of off on one only other our out over per same should so some such than that",
        "the their them then there these they this those through to together two under up us was way we well were",
        "what when where which while who will with within would year years you",
        # what plans say of any proposition, hub, pilot or test bed: it tells nothing of what that is about
        "become bed best billion bring build carry cent centre centres create cut deliver develop end ensure",
        "establish find first form give government grow growing help hold hub hubs include increase join joint key",
        "lead leading let level levels local make many may million national need opportunities opportunity part",
        "partner partners pilot place plan pounds programme programmes project projects put raise recognise region",
        "scheme schemes sector sectors secure set strategic strategies strategy support take test testbed use work",
        "world",
    )
    for word in line.split()
)
_SUFFIXES = (
    ("ational", "ate"), ("isation", "ise"), ("ization", "ise"), ("ations", "ate"), ("ation", "ate"), ("ments", "ment"),
    ("ities", "ity"), ("ings", ""), ("ing", ""), ("ies", "y"), ("sses", "ss"), ("ers", "er"), ("ed", ""), ("es", "e"),
    ("s", ""), ("ly", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without its commonest English endings: "demonstrators" and "demonstrator" meet."""
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and not word.endswith(("ss", "us")) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)] + replacement
            break
    return word.rstrip("e") if len(word) > 4 else word


def count_words(text: str) -> tuple[tuple[str, str, int], ...]:
    """Return the content words of a text as (stem, word, count), in the order in which the text first has them."""
    words = Counter(_WORD.findall(text.lower().replace("’", "'")))
    return tuple((stem(word), word, n) for word, n in words.items() if word not in _STOP and len(word) > 1)


_known_words = lru_cache(maxsize=8192)(count_words)  # the same propositions are compared again and again


def find_terms(text: str) -> Counter[str]:
    """Return the content words of a text, stemmed, with their counts."""
    terms: Counter[str] = Counter()
    for term, _, n in _known_words(text):
        terms[term] += n
    return terms


@dataclass(frozen=True, slots=True)
class Wording:
    """TF-IDF vectors of some texts by id, of length 1; `shown` gives a stem back as a text first wrote it."""

    vectors: Mapping[str, Mapping[str, float]]
    shown: Mapping[str, str]

    def cosine(self, first: str, second: str) -> float:
        """Return the cosine of two texts' vectors, 0 to 1."""
        one, two = self.vectors.get(first, {}), self.vectors.get(second, {})
        return min(1.0, math.fsum(one[term] * two[term] for term in one.keys() & two.keys()))

    def covered(self, first: str, second: str) -> float:
        """Return how much of the first text's weight the words of the second cover, 0 to 1."""
        one, two = self.vectors.get(first, {}), self.vectors.get(second, {})
        return min(1.0, math.fsum(one[term] ** 2 for term in one.keys() & two.keys()))

    def shared(self, first: str, second: str, *, limit: int = 6) -> tuple[str, ...]:
        """Return the words that two texts share, those that add most to their likeness first."""
        one, two = self.vectors.get(first, {}), self.vectors.get(second, {})
        terms = sorted(one.keys() & two.keys(), key=lambda term: (-one[term] * two[term], term))
        return tuple(self.shown[term] for term in terms[:limit])


def make_wording(texts: Mapping[str, str], among: "TermIndex | None" = None) -> Wording:
    """Return the TF-IDF vectors of texts: (1 + log count) x log((1 + n) / (1 + texts with the word)), plus 1.

    How many texts there are and have a word is counted over these, or `among` the many of which these are a choice."""
    counts = {key: find_terms(text) for key, text in sorted(texts.items())}
    spread = Counter(term for terms in counts.values() for term in terms)
    number = len(counts)
    if among is not None:
        spread = Counter({term: max(held, among.spread(term)) for term, held in spread.items()})
        number = max(number, len(among.ids))
    weight = {term: math.log((1 + number) / (1 + held)) + 1 for term, held in spread.items()}
    vectors = {
        key: _unit({term: (1 + math.log(n)) * weight[term] for term, n in terms.items()})
        for key, terms in counts.items()
    }
    return Wording(vectors, _shown(texts.values()))


def _unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(math.fsum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def _shown(texts: Iterable[str]) -> Mapping[str, str]:
    written: dict[str, dict[str, int]] = {}
    for text in texts:
        for term, word, n in _known_words(text):
            held = written.setdefault(term, {})
            held[word] = held.get(word, 0) + n
    return {
        term: next(iter(words)) if len(words) == 1 else min(words, key=lambda word: (-words[word], len(word), word))
        for term, words in written.items()
    }


def bm25_scores(texts: Mapping[str, str], query: str, *, k1: float = 1.5, b: float = 0.75) -> Mapping[str, float]:
    """Return the BM25 score of every text for the words of another; not bounded by 1."""
    counts = {key: find_terms(text) for key, text in sorted(texts.items())}
    spread = Counter(term for terms in counts.values() for term in terms)
    lengths = {key: sum(terms.values()) for key, terms in counts.items()}
    mean = sum(lengths.values()) / max(1, len(lengths))
    wanted: Sequence[str] = sorted(find_terms(query))
    return {
        key: math.fsum(
            math.log(1 + (len(counts) - spread[term] + 0.5) / (spread[term] + 0.5))
            * terms[term] * (k1 + 1) / (terms[term] + k1 * (1 - b + b * lengths[key] / mean))
            for term in wanted if term in terms
        )
        for key, terms in counts.items()
    }  # fmt: skip

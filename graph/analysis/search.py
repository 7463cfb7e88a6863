"""Which of very many texts share the rarest words with one: a first choice, whose likeness is then worked out."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from graph.analysis.wording import count_words

MAX_POSTINGS = 10_000  # looked at a search, the rarest words first: common ones would add time and no difference


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Texts by their words: `postings` holds for each stem the places in `ids` of the texts with it."""

    ids: Sequence[str]
    lengths: Sequence[int]  # different words of each text
    postings: Mapping[str, Sequence[int]]

    def spread(self, term: str) -> int:
        """Return how many texts hold a stem."""
        return len(self.postings.get(term, ()))

    def scores(self, text: str) -> Mapping[str, float]:
        """Return by id what other texts share with one: the weights of the words of both, rare ones weighing most.

        Cost: at most `MAX_POSTINGS` steps, some milliseconds whatever the number of texts."""
        scores: dict[int, float] = {}
        left = MAX_POSTINGS
        for term in sorted({term for term, _, _ in count_words(text)}, key=lambda term: (self.spread(term), term)):
            places = self.postings.get(term, ())
            left -= len(places)
            if left < 0:
                break
            weight = math.log((1 + len(self.ids)) / (1 + len(places))) ** 2
            for place in places:
                scores[place] = scores.get(place, 0.0) + weight
        return {self.ids[place]: score / math.sqrt(self.lengths[place]) for place, score in scores.items()}


def best_of(scores: Mapping[str, float], *, limit: int) -> tuple[str, ...]:
    """Return the ids with the highest scores, ties by id."""
    return tuple(nsmallest(limit, scores, key=lambda key: (-scores[key], key)))


def make_term_index(texts: Iterable[tuple[str, str]]) -> TermIndex:
    """Return the index of texts, given as (id, text). Cost: some 50 microseconds a text, 200 bytes of memory."""
    ids: list[str] = []
    lengths = array("H")
    postings: dict[str, array[int]] = {}
    for key, text in texts:
        terms = {term for term, _, _ in count_words(text)}
        for term in terms:
            postings.setdefault(term, array("I")).append(len(ids))
        ids.append(key)
        lengths.append(min(len(terms), 65_535))
    return TermIndex(ids, lengths, postings)

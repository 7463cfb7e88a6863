"""The words of a PDF's text: all of them, or looked for one by one, they are those that `find_words` gives."""

import pytest

from ingest.normalise import find_words
from ingest.readers.pdf_words import WordSearch, find_known_words

_OTHERS = ["Skills and pay", "the CO2-free coast", "Well-made!"]


@pytest.fixture(
    params=[
        "A co-ordinated plan, “well-made”: self-\nmade and re\ufffenewed (in 2019-20) for the North.",
        "Skills- and jobs\ufffe or jobs\ufffe and it’s O'Neil's £5m/year; e.g. a_b, naïve x2 -- no-",
        "cut\ufffe here and two- \nthree parts\x02 of words\u00ad in all",
        "End with a cut-\n",
    ]
)
def texts(request: pytest.FixtureRequest) -> list[str]:
    return [request.param, *_OTHERS]


def test_words_of_few_cuts_are_looked_for(texts: list[str]) -> None:
    known = find_known_words(texts)
    words = find_words(texts)
    parts = {word[start:end] for word in words for start in range(3) for end in range(1, len(word))}
    assert isinstance(known, WordSearch)
    assert {word for word in words | parts | {"newed", "here", "three"} if word in known} == words


def test_words_of_many_cuts_are_found_at_once(texts: list[str]) -> None:
    many = [*texts, *["cut\ufffeting"] * 60]
    assert find_known_words(many) == find_words(many)


def test_a_word_is_looked_for_within_one_text() -> None:
    known = find_known_words(["the well-\n", "made plan|nine", "re\ufffe" + " " * 90 + "newed", "a" * 300 + " coast"])
    assert all(word in known for word in ("the", "made", "plan", "nine", "coast"))
    assert not any(word in known for word in ("newed", "plan|nine", "well", "oast"))


def test_no_words_are_asked_for_where_none_is_cut() -> None:
    assert find_known_words(["A well-made plan - and a half.", *_OTHERS]) == frozenset()

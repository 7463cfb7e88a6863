"""Wording: stems, TF-IDF and BM25 on texts small enough to work out."""

import pytest

from graph.analysis.wording import bm25_scores, find_terms, make_wording, stem


@pytest.mark.parametrize(
    ("first", "second"), [("demonstrators", "demonstrator"), ("skills", "skill"), ("innovations", "innovation")]
)
def test_stem_joins_common_forms(first: str, second: str) -> None:
    assert stem(first) == stem(second)


@pytest.mark.parametrize("word", ["business", "campus", "gas"])
def test_stem_leaves_words_that_only_look_inflected(word: str) -> None:
    assert stem(word) == word


def test_find_terms_leaves_out_what_plans_say_of_anything() -> None:
    assert set(find_terms("Government will support a drone demonstrator")) == {stem("drone"), stem("demonstrator")}


def test_cosine_is_one_for_equal_texts_and_nothing_for_disjoint_ones() -> None:
    wording = make_wording({"a": "drone demonstrator", "b": "drone demonstrator", "c": "mental health"})
    assert wording.cosine("a", "b") == pytest.approx(1.0)
    assert wording.cosine("a", "c") == 0.0
    assert wording.cosine("a", "unknown") == 0.0


def test_cosine_of_one_shared_word_in_two() -> None:
    """Two texts of two words, one shared: idf(shared) = log(3/3) + 1 = 1, idf(own) = log(3/2) + 1."""
    own = 1.4054651081
    wording = make_wording({"a": "nuclear hydrogen", "b": "nuclear graphene"})
    assert wording.cosine("a", "b") == pytest.approx(1 / (1 + own**2))


def test_shared_gives_words_as_written_weightiest_first() -> None:
    wording = make_wording({"a": "drones and skills", "b": "drones and skills", "c": "skills"})
    assert wording.shared("a", "b") == ("drones", "skills")


def test_covered_is_the_part_of_the_first_text() -> None:
    wording = make_wording({"body": "nuclear", "text": "nuclear hydrogen graphene"})
    assert wording.covered("body", "text") == pytest.approx(1.0)
    assert wording.covered("text", "body") < 0.5


def test_bm25_ranks_the_rarer_word_first() -> None:
    texts = {"a": "nuclear skills", "b": "hydrogen skills", "c": "graphene skills"}
    scores = bm25_scores(texts, "hydrogen skills")
    assert max(scores, key=lambda key: scores[key]) == "b"
    assert scores["a"] == pytest.approx(scores["c"])

"""The first choice among very many texts."""

import pytest

from graph.analysis import search
from graph.analysis.search import best_of, make_term_index

TEXTS = [("a", "drones over farms"), ("b", "drones and skills"), ("c", "skills"), ("d", "skills for farms")]


def test_texts_with_the_rarer_word_come_first() -> None:
    index = make_term_index(TEXTS)
    assert best_of(index.scores("drones for skills"), limit=4) == ("b", "a", "c", "d")


def test_a_longer_text_with_the_same_words_scores_less() -> None:
    index = make_term_index([("long", "drones tidal ceramics"), ("short", "drones tidal"), ("none", "hydrogen")])
    scores = index.scores("drones")
    assert scores["short"] > scores["long"]
    assert "none" not in scores


def test_ties_go_by_id() -> None:
    assert best_of({"z": 1.0, "a": 1.0, "m": 2.0}, limit=2) == ("m", "a")


def test_a_search_looks_at_the_rarest_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_POSTINGS", 2)
    assert set(make_term_index(TEXTS).scores("drones for skills")) == {"a", "b"}


def test_spread_counts_texts_not_occurrences() -> None:
    index = make_term_index([("a", "drones drone drones"), ("b", "tidal")])
    assert (index.spread("dron"), index.spread("tidal"), index.spread("nothing")) == (1, 1, 0)

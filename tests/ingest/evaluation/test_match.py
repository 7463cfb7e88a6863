"""Matching is one to one, as large as can be, and keeps the first gold items."""

from ingest.evaluation.match import match_pairs


def test_match_moves_an_earlier_pair_to_fit_both() -> None:
    assert match_pairs({0: [0, 1], 1: [0]}) == {0: 1, 1: 0}


def test_match_keeps_what_comes_first() -> None:
    assert match_pairs({7: [0], 3: [0]}) == {7: 0}


def test_match_takes_the_first_free_candidate() -> None:
    assert match_pairs({0: [2, 1]}) == {0: 2}


def test_match_of_nothing_is_empty() -> None:
    assert match_pairs({0: []}) == {}

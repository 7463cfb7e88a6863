"""Names and spans compare whatever the layout of the text they stand in."""

import pytest

from graph.model import Passage
from ingest.evaluation.text import SquashedText, Stretch, fold, squash, token_set_ratio


def text_of(*texts: str) -> SquashedText:
    return SquashedText([Passage(f"p{at}", "doc:x", at, text) for at, text in enumerate(texts)])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lancashire’s  Strategy", "lancashire's strategy"),
        ("Oxford‑Cambridge\u00a0Arc", "Oxford-Cambridge Arc"),
        ("indus-\ntrial", "industrial"),
        ("indus\ufffetrial", "industrial"),
        ("soft\u00adly", "softly"),
        ("ﬁrst", "first"),
    ],
)
def test_fold_forgets_layout(first: str, second: str) -> None:
    assert fold(first) == fold(second)


def test_fold_keeps_a_hyphen_inside_a_line() -> None:
    assert fold("Agri-Tech") != fold("AgriTech")


def test_squash_keeps_letters_and_digits() -> None:
    assert squash("£4.3 billion – Café") == "43billioncafe"


def test_span_counts_letters_and_digits_over_passages() -> None:
    text = text_of("One, two.", "Three four")
    assert text.span("p1", 6, 10) == Stretch(11, 15)


def test_span_of_an_unknown_passage_is_none() -> None:
    assert text_of("One").span("p9", 0, 1) is None


def test_stretch_ends_with_its_sentence() -> None:
    text = text_of("We will build a tram. It runs.")
    assert text.find_stretches("We will build") == [Stretch(0, len("Wewillbuildatram"))]


def test_stretch_is_found_over_a_passage_that_ends_in_its_beginning() -> None:
    text = text_of("We will", "build a tram.", "Other text")
    assert text.find_stretches("We will build") == [Stretch(0, len("Wewillbuildatram"))]


def test_sentence_beginnings_go_before_the_middle_of_sentences() -> None:
    text = text_of("A plan to open a hub fell. Open a hub in Leeds.")
    assert [stretch.start for stretch in text.find_stretches("Open a hub")] == [len("Aplantoopenahubfell")]


def test_middle_of_a_sentence_counts_where_nothing_else_does() -> None:
    assert len(text_of("Partners will open a hub.").find_stretches("open a hub")) == 1


@pytest.mark.parametrize(
    ("first", "second", "least", "most"),
    [
        ("Careers Hub", "the hub for Careers", 100, 100),
        ("T Level Test Bed", "Test Bed for T Levels", 75, 95),
        ("Drone Zone", "Mental Health", 0, 60),
        ("", "Mental Health", 0, 0),
    ],
)
def test_token_set_ratio_forgets_order(first: str, second: str, least: float, most: float) -> None:
    assert least <= token_set_ratio(first, second) <= most

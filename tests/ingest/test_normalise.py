from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Passage
from ingest.normalise import Normalised, find_words, normalise

SIGNS = "abAB -\n\t\v\u00a0\u2009\u00ad\ufffe\x02\u200b\u2010\u2011ﬁﬀ’“\uf0b7\u0301.1–"
AWKWARD = st.text(alphabet=st.sampled_from(SIGNS))


def _source(normal: Normalised) -> str:
    return Passage("p", "d", 0, normal.text, edits=normal.edits).source_quote(0, len(normal.text))


@given(AWKWARD | st.text())
def test_normalise_leads_back_to_the_source(source: str) -> None:
    assert _source(normalise(source)) == source


@given(AWKWARD | st.text())
def test_normalise_gives_edits_in_order_that_do_not_overlap(source: str) -> None:
    normal = normalise(source)
    ends = [0, *(edit.end for edit in normal.edits)]
    assert all(end <= edit.start <= edit.end <= len(normal.text) for end, edit in zip(ends, normal.edits, strict=False))


@given(AWKWARD | st.text())
def test_normalise_leaves_plain_single_spaces(source: str) -> None:
    text = normalise(source).text
    assert text == text.strip()
    assert "  " not in text
    assert all(character == " " for character in text if character.isspace())


def test_normalise_makes_no_edit_in_plain_text() -> None:
    assert normalise("Growth – and skills.") == Normalised("Growth – and skills.")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("ﬁnance and oﬃce", "finance and office"),
        ("£5\u00a0million\u2009a  year\n", "£5 million a year"),
        ("‘levelling up’ and “place”", "'levelling up' and \"place\""),
        ("Stoke\u2011on\u2010Trent", "Stoke-on-Trent"),
        ("co\u00adordinate", "coordinate"),
        ("\uf0b7 Build homes", "Build homes"),
        ("zero\u200bwidth", "zerowidth"),
        ("cafe\u0301", "café"),
        ("2018–19 — x", "2018–19 — x"),
        ("S t r a t e g y for L o c a l Growth", "Strategy for Local Growth"),
        ("P L A C E", "PLACE"),
        ("options A B C D", "options A B C D"),
        ("I am a x", "I am a x"),
    ],
)
def test_normalise_writes_text_as_people_read_it(source: str, text: str) -> None:
    assert normalise(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("manu-\n   facturing", "manufacturing"),
        ("infra\ufffestructure", "infrastructure"),
        ("infra\u00ad\nstructure", "infrastructure"),
        ("help-\ning", "helping"),
        ("low-\ncarbon", "low-carbon"),
        ("industry\ufffeled", "industry-led"),
        ("whole\ufffeof-government", "whole-of-government"),
        ("non-\nUK", "non-UK"),
        ("mid-\n2020", "mid-2020"),
        ("UK-\nwide", "UK-wide"),
        ("state-of-the-\nart", "state-of-the-art"),
        ("two-\nand three-year", "two- and three-year"),
        ("R&D-\nintensive", "R&D-intensive"),
        ("higher-\nest", "higherest"),
        ("wait -\nthen go", "wait - then go"),
    ],
)
def test_normalise_mends_words_cut_at_a_line_end(source: str, text: str) -> None:
    assert normalise(source).text == text


def test_normalise_takes_the_document_for_its_dictionary() -> None:
    known = find_words(["We match the fund with a co-investment.", "The framework is broadband."])
    assert normalise("match\ufffefund", known).text == "match-fund"
    assert normalise("co-\ninvestment", known).text == "co-investment"
    assert normalise("frame-\nwork", known).text == "framework"
    assert normalise("broad-\nband", known).text == "broadband"
    assert normalise("FRAME-\nWORK", known).text == "FRAMEWORK"


def test_find_words_leaves_out_the_halves_of_a_cut_word() -> None:
    text = "a manu-\n  facturing fund, match\ufffeing of work-\nshops in the North-East"
    assert find_words([text]) == {"a", "fund", "of", "in", "the", "north-east"}


@given(
    st.text(
        alphabet="abZ  '\u2019\ufb01-\u2010\u00ad\ufffe\x02\n\v\t\xa0\u2003\u200b\ufffd\uffff\u0301é£\ue001\x00",
        max_size=16,
    )
)
def test_normalise_gives_the_same_whether_a_text_is_simple_or_not(source: str) -> None:
    with patch("ingest.normalise._is_simple", return_value=False):
        full = normalise(source, {"ab", "a", "b"})
    assert normalise(source, {"ab", "a", "b"}) == full

"""Rows of a table that sum up what the prose of the same paper proposes."""

import pytest
from paper_samples import Desk

HEAD = "| Scheme | Lead | Ask |"
QUAY = "| Quay at Lytham | Fylde Council | £5m from HM Treasury |"
SCHOOL = "| School of cooks | Homes England | £2m from DfE |"


@pytest.mark.parametrize(
    "lines",
    [
        ("We will build a new quay at Lytham.",),
        ("We will:", "- build quays at Lytham"),
    ],
)
def test_row_is_joined_to_the_proposition_that_has_all_words_of_its_name(desk: Desk, lines: tuple[str, ...]) -> None:
    paper = desk(*lines, HEAD, QUAY, SCHOOL)
    assert paper.whats == [lines[-1].removeprefix("- "), "£2m from DfE"]
    assert paper.part("ask")[0] == ["£5m from HM Treasury"]
    assert paper.part("lead")[0] == ["Fylde Council"]
    scope = [paper.reading.text(span) for span in paper.drafts[0].scope]
    assert {"Quay at Lytham", "Fylde Council", "£5m from HM Treasury"} < set(scope)


def test_names_of_a_joined_row_take_part(desk: Desk) -> None:
    edges = desk("We will build a new quay at Lytham.", HEAD, QUAY).edges()
    assert {("ASKS", "HM Treasury"), ("LEADS", "Fylde Borough Council"), ("IN_PLACE", "Lytham")} <= edges


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("We will build a new quay at Heysham.", HEAD, QUAY), 2),  # another quay
        (("We will build a quay at Lytham.", "We will widen the quay at Lytham.", HEAD, QUAY), 3),
        (("We will build a quay at Lytham.", HEAD, QUAY, QUAY.replace("Quay at", "Quays of")), 3),
        (("We will build a quay.", HEAD, QUAY.replace(" at Lytham", "")), 2),  # one word tells too little
        (("Rain fell.", HEAD, QUAY, SCHOOL), 2),  # no prose proposes anything
    ],
)
def test_what_fits_in_part_or_twice_stays_apart(desk: Desk, lines: tuple[str, ...], count: int) -> None:
    paper = desk(*lines)
    assert len(paper.whats) == count
    assert "£5m from HM Treasury" in paper.whats


def test_cell_with_a_promise_of_its_own_is_joined_with_its_row(desk: Desk) -> None:
    lines = ("| Alpha | Beta |", "| We will open a school of cooks at Lytham | Homes England |", "| Rain | Fell |")
    paper = desk("We will open a new school of twenty cooks at Lytham.", *lines)
    assert paper.whats == ["We will open a new school of twenty cooks at Lytham."]
    assert "Homes England" in [paper.reading.text(span) for span in paper.drafts[0].scope]


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("If Government agrees to proposal 1, the council will put in £2 million.", 2),
        ("If Government agrees to proposal 3, the council will put in £2 million.", 3),  # no such row
        ("If Government agrees to proposals 1 and 2, the council will put in £2 million.", 3),  # of no single row
        ("If Government agrees to proposal 1.2, the council will put in £2 million.", 3),
        ("If Government agrees, the council will put in £2 million.", 3),
    ],
)
def test_sentence_that_speaks_of_a_row_by_its_number_is_of_the_row(desk: Desk, told: str, count: int) -> None:
    paper = desk(HEAD, QUAY, SCHOOL, f"Fylde Council met. {told}")
    assert len(paper.whats) == count
    texts = [paper.reading.text(span) for span in paper.drafts[0].scope]
    assert ("the council will put in £2 million." in texts) is (count == 2)

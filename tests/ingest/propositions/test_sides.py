"""Tables whose headings say who will do what stands below: which are such, and what each cell gives."""

import pytest
from paper_samples import Desk

ROW = "| Fund a quay at Lytham | Train forty sailors |"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Government will", "Industry will"),
        ("What the Government will do", "What the sector will do"),
        ("HM Government commits to", "The chamber agrees to"),
        ("Government has agreed to", "Industry is to"),
        ("Government's commitments", "Industry commitments"),
        ("Commitments from Government", "Pledges by the sector"),
        ("Government will", "Industry commitments"),
    ],
)
def test_cells_are_what_the_side_over_them_will_do(desk: Desk, left: str, right: str) -> None:
    paper = desk(f"| {left} | {right} |", ROW)
    assert paper.rules == ["row.side"] * 2
    assert paper.whats == ["Fund a quay at Lytham", "Train forty sailors"]
    assert paper.actors == [[left], [right]]


def test_verb_makes_a_side_alone_and_leaves_the_other_columns(desk: Desk) -> None:
    assert desk("| Government will | Note |", ROW).whats == ["Fund a quay at Lytham"]


@pytest.mark.parametrize(
    "headings",
    [
        "| Industry commitments | Note |",
        "| Our commitments | Previous commitments |",
        "| We will | Note |",
        "| It will | Note |",
        "| When it will | How Government will |",
    ],
)
def test_one_noun_and_headings_of_no_side_make_none(desk: Desk, headings: str) -> None:
    assert "row.side" not in desk(headings, ROW).rules


@pytest.mark.parametrize("heading", ["Ask", "Project", "Lead", "Partners", "Departments", "How"])
def test_column_that_makes_a_row_one_proposal_makes_no_sides(desk: Desk, heading: str) -> None:
    lines = (f"| Government will | Industry will | {heading} |", f"{ROW} Widen the road |")
    assert "row.side" not in desk(*lines).rules


def test_column_of_dates_leaves_the_sides(desk: Desk) -> None:
    assert desk("| Government will | Industry will | When |", f"{ROW} 2021 |").rules == ["row.side"] * 2


def test_each_line_of_a_cell_is_one_without_its_bullet(desk: Desk) -> None:
    paper = desk("| Government will | Industry will |", "| • Fund a quay / • Open a school | – Train sailors / Sail |")
    assert paper.whats == ["Fund a quay", "Open a school", "Train sailors"]


@pytest.mark.parametrize("cell", ["N/A", "None", "Circulate the final draft"])
def test_cell_that_says_nothing_or_handles_papers_is_none(desk: Desk, cell: str) -> None:
    assert desk("| Government will | Industry will |", f"| Fund a quay | {cell} |").whats == ["Fund a quay"]


def test_sides_of_a_draft_are_tentative(desk: Desk) -> None:
    lines = ("| Government will | Industry will |", ROW)
    assert desk(*lines).statuses == ["firm"] * 2
    assert desk(*lines, draft=True).statuses == ["tentative"] * 2

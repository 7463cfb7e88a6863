"""Propositions in boxes of label and value and in labelled paragraphs."""

import pytest
from paper_samples import Desk

from ingest.propositions import load_rules
from ingest.propositions.labels import find_label, read_label


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("What", "what"),
        ("What:", "what"),
        ("Why", "why"),
        ("Rationale", "why"),
        ("How we will do it", "how"),
        ("Our ask", "ask"),
        ("What we need from Government", "ask"),
        ("Delivery partners", "partners"),
        ("Led by", "lead"),
        ("Cost", "money"),
        ("What a day that was", None),
        ("Whatever", None),
        ("Contact", None),
    ],
)
def test_label_names_a_role_only_where_it_is_the_whole_label(label: str, role: str | None) -> None:
    assert find_label(label, load_rules()) == role


def test_box_of_label_and_value_is_a_proposition(desk: Desk) -> None:
    paper = desk("| What | Build a quay |", "| Why | Ships come |", "| Ask | BEIS to fund it |")
    assert paper.whats == ["Build a quay"]
    assert paper.rules == ["labelled"]
    assert paper.part("ask") == [["BEIS to fund it"]]


def test_label_that_comes_again_begins_the_next_box(desk: Desk) -> None:
    paper = desk(
        "| Proposal | Quay |", "| What | Build it |", "| Why | Ships |", "| Proposal | School |", "| What | Open it |"
    )
    assert list(zip(paper.names, paper.whats, strict=True)) == [("Quay", "Build it"), ("School", "Open it")]


def test_labelled_paragraphs_are_a_proposition_named_by_their_heading(desk: Desk) -> None:
    paper = desk("# Plan", "## The quay", "What: Build a quay at Lytham.", "Why: Ships come.", "Ask: BEIS to fund it.")
    assert paper.names == ["The quay"]
    assert paper.whats == ["Build a quay at Lytham."]
    assert paper.part("why") == [["Ships come."]]


@pytest.mark.parametrize("mark", [": ", " – ", " - "])
def test_label_ends_in_a_colon_or_dash(desk: Desk, mark: str) -> None:
    assert desk("## Quay", f"What{mark}Build a quay.", f"Why{mark}Ships come.").whats == ["Build a quay."]


@pytest.mark.parametrize(
    "lines",
    [
        ("## Quay", "What: Build a quay."),
        ("## Quay", "What: Build a quay.", "## Why", "Why: Ships come."),
        ("## Quay", "Why: Ships come.", "Lead: Fylde Council."),
        ("## Quay", "Where: Lytham", "Contact: the clerk"),
    ],
)
def test_what_or_ask_and_one_label_more_are_needed(desk: Desk, lines: tuple[str, ...]) -> None:
    assert desk(*lines).rules == []


def test_ask_stands_for_a_missing_what(desk: Desk) -> None:
    paper = desk("## Quay", "Ask: BEIS to fund it.", "Why: Ships come.")
    assert paper.whats == ["BEIS to fund it."]


def test_numbered_paragraphs_with_a_name_are_propositions(desk: Desk) -> None:
    paper = desk(
        "Proposal 1: A school of quays. It would stand at Lytham. We ask HM Treasury to fund it.",
        "Proposal 2: Heat for Lytham. The mill has heat to spare.",
    )
    assert paper.names == ["A school of quays", "Heat for Lytham"]
    assert paper.part("ask") == [["We ask HM Treasury to fund it."], []]


def test_one_numbered_paragraph_is_no_list(desk: Desk) -> None:
    assert desk("Proposal 1: A school of quays. It stands at Lytham.").whats == []


@pytest.mark.parametrize(
    "labels",
    [
        ("Name of proposition", "What is proposed", "Who would lead", "What Government is asked for"),
        ("The idea", "In a sentence", "Led by", "From Government"),
        ("Title", "Description of activity", "Lead organisation", "Support sought from Government"),
    ],
)
def test_box_with_labels_of_its_own_is_a_proposition(desk: Desk, labels: tuple[str, ...]) -> None:
    values = ("Quays", "A school of quays at Lytham", "Fylde Council", "BEIS to fund half of it")
    paper = desk(*(f"| {label} | {value} |" for label, value in zip(labels, values, strict=True)))
    assert paper.names == ["Quays"]
    assert paper.whats == ["A school of quays at Lytham"]
    assert paper.part("ask") == [["BEIS to fund half of it"]]


def test_box_at_the_head_of_a_paper_is_none(desk: Desk) -> None:
    rows = (
        "| Fact | Value |",
        "| Report title | Quays |",
        "| Summary | What the quays need |",
        "| Lead officer | A clerk |",
        "| Likely cost | £5m |",
    )
    assert desk(*rows).whats == []


def test_box_says_more_of_the_row_that_bears_its_name(desk: Desk) -> None:
    paper = desk(
        "| Proposition | Lead | Cost |",
        "| Quays | Fylde Council | £5m |",
        "| Heat | Fylde Council | £2m |",
        "## Each in turn",
        "| Proposition | Quays |",
        "| What | A school of quays at Lytham |",
        "| Ask of Government | BEIS to fund half of it |",
    )
    assert sorted(paper.names) == ["Heat", "Quays"]
    assert "A school of quays at Lytham" in paper.whats
    assert [part for part in paper.part("ask") if part] == [["BEIS to fund half of it"]]


QUAY = (
    "## The quay",
    "{} What we will do",
    "Build a quay at Lytham.",
    "{} Why",
    "Ships come.",
    "{} Who",
    "Fylde Council",
)
SCHOOL = ("## The school", "{} What we will do", "Open a school.", "{} Why", "Few can read.", "{} Who", "Homes England")


def headed(*lines: str, mark: str = "###") -> list[str]:
    return ["# Plan", *(line.format(mark).strip() for line in lines)]


@pytest.mark.parametrize("mark", ["###", ""])
def test_headings_that_come_again_make_one_proposition_of_what_stands_under_them(desk: Desk, mark: str) -> None:
    paper = desk(*headed(*QUAY, *SCHOOL, mark=mark))
    assert paper.rules == ["labelled"] * 2
    assert paper.names == ["The quay", "The school"]
    assert paper.whats == ["Build a quay at Lytham.", "Open a school."]
    assert paper.part("why") == [["Ships come."], ["Few can read."]]
    assert paper.part("partners") == [["Fylde Council"], ["Homes England"]]
    assert paper.edges("PARTNERS_IN") == {("PARTNERS_IN", "Fylde Borough Council"), ("PARTNERS_IN", "Homes England")}


def test_headings_that_come_once_are_chapters(desk: Desk) -> None:
    assert desk(*headed(*QUAY)).whats == []


def test_points_under_a_heading_of_what_stay_propositions_of_their_own(desk: Desk) -> None:
    points = ("- Build a quay at Lytham", "- Open a dock at Lytham")
    paper = desk(*headed(*QUAY[:2], *points, *QUAY[3:], *SCHOOL))
    assert paper.whats == ["Build a quay at Lytham", "Open a dock at Lytham", "Open a school."]
    assert paper.rules == ["item.promising-lead"] * 2 + ["labelled"]


def test_other_heading_ends_what_stands_under_a_label(desk: Desk) -> None:
    turned = (QUAY[0], *QUAY[3:], *QUAY[1:3])
    paper = desk(*headed(*turned, "## Rain", "Rain fell.", "{} Why", "It is wet.", *SCHOOL))
    assert paper.names == ["The quay", "The school"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Lead: Fylde Council", ("lead", "Fylde Council")),
        ("Ask – £5m", ("ask", "£5m")),
        ("Weather: rain", None),
        ("Lead", None),
        ("Lead:", None),
    ],
)
def test_label_before_a_colon_or_dash_says_what_follows(text: str, label: tuple[str, str] | None) -> None:
    found = read_label(text, load_rules())
    assert (found and (found[0], text[found[1] :])) == label


@pytest.mark.parametrize(
    ("points", "parts"),
    [
        (("-- Lead: Homes England", "-- Where: Preston"), {"lead": ["Homes England"], "place": ["Preston"]}),
        (("-- Ask: £5m from HM Treasury",), {"ask": ["£5m from HM Treasury"]}),
        (("-- Weather: rain",), {}),
        (
            ("-- Lead: Homes England", "-- Ask: £5m from HM Treasury"),
            {"lead": ["Homes England"], "ask": ["£5m from HM Treasury"]},
        ),
    ],
)
def test_labelled_points_below_a_point_are_its_parts(
    desk: Desk, points: tuple[str, ...], parts: dict[str, list[str]]
) -> None:
    paper = desk("Fylde Council will:", "- build a quay", *points, "- open a school")
    assert paper.whats == ["build a quay", "open a school"]
    found = {role: [paper.reading.text(span) for span in spans] for role, spans in paper.drafts[0].parts.items()}
    assert found == {"lead-words": ["Fylde Council will:"], **parts}

"""What a paper says of its propositions by their numbers."""

import pytest
from paper_samples import Desk, Paper

HEAD = ("# Lancashire Local Industrial Strategy", "Published by Lancashire Enterprise Partnership in 2019.")
TABLE = (
    "| No | Proposition | What |",
    "| 2 | Quay | Build a quay |",
    "| 3 | School | Open a school |",
    "| 5 | Road | Widen a road |",
)
CLEAN, CARS = "Clean Growth", "Automotive Sector Deal"


def by_number(paper: Paper) -> set[tuple[str, str, str]]:
    names = paper.entities
    return {
        (names[relation.source_id].name, relation.type, names[relation.target_id].name)
        for relation in paper.batch.relations
        for found in relation.evidence
        if found.rule == "by-number"
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Propositions 2 and 3 address Clean Growth.", {("Quay", "ADDRESSES", CLEAN), ("School", "ADDRESSES", CLEAN)}),
        ("Asks 3 to 5 build on the Automotive Sector Deal.",
         {("School", "ALIGNS_WITH", CARS), ("Road", "ALIGNS_WITH", CARS)}),
        ("Project 2 answers Clean Growth, and project 5 draws on the Automotive Sector Deal.",
         {("Quay", "ADDRESSES", CLEAN), ("Road", "ALIGNS_WITH", CARS)}),
        ("Propositions 1, 4 and 9 address Clean Growth.", set()),
        ("Proposition 2, like Clean Growth, is new.", set()),
        ("Chapters 2 and 3 address Clean Growth.", set()),
        ("Proposition 2 addresses Preston.", set()),
    ],
)  # fmt: skip
def test_numbered_propositions_serve_what_a_sentence_says(
    desk: Desk, text: str, found: set[tuple[str, str, str]]
) -> None:
    assert by_number(desk(*HEAD, *TABLE, text)) == found


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (("| Quay | Build a quay |", "| School | Open a school |"), "School"),
        (("| 2. Quay | Build a quay |", "| 3. School | Open a school |"), "2. Quay"),
    ],
)
def test_number_is_that_of_the_row_else_its_place(desk: Desk, rows: tuple[str, ...], name: str) -> None:
    paper = desk(*HEAD, "| Proposition | What |", *rows, "Proposition 2 addresses Clean Growth.")
    assert by_number(paper) == {(name, "ADDRESSES", CLEAN)}


@pytest.mark.parametrize(
    "line", ["## Proposition 2 addresses Clean Growth", "| Proposition 2 addresses Clean Growth |"]
)
def test_headings_and_cells_say_nothing_by_number(desk: Desk, line: str) -> None:
    paper = desk(*HEAD, *TABLE, "Rain fell.", line)
    assert by_number(paper) == set()


def test_evidence_is_the_sentence_that_names_the_number(desk: Desk) -> None:
    batch = desk(*HEAD, *TABLE, "Rain fell. Proposition 2 addresses Clean Growth. Ships came.").batch
    quotes = [found.quote for relation in batch.relations for found in relation.evidence if found.rule == "by-number"]
    assert quotes == ["Proposition 2 addresses Clean Growth."]

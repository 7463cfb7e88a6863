"""Which row a number means."""

import pytest
from paper_samples import Desk

from ingest.propositions.numbers import REFERENCE, number_rows, read_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1", [1]),
        ("1 and 2", [1, 2]),
        ("3, 4 and 6", [3, 4, 6]),
        ("1 to 3", [1, 2, 3]),
        ("3 to 1", []),
    ],
)
def test_numbers_of_a_list_and_of_a_range(text: str, numbers: list[int]) -> None:
    assert list(read_numbers(text)) == numbers


@pytest.mark.parametrize(("text", "found"), [("Asks 1 and 2 rest on it", "1 and 2"), ("see action 1.2", None)])
def test_reference_is_a_kind_with_its_number(text: str, found: str | None) -> None:
    match = REFERENCE.search(text)
    assert (match["numbers"] if match else None) == found


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (("| A quay | £1m from HM Treasury |", "| A pier | £2m from DfE |"), [1, 2]),
        (("| 4. A quay | £1m from HM Treasury |", "| 7. A pier | £2m from DfE |"), [4, 7]),
    ],
)
def test_rows_count_from_above_unless_they_bear_numbers(desk: Desk, rows: tuple[str, ...], numbers: list[int]) -> None:
    paper = desk("| Scheme | Ask |", *rows)
    assert list(number_rows(paper.drafts, paper.reading)) == numbers

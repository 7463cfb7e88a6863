"""Who leads a deal and its sector, in a paper of the deal's own and under the deal's heading in another."""

import pytest
from paper_samples import Desk

DEAL = "Automotive Sector Deal"
BEIS, HMT = "Department for Business, Energy and Industrial Strategy", "HM Treasury"
RAIN = ("Rain fell.",) * 4  # past the lines that may only name who made the deal
OWN = (f"# {DEAL}", *RAIN)
OTHER = (
    "# Lancashire Local Industrial Strategy", "Published by Lancashire Enterprise Partnership.", *RAIN, f"## {DEAL}"
)  # fmt: skip


def leaders(desk: Desk, *lines: str, title: str = "") -> set[str]:
    return {source for source, type_, target in desk(*lines, title=title).links if (type_, target) == ("LEADS", DEAL)}


@pytest.mark.parametrize("head", [OWN, OTHER], ids=["own", "section"])
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BEIS leads it.", {BEIS}),
        ("BEIS co-leads it with HM Treasury.", {BEIS, HMT}),
        ("It was agreed by BEIS.", {BEIS}),
        ("It was signed by BEIS and HM Treasury.", {BEIS}),
        ("HM Treasury leads it.", set()),
        ("It was agreed by HM Treasury.", set()),
        ("BEIS likes cars.", set()),
        ("BEIS leads to new quays.", set()),
        ("BEIS will lead it.", set()),
        ("A programme led by BEIS trains firms.", set()),
        ("The fund that BEIS leads is old.", set()),
    ],
)
def test_leader_of_a_deal_is_said_or_known_and_the_deal_made(
    desk: Desk, head: tuple[str, ...], text: str, names: set[str]
) -> None:
    assert leaders(desk, *head, text) == names


def test_first_lines_of_a_deal_may_only_name_its_leader(desk: Desk) -> None:
    assert leaders(desk, "By BEIS", "Cars matter.", title=DEAL) == {BEIS}
    assert leaders(desk, *RAIN, "By BEIS", title=DEAL) == set()


def test_paper_of_a_deal_says_at_its_head_who_made_it(desk: Desk) -> None:
    signed = "It was signed by BEIS."
    assert leaders(desk, *["Rain fell."] * 13, signed, title=DEAL) == {BEIS}
    assert leaders(desk, *["Rain fell."] * 14, signed, title=DEAL) == set()


@pytest.mark.parametrize(
    "heading", ["## Cars", "## Automotive Sector Deal and Aerospace Sector Deal", "## Offshore Wind Sector Deal"]
)
def test_section_of_another_heading_says_nothing_of_the_deal(desk: Desk, heading: str) -> None:
    assert leaders(desk, *OTHER, "Rain fell.", heading, "It was agreed by BEIS.") == set()


@pytest.mark.parametrize(
    ("lines", "holds"),
    [
        ((f"# {DEAL}", "The automotive industry grows."), True),
        ((f"# {DEAL}", "The aerospace industry grows."), False),
        (("# Ports", f"The automotive industry likes the {DEAL}."), False),
    ],
)
def test_deal_of_a_paper_is_in_the_sector_that_the_paper_names(desk: Desk, lines: tuple[str, ...], holds: bool) -> None:
    found = {target for source, type_, target in desk(*lines).links if (source, type_) == (DEAL, "IN_SECTOR")}
    assert found == ({"Automotive"} if holds else set())

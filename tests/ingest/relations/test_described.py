"""Relations of what a document is about: who publishes it, what it covers, what its box says."""

import pytest
from paper_samples import Desk

LIS = "Lancashire Local Industrial Strategy"
LEP = "Lancashire Enterprise Partnership"
HEAD = (f"# {LIS}", f"Published by {LEP}.")


def test_owner_publishes_and_place_is_covered(desk: Desk) -> None:
    links = desk(*HEAD, "Lancashire has ports.").links
    assert (LEP, "PUBLISHES", LIS) in links
    assert (LIS, "COVERS", "Lancashire") in links


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("HM Government and the LEP agreed this strategy in 2019.", True),
        ("HM Government published it in 2019.", True),
        ("HM Government will agree this strategy in 2020.", False),
        ("HM Government likes this strategy.", False),
        ("HM Government published the Harbour Growth Strategy.", False),
    ],
)
def test_government_publishes_where_it_is_said(desk: Desk, text: str, published: bool) -> None:
    assert (("HM Government", "PUBLISHES", LIS) in desk(*HEAD, text).links) is published


@pytest.mark.parametrize(
    ("row", "link"),
    [
        ("| Sector | Aerospace |", ("Automotive Sector Deal", "IN_SECTOR", "Aerospace")),
        ("| Grand Challenge | Clean Growth |", ("Automotive Sector Deal", "ADDRESSES", "Clean Growth")),
        ("| Lead department | BEIS |",
         ("Department for Business, Energy and Industrial Strategy", "LEADS", "Automotive Sector Deal")),
        ("| Departments | HM Treasury |", ("HM Treasury", "LEADS", "Automotive Sector Deal")),
    ],
)  # fmt: skip
def test_box_about_the_document_states_relations_of_its_subject(
    desk: Desk, row: str, link: tuple[str, str, str]
) -> None:
    assert link in desk("# Automotive Sector Deal", "| Fact | Value |", row).links
    line = ": ".join(cell.strip() for cell in row.strip("| ").split("|"))
    assert link in desk("# Automotive Sector Deal", line).links


def test_places_that_the_area_takes_in_are_those_of_its_partnership(desk: Desk) -> None:
    links = desk(*HEAD, "The area takes in Preston, Blackpool and Burnley.").links
    assert {(LEP, "COVERS", place) for place in ("Preston", "Blackpool", "Burnley")} <= links


def test_challenges_named_together_are_the_strategys(desk: Desk) -> None:
    links = desk(*HEAD, "Two Grand Challenges run through it: Clean Growth and AI and Data Economy.").links
    assert {(LIS, "ADDRESSES", "Clean Growth"), (LIS, "ADDRESSES", "AI and Data Economy")} <= links


def test_paper_about_nothing_in_particular_has_no_such_relations(desk: Desk) -> None:
    assert not desk("# Ports", "The area takes in Preston and Burnley.").links


def test_publishing_is_quoted_from_the_first_sentence_that_names_both(desk: Desk) -> None:
    text = f"Rain fell. {LEP} is proud of the {LIS}. Ships came."
    batch = desk(f"# {LIS}", f"{LEP} met in May.", text).batch
    (found,) = [
        evidence
        for relation in batch.relations
        if relation.type == "PUBLISHES"
        for evidence in relation.evidence
        if evidence.rule == "owner"
    ]
    assert found.quote == f"{LEP} is proud of the {LIS}."


@pytest.mark.parametrize("subject", ["The strategy", "It", "This plan", "Our strategy also"])
def test_what_the_paper_says_its_strategy_serves_is_the_strategys(desk: Desk, subject: str) -> None:
    links = desk(*HEAD, f"{subject} supports the Offshore Wind Sector Deal and the Clean Growth Grand Challenge.").links
    assert {(LIS, "ALIGNS_WITH", "Offshore Wind Sector Deal"), (LIS, "ADDRESSES", "Clean Growth")} <= links


@pytest.mark.parametrize(
    ("opening", "holds"), [("Ours covers", True), ("It now takes in", True), ("Theirs covers", False)]
)
def test_what_ours_covers_is_covered_by_the_papers_partnership(desk: Desk, opening: str, holds: bool) -> None:
    assert ((LEP, "COVERS", "Preston") in desk(*HEAD, f"{opening} Preston and Burnley.").links) is holds


def test_place_that_an_area_leaves_out_is_not_covered(desk: Desk) -> None:
    links = desk(*HEAD, "It covers Preston and Burnley, but not Blackpool.").links
    assert (LEP, "COVERS", "Preston") in links
    assert (LEP, "COVERS", "Blackpool") not in links


def test_label_of_who_reads_a_deal_names_no_leader(desk: Desk) -> None:
    assert not desk("# Automotive Sector Deal", "Readers: HM Treasury").links


@pytest.mark.parametrize(("title", "publishes"), [(LIS, True), (f"Response to the {LIS}", False)])
def test_sender_of_a_response_does_not_publish_the_strategy(desk: Desk, title: str, publishes: bool) -> None:
    links = desk(f"# {title}", "From: Fylde Council", title=title).links
    assert (("Fylde Borough Council", "PUBLISHES", LIS) in links) is publishes

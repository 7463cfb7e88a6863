"""Propositions as the kinds of document write them: asks put as questions, action plans, minuted decisions, pledges."""

import pytest

from ingest.normalise import normalise
from ingest.propositions.clauses import Trigger
from tests.ingest.paper_samples import Desk


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        ("Will the Minister fund a quay at Lytham?", ["Will the Minister fund a quay at Lytham?"]),
        ("Will the Minister join me in thanking the team?", []),
        (
            "We recommend that the Government give LEPs core funding.",
            ["We recommend that the Government give LEPs core funding."],
        ),
        ("We propose a new rail link to Skelmersdale.", ["We propose a new rail link to Skelmersdale."]),
        (
            "Fylde Council already runs a fund and will open a school.",
            ["Fylde Council already runs a fund and will open a school."],
        ),
        ("Fylde Council will meet yearly and will build a quay.", ["will build a quay."]),
        ("The plan sets out how Fylde Council will build a quay.", []),
        ("It was suggested that Fylde Council might build a quay.", []),
        ("Here is what I will do for the quay.", []),
        ("The paper lists the steps we will take to cut waste.", []),
        (
            "Fylde Council will provide and will promote a museum.",
            ["Fylde Council will provide and will promote a museum."],
        ),
        ("We are establishing a Quay Board to oversee it.", ["We are establishing a Quay Board to oversee it."]),
        (
            "Fylde Council commits to ensuring that a quay is built.",
            ["Fylde Council commits to ensuring that a quay is built."],
        ),
    ],
)
def test_sentences(desk: Desk, text: str, whats: list[str]) -> None:
    assert desk(text).whats == whats


def test_plan_of_action_is_read_by_its_verbs(desk: Desk) -> None:
    head = "| Action | Lead |"
    plan = desk(head, "| Dredge the harbour | Fylde Council |", "| Build a quay | Fylde Council |")
    catchwords = desk(head, "| Harbour | Fylde Council |", "| Technicians | Fylde Council |")
    assert plan.whats == ["Dredge the harbour", "Build a quay"]
    assert catchwords.whats == []


@pytest.mark.parametrize(
    ("lead", "point", "asked"),
    [
        ("We should like:", "- DfT and Homes England to build a quay.", "DfT and Homes England"),
        ("Fylde Council will:", "- lobby the Department for Transport for a bypass;", "Department for Transport"),
    ],
)
def test_point_that_names_whom_it_asks(desk: Desk, lead: str, point: str, asked: str) -> None:
    (draft,) = desk(lead, point, genre="letter").drafts
    assert draft.trigger is Trigger.ASKS
    assert [point[2:][span.start : span.end] for span in draft.actors] == [asked]


def test_decision_needs_no_colon_in_minutes_only(desk: Desk) -> None:
    text = "It was agreed that £4 million be allocated to Fylde Council for a quay."
    assert len(desk(text, genre="minutes").whats) == 1
    assert desk(text, genre="strategy").whats == []


def test_words_spaced_out_are_joined_by_their_gaps() -> None:
    assert normalise("T H E   H U L L   L I N E .").text == "THE HULL LINE."
    assert normalise("A   B   C").text == "A B C"

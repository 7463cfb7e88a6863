"""Sentences that go on about what stands before them: whom "it" and "they" are, who runs and who pays."""

import pytest
from paper_samples import Desk

from ingest.propositions import Span
from ingest.propositions.sequels import find_antecedent

NEXT = "They will build a quay."


@pytest.mark.parametrize(
    ("before", "bodies"),
    [
        ("Homes England and Fylde Council have a pact.", ["Homes England and Fylde Council"]),
        ("The University of Central Lancashire met.", ["The University of Central Lancashire"]),
        ("Homes England has a pact with Fylde Council.", ["Homes England"]),
        ("Last year a pact was made with Homes England.", ["Homes England"]),
        ("Last year a pact was made by Homes England and Fylde Council.", []),
        ("Last year rain fell in Lancashire.", []),
        ("Homes England has a pact. Last year rain fell.", []),
    ],
)
def test_antecedent_is_who_opens_the_sentence_before_or_its_only_body(
    desk: Desk, before: str, bodies: list[str]
) -> None:
    reading = desk(f"{before} {NEXT}").reading
    span = Span(0, *reading.sentences(0)[-1])
    assert reading.text(span).strip() == NEXT
    assert [reading.text(found) for found in find_antecedent(span, reading)] == bodies


def test_first_sentence_has_no_antecedent(desk: Desk) -> None:
    reading = desk("Homes England has a pact.", NEXT).reading
    assert find_antecedent(reading.whole(1), reading) == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Homes England and Fylde Council have a pact. They will build a quay.", "Homes England and Fylde Council"),
        ("Fylde Council has a plan. It will build a quay.", "Fylde Council"),
        ("Rain fell. They will build a quay.", "They"),
        ("Homes England has a pact. We will build a quay.", "We"),
    ],
)
def test_promise_of_it_or_them_is_of_who_was_named_before(desk: Desk, text: str, actor: str) -> None:
    assert desk(text).actors == [[actor]]


@pytest.mark.parametrize(
    ("sequel", "is_more"),
    [
        ("The school will be run by the University of Central Lancashire.", True),
        ("It will be hosted by the University of Central Lancashire.", True),
        ("The Department for Education will meet half the cost.", True),
        ("Homes England has promised £2 million.", True),
        ("The quay will be run by the University of Central Lancashire.", False),
        ("The Department for Education will provide £2 million for ferries.", False),
        ("We ask the Department for Education to meet half the cost of ferries.", False),
    ],
)
def test_sentence_on_who_runs_or_pays_is_of_the_proposition_before(desk: Desk, sequel: str, is_more: bool) -> None:
    paper = desk(f"Fylde Council will open a new school at Lytham. {sequel}")
    assert (len(paper.whats) == 1) is is_more


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Fylde Council will open a school. Homes England will second two teachers to it.", 1),
        ("Fylde Council will open a school. A bid for half of the cost will be made to the Local Growth Fund.", 1),
        ("Fylde Council will open a school. The Department for Education has agreed to put £2 million into it.", 1),
        ("We will start a new fund. It will buy boats for the county.", 1),
        ("Fylde Council will open a school. Homes England will second two teachers to the county.", 2),
        ("Fylde Council will open a school. HM Treasury is asked for a loan.", 1),
        ("Fylde Council will open a school. HM Treasury is asked for a ferry.", 2),
        ("Fylde Council will open a school. We ask HM Treasury to find that sum.", 1),
        ("Fylde Council will open a school. We will start with ten rooms for cooks.", 1),
        ("Fylde Council will open a school. Homes England will contribute £2 million, its first gift.", 1),
        ("Fylde Council will open a school, and Homes England will contribute £200,000.", 1),
        ("Fylde Council will open a school, and Homes England will build a quay.", 2),
    ],
)
def test_sentence_that_adds_to_a_proposition_is_none_of_its_own(desk: Desk, text: str, count: int) -> None:
    assert len(desk(text).whats) == count


def test_gift_within_the_sentence_makes_a_partner_of_the_giver(desk: Desk) -> None:
    paper = desk("We would open a school, and the Edge Foundation would contribute £200,000.", genre="minutes")
    assert paper.whats == ["We would open a school"]
    assert paper.actors == [["We", "the Edge Foundation"]]


@pytest.mark.parametrize(("verb", "count"), [("start with", 1), ("begin with", 1), ("fund", 2)])
def test_what_one_starts_with_is_of_what_one_will_do(desk: Desk, verb: str, count: int) -> None:
    text = f"I will open a new school at Lytham. I'll {verb} ten rooms for cooks."
    assert len(desk(text, genre="manifesto").whats) == count


def test_question_of_money_for_it_is_the_ask_of_the_proposition_before(desk: Desk) -> None:
    paper = desk("Fylde Council will open a school. HM Treasury is asked for a loan.")
    assert paper.part("ask") == [["HM Treasury is asked for a loan."]]


@pytest.mark.parametrize("gift", ["£200,000 to ferries", "£1.5 million to ferries"])
def test_gift_to_something_else_is_a_proposition_of_its_own(desk: Desk, gift: str) -> None:
    assert len(desk(f"Fylde Council will open a school. Homes England will contribute {gift}.").whats) == 2

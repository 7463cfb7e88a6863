"""Whom "it" and "they" stand for: the bodies that open the sentence before, or its only one."""

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

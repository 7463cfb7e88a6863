import pytest
from paper_samples import Desk

from ingest.propositions import Span, load_rules
from ingest.propositions.clauses import find_clauses
from ingest.propositions.subjects import classify_subject, is_indefinite


def classify(desk: Desk, subject: str, genre: str = "") -> str:
    text = f"{subject} will open a laboratory."
    reading = desk(text, genre=genre).reading
    rules = load_rules()
    clause = find_clauses(text, 0, len(text), rules.verbs)[-1]
    return str(classify_subject(clause, Span(0, 0, len(text)), reading, rules))


@pytest.mark.parametrize(
    ("subject", "doer"),
    [
        ("We", "we"),
        ("Together we", "we"),
        ("Fylde Council", "body"),
        ("The Department for Transport", "body"),
        ("The University of Central Lancashire", "body"),
        ("The board of Fylde Council", "body"),
        ("Local colleges", "body"),
        ("The county and its partners", "body"),
        ("Lancashire", "place"),
        ("Preston and Blackpool", "place"),
        ("The strategy", "plan"),
        ("The Transforming Cities Fund", "plan"),
        ("A new unit", "new"),
        ("A national fund", "new"),
        ("It", "pronoun"),
        ("They", "pronoun"),
        ("This paper", "paper"),
        ("Officers", "paper"),
        ("Members of the board", "paper"),
        ("Jobs", "result"),
        ("Government funding for skills", "other"),
        ("The weather", "other"),
    ],
)
def test_subject_is_known_by_its_name_or_head_noun(desk: Desk, subject: str, doer: str) -> None:
    assert classify(desk, subject) == doer


@pytest.mark.parametrize(
    ("subject", "doer"),
    [
        ("Under the strategy Fylde Council", "body"),
        ("In May the Department for Transport and BEIS", "body"),
        ("At Lytham we", "we"),
        ("From next year people", "other"),
    ],
)
def test_name_right_before_the_trigger_is_the_subject_after_a_preposition(desk: Desk, subject: str, doer: str) -> None:
    assert classify(desk, subject) == doer


def test_place_within_a_subject_does_not_make_it_a_place(desk: Desk) -> None:
    assert classify(desk, "The weather in Lancashire") == "other"


def test_body_within_a_phrase_of_the_subject_does_not_make_it_a_body(desk: Desk) -> None:
    assert classify(desk, "The weather at Fylde Council") == "other"


@pytest.mark.parametrize(
    ("genre", "doer"), [("letter", "we"), ("statement", "we"), ("minutes", "paper"), ("", "paper")]
)
def test_i_is_the_author_where_a_paper_speaks_in_the_first_person(desk: Desk, genre: str, doer: str) -> None:
    assert classify(desk, "I", genre) == doer


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("A new hub", True), ("Two hubs", True), ("Further hubs", True), ("The hub", False), ("Hubs", False)],
)
def test_indefinite_subject_brings_something_up(subject: str, expected: bool) -> None:
    assert is_indefinite(subject) is expected


MHCLG = "Ministry of Housing, Communities and Local Government"


@pytest.mark.parametrize(
    ("subject", "actor"),
    [
        (f"In the meantime the {MHCLG}", MHCLG),
        (
            "In the meantime the Department for Business, Energy and Industrial Strategy",
            "Department for Business, Energy and Industrial Strategy",
        ),
        ("In the meantime the Department for Transport", "Department for Transport"),
        ("In the meantime, the county, Fylde and Lytham", "Fylde and Lytham"),
    ],
)
def test_subject_does_not_begin_within_a_name(desk: Desk, subject: str, actor: str) -> None:
    assert desk(f"{subject} will fund a quay.").actors == [[actor]]

import pytest

from ingest.propositions.clauses import Clause, Trigger, find_clauses
from ingest.propositions.rules import load_rules


def clauses(text: str) -> list[Clause]:
    return find_clauses(text, 0, len(text), load_rules().verbs)


def subjects(text: str) -> list[str]:
    return [text[clause.subject_start : clause.subject_end] for clause in clauses(text)]


def verbs(text: str) -> list[tuple[str, str]]:
    return [(str(clause.trigger), clause.verb) for clause in clauses(text)]


@pytest.mark.parametrize(
    "subject",
    [
        "Harbour Council",
        "The Department for Digital, Culture, Media and Sport",
        "Fylde Council, the University of Leicester and Homes England",
        "HM Government, Fylde Council and the LEP",
        "The Board of Harbour Trust",
        "Our colleges and universities",
        "We",
    ],
)
def test_subject_is_all_that_stands_before_the_trigger(subject: str) -> None:
    assert subjects(f"{subject} will open a laboratory.") == [subject]


@pytest.mark.parametrize(
    "aside",
    [
        "chaired by Jane Smith and supported by the county",
        "working with the colleges",
        "which met in May",
        "based at the old mill",
        "together with Homes England",
        "a body of five councils",
    ],
)
def test_apposition_between_commas_is_stepped_over(aside: str) -> None:
    assert subjects(f"The Harbour Board, {aside}, will run a fund.")[-1] == "The Harbour Board"


@pytest.mark.parametrize(
    "leading",
    [
        "Subject to approval, ",
        "In 2021, ",
        "Building on this work, ",
        "Through its fund, ",
        "Under the new strategy, ",
        "With partners in Blackpool and Preston, ",
        "But ",
        "And in turn ",
        "Recommendation 3: ",
        "Our offer – ",
        "Next step: ",
    ],
)
def test_leading_phrase_is_no_part_of_the_subject(leading: str) -> None:
    assert subjects(f"{leading}the county will open a laboratory.") == ["the county"]


def test_list_of_names_after_a_leading_phrase_without_comma_begins_with_the_first_name() -> None:
    text = "Under the strategy HM Government, Fylde Council and the LEP will open a laboratory."
    assert subjects(text) == ["HM Government, Fylde Council and the LEP"]


@pytest.mark.parametrize("adverb", ["also ", "then ", "jointly ", "as a result ", "actively ", "now "])
def test_adverb_between_trigger_and_verb_is_skipped(adverb: str) -> None:
    assert verbs(f"The county will {adverb}open a laboratory.") == [("will", "open")]


@pytest.mark.parametrize(
    "means", ["with the University of Leicester", "through the new fund", "subject to approval", "by 2030"]
)
def test_aside_between_trigger_and_verb_is_skipped(means: str) -> None:
    assert verbs(f"The county will, {means}, open a laboratory.") == [("will", "open")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The county will open it.", ("will", "open")),
        ("The county shall open it.", ("will", "open")),
        ("The county is to open it.", ("will", "open")),
        ("The county is going to open it.", ("will", "open")),
        ("We'll open it.", ("will", "open")),
        ("The county has agreed to open it.", ("agreed", "open")),
        ("The county commits to opening it.", ("agreed", "open")),
        ("The county is committed to open it.", ("agreed", "open")),
        ("The county pledges to open it.", ("agreed", "open")),
        ("The county intends to open it.", ("intends", "open")),
        ("The county plans to open it.", ("intends", "open")),
        ("Partners would like to open it.", ("intends", "open")),
        ("The county is investing £4 million.", ("giving", "invest")),
        ("The county could open it.", ("could", "open")),
        ("The county may open it.", ("could", "open")),
        ("The county should open it.", ("should", "open")),
        ("The county needs to open it.", ("should", "open")),
    ],
)
def test_trigger_and_base_form_of_its_verb(text: str, found: tuple[str, str]) -> None:
    assert verbs(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "The county opened it.",
        "The county is open.",
        "The county has opened it.",
        "Their goodwill opened it.",
        "It met in May, at length.",
        "The county is opening it.",
    ],
)
def test_sentence_without_a_trigger_has_no_clause(text: str) -> None:
    assert verbs(text) == []


@pytest.mark.parametrize(
    "chain", ["seek to ", "look to ", "continue to ", "work with partners to ", "be able to ", "aim to "]
)
def test_chain_of_verbs_is_one_promise_of_its_last_verb(chain: str) -> None:
    assert verbs(f"The county will {chain}support firms.") == [("will", "support")]


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("A unit will be set up.", True),
        ("A unit will be created by 2030.", True),
        ("A unit will then be formally created.", True),
        ("Firms will be building homes.", False),
        ("It will be open to all.", False),
        ("The county will create it.", False),
    ],
)
def test_passive_is_a_form_of_be_with_a_participle(text: str, passive: bool) -> None:
    assert [clause.passive for clause in clauses(text)] == [passive]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The county will not build it.", True),
        ("The county will never build it.", True),
        ("We'll not build it.", True),
        ("The county should not build it.", True),
        ("The county could not build it.", True),
        ("The county will build it, not lease it.", False),
    ],
)
def test_negation_belongs_to_its_trigger(text: str, negated: bool) -> None:
    assert [clause.negated for clause in clauses(text)] == [negated]


@pytest.mark.parametrize("word", ["which", "that", "who", "where", "when", "if", "whether", "until", "how"])
def test_clause_after_a_relative_word_is_relative(word: str) -> None:
    assert [clause.relative for clause in clauses(f"It tells of quays {word} will open soon.")] == [True]


def test_second_verb_after_and_carries_the_subject_on() -> None:
    text = "Fylde Council will build a quay and will open a school."
    assert [(clause.verb, clause.carried) for clause in clauses(text)] == [("build", False), ("open", True)]
    assert subjects(text) == ["Fylde Council", "Fylde Council"]


def test_second_subject_after_and_is_not_carried() -> None:
    text = "Fylde Council will build a quay, and the county will open a school."
    assert subjects(text) == ["Fylde Council", "the county"]
    assert [clause.carried for clause in clauses(text)] == [False, False]


def test_subject_of_a_relative_clause_is_not_carried_on() -> None:
    text = "The quay which will open and will close is old."
    assert [clause.carried for clause in clauses(text)] == [False, False]


def test_semicolon_parts_promises_and_their_words() -> None:
    text = "The county will fund a mast; Fylde Council will build the road."
    assert [text[clause.start : clause.end] for clause in clauses(text)] == [
        "The county will fund a mast",
        "Fylde Council will build the road.",
    ]


def test_semicolon_within_one_promise_parts_nothing() -> None:
    text = "The county will fund a mast; a road; and a quay."
    assert [(clause.start, clause.end) for clause in clauses(text)] == [(0, len(text))]


def test_offsets_count_from_the_whole_text() -> None:
    text = "Rain fell. Fylde Council will build a quay."
    (clause,) = find_clauses(text, 11, len(text), load_rules().verbs)
    assert text[clause.subject_start : clause.subject_end] == "Fylde Council"
    assert clause.trigger is Trigger.WILL
    assert text[clause.verb_start :] == "build a quay."

"""What sentences ask, of whom, and what only sounds like asking."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from paper_samples import Desk

from corpus import DOCUMENTS
from ingest.propositions import Reading, Span, asks, load_rules
from ingest.propositions.asks import Way, find_ask, load_patterns
from ingest.readers import read_document

TUNE = Path(__file__).parents[2] / "data" / "unseen" / "tune" / "documents"
ASKED = [
    ("We ask the Department for Transport to fund a quay.", "Department for Transport"),
    ("We ask that HM Treasury have it open by May.", "HM Treasury"),
    ("We would welcome a conversation with the Home Office about a police school.", "Home Office"),
    ("Could the Department for Transport (DfT) set up a trial of ferries?", "Department for Transport"),
    ("Fylde Council calls on HM Treasury to fund a quay.", "HM Treasury"),
    ("We urge the Home Office and HM Treasury to fund a quay.", "Home Office and HM Treasury"),
    ("The Department for Transport is asked to fund a quay.", "Department for Transport"),
    ("HM Treasury is asked for £5 million towards the quay.", "HM Treasury"),
    ("From HM Treasury we want control of the skills budget.", "HM Treasury"),
    ("We would ask that HM Treasury pilots a new grant.", "HM Treasury"),
    ("We have called upon HM Treasury to fund a quay.", "HM Treasury"),
    ("Fylde Council is keen for HM Treasury to fund a quay.", "HM Treasury"),
    ("We look to HM Treasury to fund a quay.", "HM Treasury"),
    ("We propose that HM Treasury funds a quay.", "HM Treasury"),
    ("We seek £5m from HM Treasury to build a quay.", "HM Treasury"),
    ("Fylde Council needs a decision from HM Treasury by March on the quay.", "HM Treasury"),
    ("We seek HM Treasury's agreement to a new quay.", "HM Treasury"),
    ("What is missing is £14 million, and I hope that HM Treasury will find it.", "HM Treasury"),
    ("It would be a great help if HM Treasury could base a team here.", "HM Treasury"),
    ("There is a strong case for HM Treasury to fund a quay.", "HM Treasury"),
    ("We have written to HM Treasury to ask that the quay be widened.", "HM Treasury"),
    ("HM Treasury is asked, under its own plan, to fund a quay.", "HM Treasury"),
    ("May we ask HM Treasury to fund a quay?", "HM Treasury"),
    ("We will be pressing HM Treasury to fund a quay.", "HM Treasury"),
    ("Our ask of HM Treasury is that it funds a quay.", "HM Treasury"),
    ("The main ask is for HM Treasury to fund a quay.", "HM Treasury"),
    ("What we need from HM Treasury is a new quay at Lytham.", "HM Treasury"),
    ("A grant of £3m is sought from HM Treasury for the quay.", "HM Treasury"),
    ("HM Treasury support is needed for the quay.", "HM Treasury"),
    ("We want to see HM Treasury fund a quay.", "HM Treasury"),
    ("Fylde Council would like to see the Department for Transport (DfT) open a ferry.",
     "Department for Transport"),
    ("The Chief Executive was asked to seek £2m from HM Treasury for a quay.", "HM Treasury"),
    ("Ministers would be pressed for £4m from HM Treasury for a quay.", "HM Treasury"),
    ("From the Ministry of Defence (MOD) we seek a lease of the quay.", "Ministry of Defence"),
    ("The quay is ready: all that it needs is £3 million from HM Treasury.", "HM Treasury"),
    ("The board writes to Ofgem and to BEIS to request that the grid be widened.", "Ofgem and to BEIS"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_ask_of_a_department_names_whom_it_asks(desk: Desk, text: str, asked: str) -> None:
    paper = desk(text)
    assert paper.rules in (["sentence.asks"], ["sentence.will-you"])
    assert paper.actors == [[asked]]


@pytest.mark.parametrize(
    "text",
    [
        "Firms need advice from HM Treasury on the quay.",
        "The Board asked HM Treasury to fund a quay in 2015.",
        "This paper sets out what we need from HM Treasury to build the quay.",
        "We received a letter from HM Treasury on the quay.",
        "The county believes that HM Treasury owns the quay.",
        "We want to see HM Treasury officials.",
        "We want to see HM Treasury happy with the quay.",
        "We wanted to see HM Treasury fund a quay.",
        "The Chief Executive was asked to seek £2m from Fylde Council, near HM Treasury.",
        "All that it needs is £3 million from firms near HM Treasury.",
    ],
)
def test_naming_a_department_asks_it_nothing(desk: Desk, text: str) -> None:
    assert desk(text).whats == []


@pytest.mark.parametrize(
    "text",
    [
        "We ask Fylde Council to fund a quay.",
        "Could we ask HM Treasury to fund a quay?",
        "HM Treasury was asked to fund a quay.",
        "Ministers asked for a quay.",
    ],
)
def test_other_asking_is_no_ask_of_a_department(desk: Desk, text: str) -> None:
    assert desk(text).rules == []


def test_call_without_addressee_is_a_proposition(desk: Desk) -> None:
    assert desk("We are calling for a new quay at Lytham.").rules == ["sentence.calls-for"]


@pytest.mark.parametrize("opening", ["Nor do we", "Neither do we"])
def test_what_one_does_not_ask_for_is_no_call(desk: Desk, opening: str) -> None:
    assert desk("We ask for a quay at Lytham.").rules == ["sentence.calls-for"]
    assert desk(f"{opening} ask for a quay at Lytham.").rules == []


def test_what_a_department_should_do_is_an_ask_of_a_local_paper(desk: Desk) -> None:
    assert desk("HM Treasury should fund a quay.").rules == ["sentence.government-should"]


@pytest.mark.parametrize(
    "text", ["HM Treasury should fund a quay.", "We ask HM Treasury to fund a quay.", "We could build a quay."]
)
def test_government_does_not_ask_itself(desk: Desk, text: str) -> None:
    assert desk(text, owners=["dept:beis"], genre="strategy").rules == []


def test_government_will_ask_its_bodies(desk: Desk) -> None:
    paper = desk("We will ask Homes England to build a new quay.", owners=["dept:beis"], genre="strategy")
    assert len(paper.whats) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The Government would like Ofcom to open a school.", 1),
        ("The Government wants Ofcom to open a school.", 1),
        ("The Government needs Ofcom to open a school.", 0),
    ],
)
def test_government_asks_what_it_would_like_of_its_bodies(desk: Desk, text: str, count: int) -> None:
    paper = desk(text, owners=["dept:beis"], genre="strategy")
    assert paper.actors == [["Ofcom"]] * count
    assert paper.rules == ["sentence.asks"] * count


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "We call on HM Treasury to fund a quay, and on the Department for Transport to run a bus.",
            ["HM Treasury", "Department for Transport"],
        ),
        ("We are seeking from HM Treasury a fund, and from BEIS a hand.", ["HM Treasury", "BEIS"]),
    ],
)
def test_each_of_several_asks_names_whom_it_asks(desk: Desk, text: str, asked: list[str]) -> None:
    paper = desk(text)
    assert paper.rules == ["sentence.asks"] * 2
    assert [actor.removeprefix("the ") for actors in paper.actors for actor in actors] == asked


def test_line_addressed_to_a_department_asks_it(desk: Desk) -> None:
    assert desk("To HM Treasury: a larger share of business rates").actors == [["HM Treasury"]]


@pytest.mark.parametrize("label", ["Ask of DfE", "Our ask of DfE", "Asks for DfE"])
def test_point_labelled_with_a_department_asks_it(desk: Desk, label: str) -> None:
    paper = desk("## Actions", f"- {label}: devolve the skills budget")
    assert paper.whats == [f"{label}: devolve the skills budget"]
    assert paper.rules == ["sentence.asks"]
    assert paper.actors == [["DfE"]]


@pytest.mark.parametrize(
    "text",
    [
        "HM Treasury could fund a quay.",
        "The Department for Transport could build a ferry.",
        "We would add that HM Treasury could fund a quay.",
    ],
)
def test_what_a_department_could_do_is_an_ask_of_a_local_paper(desk: Desk, text: str) -> None:
    paper = desk(text)
    assert paper.rules == ["sentence.government-could"]
    assert [str(draft.trigger) for draft in paper.drafts] == ["asks"]
    assert desk(text, owners=("dept:hmg",)).whats == []


@pytest.mark.parametrize(
    "text",
    [
        "HM Treasury and Fylde Council could fund a quay.",
        "Firms near HM Treasury could fund a quay.",
        "HM Treasury officials could fund a quay.",
        "HM Treasury could be moved to Lytham.",
        "HM Treasury could help firms.",
        "The clerk said that HM Treasury could fund a quay.",
    ],
)
def test_what_others_than_a_department_alone_could_do_asks_nothing(desk: Desk, text: str) -> None:
    assert "asks" not in [str(draft.trigger) for draft in desk(text).drafts]


@pytest.mark.parametrize(
    "text",
    [
        "We would be grateful if you could widen the road.",
        "It would help us if you would fund a quay at Lytham.",
        "We should be glad if you were to open a school.",
        "We would appreciate it if you might widen the road.",
    ],
)
def test_thanks_for_what_you_might_do_call_for_it(desk: Desk, text: str) -> None:
    assert desk(text).rules == ["sentence.calls-for"]


@pytest.mark.parametrize(
    "words",
    [
        "let us know",
        "confirm the date",
        "reply by May",
        "meet us at Lytham",
        "consider the quay",
        "pass this on",
        "accept the draft",
        "find time for us",
        "look at the plan",
        "send us the map",
        "write to Fylde Council",
    ],
)
def test_thanks_for_words_and_meetings_call_for_nothing(desk: Desk, words: str) -> None:
    assert desk(f"We would be grateful if you could {words}.").whats == []


def test_thanks_for_what_others_might_do_call_for_nothing(desk: Desk) -> None:
    assert desk("We would be grateful if they could widen the road.").whats == []


class _Any(frozenset[str]):
    """The needs of a way of asking that is tried in every sentence."""

    def isdisjoint(self, _: object) -> bool:
        return False


def _iter_sentences(readings: list[Reading]) -> Iterator[tuple[Reading, Span]]:
    for reading in readings:
        for ordinal in range(len(reading.passages)):
            for start, end in reading.sentences(ordinal):
                if any(reading.type_of(m) == "Department" for m in reading.mentions_in(Span(ordinal, start, end))):
                    yield reading, Span(ordinal, start, end)


@pytest.fixture(scope="module")
def sentences(desk: Desk) -> list[tuple[Reading, Span]]:
    """The sentences that name a department, of the bundled documents and of this file's own examples."""
    paths = sorted(path for folder in (DOCUMENTS, TUNE) for path in folder.iterdir() if not path.name.startswith("."))
    readings = [desk.extractor.find_names(read_document(path.read_bytes(), path.name)) for path in paths]
    return list(_iter_sentences([*readings, desk(*(text for text, _ in ASKED)).reading]))


@pytest.mark.parametrize("name", load_patterns())
def test_way_of_asking_is_tried_wherever_it_would_find_something(
    name: str, sentences: list[tuple[Reading, Span]], monkeypatch: pytest.MonkeyPatch
) -> None:
    way, rules = load_patterns()[name], load_rules()

    def find_with(needs: frozenset[str]) -> list[tuple[str, str]]:
        monkeypatch.setattr(asks, "load_patterns", lambda: {name: Way(way.pattern, needs)})
        found = [(r, s, find_ask(s, r, rules, owned_by_government=False)) for r, s in sentences]
        return [(reading.text(sentence), reading.text(who)) for reading, sentence, who in found if who]

    found = find_with(_Any())
    assert found, "an example in ASKED shows what this way of asking finds"
    assert find_with(way.needs) == found

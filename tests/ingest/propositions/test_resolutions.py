import pytest
from paper_samples import Desk

from ingest.propositions import Draft, Reading, Span, load_rules
from ingest.propositions.resolutions import read_resolution, split_resolution


def read(desk: Desk, text: str) -> Draft | str:
    reading: Reading = desk(text).reading
    return read_resolution(Span(0, 0, len(text)), reading, load_rules())


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("That Fylde Council commit £5 million to a quay", "agreed", ["Fylde Council"]),
        ("that the Partnership would build a quay", "agreed", ["the Partnership"]),
        ("that the strategy put health at its heart", "agreed", ["the strategy"]),
        ("to award £5,000 to Homes England", "agreed", []),
        ("and to fund a new quay", "agreed", []),
        ("that the Department for Transport be asked to fund a tram", "asks", ["the Department for Transport"]),
        ("to ask the Home Office to fund a quay", "asks", ["to ask the Home Office to fund a quay"]),
        ("that the LEP write to Ofgem and to BEIS to request a new grid", "asks", ["Ofgem and to BEIS"]),
    ],
)
def test_resolution_says_who_acts_or_is_asked(desk: Desk, text: str, trigger: str, actors: list[str]) -> None:
    draft = read(desk, text)
    assert isinstance(draft, Draft)
    assert draft.trigger == trigger
    assert [text[span.start : span.end].strip() for span in draft.actors] == actors


@pytest.mark.parametrize(
    "text",
    [
        "That the report be noted",
        "That the minutes be approved as a true record",
        "That the item be deferred",
        "to note the update",
        "to approve the paper",
        "to send the report to members",
        "That the Chair write to the Treasury",
        "that progress was good",
        "to be seen",
    ],
)
def test_handling_of_papers_is_procedure(desk: Desk, text: str) -> None:
    assert read(desk, text) == "procedure"


@pytest.mark.parametrize("text", ["Fylde Council will build a quay", "The quay", "Together we act"])
def test_other_words_are_no_resolution(desk: Desk, text: str) -> None:
    assert read(desk, text) == ""


@pytest.mark.parametrize("opening", ["RESOLVED: ", "Resolved – ", "It was agreed: ", "Decision: "])
def test_sentence_of_resolutions_is_split(desk: Desk, opening: str) -> None:
    text = f"{opening}to award £9,000 to Homes England; and that the minutes be approved."
    reading = desk(text).reading
    parts = split_resolution(Span(0, 0, len(text)), reading)
    assert [reading.text(part) for part in parts] == [
        "to award £9,000 to Homes England",
        "that the minutes be approved.",
    ]


@pytest.mark.parametrize("text", ["Resolved to build a quay.", "They agreed: rain fell.", "To award £9,000 to it."])
def test_other_sentence_is_not_split(desk: Desk, text: str) -> None:
    assert split_resolution(Span(0, 0, len(text)), desk(text).reading) == []


def test_resolution_to_write_with_a_request_asks_each_to_whom_it_goes(desk: Desk) -> None:
    text = "RESOLVED that the LEP write to Ofgem and to BEIS to request that the grid be strengthened."
    paper = desk("Minutes of Lancashire Enterprise Partnership.", text)
    assert paper.actors == [["Ofgem and to BEIS"]]
    beis = "Department for Business, Energy and Industrial Strategy"
    assert paper.edges("ASKS") == {("ASKS", "Ofgem"), ("ASKS", beis)}

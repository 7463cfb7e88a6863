import pytest

from graph.model import Document, Passage, ReadDocument
from ingest.dating import find_dates, find_published


def make_read(*texts: str, source: str = "paper.txt", title: str = "", **metadata: str) -> ReadDocument:
    passages = tuple(Passage(f"p{number}", "doc:1", number, text) for number, text in enumerate(texts))
    return ReadDocument(Document("doc:1", title, source, "0", "text"), passages, metadata)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Published 13 June 2019", ["2019-06-13"]),
        ("HELD IN LEEDS, FEBRUARY 2020", ["2020-02"]),
        ("on June 3, 2021 and 2022-05-06", ["2021-06-03", "2022-05-06"]),
        ("the 1st of March 2018", ["2018-03-01"]),
        ("10/02/2020", ["2020-02-10"]),
        ("99 May 2020", ["2020-05"]),
        ("nothing in 2019", []),
    ],
)
def test_find_dates_reads_the_ways_a_date_is_written(text: str, dates: list[str]) -> None:
    assert [date for _, date in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("read", "published"),
    [
        (make_read("Old text of May 2001", date="2019-09"), "2019-09"),
        (make_read("Minutes", "HELD IN LEEDS, FEBRUARY 2020", "In June 2017 the Board met in York again."), "2020-02"),
        (make_read("A plan", "Published 13 June 2019", "Updated 4 May 2021"), "2019-06-13"),
        (make_read("Closes 10 February 2020", "Opened 10 January 2020"), "2020-01-10"),
        (make_read("A plan with no date", source="folder/plan-2018-03.pdf"), "2018-03"),
        (make_read("A plan", source="plan-2018.pdf", created="2018-03-27"), "2018-03"),
        (make_read("A plan", source="plan-2018.pdf", created="2000-01-01"), "2018"),
        (make_read("A plan", title="Plan, September 2021"), "2021-09"),
        (make_read("It was begun in May 2018 and is to end by June 2030, as agreed in July 2019 with all."), "2019-07"),
        (make_read("No date at all"), None),
    ],
)
def test_find_published_prefers_what_the_document_says_of_itself(read: ReadDocument, published: str | None) -> None:
    assert find_published(read) == published


def test_line_that_opens_with_published_and_ends_in_a_date_dates_the_paper() -> None:
    line = "Published by HM Government and the Worcestershire Local Enterprise Partnership (WLEP), March 2020"
    assert find_published(make_read(line, "The tables of September 2021 are longer.")) == "2020-03"

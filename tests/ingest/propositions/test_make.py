"""From a draft to the Proposition of the graph: name, id, properties, mentions."""

import pytest
from paper_samples import Desk

from graph.ids import make_id
from ingest.propositions import make_mentions, make_proposition


def made(desk: Desk, *lines: str) -> list[tuple[str, dict[str, object]]]:
    paper = desk(*lines)
    taken: set[str] = set()
    found = []
    for draft in paper.drafts:
        entity = make_proposition(draft, paper.reading, "doc:1", taken=taken)
        taken.add(entity.id)
        found.append((entity.name, dict(entity.properties)))
    return found


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Fylde Council will build a quay.",), "Fylde Council will build a quay"),
        (("| Project | What | Why |", "| The  quay. | Build it | Ships come |"), "The quay"),
        (
            ("Fylde Council will build a quay for the many ships that call at the old port in all weathers.",),
            "Fylde Council will build a quay for the many ships that call …",
        ),
        (
            ("Fylde Council will restore the old harbour wall, mend the pier and then open it all to walkers.",),
            "Fylde Council will restore the old harbour wall …",
        ),
        (("Fylde Council will:", "- Rail: extend the line to Lytham"), "Rail"),
    ],
)
def test_name_is_the_cell_or_label_else_the_first_words(desk: Desk, lines: tuple[str, ...], name: str) -> None:
    assert [found for found, _ in made(desk, *lines)] == [name]


def test_id_is_made_of_document_and_name_and_counts_on(desk: Desk) -> None:
    paper = desk("Fylde Council will build a quay.")
    (draft,) = paper.drafts
    name = "Fylde Council will build a quay"
    first = make_proposition(draft, paper.reading, "doc:1", taken=set())
    assert first.id == make_id("prop", "doc:1", name)
    second = make_proposition(draft, paper.reading, "doc:1", taken={first.id})
    assert second.id == make_id("prop", "doc:1", name, 2)
    third = make_proposition(draft, paper.reading, "doc:1", taken={first.id, second.id})
    assert third.id == make_id("prop", "doc:1", name, 3)
    assert make_proposition(draft, paper.reading, "doc:2", taken=set()).id != first.id


def test_row_has_the_words_of_its_cells(desk: Desk) -> None:
    lines = (
        "| Project | What | Why | How | Ask |",
        "| Quay | Build a quay / and a crane | Ships come | In stages | BEIS to fund it |",
    )
    ((_, properties),) = made(desk, *lines)
    assert properties["what"] == "Build a quay\nand a crane"
    assert properties["why"] == "Ships come"
    assert properties["how"] == "In stages"
    assert properties["ask"] == "BEIS to fund it"
    assert properties["form"] == "row"


@pytest.mark.parametrize(
    ("text", "status", "tentative"),
    [
        ("Fylde Council will build a quay.", "firm", False),
        ("Fylde Council intends to build a quay.", "tentative", True),
        ("Subject to funding, Fylde Council will build a quay.", "conditional", False),
    ],
)
def test_status_and_tentative_agree(desk: Desk, text: str, status: str, tentative: bool) -> None:
    ((_, properties),) = made(desk, text)
    assert (properties["status"], properties["tentative"]) == (status, tentative)


def test_actor_is_the_subject_as_written(desk: Desk) -> None:
    ((_, properties),) = made(desk, "Fylde Council and the county will build a quay.")
    assert properties["actor"] == "Fylde Council and the county"


def test_values_come_from_the_words_and_the_columns_of_money_and_date(desk: Desk) -> None:
    lines = (
        "| Project | What | Why | Cost | When |",
        "| Quay | Build a quay for 200 jobs | Ships come | £5m | 2022 |",
    )
    ((_, properties),) = made(desk, *lines)
    assert properties["money"] == ('GBP 5000000 | "£5m"',)
    assert properties["dates"] == ('2022 | "2022"',)
    assert properties["targets"] == ('200 jobs | "200 jobs"',)


def test_values_of_parts_belong_to_their_lead(desk: Desk) -> None:
    lines = ("Fylde Council will build a quay with:", "- £5m of steel", "- 40 apprentices")
    ((_, properties),) = made(desk, *lines)
    assert properties["money"] == ('GBP 5000000 | "£5m"',)
    assert "targets" in properties


def test_values_of_a_neighbouring_sentence_do_not(desk: Desk) -> None:
    ((_, properties),) = made(desk, "In 2015 it cost £9m. Fylde Council will build a quay.")
    assert "money" not in properties
    assert "dates" not in properties


def test_mentions_are_the_words_and_the_name_where_it_stands_elsewhere(desk: Desk) -> None:
    paper = desk("| Project | What | Why |", "| Quay | Build it | Ships come |")
    assert [m.text for m in make_mentions(paper.drafts[0], "prop:1", paper.reading)] == ["Build it", "Quay"]
    paper = desk("Fylde Council will:", "- Rail: extend the line")
    assert [m.text for m in make_mentions(paper.drafts[0], "prop:1", paper.reading)] == ["Rail: extend the line"]

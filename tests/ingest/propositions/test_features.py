"""What a learned judgement looks at in a sentence, point or cell."""

import pytest
from paper_samples import Desk, Paper

from ingest.propositions.features import Features, iter_units


def features_of(paper: Paper, text: str) -> list[str]:
    """Return the features of the unit that begins with these words."""
    found = [(unit, at) for unit, at in iter_units(paper.reading) if paper.reading.text(unit).startswith(text)]
    assert len(found) == 1
    return list(Features(paper.reading).of(*found[0]))


def test_name_counts_as_its_type(desk: Desk) -> None:
    found = features_of(desk("We will ask the Department for Transport for a quay."), "We will")
    assert {"w:Department", "b:the Department", "b:Department for"} <= set(found)
    assert "w:transport" not in found


@pytest.mark.parametrize(
    ("text", "kind"), [("A quay in 1998", "<year>"), ("A quay in 2031", "<year>"), ("A quay in 12 parts", "<number>")]
)
def test_number_counts_as_its_kind(desk: Desk, text: str, kind: str) -> None:
    assert f"b:in {kind}" in features_of(desk(text), "A quay")


def test_words_count_once_and_the_first_three_by_place(desk: Desk) -> None:
    found = features_of(desk("The quay and the crane"), "The quay")
    assert found.count("w:the") == 1
    assert [key for key in found if key[0] == "s"] == ["s0:the", "s1:quay", "s2:and"]


def test_words_of_the_last_two_headings_count(desk: Desk) -> None:
    found = features_of(desk("# Plan", "## Our ports", "### Next steps", "We will build a quay."), "We will")
    assert [key for key in found if key.startswith("p:")] == ["p:our", "p:ports", "p:next", "p:steps"]


def test_point_has_the_words_of_its_lead_and_a_later_paragraph_has_none(desk: Desk) -> None:
    paper = desk("The board will:", "- build a quay", "- dredge the river", "Nobody came.")
    assert {"l:board", "l:will", "lb:board will"} <= set(features_of(paper, "build a quay"))
    assert {"l:board", "l:will"} <= set(features_of(paper, "dredge"))
    assert [key for key in features_of(paper, "Nobody") if key.startswith("l")] == []


def test_heading_ends_a_run_of_points(desk: Desk) -> None:
    paper = desk("The board will:", "# Ports", "- build a quay")
    assert [key for key in features_of(paper, "build a quay") if key.startswith("l")] == []


def test_cell_has_the_words_of_its_column(desk: Desk) -> None:
    paper = desk("| Scheme | Next action |", "| Quay | Build the wall |")
    assert {"h:next", "h:action", "k:cell"} <= set(features_of(paper, "Build"))


def test_sentence_has_its_place_up_to_the_fourth(desk: Desk) -> None:
    paper = desk("One came. Two came. Three came. Four came. Five came.")
    places = {text: next(key for key in features_of(paper, text) if key[:2] == "i:") for text in ("One", "Two", "Five")}
    assert places == {"One": "i:0", "Two": "i:1", "Five": "i:3"}


def test_genre_and_owner_count(desk: Desk) -> None:
    found = features_of(desk("We will build a quay.", genre="minutes"), "We will")
    assert {"g:minutes", "gk:minutes paragraph", "o:LEP"} <= set(found)


def test_units_are_sentences_points_and_cells_but_no_headings(desk: Desk) -> None:
    paper = desk("# Ports", "One came. Two came.", "- build a quay", "| Scheme |", "| Wall |")
    units = [(paper.reading.text(unit), at) for unit, at in iter_units(paper.reading)]
    assert units == [("One came.", 0), ("Two came.", 1), ("build a quay", 0), ("Wall", 0)]


def test_features_come_in_the_same_order_each_time(desk: Desk) -> None:
    lines = ("# Ports", "The board will:", "- ask the Department for Transport for £3 million by 2021")
    assert features_of(desk(*lines), "ask") == features_of(desk(*lines), "ask")

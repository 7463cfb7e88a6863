from hypothesis import given
from hypothesis import strategies as st

from graph.model import Entity, Evidence, Mention
from viz.marks import Stretch, mark_mentions, mark_quote, mark_snippet

BEIS = Entity("dept:beis", "Department", "BEIS")
ZONE = Entity("prop:zone", "Proposition", "Drone Zone")
TEXT = "BEIS will build a Drone Zone."


def _mention(entity: Entity, start: int, end: int) -> tuple[Mention, Entity]:
    return Mention(entity.id, "p", start, end, TEXT[start:end], "rule"), entity


def test_a_name_is_cut_out_of_its_text() -> None:
    assert mark_mentions(TEXT, [_mention(BEIS, 0, 4)]) == (Stretch("BEIS", BEIS), Stretch(" will build a Drone Zone."))


def test_of_two_names_that_overlap_the_first_and_longer_wins() -> None:
    longer = Entity("x", "Place", "BEIS will")
    pieces = mark_mentions(TEXT, [_mention(BEIS, 0, 4), _mention(longer, 0, 9), _mention(BEIS, 5, 12)])
    assert [piece.entity for piece in pieces] == [longer, None]


def test_a_proposition_keeps_the_names_inside_it() -> None:
    (whole,) = mark_mentions(TEXT, [_mention(ZONE, 0, len(TEXT)), _mention(BEIS, 0, 4)])
    assert whole.entity == ZONE
    assert whole.inner[0] == Stretch("BEIS", BEIS)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 29), st.integers(0, 29)), max_size=8))
def test_the_pieces_make_up_the_text(places: list[tuple[bool, int, int]]) -> None:
    mentions = [_mention(ZONE if outer else BEIS, min(ends), max(ends)) for outer, *ends in places]
    pieces = mark_mentions(TEXT, mentions)
    assert "".join(piece.text for piece in pieces) == TEXT
    assert all("".join(part.text for part in piece.inner) == piece.text for piece in pieces if piece.inner)


def test_a_quote_stands_in_its_passage_cut_between_words() -> None:
    text = "one two three QUOTE four five six"
    pieces = mark_quote(text, Evidence("p", 14, 19, "QUOTE", "rule"), around=8)
    assert pieces == (Stretch("… three "), Stretch("QUOTE", marked=True), Stretch(" four …"))


def test_a_snippet_marks_what_matched() -> None:
    assert mark_snippet("a [drone] zone") == (Stretch("a "), Stretch("drone", marked=True), Stretch(" zone"))

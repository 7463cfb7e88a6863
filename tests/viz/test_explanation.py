"""Text and facts side by side: every fact at its passage, every silent sentence with its reason, all text escaped."""

from graph.model import Cell, Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from ingest.sentences import find_sentences
from viz.explanation import describe_place, explain_batch, render_explanation

TEXT = "Leeds <b>will</b> build a tram. Nothing else."
BATCH = GraphBatch(
    Document("doc:x", "Plan & more", "a.txt", "", "text"),
    (Passage("p0", "doc:x", 0, TEXT, page=2), Passage("p1", "doc:x", 1, "<script>alert(1)</script>")),
    (
        Entity("place:leeds", "Place", "Leeds"),
        Entity("prop:0", "Proposition", "Tram", properties={"what": "a tram", "tentative": True}),
    ),
    (
        Mention("place:leeds", "p0", 0, 5, "Leeds", "names.exact"),
        Mention("prop:0", "p0", 0, 31, TEXT[:31], "sentence.will"),
    ),
    (Relation("r", "IN_PLACE", "prop:0", "place:leeds", evidence=(Evidence("p0", 0, 5, "Leeds", "place.named"),)),),
)


def test_facts_stand_at_their_passage_with_their_rule() -> None:
    first, second = explain_batch(BATCH, find_sentences=find_sentences)
    assert [(fact.kind, fact.rule) for fact in first.facts] == [
        ("mention", "names.exact"),
        ("proposition", "sentence.will"),
        ("relation", "place.named"),
    ]
    assert first.facts[1].details == (("what", "a tram"), ("tentative", "True"))
    assert second.facts == ()


def test_sentence_without_a_fact_has_its_reason() -> None:
    explained = explain_batch(BATCH, find_sentences=find_sentences, reason=lambda *_: "no promise")
    assert [(silence.text, silence.reason) for silence in explained[0].silences] == [("Nothing else.", "no promise")]


def test_page_escapes_all_text_and_names_no_address() -> None:
    page = render_explanation("Plan & more", explain_batch(BATCH, find_sentences=find_sentences))
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "//" not in page
    assert "<title>Plan &amp; more</title>" in page


def test_page_marks_mentions_in_the_text() -> None:
    page = render_explanation("x", explain_batch(BATCH, find_sentences=find_sentences))
    assert ">Leeds</mark>" in page


def test_longest_of_overlapping_mentions_is_marked() -> None:
    batch = GraphBatch(
        BATCH.document,
        (Passage("p0", "doc:x", 0, "Leeds City Region"),),
        (Entity("a", "Place", "Leeds"), Entity("b", "Place", "Leeds City Region")),
        (Mention("b", "p0", 0, 17, "Leeds City Region", "r"), Mention("a", "p0", 0, 5, "Leeds", "r")),
    )
    page = render_explanation("x", explain_batch(batch, find_sentences=find_sentences))
    assert page.count("<mark") == 1
    assert ">Leeds City Region</mark></td>" in page


def test_place_of_a_cell_names_table_row_and_column() -> None:
    cell = Cell(table=1, row=2, column=3)
    assert describe_place(Passage("p", "doc:x", 7, "x", page=4, cell=cell)) == "7 p4 paragraph table 1 row 2 column 3"

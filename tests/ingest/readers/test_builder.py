import pytest

from graph.errors import UnreadableDocument
from graph.ids import make_document_id, make_id
from graph.model import DocumentStatus, DropReason
from ingest.readers.builder import CellSpec, PassageBuilder
from ingest.readers.limits import ReadLimits
from ingest.readers.tables import add_table


@pytest.fixture
def builder() -> PassageBuilder:
    return PassageBuilder(b"bytes", "a.txt", "test")


def test_builder_makes_ids_from_the_bytes_and_the_ordinal(builder: PassageBuilder) -> None:
    builder.paragraph("One.")
    builder.paragraph(" \n ")
    builder.paragraph("Two.")
    read = builder.finish()
    assert read.document.id == make_document_id(b"bytes")
    assert [(p.ordinal, p.id) for p in read.passages] == [
        (n, make_id("passage", read.document.id, n)) for n in range(2)
    ]


def test_builder_gives_the_enclosing_headings_and_not_the_own(builder: PassageBuilder) -> None:
    for text, level in (("A", 1), ("B", 2), ("C", 3), ("D", 2)):
        builder.heading(text, level)
    builder.close_headings(2)
    builder.paragraph("Text.")
    assert [p.path for p in builder.finish().passages] == [(), ("A",), ("A", "B"), ("A",), ("A",)]


def test_builder_shifts_the_edits_of_each_line_of_a_cell(builder: PassageBuilder) -> None:
    builder.table([[CellSpec("a\u00a0b\n\n cut-\vwork  x")]])
    (passage,) = builder.finish().passages
    assert passage.text == "a b\ncutwork x"
    assert [(passage.text[e.start : e.end], e.source) for e in passage.edits] == [
        (" ", "\u00a0"),
        ("", " "),
        ("", "-\v"),
        (" ", "  "),
    ]


def test_builder_cuts_spans_to_the_table_and_counts_columns_round_them(builder: PassageBuilder) -> None:
    rows = [[CellSpec("x", row_span=99), CellSpec("y", column_span=10**9)], [CellSpec("z")]]
    builder.table(rows)
    cells = [(p.text, p.cell.row, p.cell.column, p.cell.row_span) for p in builder.finish().passages if p.cell]
    assert cells == [("x", 1, 1, 2), ("y", 1, 2, 1), ("z", 2, 2, 1)]


def test_builder_is_partial_with_anything_dropped(builder: PassageBuilder) -> None:
    builder.drop("page 3", DropReason.NEEDS_OCR, "no text")
    read = builder.finish()
    assert read.document.status is DocumentStatus.PARTIAL
    assert read.dropped[0].item == "page 3"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([("h", "NEWS"), ("h", "City regions chosen"), ("p", "Text.")], "NEWS: City regions chosen"),
        ([("h", "The plan for growth"), ("h", "Part one")], "The plan for growth"),
        ([("p", "Report on data")] + [("p", "Text.")] * 5 + [("h", "Part one")], "Report on data"),
        ([("p", "A sentence.")] * 5 + [("h", "Part one")], "Part one"),
    ],
)
def test_builder_finds_a_title(builder: PassageBuilder, lines: list[tuple[str, str]], title: str) -> None:
    for kind, text in lines:
        if kind == "h":
            builder.heading(text, 1)
        else:
            builder.paragraph(text)
    assert builder.finish().document.title == title


def test_builder_names_the_limit_of_passages() -> None:
    builder = PassageBuilder(b"x", "a.txt", "test", ReadLimits(max_passages=1))
    builder.paragraph("One.")
    with pytest.raises(UnreadableDocument, match="passage 2 is over the limit max_passages = 1"):
        builder.paragraph("Two.")


def test_add_table_makes_a_full_first_row_the_caption_and_no_column_of_full_rows(builder: PassageBuilder) -> None:
    rows = [
        [CellSpec("Asks", column_span=3)],
        [CellSpec("Name"), CellSpec("What"), CellSpec("Ask")],
        [CellSpec("A. Skills", column_span=3)],
        [CellSpec("Hub"), CellSpec("Build it"), CellSpec("Fund it")],
    ]
    add_table(builder, rows)
    passages = builder.finish().passages
    assert passages[0].kind.value == "caption"
    assert [(p.text, p.cell.header) for p in passages if p.cell and not p.cell.is_header] == [
        ("A. Skills", ""),
        ("Hub", "Name"),
        ("Build it", "What"),
        ("Fund it", "Ask"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Jane Smith chaired the meeting.", "It was short.", "No."], ["a", "b", "c"]],
        [["2019", "£5m", "13 June 2019"], ["2020", "£6m", "1 July 2020"]],
        [["same", "same", "other"], ["a", "b", "c"]],
    ],
)
def test_add_table_takes_no_sentences_values_or_repeats_for_a_header(
    builder: PassageBuilder, rows: list[list[str]]
) -> None:
    add_table(builder, [[CellSpec(text) for text in row] for row in rows])
    assert not any(p.cell and p.cell.is_header for p in builder.finish().passages)

from collections.abc import Callable

import pytest
from reader_samples import make_pptx, make_shape

from graph.errors import UnreadableDocument
from graph.model import ReadDocument
from ingest.readers import ReadLimits, read_document

Read = Callable[..., ReadDocument]
Show = Callable[[ReadDocument], list[str]]


def _table(*rows: str) -> str:
    return (
        "<p:graphicFrame><p:nvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl>"
        f"<a:tblPr firstRow='1'/>{''.join(rows)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(*cells: str) -> str:
    parts = [
        cell if cell.startswith("<") else f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>"
        for cell in cells
    ]
    return f"<a:tr>{''.join(parts)}</a:tr>"


def test_read_pptx_makes_a_slide_a_page_and_its_title_a_heading(read: Read) -> None:
    first = make_shape("Our plan", kind="ctrTitle") + make_shape("January 2020", kind="subTitle")
    second = make_shape("Priorities", kind="title") + make_shape("We will:", "\tbuild homes", kind="")
    third = make_shape("No title here", kind="")
    passages = read(make_pptx(first, second, third)).passages
    assert [(p.text, p.page, p.kind.value, p.level, p.path) for p in passages] == [
        ("Our plan", 1, "heading", 1, ()),
        ("January 2020", 1, "paragraph", 0, ("Our plan",)),
        ("Priorities", 2, "heading", 2, ("Our plan",)),
        ("We will:", 2, "item", 1, ("Our plan", "Priorities")),
        ("build homes", 2, "item", 2, ("Our plan", "Priorities")),
        ("No title here", 3, "item", 1, ("Our plan",)),
    ]


def test_read_pptx_goes_from_the_top_row_by_row(read: Read, show: Show) -> None:
    group = f"<p:grpSp><p:grpSpPr><a:xfrm><a:off x='0' y='5000000'/></a:xfrm></p:grpSpPr>{make_shape('last')}</p:grpSp>"
    slide = (
        group
        + make_shape("right", top=2_010_000, left=5_000_000)
        + make_shape("left", top=2_050_000, left=100_000)
        + make_shape("top", top=500_000, left=3_000_000)
    )
    assert show(read(make_pptx(slide))) == [
        "paragraph | top",
        "paragraph | left",
        "paragraph | right",
        "paragraph | last",
    ]


def test_read_pptx_leaves_out_numbers_dates_and_footers_and_keeps_notes(read: Read, show: Show) -> None:
    slide = make_shape("Text", kind="") + "".join(make_shape("x", kind=kind) for kind in ("sldNum", "dt", "ftr"))
    assert show(read(make_pptx(slide, notes={1: "Say more."}))) == ["item1 • | Text", "note | Say more."]


def test_read_pptx_reads_tables_with_merged_cells(read: Read, show: Show) -> None:
    tall = "<a:tc rowSpan='2'><a:txBody><a:p><a:r><a:t>Both</a:t></a:r></a:p></a:txBody></a:tc>"
    gone = "<a:tc vMerge='1'><a:txBody><a:p/></a:txBody></a:tc>"
    slide = _table(_row("Project", "What", "Lead"), _row("Hub", tall, "LEP"), _row("Rail", gone, "DfT"))
    assert show(read(make_pptx(slide))) == [
        "cell 1.1h | Project",
        "cell 1.2h | What",
        "cell 1.3h | Lead",
        "cell 2.1 [Project] | Hub",
        "cell 2.2 [What] | Both",
        "cell 2.3 [Lead] | LEP",
        "cell 3.1 [Project] | Rail",
        "cell 3.3 [Lead] | DfT",
    ]


def test_read_pptx_counts_automatic_numbers(read: Read, show: Show) -> None:
    lines = [
        f"<a:p><a:pPr><a:buAutoNum type='alphaLcParenR'/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"
        for text in ("x", "y")
    ]
    assert show(read(make_pptx(make_shape(*lines)))) == ["item1 a) | x", "item1 b) | y"]


def test_read_pptx_names_the_limit_of_slides() -> None:
    with pytest.raises(UnreadableDocument, match="2 slides is over the limit max_pages = 1"):
        read_document(make_pptx(make_shape("a"), make_shape("b")), "x.pptx", limits=ReadLimits(max_pages=1))

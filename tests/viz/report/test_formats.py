"""Every format says the same, keeps text as text, and gives the same bytes for the same report."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from viz.report.formats import WRITINGS, ReportFormat, write_report
from viz.report.markdown import to_markdown
from viz.report.model import (
    Bullets,
    Heading,
    Matrix,
    MatrixCell,
    MatrixRow,
    Note,
    Notes,
    Paragraph,
    Report,
    Run,
    Source,
    Table,
    plain,
    shade,
    shorten,
)
from viz.report.page import draw_matrix, to_html
from viz.report.sheets import to_xlsx
from viz.report.word import to_docx

TAINT = "<script>alert(1)</script> =1+1 [x](y) *b* | # \"'&"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = Note("lift the rules", "doc:a", "Board paper", "page 2", "2019-12", "passage:1")
SECOND = Note("a test bed", "doc:b", "Statement", "under “Asks”, paragraph 4", "", "passage:2")


def make_report(taint: str = "") -> Report:
    matrix = Matrix(
        f"Matrix{taint}"[:20],
        f"Counts{taint}",
        (f"Ours{taint}", "Theirs", "Silent"),
        (
            MatrixRow("Sectors", f"Drones{taint}", (MatrixCell(3, 0.6), MatrixCell(0), MatrixCell(None))),
            MatrixRow("Departments", "BEIS", (MatrixCell(1, 0.04), MatrixCell(2, 0.2), MatrixCell(None))),
        ),
    )
    parts = (
        Heading(f"Summary{taint}"),
        Paragraph((Run("We ask", strong=True), Run(f" much{taint}.", notes=(FIRST, SECOND)))),
        Paragraph(plain("How it is meant."), quiet=True),
        Bullets(((Run("Again", notes=(FIRST,)),), plain("No note"))),
        matrix,
        Table("Asks", ("what", "words"), ((plain(f"Zone{taint}"), (Run("“lift”", notes=(SECOND,)),)),), group="BEIS"),
        Heading("DfT", 2),
        Table("Asks", ("what", "words"), ((plain("Bus"), plain("7")),), group="DfT"),
    )
    sources = (Source("doc:a", f"Board paper{taint}", "board paper", "2019-12"), Source("doc:b", "Statement", "", ""))
    return Report(f"Title{taint}", "Subtitle", parts, sources, "v1")


def _part(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ElementTree.fromstring(package.read(name))


def _words(element: ElementTree.Element) -> str:
    return "".join(item.text or "" for item in element.iter(f"{W}t"))


@pytest.mark.parametrize("report_format", ReportFormat)
def test_the_same_report_is_the_same_bytes(report_format: ReportFormat) -> None:
    assert write_report(make_report(), report_format) == write_report(make_report(), report_format)
    assert WRITINGS[report_format].media_type


@pytest.mark.parametrize("report_format", [ReportFormat.DOCX, ReportFormat.XLSX])
def test_packages_carry_no_time_of_writing(report_format: ReportFormat) -> None:
    with zipfile.ZipFile(io.BytesIO(write_report(make_report(), report_format))) as package:
        assert {item.date_time for item in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


def test_notes_keep_their_number_when_met_again() -> None:
    notes = Notes()
    assert [notes.add(note) for note in (FIRST, SECOND, FIRST)] == [(1, True), (2, True), (1, False)]
    assert [number for number, *_ in notes.iter_texts()] == [1, 2]


def test_word_has_real_footnotes_with_quote_and_place() -> None:
    content = to_docx(make_report())
    notes = {item.get(f"{W}id"): _words(item) for item in _part(content, "word/footnotes.xml").iter(f"{W}footnote")}
    assert set(notes) == {"-1", "0", "1", "2"}
    assert "“lift the rules” Board paper, page 2, 2019-12." in notes["1"]
    document = _part(content, "word/document.xml")
    assert [item.get(f"{W}id") for item in document.iter(f"{W}footnoteReference")] == ["1", "2"]


def test_word_repeats_a_number_by_a_field_that_finds_its_bookmark() -> None:
    document = _part(to_docx(make_report()), "word/document.xml")
    bookmarks = {item.get(f"{W}name") for item in document.iter(f"{W}bookmarkStart")}
    fields = [(item.get(f"{W}instr"), _words(item)) for item in document.iter(f"{W}fldSimple")]
    assert [words for _, words in fields] == ["1", "2"]
    assert all(str(code).split()[1] in bookmarks for code, _ in fields)


def test_word_declares_its_footnotes() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(make_report()))) as package:
        assert b"/word/footnotes.xml" in package.read("[Content_Types].xml")
        assert b"footnotes.xml" in package.read("word/_rels/document.xml.rels")


def test_word_shades_the_matrix_by_share() -> None:
    document = _part(to_docx(make_report()), "word/document.xml")
    cells = {_words(cell): cell.find(f".//{W}shd") for cell in document.iter(f"{W}tc")}
    fills = {words: shading.get(f"{W}fill") for words, shading in cells.items() if shading is not None}
    assert fills["3"] == "14518F"
    assert fills["1"] == "E3EDF7"
    assert fills["–"] == "F0F0F0"


@pytest.mark.parametrize(("share", "step"), [(0, 0), (0.01, 1), (0.05, 1), (0.12, 2), (0.25, 3), (0.5, 4), (0.51, 5)])
def test_steps_of_darkness(share: float, step: int) -> None:
    assert shade(share) == step


def test_the_page_stands_alone() -> None:
    text = to_html(make_report())
    assert re.findall(r"<script|<link|<img|\bsrc=|https?:|@import|url\(", text) == []
    assert "<svg" in text
    assert text.count('id="n1"') == text.count('id="r1"') == 1


def test_every_note_of_the_page_leads_there_and_back() -> None:
    text = to_html(make_report())
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


def test_the_drawing_has_a_box_a_cell_and_a_dash_where_nothing_was_read() -> None:
    drawing = draw_matrix(make_report().parts[4])  # type: ignore[arg-type]
    assert len(drawing.boxes) == 6
    assert [mark.text for mark in drawing.marks if mark.number] == ["3", "–", "1", "2", "–"]
    assert drawing.boxes[2].title.endswith("no document")


def test_markdown_numbers_its_notes() -> None:
    text = to_markdown(make_report())
    assert "much.[^1][^2]" in text
    assert "- Again[^1]" in text
    assert "[^1]: “lift the rules” Board paper, page 2, 2019-12." in text


def test_a_workbook_puts_like_tables_on_one_sheet() -> None:
    book = _part(to_xlsx(make_report()), "xl/workbook.xml")
    names = [item.get("name") for item in book.iter() if item.tag.endswith("}sheet")]
    assert names == ["Summary", "Matrix", "Asks", "Notes", "Documents"]


def test_a_workbook_colours_by_rule() -> None:
    sheet = _part(to_xlsx(make_report()), "xl/worksheets/sheet2.xml")
    assert len([item for item in sheet.iter() if item.tag.endswith("}colorScale")]) == 2


def test_text_of_documents_stays_text_in_every_format() -> None:
    report = make_report(TAINT)
    page = to_html(report)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert r"\<script\>" in to_markdown(report)
    assert r"\[x\](y)" in to_markdown(report)
    assert TAINT in _words(_part(to_docx(report), "word/document.xml"))
    content = to_xlsx(report)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_control_characters_do_not_break_word() -> None:
    content = to_docx(make_report("\x00\x07\x0b"))
    assert _part(content, "word/document.xml") is not None


def test_long_quotes_are_cut_between_words() -> None:
    assert shorten("word " * 100, longest=22) == "word word word word …"
    assert shorten("a\n b") == "a b"

import gc
from collections.abc import Callable

import pytest
from pdf_samples import HEIGHT, Sheet, kinds, make_pdf, read

from graph.model import Passage, PassageKind, ReadDocument
from ingest.readers.pdf_document import PdfRefusal, read_pieces

LEFT = [
    "The strategy begins in the left column",
    "and goes on for several lines so that a",
    "column can be told from a table or a",
    "chance gap. It then breaks off and the",
]
RIGHT = [
    "sentence ends at the top of the right",
    "column. A second sentence follows there",
    "and fills the column with some more of",
    "the same plain words until it ends.",
]

TOPICS = ["skills and pay", "old railways", "broadband", "the coast"]


def find(document: ReadDocument, start: str) -> Passage:
    return next(passage for passage in document.passages if passage.text.startswith(start))


def test_read_pdf_reads_columns_under_a_heading_over_both() -> None:
    def page(sheet: Sheet) -> None:
        sheet.lines(310, 140, RIGHT)
        sheet.lines(60, 140, LEFT)
        sheet.text(60, 100, "A heading that stands over both of the columns", size=20, bold=True)

    assert kinds(read(make_pdf(page))) == [
        ("heading", "A heading that stands over both of the columns"),
        ("paragraph", " ".join([*LEFT, *RIGHT])),
    ]


def test_read_pdf_reads_a_box_whole_and_the_sentence_around_it() -> None:
    def page(sheet: Sheet) -> None:
        sheet.box(55, 195, 480, 90)
        sheet.lines(310, 235, RIGHT[:3])
        sheet.lines(70, 235, LEFT[:3])
        sheet.text(70, 215, "Sector action to support the industry", size=13, bold=True)
        y = sheet.lines(
            60, 100, ["This paragraph runs over the whole width of the page and it is broken by the box that"]
        )
        sheet.lines(
            60, y, ["stands in the middle of the page, for its sentence is not yet at its end because here the"]
        )
        sheet.lines(
            60, 310, ["words go on as if there were no box at all. After that the page has a little more to say."]
        )

    document = read(make_pdf(page))
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "heading", "paragraph"]
    assert "because here the words go on" in document.passages[0].text
    assert document.passages[2].path == ("Sector action to support the industry",)
    assert document.passages[2].text == " ".join(LEFT[:3] + RIGHT[:3])


def test_read_pdf_joins_a_sentence_over_the_page_end_and_puts_notes_after_it() -> None:
    def first(sheet: Sheet) -> None:
        sheet.text(60, 760, "7", size=6)
        sheet.text(66, 764, "Department for Education, 2019.", size=8)
        sheet.lines(
            60, 100, ["A paragraph that is long enough to look like the body of a document, on two lines", "of"]
        )
        sheet.lines(60, 400, ["The last paragraph of this page does not end here but in the middle of a"])

    def second(sheet: Sheet) -> None:
        sheet.lines(60, 100, ["sentence, which is one passage on the page where it began."])

    document = read(make_pdf(first, second))
    last = find(document, "The last paragraph")
    assert last.text.endswith("in the middle of a sentence, which is one passage on the page where it began.")
    assert last.page == 1
    note = document.passages[-1]
    assert (note.kind, note.label, note.text) == (PassageKind.NOTE, "7", "Department for Education, 2019.")


def test_read_pdf_takes_raised_marks_out_of_words() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Exports grew in 2017/18")
        width = sheet.canvas.stringWidth("Exports grew in 2017/18", "Helvetica", 11)
        sheet.text(60 + width, 96, "8", size=6)
        sheet.text(60 + width + 4, 100, ", our highest level on record, and rose by 5 again.")

    assert kinds(read(make_pdf(page))) == [
        ("paragraph", "Exports grew in 2017/18, our highest level on record, and rose by 5 again.")
    ]


def test_read_pdf_keeps_the_comma_behind_a_raised_mark() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "As outlined in the Book (2.2.1)")
        width = sheet.canvas.stringWidth("As outlined in the Book (2.2.1)", "Helvetica", 11)
        sheet.text(60 + width, 96, "24", size=6)
        sheet.text(60 + width + 7, 100, ", good policy making begins here.")

    assert kinds(read(make_pdf(page))) == [
        ("paragraph", "As outlined in the Book (2.2.1), good policy making begins here.")
    ]


def test_read_pdf_keeps_numbers_as_large_as_the_words_beside_them() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Growth of CO2", bold=True)
        width = sheet.canvas.stringWidth("Growth of CO2", "Helvetica-Bold", 11)
        sheet.text(60 + width, 100, " fell by a third, 12 of us say in 2019.")

    assert kinds(read(make_pdf(page))) == [("paragraph", "Growth of CO2 fell by a third, 12 of us say in 2019.")]


def test_read_pdf_cuts_a_line_drawn_whole_over_the_cells_of_a_table() -> None:
    rows = ["Leeds          tram", "Hull           port", "Selby          rail"]

    def page(sheet: Sheet) -> None:
        sheet.grid([50, 120, 220], [80, 100, 120, 140])
        sheet.canvas.setFont("Courier", 9)
        for number, row in enumerate(rows):
            sheet.canvas.drawString(54, HEIGHT - 94 - 20 * number, row)

    cells = [passage.text for passage in read(make_pdf(page)).passages if passage.kind is PassageKind.CELL]
    assert cells == [word for row in rows for word in row.split()]


def test_read_pdf_gives_items_with_level_and_label() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "With its partners in the region, the government will work to deliver this plan, and will:")
        sheet.text(70, 120, "•")
        sheet.lines(85, 120, ["build a new research centre on the site of the old one and open it to all", "firms;"])
        sheet.text(90, 152, "–")
        sheet.text(105, 152, "with a laboratory of its own;")
        sheet.text(70, 172, "•")
        sheet.text(85, 172, "train a hundred teachers.")
        sheet.text(70, 192, "(b) publish a report.")

    items = [(p.level, p.label, p.text) for p in read(make_pdf(page)).passages if p.kind is PassageKind.ITEM]
    assert items == [
        (1, "•", "build a new research centre on the site of the old one and open it to all firms;"),
        (2, "–", "with a laboratory of its own;"),
        (1, "•", "train a hundred teachers."),
        (1, "(b)", "publish a report."),
    ]


def test_read_pdf_numbers_the_paragraphs_of_a_long_count() -> None:
    def page(sheet: Sheet) -> None:
        for index in range(4):
            sheet.text(60, 100 + 60 * index, f"{70 + index}.")
            sheet.lines(
                85, 100 + 60 * index, ["In order to make the most of all that the region has to", "offer, we act."]
            )

    document = read(make_pdf(page))
    assert [(p.kind, p.label) for p in document.passages] == [(PassageKind.PARAGRAPH, f"{70 + i}.") for i in range(4)]
    assert document.passages[0].text.startswith("In order to make the most")


def test_read_pdf_says_a_running_header_once_and_drops_page_numbers_but_no_paragraph_number() -> None:
    def page(number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 40, "The Recovery Plan", size=9)
            sheet.text(500, 40, str(number), size=9)
            sheet.lines(
                60, 80, [f"{number}. A paragraph on {TOPICS[number - 1]} says what no other page of this says."]
            )
            sheet.text(290, 820, f"Page {number} of 4", size=9)

        return draw

    document = read(make_pdf(*(page(number) for number in range(1, 5))))  # type: ignore[arg-type]
    title, *paragraphs = document.passages
    assert (title.kind, title.text) == ("heading", "The Recovery Plan")  # once: no title page says it
    assert [passage.label for passage in paragraphs] == ["1.", "2.", "3.", "4."]


def test_read_pdf_drops_a_contents_list() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 80, "A title page with contents", size=22, bold=True)
        sheet.text(60, 130, "Contents", size=16, bold=True)
        for index, title in enumerate(["Foreword", "Places", "Ideas", "People"]):
            sheet.text(60, 160 + 20 * index, f"{title} " + "." * 60 + f" {index + 3}")

    assert kinds(read(make_pdf(page))) == [("heading", "A title page with contents")]


def test_read_pdf_leaves_out_text_that_is_not_shown() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "This was painted over.")
        sheet.box(50, 80, 400, 40)
        sheet.text(60, 105, "This is what the page shows.")
        sheet.text(-500, 300, "This lies outside the page.")
        sheet.canvas.setFillGray(1)
        sheet.text(60, 300, "White on white.")
        text = sheet.canvas.beginText(60, HEIGHT - 400)
        text.setTextRenderMode(3)
        text.textLine("Without ink.")
        sheet.canvas.drawText(text)

    assert kinds(read(make_pdf(page))) == [("paragraph", "This is what the page shows.")]


def draw_rows(sheet: Sheet, y: float, rows: list[list[str]], *, header: bool) -> None:
    xs = [60.0, 110.0, 360.0, 520.0]
    sheet.grid(xs, [y + 30 * index for index in range(len(rows) + 1)])
    for index, row in enumerate(rows):
        for x, words in zip(xs, row, strict=False):
            sheet.text(x + 5, y + 30 * index + 18, words, bold=header and index == 0, size=10)


@pytest.mark.parametrize("header_is_bold", [True, False])
def test_read_pdf_joins_a_table_over_pages_with_its_cut_row(header_is_bold: bool) -> None:
    header = ["No.", "What we will do", "Lead"]

    def first(sheet: Sheet) -> None:
        sheet.text(60, 60, "Table 1: Actions", bold=True)
        draw_rows(
            sheet,
            100,
            [header, ["1", "Open a centre", "BEIS"], ["2", "Train teachers in all", "DfE"]],
            header=header_is_bold,
        )

    def second(sheet: Sheet) -> None:
        draw_rows(sheet, 100, [header, ["", "schools", ""], ["3", "Publish a report", "DCMS"]], header=header_is_bold)
        sheet.text(60, 260, "What follows the table is prose again, in one line.")

    document = read(make_pdf(first, second))
    cells = [p for p in document.passages if p.cell]
    assert {p.cell.table for p in cells if p.cell} == {1}
    rows: dict[int, list[str]] = {}
    for passage in cells:
        assert passage.cell is not None
        rows.setdefault(passage.cell.row, []).append(passage.text)
    assert rows == {
        1: header,
        2: ["1", "Open a centre", "BEIS"],
        3: ["2", "Train teachers in all schools", "DfE"],
        4: ["3", "Publish a report", "DCMS"],
    }
    lead = next(p for p in cells if p.text == "DCMS")
    assert (lead.page, lead.cell and lead.cell.header) == (2, "Lead")
    assert document.passages[0].kind is PassageKind.CAPTION


def test_read_pdf_sees_no_sides_of_a_tint_within_a_tint_of_the_same_colour() -> None:
    xs, ys = [60.0, 110.0, 360.0, 520.0], [100.0, 130.0, 200.0, 270.0]
    rows = [
        [["No."], ["What"], ["Lead"]],
        [["1"], ["The Department will work", "with colleges on courses", "that farms need"], ["DfE"]],
        [["2"], ["The Department will pay", "for a centre of dairy work", "in Preston"], ["BEIS"]],
    ]

    def page(sheet: Sheet) -> None:
        for top, bottom, cells, fill in zip(ys, ys[1:], rows, (0.5, 0.8, 0.9), strict=False):
            for left, right, lines in zip(xs, xs[1:], cells, strict=False):
                sheet.box(left, top, right - left, bottom - top, fill=fill)
                for index in range(len(lines)):  # a word processor shades each line of a shaded cell
                    sheet.box(left + 5, top + 20 * index, right - left - 10, 20, fill=fill)
        for top, cells in zip(ys, rows, strict=False):
            for left, lines in zip(xs, cells, strict=False):
                sheet.lines(left + 5, top + 14, lines, size=10)

    cells = [(p.text, p.cell.row, p.cell.column) for p in read(make_pdf(page)).passages if p.cell]
    joined = [
        (" ".join(lines), row, column) for row, some in enumerate(rows, 1) for column, lines in enumerate(some, 1)
    ]
    assert cells == joined


def test_read_pdf_keeps_spans_of_cells() -> None:
    def page(sheet: Sheet) -> None:
        sheet.grid([60, 520], [100, 130, 160, 190])
        sheet.rule(360, 130, 360, 190)
        sheet.text(65, 118, "Ideas: both columns", size=10)
        for index in range(2):
            sheet.text(65, 148 + 30 * index, f"Action number {index}", size=10)
            sheet.text(365, 148 + 30 * index, f"Spring 202{index}", size=10)

    cells = [(p.text, p.cell.column_span) for p in read(make_pdf(page)).passages if p.cell]
    assert cells[0] == ("Ideas: both columns", 2)
    assert [text for text, _ in cells[1:]] == ["Action number 0", "Spring 2020", "Action number 1", "Spring 2021"]


def test_read_pdf_reads_turned_pages_upright() -> None:
    def page(sheet: Sheet) -> None:
        sheet.canvas.rotate(90)
        sheet.canvas.setFont("Helvetica", 11)
        for index, line in enumerate([*LEFT, *RIGHT]):
            sheet.canvas.drawString(100, -100 - 14 * index, line)

    assert kinds(read(make_pdf(page))) == [("paragraph", " ".join([*LEFT, *RIGHT]))]


def test_read_pdf_reads_both_pages_of_a_spread_in_turn() -> None:
    def page(sheet: Sheet) -> None:
        sheet.canvas.setPageSize((1190, HEIGHT))
        for x, lines in (
            (880, ["Fourth", *RIGHT]),
            (320, ["Second", *RIGHT]),
            (640, ["Third", *LEFT]),
            (50, ["First", *LEFT]),
        ):
            sheet.lines(x, 120, [f"{lines[0]} column.", *lines[1:]])

    text = " ".join(passage.text for passage in read(make_pdf(page)).passages)
    places = [text.index(word) for word in ("First column", "Second column", "Third column", "Fourth column")]
    assert places == sorted(places)


def test_read_pdf_joins_a_drop_cap_to_its_word() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 130, "T", size=40)
        sheet.lines(88, 104, ["he government has set out its plan for", "the next ten years and what it means"])
        sheet.lines(60, 132 + 6, ["for every part of the country, and it will act on it."])

    assert (
        read(make_pdf(page)).passages[0].text.startswith("The government has set out its plan for the next ten years")
    )


@pytest.mark.parametrize(
    ("given", "title"),
    [("Local Industrial Strategy", "Local Industrial Strategy"), ("Microsoft Word - draft", "A page of letters.")],
)
def test_read_pdf_takes_a_title_only_where_it_is_one(given: str, title: str) -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "A page of letters.")

    document = read(make_pdf(page, title=given))
    assert document.document.title == title
    assert document.document.published is None
    assert "created" in document.metadata


def test_read_pieces_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(PdfRefusal):
        read_pieces(b"%PDF-1.4 nothing", 10, 10.0)
    assert gc.isenabled()


def test_read_pdf_begins_a_heading_of_another_colour_behind_a_full_line() -> None:
    def page(sheet: Sheet) -> None:
        sheet.box(50, 90, 400, 200, fill=0.9)
        sheet.text(60, 110, "Government action", bold=True, size=13)
        sheet.text(60, 130, "Ports and the trade of the coast", bold=True)
        text = ["The Government will build a quay at Lytham,", "which will be open to ships of all kinds and sizes."]
        sheet.lines(72, 150, text)
        sheet.canvas.setFillColorRGB(0, 0, 0.5)
        sheet.text(60, 179, "Schools for the sea", bold=True)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.lines(72, 194, ["The Government will open a school for the trade."])

    school = find(read(make_pdf(page)), "The Government will open a school")
    assert school.path[-2:] == ("Government action", "Schools for the sea")


def test_read_pdf_takes_a_running_title_without_its_page_number() -> None:
    def page(number: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            left, right = (f"{number}  ", "") if number % 2 else ("", f"  {number}")
            sheet.text(60, 40, f"{left}Lytham Port Strategy: ships for all{right}", size=8)
            sheet.lines(60, 120, [f"The quay number {number} will open next year.", "It has room for ten ships."])

        return draw

    document = read(make_pdf(*map(page, (57, 58, 59, 60))))
    assert document.passages[0].text == "Lytham Port Strategy: ships for all"

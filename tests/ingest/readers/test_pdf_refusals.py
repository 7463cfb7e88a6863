"""What a PDF is refused for, or read in part: passwords, scans, damage and limits."""

import random

import pytest
from pdf_samples import Sheet, kinds, make_pdf, read

from graph.errors import UnreadableDocument
from graph.model import DocumentStatus, DropReason
from ingest.readers import ReadLimits
from ingest.readers.pdf import read_pdf


def test_read_pdf_opens_an_empty_password_and_refuses_a_real_one() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "Locked or not.")

    assert kinds(read(make_pdf(page, password=""))) == [("paragraph", "Locked or not.")]
    with pytest.raises(UnreadableDocument, match="locked by a password; save a copy without"):
        read(make_pdf(page, password="secret"))


def draw_scan(sheet: Sheet) -> None:
    """A picture of grey lines on paper, as a scanner gives."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (300, 420), 255)
    for y in range(40, 380, 10):
        picture.paste(40, (40, y, 260, y + 4))
    sheet.canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)


def test_read_pdf_says_that_a_scan_needs_ocr() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "A page of letters.")

    document = read(make_pdf(page, draw_scan))
    assert document.document.status is DocumentStatus.PARTIAL
    assert [(drop.item, drop.reason) for drop in document.dropped] == [("page 2", DropReason.NEEDS_OCR)]
    with pytest.raises(UnreadableDocument, match=r"needs OCR.*ocrmypdf"):
        read(make_pdf(draw_scan))


def test_read_pdf_takes_a_photograph_for_no_scan() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def photograph(sheet: Sheet) -> None:
        noise = random.Random(1).randbytes(300 * 400 * 3)
        sheet.canvas.drawImage(ImageReader(Image.frombytes("RGB", (300, 400), noise)), 0, 0, 595, 842)

    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "A page of letters.")

    def photograph_with_badge(sheet: Sheet) -> None:
        photograph(sheet)
        sheet.canvas.drawImage(ImageReader(Image.new("L", (30, 30), 255)), 400, 700, 80, 30)

    assert read(make_pdf(photograph, photograph_with_badge, page)).document.status is DocumentStatus.OK


def test_read_pdf_says_that_a_scan_with_a_stamp_needs_ocr() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def stamped(sheet: Sheet) -> None:
        draw_scan(sheet)
        sheet.canvas.drawImage(ImageReader(Image.new("L", (30, 30), 40)), 400, 700, 80, 30)

    with pytest.raises(UnreadableDocument, match="needs OCR"):
        read(make_pdf(stamped))


def test_read_pdf_names_a_damaged_page_and_reads_the_rest() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "A page of letters.")

    content = make_pdf(page, page, page)
    second = content.index(b"/Type /Page", content.index(b"/Type /Page\n") + 20)
    damaged = content[:second] + content[second:].replace(b"/Type /Page", b"/Type /Rage", 1)
    document = read(damaged)
    assert [(drop.item, drop.reason) for drop in document.dropped] == [("page 2", DropReason.UNREADABLE_PAGE)]
    assert [passage.page for passage in document.passages] == [1, 3]


def test_read_pdf_refuses_what_is_no_pdf_or_over_a_limit() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "A page of letters.")

    with pytest.raises(UnreadableDocument, match="damaged or no PDF"):
        read(b"%PDF-1.7 and nothing else")
    with pytest.raises(UnreadableDocument, match="2 pages is over the limit max_pages = 1"):
        read(make_pdf(page, page), max_pages=1)


def test_read_pdf_says_which_pages_the_time_limit_cost() -> None:
    def page(sheet: Sheet) -> None:
        sheet.text(60, 100, "A page of letters.")

    document = read_pdf(make_pdf(page, page), "a.pdf", ReadLimits(max_seconds=0.0), isolate=False)
    assert [(drop.item, drop.reason) for drop in document.dropped] == [("pages 1 to 2", DropReason.OVER_LIMIT)]
    assert document.document.status is DocumentStatus.PARTIAL

"""The prepared calls ask PDFium what its declared functions ask."""

from collections.abc import Iterator
from ctypes import addressof, byref, c_double
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pdf_samples import Sheet, make_pdf

from ingest.readers import pdf_calls


def draw(sheet: Sheet) -> None:
    sheet.text(50, 100, "A strategy for growth", size=14)
    sheet.rule(50, 110, 300, 110)


@pytest.fixture
def page() -> Iterator[Any]:
    document = pypdfium2.PdfDocument(make_pdf(draw))
    page = document[0]
    yield page
    page.close()
    document.close()


@pytest.fixture
def textpage(page: Any) -> Iterator[Any]:
    textpage = page.get_textpage()
    yield textpage.raw
    textpage.close()


def test_make_places_gives_all_numbers_at_once_from_where_each_was_left(textpage: Any) -> None:
    read, (left, bottom, right, top) = pdf_calls.make_places("dddd")
    assert read() == (0.0, 0.0, 0.0, 0.0)
    expected = [c_double() for _ in range(4)]
    assert pdf_calls.count_rects(textpage, 0, 10) == pdfium.FPDFText_CountRects(textpage, 0, 10) == 1
    assert pdf_calls.get_rect(textpage, 0, left, top, right, bottom)
    pdfium.FPDFText_GetRect(textpage, 0, *map(byref, expected))
    x0, y1, x1, y0 = (number.value for number in expected)
    assert read() == (x0, y0, x1, y1)
    assert x1 > x0 > 49


def test_prepared_calls_return_numbers_and_handles_as_the_declared_ones(page: Any, textpage: Any) -> None:
    assert pdf_calls.get_font_size(textpage, 3) == pdfium.FPDFText_GetFontSize(textpage, 3) == 14
    target = pdf_calls.get_char_object(textpage, 3)
    assert target == addressof(pdfium.FPDFText_GetTextObject(textpage, 3).contents)
    assert pdf_calls.get_type(pdf_calls.as_handle(target)) == pdfium.FPDF_PAGEOBJ_TEXT
    items = [pdf_calls.as_handle(pdf_calls.get_page_object(page.raw, index)) for index in range(2)]
    kinds = [pdf_calls.get_type(item) for item in items]
    assert kinds == [pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH]


def test_make_places_mixes_types_of_which_the_longer_come_first(page: Any, textpage: Any) -> None:
    read, (x, y, matrix, *_) = pdf_calls.make_places("dd" + "ffffff")
    assert pdf_calls.get_char_origin(textpage, 0, x, y)
    assert pdf_calls.get_char_matrix(textpage, 0, matrix)
    assert read() == (50.0, page.get_height() - 100, 1.0, 0.0, 0.0, 1.0, 50.0, page.get_height() - 100)


def test_an_address_is_none_where_there_is_no_object(page: Any, textpage: Any) -> None:
    assert not pdf_calls.get_page_object(page.raw, 99)
    assert not pdf_calls.get_char_object(textpage, 9_999)
    assert pdf_calls.get_char_object(textpage, 0)

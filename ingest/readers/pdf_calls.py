"""PDFium's functions for the thousand small questions of a page, and the places where they leave their answers.

ctypes spends most of such a call on converting its arguments to declared types: without any, numbers go as C ints and
handles as they are, at a quarter of the time. So these functions take and give no other types, hold the interpreter's
lock over so short a call, and one set of places is used again and again: PDFium is not safe in threads anyway.
"""

from collections.abc import Callable
from ctypes import PYFUNCTYPE, byref, c_double, c_int, c_size_t, c_void_p, cast, create_string_buffer
from functools import partial
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium


class Handle(c_void_p):
    """An object of PDFium, false where there is none; `value` is its address."""


def _prepare(function: Any, result: Any = c_int) -> Callable[..., Any]:
    """Return `function` without declared arguments: take care to give it a handle, a place or a small number."""
    prepared = PYFUNCTYPE(result)(cast(function, c_void_p).value or 0)
    prepared.argtypes = None  # type: ignore[assignment]
    return prepared


def make_places(code: str, count: int) -> tuple[Callable[[], tuple[Any, ...]], tuple[Any, ...]]:
    """Return a function that gives the numbers in `count` places of a type (a code of `struct`), and their pointers."""
    form = Struct(f"{count}{code}")
    places = create_string_buffer(form.size)
    return partial(form.unpack, places), tuple(byref(places, at) for at in range(0, form.size, form.size // count))


get_text = _prepare(pdfium.FPDFText_GetText)
count_rects = _prepare(pdfium.FPDFText_CountRects)
get_rect = _prepare(pdfium.FPDFText_GetRect)
get_char_box = _prepare(pdfium.FPDFText_GetCharBox)
get_char_origin = _prepare(pdfium.FPDFText_GetCharOrigin)
get_char_matrix = _prepare(pdfium.FPDFText_GetMatrix)
get_font_size = _prepare(pdfium.FPDFText_GetFontSize, c_double)
get_char_object = _prepare(pdfium.FPDFText_GetTextObject, Handle)
get_font = _prepare(pdfium.FPDFTextObj_GetFont, c_void_p)
get_font_name = _prepare(pdfium.FPDFFont_GetBaseFontName, c_size_t)
get_font_weight = _prepare(pdfium.FPDFFont_GetWeight)
get_render_mode = _prepare(pdfium.FPDFTextObj_GetTextRenderMode)
get_fill_colour = _prepare(pdfium.FPDFPageObj_GetFillColor)

count_form_objects = _prepare(pdfium.FPDFFormObj_CountObjects)
get_page_object = _prepare(pdfium.FPDFPage_GetObject, Handle)
get_form_object = _prepare(pdfium.FPDFFormObj_GetObject, Handle)
get_type = _prepare(pdfium.FPDFPageObj_GetType)
get_bounds = _prepare(pdfium.FPDFPageObj_GetBounds)
get_matrix = _prepare(pdfium.FPDFPageObj_GetMatrix)
has_transparency = _prepare(pdfium.FPDFPageObj_HasTransparency)
get_draw_mode = _prepare(pdfium.FPDFPath_GetDrawMode)
count_segments = _prepare(pdfium.FPDFPath_CountSegments)
get_segment = _prepare(pdfium.FPDFPath_GetPathSegment, Handle)
get_segment_type = _prepare(pdfium.FPDFPathSegment_GetType)
get_segment_point = _prepare(pdfium.FPDFPathSegment_GetPoint)

"""PDFium's functions for the thousand small questions of a page, and the places where they leave their answers.

ctypes spends most of such a call on converting its arguments to declared types: without any, numbers go as C ints and
handles as they are, at a quarter of the time. So these functions take and give no other types, hold the interpreter's
lock over so short a call, and one set of places is used again and again: PDFium is not safe in threads anyway. An
object of PDFium comes as its address, None where there is none, and is asked through `as_handle` of that.
"""

from collections.abc import Callable
from ctypes import PYFUNCTYPE, byref, c_double, c_int, c_size_t, c_void_p, cast, create_string_buffer
from functools import partial
from struct import Struct, calcsize
from typing import Any

import pypdfium2.raw as pdfium

as_handle: Callable[[Any], Any] = c_void_p.from_param  # at a third of the time that an instance takes


def _prepare(function: Any, result: Any = c_int) -> Callable[..., Any]:
    """Return `function` without declared arguments: take care to give it a handle, a place or a small number."""
    prepared = PYFUNCTYPE(result)(cast(function, c_void_p).value or 0)
    prepared.argtypes = None  # type: ignore[assignment]
    return prepared


def make_places(codes: str) -> tuple[Callable[[], tuple[Any, ...]], tuple[Any, ...]]:
    """Return a function that gives the numbers in all places, and their pointers.

    `codes` has a letter of `struct` a place, the longer types first."""
    form = Struct(f"={codes}")
    places = create_string_buffer(form.size)
    starts = (calcsize(f"={codes[:at]}") for at in range(len(codes)))
    return partial(form.unpack, places), tuple(byref(places, start) for start in starts)


get_text = _prepare(pdfium.FPDFText_GetText)
count_chars = _prepare(pdfium.FPDFText_CountChars)
get_char_index = _prepare(pdfium.FPDFText_GetCharIndexFromTextIndex)
count_rects = _prepare(pdfium.FPDFText_CountRects)
get_rect = _prepare(pdfium.FPDFText_GetRect)
get_char_box = _prepare(pdfium.FPDFText_GetCharBox)
get_char_origin = _prepare(pdfium.FPDFText_GetCharOrigin)
get_char_matrix = _prepare(pdfium.FPDFText_GetMatrix)
get_font_size = _prepare(pdfium.FPDFText_GetFontSize, c_double)
get_char_object = _prepare(pdfium.FPDFText_GetTextObject, c_void_p)
get_font = _prepare(pdfium.FPDFTextObj_GetFont, c_void_p)
get_font_name = _prepare(pdfium.FPDFFont_GetBaseFontName, c_size_t)
get_font_weight = _prepare(pdfium.FPDFFont_GetWeight)
get_render_mode = _prepare(pdfium.FPDFTextObj_GetTextRenderMode)
get_fill_colour = _prepare(pdfium.FPDFPageObj_GetFillColor)

count_page_objects = _prepare(pdfium.FPDFPage_CountObjects)
count_form_objects = _prepare(pdfium.FPDFFormObj_CountObjects)
get_page_object = _prepare(pdfium.FPDFPage_GetObject, c_void_p)
get_form_object = _prepare(pdfium.FPDFFormObj_GetObject, c_void_p)
get_crop_box = _prepare(pdfium.FPDFPage_GetCropBox)
get_media_box = _prepare(pdfium.FPDFPage_GetMediaBox)
get_type = _prepare(pdfium.FPDFPageObj_GetType)
get_bounds = _prepare(pdfium.FPDFPageObj_GetBounds)
get_matrix = _prepare(pdfium.FPDFPageObj_GetMatrix)
has_transparency = _prepare(pdfium.FPDFPageObj_HasTransparency)
get_draw_mode = _prepare(pdfium.FPDFPath_GetDrawMode)
count_segments = _prepare(pdfium.FPDFPath_CountSegments)
get_segment = _prepare(pdfium.FPDFPath_GetPathSegment, c_void_p)
get_segment_type = _prepare(pdfium.FPDFPathSegment_GetType)
get_segment_point = _prepare(pdfium.FPDFPathSegment_GetPoint)

"""Whether a page is a picture of text: no letters in the file, but much white and some ink to be seen."""

from math import ceil
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf_model import PageContent

_FEW_LETTERS = 20
_SIDE, _GLANCE = 120, 30  # pixels of the longer side of the sample, and of a first one at a third of the time
_NOT_WHITE = bytes(range(225))  # shades of grey
_LEAST_WHITE, _LEAST_INK = 0.45, 0.03
_LEAST_AT_GLANCE = 0.1  # so few dots blur gaps between lines, but margins stay white


def looks_scanned(page: Any, content: PageContent) -> bool:
    """Look at a small picture of a page that has hardly any letters. A photograph is dark nearly everywhere, a page
    of print is mostly paper. Cost: one small rendering for pages without text, nothing for others; where there is more
    than one picture on the page, as scanners do not draw it, a glance comes first."""
    if not content.images or sum(len(run.text) for run in content.runs) >= _FEW_LETTERS:
        return False
    longer = max(content.width, content.height, 1.0)
    is_one_picture = content.images == 1 and not (content.runs or content.shapes)
    if not is_one_picture and _find_white(page, _GLANCE / longer) < _LEAST_AT_GLANCE:
        return False
    white = _find_white(page, _SIDE / longer)
    return white >= _LEAST_WHITE and 1 - white >= _LEAST_INK


def _find_white(page: Any, scale: float) -> float:
    """Return how much of a page is white, drawn at this scale."""
    seen = _draw(page, scale)
    return len(seen.translate(None, _NOT_WHITE)) / len(seen)


def _draw(page: Any, scale: float) -> bytes:
    """Return the shades of grey of a page, drawn at this scale on white."""
    width = max(1, ceil(pdfium.FPDF_GetPageWidthF(page) * scale))
    height = max(1, ceil(pdfium.FPDF_GetPageHeightF(page) * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, format=pdfium.FPDFBitmap_Gray)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
        return bytes(bitmap.buffer)  # without a gap between rows
    finally:
        bitmap.close()

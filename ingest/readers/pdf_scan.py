"""Whether a page is a picture of text: no letters in the file, but much white and some ink to be seen."""

from typing import Any

from ingest.readers.pdf_model import PageContent

_FEW_LETTERS = 20
_SIDE = 120  # pixels of the longer side of the sample
_NOT_WHITE = bytes(range(225))  # shades of grey
_LEAST_WHITE, _LEAST_INK = 0.45, 0.03


def looks_scanned(page: Any, content: PageContent) -> bool:
    """Look at a small picture of a page that has hardly any letters. A photograph is dark nearly everywhere, a page
    of print is mostly paper. Cost: one small rendering for pages without text, nothing for others."""
    if not content.images or sum(len(run.text) for run in content.runs) >= _FEW_LETTERS:
        return False
    scale = _SIDE / max(content.width, content.height, 1.0)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bytes(bitmap.buffer)
        stride, width, height = bitmap.stride, bitmap.width, bitmap.height
    finally:
        bitmap.close()
    seen = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
    white = len(seen.translate(None, _NOT_WHITE)) / max(1, len(seen))
    return white >= _LEAST_WHITE and 1 - white >= _LEAST_INK

"""Raised footnote marks: which digits of a run are marks, and its words without them."""

import re
from math import hypot
from typing import Any

from ingest.readers.pdf_calls import get_char_matrix, get_font_size, make_places
from ingest.readers.pdf_view import Piece

_RAISED = 0.8  # a digit smaller than this share of its line is a footnote mark
_MARK = re.compile(
    r"(?=[\d \u00a0])(?:(?<=[^\W_])\d{1,3}(?![\w%])|(?<=[.,;:!?)\]'’”\"])[ \u00a0]?(?:\d{1,3}[, ]*)+(?![\w%]))"
)
_LEAD = re.compile(r"\s*(\d{1,3}|[*†‡])\s*(?=\S)")
_BETWEEN = ", \u00a0"  # stand between marks
_SPACED_STOP = re.compile(r"[ \u00a0]+[.,;:!?)]")
_DIGIT = re.compile(r"[0-9*†‡]")
_read_matrix, (_MATRIX, *_) = make_places("ffffff")


def read_size(textpage: Any, char: int) -> float:
    """Return the size of a character as it is seen."""
    get_char_matrix(textpage, char, _MATRIX)
    _, _, c, d, _, _ = _read_matrix()
    size: float = get_font_size(textpage, char) * (hypot(c, d) if c else abs(d))
    return size


def without_marks(textpage: Any, text: str, piece: Piece) -> tuple[str, str, int] | None:
    """Return the words of a run without raised footnote marks, the mark at its beginning, and where words begin; None
    where nothing can be a mark."""
    digit = _DIGIT.search(text, piece.start, piece.end)
    if digit is None:
        return None
    mark, first = "", piece.start
    lead = _LEAD.match(text, piece.start, piece.end)
    if lead and _is_raised(textpage, lead.start(1), piece):
        mark, first = lead.group(1), lead.end()
    at = first
    parts: list[str] = []
    for match in _MARK.finditer(text, max(at, digit.start() - 1), piece.end):  # a blank may stand before it
        end = match.start() + len(match.group().rstrip(_BETWEEN))
        start = end
        while start > match.start() and (text[start - 1] in _BETWEEN or _is_raised(textpage, start - 1, piece)):
            start -= 1
        if start == end:
            continue
        parts.append(text[at:start].rstrip(_BETWEEN) if start == match.start() else text[at:start])
        at = end
        if before_stop := _SPACED_STOP.match(text, at, piece.end):
            at = before_stop.end() - 1
        elif text[at : at + 1].isalnum():
            parts.append(" ")
    parts.append(text[at : piece.end])
    return "".join(parts), mark, first


def _is_raised(textpage: Any, place: int, piece: Piece) -> bool:
    """Say whether the character at a place in the text is much smaller than its run."""
    return read_size(textpage, place - piece.shift) < _RAISED * piece.size

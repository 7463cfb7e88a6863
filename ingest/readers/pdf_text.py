"""From a PDFium page to runs of text in upright coordinates; only what the page shows is given.

Text comes from PDFium in one piece and is cut where its own rectangles part, so that nothing is asked letter by letter
except where a line holds a wide gap or what may be a footnote mark.
"""

import re
from array import array
from ctypes import addressof, byref, c_double, c_uint, c_ushort, create_string_buffer
from itertools import pairwise
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf_lines import is_bullet
from ingest.readers.pdf_model import Area, PageContent, Run
from ingest.readers.pdf_shapes import read_scene
from ingest.readers.pdf_view import Piece, Side, find_shapes, find_shown, find_sides, main_turn, moved, upright

_GAP = 1.1  # in letter sizes: a wider gap between two rectangles may part columns
_RAISED = 0.8  # a digit smaller than this share of its line is a footnote mark
_MARK = re.compile(r"(?<=[^\W_])\d{1,3}(?![\w%])|(?<=[.,;:!?)\]'’”\"])[ \u00a0]?(?:\d{1,3}[, ]*)+(?![\w%])")
_LEAD = re.compile(r"\s*(\d{1,3}|[*†‡])\s*(?=\S)")
_BETWEEN = ", \u00a0"  # stand between marks
_BLANKS = " \r\n\t\u00a0"
_HALF = re.compile("[\ud800-\udfff]")  # of a letter beyond U+FFFF
_SPACED_STOP = re.compile(r"[ \u00a0]+[.,;:!?)]")
_DIGIT = re.compile(r"[\d*†‡]")
_PART = re.compile("[^\ufffe\x02]*[\ufffe\x02]|[^\ufffe\x02]+")
_SYMBOL_FONTS = ("wingdings", "symbol", "dingbats", "webdings")
_BOLD_FONTS = ("bold", "black", "heavy", "demi")
_INVISIBLE = 3  # text rendering mode: neither filled nor stroked
_NO_FONT = (400, False)


class TextReader:
    """Reads the pages of one open document; its fonts are looked up once."""

    def __init__(self) -> None:
        self._fonts: dict[int, tuple[int, bool]] = {}
        self._doubles = tuple(c_double() for _ in range(4))
        self._colour = tuple(c_uint() for _ in range(4))
        self._matrix = pdfium.FS_MATRIX()
        self._sides: tuple[list[Side], list[Side]] = ([], [])

    def read(self, page: Any, number: int) -> PageContent:
        """Return what `page` (of pypdfium2) shows; the caller closes it."""
        frame: Area = page.get_cropbox()
        textpage = page.get_textpage()
        try:
            scene = read_scene(page.raw)
            self._sides = find_sides(scene)
            text, pieces = self._pieces(textpage.raw)
            pieces = find_shown(pieces, scene, frame)
            turn = main_turn(pieces)
            runs = [self._run(textpage.raw, text, piece, frame) for piece in pieces if piece.turn == turn]
        finally:
            textpage.close()
        across, down = frame[2] - frame[0], frame[3] - frame[1]
        if turn % 2:
            across, down = down, across
        return PageContent(
            number=number,
            width=across,
            height=down,
            runs=[run for run in runs if run.text],
            sideways=[
                _whole(" ".join(text[piece.start : piece.end].split())) for piece in pieces if piece.turn != turn
            ],
            shapes=find_shapes(scene.drawn, turn, frame),
            images=sum(item.image for item in scene.drawn),
        )

    def _pieces(self, textpage: Any) -> tuple[str, list[Piece]]:
        count = pdfium.FPDFText_CountChars(textpage)
        if count <= 0:
            return "", []
        buffer = (c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
        units = array("H", bytes(buffer)[: max(0, written - 1) * 2])
        text = units.tobytes().decode("utf-16-le", "replace")
        if len(text) != len(units):  # letters beyond U+FFFF: keep one place a unit, as PDFium counts
            text = "".join(map(chr, units))
        pieces: list[Piece] = []
        at = 0
        for line in text.split("\r\n"):
            start = at
            for part in _PART.findall(line) if "\ufffe" in line or "\x02" in line else (line,):
                if part and not part.isspace():
                    shift = 0
                    if len(units) != count:
                        shift = start - max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, start))
                    self._cut(textpage, text, pieces, start - shift, start - shift + len(part), shift)
                start += len(part)
            at += len(line) + 2
        return text, pieces

    def _cut(self, textpage: Any, text: str, pieces: list[Piece], start: int, end: int, shift: int) -> None:
        """Append the runs of the characters `start` to `end`; place in text = character + `shift`."""
        left, top, right, bottom = self._doubles
        areas: list[Area] = []
        for index in range(pdfium.FPDFText_CountRects(textpage, start, end - start)):
            pdfium.FPDFText_GetRect(textpage, index, byref(left), byref(top), byref(right), byref(bottom))
            areas.append((left.value, bottom.value, right.value, top.value))
        if not areas:
            return
        first = self._piece(textpage, start)
        breaks = _breaks(areas, first)
        firsts = [start, *(_first_char(textpage, start, end, index) for index in breaks), end]
        for number, (a, b) in enumerate(zip([0, *breaks], [*breaks, len(areas)], strict=True)):
            piece = self._piece(textpage, firsts[number]) if number else first
            piece.start, piece.end, piece.shift = firsts[number] + shift, firsts[number + 1] + shift, shift
            piece.area = _union(areas[a:b])
            piece.weight_end = piece.weight
            if b - a > 1:
                first_letter = text[piece.start : piece.start + 1]
                is_word = not piece.symbol and (first_letter.isalnum() or not is_bullet(first_letter))
                self._look_at_end(textpage, piece, firsts[number + 1] - 1, is_word)
            pieces += self._cut_at_sides(textpage, piece, shift)

    def _cut_at_sides(self, textpage: Any, piece: Piece, shift: int) -> list[Piece]:
        """Cut a run that lies over the side between two cells, where that side falls between two letters."""
        if not self._sides[piece.turn % 2]:
            return [piece]
        near, far, low, high = (0, 2, 1, 3) if piece.turn % 2 == 0 else (1, 3, 0, 2)
        middle = (piece.area[low] + piece.area[high]) / 2
        places = sorted(
            place
            for place, start, end in self._sides[piece.turn % 2]
            if piece.area[near] + 3 < place < piece.area[far] - 3 and start <= middle <= end
        )
        if not places or piece.turn > 1:
            return [piece]
        left, right, bottom, top = self._doubles
        spans: list[tuple[int, float, float]] = []
        for index in range(piece.start - shift, piece.end - shift):
            pdfium.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
            span = (left.value, right.value) if piece.turn == 0 else (bottom.value, top.value)
            if span[1] > span[0]:
                spans.append((index, *span))
        for before, after in pairwise(spans):
            apart = after[1] - before[2] > 0.2 * piece.size
            if apart and any(before[2] - 1 <= place <= after[1] + 1 for place in places):
                rest = self._piece(textpage, after[0])
                rest.start, rest.end, rest.weight_end = after[0] + shift, piece.end, piece.weight_end
                rest.shift = shift
                rest.area, area = moved(piece.area, near, after[1]), moved(piece.area, far, before[2])
                piece.end, piece.area, piece.weight_end = after[0] + shift, area, piece.weight
                return [piece, *self._cut_at_sides(textpage, rest, shift)]
        return [piece]

    def _look_at_end(self, textpage: Any, piece: Piece, last: int, is_word: bool) -> None:
        """Runs of several fonts: how heavy the end is, and the true size: a bullet may be larger, a mark smaller."""
        target = pdfium.FPDFText_GetTextObject(textpage, last)
        step = last
        while not target and step > last - 3:
            step -= 1
            target = pdfium.FPDFText_GetTextObject(textpage, step)
        if target:
            piece.weight_end = self._font(target)[0]
            size = self._size(textpage, step)
            piece.size = max(piece.size, size) if is_word else size

    def _size(self, textpage: Any, char: int) -> float:
        pdfium.FPDFText_GetMatrix(textpage, char, byref(self._matrix))
        return float(pdfium.FPDFText_GetFontSize(textpage, char) * hypot(self._matrix.c, self._matrix.d))

    def _piece(self, textpage: Any, char: int) -> Piece:
        x, y = self._doubles[:2]
        pdfium.FPDFText_GetCharOrigin(textpage, char, byref(x), byref(y))
        size = self._size(textpage, char)
        a, b = self._matrix.a, self._matrix.b
        turn = (0 if a >= 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)
        target = pdfium.FPDFText_GetTextObject(textpage, char)
        (weight, symbol), colour, address, mode = _NO_FONT, 0, 0, 0
        if target:
            address = addressof(target.contents)
            weight, symbol = self._font(target)
            red, green, blue, alpha = self._colour
            if pdfium.FPDFPageObj_GetFillColor(target, byref(red), byref(green), byref(blue), byref(alpha)):
                colour = (red.value << 16) | (green.value << 8) | blue.value
            mode = pdfium.FPDFTextObj_GetTextRenderMode(target)
        area = (0.0, 0.0, 0.0, 0.0)
        return Piece(0, 0, area, (x.value, y.value), turn, size, weight, symbol, colour, address, mode == _INVISIBLE)

    def _font(self, target: Any) -> tuple[int, bool]:
        """Return the weight of a text object's font, 100 to 900, and whether it holds symbols."""
        handle = pdfium.FPDFTextObj_GetFont(target)
        if not handle:
            return _NO_FONT
        key = addressof(handle.contents)
        if key not in self._fonts:
            buffer = create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(handle, buffer, 128)
            name = buffer.value.decode("utf-8", "replace").lower()
            weight = max(100, min(900, pdfium.FPDFFont_GetWeight(handle)))
            if any(word in name for word in _BOLD_FONTS):
                weight = max(700, weight)
            self._fonts[key] = (weight, any(word in name for word in _SYMBOL_FONTS))
        return self._fonts[key]

    def _run(self, textpage: Any, text: str, piece: Piece, frame: Area) -> Run:
        words, mark, at = self._without_marks(textpage, text, piece)
        x0, top, x1, bottom = upright(piece.area, piece.turn, frame)
        if words and text[piece.start : piece.end].rstrip(_BLANKS)[-1:] != words[-1]:
            x1 -= 0.2 * piece.size  # room for the space that a mark at the end stood in
        x, y = piece.origin
        if mark:  # it stands higher than the line
            across, up = self._doubles[:2]
            pdfium.FPDFText_GetCharOrigin(textpage, at - piece.shift, byref(across), byref(up))
            x, y = across.value, up.value
        base = upright((x, y, x, y), piece.turn, frame)[1]
        weights = (piece.weight, piece.weight_end)
        return Run(x0, top, x1, bottom, base, words, piece.size, *weights, piece.colour, piece.symbol, mark)

    def _is_raised(self, textpage: Any, char: int, piece: Piece) -> bool:
        return self._size(textpage, char) < _RAISED * piece.size

    def _without_marks(self, textpage: Any, text: str, piece: Piece) -> tuple[str, str, int]:
        """Return the words of a run without raised footnote marks, the mark at its beginning, and where words begin."""
        mark, first = "", piece.start
        if not _DIGIT.search(text, piece.start, piece.end):
            return _whole(text[piece.start : piece.end]), mark, first
        lead = _LEAD.match(text, piece.start, piece.end)
        if lead and self._size(textpage, lead.start(1) - piece.shift) < _RAISED * piece.size:
            mark, first = lead.group(1), lead.end()
        at = first
        pieces: list[str] = []
        for match in _MARK.finditer(text, at, piece.end):
            end = match.start() + len(match.group().rstrip(_BETWEEN))
            start = end
            while start > match.start() and (
                text[start - 1] in _BETWEEN or self._is_raised(textpage, start - 1 - piece.shift, piece)
            ):
                start -= 1
            if start == end:
                continue
            pieces.append(text[at:start].rstrip(_BETWEEN) if start == match.start() else text[at:start])
            at = end
            if before_stop := _SPACED_STOP.match(text, at, piece.end):
                at = before_stop.end() - 1
            elif text[at : at + 1].isalnum():
                pieces.append(" ")
        pieces.append(text[at : piece.end])
        return _whole("".join(pieces)), mark, first


def _whole(words: str) -> str:
    """Return words without blanks around them, halves of letters put together."""
    if _HALF.search(words):
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words.strip(_BLANKS)


def _breaks(areas: list[Area], piece: Piece) -> list[int]:
    """Return the rectangles at which a new run begins: off the line, far to the right, or back to the left."""
    if len(areas) == 1:
        return []
    low, high = (1, 3) if piece.turn % 2 == 0 else (0, 2)
    near, far = (0, 2) if piece.turn % 2 == 0 else (1, 3)
    sign = 1 if piece.turn in (0, 1) else -1
    size = max(piece.size, 4.0)
    breaks: list[int] = []
    first, last = areas[0], areas[0]
    for index, area in enumerate(areas[1:], start=1):
        middle = (area[low] + area[high]) / 2
        off = not first[low] - 0.5 * size <= middle <= first[high] + 0.5 * size
        gap = area[near] - last[far] if sign > 0 else last[near] - area[far]
        if off or gap > _GAP * size or gap < -1.5 * size:
            breaks.append(index)
            first = area
        last = area
    return breaks


def _first_char(textpage: Any, start: int, end: int, index: int) -> int:
    """Return the first character of rectangle `index` of the stretch, by halving."""
    low, high = start + 1, end
    while low < high:
        middle = (low + high) // 2
        if pdfium.FPDFText_CountRects(textpage, start, middle - start) > index:
            high = middle
        else:
            low = middle + 1
    return low - 1


def _union(areas: list[Area]) -> Area:
    if len(areas) == 1:
        return areas[0]
    return (min(a[0] for a in areas), min(a[1] for a in areas), max(a[2] for a in areas), max(a[3] for a in areas))

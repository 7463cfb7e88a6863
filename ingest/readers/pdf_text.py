"""From a PDFium page to runs of text in upright coordinates; only what the page shows is given.

Text comes from PDFium in one piece and is cut where its own rectangles part, so that nothing is asked letter by letter
except where a line holds a wide gap or what may be a footnote mark. A rectangle holds letters of one text object, so of
one font and size: looks are asked for once a run, and marks looked for only in a run of several rectangles.
"""

import re
from array import array
from ctypes import addressof, create_string_buffer
from itertools import pairwise
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from ingest.readers.pdf_calls import (
    as_handle,
    count_chars,
    count_rects,
    get_char_box,
    get_char_index,
    get_char_matrix,
    get_char_object,
    get_char_origin,
    get_fill_colour,
    get_font,
    get_font_name,
    get_font_size,
    get_font_weight,
    get_rect,
    get_render_mode,
    get_text,
    make_places,
)
from ingest.readers.pdf_dots import with_bullets
from ingest.readers.pdf_lines import is_bullet
from ingest.readers.pdf_marks import read_size, without_marks
from ingest.readers.pdf_model import Area, PageContent, Run
from ingest.readers.pdf_shapes import read_frame, read_scene
from ingest.readers.pdf_view import (
    Piece,
    Sides,
    find_places,
    find_shapes,
    find_shown,
    find_sides,
    group_areas,
    has_white,
    main_turn,
    moved,
    stand,
)

_BLANKS = " \r\n\t\u00a0"
_PART = re.compile("[^\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_SYMBOL_FONTS = ("wingdings", "symbol", "dingbats", "webdings")
_BOLD_FONTS = ("bold", "black", "heavy", "demi")
_INVISIBLE = 3  # text rendering mode: neither filled nor stroked
_NO_FONT = (400, False)
_read, (_X, _Y, _MATRIX, _, _, _, _, _, _RED, _GREEN, _BLUE, _ALPHA) = make_places("dd" + "ffffff" + "IIII")
_read_area, (_LEFT, _BOTTOM, _RIGHT, _TOP) = make_places("dddd")


class TextReader:
    """Reads the pages of one open document; its fonts are looked up once."""

    def __init__(self) -> None:
        self._fonts: dict[int | None, tuple[int, bool]] = {None: _NO_FONT}
        self._letters = create_string_buffer(1 << 14)
        self._has_halves = False

    def read(self, page: Any, number: int) -> PageContent:
        """Return what a raw `page` shows; the caller closes it."""
        handle = as_handle(addressof(page.contents))
        frame = read_frame(handle)
        loaded = pdfium.FPDFText_LoadPage(page)
        if not loaded:
            raise PdfiumError("no text page")
        try:
            textpage = as_handle(addressof(loaded.contents))
            text, pieces = self._pieces(textpage)
            texts = {piece.address for piece in pieces}
            scene = read_scene(handle, texts, has_drawings=has_white(pieces))
            sides = find_sides(scene)
            if sides[0].places or sides[1].places:
                pieces = self._cut_pieces(textpage, pieces, sides)
            if scene.left_out and has_white(pieces):  # behind a side
                scene = read_scene(handle, texts)
            pieces = find_shown(pieces, scene, frame)
            turn = main_turn(pieces)
            runs = [self._run(textpage, text, piece, frame) for piece in pieces if piece.turn == turn]
            if scene.dots:
                runs = with_bullets(runs, scene.dots, turn, frame)
        finally:
            pdfium.FPDFText_ClosePage(loaded)
        across, down = frame[2] - frame[0], frame[3] - frame[1]
        if turn % 2:
            across, down = down, across
        return PageContent(
            number=number,
            width=across,
            height=down,
            runs=[run for run in runs if run.text],
            sideways=[
                self._whole(" ".join(text[piece.start : piece.end].split())) for piece in pieces if piece.turn != turn
            ],
            shapes=find_shapes(scene.drawn, turn, frame),
            images=sum([item.image for item in scene.drawn]),
        )

    def _pieces(self, textpage: Any) -> tuple[str, list[Piece]]:
        count = count_chars(textpage)
        if count <= 0:
            return "", []
        text, units = self._text(textpage, count)
        is_shifted = units != count and get_char_index(textpage, units - 1) != units - 1  # it only ever grows
        has_cuts = "\ufffe" in text or "\x02" in text
        pieces: list[Piece] = []
        start = shift = 0
        for line in text.split("\r\n"):
            for part in _PART.findall(line) if has_cuts else (line,):
                end = start + len(part)
                if part.strip():
                    if is_shifted:
                        shift = start - max(0, get_char_index(textpage, start))
                    first, last = start - shift, end - shift
                    count = count_rects(textpage, first, last - first)
                    if count == 1:
                        get_rect(textpage, 0, _LEFT, _TOP, _RIGHT, _BOTTOM)
                        pieces.append(self._piece(textpage, first, last, _read_area(), shift))
                    elif count > 1:
                        self._cut(textpage, text, pieces, first, last, shift, count)
                start = end
            start += 2
        return text, pieces

    def _text(self, textpage: Any, count: int) -> tuple[str, int]:
        """Return the text with one place a UTF-16 unit, as PDFium counts, and the number of units."""
        if len(self._letters) < 2 * count + 2:
            self._letters = create_string_buffer(4 * count)
        units = max(0, get_text(textpage, 0, count, self._letters) - 1)
        letters = memoryview(self._letters)[: 2 * units]
        text = str(letters, "utf-16-le", "replace")
        self._has_halves = len(text) != units  # letters beyond U+FFFF
        if self._has_halves:
            text = "".join(map(chr, array("H", letters.tobytes())))
        return text, units

    def _cut(self, textpage: Any, text: str, pieces: list[Piece], start: int, end: int, shift: int, count: int) -> None:
        """Append the runs of the characters `start` to `end`, of `count` rectangles; place in text = character +
        `shift`."""
        areas = [_read_area() for index in range(count) if get_rect(textpage, index, _LEFT, _TOP, _RIGHT, _BOTTOM)]
        piece = self._piece(textpage, start, end, areas[0], shift)
        pieces.append(piece)
        first, following = 0, start
        for after, area in group_areas(areas, piece):
            if first:
                piece = self._piece(textpage, following, end, area, shift)
                pieces.append(piece)
            if after < count:
                following = _first_char(textpage, start, following + 1, end, after)
                piece.end = following + shift
            else:
                following = end
            if after - first > 1:
                piece.area, piece.is_mixed = area, True
                letter = text[piece.start : piece.start + 1]
                is_word = not piece.symbol and (letter.isalnum() or not is_bullet(letter))
                self._look_at_end(textpage, piece, following - 1, is_word)
            first = after

    def _cut_pieces(self, textpage: Any, pieces: list[Piece], sides: tuple[Sides, Sides]) -> list[Piece]:
        """Cut the runs that lie over the side between two cells."""
        kept: list[Piece] = []
        for piece in pieces:
            if piece.turn < 2 and (places := find_places(sides[piece.turn], piece)):
                kept += self._cut_at_sides(textpage, piece, places, sides)
            else:
                kept.append(piece)
        return kept

    def _cut_at_sides(
        self, textpage: Any, piece: Piece, places: list[float], sides: tuple[Sides, Sides]
    ) -> list[Piece]:
        """Cut a run at the first of these places that falls between two letters, and the rest as well."""
        near, far = (0, 2) if piece.turn == 0 else (1, 3)
        spans: list[tuple[int, float, float]] = []
        for index in range(piece.start - piece.shift, piece.end - piece.shift):
            get_char_box(textpage, index, _LEFT, _RIGHT, _BOTTOM, _TOP)
            box = _read_area()
            if box[far] > box[near]:
                spans.append((index, box[near], box[far]))
        for before, after in pairwise(spans):
            apart = after[1] - before[2] > 0.2 * piece.size
            if apart and any(before[2] - 1 <= place <= after[1] + 1 for place in places):
                area = moved(piece.area, near, after[1])
                rest = self._piece(textpage, after[0], piece.end - piece.shift, area, piece.shift)
                rest.weight_end, rest.is_mixed = piece.weight_end, piece.is_mixed
                piece.end, piece.area = rest.start, moved(piece.area, far, before[2])
                piece.weight_end = piece.weight
                return [piece, *self._cut_pieces(textpage, [rest], sides)]
        return [piece]

    def _look_at_end(self, textpage: Any, piece: Piece, last: int, is_word: bool) -> None:
        """Runs of several fonts: how heavy the end is, and the true size: a bullet may be larger, a mark smaller."""
        for char in range(last, last - 4, -1):
            if address := get_char_object(textpage, char):
                piece.weight_end = self._font(get_font(as_handle(address)))[0]
                size = read_size(textpage, char)
                piece.size = max(piece.size, size) if is_word else size
                return

    def _piece(self, textpage: Any, char: int, end: int, area: Area, shift: int) -> Piece:
        """Return the run of the characters `char` to `end`, which looks as its first one does."""
        get_char_origin(textpage, char, _X, _Y)
        get_char_matrix(textpage, char, _MATRIX)
        font_size = get_font_size(textpage, char)
        address = get_char_object(textpage, char)
        (weight, symbol), is_coloured, hidden = _NO_FONT, 0, False
        if address:
            target = as_handle(address)
            font = get_font(target)
            weight, symbol = self._fonts.get(font) or self._font(font)
            is_coloured = get_fill_colour(target, _RED, _GREEN, _BLUE, _ALPHA)
            hidden = get_render_mode(target) == _INVISIBLE
        x, y, a, b, c, d, _, _, red, green, blue, _ = _read()
        turn = (0 if a >= 0 else 2) if b == 0 or abs(a) >= abs(b) else (1 if b > 0 else 3)
        colour = (red << 16) | (green << 8) | blue if is_coloured else 0
        size = font_size * (hypot(c, d) if c else abs(d))
        start, end, origin = char + shift, end + shift, (x, y)
        return Piece(start, end, area, origin, turn, size, weight, weight, symbol, colour, address, hidden, shift)

    def _font(self, address: int | None) -> tuple[int, bool]:
        """Return the weight of a font, 100 to 900, and whether it holds symbols."""
        return self._fonts.get(address) or self._fonts.setdefault(address, _look_at_font(as_handle(address)))

    def _run(self, textpage: Any, text: str, piece: Piece, frame: Area) -> Run:
        words, mark, room, size = self._whole(text[piece.start : piece.end]), "", 0.0, piece.size
        if piece.is_mixed and (found := without_marks(textpage, text, piece)):
            last = words[-1:]
            bare, mark, at = found
            words = self._whole(bare)
            if words and last != words[-1]:
                room = 0.2 * size  # for the space that a mark at the end stood in
            if mark:  # it stands higher than the line
                get_char_origin(textpage, at - piece.shift, _X, _Y)
                piece.origin = _read()[:2]
        x0, top, x1, bottom, base = stand(piece, frame)
        weight, weight_end, colour, symbol = piece.weight, piece.weight_end, piece.colour, piece.symbol
        return Run(x0, top, x1 - room, bottom, base, words, size, weight, weight_end, colour, symbol, mark)

    def _whole(self, words: str) -> str:
        """Return words without blanks around them, halves of letters put together."""
        if self._has_halves:
            words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return words.strip(_BLANKS)


def _look_at_font(font: Any) -> tuple[int, bool]:
    buffer = create_string_buffer(128)
    get_font_name(font, buffer, 128)
    name = buffer.value.decode("utf-8", "replace").lower()
    weight = max(100, min(900, get_font_weight(font)))
    if any(word in name for word in _BOLD_FONTS):
        weight = max(700, weight)
    return weight, any(word in name for word in _SYMBOL_FONTS)


def _first_char(textpage: Any, start: int, low: int, end: int, index: int) -> int:
    """Return the first character of rectangle `index` of the stretch, which comes behind `low - 1`, by halving."""
    high = end
    while low < high:
        middle = (low + high) // 2
        if count_rects(textpage, start, middle - start) > index:
            high = middle
        else:
            low = middle + 1
    return low - 1

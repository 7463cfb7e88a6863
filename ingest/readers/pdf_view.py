"""What of a page is seen, and how it stands upright: page space (y up) becomes x to the right and y down."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.pdf_model import RULE, Area, Shape, cover
from ingest.readers.pdf_shapes import Drawn, Scene

_WHITE = 0xFFFFFF
_GAP = 1.1  # in letter sizes: a wider gap between two rectangles may part columns
_TINTS_BACK = 12  # a cell's tint is drawn shortly before that of its paragraphs


@dataclass(slots=True)
class Piece:
    """A run in page space: `start` and `end` are places in the page's text."""

    start: int
    end: int
    area: Area
    origin: tuple[float, float]
    turn: int  # quarter turns of the reading direction, counter-clockwise
    size: float
    weight: int
    weight_end: int
    symbol: bool
    colour: int
    address: int | None
    invisible: bool
    shift: int  # a place in the text less this is PDFium's character
    is_mixed: bool = False  # of several text objects, which may differ in font and size


class Sides(NamedTuple):
    """Lines of one direction by place, each with where it begins and ends."""

    places: list[float]
    spans: list[tuple[float, float, float]]


def moved(area: Area, index: int, value: float) -> Area:
    changed = list(area)
    changed[index] = value
    return (changed[0], changed[1], changed[2], changed[3])


def find_sides(scene: Scene) -> tuple[Sides, Sides]:
    """Return what can part cells: the upright sides of lines and rectangles, and the level ones (for turned text),
    by place."""
    uprights: list[tuple[float, float, float]] = []
    levels: list[tuple[float, float, float]] = []
    for item in scene.drawn:
        if not item.plain:
            continue
        x0, y0, x1, y1 = item.area
        if y1 - y0 > 2 * RULE:
            uprights += [(x0, y0, y1), (x1, y0, y1)]
        if x1 - x0 > 2 * RULE:
            levels += [(y0, x0, x1), (y1, x0, x1)]
    return _to_sides(uprights), _to_sides(levels)


def _to_sides(found: list[tuple[float, float, float]]) -> Sides:
    found.sort()
    return Sides([place for place, _, _ in found], found)


def find_places(sides: Sides, piece: Piece) -> list[float]:
    """Return the places of the sides that a piece lies over, which reads to the right or upwards."""
    if piece.turn == 0:
        near, low, far, high = piece.area
    else:
        low, near, high, far = piece.area
    places = sides.places
    first = bisect_right(places, near + 3)
    if first == len(places) or places[first] >= far - 3:
        return []
    middle = (low + high) / 2
    last = bisect_left(places, far - 3)
    return [place for place, start, end in sides.spans[first:last] if start <= middle <= end]


def has_white(pieces: list[Piece]) -> bool:
    """Say whether there are white letters, which what is drawn behind them makes visible."""
    return _WHITE in {piece.colour for piece in pieces}


def group_areas(areas: list[Area], piece: Piece) -> list[tuple[int, Area]]:
    """Return the runs that rectangles make, as the number behind the last one and the area of all: a new run begins
    off the line, far to the right, or back to the left."""
    size = max(piece.size, 4.0)
    half, widest, back = 0.5 * size, _GAP * size, -1.5 * size
    groups: list[tuple[int, Area]] = []
    first, end = 0, float("inf")
    floor = ceiling = 0.0
    for index, area in enumerate(areas):
        near, low, far, high = area if piece.turn == 0 else _along(area, piece.turn)
        if not (back <= near - end <= widest and floor <= (low + high) / 2 <= ceiling):
            if index:
                groups.append((index, cover(areas[first:index])))
            first, floor, ceiling = index, low - half, high + half
        end = far
    groups.append((len(areas), cover(areas[first:])))
    return groups


def _along(area: Area, turn: int) -> Area:
    """Return an area as if its text read to the right."""
    x0, y0, x1, y1 = area
    return ((x0, y0, x1, y1), (y0, x0, y1, x1), (-x1, y0, -x0, y1), (-y1, x0, -y0, x1))[turn]


def main_turn(pieces: list[Piece]) -> int:
    turns = {piece.turn for piece in pieces}
    if len(turns) == 1:
        return turns.pop()
    letters = {turn: sum(piece.end - piece.start for piece in pieces if piece.turn == turn) for turn in turns}
    return min(turns, key=lambda turn: (-letters[turn], turn), default=0)


def upright(area: Area, turn: int, frame: Area) -> Area:
    """Turn an area of page space (y up) so that text of this turn reads from left to right, y down."""
    x0, y0, x1, y1 = area
    left, bottom, right, top = frame
    if turn == 0:
        return (x0 - left, top - y1, x1 - left, top - y0)
    if turn == 1:
        return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turn == 2:
        return (right - x1, y0 - bottom, right - x0, y1 - bottom)
    return (top - y1, right - x1, top - y0, right - x0)


def stand(piece: Piece, frame: Area) -> tuple[float, float, float, float, float]:
    """Return the area of a piece when its text stands upright, and how far down its baseline lies."""
    (x, y), (left, bottom, right, top) = piece.origin, frame
    if piece.turn == 0:
        x0, y0, x1, y1 = piece.area
        return (x0 - left, top - y1, x1 - left, top - y0, top - y)
    base = (x - left, y - bottom, right - x)[piece.turn - 1]
    return (*upright(piece.area, piece.turn, frame), base)


def find_shown(pieces: list[Piece], scene: Scene, frame: Area) -> list[Piece]:
    """Leave out text off the page, painted over, white on nothing, or drawn without ink beside text with ink."""
    left, bottom, right, top = (2 * side for side in frame)
    hidden = sum([piece.end - piece.start for piece in pieces if piece.invisible])
    is_seen_beside = hidden and sum(piece.end - piece.start for piece in pieces) > 2 * hidden
    covers = [item for item in scene.drawn if item.opaque and item.filled and item.plain]
    last_cover = max((item.order for item in covers), default=-1)
    size = scene.size
    kept: list[Piece] = []
    for piece in pieces:
        x0, y0, x1, y1 = area = piece.area
        x, y = x0 + x1, y0 + y1  # twice the middle
        if not (left <= x <= right and bottom <= y <= top) or (is_seen_beside and piece.invisible):
            continue
        if covers or piece.colour == _WHITE:
            order = scene.order.get(piece.address, size)
            if order < last_cover and _is_covered(area, order, covers):
                continue
            if piece.colour == _WHITE and not _has_ground(x / 2, y / 2, order, scene.drawn):
                continue
        kept.append(piece)
    return kept


def _is_covered(area: Area, order: int, covers: list[Drawn]) -> bool:
    """Say whether one of `covers` is drawn over `area`, whose text comes at `order`."""
    left, bottom, right, top = area[0] + 1, area[1] + 1, area[2] - 1, area[3] - 1
    for (x0, y0, x1, y1), place, *_ in covers:
        if x0 <= left and y0 <= bottom and x1 >= right and y1 >= top and place > order:
            return True
    return False


def _has_ground(x: float, y: float, order: int, drawn: list[Drawn]) -> bool:
    """Say whether something not white is drawn behind white text at this point."""
    for item in drawn:
        x0, y0, x1, y1 = item.area
        if x0 <= x <= x1 and y0 <= y <= y1 and item.order < order and not (item.pale and item.filled):
            return True
    return False


def find_shapes(drawn: list[Drawn], turn: int, frame: Area) -> list[Shape]:
    """Return the boxes and lines that can part text: no pictures, drawings or white rectangles, and no tint in a tint
    of the same colour, whose sides nobody sees (a word processor shades a cell and then each of its paragraphs)."""
    shapes: list[Shape] = []
    tints: dict[int, list[Drawn]] = {}
    for item in drawn:
        if not item.plain or (item.pale and not item.stroked):
            continue
        if item.filled and not item.stroked:
            before = tints.setdefault(item.colour, [])
            if _is_covered(item.area, -1, before[-_TINTS_BACK:]):
                continue
            before.append(item)
        x0, top, x1, bottom = upright(item.area, turn, frame)
        if max(x1 - x0, bottom - top) > RULE:
            shapes.append(Shape(x0, top, x1, bottom, item.filled and not item.pale))
    return shapes

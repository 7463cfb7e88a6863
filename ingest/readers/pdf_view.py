"""What of a page is seen, and how it stands upright: page space (y up) becomes x to the right and y down."""

from dataclasses import dataclass

from ingest.readers.pdf_model import RULE, Area, Shape
from ingest.readers.pdf_shapes import Drawn, Scene

_WHITE = 0xFFFFFF
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
    address: int
    invisible: bool
    shift: int  # a place in the text less this is PDFium's character
    is_mixed: bool = False  # of several text objects, which may differ in font and size


Side = tuple[float, float, float]  # place, from, to


def moved(area: Area, index: int, value: float) -> Area:
    changed = list(area)
    changed[index] = value
    return (changed[0], changed[1], changed[2], changed[3])


def find_sides(scene: Scene) -> tuple[list[Side], list[Side]]:
    """Return what can part cells: the upright sides of lines and rectangles, and the level ones (for turned text),
    by place."""
    uprights: list[Side] = []
    levels: list[Side] = []
    for item in scene.drawn:
        if not item.plain:
            continue
        x0, y0, x1, y1 = item.area
        if y1 - y0 > 2 * RULE:
            uprights += [(x0, y0, y1), (x1, y0, y1)]
        if x1 - x0 > 2 * RULE:
            levels += [(y0, x0, x1), (y1, x0, x1)]
    return sorted(uprights), sorted(levels)


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


def find_base(origin: tuple[float, float], turn: int, frame: Area) -> float:
    """Return how far down a baseline lies when its text stands upright."""
    (x, y), (left, bottom, right, top) = origin, frame
    return (top - y, x - left, y - bottom, right - x)[turn]


def find_shown(pieces: list[Piece], scene: Scene, frame: Area) -> list[Piece]:
    """Leave out text off the page, painted over, white on nothing, or drawn without ink beside text with ink."""
    left, bottom, right, top = frame
    hidden = sum(piece.end - piece.start for piece in pieces if piece.invisible)
    is_seen_beside = hidden and sum(piece.end - piece.start for piece in pieces) > 2 * hidden
    covers = [item for item in scene.drawn if item.filled and item.opaque and item.plain]
    last_cover = max((item.order for item in covers), default=-1)
    size = scene.size
    kept: list[Piece] = []
    for piece in pieces:
        area = piece.area
        x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
        if not (left <= x <= right and bottom <= y <= top) or (piece.invisible and is_seen_beside):
            continue
        order = scene.order.get(piece.address, size)
        if order < last_cover and any(item.order > order and _holds(item.area, area) for item in covers):
            continue
        if piece.colour == _WHITE and not any(
            item.order < order and not (item.pale and item.filled) and _inside(x, y, item.area) for item in scene.drawn
        ):
            continue
        kept.append(piece)
    return kept


def _holds(outer: Area, inner: Area) -> bool:
    return (
        outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[2] >= inner[2] - 1 and outer[3] >= inner[3] - 1
    )


def _inside(x: float, y: float, area: Area) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def find_shapes(drawn: list[Drawn], turn: int, frame: Area) -> list[Shape]:
    """Return the boxes and lines that can part text: no pictures, drawings or white rectangles, and no tint in a tint
    of the same colour, whose sides nobody sees (a word processor shades a cell and then each of its paragraphs)."""
    shapes: list[Shape] = []
    tints: dict[int, list[Area]] = {}
    for item in drawn:
        if not item.plain or (item.pale and not item.stroked):
            continue
        if item.filled and not item.stroked:
            before = tints.setdefault(item.colour, [])
            if any(_holds(tint, item.area) for tint in before[-_TINTS_BACK:]):
                continue
            before.append(item.area)
        x0, top, x1, bottom = upright(item.area, turn, frame)
        if max(x1 - x0, bottom - top) > RULE:
            shapes.append(Shape(x0, top, x1, bottom, item.filled and not item.pale))
    return shapes

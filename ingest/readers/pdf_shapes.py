"""What a PDF page draws besides text: rectangles, lines and pictures, in drawing order, in page space (y up)."""

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ingest.readers.pdf_calls import (
    as_handle,
    count_form_objects,
    count_page_objects,
    count_segments,
    get_bounds,
    get_crop_box,
    get_draw_mode,
    get_fill_colour,
    get_form_object,
    get_matrix,
    get_media_box,
    get_page_object,
    get_segment,
    get_segment_point,
    get_segment_type,
    get_type,
    has_transparency,
    make_places,
)
from ingest.readers.pdf_model import RULE, Area, cover

_MAX_OBJECTS = 20_000
_MAX_FORM_DEPTH = 3
_MAX_SEGMENTS = 400
_PALE = 250
_ANSI_A: Area = (0, 0, 612, 792)  # as PDFium assumes where a page tells no size
_ROUND = 0.2  # of its width: what a bullet's height may differ by
_SHORT, _SMALL = 4.0, 20.0  # a shorter line, a smaller shape neither parts nor covers text
_TEXT, _PATH, _FORM, _IMAGE = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_FORM,
    pdfium.FPDF_PAGEOBJ_IMAGE,
)
_MOVE, _CURVE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_BEZIERTO
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)
_read_area, (_LEFT, _BOTTOM, _RIGHT, _TOP) = make_places("ffff")
_read_point, (_X, _Y) = make_places("ff")
_read_mode, (_FILL, _STROKE) = make_places("ii")
_read_colour, (_RED, _GREEN, _BLUE, _ALPHA) = make_places("IIII")
_read_matrix, (_MATRIX, *_) = make_places("ffffff")


class Drawn(NamedTuple):
    """A path or picture: `order` counts all things drawn; a `plain` one is a rectangle or a line, else its `opaque`
    says nothing."""

    area: Area
    order: int
    filled: bool = False
    stroked: bool = False
    pale: bool = False
    opaque: bool = False
    plain: bool = False
    image: bool = False
    colour: int = -1  # of the filling


@dataclass(slots=True)
class Scene:
    """The things drawn on a page, and the place of text objects (by address) in the drawing order; `size` counts
    all that is drawn.

    Paths that are not plain may be left out: they are nothing but the ground that white letters may stand on."""

    has_drawings: bool = True
    drawn: list[Drawn] = field(default_factory=list)
    order: dict[int | None, int] = field(default_factory=dict)
    left_out: int = 0
    size: int = 0
    dots: list[Area] = field(default_factory=list)  # small and as wide as high: maybe bullets


def read_frame(page: Any) -> Area:
    """Return the part of a page (its handle) that is shown."""
    for get_box in (get_crop_box, get_media_box):
        if get_box(page, _LEFT, _BOTTOM, _RIGHT, _TOP):
            return _read_area()
    return _ANSI_A


def read_scene(page: Any, texts: Set[int | None], *, has_drawings: bool = True) -> Scene:
    """Return the scene of a page (its handle); `texts` are addresses of the text objects whose place matters.

    Cost: a few calls for each object, one for each of `texts`; an object past the 20,000th is not looked at."""
    scene = Scene(has_drawings)
    _walk(page, count_page_objects(page), 0, None, scene, texts)
    return scene


def _walk(holder: Any, count: int, depth: int, outer: _Matrix | None, scene: Scene, texts: Set[int | None]) -> None:
    get = get_form_object if depth else get_page_object
    drawn, order = scene.drawn, scene.order
    for index in range(count):
        if scene.size > _MAX_OBJECTS:
            return
        address = get(holder, index)
        if address in texts:
            order[address] = scene.size
            scene.size += 1
        elif (kind := get_type(item := as_handle(address))) == _TEXT:
            scene.size += 1
        elif kind == _FORM:
            if depth < _MAX_FORM_DEPTH:
                inner = _form_matrix(item, outer)
                _walk(item, max(0, count_form_objects(item)), depth + 1, inner, scene, texts)
        elif get_bounds(item, _LEFT, _BOTTOM, _RIGHT, _TOP):
            area: Area = _read_area()
            if outer is not None:
                area = _map_area(area, outer)
            found = (
                _read_path(item, area, outer, scene)
                if kind == _PATH
                else [Drawn(area, scene.size, image=kind == _IMAGE)]
            )
            drawn += found
            scene.size += len(found)


def _read_path(item: Any, area: Area, outer: _Matrix | None, scene: Scene) -> list[Drawn]:
    """Return what a path of this area draws; what may be left out is only counted."""
    x0, y0, x1, y1 = area
    width, height = x1 - x0, y1 - y0
    thin = width <= RULE or height <= RULE
    least = _SHORT if thin else _SMALL
    is_small = width < least and height < least
    if is_small and abs(width - height) < _ROUND * width:
        scene.dots.append(area)
    if is_small and thin:
        return []
    parts = [] if is_small or thin else _straight_parts(item, outer)
    if not (parts or thin or scene.has_drawings):
        scene.left_out += 1
        scene.size += 1
        return []
    order = scene.size
    if is_small:
        return [Drawn(area, order)]
    get_draw_mode(item, _FILL, _STROKE)
    mode, stroke = _read_mode()
    if not (mode or stroke):
        return []
    filled, stroked, pale, alpha, colour = mode != 0, stroke != 0, False, 0, -1
    if filled:
        get_fill_colour(item, _RED, _GREEN, _BLUE, _ALPHA)
        red, green, blue, alpha = _read_colour()
        colour = (red << 16) | (green << 8) | blue
        pale = red >= _PALE and green >= _PALE and blue >= _PALE
    if not parts:
        return [Drawn(area, order, filled, stroked, pale, False, thin, colour=colour)]
    opaque = alpha >= _PALE and not has_transparency(item)
    if stroked and not filled and len(parts) > 1:
        return [Drawn(side, order, filled, stroked, pale, opaque, True) for part in parts for side in part]
    if all(len(part) in (3, 4) for part in parts):
        return [Drawn(cover(part), order, filled, stroked, pale, opaque, True, colour=colour) for part in parts]
    return [Drawn(area, order, filled, stroked, pale, opaque)]


def _straight_parts(item: Any, outer: _Matrix | None) -> list[list[Area]]:
    """Return the level and upright sides of each figure of a path; none when it has a slant, a curve or too many."""
    if get_segment_type(as_handle(get_segment(item, 1))) == _CURVE:  # as drawings begin
        return []
    corners = count_segments(item)
    if corners > _MAX_SEGMENTS:
        return []
    a, b, c, d, e, f = _object_matrix(item)
    figures: list[list[Area]] = []
    last_x = last_y = 0.0
    for index in range(corners):
        segment = as_handle(get_segment(item, index))
        kind = get_segment_type(segment)
        if kind == _CURVE:
            return []
        get_segment_point(segment, _X, _Y)
        x, y = _read_point()
        x, y = a * x + c * y + e, b * x + d * y + f
        if outer is not None:
            x, y = _map_point(x, y, outer)
        if kind == _MOVE:
            figures.append([])
        else:
            x0, x1 = (x, last_x) if x < last_x else (last_x, x)
            y0, y1 = (y, last_y) if y < last_y else (last_y, y)
            if x1 - x0 > RULE and y1 - y0 > RULE:
                return []
            if (x1 > x0 or y1 > y0) and figures:
                figures[-1].append((x0, y0, x1, y1))
        last_x, last_y = x, y
    return [figure for figure in figures if figure]


def _object_matrix(item: Any) -> _Matrix:
    get_matrix(item, _MATRIX)
    return _read_matrix()


def _form_matrix(item: Any, outer: _Matrix | None) -> _Matrix | None:
    """Return what maps a form to the page; None where nothing is mapped, as of most forms."""
    inner = _object_matrix(item)
    if inner == _IDENTITY:
        return outer
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        *(a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od),
        *(e * oa + f * oc + oe, e * ob + f * od + of),
    )


def _map_point(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _map_area(area: Area, matrix: _Matrix) -> Area:
    (x0, y0, x1, y1), (a, b, c, d, e, f) = area, matrix
    if b == c == 0 and a > 0 and d > 0:  # hardly anything is drawn aslant or mirrored
        return (a * x0 + e, d * y0 + f, a * x1 + e, d * y1 + f)
    xs, ys = zip(*(_map_point(x, y, matrix) for x in (x0, x1) for y in (y0, y1)), strict=True)
    return (min(xs), min(ys), max(xs), max(ys))

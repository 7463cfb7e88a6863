"""What a PDF page draws besides text: rectangles, lines and pictures, in drawing order, in page space (y up)."""

from ctypes import addressof, byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf_model import RULE, Area

_MAX_OBJECTS = 20_000
_MAX_FORM_DEPTH = 3
_MAX_SEGMENTS = 400
_PALE = 250
_SHORT, _SMALL = 4.0, 20.0  # a shorter line, a smaller shape neither parts nor covers text
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A path or picture: `order` counts all things drawn; a `plain` one is a rectangle or a line."""

    area: Area
    order: int
    filled: bool = False
    stroked: bool = False
    pale: bool = False
    opaque: bool = False
    plain: bool = False
    image: bool = False


@dataclass(slots=True)
class Scene:
    """The things drawn on a page, and the place of each text object (by address) in the drawing order."""

    drawn: list[Drawn] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.drawn) + len(self.order)


_LEFT, _BOTTOM, _RIGHT, _TOP = c_float(), c_float(), c_float(), c_float()
_FILL, _STROKE = c_int(), c_int()
_COLOUR = tuple(c_uint() for _ in range(4))


def read_scene(page: Any) -> Scene:
    """Return the scene of a raw page. Cost: a few calls for each object; one past the 20,000th is not looked at."""
    scene = Scene()
    _walk(page, pdfium.FPDFPage_CountObjects(page), 0, None, scene)
    return scene


def _walk(holder: Any, count: int, depth: int, outer: _Matrix | None, scene: Scene) -> None:
    get = pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject
    for index in range(count):
        if scene.size > _MAX_OBJECTS:
            return
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            scene.order[addressof(item.contents)] = scene.size
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _MAX_FORM_DEPTH:
                inner = _form_matrix(item, outer)
                _walk(item, max(0, pdfium.FPDFFormObj_CountObjects(item)), depth + 1, inner, scene)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(item, outer, scene)
        else:
            area = _bounds(item, outer)
            if area is not None:
                scene.drawn.append(Drawn(area, scene.size, image=kind == pdfium.FPDF_PAGEOBJ_IMAGE))


def _bounds(item: Any, outer: _Matrix | None) -> Area | None:
    if not pdfium.FPDFPageObj_GetBounds(item, byref(_LEFT), byref(_BOTTOM), byref(_RIGHT), byref(_TOP)):
        return None
    area = (_LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value)
    return area if outer is None else _map_area(area, outer)


def _add_path(item: Any, outer: _Matrix | None, scene: Scene) -> None:
    area = _bounds(item, outer)
    if area is None:
        return
    width, height = area[2] - area[0], area[3] - area[1]
    thin = min(width, height) <= RULE
    if max(width, height) < (_SHORT if thin else _SMALL):
        if not thin:
            scene.drawn.append(Drawn(area, scene.size))
        return
    pdfium.FPDFPath_GetDrawMode(item, byref(_FILL), byref(_STROKE))
    filled, stroked = bool(_FILL.value), bool(_STROKE.value)
    if not (filled or stroked):
        return
    pale, opaque = False, False
    if filled:
        red, green, blue, alpha = _COLOUR
        pdfium.FPDFPageObj_GetFillColor(item, byref(red), byref(green), byref(blue), byref(alpha))
        pale = min(red.value, green.value, blue.value) >= _PALE
        opaque = alpha.value >= _PALE and not thin and not pdfium.FPDFPageObj_HasTransparency(item)
    corners = pdfium.FPDFPath_CountSegments(item)
    looks = (scene.size, filled, stroked, pale, opaque)
    parts = [] if thin or corners > _MAX_SEGMENTS else _straight_parts(item, corners, outer)
    if stroked and not filled and len(parts) > 1:
        scene.drawn += [Drawn(side, *looks, plain=True) for part in parts for side in part]
    elif parts and all(len(part) in (3, 4) for part in parts):
        scene.drawn += [Drawn(_cover(part), *looks, plain=True) for part in parts]
    else:
        scene.drawn.append(Drawn(area, *looks, plain=thin))


def _cover(areas: list[Area]) -> Area:
    return (min(a[0] for a in areas), min(a[1] for a in areas), max(a[2] for a in areas), max(a[3] for a in areas))


def _straight_parts(item: Any, corners: int, outer: _Matrix | None) -> list[list[Area]]:
    """Return the level and upright sides of each figure of a path; none when it has a slant or a curve."""
    inner = _object_matrix(item)
    figures: list[list[Area]] = []
    x, y = _LEFT, _BOTTOM
    last = (0.0, 0.0)
    for index in range(corners):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return []
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = _map_point(x.value, y.value, inner)
        if outer is not None:
            point = _map_point(*point, outer)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            figures.append([])
        else:
            wide, high = abs(point[0] - last[0]), abs(point[1] - last[1])
            if min(wide, high) > RULE:
                return []
            if max(wide, high) > 0 and figures:
                figures[-1].append(_cover([(*last, *last), (*point, *point)]))
        last = point
    return [figure for figure in figures if figure]


def _object_matrix(item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, byref(matrix))
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _form_matrix(item: Any, outer: _Matrix | None) -> _Matrix:
    inner = _object_matrix(item)
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
    points = [_map_point(x, y, matrix) for x in (area[0], area[2]) for y in (area[1], area[3])]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))

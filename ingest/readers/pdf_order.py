"""Reading order by geometry: what is boxed is read whole, columns from left to right, full-width lines between bands.

Nothing here asks in which order the file draws its text: writers draw boxes and headings first or last.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from ingest.readers.pdf_lines import join_baselines
from ingest.readers.pdf_model import Area, Box, Grid, Line, PageContent, Region, Shape

_MIN_BOX = (50.0, 12.0)
_MIN_COLUMN = 0.12  # of the width of what is cut
_PAGE_NUMBERS = 0.05  # narrower than this: the page numbers of a contents list
_MIN_LINES = 2
Unit = tuple[Area, Line | Box | Grid]


def order_page(content: PageContent, lines: list[Line], grids: list[Grid]) -> list[Region]:
    """Return the regions of a page in reading order."""
    page = find_boxes(content, lines, grids)
    regions: list[Region] = []
    _order(_units(page), regions, content.number, 0, [0])
    return regions


def _units(box: Box) -> list[Unit]:
    lines: list[Unit] = [
        ((line.label_x if line.label else line.x0, line.top, line.x1, line.bottom), line) for line in box.lines
    ]
    if not (box.boxes or box.grids):
        return lines
    return [*lines, *((inner.area, inner) for inner in box.boxes), *((grid.area, grid) for grid in box.grids)]


def find_boxes(content: PageContent, lines: list[Line], grids: list[Grid]) -> Box:
    """Return the page as a box of boxes: each line and table lies in the smallest box that holds it."""
    page = Box((0.0, 0.0, content.width, content.height))
    areas = [shape[:4] for shape in content.shapes if _may_be_box(shape, content)]
    areas = [area for area in areas if not any(_meets(area, grid.area) for grid in grids)]
    most = 0.95 * len(lines) if len(lines) >= 8 else len(lines) + 1
    inside = [(area, _inside(lines, area)) for area in _stacked(areas)]
    inside = [(area, held) for area, held in inside if 3 <= len(held) < most]
    if not inside:
        page.lines, page.grids = list(lines), list(grids)
        return page
    inside.sort(key=lambda item: (_size(item[0]), item[0]))
    boxes = [Box(area) for area, _ in inside]
    holders: dict[int, Box] = {}
    for box, (_, held) in reversed(list(zip(boxes, inside, strict=True))):
        holders.update(dict.fromkeys(held, box))
    for line in lines:
        holders.get(id(line), page).lines.append(line)
    for grid in grids:
        x, y = (grid.area[0] + grid.area[2]) / 2, (grid.area[1] + grid.area[3]) / 2
        next((box for box in boxes if _has(box.area, x, y)), page).grids.append(grid)
    for index, box in enumerate(boxes):
        if not (box.lines or box.boxes or box.grids):
            continue
        outer = (other for other in boxes[index + 1 :] if _covers(other.area, box.area))
        next(outer, page).boxes.append(box)
    return page


def _may_be_box(shape: Shape, content: PageContent) -> bool:
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    return width >= _MIN_BOX[0] and height >= _MIN_BOX[1] and width * height < 0.8 * content.width * content.height


def _stacked(areas: list[Area]) -> list[Area]:
    """Join areas of one width that lie on each other or touch: a box drawn in strips, or its bar and its body."""
    joined: list[Area] = []
    for area in sorted(set(areas), key=lambda a: (round(a[0] / 4), round(a[2] / 4), a[1], -a[3])):
        for index, last in enumerate(joined):
            if abs(last[0] - area[0]) < 4 and abs(last[2] - area[2]) < 4 and last[1] - 4 <= area[1] <= last[3] + 4:
                joined[index] = (
                    min(last[0], area[0]), min(last[1], area[1]), max(last[2], area[2]), max(last[3], area[3])
                )  # fmt: skip
                break
        else:
            joined.append(area)
    return joined


def _size(area: Area) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


def _has(area: Area, x: float, y: float) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _inside(lines: list[Line], area: Area) -> list[int]:
    """Return the ids of the lines that lie in an area."""
    left, top, right, bottom = area[0] - 2, area[1], area[2] + 4, area[3]
    return [
        id(line)
        for line in lines
        if line.x1 <= right and top <= (line.top + line.bottom) / 2 <= bottom and line.start >= left
    ]


def _covers(outer: Area, inner: Area) -> bool:
    return (
        outer[0] <= inner[0] + 4 and outer[1] <= inner[1] + 4 and outer[2] >= inner[2] - 4 and outer[3] >= inner[3] - 4
    )


def _meets(one: Area, other: Area) -> bool:
    """Whether two areas share more than a margin, unless the second lies well within the first."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 4 or high <= 4:
        return False
    return not (_covers(one, other) and _size(one) > 1.3 * _size(other))


def _order(units: list[Unit], regions: list[Region], page: int, box: int, count: list[int]) -> None:
    gutter = find_gutter([area for area, _ in units])
    if gutter is None:
        _leaf(units, regions, page, box, count)
        return
    for band, is_split in _bands(units, gutter):
        if not is_split:
            lay = _order if len(band) < len(units) else _leaf
            lay(band, regions, page, box, count)
            continue
        left = [unit for unit in band if unit[0][0] + unit[0][2] < 2 * gutter]
        right = [unit for unit in band if unit[0][0] + unit[0][2] >= 2 * gutter]
        left, after = _without_last_headings(left, right)
        for side in (left, right, after):
            if side:
                _order(side, regions, page, box, count)


def _without_last_headings(left: list[Unit], right: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Set apart the large letters that end a left column below the right one: they head what comes after both."""
    sizes = sorted(item.size for _, item in (*left, *right) if isinstance(item, Line))
    if not sizes:
        return left, []
    usual = sizes[len(sizes) // 2]
    floor = max(area[3] for area, _ in right)
    kept = sorted(left, key=lambda unit: unit[0][3])
    at = len(kept)
    while at > 1 and isinstance(last := kept[at - 1][1], Line) and last.size >= 1.12 * usual and last.top > floor - 2:
        at -= 1
    return kept[:at], kept[at:]


def _leaf(units: list[Unit], regions: list[Region], page: int, box: int, count: list[int]) -> None:
    """Give the lines of a column; a box or table in it stands between the lines above and below."""
    lines = [item for _, item in units if isinstance(item, Line)]
    if 0 < len(lines) == len(units):  # mostly
        regions.append(Region(page, box, join_baselines(sorted(lines, key=attrgetter("top")))))
        return
    lines = []
    for _, item in sorted(units, key=lambda unit: (unit[0][1], unit[0][0])):
        if isinstance(item, Line):
            lines.append(item)
            continue
        if lines:
            regions.append(Region(page, box, join_baselines(lines)))
            lines = []
        if isinstance(item, Grid):
            regions.append(Region(page, box, grid=item))
        else:
            count[0] += 1
            _order(_units(item), regions, page, count[0], count)
    if lines:
        regions.append(Region(page, box, join_baselines(lines)))


def _bands(units: list[Unit], gutter: float) -> list[tuple[list[Unit], bool]]:
    """Cut at the units that cross the gutter; a band between them is split where both sides hold text."""
    crossing = [unit for unit in units if _crosses(unit[0], gutter)]
    spans: list[list[float]] = []
    for top, bottom in sorted((area[1], area[3]) for area, _ in crossing):
        if spans and top <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], bottom)
        else:
            spans.append([top, bottom])
    _take_last_lines(units, crossing, spans)
    keyed: dict[int, list[Unit]] = {}
    for unit in units:
        middle = (unit[0][1] + unit[0][3]) / 2
        key = 0
        for index, (start, end) in enumerate(spans):
            if start <= middle <= end:
                key = 2 * index + 1
                break
            if middle > end:
                key = 2 * index + 2
        keyed.setdefault(key, []).append(unit)
    return _merged_bands([keyed[key] for key in sorted(keyed)], gutter)


def _take_last_lines(units: list[Unit], crossing: list[Unit], spans: list[list[float]]) -> None:
    """Stretch a span of full-width lines over the short last line of their paragraph or heading."""
    full = [item for _, item in crossing if isinstance(item, Line)]
    if not full:
        return
    for line in sorted((item for _, item in units if isinstance(item, Line)), key=lambda line: line.base):
        for above in full:
            step = line.base - above.base
            if 0 < step < 1.45 * above.size and abs(line.start - above.x0) < 3 and _looks_like(line, above):
                span = next((span for span in spans if span[0] <= above.base <= span[1] + 1), None)
                if span is not None:
                    span[1] = max(span[1], line.bottom)


def _looks_like(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) < 0.3 and one.bold == other.bold and one.colour == other.colour


def _merged_bands(bands: list[list[Unit]], gutter: float) -> list[tuple[list[Unit], bool]]:
    """Join neighbouring bands that are not in two columns, so that a sentence is not cut between them."""
    merged: list[tuple[list[Unit], bool]] = []
    for band in bands:
        left = [area for area, _ in band if area[0] < gutter - 1]
        right = [area for area, _ in band if area[0] >= gutter - 1]
        is_split = not any(_crosses(area, gutter) for area in left) and _is_two_columns(left, right, 1)
        if merged and not is_split and not merged[-1][1]:
            merged[-1][0].extend(band)
        else:
            merged.append((list(band), is_split))
    return merged


def _crosses(edge: Area, gutter: float) -> bool:
    return edge[0] < gutter - 1 and edge[2] > gutter + 1


def find_gutter(edges: Sequence[Area]) -> float | None:
    """Return the x between two columns, the one that parts most lines; None for one column."""
    if len(edges) < 2 * _MIN_LINES:
        return None
    lefts = [edge[0] for edge in edges]
    left, right = min(lefts), max([edge[2] for edge in edges])
    least = _MIN_COLUMN * (right - left)
    best: tuple[float, float, float] | None = None
    starts = {round(x) for x in lefts}
    for start in sorted([start for start in starts if left + least < start < right - least]):
        gutter = start - 1.5
        score = _score(edges, gutter, best[0] if best else -float(len(edges)))
        if score and (best is None or score > best[:2]):
            best = (*score, gutter)
    return None if best is None else best[2]


def _score(edges: Sequence[Area], gutter: float, least: float) -> tuple[float, float] | None:
    """Return how many lines a gutter parts and, negative, how many it cuts; None where it parts no columns.

    Most gutters are told by the lines beside them to part fewer than `least`, or too few for columns."""
    near, far = gutter - 1, gutter + 1
    right = [edge for edge in edges if edge[0] >= near]
    most = _rows(right)
    if most < max(2, least):
        return None
    left = [edge for edge in edges if edge[0] < near and edge[2] <= far]
    cut = len(edges) - len(left) - len(right)
    if cut and len(left) + len(right) < 4:
        return None
    few = 3 if cut else 2
    most = min(most, _rows(left))
    if most < few or most - 0.5 * cut < least:
        return None
    bands: dict[int, tuple[list[Area], list[Area]]] = {0: (left, right)}
    if cut:
        tops = sorted([(edge[1] + edge[3]) / 2 for edge in edges if edge[0] < near and edge[2] > far])
        bands = defaultdict(lambda: ([], []))
        for number, side in enumerate((left, right)):
            for edge in side:
                bands[bisect_left(tops, (edge[1] + edge[3]) / 2)][number].append(edge)
    parted = sum(min(map(_rows, band)) for band in bands.values() if _is_two_columns(*band, _MIN_LINES))
    return None if parted < few else (parted - 0.5 * cut, -float(cut))


def _rows(edges: list[Area]) -> float:
    return sum([height / 14.0 if (height := edge[3] - edge[1]) > 14.0 else 1.0 for edge in edges])


def _is_two_columns(left: list[Area], right: list[Area], least: int) -> bool:
    """Whether both sides hold text, side by side, with a clear gap and columns that deserve the name."""
    if not left or not right or any(len(side) < least and _rows(side) < least for side in (left, right)):
        return False
    starts, tops, ends, bottoms = zip(*left, strict=True)
    right_starts, right_tops, right_ends, right_bottoms = zip(*right, strict=True)
    top, bottom = max(min(tops), min(right_tops)), min(max(bottoms), max(right_bottoms))
    if least > 1 and bottom - top < 16:
        return False
    start, end = min(right_starts), max(right_ends)
    beside = [edge[2] for edge in left if edge[3] > top and edge[1] < bottom] or ends
    if start - max(beside) < 5:
        return False
    first, last = min(starts), max(ends)
    narrowest = (_MIN_COLUMN if least > 1 else _PAGE_NUMBERS) * (max(end, last) - min(start, first))
    return bool(last - first >= narrowest and end - start >= narrowest)

"""Ruled tables from the lines and rectangles of a page: a grid of cells, those without a line between them merged."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf_model import RULE, Grid, PageContent, Run, Shape, TableCell

_SNAP = 3.0
_COVER = 0.7  # share of a cell's side that a line must cover
_NARROW = 9.0
_TALLEST_ROW = 140.0
_STRIP = 8.0
_OUTER = 15.0
_LEAST_FILLED = 0.45
_MAX_LINES = 4_000
_MAX_CROSSINGS = 250_000  # more is a drawing
_Edge = tuple[float, float, float]  # position, from, to


def find_grids(content: PageContent) -> list[Grid]:
    """Return the ruled tables of a page, with their runs taken out of `content.runs`. Cost: nothing without rules."""
    if not content.shapes:
        return []
    levels, uprights = _edges(content.shapes)
    if len(levels) < 2:
        return []
    levels, uprights = _merge(levels), _merge(uprights)
    if len(levels) < 2 or len(levels) * len(uprights) > _MAX_CROSSINGS:
        return []
    grids: list[Grid] = []
    groups = _components(levels, uprights)
    for some_levels, some_uprights in [*groups, *_ruled_only(levels, groups, content.runs)]:
        grid = _grid(some_levels, some_uprights)
        if grid is None:
            continue
        x0, top, x1, bottom = grid.area
        inside = [r for r in content.runs if top <= (r.top + r.bottom) / 2 <= bottom and x0 <= (r.x0 + r.x1) / 2 <= x1]
        if _fill(grid, inside):
            grids.append(grid)
            taken = set(map(id, inside))
            content.runs = [run for run in content.runs if id(run) not in taken]
    return grids


def is_contents_grid(grid: Grid) -> bool:
    """Say whether the last cells of most rows are page numbers: a contents list set in a table."""
    last: dict[int, str] = {}
    for cell in grid.cells:
        if cell.runs:
            last[cell.row] = " ".join(run.text for run in cell.runs)
    return sum(text.isdigit() for text in last.values()) >= 0.6 * max(1, len(last))


def _edges(shapes: list[Shape]) -> tuple[list[_Edge], list[_Edge]]:
    """Return level and upright lines; the sides of a rectangle count."""
    levels: list[_Edge] = []
    uprights: list[_Edge] = []
    for x0, top, x1, bottom, _ in shapes[:_MAX_LINES]:
        width, height = x1 - x0, bottom - top
        if height <= RULE:
            levels.append(((top + bottom) / 2, x0, x1))
        elif width <= RULE:
            uprights.append(((x0 + x1) / 2, top, bottom))
        elif height > 8 and width > 8:
            levels += ((top, x0, x1), (bottom, x0, x1))
            uprights += ((x0, top, bottom), (x1, top, bottom))
    return levels, uprights


def _merge(edges: list[_Edge]) -> list[_Edge]:
    """Join lines at one place that touch or overlap."""
    groups: list[list[_Edge]] = []
    for edge in sorted(edges):
        if groups and edge[0] - groups[-1][0][0] <= _SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    merged: list[_Edge] = []
    for group in groups:
        if len(group) == 1:
            merged += group
            continue
        place = sum(edge[0] for edge in group) / len(group)
        spans: list[list[float]] = []
        for start, end in sorted([edge[1:] for edge in group]):
            if spans and start <= spans[-1][1] + _SNAP:
                spans[-1][1] = max(spans[-1][1], end)
            else:
                spans.append([start, end])
        merged += [(place, start, end) for start, end in spans]
    return merged


def _components(levels: list[_Edge], uprights: list[_Edge]) -> list[tuple[list[_Edge], list[_Edge]]]:
    """Part the lines into groups that cross each other."""
    parent = list(range(len(levels) + len(uprights)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, (y, x0, x1) in enumerate(levels):
        for other, (x, y0, y1) in enumerate(uprights, start=len(levels)):
            if x0 - _SNAP <= x <= x1 + _SNAP and y0 - _SNAP <= y <= y1 + _SNAP:
                parent[root(one)] = root(other)
    groups: dict[int, tuple[list[_Edge], list[_Edge]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(levels):
            group[0].append(levels[index])
        else:
            group[1].append(uprights[index - len(levels)])
    found = [(some, _with_outer_sides(some, more)) for some, more in groups.values() if len(some) >= 2 and more]
    found = [group for group in found if len(group[1]) >= 3]
    return sorted(found, key=lambda group: (group[0][0][0], group[1][0][0]))


def _with_outer_sides(levels: list[_Edge], uprights: list[_Edge]) -> list[_Edge]:
    """Add the outer sides of a table that has none: there most of its level lines end, well beyond the last upright."""
    if len(levels) < 3:
        return uprights
    top, bottom = min(edge[0] for edge in levels), max(edge[0] for edge in levels)
    left = sorted(edge[1] for edge in levels)[len(levels) // 2]
    right = sorted(edge[2] for edge in levels)[len(levels) // 2]
    sides = list(uprights)
    if left < min(edge[0] for edge in uprights) - _OUTER:
        sides.append((left, top, bottom))
    if right > max(edge[0] for edge in uprights) + _OUTER:
        sides.append((right, top, bottom))
    return sides


def _ruled_only(
    levels: list[_Edge], groups: list[tuple[list[_Edge], list[_Edge]]], runs: list[Run]
) -> list[tuple[list[_Edge], list[_Edge]]]:
    """Return tables that have lines between rows alone: at least four of one width, with aligned columns between."""
    used = {edge for group in groups for edge in group[0]}
    stacks: dict[tuple[int, int], list[_Edge]] = {}
    for edge in levels:
        if edge not in used and edge[2] - edge[1] > 120:
            stacks.setdefault((round(edge[1] / 6), round(edge[2] / 6)), []).append(edge)
    found: list[tuple[list[_Edge], list[_Edge]]] = []
    for _, stack in sorted(stacks.items()):
        if len(stack) < 4 or max(b[0] - a[0] for a, b in pairwise(stack)) > _TALLEST_ROW:
            continue
        top, bottom = stack[0][0], stack[-1][0]
        left, right = stack[0][1], stack[0][2]
        inside = [run for run in runs if top < run.base < bottom and left - 4 <= run.x0 and run.x1 <= right + 4]
        places = _gaps(inside, left, right)
        if places:
            found.append((stack, [(x, top, bottom) for x in (left, *places, right)]))
    return found


def _gaps(runs: list[Run], left: float, right: float) -> list[float]:
    """Return the middles of the white strips that no run crosses."""
    places: list[float] = []
    end = left
    for run in sorted(runs, key=lambda run: run.x0):
        if run.x0 > end + _STRIP and end > left:
            places.append((end + run.x0) / 2)
        end = max(end, run.x1)
    return places if end <= right + 4 else []


def _grid(levels: list[_Edge], uprights: list[_Edge]) -> Grid | None:
    ys = sorted({round(edge[0], 1) for edge in levels})
    xs = sorted({round(edge[0], 1) for edge in uprights})
    if len(ys) > 400 or len(xs) > 60 or len(ys) < 2 or len(xs) < 3:
        return None
    across_at = {x: [edge for edge in uprights if abs(edge[0] - x) <= _SNAP] for x in xs}
    down_at = {y: [edge for edge in levels if abs(edge[0] - y) <= _SNAP] for y in ys}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    cells: list[TableCell] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in owner:
                continue
            across, down = 1, 1
            while (
                column + across < len(xs) - 1
                and not _has_line(across_at[xs[column + across]], ys[row], ys[row + 1])
                and (row, column + across) not in owner
            ):
                across += 1
            while (
                row + down < len(ys) - 1
                and not _has_line(down_at[ys[row + down]], xs[column], xs[column + across])
                and not any((row + down, c) in owner for c in range(column, column + across))
                and not any(
                    _has_line(across_at[xs[c]], ys[row + down], ys[row + down + 1])
                    for c in range(column + 1, column + across)
                )
            ):
                down += 1
            for r in range(row, row + down):
                for c in range(column, column + across):
                    owner[(r, c)] = (row, column)
            area = (xs[column], ys[row], xs[column + across], ys[row + down])
            cells.append(TableCell(row, column, down, across, area))
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), len(ys) - 1, tuple(xs), cells)


def _has_line(edges: list[_Edge], start: float, end: float) -> bool:
    """Say whether the lines at one place cover most of the way from `start` to `end`."""
    covered = 0.0
    for _, low, high in edges:
        if low < end and high > start:
            covered += (high if high < end else end) - (low if low > start else start)
    return covered >= _COVER * (end - start)


def _fill(grid: Grid, runs: list[Run]) -> bool:
    """Give each cell its runs; say whether the grid is a table: several rows that hold text in several columns."""
    columns: list[list[TableCell]] = [[] for _ in grid.columns]
    for cell in grid.cells:
        for column in columns[cell.column : cell.column + cell.column_span]:
            column.append(cell)
    parts = 0
    for run in runs:
        for part in _split(run, grid):
            middle = (part.top + part.bottom) / 2
            for cell in columns[max(0, bisect_left(grid.columns, (part.x0 + part.x1) / 2) - 1)]:
                if cell.area[1] <= middle <= cell.area[3]:
                    cell.runs.append(part)
                    parts += 1
                    break
    if parts > 1.3 * len(runs) + 1:
        return False  # text that runs across the lines: they part no columns
    _drop_empty(grid)
    filled = [cell for cell in grid.cells if cell.runs]
    if len(grid.cells) > 12 and len(filled) < _LEAST_FILLED * len(grid.cells):
        return False  # a chart
    rows = Counter(cell.row for cell in filled)
    wide = sum(cells > 1 for cells in rows.values())
    return len(rows) >= 2 and len({cell.column for cell in filled}) >= 2 and wide >= max(1, 0.34 * len(rows))


def _split(run: Run, grid: Grid) -> list[Run]:
    """Cut a run that lies over the line between two cells, at the space nearest to it."""
    after = bisect_right(grid.columns, run.x0 + 4)
    if after == len(grid.columns) or grid.columns[after] >= run.x1 - 4:
        return [run]
    y = (run.top + run.bottom) / 2
    for cell in grid.cells:
        x0, top, x1, bottom = cell.area
        if top <= y <= bottom and run.x0 + 4 < x1 < run.x1 - 4 and run.x0 >= x0 - 4:
            share = (x1 - run.x0) / (run.x1 - run.x0)
            spaces = [index for index, letter in enumerate(run.text) if letter == " "]
            if not spaces:
                return [run]
            cut = min(spaces, key=lambda index: abs(index - share * len(run.text)))
            left = _part(run, run.text[:cut], run.x0, x1 - 1)
            return [left, *_split(_part(run, run.text[cut + 1 :], x1 + 1, run.x1), grid)]
    return [run]


def _part(run: Run, text: str, x0: float, x1: float) -> Run:
    return replace(run, x0=x0, x1=x1, text=text)


def _drop_empty(grid: Grid) -> None:
    """Leave out rows that hold nothing and columns too narrow to hold anything: the gaps between double lines."""
    held = [cell for cell in grid.cells if cell.runs]
    ends = [*grid.columns[1:], grid.area[2]]
    widths = [end - start for start, end in zip(grid.columns, ends, strict=True)]
    full_columns = {cell.column for cell in held if cell.column_span == 1}
    rows = sorted({cell.row for cell in held})
    columns = [column for column in range(len(widths) - 1) if column in full_columns or widths[column] > _NARROW]
    if len(rows) == grid.rows and len(columns) == len(grid.columns) - 1:
        grid.columns = grid.columns[:-1]
        return
    kept: list[TableCell] = []
    for cell in grid.cells:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        down = bisect_left(rows, cell.row + cell.row_span) - row
        across = bisect_left(columns, cell.column + cell.column_span) - column
        if down and across:
            kept.append(TableCell(row, column, down, across, cell.area, cell.runs))
    grid.cells, grid.rows = kept, len(rows)
    grid.columns = tuple(grid.columns[column] for column in columns)

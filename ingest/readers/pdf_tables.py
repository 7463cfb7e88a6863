"""From ruled grids to tables: text of cells, header rows, and tables that run over page ends."""

from dataclasses import dataclass
from operator import attrgetter

from ingest.readers.pdf_blocks import Block, find_blocks, join_text
from ingest.readers.pdf_lines import find_lines, join_baselines
from ingest.readers.pdf_model import Grid, Line, PageContent, Region

# Ticks and crosses of the symbol fonts Wingdings and Wingdings 2, which have no letters of their own.
_MARKS = {"\uf0fc": "✓", "\uf0fe": "✓", "\uf050": "✓", "\uf052": "✓", "\uf0fb": "✗", "\uf04f": "✗", "\uf0fd": "✗"}


@dataclass(slots=True)
class Table:
    """A table to be given on: each row a list of `(text, row_span, column_span, bold, page)`."""

    header_rows: int
    columns: tuple[float, ...]
    rows: list[list[tuple[str, int, int, bool, int]]]


def to_table(grid: Grid, page: PageContent, bold_from: int) -> Table:
    """Return a grid with the text of its cells; a line break parts the paragraphs of a cell."""
    rows: list[list[tuple[str, int, int, bool, int]]] = [[] for _ in range(grid.rows)]
    lines: dict[int, list[Line]] = {}
    for cell in sorted(grid.cells, key=attrgetter("row", "column")):
        found = join_baselines(find_lines(cell.runs, bold_from)) if cell.runs else []
        lines.setdefault(cell.row, []).extend(found)
        text = found[0].text if found else ""
        if len(found) > 1:
            text = "\n".join(block.text for block in find_blocks(Region(page.number, 0, found)))
        if cell.runs and not text:
            text = _MARKS.get(cell.runs[0].text[:1], "•")
        bold = bool(found) and all(line.bold for line in found)
        rows[cell.row].append((text, cell.row_span, cell.column_span, bold, page.number))
    return Table(_header_rows(lines), grid.columns, rows)


def _header_rows(lines: dict[int, list[Line]]) -> int:
    """Return 1 where the first row is short and looks unlike the rest (bold, or of another colour); else 0."""
    first = lines.get(0, [])
    rest = [line for row, found in lines.items() if row for line in found]
    if not first or not rest or any(len(line.text.split()) > 12 for line in first):
        return 0
    colours = [line.colour for line in rest]
    usual = max(sorted(set(colours)), key=colours.count)
    bold = all(line.bold for line in first) and sum(line.bold for line in rest) < 0.7 * len(rest)
    return int(bold or all(line.colour != usual for line in first))


def join_tables(blocks: list[Block], tables: dict[int, Table]) -> list[Block]:
    """Join a table to the one it continues: the last of the page before, of the same columns, nothing between."""
    kept: list[Block] = []
    for block in blocks if tables else ():
        last = None
        if block.kind == "table":
            last = next((other for other in reversed(kept) if other.kind not in ("note", "caption")), None)
        if last is not None and last.kind == "table":
            table, before = tables[id(block)], tables[id(last)]
            end = before.rows[-1][0][4] if before.rows and before.rows[-1] else last.page
            if block.page == end + 1 and (_same_columns(before, table) or _same_header(before, table)):
                _append(before, table)
                continue
        kept.append(block)
    return kept if tables else blocks


def _same_columns(one: Table, other: Table) -> bool:
    if len(one.columns) != len(other.columns):
        return False
    shift = other.columns[0] - one.columns[0]  # left and right pages have different margins
    return all(abs(b - a - shift) < 8 for a, b in zip(one.columns, other.columns, strict=True))


def _same_header(one: Table, other: Table) -> bool:
    if not (one.header_rows and other.header_rows):
        return False
    return [cell[:3] for cell in one.rows[0]] == [cell[:3] for cell in other.rows[0]]


def _append(table: Table, more: Table) -> None:
    """Add the rows of the next page, without a repeated header; a row that the page end cut is joined."""
    rows = more.rows
    texts = [[cell[0] for cell in row] for row in rows]
    if rows and any(texts[0]) and texts[0] == [cell[0] for cell in table.rows[0]]:
        table.header_rows = table.header_rows or 1  # what stands again at the top of the next page is a header
        rows = rows[1:]
    if rows and _is_cut(table.rows[-1], rows[0]):
        table.rows[-1] = [
            (join_text([above[0], below[0]]) if above[0] and below[0] else above[0] or below[0], *above[1:])
            for above, below in zip(table.rows[-1], rows[0], strict=True)
        ]
        rows = rows[1:]
    table.rows += rows


def _is_cut(above: list[tuple[str, int, int, bool, int]], below: list[tuple[str, int, int, bool, int]]) -> bool:
    if len(above) != len(below) or len(above) < 2 or any(cell[1] > 1 or cell[2] > 1 for cell in (*above, *below)):
        return False
    return bool(above[0][0]) and not below[0][0] and any(cell[0] for cell in below)

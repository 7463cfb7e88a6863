"""Tables in plain text: ruled with pipes or tabs, set in columns of spaces, or flattened to a line for each cell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.readers.builder import CellSpec
from ingest.readers.flat_tables import FlatTable, find_flat_table, find_plain_flat_table
from ingest.readers.lines import Block
from ingest.readers.marks import split_label

_RULE = re.compile(r"[\s|+:=–—-]+$")
_GAP = 2  # blank columns that part two columns of text
_LEAST_ROWS = 2
_HEADING = re.compile(r"\S+(?: \S+)*")  # parted by two blanks or more
_LEAST_COLUMNS, _LEAST_LINES = 3, 3
_FAR = 3  # blank lines between headings and rows that part them


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table found in blocks: lines of its first and last block that do not belong to it, and the block after it.

    `header_rows` is None where the lines do not mark a header.
    """

    rows: tuple[tuple[CellSpec, ...], ...]
    next_block: int
    header_rows: int | None = None
    lead: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    page: int | None = None


def find_table(blocks: Sequence[Block], at: int) -> TextTable | None:
    """Return the table that begins in block `at`, or None."""
    flat = find_flat_table(blocks, at) or find_plain_flat_table(blocks, at)
    if flat:
        return _from_flat(flat, blocks[at])
    block = blocks[at]
    for belongs, read in _KINDS:
        span = _find_span(block.lines, belongs)
        if span is None:
            continue
        rows, header_rows = read(block.lines[span[0] : span[1]])
        if len(rows) >= _LEAST_ROWS and max(map(len, rows)) > 1:
            lead, rest = block.lines[: span[0]], block.lines[span[1] :]
            return TextTable(_to_specs(rows), at + 1, header_rows, lead, rest, block.page)
    headed = _read_headed(blocks, at)
    if headed:
        return headed
    rows = _read_columns(block.lines)
    return TextTable(_to_specs(rows), at + 1, page=block.page) if rows else None


def _read_headed(blocks: Sequence[Block], at: int) -> TextTable | None:
    """Return a table of columns of spaces under a line of headings, which may stand apart from its rows.

    The headings say where the columns begin, also where a full cell leaves one blank beside the next; a cell may run
    over several lines, and a row begins where the column that is filled least is filled.
    """
    lines, next_block = list(blocks[at].lines), at + 1
    if len(lines) == 1 and next_block < len(blocks) and blocks[next_block].gap < _FAR:
        lines += blocks[next_block].lines
        next_block += 1
    starts = [match.start() for match in _HEADING.finditer(lines[0].expandtabs(8))]
    body = [line.expandtabs(8) for line in lines[1:] if not _RULE.match(line)]
    if len(starts) < _LEAST_COLUMNS or len(body) < _LEAST_LINES:
        return None
    bounds = list(zip(starts, [*starts[1:], None], strict=True))
    cut = [[line[start:end].strip() for start, end in bounds] for line in body]
    fits = all(line[start - 1 : start] in ("", " ") for line in body for start in starts[1:])
    rows = _join_wrapped(cut)
    if not fits or any(line[: starts[0]].strip() for line in body) or len(rows) < _LEAST_ROWS:
        return None
    header = [lines[0].expandtabs(8)[start:end].strip() for start, end in bounds]
    return TextTable(_to_specs([header, *rows]), next_block, 1, page=blocks[at].page)


def _join_wrapped(cut: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows of the lines of cells: none where every column stands on every line, or no column tells rows."""
    filled = [sum(bool(cell) for cell in column) for column in zip(*cut, strict=True)]
    anchor = min(range(1, len(filled)), key=lambda column: (filled[column], -column))
    if not cut[0][anchor] or not 1 < filled[anchor] < len(cut):
        return []
    rows: list[list[str]] = []
    for line in cut:
        if line[anchor]:
            rows.append(list(line))
        else:
            rows[-1] = [_join(*pair) for pair in zip(rows[-1], line, strict=True)]
    return rows if all(all(row) for row in rows) else []


def _join(above: str, below: str) -> str:
    """Join the lines of a cell; a word cut at the line end keeps its break, which normalising mends."""
    return f"{above}\n{below}" if above.endswith("-") and below else f"{above} {below}".strip()


def _from_flat(flat: FlatTable, block: Block) -> TextTable:
    return TextTable(_to_specs(flat.rows), flat.next_block, 1, rest=flat.rest, page=block.page)


def _to_specs(rows: Sequence[Sequence[str]]) -> tuple[tuple[CellSpec, ...], ...]:
    return tuple(tuple(CellSpec(text) for text in row) for row in rows)


def _find_span(lines: Sequence[str], belongs: Callable[[str], bool]) -> tuple[int, int] | None:
    """Return the first longest run of lines that `belongs` takes, where it has two lines or more."""
    best: tuple[int, int] | None = None
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and belongs(lines[end]):
            continue
        if end - start >= _LEAST_ROWS and (best is None or end - start > best[1] - best[0]):
            best = (start, end)
        start = end + 1
    return best


def _has_pipes(line: str) -> bool:
    stripped = line.strip()
    return (
        stripped.count("|") > 1 or (" | " in stripped) or (stripped[:1] == "+" == stripped[-1:] and len(stripped) > 2)
    )


def _read_pipes(lines: Sequence[str]) -> tuple[list[list[str]], int | None]:
    """A line of dashes or pluses ends a row where rows are ruled throughout; a single one ends the header."""
    rules = [n for n, line in enumerate(lines) if _RULE.match(line)]
    inner = [n for n in rules if 0 < n < len(lines) - 1]
    grid = len(inner) > 1
    rows: list[list[str]] = []
    fresh = True
    for n, line in enumerate(lines):
        if n in rules:
            fresh = True
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if grid and not fresh and rows and len(rows[-1]) == len(cells):
            rows[-1] = [f"{above}\v{below}".strip() for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        fresh = False
    return rows, 1 if inner and rows else None


def _has_tabs(line: str) -> bool:
    label = split_label(line.strip())
    return "\t" in (label[1] if label else line.strip())


def _read_tabs(lines: Sequence[str]) -> tuple[list[list[str]], int | None]:
    rows = [[cell.strip() for cell in re.split(r"\t", line.rstrip("\n"))] for line in lines]
    if all(not row[0] for row in rows):
        rows = [row[1:] for row in rows]
    width = max(map(len, rows))
    # Tabs that only align make rows of unlike length: no table.
    if sum(len(row) == width for row in rows) * 2 < len(rows):
        return [], None
    return rows, None


_KINDS: tuple[tuple[Callable[[str], bool], Callable[[Sequence[str]], tuple[list[list[str]], int | None]]], ...] = (
    (_has_pipes, _read_pipes),
    (_has_tabs, _read_tabs),
)


def _read_columns(lines: Sequence[str]) -> list[list[str]]:
    """Return the rows of a block whose lines all leave the same columns blank; a line without a first cell goes on."""
    text = [line.expandtabs(8) for line in lines if not _RULE.match(line)]
    if len(text) < 3:
        return []
    bounds = _find_bounds(text)
    if len(bounds) < 2:
        return []
    cut = [[line[start:end].strip() for start, end in bounds] for line in text]
    if all(not row[0] or split_label(f"{row[0]} x") for row in cut):
        return []
    filled = sum(sum(bool(cell) for cell in row) > 1 for row in cut)
    if filled * 5 < len(cut) * 3:
        return []
    rows: list[list[str]] = []
    for row in cut:
        if rows and not row[0]:
            rows[-1] = ["\v".join(part for part in (a, b) if part) for a, b in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
    return rows if len(rows) > 1 else []


def _find_bounds(text: Sequence[str]) -> list[tuple[int, int]]:
    """Return (start, end) of the columns between stretches of `_GAP` or more that are blank in every line."""
    width = max(map(len, text))
    blank = [all(line[at : at + 1] in ("", " ") for line in text) for at in range(width)]
    bounds: list[tuple[int, int]] = []
    start = at = 0
    while at < width:
        if not blank[at]:
            at += 1
            continue
        end = at
        while end < width and blank[end]:
            end += 1
        if end - at >= _GAP and at > 0 and end < width:
            bounds.append((start, at))
            start = end
        at = end
    return [*bounds, (start, width)]

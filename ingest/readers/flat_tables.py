"""Tables flattened to one line for each cell, as text copied out of a word processor has them.

Their form: a block of short indented lines names the columns; then come the rows, each with as many indented lines as
there are columns, blank lines between them. Lines that are not indented go on with the cell above; a blank line inside
a row that is not complete yet belongs to its cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.lines import Block
from ingest.readers.marks import is_caption, is_heading_form, split_label

_LEAST_COLUMNS = 3
_LEAST_PLAIN_ROWS = 2
_LONGEST_NAME = 40
_LONGEST_ROW_NAME = 60
_MOST_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class FlatTable:
    """The rows, header first; `rest` are lines that followed the last whole row within its last block."""

    rows: tuple[tuple[str, ...], ...]
    next_block: int
    rest: tuple[str, ...] = ()


def find_flat_table(blocks: Sequence[Block], at: int) -> FlatTable | None:
    """Return the flattened table whose header is block `at`, or None."""
    header = _find_header(blocks[at])
    if not header:
        return None
    width = len(header)
    rows: list[list[list[str]]] = []
    row: list[list[str]] = []
    row_block = here = at + 1
    while here < len(blocks):
        block = blocks[here]
        if not _is_indented(block.lines[0]) and not _continues(blocks, here, row, width, bool(rows)):
            break
        for line in block.lines:
            if _is_indented(line):
                if len(row) == width:
                    rows.append(row)
                    row, row_block = [], here
                row.append([line])
            elif row:
                row[-1].append(line)
        here += 1
    if len(row) == width:
        rows.append(row)
        row_block = here
    if not rows or (width < _LEAST_COLUMNS and len(rows) < 3):
        return None
    rest = tuple(line for cell in row for line in cell if line.strip()) if len(row) < width else ()
    cells = [tuple(_join(cell, is_name=n == 0) for n, cell in enumerate(row)) for row in rows]
    return FlatTable((tuple(header), *cells), max(here, row_block), rest)


def find_plain_flat_table(blocks: Sequence[Block], at: int) -> FlatTable | None:
    """Return the flattened table without indentation whose header is block `at`, or None.

    Only equal blocks tell it: each row has exactly one line for each column; and under a caption, or with a header
    much shorter than the rows, since blocks of names and addresses are equal too."""
    header = _find_names(blocks[at])
    width = len(header)
    end = at + 1
    while end < len(blocks) and _is_plain_row(blocks[end].lines, width):
        end += 1
    rows = [tuple(line.strip() for line in block.lines) for block in blocks[at + 1 : end]]
    if width < _LEAST_COLUMNS or len(rows) < _LEAST_PLAIN_ROWS:
        return None
    captioned = at > 0 and is_caption(blocks[at - 1].lines[-1].strip())
    longer = sum(len(cell) for row in rows for cell in row) > 2 * len(rows) * sum(map(len, header))
    return FlatTable((tuple(header), *rows), end) if captioned or longer else None


def _is_plain_row(lines: Sequence[str], width: int) -> bool:
    """Wrapped prose has long first lines and lines that begin in lower case; a row begins with a name."""
    if len(lines) != width or len(lines[0].strip()) > _LONGEST_ROW_NAME or split_label(lines[0].strip()):
        return False
    return not any(line.strip()[:1].islower() for line in lines[1:])


def _find_header(block: Block) -> list[str]:
    return _find_names(block) if all(_is_indented(line) and line.strip() for line in block.lines) else []


def _find_names(block: Block) -> list[str]:
    names = [line.strip() for line in block.lines]
    if len(names) < 2 or not all(names):
        return []
    if len({name.lower() for name in names}) < len(names):
        return []
    short = all(
        len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_NAME_WORDS and name[-1] not in ".,;:?!"
        for name in names
    )
    return names if short and not any(split_label(name) for name in names) else []


def _is_indented(line: str) -> bool:
    return line.startswith("\t") or (line.startswith("  ") and bool(line.strip()))


def _continues(blocks: Sequence[Block], here: int, row: Sequence[object], width: int, has_rows: bool) -> bool:
    """Tell whether a block that is not indented goes on with the cell above it.

    It does inside an open row and where more rows follow; behind the last row only where a wider gap ends the table.
    """
    block = blocks[here]
    first = block.lines[0].strip()
    if not row or split_label(first) or block.gap > 1:
        return False
    following = blocks[here + 1] if here + 1 < len(blocks) else None
    if following is not None and following.lines[0].startswith("\t"):
        return True
    if len(row) < width:
        return not has_rows or following is None or following.gap <= 1
    return (
        following is not None and following.gap > block.gap and not (len(block.lines) == 1 and is_heading_form(first))
    )


def _join(lines: Sequence[str], *, is_name: bool) -> str:
    """Return the cell: a name is one phrase; elsewhere a line that begins in lower case goes on, others are points."""
    joined: list[str] = []
    for line in (line.strip() for line in lines):
        if not line:
            continue
        if joined and (is_name or line[0].islower()):
            joined[-1] += f"\v{line}"
        else:
            joined.append(line)
    return "\n".join(joined)

"""What kind of table it is: data with header rows, labels beside values, or a box around prose."""

from collections.abc import Sequence

from ingest.dating import find_dates
from ingest.readers.builder import CellSpec, PassageBuilder, place_cells

_LONGEST_HEADER = 80
_MOST_HEADER_WORDS = 12
Rows = Sequence[Sequence[CellSpec]]


def add_table(
    builder: PassageBuilder, rows: Rows, *, caption: str = "", header_rows: int | None = None, page: int | None = None
) -> None:
    """Add a table as what it is; `header_rows` says how many rows the file itself marks, None where it marks none.

    A first row in one cell over the whole table is its caption. A box of one column becomes paragraphs. In a table of
    labels and values the labels are headers of their row.
    """
    rows = _without_empty(rows)
    width = find_width(rows)
    if (
        width > 1
        and len(rows) > 1
        and len(rows[0]) == 1
        and rows[0][0].column_span >= width
        and rows[0][0].row_span == 1
    ):
        title = rows[0][0].text.strip()
        if "\n" not in title and len(title) <= 200:
            caption = f"{caption} {title}" if caption else title
            rows = rows[1:]
            header_rows = header_rows - 1 if header_rows else header_rows
    if width <= 1:
        _add_box(builder, rows, caption, page)
        return
    if is_label_table(rows) and not header_rows:
        rows = [[spec._replace(is_header=column == 0) for column, spec in enumerate(row)] for row in rows]
        header_rows = 0
    count = find_header_rows(rows) if header_rows is None else header_rows
    builder.table(rows, caption=caption, header_rows=count, page=page)


def find_width(rows: Rows) -> int:
    """Return the number of columns."""
    return max((column + spec.column_span - 1 for _, column, spec in place_cells(rows)), default=0)


def is_label_table(rows: Rows) -> bool:
    """Return whether each row of two cells is a label and its value: the labels are marked, bold or end in a colon."""
    if any(len(row) != 2 or row[0].row_span > 1 for row in rows) or not rows:
        return False
    labels, values = [row[0] for row in rows], [row[1] for row in rows]
    if not all(_is_short(spec) or not spec.text.strip() for spec in labels):
        return False
    if all(spec.is_header for spec in labels) and not values[0].is_header:
        return True
    colons = sum(spec.text.rstrip().endswith(":") for spec in labels)
    if colons * 2 > len(rows) and not values[0].bold:
        return True
    return all(spec.bold for spec in labels) and not any(spec.bold or spec.is_header for spec in values)


def find_header_rows(rows: Rows) -> int:
    """Return how many rows at the top name the columns: short, no sentences, unlike the rows below."""
    if len(rows) < 2 or not _names_columns(rows[0], rows[1:]):
        return 0
    depth = max(spec.row_span for spec in rows[0])
    if depth == 1 and any(spec.column_span > 1 for spec in rows[0]) and len(rows) > 2:
        depth = 2 if all(_is_short(spec) or not spec.text.strip() for spec in rows[1]) else 1
    return min(depth, len(rows) - 1)


def _names_columns(first: Sequence[CellSpec], body: Rows) -> bool:
    filled = [spec for spec in first if spec.text.strip()]
    if len(filled) < 2 or len(filled) < len(first) - 1 or not all(_is_short(spec) for spec in filled):
        return False
    if all(spec.is_header for spec in filled):
        return True
    if all(spec.bold for spec in filled):
        return not all(spec.bold for row in body for spec in row if spec.text.strip())
    if len({spec.text.strip().lower() for spec in filled}) < len(filled) or any(
        _is_value(spec.text) for spec in filled
    ):
        return False
    if len(first) > 2:
        return True
    below = [row[-1].text for row in body if row]
    longer = sum(len(text) for text in below) > 1.5 * len(body) * len(first[-1].text)
    return longer or sum(_is_value(text) for text in below) * 2 > len(below)


def _is_short(spec: CellSpec) -> bool:
    text = spec.text.strip()
    if not text or len(text) > _LONGEST_HEADER or len(text.split()) > _MOST_HEADER_WORDS:
        return False
    return not text.endswith((".", ";")) or len(text) < 8  # "No." is a header


def _is_value(text: str) -> bool:
    text = text.strip()
    digits = sum(character.isdigit() for character in text)
    return bool(find_dates(text)) or "£" in text or digits * 2 > len(text)


def _without_empty(rows: Rows) -> list[Sequence[CellSpec]]:
    """Leave out rows without text, unless a cell spans rows: there a row that looks empty holds its place."""
    if any(spec.row_span > 1 for row in rows for spec in row):
        return list(rows)
    return [row for row in rows if any(spec.text.strip() for spec in row)]


def _add_box(builder: PassageBuilder, rows: Rows, caption: str, page: int | None) -> None:
    if caption:
        builder.caption(caption, page=page)
    for row in rows:
        for spec in row:
            for line in spec.text.split("\n"):
                builder.paragraph(line, page=spec.page or page)

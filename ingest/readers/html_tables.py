"""Tables of HTML: their rows in the order shown, their marked header rows, and those that only place things."""

from collections.abc import Iterator

from lxml import html


def iter_rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the rows of `table` itself, head first and foot last, as they are shown."""
    for tag in ("thead", "tbody", "tfoot"):
        for child in table:
            if child.tag == tag:
                yield from child.iterchildren("tr")
            elif child.tag == "tr" and tag == "tbody":
                yield child


def count_header_rows(rows: list[html.HtmlElement], cells: list[list[html.HtmlElement]]) -> int | None:
    """Count the rows that the page marks: <thead>, or rows of <th> alone; None where it marks nothing."""
    marked = 0
    for row, parts in zip(rows, cells, strict=True):
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        if not in_head and not (
            len(parts) > 1 and all(cell.tag == "th" and cell.get("scope") != "row" for cell in parts)
        ):
            break
        marked += 1
    if marked:
        return min(marked, len(rows) - 1) if len(rows) > 1 else 0
    return 0 if any(cell.tag == "th" for parts in cells for cell in parts) else None


def is_layout(table: html.HtmlElement, cells: list[list[html.HtmlElement]]) -> bool:
    """Return whether a table only places things: it says so, is one cell wide, or holds headings or tables."""
    if table.get("role") in ("presentation", "none") or max(map(len, cells), default=0) <= 1:
        return True
    if table.find(".//th") is not None or table.find("caption") is not None:
        return False
    return any(table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3"))


def find_span(cell: html.HtmlElement, name: str) -> int:
    """Return the attribute `name` of a cell, 1 where it is absent or absurd."""
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 5 and int(value) else 1

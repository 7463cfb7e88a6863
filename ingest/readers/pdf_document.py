"""From the bytes of a PDF to its pieces in reading order, as plain values: what a worker process sends back.

A piece is `(kind, text, page, level, label)`, or `("table", header_rows, page, rows)` with rows of
`(text, row_span, column_span, bold, page)`; ("end", "", page, level, "") closes the headings
of a box from `level` down.
"""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf_blocks import Block, find_blocks, join_broken
from ingest.readers.pdf_furniture import drop_furniture, is_contents_title, without_contents
from ingest.readers.pdf_grids import find_grids, is_contents_grid
from ingest.readers.pdf_kinds import find_style, name_kinds, outline_levels, set_item_levels, set_levels
from ingest.readers.pdf_lines import find_lines
from ingest.readers.pdf_model import PageContent, Region
from ingest.readers.pdf_order import order_page
from ingest.readers.pdf_scan import looks_scanned
from ingest.readers.pdf_tables import Table, join_tables, to_table
from ingest.readers.pdf_text import TextReader

Piece = tuple[Any, ...]
_HEAD_BLOCKS, _MOST_TITLES = 12, 2


class PdfRefusal(Exception):
    """The file cannot be read: `reason` why, `remedy` what to do; `limit` names a limit that it is over."""

    def __init__(self, reason: str, remedy: str, limit: str = "") -> None:
        self.reason, self.remedy, self.limit = reason, remedy, limit
        super().__init__(reason)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let no garbage be collected for the while: reading makes hardly any, and looking for it costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collection()
def read_pieces(content: bytes, max_pages: int, max_seconds: float) -> dict[str, Any]:
    """Return `pieces`, `dropped` (item, reason, detail) and `metadata` of a PDF.

    Raises: PdfRefusal: damaged, locked by a password, over a limit, or pictures of text alone.
    """
    until = time.monotonic() + max_seconds
    document = _open(content)
    try:
        count = len(document)
        if count > max_pages:
            raise PdfRefusal(str(count), "", limit="max_pages")
        dropped: list[tuple[str, str, str]] = []
        pages = _read_pages(document, count, until, dropped)
        scans = [item for item in dropped if item[1] == "needs-ocr"]
        if scans and not any(page.runs for page in pages):
            raise PdfRefusal(
                f"its {len(pages)} pages are pictures of text without letters, so it needs OCR",
                "run it through a text recogniser, such as `ocrmypdf IN.pdf OUT.pdf`, and read the result",
            )
        outline = outline_levels([(item.get_title(), item.level) for item in document.get_toc(max_depth=6)])
        metadata = {key: document.get_metadata_value(key) for key in ("Title", "Author", "CreationDate")}
    finally:
        document.close()
    return {"pieces": _pieces(pages, outline), "dropped": dropped, "metadata": metadata}


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", 0)
        if code == pdfium.FPDF_ERR_PASSWORD:
            raise PdfRefusal("it is locked by a password", "save a copy without the password") from error
        if code == pdfium.FPDF_ERR_SECURITY:
            raise PdfRefusal("its encryption is of a kind that cannot be read", "save a copy without it") from error
        raise PdfRefusal("it is damaged or no PDF", "open it in a PDF viewer and save it anew") from error


def _read_pages(
    document: pypdfium2.PdfDocument, count: int, until: float, dropped: list[tuple[str, str, str]]
) -> list[PageContent]:
    reader = TextReader()
    pages: list[PageContent] = []
    for index in range(count):
        if time.monotonic() > until:
            dropped.append((f"pages {index + 1} to {count}", "over-limit", "the time limit max_seconds was reached"))
            break
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            dropped.append((f"page {index + 1}", "unreadable-page", "PDFium cannot load it: Failed to load page."))
            continue
        try:
            content = reader.read(page, index + 1)
            if looks_scanned(page, content):
                dropped.append((f"page {index + 1}", "needs-ocr", "a picture of text without letters; run OCR on it"))
        except pypdfium2.PdfiumError as error:
            dropped.append((f"page {index + 1}", "unreadable-page", f"PDFium cannot read its text: {error}"))
            continue
        finally:
            pdfium.FPDF_ClosePage(page)
        pages.append(content)
    return pages


def _pieces(pages: list[PageContent], outline: dict[str, int]) -> list[Piece]:
    """Lay all pages out and put their blocks and tables in order."""
    style = find_style(pages)
    found_grids = [find_grids(page) for page in pages]  # first: a table's repeated header is no running header
    running = drop_furniture(pages)
    tables: dict[int, Table] = {}
    regions: list[list[Block]] = []
    boxes = 0
    for page, grids in zip(pages, found_grids, strict=True):
        if grids and any(is_contents_title(run.text) for run in page.runs):
            grids = [grid for grid in grids if not is_contents_grid(grid)]
        laid = order_page(page, find_lines(page.runs, style.bold_from), grids)
        _drop_contents(laid)
        for region in laid:
            number = len(regions)
            box = region.box + boxes if region.box else 0
            if region.grid is not None:
                x0, _, x1, _ = region.grid.area
                block = Block([], page.number, box, x0, x0, x1, "table")
                tables[id(block)] = to_table(region.grid, page, style.bold_from)
                found = [block]
            else:
                found = find_blocks(Region(page.number, box, region.lines))
            for block in found:
                block.region = number
            regions.append(found)
        boxes += max((region.box for region in laid), default=0)
        regions.append([_sideways(text, page, len(regions)) for text in page.sideways if len(text) > 3])
    blocks = [block for region in regions for block in region]
    name_kinds(blocks, style, outline)
    blocks = join_broken(blocks)
    blocks.sort(key=lambda block: (block.page, block.kind == "note"))
    blocks = join_tables(blocks, tables)
    set_levels(blocks)
    set_item_levels(blocks)
    return [*_running_titles(running, blocks), *_emit(blocks, tables)]


def _running_titles(running: Sequence[str], blocks: Sequence[Block]) -> list[Piece]:
    """A part of a paper has no title page: what runs along its pages as its title is said once, at the head."""
    first = blocks[:_HEAD_BLOCKS]
    page = first[0].page if first else 1
    head = " ".join([block.text for block in first]) if running else ""
    unsaid = (title for title in running[:_MOST_TITLES] if title not in head)
    return [("heading", title, page, 1, "") for title in unsaid if _letters(title) not in _letters(head)]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _sideways(text: str, page: PageContent, region: int) -> Block:
    return Block([], page.number, 0, 0.0, 0.0, 0.0, "note", text=text, region=region)


def _drop_contents(regions: list[Region]) -> None:
    lines = [line for region in regions for line in region.lines]
    kept = without_contents(lines)
    if len(kept) < len(lines):
        ids = {id(line) for line in kept}
        for region in regions:
            region.lines = [line for line in region.lines if id(line) in ids]


def _emit(blocks: Sequence[Block], tables: dict[int, Table]) -> list[Piece]:
    """Return the pieces; ("end", level) closes the headings of a box where the text around it goes on."""
    pieces: list[Piece] = []
    box = opened = 0
    for block in blocks:
        if block.kind not in ("note", "caption") and block.box != box:
            if opened:
                pieces.append(("end", "", block.page, opened, ""))
            box, opened = block.box, 0
        if block.kind == "heading" and block.box:
            opened = min(opened or block.level, block.level)
        if block.kind == "table":
            table = tables[id(block)]
            pieces.append(("table", table.header_rows, block.page, table.rows))
        else:
            pieces.append((block.kind, block.text, block.page, block.level, block.label))
    return pieces

"""PDF files: text in reading order, tables as data, pages kept; see `pdf_document` for how."""

import re
from collections.abc import Mapping
from typing import Any

from graph.errors import UnreadableDocument
from graph.model import DropReason, ReadDocument
from ingest.readers.builder import CellSpec, PassageBuilder
from ingest.readers.limits import ReadLimits, over_limit
from ingest.readers.pdf_document import PdfRefusal, read_pieces
from ingest.readers.pdf_process import PdfWorker, WorkerFailure
from ingest.readers.pdf_words import find_known_words

READER = "pdf"
_WORKER = PdfWorker()
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_NO_TITLE = re.compile(
    r"^(?:microsoft\b|untitled|document\d*$|slide \d|powerpoint|layout \d|print|scan|page \d|title$|template)"
    r"|\.(?:docx?|pdf|pptx?|indd|qxp|rtf|odt|xlsx?)\b|_|^\W*$",
    re.IGNORECASE,
)


def read_pdf(content: bytes, source: str, limits: ReadLimits, *, isolate: bool = True) -> ReadDocument:
    """Return the passages of a PDF, each on the page where it begins (pages count from 1 as in the file).

    `isolate` reads it in a process of its own with time and memory limits; without, a crash of PDFium is the caller's
    and only one thread may read. Pages that cannot be read, or hold only a picture of text, are dropped and named.

    Raises: UnreadableDocument: damaged, locked by a password, pictures of text alone, over a limit.
    """
    try:
        if isolate:
            found = _WORKER.read(content, max_pages=limits.max_pages, max_seconds=limits.max_seconds)
        else:
            found = read_pieces(content, limits.max_pages, limits.max_seconds)
    except PdfRefusal as refusal:
        if refusal.limit:
            raise over_limit(source, refusal.limit, f"{refusal.reason} pages", limits.max_pages) from refusal
        raise UnreadableDocument(source, refusal.reason, refusal.remedy) from refusal
    except WorkerFailure as failure:
        raise UnreadableDocument(
            source, str(failure), "open it in a PDF viewer and save it anew, or split it"
        ) from failure
    texts = [text for piece in found["pieces"] for text in _texts(piece)]
    builder = PassageBuilder(content, source, READER, limits, find_known_words(texts))
    for piece in found["pieces"]:
        _add(builder, piece)
    for item, reason, detail in found["dropped"]:
        builder.drop(item, DropReason(reason), detail)
    return builder.finish(_metadata(found["metadata"]))


def _texts(piece: Any) -> list[str]:
    return [cell[0] for row in piece[3] for cell in row] if piece[0] == "table" else [piece[1]]


def _add(builder: PassageBuilder, piece: Any) -> None:
    if piece[0] == "table":
        _, header_rows, page, rows = piece
        specs = [
            [CellSpec(text, down, across, False, bold, on) for text, down, across, bold, on in row] for row in rows
        ]
        builder.table(specs, header_rows=header_rows, page=page)
        return
    kind, text, page, level, label = piece
    if kind == "heading":
        builder.heading(text, level, page=page)
    elif kind == "item":
        builder.item(text, level, label, page=page)
    elif kind == "note":
        builder.note(text, label=label, page=page)
    elif kind == "caption":
        builder.caption(text, page=page)
    elif kind == "end":
        builder.close_headings(level)
    else:
        builder.paragraph(text, label=label, page=page)


def _metadata(info: Mapping[str, str]) -> dict[str, str]:
    """Return what the file says of itself; the day it was made is not the day it was published."""
    title = " ".join(info.get("Title", "").split())
    made = _DATE.match(info.get("CreationDate", ""))
    return {
        "title": "" if _NO_TITLE.search(title) else title,
        "author": " ".join(info.get("Author", "").split()),
        "created": "-".join(made.groups()) if made else "",
    }

"""Which reader a file needs, told by its content; its name is only a hint between texts."""

from collections.abc import Callable, Mapping

from graph.errors import UnreadableDocument
from graph.model import ReadDocument
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.limits import ReadLimits, over_limit
from ingest.readers.markdown import read_markdown
from ingest.readers.pptx import read_pptx
from ingest.readers.sniff import decode, find_format
from ingest.readers.text import read_text

_TextReader = Callable[[str, bytes, str, ReadLimits], ReadDocument]
_BytesReader = Callable[[bytes, str, ReadLimits], ReadDocument]


def _read_pdf(content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    from ingest.readers.pdf import read_pdf  # PDFium loads only where a PDF is read

    return read_pdf(content, source, limits)


def _from_text(read: _TextReader) -> _BytesReader:
    return lambda content, source, limits: read(decode(content, source), content, source, limits)


READERS: Mapping[str, _BytesReader] = {
    "text": _from_text(read_text),
    "markdown": _from_text(read_markdown),
    "html": _from_text(read_html),
    "docx": read_docx,
    "pptx": read_pptx,
    "pdf": _read_pdf,
}


def read_document(content: bytes, source: str, *, limits: ReadLimits | None = None) -> ReadDocument:
    """Return the document in `content`; `source` is the path or address that it is shown by.

    Raises: UnreadableDocument: the file is empty, damaged, encrypted, over a limit or of a kind that is not read; the
    message says what, why and what to do.
    """
    limits = limits or ReadLimits()
    if len(content) > limits.max_bytes:
        raise over_limit(source, "max_bytes", f"{len(content)} bytes", limits.max_bytes)
    document = READERS[find_format(content, source)](content, source, limits)
    if not document.passages and not document.dropped:
        raise UnreadableDocument(
            source, "no text was found in it", "check that it opens, and that its text is no picture"
        )
    return document

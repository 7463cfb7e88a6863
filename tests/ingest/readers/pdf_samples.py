"""Small PDF files drawn on the spot: each draws its text in an order that is not the reading order."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from graph.model import ReadDocument
from ingest.readers import ReadLimits
from ingest.readers.pdf import read_pdf

WIDTH, HEIGHT = 595.0, 842.0
LEADING = 14.0


class Sheet:
    """A page-wise drawing board whose y runs down from the top, as the reader's does."""

    def __init__(self, encryption: StandardEncryption | None = None, title: str = "") -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), invariant=True, encrypt=encryption)
        if title:
            self.canvas.setTitle(title)

    def text(self, x: float, y: float, words: str, *, size: float = 11, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = 11, bold: bool = False) -> float:
        for line in lines:
            self.text(x, y, line, size=size, bold=bold)
            y += LEADING * size / 11
        return y

    def box(self, x: float, y: float, width: float, height: float, *, fill: float | None = 0.85) -> None:
        self.canvas.saveState()
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.rect(x, HEIGHT - y - height, width, height, stroke=int(fill is None), fill=int(fill is not None))
        self.canvas.restoreState()

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)

    def end_page(self) -> None:
        self.canvas.showPage()

    def finish(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def make_pdf(*pages: Callable[[Sheet], None], password: str | None = None, title: str = "") -> bytes:
    """Return a PDF of `pages`; a password (may be empty) encrypts it."""
    encryption = None if password is None else StandardEncryption(password, ownerPassword="owner", strength=128)
    sheet = Sheet(encryption, title)
    for page in pages:
        page(sheet)
        sheet.end_page()
    return sheet.finish()


def read(content: bytes, **limits: int) -> ReadDocument:
    """Return a PDF of these tests, read in this process."""
    return read_pdf(content, "a.pdf", ReadLimits(**limits), isolate=False)


def kinds(document: ReadDocument) -> list[tuple[str, str]]:
    """Return what each passage of a document is, and its words."""
    return [(passage.kind.value, passage.text) for passage in document.passages]

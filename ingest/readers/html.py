"""HTML: the article of a page, without the furniture around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from graph.model import ReadDocument
from ingest.readers.builder import CellSpec, PassageBuilder
from ingest.readers.html_furniture import find_roots, is_furniture, is_note, is_unseen
from ingest.readers.html_page import find_metadata, parse_html
from ingest.readers.html_tables import count_header_rows, find_span, is_layout, iter_rows
from ingest.readers.limits import ReadLimits
from ingest.readers.marks import format_number, is_bullet, is_caption, split_label
from ingest.readers.tables import add_table

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_BREAK = "\u2028"  # <br>: within a paragraph a space, doubled the end of a paragraph
_HEADING = re.compile(r"h([1-6])$")
_FOOTNOTE_MARK = re.compile(r"\s*(?:\[?\d{1,3}\]?|\[?[a-z]\]?|[*†‡§]{1,3}|\[\^[^\]]+\])\s*$")
_UNIT_BEFORE = re.compile(r"(?:\d|\b(?:m|km|cm|mm|ft))$")


def read_html(text: str, content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    """Return the document of a decoded page: its main part where it marks one, else its body without the furniture."""
    tree = parse_html(text, source, limits)
    builder = PassageBuilder(content, source, "html", limits)
    for root in find_roots(tree):
        add_html(builder, root)
    return builder.finish(find_metadata(tree))


def add_html(builder: PassageBuilder, root: html.HtmlElement, *, trusted: bool = False) -> None:
    """Add what `root` holds; a `trusted` tree was made from text and has no furniture."""
    _HtmlReader(builder, trusted=trusted).read(root)


@dataclass(slots=True)
class _OpenList:
    """A list whose points are being read: `style` is the type of its numbers, empty for bullets."""

    style: str
    number: int

    def take_label(self, value: str) -> str:
        """Return the label of the next point; `value` is the number that it sets itself."""
        if not self.style:
            return "•"
        number = int(value) if value.isdecimal() and len(value) < 6 else self.number
        self.number = number + 1
        return f"{format_number(number, self.style)}."


def _open_list(element: html.HtmlElement) -> _OpenList:
    start = element.get("start", "1")
    return _OpenList(
        element.get("type", "1") if element.tag == "ol" else "",
        int(start) if start.isdecimal() and len(start) < 6 else 1,
    )


class _HtmlReader:
    """Walks one tree; text that stands in no block of its own gathers in `_text` until the next block."""

    def __init__(self, builder: PassageBuilder, *, trusted: bool) -> None:
        self._builder = builder
        self._trusted = trusted
        self._size = 0
        self._text: list[str] = []
        self._lists: list[_OpenList] = []
        self._label = ""  # of the list point that is open and has no text yet
        self._in_note = 0
        self._note_label = ""

    def read(self, root: html.HtmlElement) -> None:
        self._size = len(root.text_content())
        self._walk(root)
        self._flush()

    def _walk(self, element: html.HtmlElement) -> None:
        if element.text:
            self._text.append(element.text)
        for child in element:
            if isinstance(child.tag, str) and not self._is_left_out(child):
                self._enter(child)
            elif isinstance(child.tag, str) and child.tag in _BLOCKS:
                self._flush()
            if child.tail:
                self._text.append(child.tail)

    def _is_left_out(self, element: html.HtmlElement) -> bool:
        return is_unseen(element) or (not self._trusted and is_furniture(element, self._size))

    def _enter(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._text.append(_BREAK)
        elif tag == "sup":
            self._add_superscript(element)
        elif tag not in _BLOCKS:
            self._walk(element)
        else:
            self._flush()
            self._add_block(element)
            self._flush()

    def _add_block(self, element: html.HtmlElement) -> None:
        tag = element.tag
        heading = _HEADING.match(tag)
        if heading:
            self._builder.heading(self._inline(element), int(heading[1]))
        elif tag in ("ul", "ol"):
            self._lists.append(_open_list(element))
            self._walk(element)
            self._flush()
            self._lists.pop()
        elif tag == "li":
            self._add_item(element)
        elif tag == "table":
            self._add_table(element)
        elif tag == "dl":
            self._add_definitions(element)
        elif tag in ("figcaption", "caption"):
            self._builder.caption(self._inline(element))
        elif tag == "pre":
            for line in self._inline(element).split("\n"):
                self._builder.paragraph(line)
        else:
            note = is_note(element)
            self._in_note += note
            self._walk(element)
            self._flush()
            self._in_note -= note

    def _add_item(self, element: html.HtmlElement) -> None:
        note = is_note(element)
        self._in_note += note
        self._label = self._lists[-1].take_label(element.get("value", "")) if self._lists else "•"
        self._walk(element)
        self._flush()
        self._in_note -= note
        self._label = ""

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not text.strip(f" \t\r\n\xa0{_BREAK}"):
            return
        for paragraph in re.split(rf"(?:\s*{_BREAK}\s*){{2,}}", text):
            self._add_paragraph(paragraph)

    def _add_paragraph(self, text: str) -> None:
        if self._in_note:
            label, self._note_label = self._note_label or self._label, ""
            self._builder.note(text, label=label.strip("."))
        elif self._label:
            self._builder.item(text, len(self._lists) or 1, self._label)
        elif is_caption(text.strip()):
            self._builder.caption(text)
        else:
            self._add_lines(text)
        self._label = ""

    def _add_lines(self, text: str) -> None:
        """Lines parted by <br> that begin with bullets are list points."""
        lines = [line.strip() for line in text.split(_BREAK) if line.strip()]
        labels = [split_label(line) for line in lines]
        if sum(label is not None and is_bullet(label[0]) for label in labels) < 2:
            self._builder.paragraph(text)
            return
        for line, label in zip(lines, labels, strict=True):
            if label:
                self._builder.item(label[1], len(self._lists) + 1, label[0])
            else:
                self._builder.paragraph(line)

    def _add_superscript(self, element: html.HtmlElement) -> None:
        """A footnote mark is left out, or labels the note that it begins; other superscripts are text."""
        text = "".join(element.itertext())
        before = "".join(self._text[-3:])
        if not _FOOTNOTE_MARK.match(text) or (_UNIT_BEFORE.search(before) and element.find(".//a") is None):
            self._walk(element)
        elif not before.strip() and self._in_note:
            self._note_label = text.strip(" []\n")

    def _inline(self, element: html.HtmlElement) -> str:
        """Return the text of `element` on its own, as paragraphs on lines where it holds blocks."""
        part = _HtmlReader(self._builder, trusted=self._trusted)
        part._size = self._size
        part._walk_inline(element)
        return "".join(part._text).replace(_BREAK, "\n").strip("\n")

    def _walk_inline(self, element: html.HtmlElement) -> None:
        keep = element.tag == "pre"
        for text, child in _iter_parts(element):
            if child is None:
                self._text.append(text if keep else re.sub(r"\s+", " ", text))
            elif isinstance(child.tag, str) and not self._is_left_out(child):
                block = child.tag in _BLOCKS
                self._text.append("\n" if block else "")
                if child.tag in ("br", "sup"):
                    self._enter(child)
                else:
                    self._walk_inline(child)
                self._text.append("\n" if block else "")

    def _add_definitions(self, element: html.HtmlElement) -> None:
        rows: list[list[CellSpec]] = []
        for part in element.iter("dt", "dd"):
            if self._is_left_out(part):
                continue
            spec = CellSpec(self._inline(part), is_header=part.tag == "dt")
            if part.tag == "dt":
                rows.append([spec])
            elif rows and len(rows[-1]) == 1:
                rows[-1].append(spec)
            elif rows:
                rows[-1][1] = CellSpec(f"{rows[-1][1].text}\n{spec.text}")
        if rows:
            add_table(self._builder, [row for row in rows if len(row) == 2] or rows, header_rows=0)

    def _add_table(self, element: html.HtmlElement) -> None:
        rows = [row for row in iter_rows(element) if len(row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th") and not is_unseen(cell)] for row in rows]
        if is_layout(element, cells):
            for cell in (cell for row in cells for cell in row):
                self._walk(cell)
                self._flush()
            return
        caption = element.find("caption")
        specs = [[self._find_cell(cell) for cell in row] for row in cells]
        add_table(
            self._builder,
            specs,
            caption=self._inline(caption).replace("\n", " ") if caption is not None else "",
            header_rows=count_header_rows(rows, cells),
        )

    def _find_cell(self, cell: html.HtmlElement) -> CellSpec:
        text = self._inline(cell)
        bold = cell.find(".//b") is not None or cell.find(".//strong") is not None
        return CellSpec(
            text,
            row_span=find_span(cell, "rowspan"),
            column_span=find_span(cell, "colspan"),
            is_header=cell.tag == "th",
            bold=bold
            and "".join(part for b in cell.iter("b", "strong") for part in b.itertext()).strip() == text.strip(),
        )


def _iter_parts(element: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement | None]]:
    if element.text:
        yield element.text, None
    for child in element:
        yield "", child
        if child.tail:
            yield child.tail, None

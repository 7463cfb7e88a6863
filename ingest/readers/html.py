"""HTML: the article of a page, without the furniture around it."""

import json
import re
from collections.abc import Iterator, Mapping

from lxml import etree, html

from graph.errors import UnreadableDocument
from graph.model import ReadDocument
from ingest.readers.builder import CellSpec, PassageBuilder
from ingest.readers.html_furniture import find_roots, is_furniture, is_note, is_unseen
from ingest.readers.limits import ReadLimits, over_limit
from ingest.readers.marks import is_bullet, is_caption, split_label
from ingest.readers.tables import add_table

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dialog",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
        "caption",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
)
_BREAK = "\u2028"  # <br>: within a paragraph a space, doubled the end of a paragraph
_HEADING = re.compile(r"h([1-6])$")
_FOOTNOTE_MARK = re.compile(r"\s*(?:\[?\d{1,3}\]?|\[?[a-z]\]?|[*†‡§]{1,3}|\[\^[^\]]+\])\s*$")
_UNIT_BEFORE = re.compile(r"(?:\d|\b(?:m|km|cm|mm|ft))$")
_SITE_SUFFIX = re.compile(r"\s+(?:[|–—-]|::)\s+[^|–—]{2,40}$")
_DATE_META = (
    "dcterms.date",
    "dcterms.issued",
    "dc.date",
    "dc.date.issued",
    "article:published_time",
    "datepublished",
    "date",
)
_DATE_META_LAST = (
    "govuk:first-published-at",
    "govuk:public-updated-at",
    "pubdate",
    "publish-date",
    "og:published_time",
)
_TITLE_META = ("dcterms.title", "dc.title", "citation_title", "og:title")
_AUTHOR_META = ("dcterms.creator", "dc.creator", "author", "article:author")
_ADDRESS_META = ("og:url", "dcterms.identifier", "dc.identifier")


def read_html(text: str, content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    """Return the document of a decoded page: its main part where it marks one, else its body without the furniture."""
    tree = parse_html(text, source, limits)
    builder = PassageBuilder(content, source, "html", limits)
    for root in find_roots(tree):
        add_html(builder, root)
    return builder.finish(find_metadata(tree))


def parse_html(text: str, source: str, limits: ReadLimits) -> html.HtmlElement:
    """Return the tree of a page.

    Raises: UnreadableDocument: it holds no element, or elements nested deeper than `limits.max_depth`."""
    # The parser refuses a declared encoding in text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(source, f"it is no HTML that can be read ({error})", "save the page again") from error
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.max_depth:
            raise over_limit(source, "max_depth", f"an element nested {depth} deep", limits.max_depth)
    return tree


def add_html(builder: PassageBuilder, root: html.HtmlElement, *, trusted: bool = False) -> None:
    """Add what `root` holds; a `trusted` tree was made from text and has no furniture."""
    _HtmlReader(builder, trusted=trusted).read(root)


def find_metadata(tree: html.HtmlElement) -> Mapping[str, str]:
    """Return what the head of a page says of it, and the one <time> that its text has."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        meta.setdefault(name, (element.get("content") or "").strip())
    title = " ".join((tree.findtext(".//title") or "").split())
    times = {element.get("datetime", "").strip() for element in tree.iter("time")} - {""}
    canonical = [link.get("href", "") for link in tree.iter("link") if link.get("rel") == "canonical"]
    date = (
        _first(meta, (*_DATE_META, *_DATE_META_LAST))
        or _find_linked_date(tree)
        or (times.pop() if len(times) == 1 else "")
    )
    return {
        "title": _SITE_SUFFIX.sub("", title) or _first(meta, _TITLE_META),
        "date": date,
        "author": _first(meta, _AUTHOR_META),
        "status": _first(meta, ("status", "dcterms.status")),
        "address": (canonical[0] if canonical else "") or _first(meta, _ADDRESS_META),
    }


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _find_linked_date(tree: html.HtmlElement) -> str:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict) and isinstance(data.get("datePublished"), str):
            return str(data["datePublished"])
    return ""


class _HtmlReader:
    """Walks one tree; text that stands in no block of its own gathers in `_text` until the next block."""

    def __init__(self, builder: PassageBuilder, *, trusted: bool) -> None:
        self._builder = builder
        self._trusted = trusted
        self._text: list[str] = []
        self._lists: list[html.HtmlElement] = []
        self._label = ""  # of the list point that is open and has no text yet
        self._in_note = 0
        self._note_label = ""

    def read(self, root: html.HtmlElement) -> None:
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
        return is_unseen(element) or (not self._trusted and is_furniture(element))

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
            self._lists.append(element)
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
        self._label = _find_label(element, self._lists)
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
        rows = [row for row in _iter_rows(element) if len(row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th") and not is_unseen(cell)] for row in rows]
        if _is_layout(element, cells):
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
            header_rows=_count_header_rows(rows, cells),
        )

    def _find_cell(self, cell: html.HtmlElement) -> CellSpec:
        text = self._inline(cell)
        bold = cell.find(".//b") is not None or cell.find(".//strong") is not None
        return CellSpec(
            text,
            row_span=_span(cell, "rowspan"),
            column_span=_span(cell, "colspan"),
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


def _iter_rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the rows of `table` itself, head first and foot last, as they are shown."""
    for tag in ("thead", "tbody", "tfoot"):
        for child in table:
            if child.tag == tag:
                yield from child.iterchildren("tr")
            elif child.tag == "tr" and tag == "tbody":
                yield child


def _count_header_rows(rows: list[html.HtmlElement], cells: list[list[html.HtmlElement]]) -> int | None:
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


def _is_layout(table: html.HtmlElement, cells: list[list[html.HtmlElement]]) -> bool:
    """A table that only places things: it says so, is one cell wide, or holds headings or tables."""
    if table.get("role") in ("presentation", "none") or max(map(len, cells), default=0) <= 1:
        return True
    if table.find(".//th") is not None or table.find("caption") is not None:
        return False
    return any(table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3"))


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isdigit() and len(value) < 5 and int(value) else 1


def _find_label(item: html.HtmlElement, lists: list[html.HtmlElement]) -> str:
    if not lists or lists[-1].tag == "ul":
        return "•"
    parent = lists[-1]
    items = [child for child in parent if child.tag == "li"]
    start = parent.get("start", "1")
    number = int(start) if start.isdigit() and len(start) < 6 else 1
    number += items.index(item) if item in items else 0
    return f"{format_number(number, parent.get('type', '1'))}."


def format_number(number: int, style: str) -> str:
    """Return `number` as a list of type "1", "a", "A", "i" or "I" prints it."""
    if style in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if style == "A" else letters
    if style in ("i", "I") and 0 < number < 4000:
        roman = ""
        for value, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
            strict=True,
        ):
            times, number = divmod(number, value)
            roman += sign * times
        return roman.upper() if style == "I" else roman
    return str(number)

"""Word files, walked in the order of their XML: insertions kept, deletions, comments and hidden text left out."""

import re
from dataclasses import dataclass

from lxml import etree

from graph.errors import UnreadableDocument
from graph.model import ReadDocument
from ingest.readers.builder import CellSpec, PassageBuilder
from ingest.readers.docx_styles import Numbering, Style, W, is_on, read_numbering, read_styles
from ingest.readers.docx_tree import LEFT_OUT, get_property, iter_blocks, iter_cell_paragraphs, iter_tagged, merge_cells
from ingest.readers.limits import ReadLimits
from ingest.readers.marks import (
    ListLevels,
    is_bullet,
    is_capitals,
    is_caption,
    is_contents_heading,
    is_contents_line,
    is_heading_form,
    is_page_number,
    split_label,
)
from ingest.readers.package import Package, open_package
from ingest.readers.tables import add_table

_MAIN = "word/document.xml"
_BREAKS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
    f"{W}ptab": "\t",
}
_LONGEST_BOLD_HEADING = 100
_LONGEST_STYLED_HEADING = 250
_NOTE_MARK = "\ufdd0"  # no character: stands for a typed footnote mark that begins a paragraph
_MARK = re.compile(r"\s*(?:\d{1,2}|[*†‡§])\s*$")
_UNIT = re.compile(r"(?:\d|\b(?:m|km|cm|mm|ft))$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file has it: its text, style and numbering; `boxes` are text boxes anchored in it."""

    text: str
    style: Style
    number: tuple[str, int] | None
    bold: bool
    outline: int
    boxes: tuple[etree._Element, ...] = ()


def read_docx(content: bytes, source: str, limits: ReadLimits) -> ReadDocument:
    """Return the document in a Word file; it knows no pages, so passages carry none."""
    package = open_package(content, source, limits)
    root = package.read_xml(_MAIN)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadableDocument(source, "the file is damaged: it has no body", "open it in Word and save it again")
    builder = PassageBuilder(content, source, "docx", limits)
    reader = _DocxReader(builder, package)
    reader.read(body)
    for part, tag in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        reader.read_notes(package.read_xml(part), tag)
    return builder.finish(package.find_metadata())


class _DocxReader:
    def __init__(self, builder: PassageBuilder, package: Package) -> None:
        self._builder = builder
        self._styles = read_styles(package)
        self._numbering: Numbering = read_numbering(package)
        self._levels = ListLevels()
        self._depth = 0  # of the typed number that the open list stands under
        self._has_headings = False
        self._in_contents = False

    def read(self, body: etree._Element) -> None:
        blocks = list(iter_blocks(body))
        paragraphs = [self._find_paragraph(block) if block.tag == f"{W}p" else None for block in blocks]
        self._has_headings = any(p and p.text.strip() and _heading_level(p) for p in paragraphs)
        last = next((p for p in reversed(paragraphs) if p is None or p.text.strip()), None)
        for block, paragraph in zip(blocks, paragraphs, strict=True):
            if paragraph is None:
                self._add_table(block)
                continue
            self._add_paragraph(paragraph, is_last=paragraph is last)
            for box in paragraph.boxes:
                self._add_box(box)

    def read_notes(self, root: etree._Element | None, tag: str) -> None:
        for note in root.iter(f"{W}{tag}") if root is not None else ():
            if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            for block in iter_blocks(note):
                if block.tag == f"{W}p":
                    self._builder.note(self._find_paragraph(block).text, label=note.get(f"{W}id", ""))

    def _add_box(self, box: etree._Element) -> None:
        for block in iter_blocks(box):
            if block.tag == f"{W}p":
                self._add_paragraph(self._find_paragraph(block), is_last=False)
            else:
                self._add_table(block)

    def _find_paragraph(self, element: etree._Element) -> Paragraph:
        properties = element.find(f"{W}pPr")
        style = self._styles.find_style(get_property(properties, "pStyle"))
        pieces: list[str] = []
        weights: list[tuple[int, bool]] = []
        boxes: list[etree._Element] = []
        self._gather(element, style, pieces, weights, boxes)
        letters = sum(size for size, _ in weights)
        outline = get_property(properties, "outlineLvl")
        return Paragraph(
            text="".join(pieces),
            style=style,
            number=_find_number(properties, style),
            bold=letters > 0 and sum(size for size, bold in weights if bold) * 10 >= letters * 9,
            outline=int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0,
            boxes=tuple(boxes),
        )

    def _gather(
        self,
        element: etree._Element,
        style: Style,
        pieces: list[str],
        weights: list[tuple[int, bool]],
        boxes: list[etree._Element],
    ) -> None:
        for child in element:
            tag = child.tag
            if tag in LEFT_OUT or not isinstance(tag, str):
                continue
            if tag == f"{W}t":
                run = child.getparent()
                if _is_note_mark(run, child.text or "", pieces):
                    pieces.append(_NOTE_MARK if not "".join(pieces).strip() else "")
                    continue
                pieces.append(child.text or "")
                mark = run.find(f"{W}rPr/{W}b") if run is not None else None
                bold = is_on(mark) if mark is not None else style.bold
                bold = bold or (run is not None and is_on(run.find(f"{W}rPr/{W}u")))  # typists underline headings
                weights.append((len((child.text or "").strip()), bold))
            elif tag in _BREAKS:
                pieces.append(_BREAKS[tag] if child.get(f"{W}type") not in ("page", "column") else " ")
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{W}r" and is_on(child.find(f"{W}rPr/{W}vanish")):
                continue
            else:
                self._gather(child, style, pieces, weights, boxes)

    def _add_paragraph(self, paragraph: Paragraph, *, is_last: bool) -> None:
        if paragraph.text.lstrip().startswith(_NOTE_MARK):
            self._builder.note(paragraph.text.replace(_NOTE_MARK, ""))
            return
        text = paragraph.text.strip()
        if not text or paragraph.style.hidden or self._is_contents(paragraph, text):
            return
        level = _heading_level(paragraph) or (
            0 if self._has_headings or is_last else self._find_level_by_form(paragraph, text)
        )
        listed = paragraph.number or paragraph.style.list_kind
        if level:
            if paragraph.number:
                label = self._numbering.find_label(*paragraph.number)
                text = f"{label} {text}" if label and not is_bullet(label) else text
            self._clear()
            self._builder.heading(text, level)
        elif paragraph.style.name.lower() == "caption" or is_caption(text):
            self._builder.caption(text)
        elif listed:
            self._add_item(paragraph, text)
        else:
            self._add_text(text)

    def _is_contents(self, paragraph: Paragraph, text: str) -> bool:
        name = paragraph.style.name.lower()
        if name.startswith(("toc ", "table of figures", "header", "footer")) or is_contents_line(
            text.replace("\t", "....")
        ):
            return True
        return name == "toc heading" or is_contents_heading(text) or is_page_number(text)

    def _find_level_by_form(self, paragraph: Paragraph, text: str) -> int:
        """In a file without heading styles: short, no sentence, and in bold, capitals or with a typed number."""
        if "\n" in text or len(text) > _LONGEST_BOLD_HEADING or (paragraph.number and not paragraph.bold):
            return 0
        label = split_label(text)
        core = label[1] if label else text
        if (
            (label and is_bullet(label[0]))
            or not is_heading_form(core.rstrip(":") if paragraph.bold else core)
            or is_caption(text)
        ):
            return 0
        if is_capitals(core):
            return 1
        if paragraph.bold:
            return 2
        return 0

    def _add_item(self, paragraph: Paragraph, text: str) -> None:
        kind = paragraph.style.list_kind
        if paragraph.number:
            number_id, level = paragraph.number
            label = self._numbering.find_label(number_id, level)
            if kind and level == 0:
                level = kind[1] - 1
        else:
            label, level = ("•" if kind and kind[0] == "bullet" else ""), kind[1] - 1 if kind else 0
        self._builder.item(text, level + 1 + self._depth, label)

    def _add_text(self, text: str) -> None:
        """Lines parted by line breaks that begin with labels are points; a typed number makes a point too."""
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        labels = [split_label(line) for line in lines]
        if labels[0] is None and sum(label is not None for label in labels) < 2:
            self._clear()
            self._builder.paragraph(text)
            return
        for line, label in zip(lines, labels, strict=True):
            if label:
                level = self._levels.find_level(label[0], 0)
                self._builder.item(label[1], level, label[0])
                self._depth = level if label[1].rstrip().endswith(":") else 0
            else:
                self._builder.paragraph(line)

    def _clear(self) -> None:
        self._levels.clear()
        self._depth = 0

    def _add_table(self, table: etree._Element) -> None:
        self._clear()
        rows = list(iter_tagged(table, "tr"))
        cells = [list(iter_tagged(row, "tc")) for row in rows]
        if max(map(len, cells), default=0) <= 1:
            for cell in (cell for row in cells for cell in row):
                self._add_box(cell)
            return
        marked = 0
        for row in rows:
            if not is_on(row.find(f"{W}trPr/{W}tblHeader")):
                break
            marked += 1
        specs = merge_cells([[self._find_cell(cell) for cell in row] for row in cells], rows)
        add_table(self._builder, specs, header_rows=marked if 0 < marked < len(rows) else None)

    def _find_cell(self, cell: etree._Element) -> tuple[CellSpec, str]:
        """Return the cell and its part in a vertical merge: "restart", "continue" or "" where it has none."""
        lines: list[str] = []
        bold = True
        for block in iter_cell_paragraphs(cell):
            paragraph = self._find_paragraph(block)
            inner = [p for box in paragraph.boxes for p in (self._find_paragraph(b) for b in iter_cell_paragraphs(box))]
            for part in (paragraph, *inner):
                if part.text.strip() and not part.style.hidden:
                    lines += part.text.split("\n")
                    bold = bold and part.bold
        properties = cell.find(f"{W}tcPr")
        span = get_property(properties, "gridSpan")
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        part_in = "" if merge is None else merge.get(f"{W}val", "continue")
        spec = CellSpec(
            "\n".join(lines), column_span=int(span) if span.isdecimal() and int(span) else 1, bold=bold and bool(lines)
        )
        return spec, part_in


def _is_note_mark(run: etree._Element | None, text: str, before: list[str]) -> bool:
    """Return whether `text` is a footnote mark typed as a superscript; "m2" and "10 to the 6" are none."""
    if run is None or not _MARK.match(text):
        return False
    align = run.find(f"{W}rPr/{W}vertAlign")
    raised = align is not None and align.get(f"{W}val") == "superscript"
    return raised and _UNIT.search("".join(before[-3:])) is None


def _heading_level(paragraph: Paragraph) -> int:
    """Return the level that style or outline gives; a styled paragraph of prose is no heading."""
    return (paragraph.style.heading or paragraph.outline) if len(paragraph.text) <= _LONGEST_STYLED_HEADING else 0


def _find_number(properties: etree._Element | None, style: Style) -> tuple[str, int] | None:
    own = properties.find(f"{W}numPr") if properties is not None else None
    if own is None:
        return style.number
    number_id, level = get_property(own, "numId"), get_property(own, "ilvl")
    if number_id == "0":
        return None
    inherited = style.number or ("", 0)
    return (number_id or inherited[0], int(level) if level.isdecimal() else inherited[1])

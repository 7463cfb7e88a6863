"""A report as a Word document with real footnotes; the same report gives the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Paragraphs

from viz.report.footnotes import add_footnotes, add_reference, repeat_reference
from viz.report.model import (
    SHADES,
    Bullets,
    Heading,
    Line,
    Matrix,
    MatrixCell,
    Notes,
    Paragraph,
    Part,
    Report,
    Table,
    shade,
)

INK, SOFT = RGBColor(0x14, 0x30, 0x4D), RGBColor(0x52, 0x60, 0x6D)
# Files carry a time; a fixed one keeps the bytes the same. It is the first that a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
FONT = "Calibri"
FEW_ROWS, FEW_COLUMNS = 15, 9


def to_docx(report: Report) -> bytes:
    """Return the report as a Word file on A4 pages."""
    document = Document()
    _set_up(document, report)
    notes = Notes()
    document.add_paragraph(_clean(report.title), style="Title")
    document.add_paragraph(_clean(report.subtitle), style="Subtitle")
    for part in report.parts:
        _add_part(document, part, notes)
    _add_part(document, Heading("Documents"), notes)
    for source in report.sources:
        tail = ", ".join(word for word in (source.genre, source.published) if word)
        document.add_paragraph(_clean(f"{source.title}{f' ({tail})' if tail else ''}"), style="List Bullet")
    closing = document.add_paragraph(f"Made from data version {report.version}.")
    _dress(closing.runs, size=8.5, colour=SOFT)
    add_footnotes(document, tuple(notes.iter_texts()))
    buffer = io.BytesIO()
    document.save(buffer)
    return _repack(buffer.getvalue())


def _set_up(document: Any, report: Report) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(16)
    for name, size in (("Normal", 10), ("Title", 20), ("Subtitle", 11), ("Heading 1", 15), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = SOFT if name == "Subtitle" else INK
            style.font.italic = False
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(report.title)[:255], "strategy-graph", ""
    properties.subject = f"data version {report.version}"
    properties.created = properties.modified = datetime(*EPOCH)
    properties.last_modified_by, properties.language = "strategy-graph", "en-GB"


def _add_part(document: Any, part: Part, notes: Notes) -> None:
    match part:
        case Heading():
            heading = document.add_heading(_clean(part.text), level=part.level)
            heading.paragraph_format.page_break_before = part.on_new_page or None
        case Paragraph():
            paragraph = document.add_paragraph()
            _add_line(paragraph, part.line, notes)
            if part.quiet:
                paragraph.paragraph_format.keep_with_next = True  # what it explains
                _dress(paragraph.runs, size=9.5, colour=SOFT)
        case Bullets():
            for item in part.items:
                paragraph = document.add_paragraph(style="List Bullet")
                paragraph.paragraph_format.keep_together = True
                _add_line(paragraph, item, notes)
        case Table():
            _add_table(document, part, notes)
        case Matrix():
            _add_matrix(document, part)


def _add_line(paragraph: Any, line: Line, notes: Notes) -> None:
    for run in line:
        paragraph.add_run(_clean(run.text)).bold = run.strong or None
        for place, note in enumerate(run.notes):
            if place:
                paragraph.add_run(", ").font.superscript = True
            number, is_new = notes.add(note)
            add_reference(paragraph, number) if is_new else repeat_reference(paragraph, number)


def _add_table(document: Any, table: Table, notes: Notes) -> None:
    drawn = _new_table(document, 1 + len(table.rows), _widths(table.wide or (1,) * len(table.heads), 170))
    for cell, head in zip(drawn.rows[0].cells, table.heads, strict=True):
        _fill(cell, head, bold=True, fill="EEF2F6", size=9)
    _repeat_head(drawn.rows[0])
    for row, lines in zip(drawn.rows[1:], table.rows, strict=True):
        _keep_whole(row)
        for cell, line in zip(row.cells, lines, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            _add_line(paragraph, line, notes)
            _dress(paragraph.runs, size=9)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _add_matrix(document: Any, matrix: Matrix) -> None:
    caption = document.add_paragraph(_clean(matrix.caption))
    heading = caption._p.getprevious()
    if heading is not None and len(matrix.rows) > FEW_ROWS:
        Paragraphs(heading, caption._parent).paragraph_format.page_break_before = True  # so that it stands on one page
    caption.paragraph_format.keep_with_next = True
    _dress(caption.runs, size=9.5, colour=SOFT)
    across = len(matrix.columns)
    label = 70.0 if across <= FEW_COLUMNS else 50.0
    widths = [label, *[(170 - label) / max(across, 1)] * across]
    drawn = _new_table(document, 1, widths)
    head = drawn.rows[0]
    _repeat_head(head)
    head.height = Mm(34)
    for place, (cell, name) in enumerate(zip(head.cells, ("", *matrix.columns), strict=True)):
        _fill(cell, name, bold=place == matrix.own + 1, fill="EEF2F6", size=8)
        if place:
            _turn(cell)
    for group, rows in matrix.groups():
        row = drawn.add_row()
        merged = row.cells[0].merge(row.cells[-1])
        _fill(merged, group, bold=True, fill="F5F6F3", size=8.5)
        merged.paragraphs[0].paragraph_format.keep_with_next = True
        for item in rows:
            row = drawn.add_row()
            _keep_whole(row)
            _fill(row.cells[0], item.label, size=8)
            for place, (cell, value) in enumerate(zip(row.cells[1:], item.cells, strict=True)):
                _fill_value(cell, value, bold=place == matrix.own)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill_value(cell: Any, value: MatrixCell, *, bold: bool) -> None:
    if value.count is None:
        _fill(cell, "–", size=8, colour="52606D", fill="F0F0F0", centred=True)
        return
    fill, ink = SHADES[shade(value.share)]
    _fill(cell, str(value.count or ""), bold=bold, size=8, colour=ink, fill=fill, centred=True)


def _new_table(document: Any, rows: int, widths_mm: Sequence[float]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths_mm), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "D9DEE4")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    return table


def _fill(
    cell: Any, text: str, *, size: float, bold: bool = False, fill: str = "", colour: str = "", centred: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(text))
    run.bold = bold or None
    _dress([run], size=size, colour=RGBColor.from_string(colour) if colour else None)
    if fill:
        shading = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shading.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shading)


def _turn(cell: Any) -> None:
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "btLr")
    cell._tc.get_or_add_tcPr().append(direction)


def _repeat_head(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(weights: Sequence[int], total: float) -> list[float]:
    return [total * weight / sum(weights) for weight in weights]


def _dress(runs: Sequence[Any], *, size: float, colour: RGBColor | None = None) -> None:
    for run in runs:
        run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour


def _clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or ord(letter) >= 32)


def _repack(packed: bytes) -> bytes:
    """Return the file with a fixed time on every member, so that equal reports are equal files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return buffer.getvalue()

"""Make the binary documents of `corpus/documents` from the texts in `corpus/texts`: the same bytes on every run.

A text is Markdown with a head (`make`, `title`, `date`, `header`, `columns`). Blocks are parted by blank lines:
`#` headings, paragraphs, `-` bullets, `|` tables (`<br>` ends a line within a cell), `>` boxes whose first line is the
box's heading. In a slide deck `##` begins a slide and `Notes:` its speaker notes. `MADE_WITH` names the libraries whose
version shows in the bytes.

    python scripts/make_corpus.py [NAME ...]
"""

import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pptx
import yaml
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt as DocxPt
from docx.shared import RGBColor as DocxColour
from pptx.slide import Slide
from pptx.util import Inches
from pptx.util import Pt as SlidePt
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    KeepTogether,
    LongTable,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "corpus" / "texts"
DOCUMENTS = ROOT / "corpus" / "documents"
MADE_WITH = {"python-docx": "1.2.0", "python-pptx": "1.0.2", "reportlab": "5.1.0"}
INK = "1F3864"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 to 3), paragraph, list, table, box or notes; `lines` are its paragraphs, bullets or rows."""

    kind: str
    lines: tuple[str, ...]
    level: int = 0

    def rows(self) -> list[list[str]]:
        """Return the cells of a table, the header first, each with its line breaks."""
        cells = [
            [cell.strip().replace("<br>", "\n") for cell in line.strip().strip("|").split("|")] for line in self.lines
        ]
        return [row for row in cells if not all(set(cell) <= {"-", ":"} for cell in row)]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of `corpus/texts`: what its head says, and its blocks in order."""

    name: str
    make: str
    title: str
    date: datetime
    header: str
    columns: int
    blocks: tuple[Block, ...]


def read_text(path: Path) -> Text:
    """Return the text at `path`; a head without `make`, `title` or `date` is a KeyError."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    says = yaml.safe_load(head)
    date = datetime.fromisoformat(str(says["date"])).replace(tzinfo=UTC)
    blocks = tuple(block for part in body.split("\n\n") if part.strip() for block in iter_blocks(part.strip("\n")))
    return Text(path.stem, says["make"], says["title"], date, says.get("header", ""), says.get("columns", 1), blocks)


def iter_blocks(part: str) -> Iterator[Block]:
    """Yield the blocks of a stretch without blank lines: runs of lines of one kind."""
    for kind, run in groupby(part.split("\n"), key=find_kind):
        lines = tuple(run)
        if kind == "heading":
            yield from (Block(kind, (line.lstrip("# "),), len(line) - len(line.lstrip("#"))) for line in lines)
        elif kind in ("list", "box"):
            yield Block(kind, tuple(line[1:].strip() for line in lines))
        elif kind == "notes":
            yield Block(kind, tuple(line.removeprefix("Notes:").strip() for line in lines))
        else:
            yield Block(kind, lines)


def find_kind(line: str) -> str:
    """Return what a line belongs to, by its first characters."""
    starts = {"#": "heading", "-": "list", "|": "table", ">": "box"}
    return "notes" if line.startswith("Notes:") else starts.get(line[0], "paragraph")


def make_docx(text: Text) -> bytes:
    """Return the text as a Word document with real headings, lists and tables and a running header."""
    document = docx.Document()
    document.styles["Normal"].font.size = DocxPt(10.5)
    for block in text.blocks:
        if block.kind == "heading":
            document.add_heading(block.lines[0], level=block.level - 1)
        elif block.kind == "table":
            add_docx_table(document, block.rows())
        elif block.kind == "box":
            add_docx_box(document, block.lines)
        else:
            for line in block.lines:
                document.add_paragraph(line, style="List Bullet" if block.kind == "list" else None)
    document.sections[0].header.paragraphs[0].text = text.header
    set_properties(document.core_properties, text)
    packed = io.BytesIO()
    document.save(packed)
    return to_fixed_zip(packed.getvalue())


def add_docx_table(document: WordDocument, rows: list[list[str]]) -> None:
    """Add a ruled table whose first row is a repeated header row in bold."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row_number, row in enumerate(rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            first, *others = words.split("\n")
            run = cell.paragraphs[0].add_run(first)
            run.bold = row_number == 0
            run.font.size = DocxPt(9)
            for other in others:
                cell.add_paragraph().add_run(other).font.size = DocxPt(9)
    properties = table.rows[0]._tr.get_or_add_trPr()
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    properties.append(repeat)
    document.add_paragraph()


def add_docx_box(document: WordDocument, lines: tuple[str, ...]) -> None:
    """Add a box as Word users draw one: a table of one cell, its heading in colour."""
    cell = document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    heading = cell.paragraphs[0].add_run(lines[0])
    heading.bold = True
    heading.font.color.rgb = DocxColour.from_string(INK)
    for line in lines[1:]:
        cell.add_paragraph(line.removeprefix("- "), style="List Bullet" if line.startswith("- ") else None)
    document.add_paragraph()


def make_pptx(text: Text) -> bytes:
    """Return the text as slides: `#` makes the title slide, each `##` another; notes go to the speaker's notes."""
    deck = pptx.Presentation()
    slide: Any = None
    for block in text.blocks:
        if block.kind == "heading":
            slide = deck.slides.add_slide(deck.slide_layouts[0 if block.level == 1 else 1])
            slide.shapes.title.text_frame.text = block.lines[0]
        elif block.kind == "table":
            add_slide_table(slide, block.rows())
        elif block.kind == "notes":
            slide.notes_slide.notes_text_frame.text = "\n".join(block.lines)
        else:
            add_slide_lines(slide.placeholders[1].text_frame, block)
    for slide in deck.slides:
        if len(slide.placeholders) > 1 and not slide.placeholders[1].text_frame.text:
            slide.placeholders[1]._element.getparent().remove(slide.placeholders[1]._element)
    set_properties(deck.core_properties, text)
    packed = io.BytesIO()
    deck.save(packed)
    return to_fixed_zip(packed.getvalue())


def add_slide_lines(frame: Any, block: Block) -> None:
    """Add paragraphs or bullets to a slide's body; bullets below a lead-in line stand one level lower."""
    begun = bool(frame.text)
    for line in block.lines:
        paragraph = frame.add_paragraph() if frame.text else frame.paragraphs[0]
        paragraph.text = line
        paragraph.level = 1 if block.kind == "list" and begun else 0
        paragraph.font.size = SlidePt(20 if paragraph.level == 0 else 18)


def add_slide_table(slide: Slide, rows: list[list[str]]) -> None:
    """Add a table below the title of a slide."""
    left, top, width, height = Inches(0.5), Inches(1.6), Inches(9), Inches(0.4 * len(rows))
    table = slide.shapes.add_table(len(rows), len(rows[0]), left, top, width, height).table
    for row_number, row in enumerate(rows):
        for column, words in enumerate(row):
            cell = table.cell(row_number, column)
            cell.text_frame.text = words
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = SlidePt(13)


def set_properties(properties: Any, text: Text) -> None:
    """Fix what the file says of itself, times above all, to what the text's head says."""
    properties.title = text.title
    properties.author = "strategy-graph example corpus"
    properties.last_modified_by = properties.author
    properties.comments = "A restatement of public facts; not an official publication"
    properties.revision = 1
    properties.created = properties.modified = properties.last_printed = text.date.replace(tzinfo=None)


def to_fixed_zip(packed: bytes) -> bytes:
    """Return the archive with its members in their order, each dated 1 January 1980."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for member in source.infolist():
            dated = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            target.writestr(dated, source.read(member), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def pdf_styles() -> Mapping[str, ParagraphStyle]:
    """Return the paragraph styles of a PDF by name."""
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=12.5, spaceAfter=5, alignment=TA_LEFT)
    bold = {"fontName": "Helvetica-Bold", "keepWithNext": 1, "textColor": colors.HexColor("#" + INK), "parent": body}
    return {
        "body": body,
        "h1": ParagraphStyle("h1", **bold, fontSize=20, leading=24, spaceAfter=8),
        "h2": ParagraphStyle("h2", **bold, fontSize=13, leading=16, spaceBefore=8, spaceAfter=4),
        "h3": ParagraphStyle("h3", **bold, fontSize=10.5, leading=13, spaceBefore=4, spaceAfter=3),
        "list": ParagraphStyle("list", parent=body, leftIndent=11, bulletIndent=2, spaceAfter=3),
        "cell": ParagraphStyle("cell", parent=body, fontSize=8.5, leading=10.5, spaceAfter=0),
        "head": ParagraphStyle(
            "head", parent=body, fontName="Helvetica-Bold", fontSize=8.5, leading=10.5, spaceAfter=0
        ),
    }


def make_pdf(text: Text) -> bytes:
    """Return the text as a tagged-free PDF of A4 pages in one or two columns, with running header and page numbers.

    In two columns everything before the first `##` heading runs over the full width of the first page.
    """
    rl_config.pageCompression = 0
    packed = io.BytesIO()
    template = BaseDocTemplate(
        packed, pagesize=A4, title=text.title, author="strategy-graph example corpus", invariant=1
    )
    width, height = A4
    margin, gap, top, title_height = 18 * mm, 8 * mm, height - 24 * mm, 62 * mm
    column = (width - 2 * margin - (text.columns - 1) * gap) / text.columns
    lefts = [margin + number * (column + gap) for number in range(text.columns)]

    def frames(ceiling: float) -> list[Frame]:
        return [Frame(left, 20 * mm, column, ceiling - 20 * mm, 0, 0, 0, 0) for left in lefts]

    def furnish(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(margin, height - 14 * mm, text.header)
        canvas.drawRightString(width - margin, 11 * mm, f"Page {canvas.getPageNumber()}")

    first = [
        Frame(margin, top - title_height, width - 2 * margin, title_height, 0, 0, 0, 0),
        *frames(top - title_height),
    ]
    template.addPageTemplates(
        [
            PageTemplate("first", first if text.columns > 1 else frames(top), onPage=furnish),
            PageTemplate("later", frames(top), onPage=furnish),
        ]
    )
    template.build([NextPageTemplate("later"), *iter_flowables(text, column)])
    return packed.getvalue()


def iter_flowables(text: Text, width: float) -> Iterator[object]:
    """Yield what a PDF page is set from; in two columns the first `##` heading leaves the title's frame."""
    styles = pdf_styles()
    in_title = text.columns > 1
    for block in text.blocks:
        if in_title and block.kind == "heading" and block.level == 2:
            in_title = False
            yield FrameBreak()
        if block.kind == "heading":
            yield Paragraph(block.lines[0], styles[f"h{block.level}"])
        elif block.kind == "table":
            yield make_pdf_table(block.rows(), width, styles)
        elif block.kind == "box":
            yield make_pdf_box(block.lines, width, styles)
        else:
            bullet = "•" if block.kind == "list" else None
            yield from (
                Paragraph(line, styles[block.kind if bullet else "body"], bulletText=bullet) for line in block.lines
            )


def make_pdf_table(rows: list[list[str]], width: float, styles: Mapping[str, ParagraphStyle]) -> object:
    """Return a ruled table that may run over pages, its header row repeated; columns are as wide as their words ask."""
    weights = [max(6.0, sum(len(cell) for cell in column) ** 0.5) for column in zip(*rows, strict=True)]
    cells = [
        [Paragraph(cell.replace("\n", "<br/>"), styles["head" if number == 0 else "cell"]) for cell in row]
        for number, row in enumerate(rows)
    ]
    table = LongTable(cells, colWidths=[width * weight / sum(weights) for weight in weights], repeatRows=1)
    ruled = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table.setStyle(TableStyle([*ruled, ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#E8EDF5"))]))
    return table


def make_pdf_box(lines: tuple[str, ...], width: float, styles: Mapping[str, ParagraphStyle]) -> object:
    """Return a shaded box that is not parted over columns."""
    set_lines = [
        Paragraph(line[2:], styles["list"], bulletText="•")
        if line.startswith("- ")
        else Paragraph(line, styles["body"])
        for line in lines[1:]
    ]
    box = Table([[[Paragraph(lines[0], styles["h3"]), *set_lines]]], colWidths=[width])
    ink = colors.HexColor("#" + INK)
    box.setStyle(
        TableStyle([("BOX", (0, 0), (-1, -1), 1, ink), ("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#EEF3FA"))])
    )
    return KeepTogether([box, Spacer(1, 6)])


MAKERS: Mapping[str, Callable[[Text], bytes]] = {"docx": make_docx, "pptx": make_pptx, "pdf": make_pdf}


def main(names: list[str]) -> int:
    """Make the documents named, or all, and say which were written anew."""
    for path in sorted(TEXTS.glob("*.md")):
        text = read_text(path)
        if names and text.name not in names:
            continue
        target = DOCUMENTS / f"{text.name}.{text.make}"
        made = MAKERS[text.make](text)
        if not target.exists() or target.read_bytes() != made:
            target.write_bytes(made)
            print(f"wrote {target.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

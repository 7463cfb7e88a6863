"""A report as a workbook: its sentences, its matrix with colours, its tables and its notes, a sheet each."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import xlsxwriter

from viz.report.model import (
    SHADES,
    UNKNOWN,
    Bullets,
    Heading,
    Line,
    Matrix,
    Notes,
    Paragraph,
    Report,
    Table,
)

LONGEST_NAME = 31  # of a sheet
EPOCH = datetime(1980, 1, 1)
_WIDTH = 150.0  # of all columns of a table, in characters


def to_xlsx(report: Report) -> bytes:
    """Return the report as a workbook; text stays text, whatever it begins with."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report.title, "author": "strategy-graph", "created": EPOCH})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#14304D"}),
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F6", "text_wrap": True, "valign": "top", "border": 1}),
        "group": book.add_format({"bold": True, "bg_color": "#F5F6F3"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "strong": book.add_format({"text_wrap": True, "valign": "top", "bold": True}),
        "quiet": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#52606D"}),
        "turned": book.add_format({"bold": True, "rotation": 90, "bg_color": "#EEF2F6", "align": "center"}),
        "number": book.add_format({"align": "center"}),
        "share": book.add_format({"align": "center", "num_format": "0%"}),
        "none": book.add_format({"align": "center", "font_color": "#52606D", "bg_color": "#F0F0F0"}),
    }
    notes = Notes()
    _write_summary(book, styles, report, notes)
    for name, part in _named(report):
        sheet = book.add_worksheet(name)
        if isinstance(part, Matrix):
            _write_matrix(sheet, styles, part)
        else:
            _write_table(sheet, styles, part, notes)
    _write_notes(book, styles, notes)
    _write_sources(book, styles, report)
    book.close()
    return buffer.getvalue()


def _named(report: Report) -> Iterator[tuple[str, Matrix | Table]]:
    """Yield each table with the name of its sheet, which no other has."""
    taken = {"summary", "notes", "documents"}
    for part in report.parts:
        if isinstance(part, Matrix | Table):
            base = "".join(letter for letter in part.name if letter not in "[]:*?/\\'")[: LONGEST_NAME - 3]
            name = next(
                each for each in (base, *(f"{base} {turn}" for turn in range(2, 99))) if each.lower() not in taken
            )
            taken.add(name.lower())
            yield name, part


def _write_summary(book: Any, styles: dict[str, Any], report: Report, notes: Notes) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 120)
    sheet.write_string(0, 0, report.title, styles["title"])
    sheet.write_string(1, 0, report.subtitle, styles["quiet"])
    at = 3
    for part in report.parts:
        match part:
            case Heading():
                sheet.write_string(at, 0, part.text, styles["strong"])
            case Paragraph():
                sheet.write_string(at, 0, _line(part.line, notes), styles["quiet" if part.quiet else "text"])
            case Bullets():
                for item in part.items:
                    sheet.write_string(at, 0, f"• {_line(item, notes)}", styles["text"])
                    at += 1
                continue
            case _:
                sheet.write_string(at, 0, f"See the sheet “{part.name}”.", styles["quiet"])
        at += 1
    sheet.write_string(at + 1, 0, f"Made from data version {report.version}.", styles["quiet"])


def _write_matrix(sheet: Any, styles: dict[str, Any], matrix: Matrix) -> None:
    across = len(matrix.columns)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, across, 7)
    sheet.set_column(across + 1, across + 1, 3)
    sheet.set_row(2, 150)
    sheet.set_column(across + 2, 2 * across + 1, 7)
    sheet.write_string(0, 0, matrix.caption, styles["quiet"])
    sheet.write_string(1, 1, "number of propositions", styles["quiet"])
    sheet.write_string(1, across + 2, "share of the strategy's propositions", styles["quiet"])
    for place, name in enumerate(matrix.columns):
        sheet.write_string(2, place + 1, name, styles["turned"])
        sheet.write_string(2, place + across + 2, name, styles["turned"])
    at = 3
    for group, rows in matrix.groups():
        sheet.write_string(at, 0, group, styles["group"])
        at += 1
        for row in rows:
            sheet.write_string(at, 0, row.label, styles["text"])
            for place, cell in enumerate(row.cells):
                if cell.count is None:
                    sheet.write_string(at, place + 1, UNKNOWN, styles["none"])
                    sheet.write_string(at, place + across + 2, UNKNOWN, styles["none"])
                else:
                    sheet.write_number(at, place + 1, cell.count, styles["number"])
                    sheet.write_number(at, place + across + 2, round(cell.share, 4), styles["share"])
            at += 1
    if at > 3 and across:
        scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": f"#{SHADES[4][0]}"}
        sheet.conditional_format(3, 1, at - 1, across, scale)
        sheet.conditional_format(3, across + 2, at - 1, 2 * across + 1, scale)
    sheet.freeze_panes(3, 1)


def _write_table(sheet: Any, styles: dict[str, Any], table: Table, notes: Notes) -> None:
    weights = table.wide or (1,) * len(table.heads)
    for place, (head, weight) in enumerate(zip(table.heads, weights, strict=True)):
        sheet.set_column(place, place, _WIDTH * weight / sum(weights))
        sheet.write_string(0, place, head, styles["head"])
    for at, row in enumerate(table.rows, start=1):
        for place, line in enumerate(row):
            _write_cell(sheet, at, place, line, styles["text"], notes)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _write_cell(sheet: Any, at: int, place: int, line: Line, style: Any, notes: Notes) -> None:
    text = _line(line, notes)
    if text.isascii() and text.isdigit():
        sheet.write_number(at, place, int(text), style)
    else:
        sheet.write_string(at, place, text, style)


def _write_notes(book: Any, styles: dict[str, Any], notes: Notes) -> None:
    sheet = book.add_worksheet("Notes")
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 60)
    for place, head in enumerate(("note", "words", "document and place")):
        sheet.write_string(0, place, head, styles["head"])
    for number, quote, source in notes.iter_texts():
        sheet.write_number(number, 0, number, styles["text"])
        sheet.write_string(number, 1, quote, styles["text"])
        sheet.write_string(number, 2, source, styles["quiet"])
    sheet.freeze_panes(1, 0)


def _write_sources(book: Any, styles: dict[str, Any], report: Report) -> None:
    sheet = book.add_worksheet("Documents")
    sheet.set_column(0, 0, 90)
    sheet.set_column(1, 3, 24)
    for place, head in enumerate(("title", "genre", "published", "id")):
        sheet.write_string(0, place, head, styles["head"])
    for at, item in enumerate(report.sources, start=1):
        for place, value in enumerate((item.title, item.genre, item.published, item.id)):
            sheet.write_string(at, place, value, styles["text"])


def _line(line: Line, notes: Notes) -> str:
    """Return a line with the numbers of its notes in brackets."""
    pieces = []
    for run in line:
        numbers = ", ".join(str(notes.add(note)[0]) for note in run.notes)
        pieces.append(f"{run.text} [{numbers}]" if numbers else run.text)
    return "".join(pieces)

"""A report as a workbook: its sentences, its matrix with colours, its tables and its notes, a sheet each."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
    Part,
    Records,
    Report,
    Table,
    plain,
)

A4 = 9  # its number among the sizes of paper
LONGEST_NAME = 31  # of a sheet
EPOCH = datetime(1980, 1, 1)
SUMMARY_WIDTH = 120.0
LINE, TALLEST = 15.0, 400.0  # of a row, in points
_WIDTH = 150.0  # of all columns of a table, in characters


def to_xlsx(report: Report) -> bytes:
    """Return the report as a workbook; text stays text, whatever it begins with."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": report.title, "author": "strategy-graph", "created": EPOCH})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#14304D"}),
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F6", "text_wrap": True, "valign": "top", "border": 1}),
        "group": book.add_format({"bold": True, "bg_color": "#F5F6F3"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "strong": book.add_format({"text_wrap": True, "valign": "top", "bold": True}),
        "quiet": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#52606D"}),
        "aside": book.add_format({"font_color": "#52606D"}),
        "turned": book.add_format(
            {"bold": True, "rotation": 90, "bg_color": "#EEF2F6", "align": "center", "text_wrap": True}
        ),
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
    for records in report.records:
        _write_records(book.add_worksheet(records.name), styles, records)
    _write_notes(book, styles, notes)
    _write_sources(book, styles, report)
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _named(report: Report) -> Iterator[tuple[str, Matrix | Table]]:
    """Yield each table with the name of its sheet, which no other has; the parts of one table come as one."""
    taken = {"summary", "notes", "documents", *(records.name.lower() for records in report.records)}
    for part in _joined(report.parts):
        base = "".join(letter for letter in part.name if letter not in "[]:*?/\\'")[: LONGEST_NAME - 3]
        names = (base, *(f"{base} {turn}" for turn in range(2, 99)))
        name = next(each for each in names if each.lower() not in taken)
        taken.add(name.lower())
        yield name, part


def _joined(parts: Sequence[Part]) -> list[Matrix | Table]:
    """Return the tables, those that have a group with it as a first column, and with those of their name as one."""
    found: list[Matrix | Table] = []
    for part in parts:
        if isinstance(part, Matrix):
            found.append(part)
        if not isinstance(part, Table):
            continue
        if not part.group:
            found.append(part)
            continue
        rows = tuple((plain(part.group), *row) for row in part.rows)
        last = found[-1] if found else None
        if isinstance(last, Table) and last.name == part.name and last.heads[1:] == part.heads:
            found[-1] = replace(last, rows=(*last.rows, *rows))
        else:
            wide = (max(part.wide or (1,)) // 2 or 1, *(part.wide or (1,) * len(part.heads)))
            found.append(Table(part.name, ("of", *part.heads), rows, wide))
    return found


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row in which every text fits its column; no program works it out for a file it opens."""
    lines = max((math.ceil(len(text) * 1.1 / width) or 1 for text, width in zip(texts, widths, strict=True)), default=1)
    return min(LINE * lines, TALLEST)


def _write_summary(book: Any, styles: dict[str, Any], report: Report, notes: Notes) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, SUMMARY_WIDTH)
    sheet.write_string(0, 0, report.title, styles["title"])
    sheet.write_string(1, 0, report.subtitle, styles["quiet"])
    lines = [line for part in report.parts for line in _summary_lines(part, notes)]
    lines = [line for place, line in enumerate(lines) if not place or line != lines[place - 1]]
    for at, (style, text) in enumerate(lines, start=3):
        sheet.set_row(at, _height([text], [SUMMARY_WIDTH]))
        sheet.write_string(at, 0, text, styles[style])
    sheet.write_string(len(lines) + 4, 0, f"Made from data version {report.version}.", styles["quiet"])


def _summary_lines(part: Part, notes: Notes) -> list[tuple[str, str]]:
    """Return the style and words of each line that a part has on the first sheet."""
    match part:
        case Heading():
            return [("strong", part.text)] if part.level == 1 else []
        case Paragraph():
            return [("quiet" if part.quiet else "text", _line(part.line, notes))]
        case Bullets():
            return [("text", f"• {_line(item, notes)}") for item in part.items]
        case _:
            return [("quiet", f"See the sheet “{part.name}”.")]


def _write_matrix(sheet: Any, styles: dict[str, Any], matrix: Matrix) -> None:
    across = len(matrix.columns)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, across, 8)
    sheet.set_column(across + 1, across + 1, 3)
    sheet.set_row(2, 150)
    sheet.set_column(across + 2, 2 * across + 1, 8)
    sheet.write_string(0, 0, matrix.caption, styles["aside"])
    sheet.write_string(1, 1, "number of propositions", styles["aside"])
    sheet.write_string(1, across + 2, "share of the column's propositions", styles["aside"])
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
    widths = [_WIDTH * weight / sum(weights) for weight in weights]
    for at, row in enumerate(table.rows, start=1):
        texts = [_line(line, notes) for line in row]
        sheet.set_row(at, _height(texts, widths))
        for place, text in enumerate(texts):
            _write_cell(sheet, at, place, text, styles["text"])
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _write_records(sheet: Any, styles: dict[str, Any], records: Records) -> None:
    for place, (head, width) in enumerate(zip(records.heads, records.wide, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, styles["head"])
    for at, row in enumerate(records.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, place, value, styles["text"])
            else:
                sheet.write_string(at, place, value, styles["text"])
    sheet.freeze_panes(1, 0)
    if records.rows:
        sheet.autofilter(0, 0, len(records.rows), len(records.heads) - 1)


def _write_cell(sheet: Any, at: int, place: int, text: str, style: Any) -> None:
    if text.isascii() and text.replace(".", "", 1).isdigit():
        sheet.write_number(at, place, float(text), style)
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
        sheet.set_row(number, _height([quote, source], [100, 60]))
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

"""A report as one HTML file that stands alone: no script, nothing fetched, the matrix as a drawing and as a table."""

from dataclasses import dataclass

from viz.rendering import render
from viz.report.model import SHADES, Bullets, Heading, Line, Matrix, Notes, Paragraph, Part, Report, Run, Table, shade

LABEL, CELL, ROW, TOP, LEAN = 310, 46, 22, 165, 90  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line with the numbers of its notes."""

    text: str
    strong: bool
    numbers: tuple[tuple[int, bool], ...]  # and whether it is met for the first time


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the drawing; `turned` ones run upwards."""

    x: float
    y: float
    text: str
    strong: bool = False
    turned: bool = False
    number: bool = False
    ink: str = "16202C"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled cell of the drawing."""

    x: float
    y: float
    fill: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The matrix as boxes and words."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the report ready to draw: exactly one of its fields beside `kind` is used."""

    kind: str
    heading: Heading | None = None
    lines: tuple[tuple[Piece, ...], ...] = ()
    quiet: bool = False
    table: Table | None = None
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    matrix: Matrix | None = None
    drawing: Drawing | None = None


def to_html(report: Report) -> str:
    """Return the report as a page; notes stand at its end and lead back to where they are used."""
    notes = Notes()
    parts = tuple(_show(part, notes) for part in report.parts)
    return render("report.html", report=report, parts=parts, notes=tuple(notes.iter_texts()))


def _show(part: Part, notes: Notes) -> Shown:
    match part:
        case Heading():
            return Shown("heading", heading=part)
        case Paragraph():
            return Shown("paragraph", lines=(_pieces(part.line, notes),), quiet=part.quiet)
        case Bullets():
            return Shown("bullets", lines=tuple(_pieces(item, notes) for item in part.items))
        case Table():
            rows = tuple(tuple(_pieces(line, notes) for line in row) for row in part.rows)
            return Shown("table", table=part, rows=rows)
        case Matrix():
            return Shown("matrix", matrix=part, drawing=draw_matrix(part))


def _pieces(line: Line, notes: Notes) -> tuple[Piece, ...]:
    return tuple(_piece(run, notes) for run in line)


def _piece(run: Run, notes: Notes) -> Piece:
    return Piece(run.text, run.strong, tuple(notes.add(note) for note in run.notes))


def draw_matrix(matrix: Matrix) -> Drawing:
    """Return the matrix as a drawing: a box a cell, the darker the larger its share, a dash where nothing was read."""
    boxes, marks = [], []
    for place, name in enumerate(matrix.columns):
        x = LABEL + CELL * place + CELL / 2 + 4
        marks.append(Mark(x, TOP - 8, _clip(name, 26), strong=place == matrix.own, turned=True))
    y = float(TOP)
    for group, rows in matrix.groups():
        marks.append(Mark(0, y + ROW - 6, group, strong=True))
        y += ROW
        for row in rows:
            marks.append(Mark(10, y + ROW - 7, _clip(row.label, 42)))
            for place, cell in enumerate(row.cells):
                fill, ink = ("F0F0F0", "52606D") if cell.count is None else SHADES[shade(cell.share)]
                x = LABEL + CELL * place
                said = "no document" if cell.count is None else f"{cell.count}, {cell.share:.0%}"
                boxes.append(Box(x, y, fill, f"{row.label}, {matrix.columns[place]}: {said}"))
                text = "–" if cell.count is None else str(cell.count or "")
                if text:
                    own = place == matrix.own
                    marks.append(Mark(x + CELL / 2, y + ROW - 7, text, strong=own, number=True, ink=ink))
            y += ROW
    return Drawing(LABEL + CELL * len(matrix.columns) + LEAN, y + 4, tuple(boxes), tuple(marks))


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"

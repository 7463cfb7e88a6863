"""A report before it takes a format: headings, sentences, tables, a matrix, and notes that quote the evidence.

Every format draws the same parts in the same order, so what one of them says the others say too. Notes are numbered in
the order in which a reader meets them, from 1; the same quote of the same place keeps its number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_QUOTE = 320


@dataclass(frozen=True, slots=True)
class Note:
    """Evidence under a sentence: the quoted words, the document and where in it they stand."""

    quote: str
    document_id: str
    title: str
    place: str = ""  # "page 3" or a heading; empty where a document has neither
    published: str = ""
    passage_id: str = ""

    @property
    def source(self) -> str:
        """Return where the words stand, for a person."""
        return ", ".join(part for part in (self.title, self.place, self.published) if part)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence; its notes follow it."""

    text: str
    strong: bool = False
    notes: tuple[Note, ...] = ()


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the report, level 1 or 2; `on_new_page` where the format has pages."""

    text: str
    level: int = 1
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quiet` ones say how something is meant or computed."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of sentences; `name` is short enough for the tab of a sheet, `wide` weighs the columns' widths.

    Tables of one name with the same heads are parts of one, told apart by `group`; a workbook puts them on one sheet.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    wide: tuple[int, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How much of a column has something in a row: `count` is None where the column has no document."""

    count: int | None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the matrix; rows of the same `group` stand together."""

    group: str
    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by columns, drawn as a chart: the darker a cell, the larger the share; the column `own` is set apart."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    own: int = 0

    def groups(self) -> tuple[tuple[str, tuple[MatrixRow, ...]], ...]:
        """Return the rows by group, in the order given."""
        names = dict.fromkeys(row.group for row in self.rows)
        return tuple((name, tuple(row for row in self.rows if row.group == name)) for name in names)


@dataclass(frozen=True, slots=True)
class Records:
    """A table for a workbook alone: too long to read, there to be filtered; cells are texts or whole numbers."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    wide: tuple[int, ...]


Part = Heading | Paragraph | Bullets | Table | Matrix


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the answer was read from."""

    id: str
    title: str
    genre: str
    published: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; `version` names the state of the data it was made from."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    version: str
    records: tuple[Records, ...] = ()


def plain(text: str) -> Line:
    """Return a line without emphasis or notes."""
    return (Run(text),)


def text_of(line: Line) -> str:
    """Return the words of a line."""
    return "".join(run.text for run in line)


def shorten(quote: str, *, longest: int = LONGEST_QUOTE) -> str:
    """Return a quote on one line, cut between words where it is longer than `longest` characters."""
    words = " ".join(quote.split())
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"


class Notes:
    """Numbers the notes of one report as a format meets them; the same note keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[Note, int] = {}

    def add(self, note: Note) -> tuple[int, bool]:
        """Return the number of a note, and whether it is met for the first time."""
        is_new = note not in self._numbers
        return self._numbers.setdefault(note, len(self._numbers) + 1), is_new

    def iter_texts(self) -> Iterator[tuple[int, str, str]]:
        """Yield number, quote and source of each note."""
        for note, number in self._numbers.items():
            yield number, shorten(note.quote), f"{note.source}."


def shade(share: float) -> int:
    """Return a step of darkness for a share, 0 (nothing) to 5; steps are wide where shares are large."""
    if share <= 0:
        return 0
    return next((step for step, bound in enumerate((0.05, 0.12, 0.25, 0.5), start=1) if share <= bound), 5)


# Background and ink of each step; every pair keeps a contrast above 4.5.
SHADES = (
    ("FFFFFF", "52606D"),
    ("E3EDF7", "16202C"),
    ("C3DAEE", "16202C"),
    ("8FBBDF", "16202C"),
    ("336F9F", "FFFFFF"),
    ("14518F", "FFFFFF"),
)
UNKNOWN = "no document"

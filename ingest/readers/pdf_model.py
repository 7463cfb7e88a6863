"""The values that flow through the PDF reader: upright page coordinates, x to the right and y down, in points."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Area = tuple[float, float, float, float]  # x0, y0, x1, y1
RULE = 3.0  # a shape no thicker than this is a line


def cover(areas: Sequence[Area]) -> Area:
    """Return the smallest area that holds all of `areas`."""
    left, low, right, high = areas[0]
    for x0, y0, x1, y1 in areas:
        left, low = (x0 if x0 < left else left), (y0 if y0 < low else low)
        right, high = (x1 if x1 > right else right), (y1 if y1 > high else high)
    return (left, low, right, high)


@dataclass(slots=True)
class Run:
    """Text on one baseline without a wide gap: the unit of layout.

    `mark` is a raised number at its beginning, a footnote's; `symbol` says that it begins in a symbol font.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    text: str
    size: float
    weight: int = 400  # of its first letter's font, 100 to 900
    weight_end: int = 400
    colour: int = 0
    symbol: bool = False
    mark: str = ""


class Shape(NamedTuple):
    """A filled or framed rectangle, or a line."""

    x0: float
    top: float
    x1: float
    bottom: float
    filled: bool = False


@dataclass(slots=True)
class PageContent:
    """What a page shows; `sideways` is text that does not run as most of the page does."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    images: int = 0


@dataclass(slots=True)
class Line:
    """A line of print: `label` its bullet or number, which begins at `label_x`; the words begin at `x0`."""

    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    text: str
    size: float
    bold: bool
    bold_start: bool
    colour: int
    label: str = ""
    label_x: float = 0.0
    mark: str = ""
    gaps: int = 0  # wide gaps inside the line
    tail: str = ""  # what stands behind the last wide gap

    @property
    def start(self) -> float:
        """Where the line begins, its label included."""
        return self.label_x if self.label else self.x0


@dataclass(slots=True)
class TableCell:
    """A cell of a ruled table: row and column from 0, its lines in reading order."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Area
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A ruled table on one page: `columns` holds the left edges."""

    area: Area
    rows: int
    columns: tuple[float, ...]
    cells: list[TableCell]


@dataclass(slots=True)
class Box:
    """A tinted or framed area that is read whole."""

    area: Area
    lines: list[Line] = field(default_factory=list)
    boxes: list["Box"] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """Lines of one column from top to bottom, or a table. `box` is 0 for the page itself, else counts its boxes."""

    page: int
    box: int
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None

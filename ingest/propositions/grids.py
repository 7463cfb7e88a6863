"""A document's tables as grids of passages, and the role of each column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Cell, Passage
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import Span

_LINE = re.compile(r"[^\s•–-][^\n]*")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: passages by (row, column) with spans unfolded, and the heading over each column."""

    cells: Mapping[tuple[int, int], Passage]
    rows: int
    columns: int
    headings: Mapping[int, str]

    @property
    def ordinals(self) -> frozenset[int]:
        """The ordinals of all passages of the table."""
        return frozenset(passage.ordinal for passage in self.cells.values())

    def row(self, number: int) -> list[tuple[int, Passage]]:
        """Return (column, passage) of one row, a merged cell once."""
        found: dict[int, tuple[int, Passage]] = {}
        for column in range(1, self.columns + 1):
            passage = self.cells.get((number, column))
            if passage is not None:
                found.setdefault(passage.ordinal, (column, passage))
        return list(found.values())


def read_grids(passages: Sequence[Passage]) -> list[Grid]:
    """Return the tables of a document in order."""
    by_table: dict[int, list[tuple[Cell, Passage]]] = {}
    for passage in passages:
        if passage.cell:
            by_table.setdefault(passage.cell.table, []).append((passage.cell, passage))
    return [_grid(members) for _, members in sorted(by_table.items())]


def _grid(members: Sequence[tuple[Cell, Passage]]) -> Grid:
    cells: dict[tuple[int, int], Passage] = {}
    headings: dict[int, str] = {}
    for cell, passage in members:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                cells.setdefault((row, column), passage)
        if cell.is_header and cell.row == 1:
            headings[cell.column] = passage.text
    for cell, _ in members:
        if cell.header and not cell.is_header and cell.column_span == 1:
            headings[cell.column] = cell.header
    return Grid(cells, max(row for row, _ in cells), max(column for _, column in cells), headings)


def find_roles(grid: Grid, rules: PropositionRules) -> dict[int, str]:
    """Return the role of each column whose heading fits one; only parties and places may have several columns."""
    roles: dict[int, str] = {}
    for role, pattern in rules.roles.items():
        for column, heading in sorted(grid.headings.items()):
            is_free = role in ("partners", "place") or role not in roles.values()
            if column not in roles and is_free and pattern.search(heading.strip()):
                roles[column] = role
    return roles


def iter_lines(passage: Passage, *, least: int) -> Iterator[Span]:
    """Yield the lines of a cell that have `least` words or more, without the marks that they begin with."""
    for line in _LINE.finditer(passage.text):
        if len(line.group().split()) >= least:
            yield Span(passage.ordinal, line.start(), line.end())


def is_header_row(row: Sequence[tuple[int, Passage]]) -> bool:
    """Say whether all cells of a row are headings."""
    return bool(row) and all(passage.cell is not None and passage.cell.is_header for _, passage in row)

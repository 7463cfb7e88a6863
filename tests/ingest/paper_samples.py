"""Short papers written as lines of text, and what the project reads in them.

A line's first characters say what it is: `# ` and `## ` headings, `- ` and `-- ` points, `| a | b` a row of a table, of
which the first is the heading; `^` in a cell continues the cell above, `<` the cell to its left. Anything else is a
paragraph. `/` with a space on both sides breaks the line within a cell.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Cell, Document, Entity, GraphBatch, Passage, PassageKind, ReadDocument
from ingest.language import build_language
from ingest.names import NameFinder
from ingest.pipeline import Extractor
from ingest.propositions import Draft, Note, Reading, find_propositions
from ingest.registers import Registers, load_registers


def make_read(lines: Sequence[str], *, title: str = "", source: str = "paper-2019.txt") -> ReadDocument:
    passages: list[Passage] = []
    path: list[str] = []
    table: list[str] = []
    tables = 0

    def close() -> None:
        nonlocal tables
        if table:
            tables += 1
            passages.extend(_cells(table, tables, len(passages), tuple(path)))
            table.clear()

    for line in lines:
        if line.startswith("|"):
            table.append(line)
            continue
        close()
        marks, _, rest = line.partition(" ")
        kind, level, text = PassageKind.PARAGRAPH, 0, line
        if marks and set(marks) <= {"#"}:
            kind, level, text = PassageKind.HEADING, len(marks), rest
            path[level - 1 :] = [rest]
        elif marks and set(marks) <= {"-"}:
            kind, level, text = PassageKind.ITEM, len(marks), rest
        number = len(passages)
        passages.append(Passage(f"p{number}", "doc:1", number, text, kind, path=tuple(path), level=level))
    close()
    return ReadDocument(Document("doc:1", title, source, "0", "text"), tuple(passages))


def _cells(rows: Sequence[str], table: int, first: int, path: tuple[str, ...]) -> list[Passage]:
    cells: dict[tuple[int, int], tuple[str, Cell]] = {}
    heads = [text.strip() for text in rows[0].strip("| ").split(" | ")]
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(rows, 1):
        for column, raw in enumerate(line.removeprefix("|").removesuffix("|").split(" | "), 1):
            text = raw.strip()
            if text in ("^", "<"):
                above = origin[(row - 1, column) if text == "^" else (row, column - 1)]
                words, cell = cells[above]
                down, across = row - cell.row + 1, column - cell.column + 1
                grown = dataclasses.replace(
                    cell, row_span=max(cell.row_span, down), column_span=max(cell.column_span, across)
                )
                cells[above], origin[row, column] = (words, grown), above
                continue
            header = heads[column - 1] if row > 1 and column <= len(heads) else ""
            origin[row, column] = (row, column)
            if text or row == 1:
                cell = Cell(table, row, column, header, is_header=row == 1)
                cells[row, column] = (text.replace(" / ", "\n"), cell)
    return [
        Passage(f"p{number}", "doc:1", number, text, PassageKind.CELL, path=path, cell=cell)
        for number, (text, cell) in enumerate((cells[place] for place in sorted(cells)), first)
    ]


@dataclass(frozen=True)
class Paper:
    """What is read in a few lines: drafts and notes, and the batch where relations are asked for."""

    read: ReadDocument
    reading: Reading
    drafts: Sequence[Draft]
    notes: Sequence[Note]
    extractor: Extractor

    @property
    def whats(self) -> list[str]:
        return [self.reading.text(draft.what) for draft in self.drafts]

    @property
    def names(self) -> list[str]:
        return [self.reading.text(draft.name) for draft in self.drafts if draft.name]

    @property
    def rules(self) -> list[str]:
        return [draft.rule for draft in self.drafts]

    @property
    def statuses(self) -> list[str]:
        return [str(draft.status) for draft in self.drafts]

    @property
    def actors(self) -> list[list[str]]:
        return [[self.reading.text(span).strip() for span in draft.actors] for draft in self.drafts]

    @property
    def reasons(self) -> list[str]:
        return [note.reason for note in self.notes]

    def part(self, role: str) -> list[list[str]]:
        return [[self.reading.text(span) for span in draft.parts.get(role, ())] for draft in self.drafts]

    @cached_property
    def batch(self) -> GraphBatch:
        return self.extractor.extract(self.read)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.batch.entities}

    @property
    def propositions(self) -> list[Entity]:
        return [entity for entity in self.batch.entities if entity.type == "Proposition"]

    def edges(self, *types: str) -> set[tuple[str, str]]:
        """Return (type, name of the end that is no proposition) of the propositions' relations."""
        found = set()
        for relation in self.batch.relations:
            ends = [self.entities[end] for end in (relation.source_id, relation.target_id)]
            others = [end.name for end in ends if end.type != "Proposition"]
            if len(others) == 1 and (not types or relation.type in types):
                found.add((relation.type, others[0]))
        return found

    @property
    def links(self) -> set[tuple[str, str, str]]:
        """Relations between names: (source, type, target)."""
        found = set()
        for relation in self.batch.relations:
            source, target = self.entities[relation.source_id], self.entities[relation.target_id]
            if "Proposition" not in (source.type, target.type):
                found.add((source.name, relation.type, target.name))
        return found


class Desk:
    """Builds what reading needs once, then reads any number of papers."""

    def __init__(self) -> None:
        self.registers: Registers = load_registers()
        self.extractor = Extractor(self.registers)
        self._language = build_language(self.registers)
        self._finder = NameFinder(self.registers)

    def __call__(
        self,
        *lines: str,
        genre: str = "",
        title: str = "",
        owners: Sequence[str] = ("lep:lancashire",),
        draft: bool = False,
    ) -> Paper:
        """Read lines as a paper of `owners`; the batch finds the owners by itself."""
        read = make_read(lines, title=title)
        names = self._finder.find(read, list(self._language.pipe(passage.text for passage in read.passages)))
        rows = [self.registers.rows[owner] for owner in owners]
        added = [Entity(row.id, row.type, row.name, register=True) for row in rows]
        names = dataclasses.replace(names, owners=tuple(owners), entities=(*names.entities, *added))
        reading = Reading(read.passages, names, genre, read.document.title)
        drafts, notes = find_propositions(reading, draft_document=draft, learned=False)
        return Paper(read, reading, drafts, notes, self.extractor)

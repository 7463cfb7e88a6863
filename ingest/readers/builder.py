"""From a reader's pieces to passages: ids, ordinals, heading paths, tables and normalised text are made here alone."""

import hashlib
import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model import Cell, Document, DocumentStatus, Dropped, DropReason, Edit, Passage, PassageKind, ReadDocument
from ingest.normalise import Normalised, normalise
from ingest.readers.limits import ReadLimits, over_limit

_MAX_COLUMNS = 1_000
_TITLE_PASSAGES = 4
_LONGEST_TITLE = 200


class CellSpec(NamedTuple):
    """A table cell as its reader met it: a line break parts paragraphs, "\\v" wraps one; a merged cell comes once.

    `is_header` marks a header outside the header rows (a row's name); `bold` only helps to tell a header row;
    `page` is for the cells of a table that runs over a page end.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    bold: bool = False
    page: int | None = None


@dataclass(slots=True)
class PassageBuilder:
    """Collects one document in reading order; `finish` gives it. Pieces that hold no text are left out.

    `known_words` (see `ingest.normalise.find_words`) decide about hyphens at line ends.
    """

    content: bytes
    source: str
    reader: str
    limits: ReadLimits = field(default_factory=ReadLimits)
    known_words: Container[str] = ()
    _sha256: str = field(init=False)
    _document_id: str = field(init=False)
    _make_passage_id: Callable[[int], str] = field(init=False)
    _passages: list[Passage] = field(default_factory=list)
    _dropped: list[Dropped] = field(default_factory=list)
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _path: tuple[str, ...] = ()
    _tables: int = 0

    def __post_init__(self) -> None:
        self._sha256 = hashlib.sha256(self.content).hexdigest()
        self._document_id = f"doc:{self._sha256[:20]}"  # as `make_document_id`, which would hash the bytes once more
        self._make_passage_id = _id_maker(self._document_id)

    def heading(self, text: str, level: int, *, page: int | None = None) -> None:
        """Add a heading; it closes the headings of its level and below."""
        normal = normalise(text, self.known_words)
        if not normal.text:
            return
        self.close_headings(level)
        self._add(normal, PassageKind.HEADING, page, level)
        self._headings.append((level, normal.text))
        self._path = (*self._path, normal.text)

    def close_headings(self, level: int) -> None:
        """End the sections of `level` and below: what follows stands under none of their headings."""
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._path = self._path[: len(self._headings)]

    def paragraph(self, text: str, *, label: str = "", page: int | None = None) -> None:
        """Add a paragraph; `label` is its number as printed."""
        self._add(normalise(text, self.known_words), PassageKind.PARAGRAPH, page, label=label)

    def item(self, text: str, level: int, label: str, *, page: int | None = None) -> None:
        """Add a bullet or numbered point at nesting `level` from 1; `label` is its marker as printed."""
        self._add(normalise(text, self.known_words), PassageKind.ITEM, page, level, label)

    def note(self, text: str, *, label: str = "", page: int | None = None) -> None:
        """Add a foot- or endnote, speaker note or side box."""
        self._add(normalise(text, self.known_words), PassageKind.NOTE, page, label=label)

    def caption(self, text: str, *, page: int | None = None) -> None:
        """Add the caption of a table, figure or chart."""
        self._add(normalise(text, self.known_words), PassageKind.CAPTION, page)

    def table(
        self, rows: Sequence[Sequence[CellSpec]], *, caption: str = "", header_rows: int = 0, page: int | None = None
    ) -> None:
        """Add a table: one passage a cell, row by row, each with the header cells above it."""
        if caption:
            self.caption(caption, page=page)
        self._tables += 1
        placed = place_cells(rows)
        width = max([column + spec.column_span - 1 for _, column, spec in placed], default=0)
        headers: list[list[tuple[int, str]]] = [[] for _ in range(width + 1)]
        body: dict[tuple[int, int], str] = {}  # the headers above the cells below all header rows
        for row, column, (text, down, across, is_header, _, own_page) in placed:
            normal = self._cell_text(text)
            if not normal.text:
                continue
            if is_top := row <= header_rows:
                header = _header(headers, column, across, row)
                for covered in range(column, column + across):
                    headers[covered].append((row, normal.text.replace("\n", " ")))
            elif (known := body.get((column, across))) is not None:
                header = known
            else:  # a row in one cell across the whole table stands under no column
                header = "" if across == width > 1 else _header(headers, column, across, row)
                body[column, across] = header
            cell = Cell(self._tables, row, column, header, down, across, is_header or is_top)
            self._add(normal, PassageKind.CELL, own_page or page, cell=cell)

    def drop(self, item: str, reason: DropReason, detail: str = "") -> None:
        """Record that `item` of the document could not be read; the document becomes `partial`."""
        self._dropped.append(Dropped(item, reason, detail))

    def finish(self, metadata: Mapping[str, str] | None = None, *, published: str | None = None) -> ReadDocument:
        """Return the document; its title is that of `metadata`, else the first heading, else the first line."""
        metadata = {key: value for key, value in sorted((metadata or {}).items()) if value}
        document = Document(
            id=self._document_id,
            title=metadata.get("title") or self._first_words(),
            source=self.source,
            sha256=self._sha256,
            reader=self.reader,
            status=DocumentStatus.PARTIAL if self._dropped else DocumentStatus.OK,
            published=published,
        )
        return ReadDocument(document, tuple(self._passages), metadata, tuple(self._dropped))

    def _first_words(self) -> str:
        """Return the first heading, with the next one where it is only a word or two ("NEWS"), else the first line."""
        early = [p.text for p in self._passages[:_TITLE_PASSAGES] if p.kind is PassageKind.HEADING]
        opening = next((p.text for p in self._passages if p.kind is not PassageKind.CELL), "")
        late = next((p.text for p in self._passages if p.kind is PassageKind.HEADING), "")
        is_title = bool(opening) and len(opening) <= _LONGEST_TITLE and opening[-1] not in ".:;"
        headings = early or [opening if is_title else late or opening]
        first = headings[0]
        if len(headings) > 1 and len(first.split()) < 3:
            first = f"{first}: {headings[1]}"
        return first if len(first) <= _LONGEST_TITLE else first[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"

    def _cell_text(self, text: str) -> Normalised:
        if "\n" not in text:
            return normalise(text, self.known_words)
        lines: list[str] = []
        edits: list[Edit] = []
        length = 0
        for line in text.split("\n"):
            normal = normalise(line, self.known_words)
            if not normal.text:
                continue
            shift = length + bool(lines)
            edits += [Edit(edit.start + shift, edit.end + shift, edit.source) for edit in normal.edits]
            lines.append(normal.text)
            length = shift + len(normal.text)
        return Normalised("\n".join(lines), tuple(edits))

    def _add(
        self,
        normal: Normalised,
        kind: PassageKind,
        page: int | None,
        level: int = 0,
        label: str = "",
        cell: Cell | None = None,
    ) -> None:
        text, edits = normal
        if not text:
            return
        passages = self._passages
        ordinal = len(passages)
        if ordinal >= self.limits.max_passages:
            raise over_limit(self.source, "max_passages", f"passage {ordinal + 1}", self.limits.max_passages)
        passage_id = self._make_passage_id(ordinal)
        passages.append(
            Passage(passage_id, self._document_id, ordinal, text, kind, page, self._path, level, label, cell, edits)
        )


def _id_maker(document_id: str) -> Callable[[int], str]:
    """Return what gives the id of a document's passage by its ordinal, as `make_id`: what all ids share is hashed once.

    Most documents have hundreds of passages, and their ids took as long as their text."""
    shared = hashlib.sha256(json.dumps(["passage", document_id])[:-1].encode())

    def make_passage_id(ordinal: int) -> str:
        digest = shared.copy()
        digest.update(b", %d]" % ordinal)
        return f"passage:{digest.hexdigest()[:20]}"

    return make_passage_id


def place_cells(rows: Sequence[Sequence[CellSpec]]) -> list[tuple[int, int, CellSpec]]:
    """Return `(row, column, cell)` from 1, spans cut to the table, columns found as HTML finds them."""
    taken: set[tuple[int, int]] = set()  # by the spans of cells before
    placed: list[tuple[int, int, CellSpec]] = []
    for row, cells in enumerate(rows, start=1):
        column = 1
        for spec in cells:
            while (row, column) in taken:
                column += 1
            if spec.row_span == spec.column_span == 1:
                placed.append((row, column, spec))
                column += 1
                continue
            down = max(1, min(spec.row_span, len(rows) - row + 1))
            across = max(1, min(spec.column_span, _MAX_COLUMNS - column))
            taken.update((r, c) for r in range(row, row + down) for c in range(column, column + across))
            cut = CellSpec(spec.text, down, across, spec.is_header, spec.bold, spec.page)
            placed.append((row, column, cut))
            column += across
    return placed


def _header(headers: list[list[tuple[int, str]]], column: int, across: int, row: int) -> str:
    """Return the texts above a cell."""
    texts = [text for covered in headers[column : column + across] for above, text in covered if above < row]
    return " / ".join(dict.fromkeys(texts))

"""The values that flow through the project, from a read document to an answer.

Said once, here: offsets are half-open and count code points of `Passage.text`; `passage.text[start:end] == quote`
holds for every evidence; pages and table rows and columns count from 1; scores lie in 0..1; dates are ISO 8601 and may
be partial ("2019", "2019-12"). Everything is frozen; tuples keep an order that does not depend on the run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PropertyValue = str | int | float | bool | tuple[str, ...]
Properties = Mapping[str, PropertyValue]


class DocumentStatus(StrEnum):
    """Whether everything in a file was read; a run with anything dropped is never `ok`."""

    OK = "ok"
    PARTIAL = "partial"


class PassageKind(StrEnum):
    """What a passage is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a bullet or a numbered point; `level` is its nesting from 1, `label` its marker as printed
    CELL = "cell"
    CAPTION = "caption"
    NOTE = "note"  # foot- and endnotes, speaker notes, boxes at the side


class DropReason(StrEnum):
    """Why a stage left something out."""

    UNREADABLE_FILE = "unreadable-file"
    UNREADABLE_PAGE = "unreadable-page"
    NEEDS_OCR = "needs-ocr"
    OVER_LIMIT = "over-limit"
    BAD_RELATION = "bad-relation"  # the ontology does not know this type between these ends
    DUPLICATE_DOCUMENT = "duplicate-document"  # the same bytes under a second name


@dataclass(frozen=True, slots=True)
class Edit:
    """Where a passage's text differs from its source: `text[start:end]` stands for `source`."""

    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands: `table` counts within the document; header cells have `is_header`.

    `header` is the text of the header cells above it, joined by " / "; empty in a table without a header row.
    """

    table: int
    row: int
    column: int
    header: str = ""
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """An addressable piece of a document in reading order, normalised; `edits` lead back to the source's characters.

    A paragraph that runs over a page end is one passage, on the page where it begins. Text has no line breaks, but for
    cells: there a line break parts the paragraphs or bullets of one cell.
    """

    id: str
    document_id: str
    ordinal: int
    text: str
    kind: PassageKind = PassageKind.PARAGRAPH
    page: int | None = None
    path: tuple[str, ...] = ()
    level: int = 0  # of a heading from 1 (the title), of an item from 1; 0 otherwise
    label: str = ""
    cell: Cell | None = None
    edits: tuple[Edit, ...] = ()

    def source_quote(self, start: int, end: int) -> str:
        """Return `text[start:end]` in the source's own characters; an edit that overlaps the range comes whole."""
        pieces: list[str] = []
        at = start
        for edit in self.edits:
            if edit.end < start or (edit.end == start and edit.start < edit.end):
                continue
            if edit.start > end or (edit.start == end and edit.start < edit.end):
                break
            pieces += [self.text[at : max(at, edit.start)], edit.source]
            at = max(at, edit.end)
        return "".join([*pieces, self.text[at:end]])


@dataclass(frozen=True, slots=True)
class Document:
    """One source: its id is the hash of its bytes, `source` the path or address it was given by."""

    id: str
    title: str
    source: str
    sha256: str
    reader: str
    status: DocumentStatus = DocumentStatus.OK
    published: str | None = None
    kind: str = "document"  # "register" for the reference layer
    genre: str = ""  # "board paper", "published strategy", "sector deal", ...; empty where unknown
    describes: str | None = None  # entity id of the strategy, deal or programme that the document is, or is about
    rules: str = ""  # digest of the code, rules and registers that read it: the same again need not be read again


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that a stage left out, and why; `detail` says it in words."""

    item: str
    reason: DropReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader gives: the document and its passages in reading order.

    `metadata` holds what the file says of itself under the keys `title`, `date`, `author`, `status`, `address`.
    """

    document: Document
    passages: tuple[Passage, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a passage that names an entity, found by `rule`."""

    entity_id: str
    passage_id: str
    start: int
    end: int
    text: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Unsure:
    """A name that could stand for several entities where it was met; a person decides."""

    name: str
    candidates: tuple[str, ...]
    passage_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A node: `register` says that its id comes from a register; a document adds `properties`."""

    id: str
    type: str
    name: str
    register: bool = False
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that support a fact, and the rule that read them so."""

    passage_id: str
    start: int
    end: int
    quote: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge: from a document it has `evidence`, from a register `sources` (addresses); never neither."""

    id: str
    type: str
    source_id: str
    target_id: str
    properties: Properties = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphBatch:
    """All that one document says: the unit of loading, reloading and removal."""

    document: Document
    passages: tuple[Passage, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A bounded piece of a graph; `truncated` says that a limit bit and more is there."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    truncated: bool = False

"""The answer of compare: areas side by side, findings, nearest, precedents, similar, editions."""

from dataclasses import dataclass

from graph.analysis.model_parts import Card, Citation, DocumentRef, Meaning, Part, Ref, RowKind


@dataclass(frozen=True, slots=True)
class Area:
    """A strategy as a column: `id` is that of the strategy, `label` a short name of its area."""

    id: str
    name: str
    label: str
    wave: int | None
    status: str  # "published", "drafted-not-published", "in-development", ...; empty where no register says
    published: str | None
    chosen: bool
    bodies: tuple[Ref, ...]  # those that publish it


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an area was read; `says` warns where silence must not be read as absence.

    `repeated` of the propositions are said by several of its documents and counted once."""

    area: str
    documents: tuple[str, ...]
    propositions: int
    says: str
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The propositions behind one figure; `share` is of the area's propositions, None where no document was read.

    `by_strategy` says that the strategy as a whole names the row; `implied` holds propositions that only speak in its
    words (terms of the registers): they count nowhere, but keep a row from being called missing."""

    area: str
    propositions: tuple[str, ...]
    count: int | None
    share: float | None
    by_strategy: bool = False
    implied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    kind: RowKind
    id: str  # entity id; of a partner kind, `kind:` and its name
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[str, ...]  # ids of areas, the chosen one first
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that is shared, distinctive or missing: `strength` in 0..1, `others` the areas with a cell there."""

    kind: RowKind
    id: str
    name: str
    strength: float
    ours: tuple[str, ...]  # propositions
    others: tuple[MatrixCell, ...]
    says: str
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A proposition like the one asked about, elsewhere; `words` are those the two share, weightiest first."""

    id: str
    name: str
    area: str | None
    score: float
    parts: tuple[Part, ...]
    words: tuple[str, ...]
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    proposition: str
    name: str
    found: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a department agreed to: `words` of the commitment, `agreed_in` which strategy or deal, `published` when.

    `area` is the local strategy that it is part of; None where it was agreed for the country or an industry."""

    proposition: str
    name: str
    department: Ref
    words: str
    agreed_in: Ref | None
    published: str | None
    score: float
    parts: tuple[Part, ...]
    evidence: tuple[Citation, ...]
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Precedent:
    """One ask and what Government has agreed to elsewhere; `says` tells it, or that none was found in N documents."""

    proposition: str
    name: str
    departments: tuple[Ref, ...]
    ask: str
    found: tuple[Agreement, ...]
    searched_documents: int
    says: str
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """How like the chosen strategy another is, row kind by row kind; `says` names what they share."""

    area: str
    name: str
    score: float
    parts: tuple[Part, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A proposition in two editions: `fields` that differ, as (field, before, after)."""

    before: str
    after: str
    name: str
    score: float
    fields: tuple[tuple[str, str, str], ...]
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Editions:
    """What changed from one document of a strategy to a later one."""

    area: str
    earlier: DocumentRef
    later: DocumentRef
    kept: tuple[Changed, ...]  # the same in wording
    changed: tuple[Changed, ...]
    added: tuple[Card, ...]
    left_out: tuple[Card, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer to "how does our strategy stand beside the others?"."""

    version: str
    area: str
    areas: tuple[Area, ...]
    coverage: tuple[Coverage, ...]
    matrix: Matrix
    shared: tuple[Finding, ...]
    distinctive: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    nearest: tuple[Nearest, ...]
    precedents: tuple[Precedent, ...]
    similar: tuple[Similar, ...]
    editions: tuple[Editions, ...]
    propositions: tuple[Card, ...]  # every proposition that a cell, match or precedent names
    documents: tuple[DocumentRef, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...]
    truncated: bool

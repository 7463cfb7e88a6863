"""What the three questions take and give: frozen values, the same on every store.

Said once, here: scores lie in 0..1 and equal the sum of their parts' `value`; lists come best first, ties by id; a
`Citation` opens one stretch of one passage; a fact from a register carries `sources` (addresses) instead. Every answer
names the `version` of the data and the `documents` it rests on, and `to_json` gives it as JSON: field names as keys,
tuples as lists.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from graph.model import Document, Passage, Subgraph

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(value: object) -> Json:
    """Return an answer, or any part of one, as JSON values; floats are rounded to four places."""
    if isinstance(value, float):
        return round(value, 4)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is not part of an answer")


def iter_citations(value: object) -> Iterator["Citation"]:
    """Yield every citation in an answer or a part of one, in its order."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from iter_citations(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from iter_citations(getattr(value, field.name))


@dataclass(frozen=True, slots=True)
class Material:
    """What a question works on: a piece of the graph, and the documents and passages that open its evidence."""

    sub: Subgraph
    documents: tuple[Document, ...] = ()
    passages: tuple[Passage, ...] = ()
    version: str = ""


class RowKind(StrEnum):
    """What a row of the comparison stands for."""

    FOUNDATION = "foundation"
    CHALLENGE = "grand challenge"
    SECTOR = "sector"
    DEPARTMENT = "department"
    PROGRAMME = "programme or deal"
    PARTNER = "partner kind"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to leave out; an empty field leaves nothing out.

    Dates bound the document's date and may be partial; a document without a date passes. `tentative` False keeps firm
    propositions only, True tentative ones only. `genres` are those of documents; `min_score` holds for ranked lists.
    """

    waves: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()  # ids of strategies
    published: bool | None = None  # True: published strategies only; False: drafts and those in development only
    since: str = ""
    until: str = ""
    genres: tuple[str, ...] = ()
    tentative: bool | None = None
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity as an answer names it."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document that an answer rests on; `describes` is the id of the strategy, deal or programme it is about."""

    id: str
    title: str
    published: str | None
    genre: str
    describes: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """The words behind a statement: `quote` is `[start:end]` of the passage's text."""

    document: str
    passage: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: what it adds (`value`, at most `weight`) and why, in words."""

    name: str
    value: float
    weight: float
    why: str
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a list or figure means and how it is computed, in a sentence each."""

    name: str
    says: str
    computed: str


@dataclass(frozen=True, slots=True)
class Card:
    """A proposition as answers show it; `area` is the strategy that proposes it, else None; texts may be empty."""

    id: str
    name: str
    area: str | None
    what: str
    ask: str
    status: str  # "firm", "tentative" or "conditional"
    evidence: tuple[Citation, ...]


# ---- compare


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
    """How much of an area was read; `says` warns where silence must not be read as absence."""

    area: str
    documents: tuple[str, ...]
    propositions: int
    says: str


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
    """What a department agreed to: `words` of the commitment, `agreed_in` which strategy or deal, `published` when."""

    proposition: str
    name: str
    department: Ref
    words: str
    agreed_in: Ref | None
    published: str | None
    score: float
    parts: tuple[Part, ...]
    evidence: tuple[Citation, ...]


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


# ---- partners


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, read from `source` to `target`; `forward` says that the relation points that way."""

    source: Ref
    relation: str
    target: Ref
    forward: bool
    evidence: tuple[Citation, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate: the part of the score it belongs to, a sentence, and the path that shows it."""

    part: str
    says: str
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body (for a proposition) or a proposition (for a body), with reasons; `kind` is "university", "LEP", ..."""

    id: str
    type: str
    name: str
    kind: str
    area: str | None
    score: float
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Existing:
    """A body that is already in a proposition, and as what: "partner", "lead" or "department that agreed"."""

    id: str
    type: str
    name: str
    kind: str
    role: str
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TeamUp:
    """Another area to ask with: its propositions like this one, and the departments that both ask."""

    area: str
    name: str
    score: float
    matches: tuple[Match, ...]
    departments: tuple[Ref, ...]
    says: str


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """The answer to "who could deliver this proposition with us, and why them?"."""

    version: str
    proposition: Card
    existing: tuple[Existing, ...]
    candidates: tuple[Candidate, ...]
    team_up: tuple[TeamUp, ...]
    propositions: tuple[Card, ...]
    documents: tuple[DocumentRef, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class RoleAnswer:
    """The answer to "which propositions could this body help to deliver?"."""

    version: str
    body: Ref
    already: tuple[Card, ...]
    candidates: tuple[Candidate, ...]
    propositions: tuple[Card, ...]
    documents: tuple[DocumentRef, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...]
    truncated: bool


# ---- cross-HMG links


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A foundation, Grand Challenge or sector (`kind`), or an area, and the propositions behind the count."""

    kind: str
    id: str
    name: str
    propositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """What is asked of a department and what it agreed to, by area and theme."""

    id: str
    name: str
    asked: tuple[str, ...]  # propositions
    agreed: tuple[str, ...]
    areas: tuple[ThemeCount, ...]
    themes: tuple[ThemeCount, ...]
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask: its words, the proposition and area it comes from, the date of its document.

    `holders` are the departments that hold the matter on the date asked for (`holder_says` why), empty without one."""

    proposition: str
    name: str
    area: str | None
    department: Ref
    words: str
    date: str | None
    status: str
    evidence: tuple[Citation, ...]
    holders: tuple[Ref, ...] = ()
    holder_says: str = ""


@dataclass(frozen=True, slots=True)
class SeveralDepartments:
    proposition: str
    name: str
    area: str | None
    departments: tuple[Ref, ...]
    words: str
    says: str
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """Two departments that the same propositions ask: `weight` counts those propositions."""

    first: Ref
    second: Ref
    weight: int
    propositions: tuple[str, ...]
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A deal or programme that a department leads, and the propositions that build on it.

    `unasked` are those among them that do not ask this department by name."""

    department: Ref
    lever: Ref
    propositions: tuple[str, ...]
    unasked: tuple[str, ...]
    evidence: tuple[Citation, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """One move of a body's work; `moved` says of what, in words, where the register does."""

    before: Ref
    after: Ref
    date: str
    moved: str
    evidence: tuple[Citation, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a department's work on a date, and the moves that lead there."""

    department: Ref
    on: str
    holders: tuple[Ref, ...]
    steps: tuple[Succession, ...]
    says: str


@dataclass(frozen=True, slots=True)
class NeverAsked:
    """A department that no proposition asks by name, though (`says`) it leads or agreed to what they build on."""

    id: str
    name: str
    says: str
    propositions: tuple[str, ...]
    evidence: tuple[Citation, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Central:
    """How central a department is among those asked together: `value` in 0..1, `rank` from 1.

    `lowest` and `highest` bound its rank over runs that leave one document out each: how stable the figure is."""

    id: str
    name: str
    value: float
    rank: int
    lowest: int
    highest: int
    says: str


@dataclass(frozen=True, slots=True)
class HmgAnswer:
    """The answer to "which departments are asked for what, by whom, and who holds that policy today?"."""

    version: str
    departments: tuple[DepartmentLine, ...]
    asks: tuple[Ask, ...]
    several_departments: tuple[SeveralDepartments, ...]
    asked_together: tuple[AskedTogether, ...]
    leads: tuple[Lead, ...]
    holders: tuple[Holder, ...]
    never_asked: tuple[NeverAsked, ...]
    central: tuple[Central, ...]
    propositions: tuple[Card, ...]
    documents: tuple[DocumentRef, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...]
    truncated: bool


# ---- paths


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of relations; `strength` is the product over its steps of n / (n + 1), n citations (1 for a register)."""

    steps: tuple[Step, ...]
    strength: float
    says: str


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The shortest and the best-evidenced chains between two entities; both empty where none was found."""

    version: str
    start: Ref
    end: Ref
    shortest: tuple[Path, ...]
    best_evidenced: tuple[Path, ...]
    documents: tuple[DocumentRef, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...]
    truncated: bool

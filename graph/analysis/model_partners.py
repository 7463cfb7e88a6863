"""The answers of partners: bodies for a proposition, propositions for a body, areas to ask with; and steps of paths."""

from dataclasses import dataclass

from graph.analysis.model_compare import Match
from graph.analysis.model_parts import Card, Citation, DocumentRef, Meaning, Part, Ref


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

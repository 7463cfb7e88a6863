"""The answers of cross-HMG links and of paths."""

from dataclasses import dataclass

from graph.analysis.model_partners import Step
from graph.analysis.model_parts import Card, Citation, DocumentRef, Meaning, Ref


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

"""What the matrix says of the chosen area: shared, distinctive and missing rows, each with strength and quotes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.analysis.index import Index
from graph.analysis.likeness import PARENT, closeness
from graph.analysis.matrix import Areas, by_strategy
from graph.analysis.model import Finding, Matrix, MatrixCell, MatrixRow, Meaning, RowKind
from graph.analysis.profiles import IMPLIED, Profile, is_collective
from graph.analysis.wording import find_terms
from graph.analysis.words import count_of, join, upper
from graph.model import Relation

RARE = 0.25  # distinctive: at most this share of the other areas has it too
COMMON = 0.25  # missing: more than this share of the other areas has it, and at least two of them where there are two
MEANINGS = (
    Meaning(
        "share",
        "How much of an area's strategy a row takes up, whatever the number of its propositions.",
        "The propositions of the area that the row holds for, divided by all propositions read for the area; "
        "empty, not 0, where no document of the area was read.",
    ),
    Meaning(
        "shared",
        "What this area and others have in common.",
        "Rows where this area has a proposition and so has another, and which are not distinctive; "
        "strength is the part of the other areas with documents that have it.",
    ),
    Meaning(
        "distinctive",
        "What this area has and hardly any other.",
        "Rows where this area has a proposition and at most a quarter of the other areas with documents have one; "
        "an area that only speaks of it in other words (terms of the registers), or names a sector that it is part of "
        "or that is part of it, counts half; strength is the part of the other areas that lack it.",
    ),
    Meaning(
        "missing",
        "What several others have and no proposition read of this area names.",
        "Rows without a proposition of this area, of which none speaks in other words either (terms of the registers), "
        "and which more than a quarter of the other areas with documents have, at least two where there are two; "
        "strength is the part that has it. An area without documents counts neither way.",
    ),
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the matrix says of the chosen area."""

    shared: tuple[Finding, ...]
    distinctive: tuple[Finding, ...]
    missing: tuple[Finding, ...]


def find_findings(index: Index, profiles: Mapping[str, Profile], areas: Areas, matrix: Matrix) -> Findings:
    """Return what is shared, distinctive and missing, kinds of partner last, strongest first, then by number and name.

    All three are empty without another area with documents."""
    shared, distinctive, missing = [], [], []
    others = [area for area in areas.areas if not area.chosen and areas.covered(area.id)]
    if not others or not areas.covered(areas.chosen):
        return Findings((), (), ())
    related = _find_related(index, matrix)
    for row in matrix.rows:
        if is_collective(index, row.id):
            continue
        ours = next(cell for cell in row.cells if cell.area == areas.chosen)
        theirs = tuple(cell for cell in row.cells if cell.area != areas.chosen and _has(cell))
        breadth = len(theirs) / len(others)
        hints = sum(1 for cell in row.cells if cell.area != areas.chosen and not _has(cell) and related(row, cell))
        finding = _Row(index, profiles, areas, row, ours, theirs, len(others), hints)
        rarity = 1 - breadth - IMPLIED * hints / len(others)
        if _has(ours) and rarity >= 1 - RARE - 1e-9:
            distinctive.append(finding.make(rarity, "distinctive"))
        elif _has(ours) and theirs:
            shared.append(finding.make(breadth, "shared"))
        elif _has(ours):
            continue
        elif breadth > COMMON and len(theirs) >= min(2, len(others)) and not ours.implied:
            missing.append(finding.make(breadth, "missing"))
    return Findings(_sorted(shared), _sorted(distinctive), _sorted(missing))


def _find_related(index: Index, matrix: Matrix) -> Callable[[MatrixRow, MatrixCell], bool]:
    """Return what says whether an area without a row speaks of it otherwise: in other words, or of a sector near it."""
    cells = {(row.id, cell.area): cell for row in matrix.rows for cell in row.cells}
    sectors = [row.id for row in matrix.rows if row.kind is RowKind.SECTOR]

    def related(row: MatrixRow, cell: MatrixCell) -> bool:
        if cell.implied:
            return True
        near = (key for key in sectors if row.kind is RowKind.SECTOR and PARENT <= closeness(index, row.id, key) < 1)
        return any(_has(cells[key, cell.area]) for key in near)

    return related


def _has(cell: MatrixCell) -> bool:
    return bool(cell.count) or cell.by_strategy


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    def weight(finding: Finding) -> tuple[bool, float, float, int, str, str]:
        cells = [cell.count or 0 for cell in finding.others]
        number = len(finding.ours) + sum(cells)
        is_who = finding.kind is RowKind.PARTNER  # who delivers is less news than what is to be done
        return is_who, -finding.strength, -number, list(RowKind).index(finding.kind), finding.name, finding.id

    return tuple(sorted(found, key=weight))


@dataclass(frozen=True, slots=True)
class _Row:
    index: Index
    profiles: Mapping[str, Profile]
    areas: Areas
    row: MatrixRow
    ours: MatrixCell
    theirs: tuple[MatrixCell, ...]
    others: int
    hints: int  # others that only speak of it in other words

    def make(self, strength: float, how: str) -> Finding:
        cells = self.theirs if how == "missing" else (self.ours, *self.theirs)
        relations = [relation for cell in cells for relation in self._behind(cell)]
        says = {"shared": self._shared, "distinctive": self._distinctive, "missing": self._missing}[how]()
        return Finding(
            self.row.kind,
            self.row.id,
            self.row.name,
            strength,
            self.ours.propositions,
            self.theirs,
            says,
            self.index.cite(relations),
        )

    def _behind(self, cell: MatrixCell) -> tuple[Relation, ...]:
        members = sorted(cell.propositions, key=lambda item: not self._is_about(item))
        named = tuple(
            relation
            for member in members
            for relation in self.profiles[member].named(self.row.kind)[self.row.id].relations
        )
        return named or by_strategy(self.index, cell.area, self.row.kind).get(self.row.id, ())

    def _is_about(self, proposition: str) -> bool:
        """Say whether a proposition bears a word of the row in its name: its quote tells most."""
        return bool(find_terms(self.row.name).keys() & find_terms(self.profiles[proposition].card.name).keys())

    def _label(self, area_id: str) -> str:
        return next(area.label for area in self.areas.areas if area.id == area_id)

    def _who(self) -> str:
        ordered = sorted(self.theirs, key=lambda cell: (-(cell.count or 0), cell.area))
        return join(f"{self._label(cell.area)} ({cell.count or 'the strategy itself'})" for cell in ordered)

    def _what(self) -> str:
        if self.row.kind is RowKind.DEPARTMENT:
            return self.row.name
        return (
            f"partner kind “{self.row.name}”"
            if self.row.kind is RowKind.PARTNER
            else f"{self.row.kind} {self.row.name}"
        )

    def _ours(self) -> str:
        label = self._label(self.areas.chosen)
        if not self.ours.count:
            return f"{label}'s strategy as a whole names it"
        return f"{count_of(self.ours.count, 'proposition')} of {label}"

    def _shared(self) -> str:
        return f"{upper(self._what())}: {self._ours()}; also {self._who()}."

    def _distinctive(self) -> str:
        only = f"of {self.others} others only {self._who()}" if self.theirs else f"none of the {self.others} others"
        near = "in other words or of a sector near it" if self.row.kind is RowKind.SECTOR else "in other words"
        hints = f"; {self.hints} more speak{'s' * (self.hints == 1)} of it {near}" if self.hints else ""
        return f"{upper(self._what())}: {self._ours()}; {only}{hints}."

    def _missing(self) -> str:
        label = self._label(self.areas.chosen)
        most = f"{len(self.theirs)} of {self.others} others have it, {self._who()}"
        return f"{upper(self._what())}: {most}; no proposition read of {label} names it."

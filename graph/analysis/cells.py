"""The quotes behind each figure of a comparison, cell by cell: for those who check it; the answer would be too long."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.index import Index, build_index
from graph.analysis.matrix import by_strategy
from graph.analysis.model import Citation, Comparison, Material, MatrixCell, MatrixRow
from graph.analysis.profiles import Profile, make_profiles
from graph.analysis.repeats import join_repeats
from graph.model import Relation


@dataclass(frozen=True, slots=True)
class CellQuote:
    """One quote behind one figure: `proposition` is its id, empty where the strategy as a whole names the row."""

    area: str
    row: MatrixRow
    proposition: str
    name: str
    citation: Citation


def find_cell_quotes(material: Material, found: Comparison) -> tuple[CellQuote, ...]:
    """Return every quote behind the figures of a comparison, row by row as the matrix has them.

    `material` is that of the comparison before its filters; documents that the answer leaves out are left out here.
    Cost: O(relations of the material)."""
    index = build_index(join_repeats(material)[0])
    profiles = make_profiles(index)
    held = {item.id for item in found.documents}
    return tuple(
        quote
        for row in found.matrix.rows
        for cell in row.cells
        for quote in _quotes(index, profiles, row, cell)
        if quote.citation.document in held
    )


def _quotes(index: Index, profiles: Mapping[str, Profile], row: MatrixRow, cell: MatrixCell) -> list[CellQuote]:
    found: list[tuple[str, Relation]] = []
    for member in cell.propositions:
        feature = profiles[member].named(row.kind).get(row.id) if member in profiles else None
        found += [(member, relation) for relation in feature.relations] if feature else []
    if not cell.propositions and cell.by_strategy:
        found += [("", relation) for relation in by_strategy(index, cell.area, row.kind).get(row.id, ())]
    quotes = {
        (member, citation): CellQuote(cell.area, row, member, index.name(member) if member else "", citation)
        for member, relation in found
        for citation in map(index.citation, relation.evidence)
    }
    return list(quotes.values())

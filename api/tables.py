"""Answers as tables: the rows that a terminal, a CSV file and a spreadsheet show."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.analysis.model import (
    Citation,
    Comparison,
    Finding,
    HmgAnswer,
    Match,
    Part,
    PartnerAnswer,
    PathAnswer,
    Precedent,
    Ref,
    RoleAnswer,
    Similar,
)
from graph.export.csv import guard

Value = str | int | float
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; columns in `right` hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    right: tuple[str, ...] = ()


def to_csv(table: Rows) -> str:
    """Return a table as CSV; text that a spreadsheet would run gets an apostrophe before it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in (table.heads, *table.rows):
        writer.writerow([guard(value) if isinstance(value, str) else value for value in row])
    return buffer.getvalue()


def matrix_rows(found: Comparison, *, shares: bool = True) -> Rows:
    """Return the matrix: a count for each area, then its share; empty where no document was read."""
    labels = {area.id: area.label for area in found.areas}
    names = [labels.get(area, area) for area in found.matrix.columns]
    heads = ["kind", "row", *names, *(f"{name} share" for name in names if shares)]
    rows = []
    for row in found.matrix.rows:
        counts: list[Value] = ["" if cell.count is None else cell.count for cell in row.cells]
        parts: list[Value] = ["" if cell.share is None else round(cell.share, 4) for cell in row.cells if shares]
        rows.append((row.kind.value, row.name, *counts, *parts))
    return Rows(tuple(heads), tuple(rows), tuple(heads[2:]))


def finding_rows(found: Sequence[Finding]) -> Rows:
    """Return what is shared, distinctive or missing."""
    rows = tuple(
        (item.name, item.kind.value, round(item.strength, 2), item.says, _quote(item.evidence)) for item in found
    )
    return Rows(("what", "kind", "strength", "in which sense", "words"), rows, ("strength",))


def precedent_rows(found: Iterable[Precedent]) -> Rows:
    """Return every ask with each thing that was agreed to elsewhere; an ask without one has a row that says so."""
    rows: list[tuple[Value, ...]] = []
    for item in found:
        departments = "; ".join(department.name for department in item.departments)
        for agreement in item.found:
            where = agreement.agreed_in.name if agreement.agreed_in else ""
            words = agreement.words[:LONGEST]
            score = round(agreement.score, 2)
            rows.append(
                (item.name, departments, agreement.department.name, words, where, agreement.published or "", score)
            )
        if not item.found:
            rows.append((item.name, departments, "", item.says, "", "", ""))
    heads = ("our ask", "asked", "agreed by", "words", "agreed in", "date", "score")
    return Rows(heads, tuple(rows), ("score",))


def similar_rows(found: Sequence[Similar]) -> Rows:
    """Return the strategies by likeness."""
    rows = tuple((item.name, round(item.score, 2), _parts(item.parts), item.says) for item in found)
    return Rows(("strategy", "score", "score made of", "in words"), rows, ("score",))


def match_rows(found: Sequence[Match]) -> Rows:
    """Return propositions like one."""
    rows = tuple(
        (item.name, item.area or "", round(item.score, 2), _parts(item.parts), "; ".join(item.words)) for item in found
    )
    return Rows(("proposition", "area", "score", "score made of", "shared words"), rows, ("score",))


def nearest_rows(found: Comparison) -> Rows:
    """Return, for each of our propositions, those most like it elsewhere."""
    labels = {area.id: area.label for area in found.areas}
    rows = tuple(
        (item.name, match.name, labels.get(match.area or "", ""), round(match.score, 2), "; ".join(match.words[:8]))
        for item in found.nearest
        for match in item.found
    )
    return Rows(("ours", "elsewhere", "area", "score", "shared words"), rows, ("score",))


def candidate_rows(found: PartnerAnswer | RoleAnswer) -> Rows:
    """Return the candidates with their reasons."""
    rows = tuple(
        (
            item.name,
            item.kind,
            round(item.score, 2),
            " ".join(reason.says for reason in item.reasons),
            _parts(item.parts),
            item.id,
        )
        for item in found.candidates
    )
    return Rows(("name", "kind", "score", "why", "score made of", "id"), rows, ("score",))


def ask_rows(found: HmgAnswer) -> Rows:
    """Return every ask with its words."""
    names = {theme.id: theme.name for item in found.departments for theme in item.areas}
    rows = tuple(
        (
            item.department.name,
            item.name,
            names.get(item.area or "", item.area or ""),
            item.words,
            item.date or "",
            item.status,
            item.proposition,
        )
        for item in found.asks
    )
    return Rows(("department", "proposition", "area", "words", "date", "status", "id"), rows)


def department_rows(found: HmgAnswer) -> Rows:
    """Return the departments with how much is asked of each and what each agreed to."""
    rows = tuple(
        (
            item.name,
            len(item.asked),
            len(item.agreed),
            ", ".join(f"{area.name} {len(area.propositions)}" for area in item.areas),
            ", ".join(f"{theme.name} {len(theme.propositions)}" for theme in item.themes[:6]),
        )
        for item in found.departments
    )
    return Rows(("department", "asks", "agreed", "areas", "themes"), rows, ("asks", "agreed"))


def several_rows(found: HmgAnswer) -> Rows:
    """Return the propositions that ask several departments."""
    rows = tuple((item.name, _names(item.departments), item.words) for item in found.several_departments)
    return Rows(("proposition", "departments", "words"), rows)


def together_rows(found: HmgAnswer) -> Rows:
    """Return the pairs of departments that the same propositions ask."""
    rows = tuple((item.first.name, item.second.name, item.weight) for item in found.asked_together)
    return Rows(("department", "and", "propositions"), rows, ("propositions",))


def lead_rows(found: HmgAnswer) -> Rows:
    """Return the deals and programmes that departments lead."""
    heads = ("department", "leads", "built on by", "of these not asking it")
    rows = tuple(
        (item.department.name, item.lever.name, len(item.propositions), len(item.unasked)) for item in found.leads
    )
    return Rows(heads, rows, heads[2:])


def holder_rows(found: HmgAnswer) -> Rows:
    """Return who holds each department's work."""
    rows = tuple((item.department.name, _names(item.holders), item.says) for item in found.holders)
    return Rows(("named", "held by", "in words"), rows)


def path_rows(found: PathAnswer) -> Rows:
    """Return the steps of every path."""
    rows = tuple(
        (
            label,
            number,
            step.source.name,
            step.relation,
            "->" if step.forward else "<-",
            step.target.name,
            _quote(step.evidence),
        )
        for label, paths in (("shortest", found.shortest), ("best evidenced", found.best_evidenced))
        for number, path in enumerate(paths, start=1)
        for step in path.steps
    )
    return Rows(("kind", "path", "from", "relation", "way", "to", "words"), rows)


def _names(refs: Sequence[Ref]) -> str:
    return "; ".join(ref.name for ref in refs)


def _parts(parts: Sequence[Part]) -> str:
    return "; ".join(f"{part.name} {part.value:.2f}" for part in parts if part.value)


def _quote(evidence: Sequence[Citation]) -> str:
    return " ".join(evidence[0].quote.split())[:LONGEST] if evidence else ""

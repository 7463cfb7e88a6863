"""The comparison of a strategy with others as a board report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.model import Area, Card, Comparison, Editions, Finding, Precedent, RowKind
from graph.model import Passage
from viz.report.cite import Citer, make_citer, to_sources
from viz.report.model import (
    Bullets,
    Heading,
    Line,
    Matrix,
    MatrixCell,
    MatrixRow,
    Paragraph,
    Part,
    Report,
    Run,
    Table,
    plain,
)
from viz.report.parts import meaning, remarks
from viz.report.words import clip, counted, listed, percent, sentence

FINDINGS = 10
ROWS_A_KIND = 12
KIND_NAMES = {
    RowKind.FOUNDATION: "Foundations of productivity",
    RowKind.CHALLENGE: "Grand Challenges",
    RowKind.SECTOR: "Sectors",
    RowKind.DEPARTMENT: "Departments",
    RowKind.PROGRAMME: "Programmes and deals",
    RowKind.PARTNER: "Kinds of partner",
}


@dataclass(frozen=True, slots=True)
class _Names:
    """The names behind the ids of a comparison."""

    areas: Mapping[str, Area]
    cards: Mapping[str, Card]

    def area(self, area_id: str | None) -> str:
        if area_id is None:
            return "no strategy"
        return self.areas[area_id].label if area_id in self.areas else area_id


def report_comparison(found: Comparison, passages: Iterable[Passage] = (), *, rows_a_kind: int = ROWS_A_KIND) -> Report:
    """Return the board report of a comparison.

    Args: passages: those that the answer cites, for the place of each quote.  rows_a_kind: of the chart; 0 for all.
    """
    citer = make_citer(found.documents, passages)
    names = _Names({item.id: item for item in found.areas}, {item.id: item for item in found.propositions})
    own = names.area(found.area)
    others = [item.label for item in found.areas if not item.chosen]
    parts: list[Part] = [Heading("Summary"), Bullets(_summarise(found, citer, names))]
    parts += [Heading("The picture"), to_matrix(found, rows_a_kind=rows_a_kind)]
    for key, title, findings in (
        ("shared", "What is shared", found.shared),
        ("distinctive", f"What only {own} has", found.distinctive),
        ("missing", f"What others have and {own} lacks", found.missing),
    ):
        parts += [Heading(title), *meaning(found.meanings, key), *_findings(title, findings, citer)]
    parts += [Heading("What Government has agreed to elsewhere"), *meaning(found.meanings, "precedents")]
    parts += _precedents(found.precedents, citer, names)
    parts += [Heading("Asks by department"), *_asks(found.precedents, citer)]
    parts += [
        Heading("Nearest propositions elsewhere"),
        *meaning(found.meanings, "nearest"),
        *_nearest(found, citer, names),
    ]
    parts += [Heading("The most similar strategies"), *meaning(found.meanings, "similar"), *_similar(found, names)]
    for item in found.editions:
        parts += [Heading("What changed between editions", 2), *_editions(item, citer)]
    parts += remarks(found.notes, truncated=found.truncated)
    return Report(
        title=f"{own}: how the strategy stands beside the others",
        subtitle=f"Beside {listed(others, most=12)}" if others else "No other strategy was read",
        parts=tuple(parts),
        sources=to_sources(found.documents),
        version=found.version,
    )


def _summarise(found: Comparison, citer: Citer, names: _Names) -> tuple[Line, ...]:
    own = names.area(found.area)
    counts = {item.area: item for item in found.coverage}
    read = [item.label for item in found.areas if not item.chosen and counts[item.id].documents]
    silent = [item.label for item in found.areas if not counts[item.id].documents]
    ours = counts[found.area]
    rest = sum(item.propositions for item in found.coverage if item.area != found.area)
    were = "was" if ours.propositions == 1 else "were"
    read_here = f"{counted(ours.propositions, 'proposition')} of {own} {were} read"
    read_there = f"{counted(rest, 'proposition')} of {counted(len(read), 'other strategy', 'other strategies')}"
    documents = counted(len(ours.documents), "document")
    lines = [plain(sentence(f"{read_here} in {documents}, and {read_there}"))]
    for lead, findings in (
        (f"{own} shares with at least one other strategy", found.shared),
        (f"Only {own} has", found.distinctive),
        (f"Others have, and {own} lacks,", found.missing),
    ):
        lines.append(_summary_line(lead, findings, citer))
    lines.append(_precedent_line(found.precedents, citer))
    if found.similar:
        first = found.similar[0]
        lines.append(plain(f"Most like it is {names.area(first.area)} (score {percent(first.score)}). {first.says}"))
    if silent:
        lines.append(
            plain(
                f"No document of {listed(silent, most=12)} was read: that nothing stands in "
                f"{'its column' if len(silent) == 1 else 'their columns'} says nothing about what "
                f"{'it contains' if len(silent) == 1 else 'they contain'}."
            )
        )
    return tuple(lines)


def _summary_line(lead: str, findings: Sequence[Finding], citer: Citer) -> Line:
    if not findings:
        return plain(f"{lead}: nothing found.")
    runs = [Run(f"{lead} "), Run(counted(len(findings), "row"), strong=True), Run(", first of all ")]
    top = findings[:3]
    for place, item in enumerate(top):
        runs.append(Run(item.name, notes=citer.notes(item.evidence, most=1)))
        runs.append(Run("." if place == len(top) - 1 else " and " if place == len(top) - 2 else ", "))
    return tuple(runs)


def _precedent_line(precedents: Sequence[Precedent], citer: Citer) -> Line:
    if not precedents:
        return plain("No ask of Government was found in its documents.")
    met = [item for item in precedents if item.found]
    start = f"Of {counted(len(precedents), 'ask')} of Government, "
    if not met:
        return plain(f"{start}none has a precedent among the {precedents[0].searched_documents} documents searched.")
    best = max(met, key=lambda item: (item.found[0].score, item.proposition))
    first = best.found[0]
    return (
        Run(start),
        Run(f"{counted(len(met), 'has', 'have')} a precedent", strong=True),
        Run(f"; the nearest is for {best.name}, where {first.department.name} agreed"),
        Run(f": “{clip(first.words, 180)}”.", notes=citer.notes(first.evidence, most=1)),
    )


def to_matrix(found: Comparison, *, rows_a_kind: int = ROWS_A_KIND) -> Matrix:
    """Return the chart of a comparison: of each kind the rows with the most propositions, `rows_a_kind` of them."""
    labels = {item.id: item.label for item in found.areas}
    rows: list[MatrixRow] = []
    cut = False
    for kind in RowKind:
        members = [row for row in found.matrix.rows if row.kind is kind and any(cell.count for cell in row.cells)]
        members.sort(key=lambda row: -sum(cell.count or 0 for cell in row.cells))
        cut = cut or 0 < rows_a_kind < len(members)
        for row in members[: rows_a_kind or None]:
            cells = tuple(MatrixCell(cell.count, cell.share or 0.0) for cell in row.cells)
            rows.append(MatrixRow(KIND_NAMES[kind], row.name, cells))
    caption = (
        "Propositions by row and strategy. The darker a cell, the larger its share of the strategy's propositions; "
        "a dash stands where no document was read."
    )
    if cut:
        caption += f" Of each kind the {rows_a_kind} rows with the most propositions are shown; the workbook has all."
    columns = tuple(labels.get(area, area) for area in found.matrix.columns)
    return Matrix("Matrix", caption, columns, tuple(rows), own=_own(found))


def _own(found: Comparison) -> int:
    return found.matrix.columns.index(found.area) if found.area in found.matrix.columns else 0


def _findings(title: str, findings: Sequence[Finding], citer: Citer) -> list[Part]:
    if not findings:
        return [Paragraph(plain("Nothing was found here."))]
    rows = tuple(
        (
            (Run(item.name, strong=True),),
            plain(item.kind.value),
            plain(percent(item.strength)),
            citer.say(sentence(item.says), item.evidence),
        )
        for item in findings[:FINDINGS]
    )
    parts: list[Part] = [Table(title, ("what", "kind", "strength", "in which sense"), rows, (4, 3, 2, 9))]
    if len(findings) > FINDINGS:
        parts.append(Paragraph(plain(f"The first {FINDINGS} of {len(findings)} are shown."), quiet=True))
    return parts


def _precedents(precedents: Sequence[Precedent], citer: Citer, names: _Names) -> list[Part]:
    rows = []
    for item in precedents:
        for agreement in item.found:
            place = ", ".join(
                part
                for part in (agreement.agreed_in.name if agreement.agreed_in else "", agreement.published or "")
                if part
            )
            rows.append(
                (
                    (Run(item.name, strong=True), Run(f": {clip(item.ask, 220)}" if item.ask else "")),
                    plain(agreement.department.name),
                    citer.say(f"“{clip(agreement.words, 260)}”", agreement.evidence, most=1),
                    plain(place or names.area(None)),
                    plain(percent(agreement.score)),
                )
            )
    parts: list[Part] = []
    if rows:
        heads = ("our ask", "department", "what it agreed to", "where and when", "score")
        parts.append(Table("Precedents", heads, tuple(rows), (6, 4, 7, 4, 2)))
    without = [item for item in precedents if not item.found]
    left = listed([item.name for item in without], most=40)
    if without:
        searched = without[0].searched_documents
        parts.append(
            Paragraph(
                (
                    Run("Without a precedent", strong=True),
                    Run(f" in the {counted(searched, 'document')} searched: {left}."),
                )
            )
        )
    return parts or [Paragraph(plain("No ask of Government was found, so there is nothing to find a precedent for."))]


def _asks(precedents: Sequence[Precedent], citer: Citer) -> list[Part]:
    by_department: dict[str, list[Precedent]] = {}
    for item in precedents:
        for department in item.departments:
            by_department.setdefault(department.name, []).append(item)
    if not by_department:
        return [Paragraph(plain("No ask names a department."))]
    rows = []
    for name, asks in sorted(by_department.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        for place, item in enumerate(asks):
            first = (Run(name if not place else "", strong=True),)
            rows.append((first, plain(item.name), citer.say(f"“{clip(item.ask, 320)}”", item.evidence, most=1)))
    return [Table("Asks", ("department", "proposition", "words of the ask"), tuple(rows), (4, 4, 9))]


def _nearest(found: Comparison, citer: Citer, names: _Names) -> list[Part]:
    rows = []
    for item in found.nearest:
        for match in item.found[:2]:
            shared = f" Shared words: {listed(match.words, most=8)}." if match.words else ""
            why = " ".join(sentence(part.why) for part in match.parts if part.value > 0 and part.why)
            rows.append(
                (
                    (Run(item.name, strong=True),),
                    citer.say(f"{match.name} ({names.area(match.area)})", match.evidence, most=1),
                    plain(percent(match.score)),
                    plain(f"{why}{shared}".strip()),
                )
            )
    if not rows:
        return [Paragraph(plain("No proposition elsewhere is near enough to name."))]
    return [Table("Nearest", ("ours", "elsewhere", "score", "what the two share"), tuple(rows), (5, 6, 2, 7))]


def _similar(found: Comparison, names: _Names) -> list[Part]:
    rows = tuple(
        ((Run(names.area(item.area), strong=True),), plain(percent(item.score)), plain(sentence(item.says)))
        for item in found.similar
    )
    if not rows:
        return [Paragraph(plain("No other strategy was read."))]
    return [Table("Similar", ("strategy", "score", "why"), rows, (4, 2, 11))]


def _editions(item: Editions, citer: Citer) -> list[Part]:
    points = [citer.say(f"Changed: {change.name}.", change.evidence) for change in item.changed]
    points += [citer.say(f"Added: {card.name}.", card.evidence, most=1) for card in item.added]
    points += [citer.say(f"Left out: {card.name}.", card.evidence, most=1) for card in item.left_out]
    parts: list[Part] = [Paragraph(plain(sentence(item.says)))]
    return [*parts, Bullets(tuple(points[:30]))] if points else parts

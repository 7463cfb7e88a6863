"""The comparison of a strategy with others as a board report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.model import Area, Comparison, Editions, Finding, Precedent, RowKind
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

FINDINGS = 8  # rows of each list
NAMED = 2  # of each kind in the summary
CHANGES = 12  # of each kind between two editions
NEAR = 0.15  # below this, likeness to a proposition elsewhere is chance
ROWS_A_KIND = 8
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
    """The short names of the areas of a comparison."""

    areas: Mapping[str, Area]

    def area(self, area_id: str | None) -> str:
        if area_id is None:
            return "no strategy"
        return self.areas[area_id].label if area_id in self.areas else area_id


def _names(found: Comparison) -> _Names:
    return _Names({item.id: item for item in found.areas})


def report_comparison(found: Comparison, passages: Iterable[Passage] = (), *, rows_a_kind: int = ROWS_A_KIND) -> Report:
    """Return the board report of a comparison.

    Args: passages: those that the answer cites, for the place of each quote.  rows_a_kind: of the chart; 0 for all.
    """
    citer = make_citer(found.documents, passages)
    names = _names(found)
    own = names.area(found.area)
    others = [item.label for item in found.areas if not item.chosen]
    parts: list[Part] = [Heading("Summary"), Bullets(summarise_comparison(found, citer))]
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
        title=f"{own} beside the other strategies",
        subtitle=f"Beside {listed(others, most=12)}" if others else "No other strategy was read",
        parts=tuple(parts),
        sources=to_sources(found.documents),
        version=found.version,
    )


def summarise_comparison(found: Comparison, citer: Citer) -> tuple[Line, ...]:
    """Return a comparison in a few sentences made from its figures."""
    names = _names(found)
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
    lines += [
        _summary_line(f"{own} and at least one other strategy share", "", found.shared, citer),
        _summary_line(f"Only {own} has", "", found.distinctive, citer),
        _summary_line("Several others have", f" that {own} lacks", found.missing, citer),
    ]
    lines.append(_precedent_line(found.precedents, citer))
    if found.similar:
        first = found.similar[0]
        like = names.area(first.area)
        why = first.says.removeprefix(f"{like}: ")
        lines.append(plain(f"Most like it is {like}, with a score of {percent(first.score)}: {why}"))
    if silent:
        lines.append(
            plain(
                f"No document of {listed(silent, most=12)} was read: that nothing stands in "
                f"{'its column' if len(silent) == 1 else 'their columns'} says nothing about what "
                f"{'it contains' if len(silent) == 1 else 'they contain'}."
            )
        )
    return tuple(lines)


def _summary_line(lead: str, tail: str, findings: Sequence[Finding], citer: Citer) -> Line:
    """Say how many findings there are, and name the strongest of each kind."""
    if not findings:
        return plain(f"{lead} nothing{tail}, as far as was read.")
    runs = [Run(f"{lead} "), Run(counted(len(findings), "topic"), strong=True), Run(f"{tail}: ")]
    kinds = [(kind, [item for item in findings if item.kind is kind][:NAMED]) for kind in RowKind]
    kinds = [(kind, items) for kind, items in kinds if items]
    for turn, (kind, items) in enumerate(kinds):
        runs.append(Run(f"{'; ' if turn else ''}{KIND_NAMES[kind].lower()} "))
        for place, item in enumerate(items):
            runs += [Run(", ")] if place else []
            runs.append(Run(item.name, notes=citer.notes(item.evidence, most=1)))
    left = len(findings) - sum(len(items) for _, items in kinds)
    return (*runs, Run(f"; and {left} more." if left else "."))


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
        Run(f"; the nearest is for {best.name}, where {first.department.name} agreed to this: "),
        Run(f"“{clip(first.words, 180)}”", notes=citer.notes(first.evidence, most=1)),
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
    parts: list[Part] = [Table(title, ("what", "kind", "strength", "in which sense"), rows, (8, 6, 5, 18))]
    if len(findings) > FINDINGS:
        parts.append(Paragraph(plain(f"The first {FINDINGS} of {len(findings)} are shown."), quiet=True))
    return parts


def _precedents(precedents: Sequence[Precedent], citer: Citer, names: _Names) -> list[Part]:
    rows: dict[tuple[str, str], tuple[Line, ...]] = {}
    for item in precedents:
        if item.found:
            best = item.found[0]
            agreed_in = best.agreed_in.name if best.agreed_in else names.area(None)
            more = f" And {len(item.found) - 1} more." if len(item.found) > 1 else ""
            rows.setdefault(
                (item.name.casefold(), best.proposition),
                (
                    (Run(item.name, strong=True), Run(f": {clip(item.ask, 200)}" if item.ask else "")),
                    plain(best.department.name),
                    (*citer.say(f"“{clip(best.words, 240)}”", best.evidence, most=1), Run(more)),
                    plain(", ".join(part for part in (agreed_in, best.published or "") if part)),
                    plain(percent(best.score)),
                ),
            )
    parts: list[Part] = []
    if rows:
        heads = ("our ask", "department", "what it agreed to", "where and when", "score")
        parts.append(Table("Precedents", heads, tuple(rows.values()), (6, 4, 7, 4, 2)))
    without = [item for item in precedents if not item.found]
    if without:
        searched = counted(without[0].searched_documents, "document")
        left = listed(list(dict.fromkeys(item.name for item in without)), most=40)
        parts.append(Paragraph((Run("Without a precedent", strong=True), Run(f" in the {searched} searched: {left}."))))
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
    """Return the nearest proposition elsewhere for each of ours, where one is near enough, nearest first."""
    rows: dict[tuple[str, str], tuple[Line, ...]] = {}
    pairs = [(item, item.found[0]) for item in found.nearest if item.found and item.found[0].score >= NEAR]
    for item, match in sorted(pairs, key=lambda pair: (-pair[1].score, pair[0].proposition)):
        shared = f" Shared words: {listed(match.words, most=8)}." if match.words else ""
        why = " ".join(sentence(part.why) for part in match.parts if part.value > 0 and part.why)
        rows.setdefault(
            (item.name.casefold(), match.id),
            (
                (Run(item.name, strong=True),),
                citer.say(f"{match.name} ({names.area(match.area)})", match.evidence, most=1),
                plain(percent(match.score)),
                plain(f"{why}{shared}".strip()),
            ),
        )
    if not rows:
        return [Paragraph(plain("No proposition elsewhere is near enough to name."))]
    parts: list[Part] = [
        Table("Nearest", ("ours", "elsewhere", "score", "what they share"), tuple(rows.values()), (5, 6, 2, 7))
    ]
    left = len(found.nearest) - len(pairs)
    if left:
        parts.append(
            Paragraph(plain(f"For {left} others nothing elsewhere scores {percent(NEAR)} or more."), quiet=True)
        )
    return parts


def _similar(found: Comparison, names: _Names) -> list[Part]:
    rows = tuple(
        ((Run(names.area(item.area), strong=True),), plain(percent(item.score)), plain(sentence(item.says)))
        for item in found.similar
    )
    if not rows:
        return [Paragraph(plain("No other strategy was read."))]
    return [Table("Similar", ("strategy", "score", "why"), rows, (4, 2, 11))]


def _editions(item: Editions, citer: Citer) -> list[Part]:
    rows = []
    for change in item.changed:
        for field, before, after in change.fields:
            said = f"“{clip(after, 160)}”" if after else "left out"
            first = (Run(change.name, strong=True),)
            rows.append((first, plain(field), plain(f"“{clip(before, 160)}”" if before else "–"), plain(said)))
    parts: list[Part] = [Paragraph(plain(sentence(item.says)))]
    if rows:
        parts.append(Table("Changed", ("proposition", "field", "before", "after"), tuple(rows[:CHANGES]), (5, 2, 7, 7)))
    points = [citer.say(f"Added: {card.name}.", card.evidence, most=1) for card in item.added[:CHANGES]]
    points += [citer.say(f"Left out: {card.name}.", card.evidence, most=1) for card in item.left_out[:CHANGES]]
    return [*parts, Bullets(tuple(points))] if points else parts

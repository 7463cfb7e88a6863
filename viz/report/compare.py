"""The comparison of a strategy with others as a board report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.cells import CellQuote
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
    Records,
    Report,
    Run,
    Table,
    plain,
)
from viz.report.parts import gist, remarks
from viz.report.words import clip, counted, listed, percent, sentence

FINDINGS = 5  # rows of each list before the annex
PRECEDENTS = 6
SIMILAR = 3
SPARED = 2  # rows more than the most do not send a reader elsewhere
LONGEST = 40  # rows of a list in the annex
NAMED = 2  # of each kind in the summary
CHANGES = 12  # of each kind between two editions
NEAR = 0.15  # below this, likeness to a proposition elsewhere is chance
ROWS_A_KIND = 6
MOST_QUOTES = 50_000
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


def report_comparison(
    found: Comparison,
    passages: Iterable[Passage] = (),
    *,
    rows_a_kind: int = ROWS_A_KIND,
    quotes: Sequence[CellQuote] = (),
) -> Report:
    """Return the board report of a comparison: what a person would table, then an annex with the long lists.

    Args: passages: those that are cited, for the place of each quote.  rows_a_kind: of the chart; 0 for all.
    quotes: those behind each figure, for a workbook's sheet of evidence.
    """
    citer = make_citer(found.documents, passages)
    names = _names(found)
    own = names.area(found.area)
    others = [item.label for item in found.areas if not item.chosen]
    cut = _cut if rows_a_kind else _whole
    lists = (
        ("shared", "What is shared", found.shared),
        ("distinctive", f"What only {own} has", found.distinctive),
        ("missing", f"What others have and no proposition of {own} names", found.missing),
    )
    parts: list[Part] = [Heading("Summary"), Bullets(summarise_comparison(found, citer))]
    parts += [Heading("The picture"), to_matrix(found, rows_a_kind=rows_a_kind)]
    for key, title, findings in lists:
        parts += [Heading(title), *gist(found.meanings, key), *_findings(title, findings, citer, cut)]
    parts += [Heading("What Government has agreed to elsewhere"), *gist(found.meanings, "precedents")]
    parts += _precedents(found.precedents, citer, names, cut)
    parts += [Heading("Asks by department"), *_departments(found.precedents)]
    parts += [Heading("The most similar strategies"), *gist(found.meanings, "similar"), *_similar(found, names, cut)]
    parts += remarks(found.notes, truncated=found.truncated)
    parts += [Heading("Annex: in full", on_new_page=True)]
    parts += [Paragraph(plain("What the pages before shorten, and how each figure is worked out."), quiet=True)]
    for _, title, findings in lists:
        parts += _other_findings(title, findings, citer, cut)
    parts += [Heading("The asks in full", 2), *_asks(found.precedents, citer, cut)]
    parts += [Heading("Nearest propositions elsewhere", 2), *gist(found.meanings, "nearest")]
    parts += _nearest(found, citer, names, cut)
    for item in found.editions:
        parts += [Heading("What changed between editions", 2), *_editions(item, citer)]
    parts += [Heading("How the figures are worked out", 2), Bullets(_workings(found))]
    return Report(
        title=f"{own} beside the other strategies",
        subtitle=f"Beside {listed(others, most=12)}" if others else "No other strategy was read",
        parts=tuple(parts),
        sources=to_sources(found.documents),
        version=found.version,
        records=(_evidence(quotes, names, citer),) if quotes else (),
    )


Cut = Callable[..., tuple[int, list[Part]]]  # number of rows, most, where the rest is -> rows shown, what says so


def _cut(number: int, most: int, where: str = "the workbook (.xlsx)") -> tuple[int, list[Part]]:
    """Return how many rows of a list to show, and a line that says where the rest is; a few too many are shown all."""
    if number <= most + SPARED:
        return number, []
    return most, [Paragraph(plain(f"The first {most} of {number} are shown; {where} has the others."), quiet=True)]


def _whole(number: int, most: int, where: str = "") -> tuple[int, list[Part]]:  # noqa: ARG001 - as `_cut`
    return number, []


def _workings(found: Comparison) -> tuple[Line, ...]:
    return tuple(
        (Run(f"{item.name.replace('_', ' ').capitalize()}: ", strong=True), Run(sentence(item.computed)))
        for item in found.meanings
    )


def _evidence(quotes: Sequence[CellQuote], names: _Names, citer: Citer) -> Records:
    rows = []
    for quote in quotes[:MOST_QUOTES]:
        (note,) = citer.notes([quote.citation], most=1)
        name = quote.name or "the strategy as a whole"
        said = (KIND_NAMES[quote.row.kind], quote.row.name, names.area(quote.area), name, " ".join(note.quote.split()))
        rows.append((*said, note.title, note.place, note.published))
    heads = ("kind", "row", "strategy", "proposition", "quote", "document", "page or place", "date")
    return Records("Evidence", heads, tuple(rows), (24, 36, 28, 36, 80, 50, 36, 12))


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
        _summary_line(f"{own} and at least one other strategy share", "", found.shared),
        _summary_line(f"{own} has", " almost to itself", found.distinctive),
        _summary_line("Several others have", f" that no proposition of {own} names", found.missing),
    ]
    lines.append(_precedent_line(found.precedents, citer))
    if found.similar:
        first = found.similar[0]
        like = names.area(first.area)
        why = first.says.removeprefix(like).lstrip(": ")
        lines.append(plain(f"Most like it is {like} ({percent(first.score)}): it {why}"))
    if silent:
        lines.append(
            plain(
                f"No document of {listed(silent, most=12)} was read: that nothing stands in "
                f"{'its column' if len(silent) == 1 else 'their columns'} says nothing about what "
                f"{'it contains' if len(silent) == 1 else 'they contain'}."
            )
        )
    return tuple(lines)


def _summary_line(lead: str, tail: str, findings: Sequence[Finding]) -> Line:
    """Say how many findings there are, and name the strongest of each kind; their quotes stand further on."""
    if not findings:
        return plain(f"{lead} nothing{tail}, as far as was read.")
    runs = [Run(f"{lead} "), Run(counted(len(findings), "topic"), strong=True), Run(f"{tail}: ")]
    kinds = [(kind, [item for item in findings if item.kind is kind][:NAMED]) for kind in RowKind]
    kinds = [(kind, items) for kind, items in kinds if items]
    for turn, (kind, items) in enumerate(kinds):
        runs.append(Run(f"{'; ' if turn else ''}{KIND_NAMES[kind].lower()} "))
        for place, item in enumerate(items):
            runs += [Run(", ")] if place else []
            runs.append(Run(item.name))
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


def _findings(title: str, findings: Sequence[Finding], citer: Citer, cut: Cut) -> list[Part]:
    if not findings:
        return [Paragraph(plain("Nothing was found here."))]
    shown, more = cut(len(findings), FINDINGS, "the annex")
    return [_finding_table(title, findings[:shown], citer), *more]


def _other_findings(title: str, findings: Sequence[Finding], citer: Citer, cut: Cut) -> list[Part]:
    """Return the findings that the pages before leave out."""
    before, more = cut(len(findings), FINDINGS)
    if not more:
        return []
    shown, more = cut(len(findings) - before, LONGEST)
    rest = _finding_table(title, findings[before : before + shown], citer)
    return [Heading(f"{title}: the others", 2), rest, *more]


def _finding_table(title: str, findings: Sequence[Finding], citer: Citer) -> Table:
    rows = tuple(
        (
            (Run(item.name, strong=True),),
            citer.say(sentence(item.says.partition(": ")[2] or item.says), item.evidence, most=1),
            plain(percent(item.strength)),
        )
        for item in findings
    )
    return Table(title, ("what", "who has it", "strength"), rows, (6, 14, 3))


def _precedents(precedents: Sequence[Precedent], citer: Citer, names: _Names, cut: Cut) -> list[Part]:
    rows: dict[tuple[str, str], tuple[Line, ...]] = {}
    for item in precedents:
        if item.found:
            best = item.found[0]
            agreed_in = best.agreed_in.name if best.agreed_in else names.area(None)
            nationally = "" if best.area else "for the whole country or an industry"
            more = f" And {len(item.found) - 1} more." if len(item.found) > 1 else ""
            rows.setdefault(
                (item.name.casefold(), best.proposition),
                (
                    (Run(item.name, strong=True), Run(f": {clip(item.ask, 200)}" if item.ask else "")),
                    plain(best.department.name),
                    (*citer.say(f"“{clip(best.words, 240)}”", best.evidence, most=1), Run(more)),
                    plain(", ".join(part for part in (agreed_in, best.published or "", nationally) if part)),
                    plain(percent(best.score)),
                ),
            )
    parts: list[Part] = []
    if rows:
        heads = ("our ask", "department", "what it agreed to", "where and when", "score")
        shown, rest = cut(len(rows), PRECEDENTS)
        parts += [Table("Precedents", heads, tuple(rows.values())[:shown], (6, 4, 7, 4, 2)), *rest]
    without = [item for item in precedents if not item.found]
    if without:
        searched = counted(without[0].searched_documents, "document")
        left = listed(list(dict.fromkeys(item.name for item in without)), most=40)
        parts.append(Paragraph((Run("Without a precedent", strong=True), Run(f" in the {searched} searched: {left}."))))
    return parts or [Paragraph(plain("No ask of Government was found, so there is nothing to find a precedent for."))]


def _departments(precedents: Sequence[Precedent]) -> list[Part]:
    """Return which propositions ask which department, a line a department; the words stand in the annex."""
    asked: dict[str, dict[str, None]] = {}
    for item in precedents:
        for department in item.departments:
            asked.setdefault(department.name, {})[item.name] = None
    if not asked:
        return [Paragraph(plain("No ask names a department."))]
    rows = tuple(
        ((Run(name, strong=True),), plain(str(len(items))), plain(listed(list(items), most=12)))
        for name, items in sorted(asked.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )
    return [Table("Departments", ("department", "asks", "by these propositions"), rows, (5, 2, 12))]


def _asks(precedents: Sequence[Precedent], citer: Citer, cut: Cut) -> list[Part]:
    """Return every ask with whom it asks and its words."""
    asks = [item for item in precedents if item.departments]
    if not asks:
        return [Paragraph(plain("No ask names a department."))]
    rows = tuple(
        (
            (Run(item.name, strong=True),),
            plain(listed([department.name for department in item.departments], most=12)),
            citer.say(f"“{clip(item.ask, 320)}”", item.evidence, most=1),
        )
        for item in sorted(asks, key=lambda item: (item.name, item.proposition))
    )
    shown, more = cut(len(rows), LONGEST)
    return [Table("Asks", ("proposition", "asks", "in these words"), rows[:shown], (4, 5, 9)), *more]


def _nearest(found: Comparison, citer: Citer, names: _Names, cut: Cut) -> list[Part]:
    """Return the nearest proposition elsewhere for each of ours, where one is near enough, nearest first."""
    rows: dict[tuple[str, str], tuple[Line, ...]] = {}
    pairs = [(item, item.found[0]) for item in found.nearest if item.found and item.found[0].score >= NEAR]
    for item, match in sorted(pairs, key=lambda pair: (-pair[1].score, pair[0].proposition)):
        shared = f" Shared words: {listed(match.words, most=8)}." if match.words else ""
        why = " ".join(sentence(part.why) for part in match.parts if part.value > 0 and part.name != "wording")
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
    shown, more = cut(len(rows), LONGEST)
    heads = ("ours", "elsewhere", "score", "what they share")
    parts: list[Part] = [Table("Nearest", heads, tuple(rows.values())[:shown], (5, 6, 2, 7)), *more]
    left = len(found.nearest) - len(pairs)
    if left:
        parts.append(
            Paragraph(plain(f"For {left} others nothing elsewhere scores {percent(NEAR)} or more."), quiet=True)
        )
    return parts


def _similar(found: Comparison, names: _Names, cut: Cut) -> list[Part]:
    rows = tuple(
        ((Run(names.area(item.area), strong=True),), plain(percent(item.score)), plain(sentence(item.says)))
        for item in found.similar
    )
    if not rows:
        return [Paragraph(plain("No other strategy was read."))]
    heads = ("strategy", "score", "why")
    shown, more = cut(len(rows), SIMILAR)
    return [Table("Similar", heads, rows[:shown], (4, 2, 11)), *more]


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

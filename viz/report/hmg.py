"""Which departments are asked for what, and by whom, as a board report."""

from collections.abc import Iterable, Mapping, Sequence

from graph.analysis.model import Ask, Card, DepartmentLine, HmgAnswer, Holder, ThemeCount
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

THEME_ROWS = 14
COLUMNS = 9
LEADS = 20  # rows
MOVES = 4  # of the work of one department
THEME_KINDS = {"foundation": "Foundations of productivity", "grand challenge": "Grand Challenges", "sector": "Sectors"}


def report_hmg(found: HmgAnswer, passages: Iterable[Passage] = ()) -> Report:
    """Return the board report of the links to Government; `passages` give each quote its place."""
    citer = make_citer(found.documents, passages)
    cards = {item.id: item for item in found.propositions}
    asked = [item for item in found.departments if item.asked]
    parts: list[Part] = [Heading("Summary"), Bullets(summarise_hmg(found, citer))]
    parts += [Heading("Departments"), *meaning(found.meanings, "departments"), *_departments(found.departments)]
    parts += _chart(asked)
    parts += [Heading("Asks by department"), *meaning(found.meanings, "asks"), *_asks(asked, found.asks, citer)]
    parts += [Heading("Asks that need several departments"), *meaning(found.meanings, "several_departments")]
    parts += _several(found, citer)
    parts += [Heading("Departments asked together"), *meaning(found.meanings, "asked_together")]
    parts += _together(found, citer, cards)
    if found.central:
        parts += [Heading("Which departments stand in the middle", 2), *meaning(found.meanings, "central")]
        parts.append(_central(found))
    parts += [Heading("What departments lead"), *meaning(found.meanings, "leads"), *_leads(found, citer, cards)]
    if found.holders:
        parts += [Heading(f"Who holds it on {found.holders[0].on}"), *meaning(found.meanings, "holders")]
        parts.append(_holders(found.holders))
    parts += [Heading("Who is never asked"), *meaning(found.meanings, "never_asked"), *_never(found, citer)]
    parts += remarks(found.notes, truncated=found.truncated)
    return Report(
        title="What is asked of Government",
        subtitle=f"{sentence(counted(len(found.asks), 'ask'))[:-1]} of {counted(len(asked), 'department')}",
        parts=tuple(parts),
        sources=to_sources(found.documents),
        version=found.version,
    )


def summarise_hmg(found: HmgAnswer, citer: Citer) -> tuple[Line, ...]:
    """Return the links to Government in a few sentences made from their figures."""
    asked = sorted((item for item in found.departments if item.asked), key=lambda item: (-len(item.asked), item.name))
    if not asked:
        return (plain("No ask of a department was found in the documents."),)
    propositions = {name for item in asked for name in item.asked}
    lines: list[Line] = [
        plain(
            sentence(
                f"{counted(len(found.asks), 'ask')} in {counted(len(propositions), 'proposition')} "
                f"{'goes' if len(found.asks) == 1 else 'go'} to {counted(len(asked), 'department')}"
            )
        )
    ]
    first = asked[0]
    areas = listed([item.name for item in first.areas], most=5)
    by = f", by {areas}" if areas else ""
    lines.append(
        (
            Run("Most is asked of "),
            Run(first.name, strong=True),
            Run(f": {counted(len(first.asked), 'proposition')}{by}.", notes=citer.notes(first.evidence, most=1)),
        )
    )
    if found.several_departments:
        top = found.several_departments[0]
        count = len(found.several_departments)
        names = listed([item.name for item in top.departments])
        lines.append(
            (
                Run(sentence(counted(count, "proposition"))[:-1]),
                Run(f" {'needs' if count == 1 else 'need'} several departments to agree; {top.name} needs {names}."),
                Run("", notes=citer.notes(top.evidence, most=1)),
            )
        )
    if found.asked_together:
        pair = max(found.asked_together, key=lambda item: item.weight)
        times = counted(pair.weight, "proposition")
        lines.append(
            citer.say(
                f"{pair.first.name} and {pair.second.name} are asked together most, by {times}.", pair.evidence, most=1
            )
        )
    for item in found.never_asked[:2]:
        lines.append((Run(f"{item.name}: "), *citer.say(sentence(item.says), item.evidence, most=1)))
    return tuple(lines)


def _departments(departments: Sequence[DepartmentLine]) -> list[Part]:
    rows = tuple(
        (
            (Run(item.name, strong=True),),
            plain(str(len(item.asked))),
            plain(str(len(item.agreed))),
            plain(listed([f"{area.name} ({len(area.propositions)})" for area in item.areas], most=5) or "–"),
            plain(listed([f"{theme.name} ({len(theme.propositions)})" for theme in item.themes], most=6) or "–"),
        )
        for item in departments
    )
    if not rows:
        return [Paragraph(plain("No department is asked for anything."))]
    return [Table("Departments", ("department", "asks", "agreed", "areas", "themes"), rows, (9, 3, 4, 9, 11))]


def _chart(asked: Sequence[DepartmentLine]) -> list[Part]:
    """Return themes by department as a chart: the share is of the department's asks."""
    columns = sorted(asked, key=lambda item: (-len(item.asked), item.name))[:COLUMNS]
    totals: dict[tuple[str, str, str], int] = {}
    for item in columns:
        for theme in item.themes:
            key = (theme.kind, theme.name, theme.id)
            totals[key] = totals.get(key, 0) + len(theme.propositions)
    rows = []
    for kind, heading in THEME_KINDS.items():
        members = sorted((key for key in totals if key[0] == kind), key=lambda key: (-totals[key], key))
        for key in members[:THEME_ROWS]:
            cells = tuple(_theme_cell(item, key[2]) for item in columns)
            rows.append(MatrixRow(heading, key[1], cells))
    if not rows or not columns:
        return []
    caption = (
        "Propositions that ask a department, by theme. The darker a cell, the larger its share of what the department "
        f"is asked or has agreed to{'; the departments that are asked most' if len(asked) > COLUMNS else ''}."
    )
    return [
        Heading("Themes by department", 2),
        Matrix("Themes", caption, tuple(item.name for item in columns), tuple(rows), own=-1),
    ]


def _theme_cell(item: DepartmentLine, theme_id: str) -> MatrixCell:
    count = next((len(theme.propositions) for theme in item.themes if theme.id == theme_id), 0)
    whole = len({*item.asked, *item.agreed})
    return MatrixCell(count, count / whole if whole else 0.0)


def _asks(asked: Sequence[DepartmentLine], asks: Sequence[Ask], citer: Citer) -> list[Part]:
    parts: list[Part] = []
    for department in asked:
        rows = tuple(
            (
                (Run(item.name, strong=True),),
                plain(_area_name(department.areas, item.area)),
                citer.say(f"“{clip(item.words, 360)}”", item.evidence, most=1),
                plain(", ".join(word for word in (item.date or "", item.status) if word)),
            )
            for item in asks
            if item.department.id == department.id
        )
        if rows:
            parts.append(Heading(department.name, 2))
            heads = ("proposition", "area", "words of the ask", "date and status")
            parts.append(Table("Asks", heads, rows, (5, 3, 10, 3), group=department.name))
    return parts or [Paragraph(plain("No ask names a department."))]


def _area_name(areas: Sequence[ThemeCount], area_id: str | None) -> str:
    return next((item.name for item in areas if item.id == area_id), "–")


def _several(found: HmgAnswer, citer: Citer) -> list[Part]:
    if not found.several_departments:
        return [Paragraph(plain("No proposition asks more than one department."))]
    rows = tuple(
        (
            (Run(item.name, strong=True),),
            plain(listed([department.name for department in item.departments], most=12)),
            citer.say(f"“{clip(item.words, 300)}”", item.evidence, most=1),
        )
        for item in found.several_departments
    )
    return [Table("Several departments", ("proposition", "departments", "words of the ask"), rows, (5, 6, 9))]


def _together(found: HmgAnswer, citer: Citer, cards: Mapping[str, Card]) -> list[Part]:
    if not found.asked_together:
        return [Paragraph(plain("No two departments are asked by the same proposition."))]
    rows = tuple(
        (
            plain(item.first.name),
            plain(item.second.name),
            plain(str(item.weight)),
            citer.say(_card_names(item.propositions, cards), item.evidence),
        )
        for item in found.asked_together
    )
    return [Table("Asked together", ("department", "and", "times", "which"), rows, (5, 5, 3, 8))]


def _central(found: HmgAnswer) -> Table:
    rows = tuple(
        (
            plain(str(item.rank)),
            (Run(item.name, strong=True),),
            plain(percent(item.value)),
            plain(str(item.lowest) if item.lowest == item.highest else f"{item.lowest} to {item.highest}"),
            plain(sentence(item.says)),
        )
        for item in found.central
    )
    heads = ("rank", "department", "value", "rank where one document is left out", "in words")
    return Table("In the middle", heads, rows, (2, 6, 2, 4, 8))


def _leads(found: HmgAnswer, citer: Citer, cards: Mapping[str, Card]) -> list[Part]:
    if not found.leads:
        return [Paragraph(plain("No deal or programme with a lead department bears on a proposition."))]
    rows = tuple(
        (
            plain(item.department.name),
            citer.say(item.lever.name, item.evidence, most=1),
            plain(_card_names(item.propositions, cards) or "–"),
            plain(_card_names(item.unasked, cards) or "–"),
        )
        for item in found.leads[:LEADS]
    )
    heads = ("department", "leads", "propositions that build on it", "of these, not asking it by name")
    parts: list[Part] = [Table("Leads", heads, rows, (5, 5, 7, 5))]
    if len(found.leads) > LEADS:
        parts.append(Paragraph(plain(f"The first {LEADS} of {len(found.leads)} are shown."), quiet=True))
    return parts


def _holders(holders: Sequence[Holder]) -> Table:
    rows = []
    for item in holders:
        moves = [
            f"{step.before.name} to {step.after.name}, {step.date}{f' ({step.moved})' if step.moved else ''}"
            for step in item.steps
        ]
        more = f"; and {len(moves) - MOVES} more" if len(moves) > MOVES else ""
        sources = sorted({address for step in item.steps for address in step.sources})
        tail = f". Source: {listed(sources, most=1)}" if sources else ""
        rows.append(
            (
                plain(item.department.name),
                (Run(listed([holder.name for holder in item.holders], most=6) or "nobody", strong=True),),
                plain(f"{'; '.join(moves[:MOVES]) or sentence(item.says)}{more}{tail}"),
            )
        )
    return Table("Holders", ("named in the documents", "held by", "by these moves"), tuple(rows), (4, 5, 10))


def _never(found: HmgAnswer, citer: Citer) -> list[Part]:
    if not found.never_asked:
        return [Paragraph(plain("Every department with a part in what the propositions build on is asked."))]
    points = tuple(
        (Run(f"{item.name}: ", strong=True), *citer.say(sentence(item.says), item.evidence))
        for item in found.never_asked
    )
    return [Bullets(points)]


def _card_names(ids: Sequence[str], cards: Mapping[str, Card]) -> str:
    """Return the names of propositions, each once though several documents may have one of that name."""
    names = {clip(cards[name].name, 60) if name in cards else name: None for name in ids}
    return listed(list(names), most=5)

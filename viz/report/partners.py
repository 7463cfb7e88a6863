"""Who could deliver a proposition, or what a body could help to deliver, as a board report."""

from collections.abc import Iterable, Sequence

from graph.analysis.model import Candidate, Existing, PartnerAnswer, Reason, RoleAnswer, TeamUp, iter_citations
from graph.model import Passage
from viz.report.cite import Citer, make_citer, to_sources
from viz.report.model import Bullets, Heading, Line, Paragraph, Part, Report, Run, Table, plain
from viz.report.parts import meaning, remarks
from viz.report.words import clip, counted, listed, percent, sentence

REASONS, LEAST_SHOWN = 4, 0.005  # parts that would show as 0.00 say nothing


def report_partners(found: PartnerAnswer, passages: Iterable[Passage] = ()) -> Report:
    """Return the report of the partners suggested for a proposition; `passages` give each quote its place."""
    citer = make_citer(found.documents, passages)
    card = found.proposition
    parts: list[Part] = [Heading("Summary"), Bullets(summarise_partners(found, citer))]
    for label, text in (("What", card.what), ("Ask of Government", card.ask)):
        if text and text != card.name:
            said = clip(text, 700)
            parts.append(
                Paragraph((Run(f"{label}: ", strong=True), Run(said, notes=citer.notes(card.evidence, most=1))))
            )
    parts += [Heading("Partners already in it"), *_existing(found.existing, citer)]
    parts += [Heading("Suggested partners"), *meaning(found.meanings, "candidates")]
    parts += _candidates(found.candidates, citer, heads=("body", "kind"))
    parts += [Heading("Areas to team up with"), *meaning(found.meanings, "team_up"), *_team_up(found.team_up, citer)]
    parts += remarks(found.notes, truncated=found.truncated)
    return Report(
        title=f"Partners for {clip(card.name, 90)}",
        subtitle="Who could deliver it, and why them",
        parts=tuple(parts),
        sources=to_sources(found.documents),
        version=found.version,
    )


def report_roles(found: RoleAnswer, passages: Iterable[Passage] = ()) -> Report:
    """Return the report of the propositions that a body could help to deliver."""
    citer = make_citer(found.documents, passages)
    already = [citer.say(f"{item.name}.", item.evidence, most=1) for item in found.already]
    parts: list[Part] = [Heading("Where it is a partner already")]
    parts.append(Bullets(tuple(already)) if already else Paragraph(plain("No document names it as a partner.")))
    parts += [Heading("Where it could take part"), *meaning(found.meanings, "candidates")]
    parts += _candidates(found.candidates, citer, heads=("proposition", "status"))
    parts += remarks(found.notes, truncated=found.truncated)
    return Report(
        title=f"Propositions for {found.body.name}",
        subtitle="What it could help to deliver, and why",
        parts=tuple(parts),
        sources=to_sources(found.documents),
        version=found.version,
    )


def summarise_partners(found: PartnerAnswer, citer: Citer) -> tuple[Line, ...]:
    """Return who is in it and who is suggested, in a few sentences."""
    lines: list[Line] = []
    if found.existing:
        runs = [Run(f"{sentence(counted(len(found.existing), 'body', 'bodies'))[:-1]} already in it: ")]
        for place, item in enumerate(found.existing[:5]):
            runs.append(Run(", " if place else ""))
            runs.append(Run(item.name, notes=citer.notes(item.evidence, most=1)))
        runs.append(Run("." if len(found.existing) <= 5 else f" and {len(found.existing) - 5} more."))
        lines.append(tuple(runs))
    else:
        lines.append(plain("No document names a partner in it."))
    if found.candidates:
        names = listed([f"{item.name} ({percent(item.score)})" for item in found.candidates], most=3)
        lines.append((Run("First of those suggested: "), Run(names, strong=True), Run(".")))
        best = found.candidates[0]
        if best.reasons:
            lines.append(_reason(best.reasons[0], citer, lead=f"Why {best.name}: "))
    else:
        lines.append(plain("Nothing in the graph leads from this proposition to a partner."))
    if found.team_up:
        lines.append(plain(sentence(found.team_up[0].says)))
    return tuple(lines)


def _existing(existing: Sequence[Existing], citer: Citer) -> list[Part]:
    if not existing:
        return [Paragraph(plain("No document names one."))]
    rows = tuple((citer.say(item.name, item.evidence), plain(item.kind), plain(item.role)) for item in existing)
    return [Table("Partners now", ("body", "kind", "role"), rows, (7, 4, 4))]


def _candidates(candidates: Sequence[Candidate], citer: Citer, *, heads: tuple[str, str]) -> list[Part]:
    if not candidates:
        return [Paragraph(plain("Nothing in the graph leads to one."))]
    rows = []
    for item in candidates:
        reasons: list[Run] = []
        worth = {part.name: part.value for part in item.parts}
        for reason in [reason for reason in item.reasons if worth.get(reason.part, 1.0) >= LEAST_SHOWN][:REASONS]:
            reasons += [Run(" ")] if reasons else []
            reasons += _reason(reason, citer)
        built = "; ".join(
            f"{part.name} {percent(part.value)} of {percent(part.weight)}"
            for part in item.parts
            if part.value >= LEAST_SHOWN
        )
        rows.append(
            (
                (Run(item.name, strong=True),),
                plain(item.kind),
                plain(percent(item.score)),
                tuple(reasons) or plain("–"),
                plain(built or "–"),
            )
        )
    return [Table("Suggested", (*heads, "score", "why", "score made of"), tuple(rows), (5, 3, 2, 8, 5))]


def _reason(reason: Reason, citer: Citer, *, lead: str = "") -> Line:
    notes = citer.notes(tuple(iter_citations(reason.path)), most=2)
    said = sentence(reason.says)
    return ((Run(lead, strong=True),) if lead else ()) + (Run(said, notes=notes),)


def _team_up(areas: Sequence[TeamUp], citer: Citer) -> list[Part]:
    if not areas:
        return [Paragraph(plain("No other area was found with a like ask."))]
    rows = []
    for item in areas:
        matches: list[Run] = []
        for match in item.matches[:3]:
            matches += [Run("; ")] if matches else []
            matches.append(Run(match.name, notes=citer.notes(match.evidence, most=1)))
        departments = listed([department.name for department in item.departments], most=4)
        rows.append(
            (
                (Run(item.name, strong=True),),
                plain(percent(item.score)),
                tuple(matches) or plain("–"),
                plain(departments or "–"),
                plain(sentence(item.says)),
            )
        )
    heads = ("area", "score", "its propositions", "departments both ask", "in which sense")
    return [Table("Team up", heads, tuple(rows), (4, 2, 6, 4, 6))]

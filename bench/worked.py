"""The three worked examples of docs/questions.md as Markdown, made from the answers over the bundled corpus."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from graph.analysis.ask import CompareRequest, HmgRequest, PartnersRequest, ask_compare, ask_hmg, ask_partners
from graph.analysis.model import Citation, Comparison, DocumentRef, Finding, RowKind
from graph.analysis.words import join, shorten
from graph.stores.base import View

AREA, WAVE, PROPOSITION, AS_OF = "lancashire", 1, "Drone Zone", "2026-11-24"
SHOWN, LEAST_SHOWN = 8, 0.005


def compare_example(view: View) -> list[str]:
    """Return Lancashire beside the published strategies of Wave 1."""
    answer = ask_compare(view, AREA, CompareRequest(wave=WAVE))
    labels = {area.id: area.label for area in answer.areas}
    names = {card.id: card.name for card in answer.propositions}
    lines = ["**Coverage**", "", *(f"- {item.says}" for item in answer.coverage), "", *_matrix(answer, RowKind.SECTOR)]
    for title, found in (("Shared", answer.shared), ("Distinctive", answer.distinctive), ("Missing", answer.missing)):
        lines += [f"**{title}**", "", *_findings(found, answer.documents), ""]
    lines += [
        "**Precedents for what Lancashire asks**",
        "",
        *_table(("proposition", "ask", "agreed elsewhere", "score")),
    ]
    for precedent in answer.precedents:
        score = f"{precedent.found[0].score:.2f}" if precedent.found else ""
        lines.append(_row(precedent.name, shorten(precedent.ask), precedent.says, score))
    lines += [
        "",
        "**Nearest propositions elsewhere**",
        "",
        *_table(("proposition", "nearest", "area", "score", "because")),
    ]
    for nearest in answer.nearest:
        for match in nearest.found[:2]:
            why = "; ".join(f"{part.name} {part.value:.2f}: {part.why}" for part in match.parts)
            lines.append(_row(nearest.name, match.name, labels[match.area or ""], f"{match.score:.2f}", why))
    far = [names[nearest.proposition] for nearest in answer.nearest if not nearest.found]
    lines += ["", *([f"Nothing near: {join(far)}.", ""] if far else [])]
    return [*lines, "**Most similar strategies**", "", *(f"- {item.score:.2f} {item.says}" for item in answer.similar)]


def _matrix(answer: Comparison, kind: RowKind) -> list[str]:
    rows = [row for row in answer.matrix.rows if row.kind is kind][:SHOWN]
    lines = [f"**Propositions by {kind}** (the first {len(rows)} rows; share of the area's propositions)", ""]
    lines += _table(("", *(area.label for area in answer.areas)))
    for row in rows:
        cells = ["no document" if cell.count is None else f"{cell.count} ({cell.share:.0%})" for cell in row.cells]
        lines.append(_row(row.name, *cells))
    return [*lines, ""]


def _findings(found: Sequence[Finding], documents: Sequence[DocumentRef]) -> list[str]:
    if not found:
        return ["- Nothing."]
    lines = [f"- {item.strength:.2f} {item.says} {_quote(item.evidence, documents)}" for item in found[:SHOWN]]
    return [*lines, f"- … and {len(found) - SHOWN} more."] if len(found) > SHOWN else lines


def partners_example(view: View) -> list[str]:
    """Return partners for the Drone Zone."""
    answer = ask_partners(view, PROPOSITION, PartnersRequest(area=AREA, limit=SHOWN))
    lines = [f"**{answer.proposition.name}**: {answer.proposition.what}.", "", "**Already in it**", ""]
    lines += [
        f"- {item.name} ({item.kind}, {item.role}) {_quote(item.evidence, answer.documents)}"
        for item in answer.existing
    ]
    lines += ["", "**Candidates**", "", *_table(("score", "body", "kind", "why"))]
    for item in answer.candidates:
        why = "; ".join(f"{part.name} {part.value:.2f}: {part.why}" for part in item.parts if part.value >= LEAST_SHOWN)
        lines.append(_row(f"{item.score:.2f}", item.name, item.kind, why))
    return [*lines, "", "**Areas to team up with**", "", *(f"- {item.says}" for item in answer.team_up)]


def hmg_example(view: View) -> list[str]:
    """Return what all areas ask of departments, and who holds it today."""
    answer = ask_hmg(view, HmgRequest(as_of=AS_OF))
    names = {card.id: card.name for card in answer.propositions}
    lines = ["**Departments**", "", *_table(("department", "asked", "agreed", "by areas (asked or agreed)"))]
    for line in answer.departments:
        areas = ", ".join(f"{item.name} {len(item.propositions)}" for item in line.areas)
        lines.append(_row(line.name, str(len(line.asked)), str(len(line.agreed)), areas))
    lines += [
        "",
        "**Asks of a named department**",
        "",
        *_table(("department", "proposition", "ask", f"held on {AS_OF} by")),
    ]
    for ask in answer.asks:
        if ask.holders:
            lines.append(
                _row(ask.department.name, ask.name, shorten(ask.words), join(item.name for item in ask.holders))
            )
    lines += ["", "**Asks that need several departments**", ""]
    lines += [f"- {item.name}: {item.says}" for item in answer.several_departments]
    lines += ["", "**Who leads what is built on, and is not asked by name**", ""]
    for lead in answer.leads:
        if lead.unasked:
            lines.append(
                f"- {lead.department.name} leads {lead.lever.name}: {join(names[item] for item in lead.unasked)}."
            )
    lines += ["", "**Never asked by name**", "", *(f"- {item.name}: {item.says}" for item in answer.never_asked)]
    lines += ["", f"**Who holds it on {AS_OF}**", "", *(f"- {item.says}" for item in answer.holders)]
    return [*lines, "", *(f"Note: {note}" for note in answer.notes)]


def _quote(evidence: Sequence[Citation], documents: Sequence[DocumentRef]) -> str:
    titles = {document.id: document.title for document in documents}
    for citation in evidence[:1]:
        page = f", page {citation.page}" if citation.page else ""
        quote = shorten(" ".join(citation.quote.split()), 90)
        return f"(“{quote}”, {titles.get(citation.document, 'a document')}{page})"
    return ""


def _table(header: Iterable[str]) -> list[str]:
    cells = tuple(header)
    return [_row(*cells), "|" + "---|" * len(cells)]


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


EXAMPLES: Mapping[str, Callable[[View], list[str]]] = {
    "compare": compare_example,
    "partners": partners_example,
    "hmg": hmg_example,
}

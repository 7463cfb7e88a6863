"""Scores as tables for people (Markdown, which reads as plain text too) and as JSON for other software."""

from collections.abc import Iterable, Mapping, Sequence

from ingest.evaluation.gold import GoldDocument
from ingest.evaluation.runner import Run, iter_failures
from ingest.evaluation.score import Fault, RuleScore, Score, Share, Tally, macro_f1

Table = tuple[str, Sequence[str], list[list[str]]]  # title, heads, rows
_COUNTS = ("P", "R", "F1", "right", "wrong", "missed")


def make_tables(run: Run) -> list[Table]:
    """Return the tables of a run: summary, then by type, confusion, form, kind of document and document."""
    score = run.score
    tables: list[Table] = [
        ("Summary", ("figure", *_COUNTS), summary_rows(score)),
        ("Entities by type", ("type", *_COUNTS), _tally_rows(score.entities)),
        ("Relations by type", ("type", *_COUNTS), _tally_rows(score.relations)),
        ("Propositions by form", ("form", *_COUNTS), _tally_rows(score.forms)),
        ("Other figures", ("figure", "share", "good", "of"), _share_rows(score)),
        _confusion_table(score),
    ]
    for title, key in (
        ("folder", _part),
        ("genre", lambda gold: gold.genre or "-"),
        ("document", lambda gold: gold.stem),
    ):
        heads = (title, "entities", "closed", "linking", "propositions", "relations", "wrong", "missed")
        groups = run.groups(key)
        if len(groups) > 1:
            tables.append((f"F1 by {title}", heads, [_group_row(name, score) for name, score in groups.items()]))
    return tables


def _part(gold: GoldDocument) -> str:
    return gold.part or "."


def summary_rows(score: Score) -> list[list[str]]:
    """Return the rows of the bar: entities, closed types, propositions, relations with counts."""
    return [
        _tally_row("entities (micro)", score.all_entities),
        ["entities (macro)", "", "", f"{macro_f1(score.entities):.3f}", "", "", ""],
        _tally_row("closed types", score.closed_entities),
        _tally_row("propositions", score.propositions),
        _tally_row("relations (micro)", score.all_relations),
        ["relations (macro)", "", "", f"{macro_f1(score.relations):.3f}", "", "", ""],
    ]


def make_rule_table(score: Score) -> Table:
    """Return what each rule did, most wrong first; a rule that fired in one document only is marked."""
    heads = ("kind", "rule", "precision", "right", "wrong", "neutral", "documents", "")
    order = sorted(score.rules.items(), key=lambda item: (item[0][0], -item[1].wrong, -item[1].right, item[0][1]))
    return "Rules", heads, [_rule_row(kind, rule, found) for (kind, rule), found in order]


def make_comparison_table(runs: Iterable[Run]) -> Table:
    """Return the summary figures of several systems side by side."""
    heads = (
        "system", "entities", "of the types it gives", "closed", "linking", "propositions", "relations",
        "words a second",
    )  # fmt: skip
    return "Systems", heads, [_system_row(run) for run in runs]


def _system_row(run: Run) -> list[str]:
    """Return one system's figures; "-" for what it does not try."""
    score = run.score
    given = sum((tally for tally in score.entities.values() if tally.right or tally.wrong), Tally())
    words, seconds = sum(r.words for r in run.results), sum(r.seconds for r in run.results)
    row = [run.system, *(f"{tally.f1:.3f}" for tally in (score.all_entities, given, score.closed_entities))]
    row.append(f"{score.linking.value:.3f}" if score.linking.good else "-")
    row += [f"{t.f1:.3f}" if t.right + t.wrong else "-" for t in (score.propositions, score.all_relations)]
    return [*row, f"{words / seconds:,.0f}" if seconds else "-"]


def iter_fault_lines(run: Run) -> Iterable[str]:
    """Yield missed and wrong items by document, each with its rule and passage, for a person to read."""
    for result in run.results:
        yield f"\n== {result.gold.document}" + (f": not read: {result.failure}" if result.failure else "")
        for fault in () if result.failure else result.score.faults:
            yield _fault_line(fault)
            if fault.passage:
                yield f"      {fault.passage[:400]}"
        for note in () if result.failure else result.score.notes:
            yield f"  note: {note.removeprefix(result.gold.document + ': ')}"


def to_markdown(tables: Iterable[Table]) -> str:
    """Return tables as Markdown, padded so that they read as plain text too."""
    return "\n".join(f"### {title}\n\n{_markdown_table(heads, rows)}" for title, heads, rows in tables if rows)


def to_json(run: Run) -> dict[str, object]:
    """Return all of a run as values that `json.dumps` takes, the same ones on every run but for the seconds."""
    score = run.score
    return {
        "system": run.system,
        "sound": run.sound,
        "seconds": round(run.seconds, 2),
        "failures": list(iter_failures(run)),
        **_score_json(score),
        "documents": {
            result.gold.stem: {
                "genre": result.gold.genre,
                "seconds": round(result.seconds, 3),
                **_score_json(result.score),
            }
            for result in run.results
        },
        "genres": {name: _score_json(found) for name, found in run.groups(lambda gold: gold.genre or "-").items()},
        "confusion": [
            {"gold": gold, "predicted": predicted, "count": count}
            for (gold, predicted), count in sorted(score.confusion.items())
        ],
        "rules": [
            {"kind": kind, "rule": rule, "right": found.right, "wrong": found.wrong, "neutral": found.neutral,
             "precision": found.precision, "documents": sorted(found.documents)}
            for (kind, rule), found in sorted(score.rules.items())
        ],
        "faults": [_fault_json(fault) for fault in score.faults],
        "notes": list(score.notes),
    }  # fmt: skip


def _score_json(score: Score) -> dict[str, object]:
    return {
        "entities": {
            "micro": _tally_json(score.all_entities),
            "macro_f1": round(macro_f1(score.entities), 4),
            "closed": _tally_json(score.closed_entities),
            "types": {name: _tally_json(tally) for name, tally in score.entities.items()},
        },
        "propositions": {
            **_tally_json(score.propositions),
            "forms": {name: _tally_json(tally) for name, tally in score.forms.items()},
        },
        "relations": {
            "micro": _tally_json(score.all_relations),
            "macro_f1": round(macro_f1(score.relations), 4),
            "types": {name: _tally_json(tally) for name, tally in score.relations.items()},
        },
        "linking": _share_json(score.linking),
        "tentative": _share_json(score.tentative),
        "evidence": _share_json(score.evidence),
        "tables": _share_json(score.tables),
        "not_entities": _share_json(score.traps),
    }


def _tally_json(tally: Tally) -> dict[str, object]:
    return {
        "precision": round(tally.precision, 4), "recall": round(tally.recall, 4), "f1": round(tally.f1, 4),
        "right": tally.right, "wrong": tally.wrong, "missed": tally.missed,
    }  # fmt: skip


def _share_json(share: Share) -> dict[str, object]:
    return {"value": round(share.value, 4), "good": share.good, "total": share.total}


def _fault_json(fault: Fault) -> dict[str, object]:
    return {
        "document": fault.document, "kind": fault.kind, "outcome": fault.outcome, "type": fault.type,
        "name": fault.name, "why": fault.why, "rules": list(fault.rules), "form": fault.form, "page": fault.page,
        "passage": fault.passage,
    }  # fmt: skip


def _tally_row(name: str, tally: Tally) -> list[str]:
    shares = [f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1)]
    return [name, *shares, str(tally.right), str(tally.wrong), str(tally.missed)]


def _tally_rows(tallies: Mapping[str, Tally]) -> list[list[str]]:
    return [_tally_row(name, tally) for name, tally in tallies.items() if not tally.empty]


def _share_rows(score: Score) -> list[list[str]]:
    named = {
        "linking": score.linking,
        "tentative": score.tentative,
        "evidence": score.evidence,
        "tables": score.tables,
        "not-entities left alone": score.traps,
    }
    return [[name, f"{share.value:.3f}", str(share.good), str(share.total)] for name, share in named.items()]


def _confusion_table(score: Score) -> Table:
    rows = [
        [gold, predicted, str(count)]
        for (gold, predicted), count in sorted(score.confusion.items(), key=lambda item: (-item[1], item[0]))
        if gold != predicted and "-" not in (gold, predicted)
    ]
    return "Confusion of types", ("gold", "predicted", "entities"), rows


def _figures(score: Score) -> list[str]:
    tallies = (score.all_entities, score.closed_entities, score.propositions, score.all_relations)
    entities, closed, propositions, relations = ("-" if tally.empty else f"{tally.f1:.3f}" for tally in tallies)
    linking = f"{score.linking.value:.3f}" if score.linking.total else "-"
    return [entities, closed, linking, propositions, relations]


def _group_row(name: str, score: Score) -> list[str]:
    tallies = (score.all_entities, score.propositions, score.all_relations)
    return [
        name,
        *_figures(score),
        "/".join(str(tally.wrong) for tally in tallies),
        "/".join(str(tally.missed) for tally in tallies),
    ]


def _rule_row(kind: str, rule: str, found: RuleScore) -> list[str]:
    precision = "-" if found.precision is None else f"{found.precision:.3f}"
    counts = [str(found.right), str(found.wrong), str(found.neutral), str(len(found.documents))]
    return [kind, rule, precision, *counts, "one document only" if len(found.documents) == 1 else ""]


def _fault_line(fault: Fault) -> str:
    sign = "-" if fault.outcome == "missed" else "+"
    details = [fault.why, ", ".join(fault.rules), fault.form, f"page {fault.page}" if fault.page else ""]
    tail = "; ".join(filter(None, details))
    return f"  {sign} {fault.outcome} {fault.kind} {fault.type}: {fault.name}" + (f"  [{tail}]" if tail else "")


def _markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    grid = [[cell.replace("|", "\\|") for cell in row] for row in (heads, *rows)]
    widths = [max(3, *(len(row[at]) for row in grid)) for at in range(len(heads))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in grid
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


BEGIN_FIGURES = "<!-- figures: begin (written by `strategy-graph evaluate --markdown`) -->"
END_FIGURES = "<!-- figures: end -->"


def replace_figures(text: str, figures: str) -> str:
    """Return a page with the part between its marks replaced; marks are added at the end where it has none."""
    part = f"{BEGIN_FIGURES}\n\n{figures}\n{END_FIGURES}"
    before, begin, rest = text.partition(BEGIN_FIGURES)
    if not begin:
        return f"{text.rstrip()}\n\n{part}\n".lstrip()
    return before + part + rest.partition(END_FIGURES)[2]

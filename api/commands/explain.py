"""The command that shows text and found facts side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import RegistersOption, open_runtime
from api.commands.output import say

if TYPE_CHECKING:
    from rich.text import Text

    from graph.model import GraphBatch, Passage
    from viz.explanation import ExplainedPassage, FoundFact


def explain(
    path: Annotated[Path, typer.Argument(metavar="PATH", exists=True, dir_okay=False, help="A document.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page of its own instead of printing.")
    ] = None,
    registers: RegistersOption = None,
) -> None:
    """Show what was read in a document beside its text: facts with their rule, sentences without one with the reason.

    Examples:

      strategy-graph explain board-paper.docx | less -R

      strategy-graph explain board-paper.docx --html board-paper.html
    """
    from ingest.readers import read_document
    from viz.explanation import render_explanation

    with open_runtime(registers=registers) as runtime:
        batch, notes = runtime.extractor.explain(read_document(path.read_bytes(), path.name))
    explained = explain_passages(batch, notes)
    if html is not None:
        html.write_text(render_explanation(batch.document.title or path.name, explained), encoding="utf-8")
        say(f"written to {html}")
        return
    _print_passages(explained)


def explain_passages(batch: "GraphBatch", notes: Sequence[tuple[str, int, int, str]]) -> "Sequence[ExplainedPassage]":
    """Return the passages of a batch with their facts and silences.

    Args: notes: (passage id, start, end, reason) of what was passed over.
    """
    from ingest.sentences import find_sentences
    from viz.explanation import explain_batch

    by_passage: dict[str, list[tuple[int, int, str]]] = {}
    for passage_id, start, end, text in notes:
        by_passage.setdefault(passage_id, []).append((start, end, text))

    def reason(passage: "Passage", start: int, end: int) -> str:
        found = [text for first, last, text in by_passage.get(passage.id, ()) if first < end and start < last]
        return "; ".join(dict.fromkeys(found)) or ("heading" if passage.kind.value == "heading" else "")

    return explain_batch(batch, find_sentences=find_sentences, reason=reason)


def _print_passages(explained: "Sequence[ExplainedPassage]") -> None:
    from rich.console import Console
    from rich.text import Text

    from viz.explanation import describe_place

    console = Console(soft_wrap=True, highlight=False)
    for item in explained:
        console.print(Text(f"[{describe_place(item.passage)}]", style="dim"))
        console.print(Text(item.passage.text, style="bold" if item.passage.kind.value == "heading" else ""))
        for fact in item.facts:
            console.print(_fact_text(fact))
        for silence in item.silences:
            line = Text("    no fact ", style="red")
            line.append(f"({silence.reason or 'no rule applies'}): {silence.text}", style="dim")
            console.print(line)
        console.print()


def _fact_text(fact: "FoundFact") -> "Text":
    from rich.text import Text

    colours = {"mention": "cyan", "proposition": "bold yellow", "relation": "green"}
    line = Text(f"    {fact.kind} ", style=colours[fact.kind])
    line.append(f"{fact.type}: " if fact.kind == "mention" else "")
    line.append(f"{fact.text!r} = {fact.label}" if fact.kind == "mention" else fact.label)
    line.append(f"  [{fact.rule}]", style="dim")
    for key, value in fact.details:
        line.append(f"\n        {key}: {value}")
    return line


if __name__ == "__main__":
    typer.run(explain)

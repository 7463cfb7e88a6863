"""The command that measures extraction against gold."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import JobsOption, JsonOption, RegistersOption
from api.commands.output import say
from api.errors import ExitCode

if TYPE_CHECKING:
    from graph.model import GraphBatch
    from ingest.evaluation.runner import Run


class Baseline(StrEnum):
    """A simpler system to measure on the same gold."""

    REGISTERS = "registers"
    STOCK_NER = "stock-ner"


def evaluate(
    gold: Annotated[Path, typer.Option("--gold", metavar="DIR", exists=True, help="Gold: a JSON file a document.")],
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="DIR", exists=True, help="Folder with the documents.")
    ] = None,
    extracted: Annotated[
        Path | None,
        typer.Option("--extracted", metavar="FILE", exists=True, help="Score the output of `extract` instead."),
    ] = None,
    baseline: Annotated[
        list[Baseline] | None, typer.Option("--baseline", help="Measure this too; may be given twice.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="Measure the product on this installed spaCy pipeline too."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List missed and wrong items with their passages.")] = False,
    by_rule: Annotated[bool, typer.Option("--by-rule", help="Show precision and support of each rule.")] = False,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", metavar="FILE", help="Renew the figures in this file between its marks."),
    ] = None,
    as_json: JsonOption = False,
    jobs: JobsOption = 0,
    registers: RegistersOption = None,
) -> None:
    """Measure extraction on documents with gold: precision, recall and F1 by type, document, form and rule.

    The exit code is 1 where a quote does not stand where its evidence says, or a document could not be read.

    Examples:

      strategy-graph evaluate --gold gold/dev --documents documents/dev

      strategy-graph evaluate --gold gold/dev --documents documents/dev --errors --by-rule

      strategy-graph evaluate --gold gold/dev --documents documents/dev --markdown docs/evaluation.md

      strategy-graph evaluate --gold gold/dev --extracted papers.jsonl --json

      strategy-graph evaluate --gold gold/dev --documents documents/dev --model en_core_web_trf
    """
    from api.errors import Misuse
    from ingest.evaluation.gold import load_gold
    from ingest.evaluation.runner import run_system, score_batches

    wanted = load_gold(gold)
    if extracted is not None:
        runs = [score_batches(wanted, _read_batches(extracted))]
    elif documents is not None:
        systems = ["product", *(system.value for system in baseline or ()), *([f"product+{model}"] if model else [])]
        runs = [run_system(system, wanted, documents, registers=registers, jobs=jobs) for system in systems]
    else:
        raise Misuse(
            "evaluate needs the documents (--documents DIR) or what was extracted from them (--extracted FILE)"
        )
    _print_runs(runs, as_json=as_json, by_rule=by_rule, errors=errors)
    if markdown is not None:
        _write_markdown(markdown, runs)
    _exit_unless_sound(runs[0])


def _read_batches(path: Path) -> "list[GraphBatch]":
    from graph.jsonl import read_batches

    with path.open(encoding="utf-8") as lines:
        return list(read_batches(lines))


def _print_runs(runs: "list[Run]", *, as_json: bool, by_rule: bool, errors: bool) -> None:
    from ingest.evaluation import report

    if as_json:
        answers = [report.to_json(run) for run in runs]
        typer.echo(
            json.dumps(answers if len(answers) > 1 else answers[0], ensure_ascii=False, indent=1, sort_keys=True)
        )
        return
    score = runs[0].score
    tables = report.make_tables(runs[0])
    if by_rule:
        tables.append(report.make_rule_table(score))
    if len(runs) > 1:
        tables.append(report.make_comparison_table(runs))
    typer.echo(report.to_markdown(tables))
    if errors:
        for line in report.iter_fault_lines(runs[0]):
            typer.echo(line)
    say(f"{len(runs[0].results)} documents in {runs[0].seconds:.1f} s")


def _write_markdown(path: Path, runs: "list[Run]") -> None:
    from ingest.evaluation import report

    tables = report.make_tables(runs[0])
    if len(runs) > 1:
        tables.insert(1, report.make_comparison_table(runs))
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(report.replace_figures(text, report.to_markdown(tables)), encoding="utf-8")
    say(f"figures written to {path}")


def _exit_unless_sound(run: "Run") -> None:
    from ingest.evaluation.runner import iter_failures

    for line in iter_failures(run):
        say(f"not read: {line}")
    if not run.score.sound:
        say(f"{run.score.evidence.total - run.score.evidence.good} quotes do not stand where their evidence says")
        for note in run.score.notes:
            if ": broken evidence: " in note:
                say(f"  {note}")
    if not run.sound:
        raise typer.Exit(ExitCode.FAILED)


if __name__ == "__main__":
    typer.run(evaluate)

"""Commands that read documents and fill a store: extract, load, ingest, demo."""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from api.commands.options import JobsOption, JsonOption, PathsArgument, RegistersOption, StoreOption, open_runtime
from api.commands.output import print_counts, print_rows, progress, say
from api.errors import ExitCode, Misuse

if TYPE_CHECKING:
    from api.ingestion import Outcome, Tally
    from api.runtime import Runtime
    from ingest.sources import SourceFile

# Starting a process costs about a second, which a few documents do not pay back.
FEW_DOCUMENTS = 8
MOST_JOBS = 8
QUIET_AT_ZERO = {
    "documents added",
    "documents replaced",
    "documents unchanged",
    "documents left out",
    "documents read in part",
}
MOST_NAMED = 10  # what one document left out, line by line


def extract(
    paths: PathsArgument,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write to; else standard output.")] = None,
    registers: RegistersOption = None,
    jobs: JobsOption = 0,
) -> None:
    """Read documents and write what they say as JSON Lines; no store is touched.

    A file that cannot be read is named with the reason; the rest is done, and the exit code is 3.

    Examples:

      strategy-graph extract board-paper.docx

      strategy-graph extract papers/ --out papers.jsonl

      cat minutes.txt | strategy-graph extract - | strategy-graph load -
    """
    from api.ingestion import iter_outcomes
    from graph.jsonl import write_batch
    from graph.model import GraphBatch

    partial = False
    sources = _find_sources(paths)
    with open_runtime(registers=registers) as runtime, _output(out) as stream, progress("Reading", sources) as step:
        for outcome in iter_outcomes(runtime, sources, jobs=_choose_jobs(jobs, sources)):
            partial = _report(outcome) or partial
            if isinstance(outcome, GraphBatch):
                stream.writelines(write_batch(outcome))
            step(_name(outcome))
    if partial:
        raise typer.Exit(ExitCode.PARTIAL)


def load(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Output of `extract`, or - for standard input.")
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load what `extract` wrote into a store; loading twice changes nothing.

    The registers go in beside it, so that `extract` and `load` together equal `ingest`.

    Examples:

      strategy-graph load papers.jsonl

      strategy-graph extract papers/ | strategy-graph load - --store sqlite:///papers.db
    """
    from api.ingestion import Tally, load_outcomes, load_registers_layer
    from graph.jsonl import read_batches

    tally = Tally()
    with open_runtime(store=store) as runtime:
        load_registers_layer(runtime)
        for name in files:
            with _input(name) as lines:
                load_outcomes(runtime.store, read_batches(lines), tally=tally)
        say(f"store: {runtime.settings.store}")
    _print_tally(tally, as_json=as_json)
    if tally.is_partial:
        raise typer.Exit(ExitCode.PARTIAL)


def ingest(
    paths: PathsArgument,
    store: StoreOption = None,
    registers: RegistersOption = None,
    jobs: JobsOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Read documents and load what they say into a store: `extract` and `load` in one.

    Documents that are loaded already, unchanged and read by the same rules, are passed over. A file that cannot be read
    is named with the reason; the rest is done, and the exit code is 3.

    Examples:

      strategy-graph ingest papers/

      strategy-graph ingest minutes.docx slides.pptx --store sqlite:///papers.db --jobs 4
    """
    with open_runtime(store=store, registers=registers) as runtime:
        tally = _ingest(runtime, _find_sources(paths), jobs=jobs)
        say(f"store: {runtime.settings.store}")
    _print_tally(tally, as_json=as_json)
    if tally.is_partial:
        raise typer.Exit(ExitCode.PARTIAL)


def demo(
    store: StoreOption = None,
    serve_after: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards.")] = True,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port to serve on. Else 8000.")] = None,
    jobs: JobsOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Build a graph from the bundled example documents and serve it; a second run starts at once.

    Examples:

      strategy-graph demo

      strategy-graph demo --no-serve --store sqlite:///try.db
    """
    from api.commands.serve import run_server
    from corpus import DOCUMENTS
    from ingest.sources import SourceFile

    with open_runtime(store=store) as runtime:
        found = [SourceFile(f"corpus/{path.name}", path) for path in sorted(DOCUMENTS.iterdir()) if path.is_file()]
        tally = _ingest(runtime, found, jobs=jobs)
        if not as_json and tally.known == tally.documents:
            say(f"all {tally.known} documents are loaded already")
            with runtime.store.view() as view:
                print_counts(view.counts())
        else:
            _print_tally(tally, as_json=as_json)
        settings = runtime.settings if port is None else runtime.settings.model_copy(update={"port": port})
    say(f"store: {settings.store}")
    if serve_after:
        run_server(settings)
    elif tally.is_partial:
        raise typer.Exit(ExitCode.PARTIAL)


def _ingest(runtime: "Runtime", sources: "Sequence[SourceFile]", *, jobs: int) -> "Tally":
    from api.ingestion import Tally, iter_outcomes, knows, load_outcomes, load_registers_layer

    tally = Tally()
    load_registers_layer(runtime)
    with progress("Reading", sources) as step:

        def report(outcome: "Outcome") -> None:
            _report(outcome)
            step(_name(outcome))

        outcomes = iter_outcomes(runtime, sources, jobs=_choose_jobs(jobs, sources), is_known=knows(runtime))
        load_outcomes(runtime.store, outcomes, tally=tally, report=report)
    return tally


def _find_sources(paths: Sequence[str]) -> "list[SourceFile]":
    from ingest.sources import iter_sources

    return list(iter_sources(paths, stdin=sys.stdin.buffer))


def _choose_jobs(jobs: int, sources: Sequence[object]) -> int:
    if jobs:
        return jobs
    return 1 if len(sources) < FEW_DOCUMENTS else min(os.cpu_count() or 1, MOST_JOBS)


def _name(outcome: "Outcome") -> str:
    from graph.model import GraphBatch

    return outcome.document.source if isinstance(outcome, GraphBatch) else outcome.source


def _report(outcome: "Outcome") -> bool:
    """Name on standard error what was left out; return whether anything was."""
    from api.ingestion import Refusal
    from graph.model import DocumentStatus, GraphBatch

    if isinstance(outcome, Refusal):
        say(f"{'left out' if outcome.is_loss else 'passed over'}: {outcome}")
        return outcome.is_loss
    if not isinstance(outcome, GraphBatch):
        return False
    for dropped in outcome.dropped[:MOST_NAMED]:
        detail = f" ({dropped.detail})" if dropped.detail else ""
        say(f"read in part: {outcome.document.source}: {dropped.item}: {dropped.reason.value}{detail}")
    if len(outcome.dropped) > MOST_NAMED:
        say(f"read in part: {outcome.document.source}: and {len(outcome.dropped) - MOST_NAMED} more")
    return bool(outcome.dropped) or outcome.document.status is DocumentStatus.PARTIAL


def _print_tally(tally: "Tally", *, as_json: bool) -> None:
    from api.ingestion import summarise

    summary = summarise(tally)
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True))
        return
    rows: list[list[str | int | float]] = []
    for key, value in summary.items():
        if isinstance(value, dict):
            rows += [[f"{key}: {name}", number] for name, number in value.items()]
        elif value or key not in QUIET_AT_ZERO:
            rows.append([key, value])
    print_rows(["found", "number"], rows, right=["number"])


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    """Open the file to write to, or standard output; lines end in a line feed on every system."""
    if out is None:
        sys.stdout.flush()
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
        try:
            yield stream
        finally:
            stream.detach()
        return
    try:
        file = out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Misuse(
            f"{out} cannot be written ({error.strerror}); give --out a path in a folder you may write"
        ) from error
    with file:
        yield file


@contextmanager
def _input(name: str) -> Iterator[Iterable[str]]:
    if name == "-":
        stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="\n")
        try:
            yield stream
        finally:
            stream.detach()
        return
    try:
        file = Path(name).open(encoding="utf-8", newline="\n")  # noqa: SIM115 - closed below, apart from failing to open
    except OSError as error:
        raise Misuse(f"{name} cannot be read ({error.strerror}); give files that `extract` wrote") from error
    with file:
        yield file

"""The command that checks a whole store."""

import dataclasses
import json
from typing import Annotated

import typer

from api.commands.options import JsonOption, StoreOption, open_runtime
from api.commands.output import print_rows, say
from api.errors import ExitCode


def check(
    store: StoreOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="Most problems to name.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """Check every quote against its passage and every relation against the ontology; exit code 1 where one fails.

    Examples:

      strategy-graph check

      strategy-graph check --store sqlite:///papers.db --json
    """
    from graph.check import check_store

    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        report = check_store(view, limit=limit)
    if as_json:
        typer.echo(json.dumps({**dataclasses.asdict(report), "ok": report.ok}, indent=2, sort_keys=True))
    else:
        counts = ("documents", "passages", "mentions", "entities", "relations", "evidence", "problem_count")
        rows = [[name.replace("_count", "s"), getattr(report, name)] for name in counts]
        print_rows(["checked", "number"], rows, right=["number"])
        for problem in report.problems:
            say(f"problem: {problem}")
    if not report.ok:
        raise typer.Exit(ExitCode.FAILED)

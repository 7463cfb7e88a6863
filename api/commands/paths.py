"""The command that shows how two entities hang together."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.answers import CsvOption, print_answer, print_csv, print_remarks
from api.commands.options import JsonOption, StoreOption, open_runtime
from api.commands.output import say

if TYPE_CHECKING:
    from graph.analysis.model import Path


def paths(
    start: Annotated[str, typer.Argument(metavar="FROM", help="An entity, by name or id.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="Another entity, by name or id.")],
    max_hops: Annotated[int, typer.Option("--max-hops", min=1, max=6, help="Most relations in a path.")] = 4,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=20, help="Most paths of each kind.")] = 5,
    store: StoreOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the shortest and the best-evidenced chains of facts between two entities, with the words of each.

    Examples:

      strategy-graph paths "Drone Zone" BEIS

      strategy-graph paths "University of Central Lancashire" "Aerospace Sector Deal" --max-hops 3
    """
    from api.questions import PathsParams, answer_paths, make_params
    from api.tables import path_rows

    params = make_params(PathsParams, start=start, end=end, max_hops=max_hops, limit=limit)
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        found = answer_paths(view, params)
    if as_json:
        print_answer(found)
    elif as_csv:
        print_csv(path_rows(found))
    elif found.shortest:
        for title, chains in (("Shortest", found.shortest), ("Best evidenced", found.best_evidenced)):
            typer.echo(title)
            for number, chain in enumerate(chains, start=1):
                _print_path(number, chain)
        print_remarks(found.notes, truncated=found.truncated)
    else:
        say(f"{found.start.name} and {found.end.name} do not meet within {max_hops} relations; --max-hops goes to 6")


def _print_path(number: int, chain: "Path") -> None:
    typer.echo(f"\n  {number}. {' '.join(chain.says.split())}")
    for step in chain.steps:
        arrow = f"-- {step.relation} -->" if step.forward else f"<-- {step.relation} --"
        typer.echo(f"     {step.source.name} {arrow} {step.target.name}")
        if step.evidence:
            typer.echo(f'       "{" ".join(step.evidence[0].quote.split())}"')
        for source in step.sources[:1]:
            typer.echo(f"       source: {source}")

"""The command `strategy-graph`: assembles the commands and turns expected errors into a message and an exit code."""

import logging
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.commands import (
    build,
    check,
    compare,
    copy,
    documents,
    evaluate,
    explain,
    export,
    hmg,
    partners,
    paths,
    query,
    read,
    registers,
    report,
    serve,
)
from api.commands.output import say
from api.errors import exit_code
from graph.errors import KgError


class _Group(TyperGroup):
    """Says an expected error in one message, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            say(f"Error: {error}")
            raise typer.Exit(exit_code(error)) from error


app = typer.Typer(
    name="strategy-graph",
    cls=_Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Reads local economic strategies into a graph in which every fact opens its quoted evidence.",
)
for command in (
    build.demo, build.ingest, compare.compare, partners.partners, hmg.hmg, paths.paths, build.extract, build.load,
    read.search, read.show, read.stats, evaluate.evaluate, explain.explain, export.export, copy.copy,
    query.query, check.check, serve.serve,
):  # fmt: skip
    app.command()(command)
app.add_typer(report.app, name="report")
app.add_typer(documents.app, name="documents")
app.add_typer(registers.app, name="registers")


def _print_version(wanted: bool) -> None:
    if wanted:
        from api.runtime import version

        typer.echo(f"strategy-graph {version()}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log more, to standard error.")] = False,
) -> None:
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )


def main() -> None:
    """Run the command line."""
    app()

"""The command that moves a graph between stores."""

from typing import Annotated

import typer

from api.commands.options import open_runtime
from api.commands.output import print_counts, progress, say


def copy(
    source: Annotated[str, typer.Option("--from", metavar="URL", help="Store to copy: sqlite:///PATH or bolt://HOST.")],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="Store to copy to; it is made where it is not.")],
) -> None:
    """Copy a graph to another store and prove that all of it arrived, by counts and digests.

    A copy that was broken off goes on where it ended; a target with other documents is left alone.

    Examples:

      strategy-graph copy --from sqlite:///strategy-graph.db --to neo4j://graph.example.org

      strategy-graph copy --from neo4j://graph.example.org --to sqlite:///backup.db
    """
    from api.errors import Misuse
    from graph.stores.copy import copy_store, list_documents

    if source == target:
        raise Misuse(f"--from and --to are both {source}; name two stores")
    with (
        open_runtime(store=source) as runtime,
        runtime.open_store(source, read_only=True) as one,
        runtime.open_store(target) as other,
    ):
        with one.view() as view:
            documents = list(list_documents(view))
        with progress("Copying", documents) as step:
            done = copy_store(one, other, report=lambda document: step(document.source))
    print_counts(done.counts)
    say(f"copied: {done.documents} documents, {done.unchanged} of them were there already; digest {done.version}")

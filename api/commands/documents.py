"""Commands on single documents: documents list, show, remove."""

from typing import Annotated

import typer

from api.commands.options import JsonOption, StoreOption, open_runtime
from api.commands.output import print_model, print_models, print_rows, say

app = typer.Typer(help="List, show and remove the documents of a store.", no_args_is_help=True)

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of a document, as `documents list` shows it.")]


@app.command("list")
def list_documents(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List the documents that are loaded.

    Examples:

      strategy-graph documents list

      strategy-graph documents list --json
    """
    from api.answers import iter_documents
    from api.schemas import DocumentOut

    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        documents = list(iter_documents(view))
    if as_json:
        print_models([DocumentOut.from_domain(document) for document in documents])
        return
    print_rows(
        ["title", "genre", "published", "status", "id"],
        [[item.title, item.genre, item.published or "", item.status.value, item.id] for item in documents],
    )


@app.command("show")
def show_document(document_id: IdArgument, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Print a document as it was read, passage by passage.

    Examples:

      strategy-graph documents show doc:3f2a9c0d1e5b7a684c21
    """
    from api.answers import iter_passages, require_document
    from api.schemas import DocumentOut, DocumentTextOut, PassageOut

    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        document = require_document(view, document_id)
        passages = list(iter_passages(view, document_id))
    if as_json:
        print_model(
            DocumentTextOut(
                document=DocumentOut.from_domain(document),
                passages=[PassageOut.from_domain(passage) for passage in passages],
            )
        )
        return
    typer.echo(f"{document.title}\n{document.source} ({document.reader}, {document.status.value})\n")
    for passage in passages:
        page = f"p{passage.page} " if passage.page else ""
        typer.echo(f"[{passage.ordinal}] {page}{passage.kind.value}: {passage.text}")


@app.command("remove")
def remove_document(document_id: IdArgument, store: StoreOption = None) -> None:
    """Remove a document and exactly what it alone supported.

    Examples:

      strategy-graph documents remove doc:3f2a9c0d1e5b7a684c21
    """
    from graph.errors import UnknownDocument

    with open_runtime(store=store) as runtime, runtime.require_store().writer() as writer:
        if not writer.remove(document_id):
            raise UnknownDocument(document_id)
    say(f"removed {document_id}")

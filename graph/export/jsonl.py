"""JSON Lines of every document by id, registers too: what `load` reads back to an equal store."""

from collections.abc import Iterator

from graph.jsonl import write_batch
from graph.stores.base import View


def iter_jsonl(view: View) -> Iterator[str]:
    """Yield the lines of all documents; one document at a time in memory."""
    after = ""
    while page := view.documents(kind=None, after=after, limit=100):
        for document in page:
            batch = view.document_batch(document.id)
            if batch is not None:
                yield from write_batch(batch)
        after = page[-1].id

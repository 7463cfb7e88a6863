"""Moving a graph from one store to another, engine to engine, with proof that all of it arrived."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.errors import StoreError
from graph.model import Document
from graph.stores.base import Counts, Store, View, WriteOutcome
from graph.stores.group import Group


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What a copy did: documents, how many of them were there already, and what both stores hold now."""

    documents: int
    unchanged: int
    version: str
    counts: Counts


def list_documents(view: View) -> Iterator[Document]:
    """Yield all documents by id, registers too."""
    after = ""
    while page := view.documents(kind=None, after=after):
        yield from page
        after = page[-1].id


def copy_store(source: Store, target: Store, *, report: Callable[[Document], None] = lambda _: None) -> CopyReport:
    """Copy every document, one a transaction, and compare digests and counts of the two stores after it.

    A copy that was broken off goes on where it ended.
    Raises: StoreError: the target holds documents that the source lacks (nothing is copied), or the two differ after
    all, for the source was written meanwhile.
    """
    with source.view() as view:
        with target.view() as other:
            strangers = {item.id for item in list_documents(other)} - {item.id for item in list_documents(view)}
        if strangers:
            raise StoreError(
                f"{target.url} holds {len(strangers)} documents that {source.url} lacks, such as {min(strangers)}; "
                "copy to an empty store, or remove them first"
            )
        documents = unchanged = 0
        with Group(target, report) as group:
            for document in list_documents(view):
                batch = view.document_batch(document.id)
                if batch is not None:
                    with target.writer(durable=False) as writer:
                        unchanged += writer.put(batch) is WriteOutcome.UNCHANGED
                    documents += 1
                    group.add(document)
        expected = (view.version(), view.counts())
    with target.view() as other:
        found = (other.version(), other.counts())
    if found != expected:
        raise StoreError(
            f"{target.url} differs from {source.url} after the copy (digest {found[0][:12]} for {expected[0][:12]}); "
            "where the source was written meanwhile, copy again; else `strategy-graph check` says what is wrong"
        )
    return CopyReport(documents, unchanged, *found)

"""What several documents say of one entity or relation, made one: the same from every engine and in any load order.

Claims come in the order of `claim_order`: registers first, then documents by id. The first claim gives type, name and
ends; of a property that several claims have, the first one counts; evidence and sources are all kept.
"""

from collections.abc import Mapping, Sequence

from graph.model import Document, PropertyValue

REGISTER_KIND = "register"


def claim_order(document: Document) -> tuple[int, str]:
    """Return the key by which claims of documents are ordered."""
    return int(document.kind != REGISTER_KIND), document.id


def merge_properties(claims: Sequence[Mapping[str, PropertyValue]]) -> dict[str, PropertyValue]:
    """Return each property with the value of the first claim that has it, by key."""
    merged: dict[str, PropertyValue] = {}
    for claim in claims:
        merged = {**claim, **merged}
    return dict(sorted(merged.items()))


def merge_sources(claims: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return all source addresses of a relation, sorted."""
    return tuple(sorted({source for claim in claims for source in claim}))

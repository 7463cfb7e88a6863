"""What a trained pipeline adds where one is plugged in: its entities that no rule of ours covers.

The default pipeline is blank and gives none. Types of stock models are coarse, so only organisations and places are
taken, of two words or more, and with a low score: `evaluate` says what that changes.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from ingest.names.types import Hit, make_target

_TYPES = {"ORG": "Institution", "GPE": "Place", "LOC": "Place", "FAC": "Place"}


def find_trained(doc: Doc, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the entities of `doc` that overlap none of `hits`."""
    for span in doc.ents:
        type_ = _TYPES.get(span.label_)
        text = span.text.removeprefix("the ").removeprefix("The ")
        if type_ is None or " " not in text or "\n" in text:
            continue
        start, end = span.end_char - len(text), span.end_char
        if not any(hit.start < end and start < hit.end for hit in hits):
            yield Hit(start, end, text, (make_target(type_, text),), f"trained.{span.label_.lower()}", score=0.5)

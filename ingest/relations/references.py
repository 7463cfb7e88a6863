"""What a paper says of its propositions by their numbers: "Propositions 1 and 2 address Clean Growth"."""

import re
from collections.abc import Sequence

from graph.model import PassageKind
from ingest.propositions.numbers import KINDS, REFERENCE, number_rows, read_numbers
from ingest.propositions.types import Draft, Reading, Span
from ingest.relations.collect import Collector
from ingest.words import find_words

_SERVES = re.compile(
    r"(?i)\b(?:address|answer|support|serve|contribute|respond|align|match|build|rest|sit|fit|draw|belong|speak|fall)"
    r"(?:s|es|ed)?\b"
)
_EDGES = {
    "GrandChallenge": "ADDRESSES", "Foundation": "ADDRESSES", "SectorDeal": "ALIGNS_WITH", "Programme": "ALIGNS_WITH",
    "Strategy": "ALIGNS_WITH",
}  # fmt: skip


def add_references(drafts: Sequence[Draft], ids: Sequence[str], reading: Reading, collector: Collector) -> None:
    """Add what numbered rows and points are said to serve elsewhere in the paper.

    Args: ids: of the propositions, in the order of `drafts`. Rows without a number count from above.
    """
    numbered = number_rows(drafts, reading)
    for ordinal, passage in enumerate(reading.passages) if numbered else ():
        if passage.kind is PassageKind.HEADING or passage.cell or KINDS.isdisjoint(find_words(passage.text)):
            continue
        for start, end in reading.sentences(ordinal):
            sentence = Span(ordinal, start, end)
            references = list(REFERENCE.finditer(passage.text, start, end))
            if not references or not _SERVES.search(passage.text, references[0].end(), end):
                continue
            for found, last in zip(references, [*(r.start() for r in references[1:]), end], strict=True):
                for mention in reading.mentions_in(Span(ordinal, found.end(), last)):
                    edge = _EDGES.get(reading.type_of(mention))
                    for number in read_numbers(found["numbers"]):
                        if edge and number in numbered:
                            collector.add(edge, ids[numbered[number]], mention.entity_id, sentence, "by-number")

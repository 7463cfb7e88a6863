"""Turns the citations of an answer into notes: the quote, the document's title, and where its words stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.analysis.model import Citation, DocumentRef
from graph.analysis.words import on_one_line
from graph.model import Passage
from viz.report.model import Line, Note, Run, Source

LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Citer:
    """Knows the documents and passages of an answer; a passage that is not given leaves the place to the page."""

    documents: Mapping[str, DocumentRef]
    passages: Mapping[str, Passage]

    def notes(self, evidence: Sequence[Citation], *, most: int = 2) -> tuple[Note, ...]:
        """Return the first `most` citations with different words as notes."""
        found: dict[tuple[str, str], Note] = {}
        for item in evidence:
            found.setdefault((item.document, item.quote), self._note(item))
        return tuple(found.values())[:most]

    def say(self, text: str, evidence: Sequence[Citation], *, most: int = 2) -> Line:
        """Return a sentence with its notes; a note does not repeat words that the sentence quotes already."""
        said = " ".join(text.split())
        notes = self.notes(evidence, most=most)
        return (Run(text, notes=tuple(_without_quote(note, said) for note in notes)),)

    def _note(self, item: Citation) -> Note:
        document = self.documents.get(item.document)
        passage = self.passages.get(item.passage)
        return Note(
            quote=item.quote,
            document_id=item.document,
            title=document.title if document else item.document,
            place=describe_place(passage) if passage else (f"page {item.page}" if item.page else ""),
            published=(document.published or "") if document else "",
            passage_id=item.passage,
        )


def _without_quote(note: Note, said: str) -> Note:
    begins = said.partition("“")[2].removesuffix("”").removesuffix(" …")
    forms = {" ".join(note.quote.split()), on_one_line(note.quote)}
    is_said = any(f"“{quote}" in said or (len(begins) > 40 and quote.startswith(begins)) for quote in forms)
    return replace(note, quote="") if is_said else note


def make_citer(documents: Iterable[DocumentRef], passages: Iterable[Passage]) -> Citer:
    """Return what turns citations into notes."""
    return Citer({item.id: item for item in documents}, {item.id: item for item in passages})


def describe_place(passage: Passage) -> str:
    """Return where a passage stands: its page, else the heading above it, and the paragraph's number."""
    if passage.page:
        return f"page {passage.page}"
    number = f"paragraph {passage.ordinal + 1}"
    if not passage.path:
        return number
    heading = passage.path[-1]
    short = heading if len(heading) <= LONGEST_HEADING else f"{heading[:LONGEST_HEADING].rsplit(' ', 1)[0]} …"
    return f"under “{short}”, {number}"


def to_sources(documents: Iterable[DocumentRef]) -> tuple[Source, ...]:
    """Return the list of documents for a report, by date and title."""
    found = [Source(item.id, item.title, item.genre, item.published or "") for item in documents]
    return tuple(sorted(found, key=lambda item: (item.published or "9999", item.title.casefold(), item.id)))

"""What every answer is made of: entities and documents as answers name them, citations, parts of scores, JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.model import Document, Passage, Subgraph

if TYPE_CHECKING:
    from graph.analysis.search import TermIndex

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(value: object) -> Json:
    """Return an answer, or any part of one, as JSON values; floats are rounded to four places."""
    if isinstance(value, float):
        return round(value, 4)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is not part of an answer")


def iter_citations(value: object) -> Iterator["Citation"]:
    """Yield every citation in an answer or a part of one, in its order."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from iter_citations(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from iter_citations(getattr(value, field.name))


@dataclass(frozen=True, slots=True)
class Material:
    """What a question works on: a piece of the graph, and the documents and passages that open its evidence.

    Where it holds a choice of very many propositions, `among` tells how common words are in all of them."""

    sub: Subgraph
    documents: tuple[Document, ...] = ()
    passages: tuple[Passage, ...] = ()
    version: str = ""
    among: "TermIndex | None" = None


class RowKind(StrEnum):
    """What a row of the comparison stands for."""

    FOUNDATION = "foundation"
    CHALLENGE = "grand challenge"
    SECTOR = "sector"
    DEPARTMENT = "department"
    PROGRAMME = "programme or deal"
    PARTNER = "partner kind"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to leave out; an empty field leaves nothing out.

    Dates bound the document's date and may be partial; a document without a date passes. `tentative` False keeps firm
    propositions only, True tentative ones only. `genres` are those of documents; `min_score` holds for ranked lists.
    """

    waves: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()  # ids of strategies
    published: bool | None = None  # True: published strategies only; False: drafts and those in development only
    since: str = ""
    until: str = ""
    genres: tuple[str, ...] = ()
    tentative: bool | None = None
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity as an answer names it."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document that an answer rests on; `describes` is the id of the strategy, deal or programme it is about."""

    id: str
    title: str
    published: str | None
    genre: str
    describes: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """The words behind a statement: `quote` is `[start:end]` of the passage's text."""

    document: str
    passage: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: what it adds (`value`, at most `weight`) and why, in words."""

    name: str
    value: float
    weight: float
    why: str
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a list or figure means and how it is computed, in a sentence each."""

    name: str
    says: str
    computed: str


@dataclass(frozen=True, slots=True)
class Card:
    """A proposition as answers show it; `area` is the strategy that proposes it, else None; texts may be empty."""

    id: str
    name: str
    area: str | None
    what: str
    ask: str
    status: str  # "firm", "tentative" or "conditional"
    evidence: tuple[Citation, ...]

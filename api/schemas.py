"""The shapes that leave the house: HTTP answers and `--json` output are the same objects, made by `from_domain`."""

from typing import Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph import model
from graph.analysis.facts import EntityFacts, Fact, Quote
from graph.stores.base import Counts, Hit

ItemT = TypeVar("ItemT")


class Out(BaseModel):
    """Base of all answers: frozen, and closed to keys that are not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorOut(Out):
    """What every failure answers with."""

    error: str = Field(description="A name for the kind of failure", examples=["unknown-entity"])
    detail: str = Field(
        description="What failed and what to do", examples=["no entity 'BEISS' in this graph; near: BEIS"]
    )


class Page(Out, Generic[ItemT]):
    """A part of a list; `next` goes into `after` to get the part that follows, and is null at the end."""

    items: list[ItemT]
    next: str | None = None


class DocumentOut(Out):
    """A source that was read."""

    id: str = Field(examples=["doc:3f2a9c0d1e5b7a684c21"])
    title: str = Field(examples=["Lancashire Local Industrial Strategy: propositions"])
    source: str
    sha256: str
    reader: str = Field(examples=["docx"])
    status: str = Field(description="`partial` where something could not be read", examples=["ok"])
    published: str | None = Field(description="ISO 8601, may be a year or a month", examples=["2019-12"])
    kind: str = Field(description="`register` for the reference layer", examples=["document"])
    genre: str = Field(examples=["board paper"])
    describes: str | None = Field(description="Id of the strategy, deal or programme it is about")

    @classmethod
    def from_domain(cls, document: model.Document) -> Self:
        return cls(
            id=document.id,
            title=document.title,
            source=document.source,
            sha256=document.sha256,
            reader=document.reader,
            status=document.status.value,
            published=document.published,
            kind=document.kind,
            genre=document.genre,
            describes=document.describes,
        )


class CellOut(Out):
    """Where a table cell stands; rows, columns and tables count from 1."""

    table: int
    row: int
    column: int
    header: str


class PassageOut(Out):
    """An addressable piece of a document."""

    id: str
    document: str
    ordinal: int
    kind: str = Field(examples=["paragraph"])
    page: int | None = Field(description="From 1; null where the format has no pages")
    path: list[str] = Field(description="The headings above it")
    text: str
    cell: CellOut | None = None

    @classmethod
    def from_domain(cls, passage: model.Passage) -> Self:
        cell = passage.cell
        return cls(
            id=passage.id,
            document=passage.document_id,
            ordinal=passage.ordinal,
            kind=passage.kind.value,
            page=passage.page,
            path=list(passage.path),
            text=passage.text,
            cell=CellOut(table=cell.table, row=cell.row, column=cell.column, header=cell.header) if cell else None,
        )


class DocumentTextOut(Out):
    """A document with all its passages."""

    document: DocumentOut
    passages: list[PassageOut]


PropertyOut = str | int | float | bool | list[str]


def _properties(properties: model.Properties) -> dict[str, PropertyOut]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in sorted(properties.items())}


class EntityOut(Out):
    """A node; a proposition carries `what why how ask tentative` where known."""

    id: str = Field(examples=["department:department-for-business-energy-and-industrial-strategy"])
    type: str = Field(examples=["Department"])
    name: str = Field(examples=["Department for Business, Energy and Industrial Strategy"])
    register_: bool = Field(alias="register", description="Whether its id comes from a register")
    properties: dict[str, PropertyOut]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @classmethod
    def from_domain(cls, entity: model.Entity) -> Self:
        return cls(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            register=entity.register,
            properties=_properties(entity.properties),
        )


class MentionOut(Out):
    """A stretch of a passage that names an entity; offsets are half-open code points of the passage's text."""

    entity: str
    passage: str
    start: int
    end: int
    text: str
    rule: str
    score: float

    @classmethod
    def from_domain(cls, mention: model.Mention) -> Self:
        return cls(
            entity=mention.entity_id,
            passage=mention.passage_id,
            start=mention.start,
            end=mention.end,
            text=mention.text,
            rule=mention.rule,
            score=mention.score,
        )


class EvidenceOut(Out):
    """The words behind a fact: `text[start:end]` of the passage is `quote`."""

    passage: str
    start: int
    end: int
    quote: str
    rule: str
    score: float

    @classmethod
    def from_domain(cls, evidence: model.Evidence) -> Self:
        return cls(
            passage=evidence.passage_id,
            start=evidence.start,
            end=evidence.end,
            quote=evidence.quote,
            rule=evidence.rule,
            score=evidence.score,
        )


class QuoteOut(EvidenceOut):
    """An evidence with where it stands, so that a reader can open it."""

    text: str = Field(description="The whole passage")
    document: str
    title: str = Field(description="Title of the document")
    page: int | None
    path: list[str]

    @classmethod
    def from_quote(cls, quote: Quote) -> Self:
        return cls(
            **EvidenceOut.from_domain(quote.evidence).model_dump(),
            text=quote.passage.text,
            document=quote.document.id,
            title=quote.document.title,
            page=quote.passage.page,
            path=list(quote.passage.path),
        )


class RelationOut(Out):
    """An edge: from documents with evidence, from a register with the addresses of its sources."""

    id: str
    type: str = Field(examples=["ASKS"])
    source: str
    target: str
    properties: dict[str, PropertyOut]
    evidence: list[EvidenceOut]
    sources: list[str]

    @classmethod
    def from_domain(cls, relation: model.Relation) -> Self:
        return cls(
            id=relation.id,
            type=relation.type,
            source=relation.source_id,
            target=relation.target_id,
            properties=_properties(relation.properties),
            evidence=[EvidenceOut.from_domain(item) for item in relation.evidence],
            sources=list(relation.sources),
        )


class RelationEvidenceOut(Out):
    """A relation with every quote behind it opened."""

    relation: RelationOut
    quotes: list[QuoteOut]


class FactOut(Out):
    """A relation seen from one end, its quotes opened."""

    relation: RelationOut
    outgoing: bool
    other: EntityOut
    quotes: list[QuoteOut]

    @classmethod
    def from_domain(cls, fact: Fact) -> Self:
        return cls(
            relation=RelationOut.from_domain(fact.relation),
            outgoing=fact.outgoing,
            other=EntityOut.from_domain(fact.other),
            quotes=[QuoteOut.from_quote(quote) for quote in fact.quotes],
        )


class FactsOut(Out):
    """An entity and what the graph says of it."""

    entity: EntityOut
    facts: list[FactOut]
    truncated: bool = Field(description="Whether the entity has more relations than these")

    @classmethod
    def from_domain(cls, found: EntityFacts) -> Self:
        return cls(
            entity=EntityOut.from_domain(found.entity),
            facts=[FactOut.from_domain(fact) for fact in found.facts],
            truncated=found.truncated,
        )


class HitOut(Out):
    """A search result; `snippet` marks what matched with `[` and `]`."""

    kind: str = Field(examples=["passage"])
    id: str
    title: str
    snippet: str
    score: float
    document: str | None

    @classmethod
    def from_domain(cls, hit: Hit) -> Self:
        return cls(
            kind=hit.kind, id=hit.id, title=hit.title, snippet=hit.snippet, score=hit.score, document=hit.document_id
        )


class SubgraphOut(Out):
    """A bounded piece of the graph; `truncated` says that a bound left something out."""

    entities: list[EntityOut]
    relations: list[RelationOut]
    truncated: bool

    @classmethod
    def from_domain(cls, sub: model.Subgraph) -> Self:
        return cls(
            entities=[EntityOut.from_domain(entity) for entity in sub.entities],
            relations=[RelationOut.from_domain(relation) for relation in sub.relations],
            truncated=sub.truncated,
        )


class StatsOut(Out):
    """How much the graph holds."""

    version: str = Field(description="Digest of the data: equal content, equal version")
    documents: int
    passages: int
    mentions: int
    entities: dict[str, int] = Field(description="By type")
    mentioned: dict[str, int] = Field(description="Entities by type, without what only a register knows")
    relations: dict[str, int] = Field(description="By type")
    quoted: dict[str, int] = Field(description="Relations by type, without what only a register knows")
    dropped: int
    unsure: int

    @classmethod
    def from_domain(cls, counts: Counts, version: str) -> Self:
        return cls(
            version=version,
            documents=counts.documents,
            passages=counts.passages,
            mentions=counts.mentions,
            entities=dict(counts.entities),
            mentioned=dict(counts.mentioned),
            relations=dict(counts.relations),
            quoted=dict(counts.quoted),
            dropped=counts.dropped,
            unsure=counts.unsure,
        )


class HealthOut(Out):
    """That the server runs, or that it is ready to answer."""

    status: str = Field(examples=["ok"])
    version: str = Field(examples=["0.1.0"])

"""The pages that people read: what each shows, as frozen values, and the HTML text made of them.

No page needs a script, and none has a style or address from elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.facts import EntityFacts, Fact
from graph.model import Document, Entity, Mention, Passage, Relation
from viz.marks import Stretch, mark_mentions, mark_quote, mark_snippet
from viz.palette import phrase_of
from viz.rendering import render


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many entities of a type documents mention, and how many are known in all."""

    type: str
    mentioned: int
    total: int


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity in a list; `origin` names the strategy or document that puts a proposition forward."""

    entity: Entity
    origin: str = ""

    @property
    def title(self) -> str:
        """The name; for a proposition that is named by the beginning of its own words, these words."""
        what = str(self.entity.properties.get("what", ""))
        return what if what.startswith(self.entity.name.removesuffix(" …")) else self.entity.name

    @property
    def says(self) -> str:
        """What a proposition is about, where its title does not say it already."""
        what = str(self.entity.properties.get("what", ""))
        return "" if what == self.title else what


@dataclass(frozen=True, slots=True)
class EntityList:
    """A part of the entities of one type by name; `after` leads to the part that follows.

    `cut` says that there are more than a list sorts; `mentioned` that those no document names are left out.
    """

    entity_type: str
    rows: tuple[EntityRow, ...]
    count: int
    cut: bool
    mentioned: bool
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the start page shows."""

    documents: tuple[Document, ...]
    document_count: int
    passages: int
    quoted: int  # relations that a document supports
    mentions: int
    types: tuple[TypeCount, ...]
    propositions: tuple[EntityRow, ...]
    dropped: int
    unsure: int


@dataclass(frozen=True, slots=True)
class FoundHere:
    """A relation that a passage supports, with both its ends."""

    relation: Relation
    source: Entity
    target: Entity


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A stretch of a document: its passages, what is named in them and what they support.

    `before` and `after` are the ordinals at which the neighbouring stretches begin; None at an end.
    """

    document: Document
    describes: Entity | None
    passages: tuple[Passage, ...]
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    headings: tuple[Passage, ...]
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A passage, or a whole table of cells, ready to draw."""

    passage: Passage
    stretches: tuple[Stretch, ...]
    facts: tuple[FoundHere, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one table by row; a row's cells come in column order."""

    number: int
    rows: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class MentionRow:
    """Where a document names an entity."""

    passage: Passage
    document: Document
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of an entity under one heading."""

    phrase: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A search result with where it leads."""

    title: str
    entity: Entity | None
    passage: Passage | None
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ApiParameter:
    """A parameter of an operation, as the docs page shows it."""

    name: str
    place: str
    required: bool
    kind: str
    bounds: str
    default: str
    says: str


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """An operation of the HTTP interface, as the docs page shows it; `answer` is an outline of its body."""

    method: str
    path: str
    tag: str
    says: str
    parameters: tuple[ApiParameter, ...]
    answer: str
    failures: tuple[str, ...]


def render_start(overview: Overview) -> str:
    """Return the start page: what is loaded, and the ways into it."""
    most = max((row.mentioned for row in overview.types), default=0)
    return render("start.html", overview=overview, most=max(most, 1))


def render_document(shown: DocumentText) -> str:
    """Return a document's page: its text with every mention marked and an anchor at every passage."""
    return render("document.html", shown=shown, parts=_blocks(shown))


def render_entity(found: EntityFacts, mentions: Sequence[MentionRow], mention_count: int) -> str:
    """Return an entity's page: its properties, its facts with their quotes, and where documents name it."""
    return render(
        "entity.html",
        entity=found.entity,
        is_proposition=any(key in found.entity.properties for key in ("what", "why", "how", "ask")),
        groups=_groups(found.facts),
        truncated=found.truncated,
        mentions=mentions,
        mention_count=mention_count,
        mark_quote=mark_quote,
    )


def render_entities(shown: EntityList) -> str:
    """Return a list of entities of one type."""
    return render("entities.html", shown=shown)


def render_search(words: str, results: Sequence[ResultRow], after: str | None = None) -> str:
    """Return the results of a search; `after` leads to the part that follows."""
    return render("search.html", words=words, results=results, after=after)


def render_api_docs(version: str, operations: Sequence[ApiOperation]) -> str:
    """Return the page that documents the HTTP interface."""
    tags = tuple(dict.fromkeys(operation.tag for operation in operations))
    return render("docs.html", version=version, operations=operations, tags=tags)


def render_error(status: int, detail: str) -> str:
    """Return the page that says what went wrong."""
    return render("error.html", status=status, detail=detail)


def to_result_row(title: str, snippet: str, *, entity: Entity | None, passage: Passage | None) -> ResultRow:
    """Return a search result with its matches marked."""
    return ResultRow(title, entity, passage, mark_snippet(snippet))


def _groups(facts: Sequence[Fact]) -> tuple[FactGroup, ...]:
    """Return facts by heading, those that a document supports before those of a register."""
    found: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda item: not item.quotes):
        found.setdefault(phrase_of(fact.relation.type, outgoing=fact.outgoing), []).append(fact)
    return tuple(FactGroup(phrase, tuple(items)) for phrase, items in found.items())


def _blocks(shown: DocumentText) -> tuple[Block | Table, ...]:
    """Return passages in order, the cells of each table drawn together."""
    mentions: dict[str, list[tuple[Mention, Entity]]] = {}
    for mention in shown.mentions:
        if mention.entity_id in shown.entities:
            mentions.setdefault(mention.passage_id, []).append((mention, shown.entities[mention.entity_id]))
    facts = _facts_by_passage(shown)
    parts: list[Block | Table] = []
    for passage in shown.passages:
        block = Block(
            passage, mark_mentions(passage.text, mentions.get(passage.id, ())), tuple(facts.get(passage.id, ()))
        )
        if passage.cell is None:
            parts.append(block)
            continue
        last = parts[-1] if parts else None
        if isinstance(last, Table) and last.number == passage.cell.table:
            parts[-1] = Table(last.number, _with_cell(last.rows, block))
        else:
            parts.append(Table(passage.cell.table, ((block,),)))
    return tuple(parts)


def _with_cell(rows: tuple[tuple[Block, ...], ...], block: Block) -> tuple[tuple[Block, ...], ...]:
    last = rows[-1][0].passage.cell
    cell = block.passage.cell
    if last is not None and cell is not None and last.row == cell.row:
        return (*rows[:-1], (*rows[-1], block))
    return (*rows, (block,))


def _facts_by_passage(shown: DocumentText) -> dict[str, list[FoundHere]]:
    found: dict[str, list[FoundHere]] = {}
    for relation in shown.relations:
        source, target = shown.entities.get(relation.source_id), shown.entities.get(relation.target_id)
        if source is None or target is None:
            continue
        for passage_id in dict.fromkeys(item.passage_id for item in relation.evidence):
            found.setdefault(passage_id, []).append(FoundHere(relation, source, target))
    return found

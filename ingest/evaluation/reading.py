"""What evaluation asks of the reader: quotes in their place, tables with their header and rows, no hidden text."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import GraphBatch, Passage
from ingest.evaluation.gold import GoldDocument, GoldTable
from ingest.evaluation.match import match_pairs
from ingest.evaluation.text import fold, squash


def find_broken_evidence(batch: GraphBatch) -> tuple[int, tuple[str, ...]]:
    """Return how many mentions and evidences there are, and those whose words do not stand where they say.

    A relation without evidence is broken too: a document's graph has none.
    """
    texts = {passage.id: passage.text for passage in batch.passages}
    quotes = [(f"mention of {m.entity_id}", m.passage_id, m.start, m.end, m.text) for m in batch.mentions]
    broken = []
    for relation in batch.relations:
        if not relation.evidence:
            broken.append(f"{relation.type} {relation.id}: no evidence")
        for evidence in relation.evidence:
            where = f"{relation.type} {relation.id}"
            quotes.append((where, evidence.passage_id, evidence.start, evidence.end, evidence.quote))
    for where, passage_id, start, end, quote in quotes:
        text = texts.get(passage_id)
        if text is None:
            broken.append(f"{where}: no passage {passage_id}")
        elif not (quote and 0 <= start < end <= len(text) and text[start:end] == quote):
            broken.append(f"{where}: {passage_id}[{start}:{end}] is {text[start:end]!r}, not {quote!r}")
    return len(quotes), tuple(broken)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as a reader gave it: its rows of folded cell texts, the header's joined, the number of others."""

    header: tuple[str, ...]
    first_row: tuple[str, ...]
    body_rows: int
    all_rows: int


def read_tables(passages: Sequence[Passage]) -> list[ReadTable]:
    """Return the tables of a document in order; a cell that spans columns or rows stands in its first one."""
    tables: dict[int, list[Passage]] = {}
    for passage in sorted(passages, key=lambda passage: passage.ordinal):
        if passage.cell is not None:
            tables.setdefault(passage.cell.table, []).append(passage)
    return [_table(cells) for _, cells in sorted(tables.items())]


def _table(cells: Sequence[Passage]) -> ReadTable:
    rows: dict[int, dict[int, str]] = {}
    header: dict[int, str] = {}
    header_rows = set()
    for passage in cells:
        cell = passage.cell
        if cell is None:
            continue
        rows.setdefault(cell.row, {})[cell.column] = fold(passage.text)
        if cell.is_header:
            header_rows.add(cell.row)
            header[cell.column] = " / ".join(filter(None, (header.get(cell.column, ""), fold(passage.text))))
        elif cell.header:
            header.setdefault(cell.column, fold(cell.header))
    first = rows[min(rows)]
    if not header_rows and header and all(header.get(column) == text for column, text in first.items()):
        header_rows = {min(rows)}
    return ReadTable(
        header=tuple(header[column] for column in sorted(header) if header[column]),
        first_row=tuple(first[column] for column in sorted(first) if first[column]),
        body_rows=len(rows.keys() - header_rows),
        all_rows=len(rows),
    )


def count_tables(gold: GoldDocument, batch: GraphBatch) -> tuple[int, tuple[str, ...]]:
    """Return how many of gold's tables were read with the right header and number of rows, and the others by header.

    A table that gold counts page by page may be read as one with all their rows.
    """
    found = read_tables(batch.passages)
    pairs = match_pairs(
        {at: [p for p, table in enumerate(found) if _is_same(wanted, table)] for at, wanted in enumerate(gold.tables)}
    )
    read = set(pairs)
    left = [table for p, table in enumerate(found) if p not in pairs.values()]
    runs: dict[tuple[str, ...], list[int]] = {}
    for at, table in enumerate(gold.tables):
        if at not in read and not table.layout:
            runs.setdefault(table.header, []).append(at)
    for header, places in runs.items():
        whole = GoldTable(header, sum(gold.tables[at].rows for at in places))
        if len(places) > 1 and any(_is_same(whole, table) for table in left):
            read.update(places)
    wrong = [f"{' | '.join(t.header)} ({t.rows} rows)" for at, t in enumerate(gold.tables) if at not in read]
    return len(read), tuple(wrong)


def _is_same(wanted: GoldTable, table: ReadTable) -> bool:
    header = tuple(fold(text) for text in wanted.header if text)
    if wanted.layout:
        return table.first_row == header and table.all_rows == wanted.rows
    return table.header == header and table.body_rows == wanted.rows


def find_hidden_text(gold: GoldDocument, batch: GraphBatch) -> tuple[str, ...]:
    """Return the texts that a reader must not give (tracked deletions, scripts) and that it gave."""
    text = "".join(squash(p.text) for p in sorted(batch.passages, key=lambda passage: passage.ordinal))
    return tuple(absent for absent in gold.absent if squash(absent) in text)


def find_traps(gold: GoldDocument, batch: GraphBatch) -> tuple[int, tuple[str, ...]]:
    """Return how many contexts of not-entities gold has, and those in which the entity was found all the same."""
    texts = {passage.id: passage.text for passage in batch.passages}
    entities = {entity.id: entity for entity in batch.entities}
    fallen = []
    for trap in gold.traps:
        for context in trap.contexts:
            for mention in batch.mentions:
                entity = entities.get(mention.entity_id)
                if entity is None or entity.type != trap.type or fold(entity.name) != fold(trap.name):
                    continue
                if _within(texts.get(mention.passage_id, ""), mention.start, mention.end, context):
                    fallen.append(f"{trap.type} {trap.name} in {context!r}")
                    break
    return sum(len(trap.contexts) for trap in gold.traps), tuple(fallen)


def _within(text: str, start: int, end: int, context: str) -> bool:
    """Say whether `text[start:end]` lies in a stretch of the passage that reads like `context`."""
    run, wanted = squash(text), squash(context)
    first, last = len(squash(text[:start])), len(squash(text[:end]))
    at = run.find(wanted)
    while at >= 0:
        if at < last and first < at + len(wanted):
            return True
        at = run.find(wanted, at + 1)
    return False

"""CSV for spreadsheets: nodes.csv, relations.csv and evidence.csv, in UTF-8 with a byte-order mark.

A text cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line end) gets an apostrophe
before it; numbers are left as they are.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from graph.export.columns import (
    ENTITY_FIELDS,
    LIST_SEPARATOR,
    RELATION_FIELDS,
    find_kinds,
    name_property,
    show_value,
)
from graph.model import Properties, PropertyValue, Relation
from graph.stores.base import View

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK = 500

Cell = str | int | float | None


def iter_csv_files(view: View) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield (file name, pieces of its text); take each file's pieces before asking for the next file."""
    yield "nodes.csv", _lines(_node_rows(view))
    yield "relations.csv", _lines(_relation_rows(view))
    yield "evidence.csv", _lines(_evidence_rows(view))


def guard(text: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BYTE_ORDER_MARK)
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _node_rows(view: View) -> Iterator[list[Cell]]:
    keys = list(find_kinds(entity.properties for entity in view.iter_entities()))
    yield [*ENTITY_FIELDS, *(name_property(key, ENTITY_FIELDS) for key in keys)]
    for entity in view.iter_entities():
        fields: list[Cell] = [entity.id, entity.type, entity.name, show_value(entity.register)]
        yield [*fields, *_property_cells(entity.properties, keys)]


def _relation_rows(view: View) -> Iterator[list[Cell]]:
    keys = list(find_kinds(relation.properties for relation in view.iter_relations()))
    names = {entity.id: entity.name for entity in view.iter_entities()}
    head = ["id", "type", "source", "source_name", "target", "target_name", "evidence", "sources"]
    yield [*head, *(name_property(key, (*RELATION_FIELDS, *head)) for key in keys)]
    for relation in view.iter_relations():
        fields: list[Cell] = [
            relation.id,
            relation.type,
            relation.source_id,
            names[relation.source_id],
            relation.target_id,
            names[relation.target_id],
            len(relation.evidence),
            LIST_SEPARATOR.join(relation.sources),
        ]
        yield [*fields, *_property_cells(relation.properties, keys)]


def _evidence_rows(view: View) -> Iterator[list[Cell]]:
    yield ["relation", "document", "title", "page", "heading", "passage", "start", "end", "quote", "rule", "score"]
    titles = dict(_iter_titles(view))
    relations = view.iter_relations()
    while chunk := list(islice(relations, CHUNK)):
        yield from _evidence_of(view, chunk, titles)


def _evidence_of(view: View, relations: Iterable[Relation], titles: Mapping[str, str]) -> Iterator[list[Cell]]:
    items = [(relation.id, item) for relation in relations for item in relation.evidence]
    passages = {passage.id: passage for passage in view.get_passages([item.passage_id for _, item in items])}
    for relation_id, item in items:
        passage = passages[item.passage_id]
        yield [
            relation_id,
            passage.document_id,
            titles[passage.document_id],
            passage.page,
            " > ".join(passage.path),
            item.passage_id,
            item.start,
            item.end,
            item.quote,
            item.rule,
            item.score,
        ]


def _iter_titles(view: View) -> Iterator[tuple[str, str]]:
    after = ""
    while page := view.documents(kind=None, after=after):
        yield from ((document.id, document.title) for document in page)
        after = page[-1].id


def _property_cells(properties: Properties, keys: Iterable[str]) -> Iterator[Cell]:
    for key in keys:
        value: PropertyValue = properties.get(key, "")
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        yield value if is_number else show_value(value)  # type: ignore[misc]

"""A document's graph as JSON Lines, one object a line, keys sorted, and back without loss.

A `document` line starts a document; the lines after it, up to the next one, belong to it. Beside the scored keys a line
carries what the model needs: `role` holds a document's or passage's `kind` (that key names the line), and keys that
hold nothing (`level`, `label`, `cell`, `edits`, `sources`, `detail`, `reason` of an unsure name) may be absent.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from graph.batch import sort_batch
from graph.errors import BadBatch
from graph.model import (
    Cell,
    Document,
    DocumentStatus,
    Dropped,
    DropReason,
    Edit,
    Entity,
    Evidence,
    GraphBatch,
    Mention,
    Passage,
    PassageKind,
    PropertyValue,
    Relation,
    Unsure,
)

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
Item = Passage | Entity | Mention | Relation | Dropped | Unsure

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_LINE_ENDS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})


def write_batch(batch: GraphBatch) -> Iterator[str]:
    """Yield the lines of one document, each ending in a line feed, in the order of `sort_batch`."""
    batch = sort_batch(batch)
    yield _line(_document_row(batch.document))
    yield from map(_line, map(_passage_row, batch.passages))
    yield from map(_line, map(_entity_row, batch.entities))
    yield from map(_line, map(_mention_row, batch.mentions))
    yield from map(_line, map(_relation_row, batch.relations))
    yield from map(_line, map(_dropped_row, batch.dropped))
    yield from map(_line, map(_unsure_row, batch.unsure))


def read_batches(lines: Iterable[str]) -> Iterator[GraphBatch]:
    """Yield a batch for each document of a stream, as soon as it is complete; blank lines count for nothing.

    Raises: BadBatch: a line is not one of ours; the message has its number, its kind and what is wrong.
    """
    parts: _Parts | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _Row.parse(line)
            if row.kind == "document":
                if parts is not None:
                    yield parts.to_batch()
                parts = _Parts(_read_document(row))
            elif parts is None:
                raise _LineError(f"a {row.kind} line comes before any document line")
            else:
                parts.add(row)
            row.require_all_taken()
        except _LineError as error:
            raise BadBatch(f"line {number}: {error}; lines are those that `strategy-graph extract` writes") from error
    if parts is not None:
        yield parts.to_batch()


def _line(row: Mapping[str, object]) -> str:
    # Splitting at line ends must not cut a line where text holds one of Unicode's own.
    return _encode(row).translate(_LINE_ENDS) + "\n"


def _document_row(item: Document) -> dict[str, object]:
    row: dict[str, object] = {
        "kind": "document", "id": item.id, "title": item.title, "source": item.source, "published": item.published,
        "sha256": item.sha256, "status": item.status, "reader": item.reader, "role": item.kind, "genre": item.genre,
        "describes": item.describes,
    }  # fmt: skip
    return {**row, "rules": item.rules} if item.rules else row


def _passage_row(item: Passage) -> dict[str, object]:
    row: dict[str, object] = {
        "kind": "passage", "id": item.id, "document": item.document_id, "ordinal": item.ordinal, "page": item.page,
        "path": item.path, "text": item.text, "role": item.kind,
    }  # fmt: skip
    if item.level:
        row["level"] = item.level
    if item.label:
        row["label"] = item.label
    if item.edits:
        row["edits"] = [[edit.start, edit.end, edit.source] for edit in item.edits]
    if item.cell is not None:
        cell = item.cell
        row["cell"] = {
            "table": cell.table, "row": cell.row, "column": cell.column, "header": cell.header,
            "row_span": cell.row_span, "column_span": cell.column_span, "is_header": cell.is_header,
        }  # fmt: skip
    return row


def _entity_row(item: Entity) -> dict[str, object]:
    return {
        "kind": "entity", "id": item.id, "type": item.type, "name": item.name, "register": bool(item.register),
        "properties": dict(item.properties),
    }  # fmt: skip


def _mention_row(item: Mention) -> dict[str, object]:
    return {
        "kind": "mention", "entity": item.entity_id, "passage": item.passage_id, "start": item.start, "end": item.end,
        "text": item.text, "rule": item.rule, "score": float(item.score),
    }  # fmt: skip


def _relation_row(item: Relation) -> dict[str, object]:
    evidence = [
        {
            "passage": e.passage_id, "start": e.start, "end": e.end, "quote": e.quote, "rule": e.rule,
            "score": float(e.score),
        }
        for e in item.evidence
    ]  # fmt: skip
    row: dict[str, object] = {
        "kind": "relation", "id": item.id, "type": item.type, "source": item.source_id, "target": item.target_id,
        "properties": dict(item.properties), "evidence": evidence,
    }  # fmt: skip
    return {**row, "sources": item.sources} if item.sources else row


def _dropped_row(item: Dropped) -> dict[str, object]:
    row: dict[str, object] = {"kind": "dropped", "item": item.item, "reason": item.reason}
    return {**row, "detail": item.detail} if item.detail else row


def _unsure_row(item: Unsure) -> dict[str, object]:
    row: dict[str, object] = {
        "kind": "unsure",
        "name": item.name,
        "candidates": item.candidates,
        "passage": item.passage_id,
    }
    return {**row, "reason": item.reason} if item.reason else row


class _LineError(Exception):
    """What is wrong with a line, in words."""


@dataclass(slots=True)
class _Row:
    """A parsed line; values are taken out key by key, so that none is forgotten."""

    kind: str
    values: dict[str, object]

    @classmethod
    def parse(cls, line: str) -> "_Row":
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _LineError(f"not JSON ({error})") from error
        if not isinstance(values, dict):
            raise _LineError("not a JSON object")
        kind = values.pop("kind", None)
        if not isinstance(kind, str) or kind not in ("document", *_READERS):
            raise _LineError(f"unknown kind {kind!r}; known: document, {', '.join(_READERS)}")
        return cls(kind, values)

    def take(self, key: str, expected: type[Value], default: Value | None = None) -> Value:
        """Return a value of this type (bool is no int, an int may be a float), or the default where it is absent."""
        if key not in self.values:
            if default is None:
                raise _LineError(f"this {self.kind} line has no `{key}`")
            return default
        return _require(self.kind, key, self.values.pop(key), expected)

    def take_optional(self, key: str, expected: type[Value]) -> Value | None:
        value = self.values.pop(key, None)
        return None if value is None else _require(self.kind, key, value, expected)

    def take_choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice:
        value = self.take(key, str, default and str(default))
        try:
            return choices(value)
        except ValueError as error:
            allowed = ", ".join(choices)
            raise _LineError(f"`{key}` of this {self.kind} line is {value!r}; allowed: {allowed}") from error

    def take_texts(self, key: str) -> tuple[str, ...]:
        return tuple(_require(self.kind, key, item, str) for item in self.take(key, list, []))

    def take_rows(self, key: str) -> list["_Row"]:
        items = self.take(key, list, [])
        return [_Row(f"{self.kind} {key}", dict(_require(self.kind, key, item, dict))) for item in items]

    def take_properties(self) -> dict[str, PropertyValue]:
        found: dict[str, PropertyValue] = {}
        for key, value in self.take("properties", dict, {}).items():
            if isinstance(value, list):
                found[key] = tuple(_require(self.kind, key, item, str) for item in value)
            elif isinstance(value, str | int | float):
                found[key] = value
            else:
                raise _LineError(f"property {key!r} is {value!r}; allowed: text, number, true or false, list of texts")
        return found

    def require_all_taken(self) -> None:
        if self.values:
            raise _LineError(f"unknown key {min(self.values)!r} in this {self.kind} line")


def _require(kind: str, key: str, value: object, expected: type[Value]) -> Value:
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        return expected(value)  # type: ignore[call-arg]
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise _LineError(f"`{key}` of this {kind} line is {value!r}, expected {expected.__name__}")
    return value


@dataclass(slots=True)
class _Parts:
    """A batch under construction."""

    document: Document
    items: dict[str, list[Item]] = field(default_factory=dict)

    def add(self, row: _Row) -> None:
        self.items.setdefault(row.kind, []).append(_READERS[row.kind](row))

    def to_batch(self) -> GraphBatch:
        return GraphBatch(
            self.document,
            passages=self._all("passage", Passage),
            entities=self._all("entity", Entity),
            mentions=self._all("mention", Mention),
            relations=self._all("relation", Relation),
            dropped=self._all("dropped", Dropped),
            unsure=self._all("unsure", Unsure),
        )

    def _all(self, kind: str, expected: type[Value]) -> tuple[Value, ...]:
        return tuple(item for item in self.items.get(kind, ()) if isinstance(item, expected))


def _read_document(row: _Row) -> Document:
    return Document(
        id=row.take("id", str),
        title=row.take("title", str),
        source=row.take("source", str),
        sha256=row.take("sha256", str),
        reader=row.take("reader", str),
        status=row.take_choice("status", DocumentStatus),
        published=row.take_optional("published", str),
        kind=row.take("role", str, "document"),
        genre=row.take("genre", str, ""),
        describes=row.take_optional("describes", str),
        rules=row.take("rules", str, ""),
    )


def _read_passage(row: _Row) -> Passage:
    cell = row.take_optional("cell", dict)
    return Passage(
        id=row.take("id", str),
        document_id=row.take("document", str),
        ordinal=row.take("ordinal", int),
        text=row.take("text", str),
        kind=row.take_choice("role", PassageKind, PassageKind.PARAGRAPH if cell is None else PassageKind.CELL),
        page=row.take_optional("page", int),
        path=row.take_texts("path"),
        level=row.take("level", int, 0),
        label=row.take("label", str, ""),
        cell=None if cell is None else _read_cell(_Row("passage cell", dict(cell))),
        edits=tuple(_read_edit(edit) for edit in row.take("edits", list, [])),
    )


def _read_cell(row: _Row) -> Cell:
    cell = Cell(
        table=row.take("table", int),
        row=row.take("row", int),
        column=row.take("column", int),
        header=row.take("header", str, ""),
        row_span=row.take("row_span", int, 1),
        column_span=row.take("column_span", int, 1),
        is_header=row.take("is_header", bool, False),
    )
    row.require_all_taken()
    return cell


def _read_edit(edit: object) -> Edit:
    if not isinstance(edit, list) or [type(part) for part in edit] != [int, int, str]:
        raise _LineError(f"`edits` of this passage line holds {edit!r}, expected [start, end, source text]")
    return Edit(*edit)


def _read_entity(row: _Row) -> Entity:
    return Entity(
        id=row.take("id", str),
        type=row.take("type", str),
        name=row.take("name", str),
        register=row.take("register", bool, False),
        properties=row.take_properties(),
    )


def _read_mention(row: _Row) -> Mention:
    return Mention(
        entity_id=row.take("entity", str),
        passage_id=row.take("passage", str),
        start=row.take("start", int),
        end=row.take("end", int),
        text=row.take("text", str),
        rule=row.take("rule", str),
        score=row.take("score", float, 1.0),
    )


def _read_evidence(row: _Row) -> Evidence:
    evidence = Evidence(
        passage_id=row.take("passage", str),
        start=row.take("start", int),
        end=row.take("end", int),
        quote=row.take("quote", str),
        rule=row.take("rule", str),
        score=row.take("score", float, 1.0),
    )
    row.require_all_taken()
    return evidence


def _read_relation(row: _Row) -> Relation:
    return Relation(
        id=row.take("id", str),
        type=row.take("type", str),
        source_id=row.take("source", str),
        target_id=row.take("target", str),
        properties=row.take_properties(),
        evidence=tuple(map(_read_evidence, row.take_rows("evidence"))),
        sources=row.take_texts("sources"),
    )


def _read_dropped(row: _Row) -> Dropped:
    return Dropped(row.take("item", str), row.take_choice("reason", DropReason), row.take("detail", str, ""))


def _read_unsure(row: _Row) -> Unsure:
    return Unsure(
        row.take("name", str), row.take_texts("candidates"), row.take("passage", str), row.take("reason", str, "")
    )


_READERS: Mapping[str, Callable[[_Row], Item]] = {
    "passage": _read_passage,
    "entity": _read_entity,
    "mention": _read_mention,
    "relation": _read_relation,
    "dropped": _read_dropped,
    "unsure": _read_unsure,
}

"""Properties as columns: which keys there are, of what kind, and how a value is shown in one cell."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from graph.model import Entity, Properties, PropertyValue, Relation

LIST_SEPARATOR = "; "
ENTITY_FIELDS = ("id", "type", "name", "register")
RELATION_FIELDS = ("id", "type", "source", "target", "evidence", "quote", "sources")
_KINDS: Mapping[type, str] = {bool: "boolean", int: "long", float: "double"}

Item = TypeVar("Item", Entity, Relation)


def name_property(key: str, fields: Iterable[str]) -> str:
    """Return a property's column name: its key, told apart where a field of the model has that name."""
    return f"property_{key}" if key in fields else key


def find_kinds(properties: Iterable[Properties]) -> dict[str, str]:
    """Return each key, sorted, with `string`, `boolean`, `long` or `double`; `string` where values differ in kind."""
    kinds: dict[str, str] = {}
    for key, value in chain.from_iterable(item.items() for item in properties):
        kind = _KINDS.get(type(value), "string")
        kinds[key] = kind if kinds.get(key, kind) == kind else "string"
    return dict(sorted(kinds.items()))


def show_value(value: PropertyValue) -> str:
    """Return a value as text for one cell: lists joined by "; ", true and false in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return LIST_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def entity_values(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield (column, text) of what a graph file says of an entity beside its id."""
    yield from (("type", entity.type), ("name", entity.name), ("register", show_value(entity.register)))
    for key, value in sorted(entity.properties.items()):
        yield name_property(key, ENTITY_FIELDS), show_value(value)


def relation_values(relation: Relation) -> Iterator[tuple[str, str]]:
    """Yield (column, text) of what a graph file says of a relation beside its ends; `quote` is its first evidence."""
    yield from (("id", relation.id), ("type", relation.type), ("evidence", str(len(relation.evidence))))
    if relation.evidence:
        yield "quote", relation.evidence[0].quote
    if relation.sources:
        yield "sources", LIST_SEPARATOR.join(relation.sources)
    for key, value in sorted(relation.properties.items()):
        yield name_property(key, RELATION_FIELDS), show_value(value)


def entity_columns(entities: Iterable[Entity]) -> dict[str, str]:
    """Return the columns of `entity_values` with their kinds."""
    kinds = find_kinds(entity.properties for entity in entities)
    fields = {"type": "string", "name": "string", "register": "boolean"}
    return {**fields, **{name_property(key, ENTITY_FIELDS): kind for key, kind in kinds.items()}}


def relation_columns(relations: Iterable[Relation]) -> dict[str, str]:
    """Return the columns of `relation_values` with their kinds."""
    kinds = find_kinds(relation.properties for relation in relations)
    fields = {"id": "string", "type": "string", "evidence": "long", "quote": "string", "sources": "string"}
    return {**fields, **{name_property(key, RELATION_FIELDS): kind for key, kind in kinds.items()}}

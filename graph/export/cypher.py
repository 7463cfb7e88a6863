"""A Cypher script for any Neo4j: run twice, it changes nothing the second time."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TypeVar

from graph.export.columns import ENTITY_FIELDS, LIST_SEPARATOR, RELATION_FIELDS, name_property
from graph.model import Entity, PropertyValue, Relation
from graph.ontology import load_ontology
from graph.stores.base import View
from graph.stores.cypher import quote_map, quote_name

ROWS = 500  # in one statement
PAGE = 1000
CONSTRAINT = "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;\n"

Item = TypeVar("Item")


def iter_cypher(view: View) -> Iterator[str]:
    """Yield the script: entities by (type, id), labelled `Entity` and their type, then relations in their order."""
    yield CONSTRAINT
    for entity_type in sorted(load_ontology().entities):
        for entities in _chunks(_iter_entities(view, entity_type)):
            rows = ",\n".join(_entity_row(entity) for entity in entities)
            label = quote_name(entity_type)
            yield f"UNWIND [\n{rows}\n] AS row\nMERGE (e:Entity {{id: row.id}}) SET e += row, e:{label};\n"
    for relation_type, relations in groupby(view.iter_relations(), key=lambda relation: relation.type):
        name = quote_name(load_ontology().require_relation_type(relation_type))
        for chunk in _chunks(relations):
            rows = ",\n".join(_relation_row(relation) for relation in chunk)
            yield (
                f"UNWIND [\n{rows}\n] AS row\n"
                "MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})\n"
                f"MERGE (a)-[r:{name} {{id: row.values.id}}]->(b) SET r += row.values;\n"
            )


def _iter_entities(view: View, entity_type: str) -> Iterator[Entity]:
    after = ""
    while page := view.entities(entity_type=entity_type, after=after, limit=PAGE):
        yield from page
        after = page[-1].id


def _entity_row(entity: Entity) -> str:
    values: dict[str, PropertyValue] = {"id": entity.id, "name": entity.name, "register": entity.register}
    values |= {name_property(key, ENTITY_FIELDS): value for key, value in sorted(entity.properties.items())}
    return quote_map(values)


def _relation_row(relation: Relation) -> str:
    values: dict[str, PropertyValue] = {"id": relation.id, "evidence": len(relation.evidence)}
    if relation.evidence:
        values["quote"] = relation.evidence[0].quote
    if relation.sources:
        values["sources"] = LIST_SEPARATOR.join(relation.sources)
    values |= {name_property(key, RELATION_FIELDS): value for key, value in sorted(relation.properties.items())}
    ends = quote_map({"source": relation.source_id, "target": relation.target_id})
    return f"{ends[:-1]}, {quote_name('values')}: {quote_map(values)}}}"


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, ROWS)):
        yield chunk

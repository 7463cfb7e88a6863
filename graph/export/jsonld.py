"""JSON-LD: entities, plain links between them, and each link once more as a statement that carries its evidence."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from graph.export.columns import ENTITY_FIELDS, RELATION_FIELDS, name_property
from graph.model import Entity, Relation
from graph.stores.base import View

NAMESPACE = "urn:strategy-graph:"
CONTEXT = {
    "@vocab": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "name": "http://www.w3.org/2000/01/rdf-schema#label",
    "Statement": "rdf:Statement",
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@id"},
    "object": {"@id": "rdf:object", "@type": "@id"},
}
TERMS = (*CONTEXT, "start", "end", "rule", "score", "passage")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def iter_jsonld(view: View) -> Iterator[str]:
    """Yield one JSON-LD document, an object a line."""
    yield f'{{"@context":{_encode(CONTEXT)},"@graph":['
    before = "\n"
    for entity in view.iter_entities():
        yield before + _encode(_entity_node(entity))
        before = ",\n"
    for relation in view.iter_relations():
        link = {"@id": _iri(relation.source_id), _term(relation.type, ()): {"@id": _iri(relation.target_id)}}
        yield f"{before}{_encode(link)},\n{_encode(_statement(relation))}"
    yield "\n]}\n"


def _iri(item_id: str) -> str:
    return NAMESPACE + quote(item_id, safe=":-._~")


def _term(key: str, fields: tuple[str, ...]) -> str:
    return re.sub(r"[^\w-]", "_", name_property(key, fields))


def _entity_node(entity: Entity) -> dict[str, object]:
    fields = (*ENTITY_FIELDS, *TERMS)
    properties = {_term(key, fields): value for key, value in sorted(entity.properties.items())}
    node = {"@id": _iri(entity.id), "@type": entity.type, "name": entity.name, "register": entity.register}
    return {**properties, **node}


def _statement(relation: Relation) -> dict[str, object]:
    fields = (*RELATION_FIELDS, *TERMS)
    node: dict[str, object] = {_term(key, fields): value for key, value in sorted(relation.properties.items())}
    node |= {
        "@id": _iri(relation.id),
        "@type": "Statement",
        "subject": _iri(relation.source_id),
        "predicate": NAMESPACE + _term(relation.type, ()),
        "object": _iri(relation.target_id),
    }
    if relation.sources:
        node["sources"] = relation.sources
    if relation.evidence:
        node["evidence"] = [
            {
                "passage": {"@id": _iri(item.passage_id)},
                "start": item.start,
                "end": item.end,
                "quote": item.quote,
                "rule": item.rule,
                "score": float(item.score),
            }
            for item in relation.evidence
        ]
    return node

"""Claims of one document on entities and relations against the merged graph (`merge.py` says how they become one).

As in the embedded store, the cost follows the document, not the store: an entity that many documents share is read
again only where this document may change what they say together. Relations that several documents state are few and
are merged anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.model import Entity, Evidence, Relation
from graph.stores.merge import merge_properties, merge_sources
from graph.stores.neo4j_rows import (
    ENTITY_KEYS,
    Row,
    decode_properties,
    encode,
    encode_properties,
    entity_row,
    gather,
    relation_row,
    to_claimed,
    to_key,
)

if TYPE_CHECKING:
    from neo4j import Transaction

Values = tuple[str, str, bool, str]  # type, name, register, properties as JSON


@dataclass(slots=True)
class EntityChanges:
    """What a document's new claims change among entities, as rows of statements."""

    created: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    counted: list[Row] = field(default_factory=list)  # by how many documents an unchanged entity is claimed more
    claims: list[Row] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RelationChanges:
    """What a document's new claims change among relations; `gone` are rows of merged relations to delete."""

    created: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)


def entity_values(entity: Entity) -> Values:
    """Return what a claim says of an entity."""
    return entity.type, entity.name, entity.register, encode_properties(entity.properties)


def read_entity_claims(tx: "Transaction", document: str) -> dict[str, tuple[str, Values]]:
    """Return the claims of a document on entities: whole id and values by key."""
    rows = tx.run(
        """MATCH (:Document {id: $document})-[c:CLAIMS]->(e:Entity)
           RETURN e.id, coalesce(e.full_id, e.id), c.type, c.name, c.register, c.properties""",
        document=document,
    )
    return {key: (whole, (kind, name, register, text)) for key, whole, kind, name, register, text in rows.values()}


def plan_entities(
    tx: "Transaction", document: tuple[str, int], old: Mapping[str, tuple[str, Values]], entities: Sequence[Entity]
) -> EntityChanges:
    """Return what must change so that a document, (whole id, rank), claims exactly `entities`."""
    document_id, rank = document
    plan = EntityChanges()
    new = {to_key(entity.id): entity for entity in entities}
    known = _known_entities(tx, list(new), rich=[key for key, entity in new.items() if entity.properties])
    stale: dict[str, str] = {}  # key to whole id
    grown: set[str] = set()
    for key, entity in new.items():
        values = entity_values(entity)
        before = old[key][1] if key in old else None
        if before == values:
            continue
        plan.claims.append(_claim_row(key, values))
        if before is not None:
            plan.withdrawn.append(key)
            stale[key] = entity.id
        elif key not in known:
            plan.created.append(_merged_row(entity.id, [(values, rank, document_id)]))
        else:
            grown.add(key)
            node = known[key]
            if (rank, document_id) < (node["rank"], node["head"]) or _adds(entity, node):
                stale[key] = entity.id
    lost = sorted(old.keys() - new.keys())
    plan.withdrawn += lost
    heads = {key: node["head"] for key, node in _known_entities(tx, lost, rich=()).items()}
    stale |= {key: old[key][0] for key in lost if heads.get(key) == document_id or old[key][1][3] != "{}"}
    others = _other_claims(tx, sorted(stale), to_key(document_id))
    for key, whole in sorted(stale.items()):
        claims = others.get(key, [])
        if key in new:
            claims = sorted([*claims, (entity_values(new[key]), rank, document_id)], key=lambda claim: claim[1:])
        if claims:
            plan.changed.append(_merged_row(whole, claims))
        else:
            plan.dead.append(key)
    moves = [(key, rank) for key in sorted(grown - stale.keys())] + [(k, -rank) for k in lost if k not in stale]
    plan.counted = [{"id": key, "change": change} for key, change in moves if change]
    return plan


def _claim_row(key: str, values: Values) -> Row:
    kind, name, register, properties = values
    return {"id": key, "type": kind, "name": name, "register": register, "properties": properties}


def _merged_row(entity_id: str, claims: Sequence[tuple[Values, int, str]]) -> Row:
    """Return the row of an entity that claims, in their order, make together."""
    (kind, name, register, _), rank, head = claims[0]
    properties = merge_properties([decode_properties(values[3]) for values, _, _ in claims])
    entity = Entity(entity_id, kind, name, register, properties)
    documents = sum(claim_rank for _, claim_rank, _ in claims)
    row = entity_row(entity, rank=rank, head=head, documents=documents)
    return {"id": row["id"], "type": kind, "values": row, "entity": entity}


def _known_entities(tx: "Transaction", keys: Sequence[str], *, rich: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Return rank, head and, for those that are `rich`, all properties of the entities that are there."""
    if not keys:
        return {}
    rows = tx.run(
        """UNWIND $keys AS key MATCH (e:Entity {id: key})
           RETURN key, e.rank, e.head, CASE WHEN key IN $rich THEN properties(e) ELSE {} END""",
        keys=keys,
        rich=rich,
    )
    return {key: {**node, "rank": rank, "head": head} for key, rank, head, node in rows.values()}


def _adds(entity: Entity, node: Mapping[str, Any]) -> bool:
    """Say whether a claim that is not the first one could change the merged entity."""
    if not entity.properties:
        return False
    have = {(key, encode(value)) for key, value in gather(node, ENTITY_KEYS).items()}
    return not have.issuperset((key, encode(value)) for key, value in entity.properties.items())


def _other_claims(tx: "Transaction", keys: Sequence[str], document: str) -> dict[str, list[tuple[Values, int, str]]]:
    """Return the claims of other documents on entities, each in the order of claims."""
    if not keys:
        return {}
    rows = tx.run(
        """UNWIND $keys AS key MATCH (e:Entity {id: key})<-[c:CLAIMS]-(d:Document) WHERE d.id <> $document
           RETURN e.id, c.type, c.name, c.register, c.properties, d.rank, coalesce(d.full_id, d.id)""",
        keys=keys,
        document=document,
    )
    found: dict[str, list[tuple[Values, int, str]]] = {}
    for key, kind, name, register, properties, rank, whole in rows.values():
        found.setdefault(key, []).append(((kind, name, register, properties), rank, whole))
    return {key: sorted(claims, key=lambda claim: claim[1:]) for key, claims in found.items()}


# Relations

Stated = tuple[int, str, Relation]  # rank and whole id of a document, and what it says


def read_stated(tx: "Transaction", document: str) -> list[Relation]:
    """Return the relations that a document states."""
    rows = tx.run("MATCH (:Document {id: $document})-[:STATES]->(c:Claim) RETURN properties(c)", document=document)
    return [to_claimed(node) for (node,) in rows.values()]


def plan_relations(
    tx: "Transaction", document: tuple[str, int], old: Iterable[Relation], relations: Iterable[Relation]
) -> RelationChanges:
    """Return what must change among merged relations so that a document states exactly `relations`."""
    document_id, rank = document
    before = {relation.id: relation for relation in old}
    after = {relation.id: relation for relation in relations}
    touched = [item for item in sorted(before.keys() | after.keys()) if before.get(item) != after.get(item)]
    others = _other_statements(tx, touched, to_key(document_id))
    plan = RelationChanges()
    for relation_id in touched:
        rest = others.get(relation_id, [])
        was = _merge([*rest, *((rank, document_id, r) for r in [before.get(relation_id)] if r)])
        now = _merge([*rest, *((rank, document_id, r) for r in [after.get(relation_id)] if r)])
        if was and now and was["place"] == now["place"]:
            plan.changed.append(now)
            continue
        if was:
            plan.gone.append(was)
        if now:
            plan.created.append(now)
    return plan


def _merge(statements: Sequence[Stated]) -> Row | None:
    """Return the row of the relation that statements make together; None where there is none."""
    if not statements:
        return None
    claims = [relation for _, _, relation in sorted(statements, key=lambda item: item[:2])]
    by_document = sorted(statements, key=lambda item: item[1])
    evidence: list[Evidence] = [item for _, _, relation in by_document for item in relation.evidence]
    first = claims[0]
    merged = Relation(
        first.id, first.type, first.source_id, first.target_id, merge_properties([c.properties for c in claims]),
        tuple(evidence), merge_sources([claim.sources for claim in claims]),
    )  # fmt: skip
    values = relation_row(merged, documents=sum(rank for rank, _, _ in statements))
    source, target = to_key(first.source_id), to_key(first.target_id)
    place = (first.type, source, target)
    return {
        "id": values["id"], "type": first.type, "source": source, "target": target, "values": values, "place": place,
    }  # fmt: skip


def _other_statements(tx: "Transaction", ids: Sequence[str], document: str) -> dict[str, list[Stated]]:
    if not ids:
        return {}
    rows = tx.run(
        """UNWIND $keys AS key MATCH (c:Claim {relation: key})<-[:STATES]-(d:Document) WHERE d.id <> $document
           RETURN properties(c), d.rank, coalesce(d.full_id, d.id)""",
        keys=[to_key(item_id) for item_id in ids],
        document=document,
    )
    found: dict[str, list[Stated]] = {}
    for node, rank, whole in rows.values():
        relation = to_claimed(node)
        found.setdefault(relation.id, []).append((rank, whole, relation))
    return found

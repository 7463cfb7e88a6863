"""The bounded walk from start entities over relations, hop by hop on the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.model import Entity, Relation, Subgraph
from graph.stores.cypher import quote_name
from graph.stores.neo4j_rows import keys_of, to_entity, to_relation

if TYPE_CHECKING:
    from neo4j import Transaction


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a walk may take: relations of `types`, which come from the ontology; empty `entity_types` allow all."""

    types: Sequence[str]
    entity_types: Sequence[str]
    max_hops: int
    max_entities: int
    max_relations: int
    register: bool


def type_pattern(types: Sequence[str]) -> str:
    """Return relation types, which come from the ontology, as a pattern reads them."""
    return "|".join(map(quote_name, sorted(types)))


def walk(tx: "Transaction", start_ids: Sequence[str], bounds: Bounds) -> Subgraph:
    """Return what lies within the bounds nearer first, then by id.

    Cost: follows the relations of the entities it takes; an entity with many relations costs all of them.
    """
    hops, truncated = _start(tx, start_ids, bounds.max_entities)
    frontier = list(hops)
    for hop in range(1, bounds.max_hops + 1):
        room = bounds.max_entities - len(hops)
        reached = _reach(tx, frontier, hops, bounds, room + 1) if bounds.types else []
        frontier = reached[:room]
        truncated = truncated or len(reached) > room
        hops.update(dict.fromkeys(frontier, hop))
        if not frontier:
            break
    relations = _relations(tx, hops, bounds) if bounds.types else []
    truncated = truncated or len(relations) > bounds.max_relations
    return Subgraph(_entities(tx, list(hops)), tuple(relations[: bounds.max_relations]), truncated)


def _start(tx: "Transaction", start_ids: Sequence[str], limit: int) -> tuple[dict[str, int], bool]:
    rows = tx.run(
        "UNWIND $keys AS key MATCH (e:Entity {id: key}) RETURN e.id ORDER BY e.id LIMIT $limit",
        keys=keys_of(start_ids),
        limit=limit + 1,
    )
    found = [key for (key,) in rows.values()]
    return dict.fromkeys(found[:limit], 0), len(found) > limit


def _reach(
    tx: "Transaction", frontier: Sequence[str], seen: Mapping[str, int], bounds: Bounds,
    limit: int,
) -> list[str]:  # fmt: skip
    rows = tx.run(
        f"""UNWIND $frontier AS key MATCH (:Entity {{id: key}})-[r:{type_pattern(bounds.types)}]-(e:Entity)
            WHERE ($register OR r.documents > 0) AND ($types = [] OR e.type IN $types)
            WITH DISTINCT e WHERE NOT e.id IN $seen
            RETURN e.id ORDER BY e.id LIMIT $limit""",
        frontier=list(frontier),
        seen=list(seen),
        types=list(bounds.entity_types),
        register=bounds.register,
        limit=limit,
    )
    return [key for (key,) in rows.values()]


def _relations(tx: "Transaction", hops: Mapping[str, int], bounds: Bounds) -> list[Relation]:
    """Return relations between the entities that have an end nearer than `max_hops`, one more than allowed."""
    # From the sources, since what has very many relations, as a department or a place, is their target.
    rows = tx.run(
        f"""UNWIND $keys AS key MATCH (s:Entity {{id: key}})-[r:{type_pattern(bounds.types)}]->(t:Entity)
            WHERE ($register OR r.documents > 0) AND $hops[t.id] IS NOT NULL
            WITH r, s, t, CASE WHEN $hops[s.id] < $hops[t.id] THEN $hops[s.id] ELSE $hops[t.id] END AS hop
            WHERE hop < $max_hops
            WITH r, s, t, hop ORDER BY hop, type(r), s.id, t.id, r.id LIMIT $limit
            RETURN properties(r), type(r), coalesce(s.full_id, s.id), coalesce(t.full_id, t.id)""",
        keys=list(hops),
        hops=dict(hops),
        max_hops=bounds.max_hops,
        register=bounds.register,
        limit=bounds.max_relations + 1,
    )
    return [to_relation(*values) for values in rows.values()]


def _entities(tx: "Transaction", keys: Sequence[str]) -> tuple[Entity, ...]:
    rows = tx.run("UNWIND $keys AS key MATCH (e:Entity {id: key}) RETURN properties(e)", keys=list(keys))
    found: dict[str, Mapping[str, Any]] = {node["id"]: node for (node,) in rows.values()}
    return tuple(to_entity(found[key]) for key in keys)

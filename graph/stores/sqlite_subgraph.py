"""The bounded walk from start entities over relations, hop by hop in the engine."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from graph.stores.sqlite_rows import ENDS, RELATION, Row, encode, encode_ids

# A walk goes from its few entities to their relations; left to itself, the engine may go through all of a type.
FROM_SOURCE = "CROSS JOIN relation r INDEXED BY relation_source ON r.source"
FROM_TARGET = "CROSS JOIN relation r INDEXED BY relation_target ON r.target"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a walk may take; empty types allow all."""

    relation_types: tuple[str, ...]
    entity_types: tuple[str, ...]
    max_hops: int
    max_entities: int
    max_relations: int
    register: bool

    def relation_test(self) -> str:
        """Return the condition on relation `r`, to follow another one."""
        of_type = " AND r.type IN (SELECT value FROM json_each(:relation_types))" if self.relation_types else ""
        return of_type + ("" if self.register else " AND r.documents > 0")

    def entity_test(self) -> str:
        """Return the condition on a reached entity `e`, to follow another one."""
        return " AND e.type IN (SELECT value FROM json_each(:entity_types))" if self.entity_types else ""

    def types(self) -> dict[str, str]:
        """Return the parameters that the conditions name."""
        return {"relation_types": encode(self.relation_types), "entity_types": encode(self.entity_types)}


def walk(db: sqlite3.Connection, start_ids: Sequence[str], bounds: Bounds) -> tuple[list[int], list[Row], bool]:
    """Return entity keys and relation rows within the bounds, nearer first, then by id, and whether a bound bit.

    Cost: follows the relations of the entities it takes; an entity with many relations costs all of them.
    """
    hops, truncated = _start(db, start_ids, bounds.max_entities)
    frontier = list(hops)
    for hop in range(1, bounds.max_hops + 1):
        room = bounds.max_entities - len(hops)
        reached = _reach(db, frontier, hops, bounds, room + 1)
        frontier = reached[:room]
        truncated = truncated or len(reached) > room
        hops.update(dict.fromkeys(frontier, hop))
        if not frontier:
            break
    rows = _relations(db, hops, bounds)
    return list(hops), rows[: bounds.max_relations], truncated or len(rows) > bounds.max_relations


def _start(db: sqlite3.Connection, start_ids: Sequence[str], limit: int) -> tuple[dict[int, int], bool]:
    found = db.execute(
        "SELECT e.key FROM entity e WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.id LIMIT ?",
        (encode_ids(start_ids), limit + 1),
    ).fetchall()
    return {key: 0 for (key,) in found[:limit]}, len(found) > limit


def _reach(
    db: sqlite3.Connection, frontier: Sequence[int], seen: dict[int, int], bounds: Bounds, limit: int
) -> list[int]:
    allowed = bounds.relation_test()
    rows = db.execute(
        f"""WITH edge(far) AS (
                SELECT r.target FROM json_each(:frontier) f {FROM_SOURCE} = f.value {allowed}
                UNION
                SELECT r.source FROM json_each(:frontier) f {FROM_TARGET} = f.value {allowed})
            SELECT e.key FROM edge JOIN entity e ON e.key = edge.far
            WHERE e.key NOT IN (SELECT value FROM json_each(:seen)) {bounds.entity_test()}
            ORDER BY e.id LIMIT :limit""",
        {"frontier": encode(frontier), "seen": encode(list(seen)), "limit": limit, **bounds.types()},
    )
    return [key for (key,) in rows]


def _relations(db: sqlite3.Connection, hops: dict[int, int], bounds: Bounds) -> list[Row]:
    """Return one more row than may be taken at most, nearer first."""
    allowed = bounds.relation_test()
    found = db.execute(
        f"""WITH near(key) AS (SELECT value FROM json_each(:near)),
            found(key) AS (
                SELECT r.key FROM near f {FROM_SOURCE} = f.key {allowed}
                UNION
                SELECT r.key FROM near f {FROM_TARGET} = f.key {allowed})
            SELECT {RELATION}, r.source, r.target FROM found CROSS JOIN relation r ON r.key = found.key {ENDS}
            WHERE r.source IN (SELECT value FROM json_each(:taken))
            AND r.target IN (SELECT value FROM json_each(:taken))""",
        {
            "near": encode([key for key, hop in hops.items() if hop < bounds.max_hops]),
            "taken": encode(list(hops)),
            **bounds.types(),
        },
    ).fetchall()
    # In order of the nearer end, then type, source, target and id: the columns of RELATION after its key.
    found.sort(key=lambda row: (min(hops[row[-2]], hops[row[-1]]), row[2], row[3], row[4], row[1]))
    return [row[:-2] for row in found[: bounds.max_relations + 1]]

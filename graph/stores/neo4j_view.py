"""Reading from the server store: each answer of one state, in a fixed order, by index, with a limit and a time-out."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from graph.model import Document, Dropped, Entity, GraphBatch, Mention, Passage, Relation, Subgraph, Unsure
from graph.ontology import load_ontology
from graph.stores.base import Counts, Hit
from graph.stores.cypher import quote_name, quote_value
from graph.stores.neo4j_rows import (
    DOCUMENT_KEYS,
    ENTITY_KEYS,
    Row,
    decode_properties,
    encode,
    is_plain,
    keys_of,
    storable,
    to_claimed,
    to_document,
    to_dropped,
    to_entity,
    to_key,
    to_passage,
    to_relation,
    to_unsure,
)
from graph.stores.neo4j_schema import MIGRATIONS, STORE
from graph.stores.neo4j_search import await_words, search_entities, search_near, search_passages
from graph.stores.neo4j_subgraph import Bounds, type_pattern, walk
from graph.stores.text import find_words, fold_name, show_values

if TYPE_CHECKING:
    from neo4j import Transaction

CHUNK = 1000  # rows read at a time by the iterators
GROUP = 5000  # relations read at a time by the iterators
DOCUMENTS = 20  # whose mentions of one entity are read at first, then four times as many, and so on
EVERYTHING = 2**31 - 1
DOCUMENT = f"{{id: coalesce(d.full_id, d.id), {', '.join(f'.{key}' for key in DOCUMENT_KEYS)}}}"
RELATION = "properties(r), type(r), coalesce(s.full_id, s.id), coalesce(t.full_id, t.id)"
MENTION = """coalesce(e.full_id, e.id), coalesce(p.full_id, p.id), m.start, m.end, m.text, m.rule, m.score"""

Answer = TypeVar("Answer")
Stamp = tuple[str, int]  # which graph, and how often it was written


class Ask(Protocol):
    """Runs a piece of reading in a transaction of its own, again where a writer came between."""

    def __call__(self, work: "Callable[[Transaction], Answer]", /) -> Answer: ...


class Neo4jView:
    """The reading side; made by `Neo4jStore.view`. Not to be shared between threads."""

    def __init__(self, ask: Ask, remembered: dict[str, tuple[Stamp, Any]]) -> None:
        """Prepare to ask; `remembered` holds answers on the whole store, each with the stamp of the state it is of."""
        self._ask, self._remembered = ask, remembered

    def _rows(self, text: str, **values: Any) -> list[list[Any]]:
        """Return all rows of one statement."""
        return self._ask(lambda tx: tx.run(text, storable(values)).values())

    def _once(self, name: str, work: "Callable[[Transaction], Answer]") -> Answer:
        """Return an answer on the whole store, worked out anew only where the store was written since."""

        def read(tx: "Transaction") -> tuple[Stamp | None, Answer]:
            found = tx.run(f"MATCH (s:{STORE} {{id: 1}}) RETURN s.made, s.generation").single()
            stamp = None if found is None else (found[0], found[1])
            known = self._remembered.get(name)
            return stamp, known[1] if known is not None and known[0] == stamp else work(tx)

        stamp, answer = self._ask(read)
        if stamp is not None:
            self._remembered[name] = stamp, answer
        return answer

    def version(self) -> str:
        """Return a digest of the data: equal content gives equal versions on every engine."""

        def read(tx: "Transaction") -> str:
            digest = hashlib.sha256()
            for document_id, content in tx.run(
                "MATCH (d:Document) WHERE d.id > '' RETURN coalesce(d.full_id, d.id), d.digest ORDER BY d.id"
            ).values():
                digest.update(f"{document_id}\n{content}\n".encode())
            return digest.hexdigest()

        return self._once("version", read)

    def engine_problems(self) -> Sequence[str]:
        """Return what is wrong with schema, indexes and the store's own bookkeeping. Reads the whole store."""
        problems = [
            f"the index {name} is {state}"
            for name, state in self._rows("SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state")
        ]
        applied = {name for (names,) in self._rows("MATCH (s:StrategyGraph) RETURN s.migrations") for name in names}
        problems += [f"the migration {name} was not applied" for name, _ in MIGRATIONS if name not in applied]
        for text, query in _BOOKKEEPING:
            ((count,),) = self._rows(query)
            if count:
                problems.append(f"{count} {text}")
        return tuple(problems)

    def counts(self) -> Counts:
        """Count everything in the engine."""

        def read(tx: "Transaction") -> Counts:
            documents, dropped, unsure = tx.run(
                """MATCH (d:Document) RETURN count(CASE WHEN d.rank = 1 THEN 1 END),
                   coalesce(sum(size(d.dropped)), 0), coalesce(sum(size(d.unsure)), 0)"""
            ).values()[0]
            ((passages,),) = tx.run("MATCH (p:Passage) RETURN count(p)").values()
            ((mentions,),) = tx.run("MATCH ()-[m:MENTIONS]->() RETURN count(m)").values()
            entities = tx.run(
                """MATCH (e:Entity) RETURN e.type, count(*), count(CASE WHEN e.documents > 0 THEN 1 END)
                   ORDER BY e.type"""
            ).values()
            relations = tx.run(
                _for_each_type("kind, count(*) AS n, count(CASE WHEN r.documents > 0 THEN 1 END) AS quoted")
            ).values()
            return Counts(
                documents=documents,
                passages=passages,
                mentions=mentions,
                entities={name: number for name, number, _ in entities},
                mentioned={name: number for name, _, number in entities if number},
                relations={name: number for name, number, _ in relations if number},
                quoted={name: number for name, _, number in relations if number},
                dropped=dropped,
                unsure=unsure,
            )

        return self._once("counts", read)

    def pair_counts(self) -> Sequence[tuple[str, str, str, int]]:
        """Return (relation type, source type, target type, count), in that order."""
        text = _for_each_type("kind, startNode(r).type AS source, endNode(r).type AS target, count(*) AS n")
        rows = self._once("pair_counts", lambda tx: tx.run(text).values())
        return tuple(sorted((kind, source, target, n) for kind, source, target, n in rows))

    def property_counts(self, entity_type: str, key: str, *, limit: int = 100) -> Sequence[tuple[str, int]]:
        """Return the values of a property with the number of entities that have each, most first, ties by value.

        Each text of a tuple counts by itself; true and false come in lower case.
        """
        counts: Counter[str] = Counter()
        if is_plain(key, ENTITY_KEYS):
            rows = self._rows(
                "MATCH (e:Entity) WHERE e.type = $type AND e.id > '' AND e[$key] IS NOT NULL RETURN e[$key], count(*)",
                type=entity_type,
                key=key,
            )
            for value, number in rows:
                for shown in set(show_values(tuple(value) if isinstance(value, list) else value)):
                    counts[shown] += number
        else:
            rows = self._rows(
                "MATCH (e:Entity) WHERE e.type = $type AND e.id > '' AND e.more CONTAINS $key RETURN e.more",
                type=entity_type,
                key=encode(key) + ":",
            )
            for (more,) in rows:
                counts.update(set(show_values(decode_properties(more).get(key, ()))))
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit])

    def documents(self, *, kind: str | None = "document", after: str = "", limit: int = 1000) -> Sequence[Document]:
        """Return documents by id, those above `after`; `kind=None` for all kinds."""
        rows = self._rows(
            f"""MATCH (d:Document) WHERE d.id > $after AND ($kind IS NULL OR d.kind = $kind)
               WITH d ORDER BY d.id LIMIT $limit RETURN d {DOCUMENT}""",
            after=to_key(after),
            kind=kind,
            limit=limit,
        )
        return tuple(to_document(node) for (node,) in rows)

    def get_document(self, document_id: str) -> Document | None:
        """Return one document, or None."""
        rows = self._rows(f"MATCH (d:Document {{id: $key}}) RETURN d {DOCUMENT}", key=to_key(document_id))
        return to_document(rows[0][0]) if rows else None

    def document_batch(self, document_id: str) -> GraphBatch | None:
        """Return all that one document said, as it was loaded, in the order of `sort_batch`."""
        key = to_key(storable(document_id))
        return self._ask(lambda tx: _read_batch(tx, key))

    def passages(self, document_id: str, *, after: int = -1, limit: int = 1000) -> tuple[Passage, ...]:
        """Return passages of a document by ordinal, those above `after`."""
        rows = self._rows(
            """MATCH (p:Passage) WHERE p.document = $key AND p.ordinal > $after
               WITH p ORDER BY p.document, p.ordinal LIMIT $limit RETURN properties(p)""",
            key=to_key(document_id),
            after=after,
            limit=limit,
        )
        return tuple(to_passage(node, document_id) for (node,) in rows)

    def get_passages(self, passage_ids: Sequence[str]) -> Sequence[Passage]:
        """Return the passages with these ids, in the order asked; those not there are left out."""
        keys = keys_of(passage_ids)
        rows = self._rows(
            """UNWIND $keys AS key MATCH (p:Passage {id: key}) MATCH (d:Document {id: p.document})
               RETURN properties(p), coalesce(d.full_id, d.id)""",
            keys=keys,
        )
        found = {node["id"]: to_passage(node, document_id) for node, document_id in rows}
        return tuple(found[key] for key in keys if key in found)

    def entities(
        self, *, entity_type: str | None = None, mentioned: bool = False, after: str = "", limit: int = 1000
    ) -> Sequence[Entity]:
        """Return entities by id, those above `after`; `mentioned` leaves out what only a register knows."""
        of_type, order = ("", "e.id") if entity_type is None else ("e.type = $type AND", "e.type, e.id")
        named = "AND e.documents > 0" if mentioned else ""
        rows = self._rows(
            f"""MATCH (e:Entity) WHERE {of_type} e.id > $after {named}
                WITH e ORDER BY {order} LIMIT $limit RETURN properties(e)""",
            type=entity_type,
            after=to_key(after),
            limit=limit,
        )
        return tuple(to_entity(node) for (node,) in rows)

    def get_entity(self, entity_id: str) -> Entity | None:
        """Return one entity, or None."""
        rows = self._rows("MATCH (e:Entity {id: $key}) RETURN properties(e)", key=to_key(entity_id))
        return to_entity(rows[0][0]) if rows else None

    def find_entities(self, name: str, *, limit: int = 20) -> Sequence[Entity]:
        """Return entities with this id, name or alias (`fold_name`), mentioned ones first, then by id."""
        rows = self._rows(
            """CALL { MATCH (:Name {folded: $folded})-[:NAMES]->(e:Entity) RETURN e
                      UNION MATCH (e:Entity {id: $key}) RETURN e }
               WITH e ORDER BY e.documents = 0, e.id LIMIT $limit RETURN properties(e)""",
            folded=to_key(fold_name(storable(name))),
            key=to_key(name),
            limit=limit,
        )
        return tuple(to_entity(node) for (node,) in rows)

    def near_names(self, name: str, *, limit: int = 5) -> Sequence[str]:
        """Return known names close to a misspelt one, best first, of the 300 that share most letter pairs with it."""
        wanted = storable(name)

        def read(tx: "Transaction") -> tuple[str, ...]:
            await_words(tx)
            return search_near(tx, wanted, limit=limit)

        return self._ask(read)

    def mentions(self, entity_id: str, *, limit: int = 100) -> Sequence[Mention]:
        """Return mentions of an entity by (document id, place in the text)."""
        key = to_key(storable(entity_id))

        def read(tx: "Transaction") -> tuple[Mention, ...]:
            # Some documents at a time, so that a limit spares the rest of a name that occurs everywhere.
            found: list[Mention] = []
            after, size = "", DOCUMENTS
            while len(found) < limit:
                documents = tx.run(
                    """MATCH (d:Document)-[:CLAIMS]->(:Entity {id: $key}) WHERE d.id > $after
                       WITH d.id AS document ORDER BY document LIMIT $size RETURN document""",
                    key=key,
                    after=after,
                    size=size,
                ).value()
                if not documents:
                    break
                rows = tx.run(
                    f"""UNWIND $documents AS document MATCH (p:Passage) WHERE p.document = document AND p.ordinal >= 0
                        MATCH (p)-[m:MENTIONS]->(e) WHERE e.id = $key
                        RETURN {MENTION} ORDER BY document, p.ordinal, m.n LIMIT $limit""",
                    key=key,
                    documents=documents,
                    limit=limit - len(found),
                )
                found += [Mention(*row) for row in rows.values()]
                after, size = documents[-1], 4 * size
            return tuple(found)

        return self._ask(read)

    def mention_counts(self, entity_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the number of mentions by entity id, 0 where there is none."""
        rows = self._rows(
            """UNWIND $keys AS key MATCH (e:Entity {id: key})
               RETURN coalesce(e.full_id, e.id), count { (e)<-[:MENTIONS]-() }""",
            keys=keys_of(entity_ids),
        )
        return {**dict.fromkeys(sorted(entity_ids), 0), **dict(map(tuple, rows))}

    def relations(self, entity_id: str, *, relation_types: Sequence[str] = (), limit: int = 1000) -> Sequence[Relation]:
        """Return relations at an entity, either way, with their evidence; `relation_types` empty for all."""
        types = _known_types(relation_types)
        if not types:
            return ()
        rows = self._rows(
            f"""CALL {{
                    MATCH (s:Entity {{id: $key}})-[r:{type_pattern(types)}]->(t:Entity)
                    WITH r, s, t ORDER BY type(r), t.id, r.id LIMIT $limit RETURN r, s, t
                    UNION MATCH (s:Entity)-[r:{type_pattern(types)}]->(t:Entity {{id: $key}})
                    WITH r, s, t ORDER BY type(r), s.id, r.id LIMIT $limit RETURN r, s, t
                }}
                WITH r, s, t ORDER BY type(r), s.id, t.id, r.id LIMIT $limit RETURN {RELATION}""",
            key=to_key(entity_id),
            limit=limit,
        )
        return tuple(to_relation(*row) for row in rows)

    def relation_counts(self, entity_ids: Sequence[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relations at each entity, not counted further than `most` either way; 0 where none."""
        pattern = _all_types()
        rows = self._rows(
            f"""UNWIND $keys AS key MATCH (e:Entity {{id: key}})
                CALL (e) {{ MATCH (e)-[r:{pattern}]->() WITH r LIMIT $most RETURN count(r) AS leaving }}
                CALL (e) {{ MATCH (e)<-[r:{pattern}]-() WITH r LIMIT $most RETURN count(r) AS reaching }}
                RETURN coalesce(e.full_id, e.id), leaving + reaching""",
            keys=keys_of(entity_ids),
            most=most,
        )
        return {**dict.fromkeys(sorted(entity_ids), 0), **dict(map(tuple, rows))}

    def get_relation(self, relation_id: str) -> Relation | None:
        """Return one relation with its evidence, or None."""
        rows = self._rows(
            f"""MATCH (c:Claim {{relation: $key}}) WITH DISTINCT c.source AS source, c.target AS target
                MATCH (s:Entity {{id: source}}) CALL (target) {{ MATCH (t:Entity {{id: target}}) RETURN t }}
                MATCH (s)-[r:{_all_types()}]->(t) WHERE r.id = $key RETURN {RELATION}""",
            key=to_key(relation_id),
        )
        return to_relation(*rows[0]) if rows else None

    def ends(self, relation_type: str) -> Sequence[tuple[str, str]]:
        """Return source and target of every relation of a type that a document supports, in order."""
        types = _known_types([relation_type])
        if not types:
            return ()
        rows = self._rows(
            f"""MATCH (s:Entity)-[r:{type_pattern(types)}]->(t:Entity) WHERE r.documents > 0
                RETURN coalesce(s.full_id, s.id), coalesce(t.full_id, t.id)"""
        )
        return tuple(sorted((source, target) for source, target in rows))

    def search(
        self,
        query: str,
        *,
        kinds: Sequence[str] = ("entity", "passage"),
        entity_type: str | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> Sequence[Hit]:
        """Full-text search; words of `query` are literal (no query language), all must occur.

        The last word may be a beginning. Entities come before passages: a whole name first, then what documents name,
        then the rest, each best first, ties by id; `entity_type` holds for entities.
        """
        words = find_words(storable(query))
        most = offset + limit

        def read(tx: "Transaction") -> list[Hit]:
            hits: list[Hit] = []
            if words:
                await_words(tx)
            if words and "entity" in kinds:
                hits += search_entities(tx, words, entity_type=storable(entity_type), limit=most)
            if words and "passage" in kinds and len(hits) < most:
                hits += search_passages(tx, words, limit=most - len(hits))
            return hits

        return tuple(self._ask(read)[offset:most])

    def subgraph(
        self,
        start_ids: Sequence[str],
        *,
        relation_types: Sequence[str] = (),
        entity_types: Sequence[str] = (),
        max_hops: int = 1,
        max_entities: int = 500,
        max_relations: int = 2000,
        register: bool = True,
    ) -> Subgraph:
        """Return what lies within `max_hops` of the start entities, bounded and flagged when a bound bites.

        A relation belongs when one of its ends is nearer than `max_hops`; `entity_types` holds for all but the start.
        `register=False` leaves out relations that only a register supports. Nearer first, then by id.
        """
        types, start = _known_types(relation_types), storable(list(start_ids))
        bounds = Bounds(types, storable(list(entity_types)), max_hops, max_entities, max_relations, register)
        return self._ask(lambda tx: walk(tx, start, bounds))

    def dropped(self) -> Sequence[tuple[str, Dropped]]:
        """Return (document id, what was left out), by document."""
        rows = self._rows(
            """MATCH (d:Document) WHERE d.id > '' AND size(d.dropped) > 0
               RETURN coalesce(d.full_id, d.id), d.dropped ORDER BY d.id"""
        )
        return tuple((document_id, to_dropped(text)) for document_id, texts in rows for text in texts)

    def unsure(self, *, limit: int = 1000) -> Sequence[Unsure]:
        """Return names that a person should decide, by document, in reading order."""
        rows = self._rows(
            """MATCH (d:Document) WHERE d.id > '' AND size(d.unsure) > 0
               WITH d ORDER BY d.id LIMIT $limit UNWIND d.unsure AS item RETURN item LIMIT $limit""",
            limit=limit,
        )
        return tuple(to_unsure(text) for (text,) in rows)

    def iter_entities(self) -> Iterator[Entity]:
        """Yield all entities by id, a few at a time in memory."""
        after = ""
        while page := self.entities(after=after, limit=CHUNK):
            yield from page
            after = page[-1].id

    def iter_relations(self) -> Iterator[Relation]:
        """Yield all relations in their order, with evidence, a few at a time in memory."""
        for kind, number in self._rows(_for_each_type("kind, count(r) AS n")):
            if not number:
                continue
            pattern = type_pattern([kind])
            for sources in self._iter_sources(pattern):
                rows = self._rows(
                    f"""UNWIND $keys AS key MATCH (s:Entity {{id: key}})-[r:{pattern}]->(t:Entity)
                        RETURN {RELATION} ORDER BY s.id, t.id, r.id""",
                    keys=sources,
                )
                yield from (to_relation(*row) for row in rows)

    def _iter_sources(self, pattern: str) -> Iterator[list[str]]:
        """Yield keys of entities that relations of a type leave, by id, in groups of few relations."""
        after, group, size = "", list[str](), 0
        while page := self._rows(
            f"""MATCH (e:Entity) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $limit
                RETURN e.id, count {{ (e)-[:{pattern}]->() }}""",
            after=after,
            limit=10 * CHUNK,
        ):
            for key, degree in page:
                if group and size + degree > GROUP:
                    yield group
                    group, size = [], 0
                if degree:
                    group.append(key)
                    size += degree
            after = page[-1][0]
        if group:
            yield group


def _all_types() -> str:
    return type_pattern(sorted(load_ontology().relations))


def _for_each_type(answer: str) -> str:
    """Return a statement with an answer on the relations `r` of each type `kind`, in the order of types.

    One part a type, since for several at once Neo4j may walk over all nodes.
    """
    parts = (
        f"MATCH ()-[r:{quote_name(name)}]->() WITH r, {quote_value(name)} AS kind RETURN {answer}"
        for name in sorted(load_ontology().relations)
    )
    return " UNION ALL ".join(parts)


def _known_types(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the relation types asked for that the ontology has, all where none is asked for."""
    known = load_ontology().relations
    return tuple(sorted(name for name in set(asked) & known.keys())) if asked else tuple(sorted(known))


def _read_batch(tx: "Transaction", key: str) -> GraphBatch | None:
    def rows(text: str) -> list[list[Any]]:
        return tx.run(text, key=key).values()

    found = rows("MATCH (d:Document {id: $key}) RETURN properties(d)")
    if not found:
        return None
    node: Row = found[0][0]
    document = to_document(node)
    passages = rows(
        """MATCH (p:Passage) WHERE p.document = $key AND p.ordinal >= 0
           RETURN properties(p) ORDER BY p.document, p.ordinal"""
    )
    entities = rows(
        """MATCH (:Document {id: $key})-[c:CLAIMS]->(e:Entity)
           RETURN coalesce(e.full_id, e.id), c.type, c.name, c.register, c.properties ORDER BY e.id"""
    )
    mentions = rows(
        f"""MATCH (:Document {{id: $key}})-[:HAS_PASSAGE]->(p:Passage)-[m:MENTIONS]->(e:Entity)
            RETURN {MENTION} ORDER BY p.ordinal, m.n"""
    )
    claims = rows(
        """MATCH (:Document {id: $key})-[:STATES]->(c:Claim)
           RETURN properties(c) ORDER BY c.type, c.source, c.target, c.relation"""
    )
    return GraphBatch(
        document=document,
        passages=tuple(to_passage(passage, document.id) for (passage,) in passages),
        entities=tuple(Entity(row[0], row[1], row[2], row[3], decode_properties(row[4])) for row in entities),
        mentions=tuple(Mention(*row) for row in mentions),
        relations=tuple(to_claimed(claim) for (claim,) in claims),
        dropped=tuple(map(to_dropped, node["dropped"])),
        unsure=tuple(map(to_unsure, node["unsure"])),
    )


# What must be none, and how many of it there are.
_BOOKKEEPING = (
    ("passages belong to no document", "MATCH (p:Passage) WHERE NOT (p)<-[:HAS_PASSAGE]-() RETURN count(p)"),
    ("statements belong to no document", "MATCH (c:Claim) WHERE NOT (c)<-[:STATES]-() RETURN count(c)"),
    ("look-up names belong to no entity", "MATCH (n:Name) WHERE NOT (n)-[:NAMES]->() RETURN count(n)"),
    ("entities have no look-up name", "MATCH (e:Entity) WHERE NOT (e)<-[:NAMES]-() RETURN count(e)"),
    ("entities have another label than their type", "MATCH (e:Entity) WHERE NOT e.type IN labels(e) RETURN count(e)"),
    (
        "entities count their documents wrongly",
        """MATCH (e:Entity) WHERE e.documents <> count { (e)<-[:CLAIMS]-(:Document {rank: 1}) }
           RETURN count(e)""",
    ),
)

"""Reading from the embedded store: one state for as long as the view is open, every answer in a fixed order."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from graph.model import Document, Dropped, Entity, Evidence, GraphBatch, Mention, Passage, Relation, Subgraph, Unsure
from graph.stores.base import Counts, Hit
from graph.stores.sqlite_rows import (
    BY_ENDS,
    DOCUMENT,
    ENDS,
    ENTITY,
    EVIDENCE,
    MENTION,
    PASSAGE,
    RELATION,
    Row,
    decode_properties,
    encode,
    encode_ids,
    to_document,
    to_dropped,
    to_entity,
    to_passage,
    to_relation,
    to_unsure,
)
from graph.stores.sqlite_search import search_entities, search_passages
from graph.stores.sqlite_subgraph import Bounds, walk
from graph.stores.text import find_words, fold_name, near_length, rank_near, show_values

CHUNK = 1000  # rows read at a time by the iterators


class SqliteView:
    """The reading side of one state; made by `SqliteStore.view`. Not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection, remembered: dict[int, str]) -> None:
        """Prepare to read; `remembered` holds the version that this connection worked out last, by its state."""
        self._db, self._remembered = connection, remembered

    def version(self) -> str:
        """Return a digest of the data: equal content gives equal versions on every engine."""
        (state,) = self._db.execute("PRAGMA data_version").fetchone()  # changes with every commit of another connection
        if state not in self._remembered:
            digest = hashlib.sha256()
            for document_id, content in self._db.execute("SELECT id, digest FROM document ORDER BY id"):
                digest.update(f"{document_id}\n{content}\n".encode())
            self._remembered.clear()
            self._remembered[state] = digest.hexdigest()
        return self._remembered[state]

    def engine_problems(self) -> Sequence[str]:
        """Return what SQLite finds wrong with the file, its references and full-text indexes. Reads the whole file."""
        problems = [text for (text,) in self._db.execute("PRAGMA integrity_check") if text != "ok"]
        for table, key, parent, _ in self._db.execute("PRAGMA foreign_key_check"):
            problems.append(f"row {key} of table {table} refers to a row of {parent} that is not there")
        for index, table in (("passage_text", "passage"), ("entity_text", "entity")):
            missing, extra = self._db.execute(
                f"""SELECT (SELECT count(*) FROM {table} WHERE key NOT IN (SELECT id FROM {index}_docsize)),
                           (SELECT count(*) FROM {index}_docsize WHERE id NOT IN (SELECT key FROM {table}))"""
            ).fetchone()
            if missing or extra:
                problems.append(f"the full-text index {index} lacks {missing} rows and has {extra} too many")
        return tuple(problems)

    def counts(self) -> Counts:
        """Count everything in the engine."""

        def total(table: str) -> int:
            return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

        def by_type(table: str) -> dict[str, int]:
            return dict(self._db.execute(f"SELECT type, count(*) FROM {table} GROUP BY type ORDER BY type").fetchall())

        return Counts(
            documents=total("document WHERE rank = 1"),
            passages=total("passage"),
            mentions=total("mention"),
            entities=by_type("entity"),
            mentioned=by_type("entity WHERE documents > 0"),
            relations=by_type("relation"),
            quoted=by_type("relation WHERE documents > 0"),
            dropped=total("dropped"),
            unsure=total("unsure"),
        )

    def pair_counts(self) -> Sequence[tuple[str, str, str, int]]:
        """Return (relation type, source type, target type, count), in that order."""
        rows = self._db.execute(
            f"SELECT r.type, s.type, t.type, count(*) FROM relation r {ENDS} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return tuple(rows)

    def property_counts(self, entity_type: str, key: str, *, limit: int = 100) -> Sequence[tuple[str, int]]:
        """Return the values of a property with the number of entities that have each, most first, ties by value.

        Each text of a tuple counts by itself; true and false come in lower case.
        """
        # Decoded here, since SQLite's JSON functions cut a text at a NUL; the engine leaves out rows without the key.
        rows = self._db.execute(
            "SELECT properties FROM entity WHERE type = ? AND instr(properties, ?)", (entity_type, encode(key) + ":")
        )
        counts: Counter[str] = Counter()
        for (properties,) in rows:
            counts.update(set(show_values(decode_properties(properties).get(key, ()))))
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit])

    def documents(self, *, kind: str | None = "document", after: str = "", limit: int = 1000) -> Sequence[Document]:
        """Return documents by id, those above `after`; `kind=None` for all kinds."""
        rows = self._db.execute(
            f"SELECT {DOCUMENT} FROM document d WHERE d.id > ?1 AND (?2 IS NULL OR d.kind = ?2) ORDER BY d.id LIMIT ?3",
            (after, kind, limit),
        )
        return tuple(map(to_document, rows))

    def get_document(self, document_id: str) -> Document | None:
        """Return one document, or None."""
        row = self._db.execute(f"SELECT {DOCUMENT} FROM document d WHERE d.id = ?", (document_id,)).fetchone()
        return row and to_document(row)

    def document_batch(self, document_id: str) -> GraphBatch | None:
        """Return all that one document said, as it was loaded, in the order of `sort_batch`."""
        document = self.get_document(document_id)
        if document is None:
            return None
        (key,) = self._db.execute("SELECT key FROM document WHERE id = ?", (document_id,)).fetchone()
        entities = self._db.execute(
            """SELECT e.id, c.type, c.name, c.register, c.properties FROM entity_claim c JOIN entity e ON e.key = c.item
               WHERE c.document = ? ORDER BY e.id""",
            (key,),
        )
        mentions = self._db.execute(
            f"""SELECT {MENTION} FROM passage p JOIN mention m ON m.passage = p.key JOIN entity e ON e.key = m.entity
                WHERE p.document = ? ORDER BY p.ordinal, m.n""",
            (key,),
        )
        relations = self._db.execute(
            """SELECT r.key, r.id, r.type, s.id, t.id, r.properties, r.sources
               FROM (SELECT item AS key, c.type, c.source, c.target, c.properties, c.sources, m.id
                     FROM relation_claim c JOIN relation m ON m.key = c.item WHERE c.document = ?) r
               JOIN entity s ON s.key = r.source JOIN entity t ON t.key = r.target ORDER BY r.type, s.id, t.id, r.id""",
            (key,),
        )
        unsure = self._db.execute(
            "SELECT name, candidates, passage, reason FROM unsure WHERE document = ? ORDER BY n", (key,)
        )
        dropped = self._db.execute("SELECT item, reason, detail FROM dropped WHERE document = ? ORDER BY n", (key,))
        return GraphBatch(
            document=document,
            passages=self.passages(document_id, limit=-1),
            entities=tuple(map(to_entity, entities)),
            mentions=tuple(Mention(*row) for row in mentions),
            relations=self._with_evidence(relations.fetchall(), document=key),
            dropped=tuple(to_dropped(row) for row in dropped),
            unsure=tuple(map(to_unsure, unsure)),
        )

    def passages(self, document_id: str, *, after: int = -1, limit: int = 1000) -> tuple[Passage, ...]:
        """Return passages of a document by ordinal, those above `after`."""
        rows = self._db.execute(
            f"""SELECT {PASSAGE} FROM document d JOIN passage p ON p.document = d.key
                WHERE d.id = ? AND p.ordinal > ? ORDER BY p.ordinal LIMIT ?""",
            (document_id, after, limit),
        )
        return tuple(map(to_passage, rows))

    def get_passages(self, passage_ids: Sequence[str]) -> Sequence[Passage]:
        """Return the passages with these ids, in the order asked; those not there are left out."""
        rows = self._db.execute(
            f"""SELECT {PASSAGE} FROM json_each(?) w JOIN passage p ON p.id = w.value
                JOIN document d ON d.key = p.document ORDER BY w.key""",
            (encode_ids(dict.fromkeys(passage_ids)),),
        )
        return tuple(map(to_passage, rows))

    def entities(
        self, *, entity_type: str | None = None, mentioned: bool = False, after: str = "", limit: int = 1000
    ) -> Sequence[Entity]:
        """Return entities by id, those above `after`; `mentioned` leaves out what only a register knows."""
        of_type = "" if entity_type is None else "AND e.type = :type"
        named = "AND e.documents > 0" if mentioned else ""
        rows = self._db.execute(
            f"SELECT {ENTITY} FROM entity e WHERE e.id > :after {of_type} {named} ORDER BY e.id LIMIT :limit",
            {"after": after, "type": entity_type, "limit": limit},
        )
        return tuple(map(to_entity, rows))

    def get_entity(self, entity_id: str) -> Entity | None:
        """Return one entity, or None."""
        row = self._db.execute(f"SELECT {ENTITY} FROM entity e WHERE e.id = ?", (entity_id,)).fetchone()
        return row and to_entity(row)

    def find_entities(self, name: str, *, limit: int = 20) -> Sequence[Entity]:
        """Return entities with this id, name or alias (`fold_name`), mentioned ones first, then by id."""
        rows = self._db.execute(
            f"""SELECT {ENTITY} FROM entity e WHERE e.key IN (
                    SELECT entity FROM alias WHERE folded = ? UNION SELECT key FROM entity WHERE id = ?)
                ORDER BY e.documents = 0, e.id LIMIT ?""",
            (fold_name(name), name, limit),
        )
        return tuple(map(to_entity, rows))

    def near_names(self, name: str, *, limit: int = 5) -> Sequence[str]:
        """Return known names close to a misspelt one, best first. Cost: reads every name of a like length."""
        least, most = near_length(fold_name(name))
        rows = self._db.execute("SELECT name, folded FROM alias WHERE length(folded) BETWEEN ? AND ?", (least, most))
        return rank_near(name, rows, limit=limit)

    def mentions(self, entity_id: str, *, limit: int = 100) -> Sequence[Mention]:
        """Return mentions of an entity by (document id, place in the text)."""
        return tuple(islice(self._iter_mentions(entity_id), limit))

    def _iter_mentions(self, entity_id: str) -> Iterator[Mention]:
        # Document by document, so that a limit spares the rest of a name that occurs everywhere.
        documents = self._db.execute(
            """SELECT e.key, d.key FROM entity e JOIN entity_claim c ON c.item = e.key
               JOIN document d ON d.key = c.document WHERE e.id = ? ORDER BY d.id""",
            (entity_id,),
        ).fetchall()
        for entity, document in documents:
            rows = self._db.execute(
                f"""SELECT {MENTION} FROM passage p CROSS JOIN mention m ON m.entity = ?1 AND m.passage = p.key
                    JOIN entity e ON e.key = ?1 WHERE p.document = ?2 ORDER BY p.ordinal, m.n""",
                (entity, document),
            )
            yield from (Mention(*row) for row in rows)

    def mention_counts(self, entity_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the number of mentions by entity id, 0 where there is none."""
        rows = self._db.execute(
            """SELECT e.id, (SELECT count(*) FROM mention m WHERE m.entity = e.key)
               FROM json_each(?) w JOIN entity e ON e.id = w.value""",
            (encode_ids(entity_ids),),
        )
        return {**dict.fromkeys(sorted(entity_ids), 0), **dict(rows)}

    def relations(self, entity_id: str, *, relation_types: Sequence[str] = (), limit: int = 1000) -> Sequence[Relation]:
        """Return relations at an entity, either way, with their evidence; `relation_types` empty for all."""
        wanted = "AND r.type IN (SELECT value FROM json_each(:types))" if relation_types else ""
        rows = self._db.execute(
            f"""SELECT {RELATION} FROM (
                    SELECT r.* FROM entity e JOIN relation r ON r.source = e.key WHERE e.id = :id {wanted}
                    UNION SELECT r.* FROM entity e JOIN relation r ON r.target = e.key WHERE e.id = :id {wanted}) r
                {ENDS} {BY_ENDS} LIMIT :limit""",
            {"id": entity_id, "types": encode(list(relation_types)), "limit": limit},
        )
        return self._with_evidence(rows.fetchall())

    def relation_counts(self, entity_ids: Sequence[str], *, most: int) -> Mapping[str, int]:
        """Return the number of relations at each entity, not counted further than `most` either way; 0 where none."""
        rows = self._db.execute(
            """SELECT e.id, (SELECT count(*) FROM (SELECT 1 FROM relation r WHERE r.source = e.key LIMIT ?2))
                          + (SELECT count(*) FROM (SELECT 1 FROM relation r WHERE r.target = e.key LIMIT ?2))
               FROM json_each(?1) w JOIN entity e ON e.id = w.value""",
            (encode_ids(entity_ids), most),
        )
        return {**dict.fromkeys(sorted(entity_ids), 0), **dict(rows)}

    def get_relation(self, relation_id: str) -> Relation | None:
        """Return one relation with its evidence, or None."""
        rows = self._db.execute(f"SELECT {RELATION} FROM relation r {ENDS} WHERE r.id = ?", (relation_id,)).fetchall()
        return next(iter(self._with_evidence(rows)), None)

    def ends(self, relation_type: str) -> Sequence[tuple[str, str]]:
        """Return source and target of every relation of a type that a document supports, in order."""
        rows = self._db.execute(
            f"SELECT s.id, t.id FROM relation r {ENDS} WHERE r.type = ? AND r.documents > 0", (relation_type,)
        )
        return tuple(sorted(rows))

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
        words = find_words(query)
        hits: list[Hit] = []
        if words and "entity" in kinds:
            hits += search_entities(self._db, words, entity_type=entity_type, limit=offset + limit)
        if words and "passage" in kinds and len(hits) < offset + limit:
            hits += search_passages(self._db, words, limit=offset + limit - len(hits))
        return tuple(hits[offset : offset + limit])

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
        bounds = Bounds(tuple(relation_types), tuple(entity_types), max_hops, max_entities, max_relations, register)
        keys, rows, truncated = walk(self._db, start_ids, bounds)
        entities = self._db.execute(
            f"SELECT {ENTITY} FROM json_each(?) w JOIN entity e ON e.key = w.value ORDER BY w.key", (encode(keys),)
        )
        return Subgraph(tuple(map(to_entity, entities)), self._with_evidence(rows), truncated)

    def dropped(self) -> Sequence[tuple[str, Dropped]]:
        """Return (document id, what was left out), by document."""
        rows = self._db.execute(
            """SELECT d.id, x.item, x.reason, x.detail FROM dropped x JOIN document d ON d.key = x.document
               ORDER BY d.id, x.n"""
        )
        return tuple((row[0], to_dropped(row[1:])) for row in rows)

    def unsure(self, *, limit: int = 1000) -> Sequence[Unsure]:
        """Return names that a person should decide, by document, in reading order."""
        rows = self._db.execute(
            """SELECT x.name, x.candidates, x.passage, x.reason FROM unsure x JOIN document d ON d.key = x.document
               ORDER BY d.id, x.n LIMIT ?""",
            (limit,),
        )
        return tuple(map(to_unsure, rows))

    def iter_entities(self) -> Iterator[Entity]:
        """Yield all entities by id, a few at a time in memory."""
        rows = self._db.execute(f"SELECT {ENTITY} FROM entity e ORDER BY e.id")
        return map(to_entity, rows)

    def iter_relations(self) -> Iterator[Relation]:
        """Yield all relations in their order, with evidence, a few at a time in memory."""
        cursor = self._db.execute(f"SELECT {RELATION} FROM relation r {ENDS} {BY_ENDS}")
        while rows := cursor.fetchmany(CHUNK):
            yield from self._with_evidence(rows)

    def _with_evidence(self, rows: Sequence[Row], *, document: int | None = None) -> tuple[Relation, ...]:
        """Return relations of rows, each with its evidence by (document id, place); of one document where given."""
        found = self._db.execute(
            f"""SELECT v.relation, {EVIDENCE} FROM json_each(?1) w JOIN evidence v ON v.relation = w.value
                JOIN passage p ON p.key = v.passage JOIN document d ON d.key = v.document
                WHERE ?2 IS NULL OR v.document = ?2 ORDER BY d.id, v.n""",
            (encode([row[0] for row in rows]), document),
        )
        evidence: dict[int, list[Evidence]] = {}
        for key, *values in found:
            evidence.setdefault(key, []).append(Evidence(*values))
        return tuple(to_relation(row, tuple(evidence.get(row[0], ()))) for row in rows)

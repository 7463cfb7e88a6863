"""Writing to the embedded store: a document's claims come and go, and what they say together is kept up to date.

The cost of a batch follows its own size, not the store's: a claim that adds nothing to a node that many documents
share is one row; only where the merged node may change are its other claims read.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from operator import attrgetter

from graph.batch import digest_batch, sort_batch
from graph.errors import StoreError
from graph.model import Document, Entity, GraphBatch, Passage, Relation
from graph.stores.base import WriteOutcome
from graph.stores.merge import claim_order
from graph.stores.sqlite_claims import ClaimTable, Settled
from graph.stores.sqlite_errors import explained
from graph.stores.sqlite_rows import decode_properties, encode, encode_properties
from graph.stores.text import entity_names, fold_name
from graph.validate import validate_batch

DOCUMENT_COLUMNS = (
    "id", "title", "source", "sha256", "reader", "status", "published", "kind", "genre", "describes",
    "rules",
)  # fmt: skip
CELL_FIELDS = ("table", "row", "column", "header", "row_span", "column_span", "is_header")
_document_values = attrgetter(*DOCUMENT_COLUMNS)
_cell_values = attrgetter(*CELL_FIELDS)
_encode_path = lru_cache(maxsize=64)(encode)  # passages under one heading have one path


class SqliteWriter:
    """The writing side of one transaction; made by `SqliteStore.writer`."""

    def __init__(self, connection: sqlite3.Connection, url: str) -> None:
        self._db, self._url = connection, url
        self._is_first = True  # nothing has been written in this transaction

    def put(self, batch: GraphBatch) -> WriteOutcome:
        """Load one document, replacing what it said before; twice equals once.

        Raises: BadBatch: the batch breaks the model.  StoreError: it cannot be stored. Nothing of it was stored; after
        BadBatch the transaction may go on.
        """
        validate_batch(batch)
        batch = sort_batch(batch)
        digest = digest_batch(batch)
        known = self._db.execute("SELECT key, digest, rank FROM document WHERE id = ?", (batch.document.id,)).fetchone()
        if known is not None and known[1] == digest:
            return WriteOutcome.UNCHANGED
        with self._whole():
            if known is not None and known[2] != claim_order(batch.document)[0]:
                self._remove(known[0])
                known = None
                outcome = WriteOutcome.REPLACED
            else:
                outcome = WriteOutcome.ADDED if known is None else WriteOutcome.REPLACED
            key = self._write_document(batch.document, digest, known and known[0])
            self._write_parts(key, batch)
        return outcome

    def remove(self, document_id: str) -> bool:
        """Remove a document and exactly what it alone supported; False where it is not there."""
        known = self._db.execute("SELECT key FROM document WHERE id = ?", (document_id,)).fetchone()
        if known is None:
            return False
        with self._whole():
            self._remove(known[0])
        return True

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All or nothing inside the transaction, so that a caller may go on after a batch that failed.

        A savepoint, for which SQLite copies each page before it changes, takes a sixth of the time of a load: the first
        batch of a transaction does without, for where that fails the transaction can begin anew.
        """
        if not self._db.in_transaction:
            raise StoreError(f"{self._url} gave the running transaction up after a failure; start a new one")
        if not self._is_first:
            self._db.execute("SAVEPOINT batch")
        try:
            with explained(self._url):
                yield
        except BaseException:
            if self._db.in_transaction:  # on a full disk SQLite has rolled everything back by itself
                self._db.execute("ROLLBACK" if self._is_first else "ROLLBACK TO batch")
                self._db.execute("BEGIN IMMEDIATE" if self._is_first else "RELEASE batch")
            raise
        if not self._is_first:
            self._db.execute("RELEASE batch")
        self._is_first = False

    def _remove(self, key: int) -> None:
        self._clear_parts(key)
        self._write_claims(key, (), ())
        self._db.execute("DELETE FROM document WHERE key = ?", (key,))

    def _write_document(self, document: Document, digest: str, key: int | None) -> int:
        values = (*_document_values(document), claim_order(document)[0], digest)
        if key is None:
            marks = ",".join("?" * len(values))
            columns = ",".join((*DOCUMENT_COLUMNS, "rank", "digest"))
            cursor = self._db.execute(f"INSERT INTO document({columns}) VALUES({marks})", values)
            return int(cursor.lastrowid or 0)
        changes = ",".join(f"{column} = ?" for column in (*DOCUMENT_COLUMNS, "rank", "digest"))
        self._db.execute(f"UPDATE document SET {changes} WHERE key = ?", (*values, key))
        self._clear_parts(key)
        return key

    def _clear_parts(self, key: int) -> None:
        """Remove passages, mentions, evidence, dropped and unsure of a document; its claims stay."""
        inside = "(SELECT key FROM passage WHERE document = ?)"
        self._db.execute(
            """INSERT INTO passage_text(passage_text, rowid, text)
               SELECT 'delete', key, text FROM passage WHERE document = ?""",
            (key,),
        )
        self._db.execute(f"DELETE FROM mention WHERE passage IN {inside}", (key,))
        self._db.execute(f"DELETE FROM evidence WHERE passage IN {inside}", (key,))
        for table in ("passage", "dropped", "unsure"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (key,))

    def _write_parts(self, key: int, batch: GraphBatch) -> None:
        passages = self._write_passages(key, batch.passages)
        entities, relations = self._write_claims(key, batch.entities, batch.relations)
        place = count()
        self._db.executemany(
            "INSERT INTO mention VALUES(?,?,?,?,?,?,?,?)",
            (
                (passages[m.passage_id], next(place), entities[m.entity_id], m.start, m.end, m.text, m.rule, m.score)
                for m in batch.mentions
            ),
        )
        self._db.executemany(
            "INSERT INTO evidence VALUES(?,?,?,?,?,?,?,?,?)",
            (
                (relations[relation.id], key, n, passages[e.passage_id], e.start, e.end, e.quote, e.rule, e.score)
                for relation in batch.relations
                for n, e in enumerate(relation.evidence)
            ),
        )
        self._db.executemany(
            "INSERT INTO dropped VALUES(?,?,?,?,?)",
            ((key, n, item.item, item.reason, item.detail) for n, item in enumerate(batch.dropped)),
        )
        self._db.executemany(
            "INSERT INTO unsure VALUES(?,?,?,?,?,?)",
            (
                (key, n, item.name, encode(item.candidates), item.passage_id, item.reason)
                for n, item in enumerate(batch.unsure)
            ),
        )

    def _write_passages(self, key: int, passages: Sequence[Passage]) -> dict[str, int]:
        (last,) = self._db.execute("SELECT coalesce(max(key), 0) FROM passage").fetchone()
        keys = {passage.id: last + n for n, passage in enumerate(passages, start=1)}
        self._db.executemany(
            "INSERT INTO passage VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
            ((keys[passage.id], passage.id, key, *_passage_values(passage)) for passage in passages),
        )
        self._db.execute(
            "INSERT INTO passage_text(rowid, text) SELECT key, text FROM passage WHERE key > ? ORDER BY key", (last,)
        )
        return keys

    def _write_claims(
        self, key: int, entities: Sequence[Entity], relations: Sequence[Relation]
    ) -> tuple[Mapping[str, int], Mapping[str, int]]:
        nodes = ClaimTable(self._db, "entity", ("type", "name", "register"))
        edges = ClaimTable(self._db, "relation", ("type", "source", "target"), has_sources=True)
        node_keys = nodes.claim(
            key, {e.id: (e.type, e.name, int(e.register), encode_properties(e.properties)) for e in entities}
        )
        edge_keys = edges.claim(
            key,
            {
                r.id: (
                    r.type, node_keys[r.source_id], node_keys[r.target_id], encode_properties(r.properties),
                    encode(r.sources) if r.sources else "[]",
                )
                for r in relations
            },
        )  # fmt: skip
        edges.delete(edges.settle().dead)
        settled = nodes.settle()
        self._name_entities(settled)
        nodes.delete(settled.dead)
        return node_keys, edge_keys

    def _name_entities(self, settled: Settled) -> None:
        """Renew the look-up forms of entities that are new or changed; remove those of entities that go."""
        if settled.changed or settled.dead:
            named = encode([*settled.changed, *settled.dead])
            self._db.execute("DELETE FROM alias WHERE entity IN (SELECT value FROM json_each(?))", (named,))
            self._db.execute("DELETE FROM entity_text WHERE rowid IN (SELECT value FROM json_each(?))", (named,))
        rows = self._db.execute(
            """SELECT e.key, e.id, e.type, e.name, e.properties FROM json_each(?) w JOIN entity e ON e.key = w.value
               ORDER BY e.key""",
            (encode([*settled.fresh, *settled.changed]),),
        ).fetchall()
        forms: dict[tuple[str, int], str] = {}
        texts = []
        for key, entity_id, entity_type, name, properties in rows:
            names = entity_names(Entity(entity_id, entity_type, name, properties=decode_properties(properties)))
            texts.append((key, name, "\n".join(names[1:])))
            for shown in names:
                forms.setdefault((fold_name(shown), key), shown)
        self._db.executemany(
            "INSERT INTO alias VALUES(?,?,?)", sorted((folded, key, shown) for (folded, key), shown in forms.items())
        )
        self._db.executemany("INSERT INTO entity_text(rowid, name, aliases) VALUES(?,?,?)", texts)


def _passage_values(passage: Passage) -> tuple[object, ...]:
    cell = passage.cell and encode(_cell_values(passage.cell))
    edits = "[]" if not passage.edits else encode([[edit.start, edit.end, edit.source] for edit in passage.edits])
    path = _encode_path(passage.path)
    return (
        passage.ordinal, passage.text, passage.kind, passage.page, path, passage.level, passage.label, cell, edits,
    )  # fmt: skip

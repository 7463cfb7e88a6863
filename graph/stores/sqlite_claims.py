"""Claims of documents on entities or relations, and the merged rows they make together (`merge.py` says how)."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.stores.merge import merge_properties, merge_sources
from graph.stores.sqlite_rows import Row, decode_properties, encode, encode_properties


@dataclass(frozen=True, slots=True)
class Settled:
    """Keys of merged rows that are new, changed, and those that nobody claims any more."""

    fresh: Sequence[int]
    changed: Sequence[int]
    dead: Sequence[int]


class ClaimTable:
    """One document's claims in `<table>_claim` against the merged rows in `<table>`, within one transaction."""

    def __init__(
        self, db: sqlite3.Connection, table: str, head_columns: tuple[str, ...], *, has_sources: bool = False
    ) -> None:
        self._db, self._table = db, table
        self._columns = (*head_columns, "properties", *(("sources",) if has_sources else ()))
        self._properties_at = len(head_columns)
        self._fresh: list[int] = []
        self._stale: dict[int, list[Any]] = {}  # merged rows that may change, as they were; empty where unknown

    def claim(self, document: int, rows: Mapping[str, Row]) -> dict[str, int]:
        """Make `rows` (values by id) the document's claims; return the key of each id. `settle` must follow."""
        rank, document_id = self._db.execute("SELECT rank, id FROM document WHERE key = ?", (document,)).fetchone()
        columns = ",".join(self._columns)
        found = self._db.execute(f"SELECT item, {columns} FROM {self._table}_claim WHERE document = ?", (document,))
        old = {row[0]: row[1:] for row in found}
        known = self._known_rows(rows)
        (last,) = self._db.execute(f"SELECT coalesce(max(key), 0) FROM {self._table}").fetchone()
        replaced = False
        keys: dict[str, int] = {}
        added: list[Row] = []
        grown: list[int] = []
        for item_id, values in rows.items():
            if item_id not in known:
                keys[item_id] = last + len(self._fresh) + 1
                self._fresh.append(keys[item_id])
                added.append((keys[item_id], document, *values))
                continue
            key, head_rank, head_id, *merged = known[item_id]
            keys[item_id] = key
            before = old.pop(key, None)
            if before == values:
                continue
            added.append((key, document, *values))
            if before is not None:
                replaced = True
                self._stale[key] = merged
                continue
            grown.append(key)
            if (rank, document_id) < (head_rank, head_id) or self._adds(values, merged):
                self._stale[key] = merged
        self._insert_fresh(document, rank, rows, keys)
        marks = ",".join("?" * (len(self._columns) + 2))
        insert = "INSERT OR REPLACE" if replaced else "INSERT"  # which must not look for what it replaces
        self._db.executemany(f"{insert} INTO {self._table}_claim VALUES({marks})", added)
        self._count_documents(grown, rank)
        self._withdraw(document, rank, old)
        return keys

    def settle(self) -> Settled:
        """Bring merged rows up to date with their claims; rows that nobody claims are named, for `delete`."""
        changed, dead = list[int](), list[int]()
        columns = ",".join(f"c.{column}" for column in self._columns)
        for key in sorted(self._stale):
            claims = self._db.execute(
                f"""SELECT {columns}, c.document, d.rank FROM {self._table}_claim c
                    JOIN document d ON d.key = c.document
                    WHERE c.item = ? ORDER BY d.rank, d.id""",
                (key,),
            ).fetchall()
            if not claims:
                dead.append(key)
            elif self._update(key, claims) != self._stale[key]:
                changed.append(key)
        return Settled(self._fresh, changed, dead)

    def delete(self, keys: Sequence[int]) -> None:
        """Delete merged rows that nothing refers to any more."""
        self._db.executemany(f"DELETE FROM {self._table} WHERE key = ?", ((key,) for key in keys))

    def _known_rows(self, ids: Iterable[str]) -> dict[str, Row]:
        columns = ",".join(f"t.{column}" for column in self._columns)
        found = self._db.execute(
            f"""SELECT t.id, t.key, d.rank, d.id, {columns} FROM json_each(?) w
                JOIN {self._table} t ON t.id = w.value JOIN document d ON d.key = t.head""",
            (encode(list(ids)),),
        )
        return {row[0]: row[1:] for row in found}

    def _adds(self, values: Row, merged: Sequence[Any]) -> bool:
        """Say whether a claim that is not the first one could change the merged row."""
        at = self._properties_at
        if values[at] not in ("{}", merged[at]):
            have = {(key, encode(value)) for key, value in json.loads(merged[at]).items()}
            if not have.issuperset((key, encode(value)) for key, value in json.loads(values[at]).items()):
                return True
        sources, have_sources = values[at + 1 :], merged[at + 1 :]
        return sources != tuple(have_sources) and sources != ("[]",)

    def _insert_fresh(self, document: int, rank: int, rows: Mapping[str, Row], keys: Mapping[str, int]) -> None:
        if not self._fresh:
            return
        columns = ",".join(("key", "id", *self._columns, "head", "documents"))
        marks = ",".join("?" * (len(self._columns) + 4))
        ids = {key: item_id for item_id, key in keys.items()}
        self._db.executemany(
            f"INSERT INTO {self._table}({columns}) VALUES({marks})",
            ((key, ids[key], *rows[ids[key]], document, rank) for key in self._fresh),
        )

    def _count_documents(self, keys: Sequence[int], change: int) -> None:
        if keys and change:
            self._db.execute(
                f"""UPDATE {self._table} SET documents = documents + ?
                    WHERE key IN (SELECT value FROM json_each(?))""",
                (change, encode(keys)),
            )

    def _withdraw(self, document: int, rank: int, gone: Mapping[int, Row]) -> None:
        if not gone:
            return
        keys = sorted(gone)
        self._db.execute(
            f"DELETE FROM {self._table}_claim WHERE document = ? AND item IN (SELECT value FROM json_each(?))",
            (document, encode(keys)),
        )
        self._count_documents(keys, -rank)
        headed = self._db.execute(
            f"SELECT t.key FROM json_each(?) w JOIN {self._table} t ON t.key = w.value WHERE t.head = ?",
            (encode(keys), document),
        )
        self._stale.update((key, []) for (key,) in headed)
        at = self._properties_at
        telling = (key for key in keys if gone[key][at] != "{}" or gone[key][at + 1 :] not in ((), ("[]",)))
        self._stale.update((key, []) for key in telling)

    def _update(self, key: int, claims: Sequence[Row]) -> list[Any]:
        """Write the merged row of claims that come in their order, and return it."""
        at, width = self._properties_at, len(self._columns)
        first = claims[0]
        properties = merge_properties([decode_properties(row[at]) for row in claims])
        merged: list[Any] = [*first[:at], encode_properties(properties)]
        if width > at + 1:
            merged.append(encode(merge_sources([json.loads(row[at + 1]) for row in claims])))
        changes = ",".join(f"{column} = ?" for column in (*self._columns, "head", "documents"))
        self._db.execute(
            f"UPDATE {self._table} SET {changes} WHERE key = ?",
            (*merged, first[width], sum(row[width + 1] for row in claims), key),
        )
        return merged

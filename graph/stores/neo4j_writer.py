"""Writing to the server store: rows by UNWIND, sorted, nodes before relations, and as many written as asked.

A batch that fails leaves nothing: the transaction begins anew and what it had taken before is written again, which the
caller does not see. The same happens where the server asks for a retry; loading twice equals loading once, so it does
no harm where a lost commit had been kept after all.
"""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from graph.batch import digest_batch, sort_batch
from graph.errors import StoreError
from graph.model import GraphBatch, Mention, Relation
from graph.ontology import load_ontology
from graph.stores.base import WriteOutcome
from graph.stores.merge import claim_order
from graph.stores.neo4j_claims import (
    EntityChanges,
    RelationChanges,
    plan_entities,
    plan_relations,
    read_entity_claims,
    read_stated,
)
from graph.stores.neo4j_errors import explained, may_pass
from graph.stores.neo4j_rows import Row, claim_row, document_row, name_row, passage_row, to_key
from graph.stores.text import entity_names, fold_name
from graph.validate import validate_batch

if TYPE_CHECKING:
    from neo4j import Transaction

ROWS = 5_000  # of one statement

Result = TypeVar("Result")
Step = Callable[["Transaction"], Any]


class Neo4jWriter:
    """The writing side of one transaction; made by `Neo4jStore.writer`."""

    def __init__(self, begin: Callable[[], "Transaction"], url: str, *, patience_s: float) -> None:
        self._begin, self._url, self._patience_s = begin, url, patience_s
        self._tx: Transaction | None = None
        self._done: list[Step] = []  # what the transaction has taken, to be written again where it begins anew

    def put(self, batch: GraphBatch) -> WriteOutcome:
        """Load one document, replacing what it said before; twice equals once.

        Raises: BadBatch: the batch breaks the model.  StoreError: it cannot be stored. Nothing of it was stored, and
        the transaction may go on.
        """
        validate_batch(batch)
        batch = sort_batch(batch)
        digest = digest_batch(batch)
        return self._take(lambda tx: _put(tx, batch, digest))

    def remove(self, document_id: str) -> bool:
        """Remove a document and exactly what it alone supported; False where it is not there."""
        return self._take(lambda tx: _remove(tx, document_id))

    def begin(self) -> None:
        """Wait for other writers, then hold them off until the transaction ends."""
        self._retrying(lambda _: None)

    def commit(self) -> None:
        """Commit what was taken."""
        self._retrying(lambda tx: tx.commit(), lost_commit=True)

    def close(self) -> None:
        """Give the transaction up, unless it was committed."""
        from neo4j.exceptions import DriverError, Neo4jError

        if self._tx is not None:
            with suppress(DriverError, Neo4jError, OSError):  # a server that is gone has rolled back by itself
                self._tx.close()
        self._tx = None

    def _take(self, step: Callable[["Transaction"], Result]) -> Result:
        with explained(self._url):
            try:
                result = self._retrying(step)
            except BaseException:
                self.close()  # what was written of the step goes with the transaction; the next one begins anew
                raise
        self._done.append(step)
        return result

    def _retrying(self, step: Callable[["Transaction"], Result], *, lost_commit: bool = False) -> Result:
        """Return what a step gives; begin anew where the server asks for it, for as long as the patience lasts.

        A connection that breaks counts as such a wish, also in a commit (`lost_commit`): loading is the same twice.
        """
        from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable

        until = time.monotonic() + self._patience_s
        for attempt in count():
            try:
                return step(self._running())
            except (DriverError, Neo4jError) as error:
                may_retry = may_pass(error) or (lost_commit and isinstance(error, ServiceUnavailable))
                self.close()
                if not may_retry or time.monotonic() > until:
                    raise
                back_off(attempt)
        raise AssertionError("unreachable")

    def _running(self) -> "Transaction":
        """Return the transaction, begun anew with all it had taken where it was given up."""
        if self._tx is None:
            self._tx = self._begin()
            for step in self._done:
                step(self._tx)
        return self._tx


def _put(tx: "Transaction", batch: GraphBatch, digest: str) -> WriteOutcome:
    key, rank = to_key(batch.document.id), claim_order(batch.document)[0]
    known = tx.run("MATCH (d:Document {id: $key}) RETURN d.digest, d.rank", key=key).single()
    if known is not None and known[0] == digest:
        return WriteOutcome.UNCHANGED
    if known is not None and known[1] != rank:
        _remove(tx, batch.document.id)
        _write(tx, batch, digest, is_known=False)
    else:
        _write(tx, batch, digest, is_known=known is not None)
    return WriteOutcome.ADDED if known is None else WriteOutcome.REPLACED


def _remove(tx: "Transaction", document_id: str) -> bool:
    key = to_key(document_id)
    known = tx.run("MATCH (d:Document {id: $key}) RETURN d.rank", key=key).single()
    if known is None:
        return False
    document = (document_id, int(known[0]))
    stated = read_stated(tx, key)
    entities = plan_entities(tx, document, read_entity_claims(tx, key), ())
    relations = plan_relations(tx, document, stated, ())
    _clear(tx, key)
    _apply_relations(tx, relations)
    _apply_entities(tx, key, entities)
    _delete_entities(tx, entities.dead)
    tx.run("MATCH (d:Document {id: $key}) DETACH DELETE d", key=key).consume()
    return True


def _write(tx: "Transaction", batch: GraphBatch, digest: str, *, is_known: bool) -> None:
    document_id, key, rank = batch.document.id, to_key(batch.document.id), claim_order(batch.document)[0]
    document = (document_id, rank)
    stated = read_stated(tx, key) if is_known else []
    claimed = read_entity_claims(tx, key) if is_known else {}
    entities = plan_entities(tx, document, claimed, batch.entities)
    relations = plan_relations(tx, document, stated, batch.relations)
    if is_known:
        _clear(tx, key)
    row = document_row(batch.document, rank=rank, digest=digest, dropped=batch.dropped, unsure=batch.unsure)
    _write_rows(tx, "UNWIND $rows AS row MERGE (d:Document {id: row.id}) SET d = row RETURN count(*)", [row])
    _write_passages(tx, key, batch)
    _apply_entities(tx, key, entities)
    _write_claims(tx, key, batch.relations, rank)
    _apply_relations(tx, relations)
    _write_mentions(tx, batch.mentions)
    _delete_entities(tx, entities.dead)


def _write_rows(tx: "Transaction", text: str, rows: Sequence[Any], **values: Any) -> None:
    """Run a statement over rows, which returns how many it wrote; raise StoreError where that is not all of them."""
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        written = tx.run(text, rows=part, **values).single(strict=True)[0]
        if written != len(part):
            what = " ".join(text.split())[:120]
            raise StoreError(
                f"asked to write {len(part)} rows, the server wrote {written} ({what} …); "
                "nothing was kept; `strategy-graph check` says what is wrong with the store"
            )


def _clear(tx: "Transaction", key: str) -> None:
    """Remove passages, mentions and statements of a document; its claims on entities and the merged graph stay."""
    tx.run("""MATCH (d:Document {id: $key})-[:HAS_PASSAGE|STATES]->(part) DETACH DELETE part""", key=key).consume()


def _write_passages(tx: "Transaction", key: str, batch: GraphBatch) -> None:
    rows = [passage_row(passage) for passage in batch.passages]
    if not rows:
        return
    taken = tx.run(
        "UNWIND $keys AS key MATCH (p:Passage {id: key}) RETURN p.id, p.document LIMIT 1", keys=[r["id"] for r in rows]
    ).single()
    if taken is not None:
        raise StoreError(f"passage {taken[0]!r} belongs to document {taken[1]!r}; ids hold their document's id")
    _write_rows(
        tx,
        """MATCH (d:Document {id: $key}) UNWIND $rows AS row
           CREATE (d)-[:HAS_PASSAGE]->(p:Passage) SET p = row RETURN count(*)""",
        rows,
        key=key,
    )


def _apply_entities(tx: "Transaction", key: str, plan: EntityChanges) -> None:
    _write_rows(
        tx, "UNWIND $rows AS row CREATE (e:Entity:$(row.type)) SET e = row.values RETURN count(*)", _bare(plan.created)
    )
    _write_rows(
        tx,
        """UNWIND $rows AS row MATCH (e:Entity {id: row.id}) REMOVE e:$($types) SET e:$(row.type), e = row.values
           RETURN count(*)""",
        _bare(plan.changed),
        types=sorted(load_ontology().entities),
    )
    _write_rows(
        tx,
        """UNWIND $rows AS row MATCH (e:Entity {id: row.id})
           SET e.documents = e.documents + row.change RETURN count(*)""",
        plan.counted,
    )
    if plan.changed:
        tx.run(
            "UNWIND $keys AS key MATCH (n:Name)-[:NAMES]->(:Entity {id: key}) DETACH DELETE n",
            keys=[row["id"] for row in plan.changed],
        ).consume()
    _write_rows(
        tx,
        """UNWIND $rows AS row MATCH (e:Entity {id: row.id})
           CREATE (n:Name)-[:NAMES]->(e) SET n = row.values RETURN count(*)""",
        list(_name_rows([*plan.created, *plan.changed])),
    )
    _write_rows(
        tx,
        """MATCH (d:Document {id: $key}) UNWIND $rows AS row MATCH (d)-[c:CLAIMS]->(:Entity {id: row})
           DELETE c RETURN count(*)""",
        plan.withdrawn,
        key=key,
    )
    _write_rows(
        tx,
        """MATCH (d:Document {id: $key}) UNWIND $rows AS row MATCH (e:Entity {id: row.id})
           CREATE (d)-[c:CLAIMS {type: row.type, name: row.name, register: row.register}]->(e)
           SET c.properties = row.properties RETURN count(*)""",
        plan.claims,
        key=key,
    )


def _bare(rows: Iterable[Row]) -> list[Row]:
    """Return rows with what a statement needs of them."""
    wanted = ("id", "type", "source", "target", "values")
    return [{name: row[name] for name in wanted if name in row} for row in rows]


def _name_rows(rows: Iterable[Row]) -> Iterable[Row]:
    """Yield the look-up forms of entities, each once an entity, under the first name that has it."""
    for row in rows:
        forms: dict[str, str] = {}
        for shown in entity_names(row["entity"]):
            forms.setdefault(fold_name(shown), shown)
        for folded, shown in sorted(forms.items()):
            yield {"id": row["id"], "values": name_row(folded, shown)}


def _delete_entities(tx: "Transaction", keys: Sequence[str]) -> None:
    if keys:
        tx.run(
            """UNWIND $keys AS key MATCH (e:Entity {id: key}) OPTIONAL MATCH (n:Name)-[:NAMES]->(e)
               DETACH DELETE n, e""",
            keys=keys,
        ).consume()


def _write_claims(tx: "Transaction", key: str, relations: Iterable[Relation], rank: int) -> None:
    _write_rows(
        tx,
        """MATCH (d:Document {id: $key}) UNWIND $rows AS row
           CREATE (d)-[:STATES]->(c:Claim) SET c = row RETURN count(*)""",
        [claim_row(relation, document=key, rank=rank) for relation in relations],
        key=key,
    )


def _apply_relations(tx: "Transaction", plan: RelationChanges) -> None:
    types = sorted(load_ontology().relations)
    match = """UNWIND $rows AS row MATCH (a:Entity {id: row.source})
               CALL (row) { MATCH (b:Entity {id: row.target}) RETURN b }
               MATCH (a)-[r]->(b) WHERE r.id = row.id AND type(r) IN $types"""
    _write_rows(tx, f"{match} DELETE r RETURN count(*)", _bare(plan.gone), types=types)
    _write_rows(tx, f"{match} SET r = row.values RETURN count(*)", _bare(plan.changed), types=types)
    sources = {key: at for at, key in enumerate(dict.fromkeys(row["source"] for row in plan.created))}
    targets = {key: at for at, key in enumerate(dict.fromkeys(row["target"] for row in plan.created))}
    _write_rows(
        tx,
        f"""{_ends(_ENTITY_ENDS, _ENTITY_ENDS)} UNWIND $rows AS row
            WITH row, sources[row[0]] AS a, targets[row[1]] AS b
            CREATE (a)-[r:$(row[2])]->(b) SET r = row[3] RETURN count(*)""",
        [[sources[row["source"]], targets[row["target"]], row["type"], row["values"]] for row in plan.created],
        sources=list(sources),
        targets=list(targets),
    )


def _write_mentions(tx: "Transaction", mentions: Sequence[Mention]) -> None:
    entities = {key: at for at, key in enumerate(dict.fromkeys(to_key(m.entity_id) for m in mentions))}
    passages = {key: at for at, key in enumerate(dict.fromkeys(to_key(m.passage_id) for m in mentions))}
    rows = [
        [
            passages[to_key(m.passage_id)], entities[to_key(m.entity_id)], n, m.start, m.end, m.text, m.rule,
            float(m.score),
        ]
        for n, m in enumerate(mentions)
    ]  # fmt: skip
    _write_rows(
        tx,
        f"""{_ends(_PASSAGE_ENDS, _ENTITY_ENDS)} UNWIND $rows AS row
            WITH row, sources[row[0]] AS p, targets[row[1]] AS e
            CREATE (p)-[:MENTIONS {{n: row[2], start: row[3], end: row[4], text: row[5], rule: row[6], score: row[7]}}]
                   ->(e) RETURN count(*)""",
        rows,
        sources=list(passages),
        targets=list(entities),
    )


_PASSAGE_ENDS = "MATCH (x:Passage {id: key})"
_ENTITY_ENDS = "MATCH (x:Entity {id: key})"


def _ends(source: str, target: str) -> str:
    """Return the part of a statement that looks up each end once; rows name them by their place in the lists.

    An end that is not there makes it write no row, which the count then tells.
    """
    return f"""UNWIND $sources AS key {source} WITH collect(x) AS sources WHERE size(sources) = size($sources)
            UNWIND $targets AS key {target} WITH sources, collect(x) AS targets WHERE size(targets) = size($targets)"""


def back_off(attempt: int) -> None:
    """Wait before a transaction runs again: longer each time, never in step with others."""
    time.sleep(min(2.0, 0.1 * 2**attempt) * random.uniform(0.5, 1.0))

"""Load generated documents into Neo4j beside the raw driver with the same rows, and time every question on both stores.

`KG_TEST_NEO4J_URI=$(scripts/neo4j-server uri) python -m bench.neo4j_load [RELATIONS ...]` uses a server of its own: the
database must be empty or hold the marker of the tests, and is wiped. The documents are those of `bench.store`.
"""

import argparse
import os
import pickle
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from neo4j import GraphDatabase, Session, Transaction

from bench.store import make_document, make_register, questions
from graph.model import GraphBatch
from graph.stores import open_store
from graph.stores.base import Login, Store

MARKER = "StrategyGraphTestMarker"
SLOW = ("all ", "version", "document_batch", "counts", "pair_counts")


def batches(relations: int) -> Iterator[GraphBatch]:
    """Yield the registers, then documents of 100 relations."""
    rng = random.Random(7)
    yield make_register(rng)
    for n in range(relations // 100):
        yield make_document(n, rng)


def wipe(session: Session) -> None:
    """Empty a database that is ours to empty; its schema stays."""
    nodes, marks = session.run(f"MATCH (n) RETURN count(n), count(CASE WHEN n:{MARKER} THEN 1 END)").values()[0]
    if nodes and not marks:
        raise SystemExit(f"the database holds {nodes} nodes and no {MARKER}; it was not touched")
    session.run(f"MERGE (:{MARKER})").consume()
    for label in ("Passage", "Claim", "Name", "Entity", "Document"):
        session.run(f"MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 2000 ROWS").consume()


def load(store: Store, relations: int) -> list[float]:
    """Put every batch in a transaction of its own; return the seconds of each, the registers first."""
    seconds = []
    for batch in batches(relations):
        start = time.perf_counter()
        with store.writer() as writer:
            writer.put(batch)
        seconds.append(time.perf_counter() - start)
    return seconds


class Recorder:
    """Writes down the rows that a store sends, one list of statements a transaction."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._plain = file, Transaction.run
        self._statements: list[tuple[str, dict[str, Any]]] = []

    def __enter__(self) -> "Recorder":
        recorder, plain = self, self._plain

        def run(tx: Transaction, query: str, parameters: Any = None, **values: Any) -> Any:
            if "rows" in values:
                recorder._statements.append((query, values))
            return plain(tx, query, parameters, **values)

        Transaction.run = run  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        Transaction.run = self._plain  # type: ignore[method-assign]

    def end_transaction(self) -> None:
        """Close the list of the transaction that was committed."""
        pickle.dump(self._statements, self._file)
        self._statements = []


def replay(session: Session, path: Path) -> list[float]:
    """Send recorded rows by the driver alone, one transaction each; return the seconds of each."""
    seconds: list[float] = []
    with path.open("rb") as file:
        while True:
            try:
                statements = pickle.load(file)
            except EOFError:
                return seconds
            start = time.perf_counter()
            with session.begin_transaction() as tx:
                for text, values in statements:
                    tx.run(text, values).consume()
                tx.commit()
            seconds.append(time.perf_counter() - start)


def record(store: Store, relations: int, path: Path) -> None:
    """Load once with the recorder on, which costs time, so this load is not measured."""
    with path.open("wb") as file, Recorder(file) as recorder:
        for batch in batches(relations):
            with store.writer() as writer:
                writer.put(batch)
            recorder.end_transaction()


def tenths(seconds: list[float]) -> str:
    """Return documents a second of the first and the last tenth."""
    part = max(1, len(seconds) // 10)
    first, last = part / sum(seconds[:part]), part / sum(seconds[-part:])
    return f"{first:.1f} documents a second in the first tenth, {last:.1f} in the last ({first / last:.2f} times)"


def ask(store: Store) -> dict[str, float]:
    """Return the median milliseconds of every question."""
    found = {}
    with store.view() as view:
        for name, question in questions(view).items():
            times = []
            for _ in range(3 if name.startswith(SLOW) else 10):
                start = time.perf_counter()
                question()
                times.append(1000 * (time.perf_counter() - start))
            found[name] = statistics.median(times)
    return found


def main() -> None:
    """Measure, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("relations", nargs="*", type=int, default=[10_000, 100_000])
    options = parser.parse_args()
    parts = urlsplit(os.environ["KG_TEST_NEO4J_URI"])
    url, password = f"{parts.scheme}://{parts.hostname}:{parts.port}", unquote(parts.password or "")
    with (
        GraphDatabase.driver(url, auth=("neo4j", password)) as driver,
        driver.session(database="neo4j") as session,
        tempfile.TemporaryDirectory() as folder,
    ):
        for relations in options.relations:
            path = Path(folder) / "rows"
            with open_store(url, login=Login(password=password)) as store, open_store("sqlite:///:memory:") as embedded:
                few = min(relations, 10_000)
                wipe(session)
                record(store, few, path)
                raw = []
                ours = []
                for _ in range(2):  # in turns, since the machine does other things too; the better of each counts
                    wipe(session)
                    raw.append(sum(replay(session, path)[1:]))
                    wipe(session)
                    ours.append(sum(load(store, few)[1:]))
                print(
                    f"\n{few:,} relations: this store {few / min(ours):,.0f} relations a second, the raw driver with "
                    f"the same rows {few / min(raw):,.0f}; share {min(raw) / min(ours):.2f}"
                )
                wipe(session)
                print(f"{relations:,} relations: {tenths(load(store, relations)[1:])}")
                load(embedded, relations)
                served, kept = ask(store), ask(embedded)
            print(f"\n| {relations:,} relations, median ms | Neo4j | embedded |\n|---|---:|---:|")
            for name, value in served.items():
                print(f"| {name} | {value:.1f} | {kept[name]:.1f} |")
        wipe(session)


if __name__ == "__main__":
    main()

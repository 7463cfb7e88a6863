"""Neo4j under growth: the rate of loading up to a million relations, every question on the way, and the raw driver.

    export KG_TEST_NEO4J_URI=$(scripts/neo4j-server uri)
    python -m bench.neo4j_load --grow 10000 100000 1000000 --keep figures.json
    python -m bench.neo4j_load --turns 10000 --small $ANOTHER_URI --keep figures.json
    python -m bench.neo4j_load --beside 200000 --keep figures.json --write docs/performance.md

`--turns` writes to the grown store and to one of 10,000 relations on another server in turns, which leaves out what
else the machine did meanwhile. The servers must be the bench's own: a database must be empty or hold the marker of the
tests, and is wiped, but for `--turns`. The documents are those of `bench.store`, one a transaction.
`bench.neo4j_peers` adds other projects' writers to the file.
"""

import argparse
import math
import os
import pickle
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata, util
from itertools import islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from neo4j import GraphDatabase, NotificationMinimumSeverity, Session, Transaction

from bench.neo4j_figures import TURN, keep, show, write
from bench.store import make_document, make_register, questions
from graph.model import GraphBatch
from graph.stores import open_store
from graph.stores.base import Login, Store

MARKER = "StrategyGraphTestMarker"
PER_DOCUMENT = 100  # relations
WARM = 500  # documents before the turns begin
SMALL = 10_000  # relations of the store that a grown one is set beside
ASKED, ASK_S, LEAST = 100, 6.0, 3  # times a question is asked; the seconds after which it is asked no more
ONCE = ("version", "counts", "pair_counts")  # a server store works them out once a state

Open = Callable[[], Store]


def server(address: str = "") -> tuple[str, str]:
    """Return address and password of a server, by default of that in KG_TEST_NEO4J_URI."""
    parts = urlsplit(address or os.environ["KG_TEST_NEO4J_URI"])
    return f"{parts.scheme}://{parts.hostname}:{parts.port}", unquote(parts.password or "")


def documents(*, first: int = 0) -> Iterator[GraphBatch]:
    """Yield documents of 100 relations without end, from number `first` on."""
    rng = random.Random(7 + first)
    n = first
    while True:
        yield make_document(n, rng)
        n += 1


def wipe(session: Session) -> None:
    """Empty a database that is ours to empty; its schema stays."""
    nodes, marks = session.run(f"MATCH (n) RETURN count(n), count(CASE WHEN n:{MARKER} THEN 1 END)").values()[0]
    if nodes and not marks:
        raise SystemExit(f"the database holds {nodes} nodes and no {MARKER}; it was not touched")
    session.run(f"MERGE (:{MARKER})").consume()
    for label in ("Passage", "Claim", "Name", "Entity", "Document"):
        session.run(f"MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 2000 ROWS").consume()


def put(store: Store, batch: GraphBatch) -> float:
    """Put a batch in a transaction of its own; return the seconds."""
    start = time.perf_counter()
    with store.writer() as writer:
        writer.put(batch)
    return time.perf_counter() - start


# Growth


def grow(session: Session, open_served: Open, open_embedded: Open, sizes: list[int], path: Path | None) -> None:
    """Load up to each size on both stores and ask every question there."""
    wipe(session)
    register, sources, seconds = make_register(random.Random(7)), (documents(), documents()), list[float]()
    with open_served() as served, open_embedded() as embedded:
        put(served, register)
        put(embedded, register)
        for size in sizes:
            new = size // PER_DOCUMENT - len(seconds)
            for batch in islice(sources[0], new):
                seconds.append(put(served, batch))
                if len(seconds) % 500 == 0:
                    print(f"{len(seconds)} documents, {50_000 / sum(seconds[-500:]):,.0f} relations a second")
            keep(path, "growth", rates(seconds))
            for batch in islice(sources[1], new):
                put(embedded, batch)
            keep(path, "answers", {str(size): ask_both(session, open_served, open_embedded)})


def in_turns(large: Open, small: Open, relations: int) -> dict[str, float]:
    """Return the rates of loading into a store that has grown and, in turns, into one of 10,000 relations."""
    number, total = relations // PER_DOCUMENT, dict.fromkeys(("large", "small"), 0.0)
    with large() as grown, small() as fresh:
        put(fresh, make_register(random.Random(7)))
        for batch in islice(documents(), SMALL // PER_DOCUMENT):
            put(fresh, batch)
        with grown.view() as view:
            counts = view.counts()
        others = documents(first=1_000_000)
        for batch in islice(others, WARM):
            put(grown, batch), put(fresh, batch)
        for turn in range(0, number, TURN):
            batches = list(islice(others, min(TURN, number - turn)))
            for name, store in (("large", grown), ("small", fresh)):
                total[name] += sum(put(store, batch) for batch in batches)
    size = sum(counts.quoted.values())
    return {"relations": relations, "size": size, **{name: relations / value for name, value in total.items()}}


def rates(seconds: list[float]) -> dict[str, Any]:
    """Return the rate of each tenth of the documents, by its median document, in relations a second."""
    size = max(1, len(seconds) // 10)
    tenths = [seconds[start : start + size] for start in range(0, 10 * size, size)]
    return {
        "relations": len(seconds) * PER_DOCUMENT,
        "seconds": sum(seconds),
        "rates": [PER_DOCUMENT / statistics.median(tenth) for tenth in tenths if tenth],
        "means": [PER_DOCUMENT / statistics.fmean(tenth) for tenth in tenths if tenth],
    }


def ask_both(session: Session, open_served: Open, open_embedded: Open) -> dict[str, dict[str, list[float]]]:
    """Return median and 99th percentile of every question on both stores."""
    session.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()").consume()
    return {"Neo4j": ask(open_served), "embedded": ask(open_embedded)}


def ask(open_it: Open) -> dict[str, list[float]]:
    """Return median and 99th percentile, in milliseconds, of every question."""
    found: dict[str, list[float]] = {}
    for name in ONCE:
        times = []
        for _ in range(5):
            with open_it() as store, store.view() as view:
                question = questions(view)[name]
                times.append(timed(question))
        found[f"{name}, the first time"] = summary(times)
    with open_it() as store, store.view() as view:
        for name, question in questions(view).items():
            times = []
            until = time.perf_counter() + ASK_S
            while len(times) < LEAST or (len(times) < ASKED and time.perf_counter() < until):
                times.append(timed(question))
                if times[-1] > 1000 * ASK_S:
                    break
            found[name] = summary(times)
    return found


def timed(question: Callable[[], object]) -> float:
    """Return the milliseconds of an answer."""
    start = time.perf_counter()
    question()
    return 1000 * (time.perf_counter() - start)


def summary(times: list[float]) -> list[float]:
    """Return the median and the 99th percentile."""
    return [statistics.median(times), sorted(times)[math.ceil(0.99 * len(times)) - 1]]


# The raw driver


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


def replay(session: Session, file: IO[bytes]) -> float:
    """Send the recorded rows of one transaction by the driver alone; return the seconds."""
    statements = pickle.load(file)
    start = time.perf_counter()
    with session.begin_transaction() as tx:
        for text, values in statements:
            tx.run(text, values).consume()
        tx.commit()
    return time.perf_counter() - start


def beside(session: Session, open_served: Open, relations: int) -> dict[str, float]:
    """Return the rates of this store and of the raw driver that sends the like rows, in turns into one database.

    The raw driver's documents are recorded in a load of their own, which is not measured, and other ones than ours.
    """
    number = relations // PER_DOCUMENT
    with tempfile.TemporaryDirectory() as folder, open_served() as store:
        path = Path(folder) / "rows"
        wipe(session)
        put(store, make_register(random.Random(7)))
        with path.open("wb") as file, Recorder(file) as recorder:
            for batch in islice(documents(), number):
                put(store, batch)
                recorder.end_transaction()
        wipe(session)
        put(store, make_register(random.Random(7)))
        raw, ours, others = 0.0, 0.0, documents(first=number)
        with path.open("rb") as file:
            for turn in range(0, number, TURN):
                size = min(TURN, number - turn)
                raw += sum(replay(session, file) for _ in range(size))
                ours += sum(put(store, batch) for batch in islice(others, size))
    return {"relations": relations, "raw": relations / raw, "ours": relations / ours}


def describe(session: Session) -> dict[str, str]:
    """Return what the figures depend on."""
    version, edition = session.run(
        "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"
    ).values()[0]
    ((pagecache,),) = session.run("SHOW SETTINGS 'server.memory.pagecache.size' YIELD value RETURN value").values()
    ((heap,),) = session.run(
        """CALL dbms.queryJmx('java.lang:type=Memory') YIELD attributes
           RETURN attributes.HeapMemoryUsage.value.properties.max"""
    ).values()
    return {
        "version": version, "edition": edition, "pagecache": pagecache, "heap": f"{heap / 2**30:.1f} GiB",
        "cores": str(os.cpu_count()), "driver": metadata.version("neo4j"),
        "rust": "yes" if util.find_spec("neo4j._rust") else "no",
    }  # fmt: skip


def main() -> None:
    """Measure what is asked for, print it, and write the page if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.neo4j_load", description=__doc__)
    parser.add_argument("--grow", nargs="+", type=int, metavar="RELATIONS", help="sizes at which questions are asked")
    parser.add_argument("--embedded", type=Path, metavar="FILE", help="new file for the embedded store of --grow")
    parser.add_argument("--ask", type=int, metavar="RELATIONS", help="ask again after a --grow to this size")
    parser.add_argument("--turns", type=int, metavar="RELATIONS", help="as many to the grown store and to a small one")
    parser.add_argument("--small", metavar="URI", help="address, with its login, of the server of the small one")
    parser.add_argument("--beside", type=int, metavar="RELATIONS", help="as many by this store and by the raw driver")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where figures are kept between runs")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page whose figures are renewed from those kept")
    options = parser.parse_args()
    url, password = server()

    def open_served() -> Store:
        return open_store(url, login=Login(password=password))

    def open_small() -> Store:
        address, its_password = server(options.small)
        with GraphDatabase.driver(address, auth=("neo4j", its_password)) as its_driver, its_driver.session() as its:
            wipe(its)
        return open_store(address, login=Login(password=its_password))

    def open_embedded() -> Store:
        return open_store(f"sqlite:///{options.embedded or Path(folder) / 'store.db'}")

    with (
        tempfile.TemporaryDirectory() as folder,
        GraphDatabase.driver(
            url, auth=("neo4j", password), notifications_min_severity=NotificationMinimumSeverity.OFF
        ) as driver,
        driver.session(database="neo4j") as session,
    ):
        figures = keep(options.keep, "server", describe(session))
        if options.grow:
            grow(session, open_served, open_embedded, sorted(options.grow), options.keep)
        if options.ask:
            keep(options.keep, "answers", {str(options.ask): ask_both(session, open_served, open_embedded)})
        if options.turns:
            figures = keep(options.keep, "turns", in_turns(open_served, open_small, options.turns))
        if options.beside:
            figures = keep(options.keep, "beside", beside(session, open_served, options.beside))
    if options.keep:
        figures = keep(options.keep, "server", figures["server"])
    print(show(figures))
    if options.write:
        write(options.write, figures)


if __name__ == "__main__":
    main()

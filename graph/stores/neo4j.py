"""The server store: Neo4j 5.26 or later, one machine, a cluster or Aura.

Choose it where several machines write or read, where people browse the graph itself, or where it outgrows one machine.

A writer's transaction holds the one lock of the store, so writers anywhere wait for each other and never deadlock; what
is acknowledged is in the server's log. Neo4j lets a reader see what others commit meanwhile: each answer of a view is
of one state (it is asked again where a writer came between), but a view that stays open sees later writes.
A server that hangs in the middle of an answer is given up once the patience is over and it takes no new connection.
Opening does not connect: a server that is down fails the first question, and the next one tries again.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

from graph.errors import StoreError, StoreUnavailable
from graph.stores.base import Login
from graph.stores.neo4j_errors import explained, may_pass
from graph.stores.neo4j_query import QueryResult, run_query
from graph.stores.neo4j_schema import LEAST_VERSION, MIGRATIONS, OWN_LABELS, STORE
from graph.stores.neo4j_view import Neo4jView, Stamp
from graph.stores.neo4j_watch import PING_S, Watch, pinger
from graph.stores.neo4j_writer import Neo4jWriter, back_off

if TYPE_CHECKING:
    from neo4j import Driver, Session, Transaction

READ_TIMEOUT_S = 30.0  # of one answer, kept by the server
WRITE_TIMEOUT_S = 600.0  # of one writer's transaction, so that one who hangs does not hold the lock for ever
PATIENCE_S = 30.0
CONNECT_TIMEOUT_S = 3.0
IDLE_S = 1.0  # a connection idle for longer is asked whether it lives, within the patience
INDEX_WAIT_S = 300
STEADY_TRIES = 4

Answer = TypeVar("Answer")


class Neo4jStore:
    """A graph in one database of a Neo4j server; see `open_store`."""

    def __init__(self, url: str, login: Login, *, read_only: bool = False, patience_s: float = PATIENCE_S) -> None:
        """Prepare to use the server at `url`.

        Args: patience_s: how long a call waits for a server that is away, or for another writer, before it fails.
        Raises: StoreError: the address holds a login, or the driver cannot use it.
        """
        if urlsplit(url).username is not None or "@" in url:
            raise StoreError(
                "a store address holds no user or password, since it is shown and logged; "
                "set STRATEGY_GRAPH_NEO4J_USER and STRATEGY_GRAPH_NEO4J_PASSWORD"
            )
        self.url, self.read_only = url, read_only
        self._login, self._patience_s = login, patience_s
        self._write_lock, self._open_lock = threading.Lock(), threading.Lock()
        self._is_ready = self._closed = False
        self._remembered: dict[str, tuple[Stamp, Any]] = {}
        self._watch = Watch(pinger(url), after_s=max(patience_s - PING_S, patience_s / 2))
        with explained(url):
            self._driver = self._make_driver()

    def _make_driver(self) -> "Driver":
        from neo4j import GraphDatabase, NotificationMinimumSeverity

        logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what it would tell of is raised here in our words
        connect_s = self._patience_s / 2  # so that a second try is within the patience
        self._bookmarks = GraphDatabase.bookmark_manager()  # on a cluster: a reader sees what this process wrote
        return GraphDatabase.driver(
            self.url, auth=(self._login.user, self._login.password), user_agent="strategy-graph",
            connection_timeout=min(CONNECT_TIMEOUT_S, connect_s), connection_acquisition_timeout=connect_s,
            liveness_check_timeout=IDLE_S, notifications_min_severity=NotificationMinimumSeverity.OFF,
        )  # fmt: skip

    @contextmanager
    def writer(self, *, durable: bool = True) -> Iterator[Neo4jWriter]:  # noqa: ARG002 - on a server all are
        """One transaction: committed on a clean exit, rolled back on any exception. One at a time; others wait.

        Raises: StoreUnavailable: the server is away, or another thread wrote for longer than the patience.
        """
        self._require_open()
        if self.read_only:
            raise StoreError(f"{self.url} is open for reading only; open it for writing")
        if not self._write_lock.acquire(timeout=self._patience_s):
            raise StoreUnavailable(f"{self.url} is being written by another thread; try again")
        try:
            self._make_ready()
            with explained(self.url), self._session(write=True) as session:
                writer = Neo4jWriter(lambda: self._begin(session), self.url, patience_s=self._patience_s)
                try:
                    writer.begin()
                    yield writer
                    writer.commit()
                finally:
                    writer.close()
        finally:
            self._write_lock.release()

    def sync(self) -> None:
        """Do nothing: what a server has committed is in its log."""

    def _begin(self, session: "Session") -> "Transaction":
        """Begin a transaction that holds the store's lock."""
        tx = session.begin_transaction(timeout=WRITE_TIMEOUT_S)
        locked = tx.run(f"MATCH (s:{STORE} {{id: 1}}) SET s.generation = s.generation + 1 RETURN s.id").single()
        if locked is None:
            tx.close()
            self._is_ready = False
            raise StoreError(f"{self.url} no longer holds a graph of strategy-graph; it is made anew on the next write")
        return tx

    @contextmanager
    def view(self) -> Iterator[Neo4jView]:
        """The reading side; every answer is of one committed state."""
        self._require_open()
        self._make_ready()
        with explained(self.url), self._session() as session:
            yield Neo4jView(lambda work: self._ask(session, work), self._remembered)

    def _ask(self, session: "Session", work: Callable[["Transaction"], Answer]) -> Answer:
        """Return what `work` reads in one transaction, of one state: it runs again where a writer came between.

        Where writers come too often, it holds them off for the time of the last try.
        """

        def unit(tx: "Transaction") -> list[Answer]:
            before = _generation(tx)
            try:
                answer = work(tx)
            except (KeyError, IndexError, TypeError, ValueError):  # of a node that vanished while it was read
                if _generation(tx) == before:
                    raise
                return []
            return [answer] if _generation(tx) == before else []

        def alone(tx: "Transaction") -> Answer:
            tx.run(f"MATCH (s:{STORE} {{id: 1}}) SET s.generation = s.generation").consume()
            return work(tx)

        for _ in range(STEADY_TRIES):
            if answers := self._read(session, unit):
                return answers[0]
        if self.read_only:
            raise StoreUnavailable(f"{self.url} was written faster than this question could be answered; try again")
        with self._session(write=True) as locking:
            return self._read(locking, alone)

    def query(self, text: str, parameters: Mapping[str, object], *, max_rows: int, timeout_s: float) -> QueryResult:
        """Return the answer to a Cypher text that only reads, at most `max_rows` of it.

        Raises: BadQuery: the server does not understand the text, or it would write, read files or run a procedure
        that is not for reading the graph.
        """
        self._require_open()
        self._make_ready()
        with explained(self.url), self._session() as session:
            return run_query(lambda unit: self._read(session, unit, timeout_s), text, parameters, max_rows=max_rows)

    def close(self) -> None:
        """Release the connections; closing twice is harmless."""
        with self._write_lock:
            self._closed = True
            self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _session(self, *, write: bool = False) -> "Iterator[Session]":
        from neo4j import READ_ACCESS, WRITE_ACCESS

        with (
            self._driver.session(
                database=self._login.database, default_access_mode=WRITE_ACCESS if write else READ_ACCESS,
                bookmark_manager=self._bookmarks,
            ) as session,
            self._watch.over(session),
        ):  # fmt: skip
            yield session

    def _read(
        self, session: "Session", unit: Callable[["Transaction"], Answer], timeout_s: float = READ_TIMEOUT_S
    ) -> Answer:
        """Run a unit of reading, again where that may help and the patience lasts.

        Not by the driver's own repeating, which would wait for a server that hangs beyond the patience.
        """
        from neo4j.exceptions import DriverError, Neo4jError

        until = time.monotonic() + self._patience_s
        for attempt in count():
            try:
                with session.begin_transaction(timeout=timeout_s) as tx:
                    return unit(tx)
            except (DriverError, Neo4jError) as error:
                if self._watch.has_cut(session):
                    raise StoreUnavailable(
                        f"{self.url} stopped in the middle of an answer and takes no new connection; "
                        "look at its log and start it anew"
                    ) from error
                if not may_pass(error) or time.monotonic() > until:
                    raise
                back_off(attempt)
        raise AssertionError("unreachable")

    def _require_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self.url} is closed; open it again")

    def _make_ready(self) -> None:
        """Check the server and its content once, and bring the schema up to date where it may be written."""
        with self._open_lock:
            if self._is_ready:
                return
            with explained(self.url):
                with self._session() as session:
                    applied = self._read(session, self._check)
                missing = [item for item in MIGRATIONS if applied is None or item[0] not in applied]
                if missing and self.read_only:
                    problem = "holds no graph yet" if applied is None else "was written by an older version"
                    raise StoreError(f"{self.url} {problem}; open it once for writing, as `strategy-graph ingest` does")
                if missing:
                    with self._session(write=True) as session:
                        _migrate(session, missing)
            self._is_ready = True

    def _check(self, tx: "Transaction") -> list[str] | None:
        """Return the names of applied migrations, None for an empty database; raise where it is not for us."""
        ((version, edition),) = tx.run(
            """CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel'
               RETURN versions[0], edition"""
        ).values()
        if _parse_version(version) < LEAST_VERSION:
            least = ".".join(map(str, LEAST_VERSION))
            raise StoreUnavailable(f"{self.url} is Neo4j {version} ({edition}); {least} or later is needed")
        found = tx.run(f"MATCH (s:{STORE} {{id: 1}}) RETURN s.migrations").single()
        if found is None:
            for label in OWN_LABELS:
                if (count := tx.run(f"MATCH (n:{label}) RETURN count(n)").single(strict=True)[0]) > 0:
                    raise StoreUnavailable(
                        f"{self.url} holds {count} nodes {label} of another program in database "
                        f"{self._login.database!r}, which was not changed; use an empty database"
                    )
            return None
        newer = sorted(set(found[0]) - {name for name, _ in MIGRATIONS})
        if newer:
            raise StoreUnavailable(
                f"{self.url} was written by a newer version (it has {', '.join(newer)}); update strategy-graph"
            )
        return list(found[0])


def _parse_version(text: str) -> tuple[int, ...]:
    """Return the first two numbers of a version such as 5.26.12, 2025.10.1 or 5.27-aura."""
    numbers = [int("".join(filter(str.isdigit, part)) or 0) for part in text.split("-")[0].split(".")]
    return tuple(numbers[:2])


def _generation(tx: "Transaction") -> int:
    found = tx.run(f"MATCH (s:{STORE} {{id: 1}}) RETURN s.generation").single()
    return -1 if found is None else int(found[0])


def _migrate(session: "Session", missing: list[tuple[str, tuple[str, ...]]]) -> None:
    """Apply migrations; each statement may run twice, since Neo4j does not mix schema and data in one transaction."""
    for name, statements in missing:
        for statement in statements:
            session.run(statement).consume()
        session.run("CALL db.awaitIndexes($wait)", wait=INDEX_WAIT_S).consume()
        session.run(
            f"""MERGE (s:{STORE} {{id: 1}})
                ON CREATE SET s.generation = 0, s.migrations = [], s.name = 'strategy-graph'
                SET s.migrations = [x IN s.migrations WHERE x <> $name] + [$name]""",
            name=name,
        ).consume()

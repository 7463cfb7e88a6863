"""The embedded store: one SQLite file, nothing to install. Choose it unless several machines must write.

Acknowledged is kept: a writer's transaction is on disk before `writer()` returns (WAL, synchronous=FULL). Readers never
wait for the writer and see one state for as long as their view is open. Safe to share between threads; open it anew in
a forked process.

Transactions of `writer(durable=False)` (synchronous=NORMAL) are written to the log without waiting for the disk. They
outlive the death of this process, since the system has them. A crash of the machine keeps the log up to some
transaction, checked by sums, and all of what stands before it: whole transactions, in their order. `sync` waits for the
disk once for all of them: it flushes the log, and what is no longer in the log has left it by a checkpoint, which
flushes the log before it writes into the database, and the database before the log begins anew.
"""

import os
import queue
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

from graph.errors import StoreError, StoreUnavailable
from graph.stores.sqlite_errors import explained
from graph.stores.sqlite_schema import APPLICATION_ID, MIGRATIONS
from graph.stores.sqlite_view import SqliteView
from graph.stores.sqlite_writer import SqliteWriter

MAGIC = b"SQLite format 3\0"
MEMORY = ":memory:"
BUSY_TIMEOUT_S = 30.0
CACHE_KIB = 65_536
DISK_REMEDY = "check the disk, then load into a new store, or into a copy from before"
CHECKPOINT_PAGES = 4_000  # of 4 KiB: every document writes much the same pages of the indexes, which then count once
WAL_KEPT_BYTES = 67_108_864  # the log is cut back to this after a checkpoint

ConnectionT = TypeVar("ConnectionT", bound=sqlite3.Connection)


class SqliteStore:
    """A graph in one SQLite file at `path`; see `open_store`."""

    def __init__(self, path: str, *, read_only: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Open or make the file; raise StoreError, with the remedy, where it cannot be used."""
        self.url = f"sqlite:///{path}"
        self.read_only = read_only
        self._busy_timeout_s = busy_timeout_s
        if path == MEMORY:  # a file of its own, since SQLite's memory databases block readers while written
            folder = tempfile.mkdtemp(prefix="strategy-graph-")
            self._gone = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            path = str(Path(folder) / "store.db")
        self._path = Path(path)
        self._idle: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
        self._write_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._log = self._path.with_name(f"{self._path.name}-wal")
        self._has_log = self._sync_failed = self._closed = False
        with explained(self.url):
            if read_only:
                self._idle.put(self._open_reader())
            else:
                self._writer = self._open_writer()

    @contextmanager
    def writer(self, *, durable: bool = True) -> Iterator[SqliteWriter]:
        """One transaction: committed on a clean exit, rolled back on any exception. One at a time; others wait.

        Args: durable: wait until the disk has it; without, it is safe once `sync` has returned.
        Raises: StoreUnavailable: another writer held the store for longer than the busy timeout.
        """
        connection = self._require_writer()
        if not self._write_lock.acquire(timeout=self._busy_timeout_s):
            raise StoreUnavailable(f"{self.url} is being written by another thread; try again")
        try:
            with explained(self.url):
                connection.execute(f"PRAGMA synchronous = {'FULL' if durable or not self._has_log else 'NORMAL'}")
                before = connection.total_changes
                with _transaction(connection, "BEGIN IMMEDIATE"):
                    yield SqliteWriter(connection, self.url)
            if durable and connection.total_changes == before:
                self.sync()  # "unchanged" may speak of what another program loads and has not synced yet
        finally:
            self._write_lock.release()

    def sync(self) -> None:
        """Return once everything committed so far is on disk.

        Raises: StoreError: the disk failed. The store takes no more then, for the system forgets what it could not
        write: a second try would succeed without having written it.
        """
        self._require_writer()
        if not self._has_log:
            return
        try:
            descriptor = os.open(self._log, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            self._sync_failed = True
            raise StoreError(f"{self.url} may not be on disk ({error.strerror}); {DISK_REMEDY}") from error

    @contextmanager
    def view(self) -> Iterator[SqliteView]:
        """One consistent state of the store, unmoved by later writes; readers run side by side."""
        if self._closed:
            raise StoreError(f"{self.url} is closed; open it again")
        with explained(self.url):
            connection = self._take_reader()
            try:
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM migration").fetchone()  # the snapshot begins at the first read
                yield SqliteView(connection, connection.remembered)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._give_back(connection)

    def close(self) -> None:
        """Release the file; closing twice is harmless."""
        with self._write_lock:
            self._closed = True
            while not self._idle.empty():
                self._idle.get().close()
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        if hasattr(self, "_gone"):
            self._gone()

    def _require_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            raise StoreError(
                f"{self.url} is {'closed' if self._closed else 'open for reading only'}; open it for writing"
            )
        if self._sync_failed:
            raise StoreError(f"{self.url} lost what it wrote last; {DISK_REMEDY}")
        return self._writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_reader(self) -> "_Reader":
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._open_reader()

    def _give_back(self, connection: "_Reader") -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.put(connection)

    def _open_writer(self) -> sqlite3.Connection:
        self._require_database_file()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot make the folder of {self.url}: {error.strerror}; choose another path") from error
        connection = self._connect("rwc", sqlite3.Connection)
        try:
            self._require_ours(connection, may_be_empty=True)
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            self._has_log = mode == "wal"  # not on every file system
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
            connection.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _open_reader(self) -> "_Reader":
        if not self._path.exists():
            raise StoreError(
                f"there is no store at {self.url}; make one with `strategy-graph ingest` or check the path"
            )
        self._require_database_file()
        log = self._path.with_name(f"{self._path.name}-wal")
        # In a folder we may not write, SQLite cannot make its side files: read the bare file where no log is pending.
        frozen = not os.access(self._path.parent, os.W_OK) and not log.exists()
        connection = self._connect("ro&immutable=1" if frozen else "ro", _Reader)
        try:
            self._require_ours(connection, may_be_empty=False)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self, mode: str, factory: type[ConnectionT]) -> ConnectionT:
        connection: ConnectionT = sqlite3.connect(
            f"file:{quote(str(self._path))}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False,
            timeout=self._busy_timeout_s, factory=factory,
        )  # fmt: skip
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        except sqlite3.Error:  # here a file that is no database or a damaged one shows
            connection.close()
            raise
        return connection

    def _require_database_file(self) -> None:
        """Raise StoreError for any other file; SQLite itself takes a very short one for empty and writes over it."""
        if self._path.is_file() and os.access(self._path, os.R_OK):
            with self._path.open("rb") as file:
                head = file.read(len(MAGIC))
            if head not in (b"", MAGIC):
                raise StoreError(f"{self.url} is not a database; choose another path, the file was not changed")

    def _require_ours(self, connection: sqlite3.Connection, *, may_be_empty: bool) -> None:
        """Raise StoreError unless the file is a store of this version or an older one (or empty, where allowed)."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application == 0 and tables == 0 and may_be_empty:
            return
        if application != APPLICATION_ID or tables == 0:
            raise StoreError(
                f"{self.url} is not a store of strategy-graph; choose another path, the file was not changed"
            )
        applied = {name for (name,) in connection.execute("SELECT name FROM migration")}
        known = {name for name, _ in MIGRATIONS}
        if applied - known:
            newer = ", ".join(sorted(applied - known))
            raise StoreError(f"{self.url} was written by a newer version (it has {newer}); update strategy-graph")
        if known - applied and self.read_only:
            raise StoreError(
                f"{self.url} was written by an older version; open it once for writing to bring it up to date"
            )


class _Reader(sqlite3.Connection):
    """A connection that may be asked for text no store can hold (a lone surrogate): it finds nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.remembered: dict[int, str] = {}  # the version that it read last, by the state it was of

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except UnicodeEncodeError:
            return super().execute(sql, _make_storable(parameters))


def _make_storable(parameters: Any) -> Any:
    if isinstance(parameters, str):
        return parameters.encode(errors="replace").decode()
    if isinstance(parameters, dict):
        return {key: _make_storable(value) for key, value in parameters.items()}
    return tuple(map(_make_storable, parameters)) if isinstance(parameters, tuple | list) else parameters


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema: all missing migrations in one transaction, each recorded by name."""
    with _transaction(connection, "BEGIN IMMEDIATE"):
        connection.execute("CREATE TABLE IF NOT EXISTS migration(name TEXT PRIMARY KEY) WITHOUT ROWID")
        applied = {name for (name,) in connection.execute("SELECT name FROM migration")}
        for name, statements in MIGRATIONS:
            if name not in applied:
                for statement in statements:
                    connection.execute(statement)
                connection.execute("INSERT INTO migration VALUES(?)", (name,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")

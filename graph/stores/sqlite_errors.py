"""SQLite's failures in the project's words: what happened to which store, and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import StoreError, StoreUnavailable

REMEDIES = {
    sqlite3.SQLITE_NOTADB: "is not a database; choose another path, the file was not changed",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a copy, or load the documents into a new store",
    sqlite3.SQLITE_FULL: "has no room left on its disk; free some space and load the document again",
    sqlite3.SQLITE_READONLY: "may not be written; change the rights of the file and its folder, or open it for reading",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the path and the rights of the file and its folder",
    sqlite3.SQLITE_IOERR: "cannot be read or written by the system; check the disk",
    sqlite3.SQLITE_CONSTRAINT: "refuses a passage, whose id another document has; ids hold their document's id",
    sqlite3.SQLITE_PERM: "may not be opened; change the rights of the file",
}


def _explain(error: sqlite3.Error, url: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreUnavailable(f"{url} is being written by another process; try again")
    return StoreError(f"{url} {REMEDIES.get(code, 'failed')} ({error})")


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Raise StoreError, or StoreUnavailable where waiting may help, for any failure of SQLite inside."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, url) from error

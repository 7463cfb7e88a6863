"""Stores: one contract (`base`), two engines; `open_store` chooses by address."""

from graph.errors import StoreError
from graph.stores.base import Store
from graph.stores.sqlite import SqliteStore

SQLITE = "sqlite:///"
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Open the store at an address; close it, or use it in `with`, when done.

    Args: url: `sqlite:///relative.db`, `sqlite:////absolute.db`, or `sqlite:///:memory:` for a store that is gone when
    closed.  read_only: never write, and fail where there is no store yet; else it is made, with its folder.
    Raises: StoreError: the address is not one of these, or the file cannot be used (why, and what to do).
    """
    scheme = url.partition("://")[0].lower()
    if url.startswith(SQLITE) and len(url) > len(SQLITE):
        return SqliteStore(url.removeprefix(SQLITE), read_only=read_only)
    if scheme in NEO4J_SCHEMES:
        raise StoreError(
            f"store address {scheme}://… names a Neo4j server, which this version cannot use yet; use {SQLITE}PATH"
        )
    raise StoreError(f"store address {url!r} is not known; use {SQLITE}PATH (four slashes for an absolute path)")

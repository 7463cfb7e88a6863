"""Stores: one contract (`base`), two engines; `open_store` chooses by address."""

from graph.errors import StoreError
from graph.stores.base import Login, Store
from graph.stores.sqlite import SqliteStore

SQLITE = "sqlite:///"
PATIENCE_S = 30.0
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(
    url: str, *, read_only: bool = False, login: Login | None = None, patience_s: float = PATIENCE_S
) -> Store:
    """Open the store at an address; close it, or use it in `with`, when done.

    Args: url: `sqlite:///relative.db`, `sqlite:////absolute.db`, or `sqlite:///:memory:` for a store that is gone when
    closed; or a Neo4j server as `neo4j://host`, `bolt://host`, `neo4j+s://host` (with TLS).  read_only: never write,
    and fail where there is no store yet; else it is made, with its folder.  login: who asks a server, and which
    database.  patience_s: how long a call waits for a server that is away.
    Raises: StoreError: the address is not one of these, or the file cannot be used (why, and what to do).
    """
    scheme = url.partition("://")[0].lower()
    if url.startswith(SQLITE) and len(url) > len(SQLITE):
        return SqliteStore(url.removeprefix(SQLITE), read_only=read_only)
    if scheme in NEO4J_SCHEMES:
        from graph.stores.neo4j import Neo4jStore  # here, since its driver is slow to load

        return Neo4jStore(url, login or Login(), read_only=read_only, patience_s=patience_s)
    raise StoreError(
        f"store address {url!r} is not known; use {SQLITE}PATH (four slashes for an absolute path), or a Neo4j server "
        "as neo4j://HOST, bolt://HOST or neo4j+s://HOST"
    )

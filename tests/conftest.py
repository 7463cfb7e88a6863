"""The real Neo4j server that tests marked `neo4j` use: the one at KG_TEST_NEO4J_URI, and no other.

`scripts/neo4j-server start` starts one, `export KG_TEST_NEO4J_URI=$(scripts/neo4j-server uri)` names it. Only a
database that is empty or holds the marker of these tests is written, and wiped before each test.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from graph.stores import open_store
from graph.stores.base import Login, Store

MARKER = "StrategyGraphTestMarker"
REQUIRED = os.environ.get("STRATEGY_GRAPH_TEST_NEO4J") == "required"


@dataclass(frozen=True, slots=True)
class Server:
    """Address and login of a server."""

    url: str
    login: Login

    def open(self, **options: object) -> Store:
        return open_store(self.url, login=self.login, **options)  # type: ignore[arg-type]

    def run(self, text: str, **values: object) -> list[list[object]]:
        """Run one statement outside the store."""
        from neo4j import GraphDatabase

        auth = (self.login.user, self.login.password)
        with (
            GraphDatabase.driver(self.url, auth=auth) as driver,
            driver.session(database=self.login.database) as session,
        ):
            return session.run(text, values).values()

    def explain(self, text: str, values: dict[str, object]) -> list[dict[str, Any]]:
        """Return the plan of a statement."""
        from neo4j import GraphDatabase

        auth = (self.login.user, self.login.password)
        with (
            GraphDatabase.driver(self.url, auth=auth) as driver,
            driver.session(database=self.login.database) as session,
        ):
            plan = session.run(f"EXPLAIN {text}", values).consume().plan
        return [plan] if plan else []


def parse_server(address: str) -> Server:
    parts = urlsplit(address)
    host = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
    return Server(host, Login(unquote(parts.username or "neo4j"), unquote(parts.password or "")))


@pytest.fixture(scope="session")
def neo4j_server() -> Server:
    """A server whose database is ours to wipe."""
    address = os.environ.get("KG_TEST_NEO4J_URI")
    if not address:
        problem = (
            "KG_TEST_NEO4J_URI names no Neo4j server; scripts/neo4j-server starts one, `make test-neo4j` does it all"
        )
        (pytest.fail if REQUIRED else pytest.skip)(problem)
    server = parse_server(address)
    ((nodes, marks),) = server.run(f"MATCH (n) RETURN count(n), count(CASE WHEN n:{MARKER} THEN 1 END)")
    if nodes and not marks:
        pytest.fail(f"the database at {server.url} holds {nodes} nodes and no test marker; it was not touched")
    server.run(f"MERGE (m:{MARKER}) SET m.name = 'may be wiped'")
    return server


@pytest.fixture
def neo4j(neo4j_server: Server) -> Server:
    """The server with an empty store."""
    empty(neo4j_server)
    return neo4j_server


@pytest.fixture(scope="session")
def wipe() -> Callable[[Server], None]:
    """What empties a server's store."""
    return empty


def empty(server: Server) -> None:
    """Empty the store; its schema and the marker stay."""
    server.run(f"MATCH (n) WHERE NOT n:{MARKER} AND NOT n:StrategyGraph DETACH DELETE n")
    server.run("MATCH (s:StrategyGraph) SET s.generation = s.generation + 1")  # it was written

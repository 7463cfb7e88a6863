"""The ways in on a Neo4j server: settings, the same answers, honest failures, and the commands `copy` and `query`."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from api.app import create_app
from api.cli import app
from api.errors import Misuse
from api.runtime import read_login
from api.settings import Settings
from graph.model import GraphBatch
from graph.stores import open_store

ADDRESS = "http://127.0.0.1"
AWAY = "bolt://127.0.0.1:9"


def run(*arguments: str, server: Any = None) -> Result:
    environment = {} if server is None else {"STRATEGY_GRAPH_NEO4J_PASSWORD": server.login.password}
    return CliRunner().invoke(app, list(arguments), env=environment)


@pytest.fixture
def settings(neo4j: Any) -> Settings:
    return Settings(store=neo4j.url, neo4j_password=SecretStr(neo4j.login.password))


@pytest.fixture
def loaded(neo4j: Any, store_url: str) -> str:
    """The server with the board paper, copied from the embedded store; its address."""
    done = run("copy", "--from", store_url, "--to", neo4j.url, server=neo4j)
    assert done.exit_code == 0, done.output
    return str(neo4j.url)


# Settings


def test_password_comes_from_the_setting_or_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from a file\n", encoding="utf-8")
    assert read_login(Settings(neo4j_password=SecretStr("direct"), neo4j_password_file=file)).password == "direct"
    assert read_login(Settings(neo4j_password_file=file, neo4j_user="me")).user == "me"
    assert read_login(Settings(neo4j_password_file=file)).password == "from a file"
    with pytest.raises(Misuse, match="STRATEGY_GRAPH_NEO4J_PASSWORD_FILE"):
        read_login(Settings(neo4j_password_file=tmp_path / "none"))


def test_password_is_not_printed() -> None:
    settings = Settings(neo4j_password=SecretStr("s3cret of a server"))
    assert "s3cret" not in f"{settings!r}{read_login(settings)!r}"


def test_login_in_an_address_is_refused_unshown() -> None:
    done = run("stats", "--store", "bolt://me:s3cret@127.0.0.1:9")
    assert done.exit_code == 1
    assert "STRATEGY_GRAPH_NEO4J_PASSWORD" in done.stderr
    assert "s3cret" not in done.output


# A server that is away


@pytest.mark.parametrize("path", ["/api/v1/readiness", "/api/v1/documents", "/api/v1/search?q=drone", "/"])
def test_a_server_that_is_away_is_told_within_five_seconds(path: str) -> None:
    with TestClient(create_app(Settings(store=AWAY)), base_url=ADDRESS) as client:
        started = time.monotonic()
        answer = client.get(path)
        assert time.monotonic() - started < 5
        assert client.get("/api/v1/health").status_code == 200
    assert answer.status_code == 503
    assert "start the server" in answer.text


@pytest.mark.neo4j
def test_a_wrong_password_is_told_as_such(neo4j: Any) -> None:
    with TestClient(
        create_app(Settings(store=neo4j.url, neo4j_password=SecretStr("wrong"))), base_url=ADDRESS
    ) as client:
        answer = client.get("/api/v1/readiness")
    assert answer.status_code == 503
    assert "STRATEGY_GRAPH_NEO4J_PASSWORD" in answer.json()["detail"]


# Answers


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "path",
    [
        "/readiness", "/stats", "/documents", "/entities?limit=500", "/entities/BEIS", "/entities/dept:beis/mentions",
        "/entities/dept:beis/relations", "/entities/nothing", "/relations/rel:ask", "/relations/rel:none",
        "/subgraph?start=BEIS&hops=2", "/search?q=nothing",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("loaded")
def test_answers_are_those_of_the_embedded_store(settings: Settings, client: TestClient, path: str) -> None:
    expected = client.get(f"/api/v1{path}")
    with TestClient(create_app(settings), base_url=ADDRESS) as server:
        found = server.get(f"/api/v1{path}")
    assert (found.status_code, found.json()) == (expected.status_code, expected.json())


@pytest.mark.neo4j
@pytest.mark.usefixtures("loaded")
def test_search_finds_the_same_hits(settings: Settings, client: TestClient) -> None:
    def hits(one: TestClient) -> list[tuple[str, str]]:
        return [(hit["id"], hit["snippet"]) for hit in one.get("/api/v1/search?q=drone").json()["items"]]

    with TestClient(create_app(settings), base_url=ADDRESS) as server:
        assert sorted(hits(server)) == sorted(hits(client))
    assert hits(client)


# Commands


@pytest.mark.neo4j
def test_copy_goes_there_and_back_without_a_loss(loaded: str, neo4j: Any, store_url: str, tmp_path: Path) -> None:
    back = f"sqlite:///{tmp_path / 'back.db'}"
    assert run("copy", "--from", loaded, "--to", back, server=neo4j).exit_code == 0
    texts = {run("export", "--store", url, server=neo4j).stdout for url in (store_url, loaded, back)}
    assert len(texts) == 1
    again = run("copy", "--from", store_url, "--to", loaded, server=neo4j)
    assert "2 of them were there already" in again.stderr


@pytest.mark.neo4j
def test_copy_leaves_a_store_with_other_documents_alone(
    loaded: str, neo4j: Any, paper: Callable[..., GraphBatch], make_store: Callable[..., str]
) -> None:
    done = run("copy", "--from", make_store(paper(taint="!")), "--to", loaded, server=neo4j)
    assert done.exit_code == 1
    assert "holds 2 documents" in done.stderr


def test_copy_between_embedded_stores_and_its_refusals(store_url: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'copy.db'}"
    assert run("copy", "--from", store_url, "--to", target).exit_code == 0
    with open_store(store_url) as one, open_store(target) as other, one.view() as here, other.view() as there:
        assert (here.version(), here.counts()) == (there.version(), there.counts())
    assert run("copy", "--from", target, "--to", target).exit_code == 2
    assert run("copy", "--from", f"sqlite:///{tmp_path / 'none.db'}", "--to", target).exit_code == 1


@pytest.mark.neo4j
def test_query_prints_rows_and_says_where_more_are(loaded: str, neo4j: Any) -> None:
    text = "MATCH (e:Entity) WHERE e.name CONTAINS $part RETURN e.name AS name ORDER BY name"
    done = run("query", text, "--store", loaded, "--param", "part=B", "--json", server=neo4j)
    assert json.loads(done.stdout) == [{"name": "BEIS"}, {"name": "DBT"}]
    cut = run("query", text, "--store", loaded, "--param", "part=B", "--limit", "1", server=neo4j)
    assert (cut.exit_code, cut.stdout) == (3, "name\nBEIS\n")
    assert "more than 1 rows" in cut.stderr


@pytest.mark.neo4j
def test_query_gives_nodes_relations_and_paths_as_maps(loaded: str, neo4j: Any) -> None:
    text = "MATCH p = (:Proposition)-[r:ASKS]->(d) RETURN p, {d: d, list: [1, null]} AS m, date('2020-01-02') AS day"
    (row,) = json.loads(run("query", text, "--store", loaded, "--json", server=neo4j).stdout)
    assert [item.get("name", item.get("type")) for item in row["p"]] == [
        "Drone Zone",
        "ASKS",
        "BEIS",
    ]
    assert (row["m"]["d"]["labels"], row["m"]["list"]) == (["Department", "Entity"], [1, None])
    assert row["day"] == "2020-01-02"


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("CREATE (n:X) RETURN n", "only reads"),
        ("MATCH (e:Entity) SET e.name = ''", "only reads"),
        ("MATCH (e:Entity) DETACH DELETE e", "only reads"),
        ("CREATE INDEX x FOR (n:X) ON (n.y)", "only reads"),
        ("CALL { MATCH (e:Entity) DELETE e } IN TRANSACTIONS", "only reads"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD CSV"),
        ("CALL dbms.listConfig() YIELD name RETURN name", "only reads"),
        ("CALL db.awaitIndexes() RETURN 1", "does not call|does not take"),
        ("MATCH (e", "does not take"),
        ("RETURN $none", "does not take"),
        ("RETURN 1; MATCH (n) DELETE n", "does not take"),
    ],
)
def test_query_lets_only_reading_through(loaded: str, neo4j: Any, text: str, says: str) -> None:
    before = neo4j.run("MATCH (n) RETURN count(n)")
    done = run("query", text, "--store", loaded, server=neo4j)
    assert done.exit_code == 2, done.output
    assert any(part in done.stderr for part in says.split("|")), done.stderr
    assert neo4j.run("MATCH (n) RETURN count(n)") == before


@pytest.mark.neo4j
def test_query_that_takes_too_long_is_stopped(loaded: str, neo4j: Any) -> None:
    text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*)"
    started = time.monotonic()
    done = run("query", text, "--store", loaded, "--timeout", "0.5", server=neo4j)
    assert time.monotonic() - started < 15
    assert done.exit_code == 1
    assert "took too long" in done.stderr


def test_query_says_what_the_embedded_store_offers_instead(store_url: str) -> None:
    done = run("query", "RETURN 1", "--store", store_url)
    assert done.exit_code == 2
    assert "search, show, compare" in done.stderr
    assert "strategy-graph copy" in done.stderr


def test_query_wants_parameters_by_name(store_url: str) -> None:
    assert run("query", "RETURN 1", "--store", store_url, "--param", "x").exit_code == 2

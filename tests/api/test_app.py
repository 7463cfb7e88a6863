from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create_app
from api.errors import Misuse
from api.middleware import SECURITY_HEADERS, host_name
from api.settings import Settings
from graph.model import GraphBatch

TOKEN = "a secret of some length"
PATHS = ["/", "/docs", "/search?q=drone", "/entities/nobody", "/nothing", "/api/v1/stats", "/static/site.css"]


@pytest.mark.parametrize("path", PATHS)
def test_security_headers_stand_on_every_answer(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_content_policy_allows_this_server_alone() -> None:
    policy = SECURITY_HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/", "/api/v1/stats", "/static/site.css"])
def test_head_answers_as_get_without_a_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_other_methods_are_told_what_is_allowed(client: TestClient, method: str) -> None:
    answer = client.request(method, "/api/v1/stats")
    assert (answer.status_code, answer.json()["error"]) == (405, "method-not-allowed")
    assert answer.headers.get_list("allow") == ["GET, HEAD"]


def test_foreign_host_names_are_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/stats", headers={"host": "example.org"})
    assert (answer.status_code, answer.json()["error"]) == (421, "unknown-host")


@pytest.mark.parametrize(
    ("host", "name"),
    [("127.0.0.1:8000", "127.0.0.1"), ("localhost", "localhost"), ("[::1]:80", "::1"), ("[::1]", "::1"), ("", "")],
)
def test_host_name_is_read_without_the_port(host: str, name: str) -> None:
    assert host_name(host) == name


def test_large_bodies_are_refused(store_url: str) -> None:
    app = create_app(Settings(store=store_url, max_body_bytes=10))

    @app.post("/api/v1/echo")
    def echo(body: dict[str, str]) -> dict[str, str]:
        return body

    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.post("/api/v1/echo", json={"a": "b" * 100}).status_code == 413


def test_beyond_this_machine_a_token_is_required_to_start(store_url: str) -> None:
    with pytest.raises(Misuse, match="STRATEGY_GRAPH_TOKEN"):
        create_app(Settings(store=store_url, host="0.0.0.0"))


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic !!!", "Basic dXNlcjp3cm9uZw==", "Nonsense"])
def test_beyond_this_machine_requests_need_the_token(store_url: str, header: str) -> None:
    app = create_app(Settings(store=store_url, host="0.0.0.0", token=SecretStr(TOKEN)))
    with TestClient(app) as client:
        answer = client.get("/api/v1/stats", headers={"authorization": header} if header else {})
        assert (answer.status_code, answer.json()["error"]) == (401, "token-required")
        assert "Basic" in answer.headers["www-authenticate"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_token_lets_in_as_bearer_or_as_a_browser_sends_it(store_url: str) -> None:
    app = create_app(Settings(store=store_url, host="0.0.0.0", token=SecretStr(TOKEN)))
    with TestClient(app) as client:
        assert client.get("/api/v1/stats", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/", auth=("anyone", TOKEN)).status_code == 200
        assert client.get("/api/v1/health").status_code == 200


def test_a_defect_says_nothing_of_the_inside(store_url: str) -> None:
    app = create_app(Settings(store=store_url))

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise RuntimeError("secret of the inside")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/broken")
    assert (answer.status_code, answer.json()["error"]) == (500, "defect")
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == SECURITY_HEADERS["content-security-policy"]


def test_an_empty_store_shows_what_to_do(make_store: Callable[..., str]) -> None:
    with TestClient(create_app(Settings(store=make_store())), base_url="http://127.0.0.1") as client:
        assert "strategy-graph ingest" in client.get("/").text


def test_two_documents_of_one_name_are_told_apart(
    make_store: Callable[..., str], paper: Callable[..., GraphBatch]
) -> None:
    url = make_store(paper(), paper(taint="!"))
    with TestClient(create_app(Settings(store=url)), base_url="http://127.0.0.1") as client:
        assert len(client.get("/api/v1/documents").json()["items"]) == 2

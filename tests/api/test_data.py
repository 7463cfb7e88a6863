import pytest
from fastapi.testclient import TestClient

LISTS = ["/documents", "/entities", "/documents/{document}/passages"]


def _get(client: TestClient, path: str, **query: object) -> dict[str, object]:
    answer = client.get(f"/api/v1{path}", params=query)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert isinstance(body, dict)
    return body


def _document_id(client: TestClient) -> str:
    return client.get("/api/v1/documents").json()["items"][0]["id"]  # type: ignore[no-any-return]


def test_documents_leave_the_registers_out(client: TestClient) -> None:
    body = _get(client, "/documents")
    assert [item["title"] for item in body["items"]] == ["Board paper"]  # type: ignore[attr-defined]
    assert body["next"] is None


def test_document_by_id(client: TestClient) -> None:
    body = _get(client, f"/documents/{_document_id(client)}")
    assert (body["published"], body["status"], body["reader"]) == ("2019-12", "ok", "docx")


@pytest.mark.parametrize("path", LISTS)
def test_paging_gives_every_item_once(client: TestClient, path: str) -> None:
    path = path.format(document=_document_id(client))
    whole = _get(client, path, limit=500)["items"]
    parts: list[object] = []
    after: dict[str, object] = {}
    while True:
        body = _get(client, path, limit=2, **after)
        parts += body["items"]  # type: ignore[arg-type]
        if body["next"] is None:
            break
        after = {"after": body["next"]}
    assert parts == whole


def test_entities_by_type_and_mention(client: TestClient) -> None:
    known = _get(client, "/entities", type="Department")["items"]
    named = _get(client, "/entities", type="Department", mentioned=True)["items"]
    assert [item["id"] for item in known] == ["dept:beis", "dept:dbt"]  # type: ignore[attr-defined]
    assert [item["id"] for item in named] == ["dept:beis"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["dept:beis", "BEIS", "business department"])
def test_entity_by_id_name_or_alias(client: TestClient, name: str) -> None:
    body = _get(client, f"/entities/{name}")
    assert (body["id"], body["register"]) == ("dept:beis", True)


def test_mentions_of_an_entity(client: TestClient) -> None:
    (mention,) = _get(client, "/entities/dept:beis/mentions")["items"]  # type: ignore[misc]
    assert (mention["start"], mention["end"], mention["text"]) == (21, 25, "BEIS")


def test_relations_carry_quotes_that_stand_in_their_passage(client: TestClient) -> None:
    body = _get(client, "/entities/dept:beis/relations")
    facts = {fact["relation"]["id"]: fact for fact in body["facts"]}  # type: ignore[attr-defined]
    assert set(facts) == {"rel:ask", "rel:next"}
    (quote,) = facts["rel:ask"]["quotes"]
    assert quote["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert (quote["title"], quote["page"]) == ("Board paper", 2)
    assert facts["rel:next"]["relation"]["sources"] == ["https://example.org/dbt"]
    assert facts["rel:ask"]["outgoing"] is False


def test_relations_of_one_type(client: TestClient) -> None:
    body = _get(client, "/entities/dept:beis/relations", type="SUCCEEDED_BY")
    assert [fact["other"]["id"] for fact in body["facts"]] == ["dept:dbt"]  # type: ignore[attr-defined]


def test_relations_say_when_there_are_more(client: TestClient) -> None:
    assert _get(client, "/entities/dept:beis/relations", limit=1)["truncated"] is True
    assert _get(client, "/entities/dept:beis/relations", limit=2)["truncated"] is False


def test_evidence_opens_the_quote(client: TestClient) -> None:
    body = _get(client, "/evidence/rel:ask")
    (quote,) = body["quotes"]  # type: ignore[misc]
    assert quote["quote"] == "The Drone Zone needs BEIS to lift rules."
    assert quote["path"] == ["Asks"]


def test_search_finds_entities_and_passages(client: TestClient) -> None:
    kinds = [hit["kind"] for hit in _get(client, "/search", q="drone")["items"]]  # type: ignore[attr-defined]
    assert kinds[0] == "entity"
    assert "passage" in kinds
    only = _get(client, "/search", q="drone", type="Proposition")["items"]
    assert [hit["id"] for hit in only] == ["prop:drone-zone"]  # type: ignore[attr-defined]


def test_search_pages(client: TestClient) -> None:
    first = _get(client, "/search", q="drone", limit=1)
    second = _get(client, "/search", q="drone", limit=1, after=first["next"])
    assert first["items"] != second["items"]


def test_subgraph_is_bounded_and_says_so(client: TestClient) -> None:
    near = _get(client, "/subgraph", start="Drone Zone")
    assert {item["id"] for item in near["entities"]} == {"prop:drone-zone", "dept:beis", "strategy:lancashire"}  # type: ignore[attr-defined]
    assert near["truncated"] is False
    assert _get(client, "/subgraph", start="Drone Zone", max_entities=2)["truncated"] is True
    far = _get(client, "/subgraph", start="Drone Zone", hops=2)
    assert "dept:dbt" in {item["id"] for item in far["entities"]}  # type: ignore[attr-defined]
    said = _get(client, "/subgraph", start="Drone Zone", hops=2, register=False)
    assert "dept:dbt" not in {item["id"] for item in said["entities"]}  # type: ignore[attr-defined]


def test_stats_count_named_apart_from_known(client: TestClient) -> None:
    body = _get(client, "/stats")
    assert body["documents"] == 1
    assert (body["entities"]["Department"], body["mentioned"]["Department"]) == (2, 1)  # type: ignore[index]
    assert body["quoted"] == {"ASKS": 1, "PROPOSES": 1}


def test_health_and_readiness(client: TestClient) -> None:
    assert _get(client, "/health")["status"] == "ok"
    assert _get(client, "/readiness")["status"] == "ready"


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/documents/doc:none", 404, "unknown-document"),
        ("/documents/doc:none/passages", 404, "unknown-document"),
        ("/entities/nobody", 404, "unknown-entity"),
        ("/evidence/rel:none", 404, "unknown-relation"),
        ("/entities?type=Nonsense", 400, "misuse"),
        ("/entities/dept:beis/relations?type=NONSENSE", 400, "misuse"),
        ("/subgraph?start=BEIS&relation_type=NONSENSE", 400, "misuse"),
        ("/documents?after=%%%", 400, "bad-cursor"),
        ("/documents?after=MTI", 400, "bad-cursor"),
        ("/documents?limit=0", 422, "bad-parameter"),
        ("/documents?limit=" + "9" * 40, 422, "bad-parameter"),
        ("/documents?limt=3", 422, "bad-parameter"),
        ("/search", 422, "bad-parameter"),
        ("/search?q=" + "x" * 201, 422, "bad-parameter"),
        ("/subgraph?start=BEIS&hops=9", 422, "bad-parameter"),
        ("/entities/" + "x" * 400, 422, "bad-parameter"),
        ("/nothing", 404, "not-found"),
    ],
)
def test_failures_have_one_shape(client: TestClient, path: str, status: int, error: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert set(answer.json()) == {"error", "detail"}
    assert answer.json()["detail"]


def test_unknown_entity_names_near_ones(client: TestClient) -> None:
    assert "BEIS" in client.get("/api/v1/entities/BEISS").json()["detail"]


def test_every_operation_is_described(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description") or parameter["schema"].get("description"), (path, parameter["name"])
            if "health" not in path and "readiness" not in path:
                assert "422" in operation["responses"], path


def test_every_number_in_a_query_is_bounded(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    parameters = [
        (path, parameter)
        for path, operations in schema["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["schema"].get("type") == "integer"
    ]
    assert parameters
    assert [item for item in parameters if not {"minimum", "maximum"} <= set(item[1]["schema"])] == []

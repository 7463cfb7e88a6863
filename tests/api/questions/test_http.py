"""The three questions over HTTP: the whole answer, its evidence, its table, its bounds and its refusals."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.remembered import Remembered

CSV = {"accept": "text/csv"}
QUESTIONS = {
    "compare": {"area": "lancashire"},
    "precedents": {"area": "lancashire"},
    "similar": {"area": "lancashire"},
    "nearest": {"proposition": "Drone Zone"},
    "partners": {"proposition": "Drone Zone"},
    "roles": {"body": "University of Central Lancashire"},
    "hmg-links": {"as_of": "2024"},
    "paths": {"start": "University of Central Lancashire", "end": "HM Government"},
}
Get = Callable[..., Any]


def _citations(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for item in value.values():
            yield from _citations(item)
    elif isinstance(value, list):
        for item in value:
            yield from _citations(item)


def test_a_comparison_has_every_part(get: Get) -> None:
    found = get("compare", area="lancashire", **{"with": "greater-manchester"})
    names = {"areas", "coverage", "matrix", "shared", "distinctive", "missing", "nearest", "precedents", "similar"}
    assert names <= set(found)
    assert [area["label"] for area in found["areas"]] == ["Lancashire", "Greater Manchester"]
    assert found["precedents"]
    assert found["distinctive"]


@pytest.mark.parametrize("path", ["compare", "partners", "hmg-links", "roles", "paths"])
def test_every_quote_stands_in_its_passage_and_every_document_is_named(get: Get, path: str) -> None:
    found = get(path, **QUESTIONS[path])
    cited = list(_citations(found))
    assert cited
    texts: dict[str, str] = {}
    for document in {item["document"] for item in cited}:
        items = get(f"documents/{document}/passages", limit=500)["items"]
        texts |= {item["id"]: item["text"] for item in items}
    assert [item for item in cited if texts[item["passage"]][item["start"] : item["end"]] != item["quote"]] == []
    assert {item["document"] for item in cited} <= {item["id"] for item in found["documents"]}


@pytest.mark.parametrize("path", QUESTIONS)
def test_the_same_question_gives_the_same_bytes(asked: TestClient, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = set()
    for _ in range(2):
        monkeypatch.setattr("api.questions.REMEMBERED", Remembered())
        answers.add(asked.get(f"/api/v1/{path}", params=QUESTIONS[path]).content)
    assert len(answers) == 1


@pytest.mark.parametrize("path", QUESTIONS)
def test_csv_is_the_table_of_the_answer(asked: TestClient, path: str) -> None:
    answer = asked.get(f"/api/v1/{path}", params=QUESTIONS[path], headers=CSV)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["vary"] == "accept"
    heads, *rows = csv.reader(io.StringIO(answer.text))
    assert rows
    assert all(len(row) == len(heads) for row in rows)


def test_the_matrix_as_csv_has_the_counts_of_the_answer(asked: TestClient, get: Get) -> None:
    found = get("compare", area="lancashire")
    answer = asked.get("/api/v1/compare", params={"area": "lancashire"}, headers=CSV)
    rows = list(csv.reader(io.StringIO(answer.text)))[1:]
    across = len(found["matrix"]["columns"])
    assert [row[2 : 2 + across] for row in rows] == [
        ["" if cell["count"] is None else str(cell["count"]) for cell in row["cells"]]
        for row in found["matrix"]["rows"]
    ]


@pytest.mark.parametrize("accept", ["*/*", "application/json, text/csv;q=0.5", "text/html", "text/csv;q=0, */*"])
def test_json_comes_unless_csv_is_wanted_more(asked: TestClient, accept: str) -> None:
    answer = asked.get("/api/v1/similar", params=QUESTIONS["similar"], headers={"accept": accept})
    assert answer.headers["content-type"] == "application/json"


def test_lists_come_part_by_part(get: Get) -> None:
    whole = get("precedents", area="lancashire", limit=500)
    assert whole["next"] is None
    parts, after = [], None
    while True:
        page = get("precedents", area="lancashire", limit=4, **({"after": after} if after else {}))
        parts += page["items"]
        after = page["next"]
        if after is None:
            break
    assert parts == whole["items"]
    assert len(parts) > 4


def test_rows_are_chosen_by_name(get: Get) -> None:
    found = get("compare", area="lancashire", rows="sectors,departments")
    assert {row["kind"] for row in found["matrix"]["rows"]} == {"sector", "department"}


def test_an_area_without_documents_is_no_zero(get: Get) -> None:
    found = get("compare", area="lancashire", **{"with": "west-midlands,greater-manchester"})
    place = found["matrix"]["columns"].index("lis:west-midlands")
    cells = [row["cells"][place] for row in found["matrix"]["rows"]]
    assert {(cell["count"], cell["share"]) for cell in cells} == {(None, None)}
    says = next(item["says"] for item in found["coverage"] if item["area"] == "lis:west-midlands")
    assert "no document" in says.casefold()


def test_only_firm_or_tentative_propositions(get: Get) -> None:
    statuses = {
        certainty: {card["status"] for card in get("compare", area="lancashire", certainty=certainty)["propositions"]}
        for certainty in ("firm", "tentative")
    }
    assert "tentative" not in statuses["firm"]
    assert "firm" not in statuses["tentative"]


def test_partners_say_why(get: Get) -> None:
    found = get("partners", proposition="Drone Zone", **{"in": "lancashire"})
    assert found["candidates"]
    for item in found["candidates"]:
        assert item["reasons"]
        assert abs(sum(part["value"] for part in item["parts"]) - item["score"]) < 0.001
    existing = {item["id"] for item in found["existing"]}
    assert not existing & {item["id"] for item in found["candidates"]}


def test_partners_of_a_kind(get: Get) -> None:
    found = get("partners", proposition="Drone Zone", kind="university", limit=5)
    assert {item["kind"] for item in found["candidates"]} == {"university"}
    assert len(found["candidates"]) <= 5


def test_asks_on_a_department(get: Get) -> None:
    found = get("hmg-links", department="BEIS", as_of="2024-01")
    assert {item["department"]["name"] for item in found["asks"]} == {
        "Department for Business, Energy and Industrial Strategy"
    }
    (holder,) = [item for item in found["holders"] if "Business, Energy" in item["department"]["name"]]
    assert "Department for Business and Trade" in {item["name"] for item in holder["holders"]}


REFUSED = [
    ("compare", {"area": "lancashir"}, 404, "unknown-entity", "Lancashire"),
    ("compare", {"area": "lancashire", "wave": 9}, 422, "bad-parameter", "wave"),
    ("compare", {"area": "lancashire", "rows": "colours"}, 422, "bad-parameter", "sectors"),
    ("compare", {"area": "lancashire", "wave": 1, "published": True}, 422, "bad-parameter", "give one of"),
    ("compare", {"area": "lancashire", "since": "soon"}, 422, "bad-parameter", "since"),
    ("compare", {"area": "lancashire", "colour": "red"}, 422, "bad-parameter", "colour"),
    ("compare", {"area": "x" * 301}, 422, "bad-parameter", "area"),
    ("compare", {}, 422, "bad-parameter", "area"),
    ("compare", {"area": "cumbria"}, 404, "nothing-to-compare", "ingest"),
    ("partners", {"proposition": "Drome Zone"}, 404, "unknown-entity", "Drone Zone"),
    ("partners", {"proposition": "Drone Zone", "limit": 1000}, 422, "bad-parameter", "limit"),
    ("hmg-links", {"department": "Ministry of Silly Walks"}, 404, "unknown-entity", "Ministry"),
    ("hmg-links", {"today": True, "as_of": "2019"}, 422, "bad-parameter", "not both"),
    ("paths", {"start": "Drone Zone", "end": "BEIS", "max_hops": 7}, 422, "bad-parameter", "max_hops"),
    ("precedents", {"area": "lancashire", "after": "nonsense"}, 400, "bad-cursor", "after"),
]


@pytest.mark.parametrize(("path", "params", "status", "error", "words"), REFUSED)
def test_refusals_say_what_would_do(
    asked: TestClient, path: str, params: dict[str, Any], status: int, error: str, words: str
) -> None:
    answer = asked.get(f"/api/v1/{path}", params=params)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert words in answer.json()["detail"]


def test_every_question_is_described_with_examples(asked: TestClient) -> None:
    paths = asked.get("/api/v1/openapi.json").json()["paths"]
    for name in QUESTIONS:
        operation = paths[f"/api/v1/{name}"]["get"]
        content = operation["responses"]["200"]["content"]
        assert "example" in content["application/json"]
        assert "$ref" in content["application/json"]["schema"]
        assert "text/csv" in content
        assert any(item["schema"].get("examples") for item in operation["parameters"])

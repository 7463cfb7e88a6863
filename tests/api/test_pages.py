import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.model import GraphBatch

TAINT = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&</script><!--"
ENTITIES = ["prop:drone-zone", "dept:beis", "strategy:lancashire"]
PAGES = [
    "/", "/docs", "/search?q=drone", "/search?q=nothing-has-this", "/entities", "/entities?type=Department&all=1",
    *(f"/entities/{name}{end}" for name in ENTITIES for end in ("", "/network", "/network?hops=2&register=1")),
    "/documents/{document}", "/documents/{document}?at=4", "/nothing", "/entities/nobody",
]  # fmt: skip


class Page(HTMLParser):
    """What a browser would act on: elements with their attributes, and the text outside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.feed(text)
        self.close()

    VOID = ("meta", "link", "input", "br", "img")
    SHAPES = ("path", "circle", "rect", "line")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)


@pytest.fixture(scope="module")
def tainted(make_store: Callable[..., str], paper: Callable[..., GraphBatch]) -> Iterator[TestClient]:
    settings = Settings(store=make_store(paper(taint=TAINT)))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def _open(client: TestClient, path: str) -> str:
    document = client.get("/api/v1/documents").json()["items"][0]["id"]
    answer = client.get(path.format(document=document))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


@pytest.mark.parametrize("path", PAGES)
def test_text_of_documents_never_becomes_markup(tainted: TestClient, path: str) -> None:
    page = Page(_open(tainted, path))
    for tag, attributes in page.elements:
        assert tag != "img"
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        if tag == "script":
            assert attributes.get("src", "").startswith("/static/") or attributes["type"] == "application/json"  # type: ignore[union-attr]
    assert "<script>alert" not in _open(tainted, path)


def test_search_words_never_become_markup(client: TestClient) -> None:
    page = client.get("/search", params={"q": TAINT}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_nothing_of_other_servers(client: TestClient, path: str) -> None:
    for tag, attributes in Page(_open(client, path)).elements:
        if tag in ("script", "link", "img", "iframe", "form", "object"):
            for name in ("src", "href", "action", "data"):
                assert (attributes.get(name) or "/").startswith(("/", "?")), (tag, attributes)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_well_formed_and_named(client: TestClient, path: str) -> None:
    text = _open(client, path)
    page = Page(text)
    assert (page.unclosed, page.open) == ([], [])
    assert ("html", {"lang": "en-GB"}) in page.elements
    assert len([tag for tag, _ in page.elements if tag == "h1"]) == 1
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    fields = [attributes["id"] for tag, attributes in page.elements if tag == "input"]
    labels = [attributes["for"] for tag, attributes in page.elements if tag == "label"]
    assert sorted(map(str, fields)) == sorted(map(str, labels))


def test_every_link_leads_somewhere(client: TestClient) -> None:
    """Walk from the start page: each address of ours answers 200, and each anchor stands in the page it names."""
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        elements = Page(answer.text).elements
        ids = {attributes.get("id") for _, attributes in elements}
        for tag, attributes in elements:
            target = attributes.get("href")
            if tag != "a" or not target:
                continue
            address, _, anchor = target.partition("#")
            if anchor and not address:
                assert anchor in ids, (path, target)
            waiting.append(path.partition("?")[0] + address if address.startswith("?") else address or path)
    assert any(path.startswith("/documents/") for path in seen)
    assert any(path.endswith("/network?hops=2&register=0") for path in seen)


def test_start_lists_documents_types_and_propositions(client: TestClient) -> None:
    text = _open(client, "/")
    for expected in ("Board paper", "2019-12", "docx", "Drone Zone", "Lancashire strategy", "Departments"):
        assert expected in text


def test_document_marks_names_inside_a_proposition(client: TestClient) -> None:
    text = _open(client, "/documents/{document}")
    assert '<a class="mention t-Department" href="/entities/dept:beis"' in text
    assert '<span class="clause t-Proposition">' in text
    assert 'id="p1"' in text
    assert "2 facts from here" in text


def test_document_shows_tables_as_tables(client: TestClient) -> None:
    text = _open(client, "/documents/{document}")
    table = text[text.index('<table class="cells">') : text.index("</table>")]
    assert table.count("<tr>") == 2
    assert '<th id="p3"' in table
    assert '<td id="p4"' in table


def test_entity_shows_each_relation_with_its_quote(client: TestClient) -> None:
    text = _open(client, "/entities/prop:drone-zone")
    assert "Asks something of" in text
    assert "<mark>The Drone Zone needs BEIS to lift rules.</mark>" in text
    assert re.search(r'<a href="/documents/doc:[0-9a-f]+\?at=1#p1">Board paper, page 2</a>', text)
    assert "rule asks.needs" in text


def test_entity_of_a_register_names_its_source(client: TestClient) -> None:
    text = _open(client, "/entities/dept:beis")
    assert "Succeeded by" in text
    assert "https://example.org/dbt" in text


def test_network_shows_registers_where_documents_say_nothing(client: TestClient) -> None:
    assert "with the registers</strong>" in _open(client, "/entities/dept:dbt/network")
    assert "only what documents say</strong>" in _open(client, "/entities/dept:beis/network")


def test_unknown_entity_answers_with_near_names(client: TestClient) -> None:
    answer = client.get("/entities/BEISS")
    assert answer.status_code == 404
    assert "BEIS" in answer.text


def test_pages_are_the_same_every_time(client: TestClient) -> None:
    for path in PAGES:
        assert _open(client, path) == _open(client, path)

"""The pages of the three questions: without a script, every figure opens its words, and no text of a file is markup."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.model import GraphBatch

TAINT = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&</script><!--"
PAGES = [
    "/compare",
    "/compare?area=lancashire",
    "/compare?area=lancashire&beside=chosen&with=greater-manchester&rows=sectors&certainty=&since=&min_score=",
    "/compare?area=lancashire&row=prog:none&column=lis:none",
    "/partners",
    "/partners?proposition=Drone+Zone&kind=university&near=1",
    "/partners?body=University+of+Central+Lancashire",
    "/hmg",
    "/hmg?department=BEIS&theme=&area=&as_of=2024-01&since=",
    "/hmg?theme=skills&today=1",
]


class Links(HTMLParser):
    """The addresses of a page and what it would run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.running: list[str] = []
        self.fields: set[str] = set()
        self.labels: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.addresses.append(str(found.get("href")))
        if tag == "label" and found.get("for"):
            self.labels.add(str(found["for"]))
        if tag in ("select", "input") and found.get("type", "text") in ("text", "search") and found.get("id"):
            self.fields.add(str(found["id"]))
        bad = [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]
        if (tag == "script" and found.get("type") != "application/json" and "src" not in found) or tag == "img" or bad:
            self.running.append(f"{tag} {attrs}")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_labelled(asked: TestClient, path: str) -> None:
    answer = asked.get(path)
    assert answer.status_code == 200, answer.text[-600:]
    page = Links(answer.text)
    assert page.running == []
    assert page.fields <= page.labels
    assert answer.text.count("<h1>") == 1
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    assert [item for item in page.addresses if item.startswith("#") and item[1:] not in ids] == []


@pytest.mark.parametrize("path", ["/compare?area=lancashire", "/hmg"])
def test_every_figure_opens_as_many_propositions_as_it_says(asked: TestClient, path: str) -> None:
    text = asked.get(path).text
    cells = re.findall(r'<a href="([^"]+#behind)"[^>]*>(\d+)</a>', text)
    assert len(cells) > 20
    for address, count in cells[:: max(len(cells) // 4, 1)]:
        opened = asked.get(address.replace("&amp;", "&")).text
        card = opened.partition('id="behind"')[2].partition("</section>")[0]
        assert card.count("<h3>") == int(count), address
        assert card.count("<blockquote>") >= int(count)


def test_every_citation_leads_to_its_passage(asked: TestClient) -> None:
    text = asked.get("/compare?area=lancashire").text
    found = sorted({item for item in Links(text).addresses if item.startswith("/passages/")})
    assert len(found) > 20
    for address in found[:: len(found) // 5]:
        answer = asked.get(address, follow_redirects=False)
        assert answer.status_code == 303
        place = answer.headers["location"]
        assert f'id="{place.partition("#")[2]}"' in asked.get(place).text


def test_links_between_the_pages_hold(asked: TestClient) -> None:
    for path in ("/compare?area=lancashire", "/partners?proposition=Drone+Zone", "/hmg"):
        seen = sorted({item.partition("#")[0] for item in Links(asked.get(path).text).addresses})
        wanted = [item for item in seen if item.startswith(("/compare", "/partners", "/hmg", "/entities", "/reports"))]
        for address in wanted[:: max(len(wanted) // 5, 1)]:
            assert asked.get(address).status_code == 200, address


def test_the_start_page_leads_to_the_questions(asked: TestClient) -> None:
    addresses = Links(asked.get("/").text).addresses
    assert {"/compare", "/partners", "/hmg"} <= set(addresses)


def test_the_network_of_departments_has_a_table_and_a_still_picture(asked: TestClient) -> None:
    text = asked.get("/hmg").text
    part = text.partition('id="together"')[2]
    assert '<svg class="still"' in part
    assert "<table" in part
    assert 'id="network-data"' in part


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/compare?area=lancashir", 404, "/compare?area=Lancashire+LIS"),
        ("/compare?area=cumbria", 404, "ingest"),
        ("/compare?area=lancashire&beside=chosen", 400, "tick"),
        ("/partners?proposition=nothing+like+it", 404, "nothing like it"),
        ("/hmg?since=soon", 422, "since"),
        ("/passages/nowhere", 404, "no passage"),
        ("/reports/compare.pdf?area=lancashire", 400, "docx"),
        ("/reports/compare.docx", 400, "area"),
        ("/reports/compare.docx?area=lancashire&colour=red", 400, "colour"),
    ],
)
def test_what_cannot_be_answered_says_why(asked: TestClient, path: str, status: int, words: str) -> None:
    answer = asked.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_what_could_have_been_meant_is_a_link_that_asks_again(asked: TestClient) -> None:
    answer = asked.get("/partners?proposition=Drome+Zone&kind=university&since=")
    assert answer.status_code == 404
    assert 'href="/partners?proposition=Drone+Zone&amp;kind=university"' in answer.text
    assert asked.get("/partners?proposition=Drone+Zone&kind=university").status_code == 200


@pytest.mark.parametrize("ending", ["docx", "html", "md", "xlsx"])
def test_reports_are_files_to_keep(asked: TestClient, ending: str) -> None:
    answer = asked.get(f"/reports/compare.{ending}?area=lancashire&with=greater-manchester")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="compare.{ending}"'
    assert len(answer.content) > 5000


@pytest.fixture(scope="module")
def tainted(make_store: Callable[..., str], paper: Callable[..., GraphBatch]) -> Iterator[TestClient]:
    settings = Settings(store=make_store(paper(taint=TAINT)))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/compare?area=strategy:lancashire",
        "/compare",
        "/partners",
        "/partners?proposition=prop:drone-zone",
        "/partners?body=dept:beis",
        "/hmg",
        "/hmg?row=asked&column=dept:beis",
        "/reports/compare.html?area=strategy:lancashire",
        "/reports/hmg.html",
        f"/compare?area={TAINT}",
        f"/partners?body={TAINT}",
        f"/hmg?theme={TAINT}",
    ],
)
def test_text_of_files_and_addresses_is_never_markup(tainted: TestClient, path: str) -> None:
    answer = tainted.get(path)
    assert answer.status_code in (200, 404), answer.text[-400:]
    assert Links(answer.text).running == []
    assert "<script>alert" not in answer.text


def test_the_taint_is_shown_as_text(tainted: TestClient) -> None:
    for path in ("/compare?area=strategy:lancashire", "/partners?proposition=prop:drone-zone", "/hmg"):
        assert "&lt;script&gt;alert" in tainted.get(path).text, path

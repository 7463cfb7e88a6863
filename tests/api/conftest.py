"""A store with one small board paper and a register, and the ways in to it."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.ids import make_document_id, make_id
from graph.model import Cell, Document, Entity, Evidence, GraphBatch, Mention, Passage, PassageKind, Relation
from graph.stores import open_store

ADDRESS = "http://127.0.0.1"


@pytest.fixture(autouse=True, scope="session")
def plain_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(f"STRATEGY_GRAPH_{name.upper()}", raising=False)
        yield


def make_paper(*, taint: str = "") -> GraphBatch:
    """Return a board paper that asks BEIS for a drone zone; `taint` stands in every text that a file can bring."""
    document_id = make_document_id(f"paper{taint}".encode())

    def passage(ordinal: int, text: str, kind: PassageKind, **more: object) -> Passage:
        place = {"page": 2, "path": (f"Asks{taint}",), **more}
        return Passage(make_id("passage", document_id, ordinal), document_id, ordinal, text + taint, kind, **place)  # type: ignore[arg-type]

    passages = (
        passage(0, "Asks of Government", PassageKind.HEADING, level=1),
        passage(1, "The Drone Zone needs BEIS to lift rules.", PassageKind.PARAGRAPH),
        passage(2, "a test bed at Warton", PassageKind.ITEM, level=1, label=f"1.{taint}"),
        passage(3, "Proposition", PassageKind.CELL, cell=Cell(1, 1, 1, is_header=True)),
        passage(4, "Drone Zone", PassageKind.CELL, cell=Cell(1, 2, 1, header=f"Proposition{taint}")),
    )
    said = passages[1]
    strategy = Entity("strategy:lancashire", "Strategy", f"Lancashire strategy{taint}")
    zone = Entity("prop:drone-zone", "Proposition", f"Drone Zone{taint}", properties={"what": f"Fly drones{taint}"})
    beis = Entity("dept:beis", "Department", "BEIS", register=True, properties={"aliases": ("Business department",)})
    whole = Evidence(said.id, 0, len(said.text), said.text, f"asks.needs{taint}", 0.9)
    relations = (
        Relation("rel:ask", "ASKS", zone.id, beis.id, {"words": f"lift rules{taint}"}, (whole,)),
        Relation("rel:proposes", "PROPOSES", strategy.id, zone.id, {}, (whole,)),
    )
    mentions = (
        Mention(zone.id, said.id, 0, len(said.text), said.text, "clause"),
        Mention(beis.id, said.id, 21, 25, "BEIS", "register"),
        Mention(zone.id, passages[4].id, 0, 10, "Drone Zone", "cell"),
    )
    document = Document(
        document_id, f"Board paper{taint}", f"papers/board{taint}.docx", "0" * 64, "docx", published="2019-12",
        genre=f"board paper{taint}", describes=strategy.id,
    )  # fmt: skip
    return GraphBatch(document, passages, (strategy, zone, beis), mentions, relations)


def make_register() -> GraphBatch:
    """Return a register that knows two departments, one of which followed the other."""
    beis = Entity("dept:beis", "Department", "BEIS", register=True, properties={"aliases": ("Business department",)})
    dbt = Entity("dept:dbt", "Department", "DBT", register=True)
    link = Relation(
        "rel:next", "SUCCEEDED_BY", beis.id, dbt.id, {"date": "2023-02-07"}, (), ("https://example.org/dbt",)
    )
    document = Document("doc:registers", "Registers", "registers", "1" * 64, "registers", kind="register")
    return GraphBatch(document, entities=(beis, dbt), relations=(link,))


@pytest.fixture(scope="session")
def paper() -> Callable[..., GraphBatch]:
    return make_paper


@pytest.fixture(scope="session")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Return a function that loads batches into a new store and gives its address."""

    def make(*batches: GraphBatch) -> str:
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'graph.db'}"
        store = open_store(url)
        for batch in batches:
            with store.writer() as writer:
                writer.put(batch)
        store.close()
        return url

    return make


@pytest.fixture(scope="session")
def store_url(make_store: Callable[..., str]) -> str:
    return make_store(make_paper(), make_register())


@pytest.fixture(scope="session")
def client(store_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=store_url)), base_url=ADDRESS) as client:
        yield client

"""The bundled documents on both stores: the same bytes out, and the questions of the documentation find something."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.check import check_store
from graph.export import ExportFormat, iter_export
from graph.stores import open_store
from graph.stores.base import Store, View
from graph.stores.neo4j import Neo4jStore

pytestmark = pytest.mark.neo4j
ROOT = Path(__file__).parents[2]
QUESTIONS = re.findall(
    r"^## (.+?)\n(.+?)```cypher\n(.+?)```",
    (ROOT / "docs" / "cypher-questions.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture(scope="module")
def stores(
    neo4j_server: Any, wipe: Callable[[Any], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Neo4jStore]]:
    """The bundled documents in an embedded store, and copied from there to the server."""
    wipe(neo4j_server)
    url = f"sqlite:///{tmp_path_factory.mktemp('corpus') / 'corpus.db'}"
    password = {"STRATEGY_GRAPH_NEO4J_PASSWORD": neo4j_server.login.password}
    for arguments in (["demo", "--no-serve", "--store", url], ["copy", "--from", url, "--to", neo4j_server.url]):
        done = CliRunner().invoke(app, arguments, env=password)
        assert done.exit_code == 0, done.output
    with open_store(url, read_only=True) as one, neo4j_server.open(read_only=True) as other:
        yield one, other


@pytest.mark.parametrize("name", [name for name in ExportFormat if name is not ExportFormat.CSV])
def test_exports_have_the_same_bytes(stores: tuple[Store, Store], name: ExportFormat) -> None:
    one, other = stores
    with one.view() as here, other.view() as there:
        assert "".join(iter_export(there, name)) == "".join(iter_export(here, name))


def ask(view: View, sample: list[str], names: list[str]) -> Iterator[object]:
    """Yield the answers to questions about some entities and the whole graph."""
    yield view.version(), view.counts(), view.pair_counts(), view.dropped(), view.unsure()
    yield view.property_counts("Proposition", "status"), view.property_counts("Institution", "kind")
    yield view.entities(mentioned=True, limit=2000), view.mention_counts(sample)
    yield [view.relations(entity_id, limit=50) for entity_id in sample]
    yield [view.mentions(entity_id, limit=20) for entity_id in sample]
    yield [view.subgraph([entity_id], max_hops=2, register=False, max_entities=60) for entity_id in sample]
    yield [view.subgraph([entity_id], max_hops=3, max_entities=30, max_relations=40) for entity_id in sample[:10]]
    yield [view.find_entities(name) for name in names], [view.near_names(name[:-1]) for name in names[:20]]
    for query in ["drone", "skills", "5g", "local industrial strategy", "manchester", *names[:20]]:
        hits = view.search(query, limit=500)
        yield query, sorted((hit.kind, hit.id, hit.title, hit.snippet, hit.document_id or "") for hit in hits)


def test_every_question_has_the_same_answer(stores: tuple[Store, Store]) -> None:
    one, other = stores
    with one.view() as here, other.view() as there:
        entities = here.entities(mentioned=True, limit=2000)[::9]
        sample, names = [entity.id for entity in entities], [entity.name for entity in entities]
        for expected, found in zip(ask(here, sample, names), ask(there, sample, names), strict=True):
            assert found == expected


def test_copied_corpus_passes_the_check(stores: tuple[Store, Store]) -> None:
    with stores[1].view() as view:
        assert check_store(view).problems == ()


def test_there_are_twelve_questions() -> None:
    assert len(QUESTIONS) == 12


PARAMETERS = {
    "strategy": "lis:lancashire",
    "proposition": "",  # one with a sector and partners elsewhere, found below
    "one": "lis:lancashire",
    "other": "lis:greater-manchester",
    "entity": "lis:lancashire",
}
FIND_PROPOSITION = """
MATCH (p:Proposition)-[:IN_SECTOR]->()<-[:IN_SECTOR]-(q:Proposition)<-[:PARTNERS_IN]-(body:Institution)
WHERE p <> q AND NOT (body)-[:PARTNERS_IN]->(p) RETURN p.id ORDER BY p.id LIMIT 1"""


@pytest.mark.parametrize(("title", "says", "text"), QUESTIONS, ids=[title for title, *_ in QUESTIONS])
def test_question_finds_something(stores: tuple[Store, Neo4jStore], title: str, says: str, text: str) -> None:
    server = stores[1]
    ((proposition,),) = server.query(FIND_PROPOSITION, {}, max_rows=1, timeout_s=10).rows
    values = {**PARAMETERS, "proposition": proposition}
    found = server.query(text, values, max_rows=1000, timeout_s=10)
    assert found.rows, title
    assert "?" in says
    returned = text[text.rindex("RETURN") :]
    assert [column for column in found.columns if column not in returned] == []
    assert not found.truncated

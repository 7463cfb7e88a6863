"""The same generated documents written to Neo4j by this store and by the writers of other projects, in one run.

Needs an environment of its own, since the peers are no dependencies of ours, and a server with APOC, which they call:
    python -m venv peers && peers/bin/pip install langchain-neo4j neo4j-graphrag
    KG_TEST_NEO4J_URI=... PYTHONPATH=. peers/bin/python -m bench.neo4j_peers [DOCUMENTS] --keep figures.json

Each writer gets the nodes and relations of a document as its own types, made before the clock starts: passages and
entities; `HAS_PASSAGE`, `MENTIONS` and relations with their quote. This store writes claims and look-up names besides,
and full-text indexes; the peers write no such thing. The database is wiped for each.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata, util
from pathlib import Path

from langchain_core.documents import Document as LangchainDocument
from langchain_neo4j import Neo4jGraph
from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship
from neo4j import Driver, GraphDatabase
from neo4j_graphrag.components import kg_writer
from neo4j_graphrag.components import types as peer

from bench.neo4j_figures import keep, show
from bench.neo4j_load import server, wipe
from bench.store import make_document
from graph.model import GraphBatch
from graph.stores import open_store
from graph.stores.base import Login

Edge = tuple[str, str, str, dict[str, object]]  # type, source, target, properties


def nodes_of(batch: GraphBatch) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield label, id and properties of every node of a document."""
    yield "Source", batch.document.id, {"title": batch.document.title, "source": batch.document.source}
    for passage in batch.passages:
        yield "Passage", passage.id, {"text": passage.text, "ordinal": passage.ordinal, "path": list(passage.path)}
    for entity in batch.entities:
        yield entity.type, entity.id, {"name": entity.name, "register": entity.register}


def edges_of(batch: GraphBatch) -> Iterator[Edge]:
    """Yield every edge of a document."""
    for passage in batch.passages:
        yield "HAS_PASSAGE", batch.document.id, passage.id, {}
    for n, item in enumerate(batch.mentions):
        values: dict[str, object] = {"n": n, "start": item.start, "end": item.end, "text": item.text, "rule": item.rule}
        yield "MENTIONS", item.passage_id, item.entity_id, values
    for relation in batch.relations:
        quote = relation.evidence[0]
        values = {"id": relation.id, "quote": quote.quote, "passage": quote.passage_id, "start": quote.start}
        yield relation.type, relation.source_id, relation.target_id, values


def to_langchain(batch: GraphBatch) -> GraphDocument:
    """Return a document as langchain-neo4j takes it."""
    nodes = {key: Node(id=key, type=label, properties=values) for label, key, values in nodes_of(batch)}
    edges = [Relationship(source=nodes[a], target=nodes[b], type=t, properties=v) for t, a, b, v in edges_of(batch)]
    source = LangchainDocument(page_content=batch.document.title, metadata={"id": batch.document.id})
    return GraphDocument(nodes=list(nodes.values()), relationships=edges, source=source)


def to_graphrag(batch: GraphBatch) -> peer.Neo4jGraph:
    """Return a document as neo4j-graphrag takes it."""
    nodes = [peer.Neo4jNode(id=key, label=label, properties=values) for label, key, values in nodes_of(batch)]
    edges = [
        peer.Neo4jRelationship(start_node_id=a, end_node_id=b, type=t, properties=v) for t, a, b, v in edges_of(batch)
    ]
    return peer.Neo4jGraph(nodes=nodes, relationships=edges)


def clear(driver: Driver) -> None:
    """Empty the database of what any writer left."""
    with driver.session(database="neo4j") as session:
        wipe(session)
        session.run(
            """MATCH (n) WHERE NOT n:StrategyGraphTestMarker AND NOT n:StrategyGraph
               CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"""
        ).consume()


def timed(write: Callable[[int], object], items: Iterable[int], *, warm: int) -> float:
    """Return the seconds that the items after the first `warm` took."""
    start = time.perf_counter()
    for n in items:
        if n == warm:
            start = time.perf_counter()
        write(n)
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=20)
    parser.add_argument("--warm", type=int, default=5, help="documents before the clock starts")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--slow", action="store_true", help="also without an index, as langchain-neo4j does by default")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where figures are kept between runs")
    options = parser.parse_args()
    url, password = server()
    rng = random.Random(7)
    batches = [make_document(n, rng) for n in range(options.documents + options.warm)]
    relations = sum(len(batch.relations) for batch in batches[options.warm :])
    with GraphDatabase.driver(url, auth=("neo4j", password)) as driver:
        found: dict[str, float] = {}

        def run(name: str, write: Callable[[int], object]) -> None:
            clear(driver)
            seconds = timed(write, range(len(batches)), warm=options.warm)
            found[name] = min(seconds, found.get(name, seconds))

        graph = Neo4jGraph(url, "neo4j", password, refresh_schema=False)
        writer = kg_writer.Neo4jWriter(driver, "neo4j")
        items, graphs = [to_langchain(batch) for batch in batches], [to_graphrag(batch) for batch in batches]
        with open_store(url, login=Login(password=password)) as store:

            def ours(n: int) -> None:
                with store.writer() as open_writer:
                    open_writer.put(batches[n])

            def langchain(n: int, *, base: bool = True) -> None:
                graph.add_graph_documents([items[n]], False, base)

            for _ in range(options.rounds):  # in turns, since the machine does other things too; the best counts
                run("this store", ours)
                run(f"langchain-neo4j {metadata.version('langchain-neo4j')}, base label", langchain)
                run(
                    f"neo4j-graphrag {metadata.version('neo4j-graphrag')}",
                    lambda n: asyncio.run(writer.run(graph=graphs[n])),
                )
            if options.slow:
                run("langchain-neo4j without its base label (its default)", lambda n: langchain(n, base=False))
        graph.close()
        clear(driver)
    rates = {name: relations / seconds for name, seconds in found.items()}
    rust = ", all with neo4j-rust-ext" if util.find_spec("neo4j._rust") else ""
    what = f"{options.documents} documents after {options.warm}{rust}"
    print(show(keep(options.keep, "peers", {what: rates})))


if __name__ == "__main__":
    main()

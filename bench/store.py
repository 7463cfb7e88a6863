"""Load a generated graph into a store and time every question: `python bench/store.py [RELATIONS ...] [--store URL]`.

Documents of 100 relations, 150 passages and 400 mentions; half of the ends are drawn from 300 bodies, the first few far
more often than the rest, as in real papers.
"""

import argparse
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from graph.export import ExportFormat, export_to_path
from graph.ids import make_id
from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from graph.stores import open_store
from graph.stores.base import Store, View

WORDS = [make_id("w", n)[2:10] for n in range(8_000)]
BODIES = [Entity(f"department:{n}", "Department", f"Department of {WORDS[n]}", True) for n in range(300)]
PLACES = [
    Entity(f"place:{n}", "Place", f"{WORDS[n % 8000]} {n}", True, {"aliases": (f"P{n}",), "region": WORDS[n % 9]})
    for n in range(8_700)
]  # fmt: skip


def make_document(n: int, rng: random.Random) -> GraphBatch:
    """Return document `n`: 100 asks of its own propositions to departments."""
    document = Document(f"doc:{n:020}", f"Document {n}", f"{n}.txt", f"{n:064}", "text")
    passages = tuple(
        Passage(make_id("passage", n, i), document.id, i, " ".join(rng.choices(WORDS, k=35)), path=("A", "B"))
        for i in range(150)
    )
    own = [Entity(make_id("proposition", n, i), "Proposition", " ".join(rng.choices(WORDS, k=4))) for i in range(40)]
    mentions, relations = [], dict[str, Relation]()
    for _ in range(400):
        entity, passage = rng.choice(own), rng.choice(passages)
        mentions.append(Mention(entity.id, passage.id, 0, 8, passage.text[:8], "bench", 0.9))
    used: dict[str, Entity] = {}
    while len(relations) < 100:
        source, target = rng.choice(own), BODIES[int(300 * rng.random() ** 3)]
        passage = rng.choice(passages)
        used[target.id] = target
        mentions.append(Mention(target.id, passage.id, 9, 17, passage.text[9:17], "bench"))
        relation_id = make_id("relation", "ASKS", source.id, target.id)
        evidence = (Evidence(passage.id, 0, 80, passage.text[:80], "bench", 0.9),)
        relations[relation_id] = Relation(relation_id, "ASKS", source.id, target.id, {}, evidence)
    entities = (*own, *used.values())
    return GraphBatch(document, passages, entities, tuple(mentions), tuple(relations.values()))


def make_register(rng: random.Random) -> GraphBatch:
    """Return a reference layer of 9,000 entities and 15,000 relations."""
    ends = [(rng.choice(PLACES).id, rng.choice(PLACES).id) for _ in range(15_000)]
    relations = tuple(
        Relation(make_id("relation", i), "PART_OF", source, target, sources=("x",))
        for i, (source, target) in enumerate(ends)
    )
    document = Document("doc:register", "Registers", "registers", "0" * 64, "register", kind="register")
    return GraphBatch(document, entities=(*BODIES, *PLACES), relations=relations)


def load(store: Store, batches: Iterator[GraphBatch]) -> list[float]:
    """Put batches one a transaction; return the seconds of each."""
    seconds = []
    for batch in batches:
        start = time.perf_counter()
        with store.writer() as writer:
            writer.put(batch)
        seconds.append(time.perf_counter() - start)
    return seconds


def questions(view: View) -> dict[str, Callable[[], object]]:
    """Return every question of the contract, at its default bounds."""
    first, words = view.documents()[0].id, f"{WORDS[1]} {WORDS[2]}"
    asks = view.relations("department:150")
    return {
        "version": view.version, "counts": view.counts, "pair_counts": view.pair_counts,
        "property_counts": lambda: view.property_counts("Place", "region"),
        "documents": view.documents, "get_document": lambda: view.get_document(first),
        "document_batch": lambda: view.document_batch(first), "passages": lambda: view.passages(first),
        "get_passages (20)": lambda: view.get_passages([make_id("passage", 0, i) for i in range(20)]),
        "entities (1000)": view.entities, "entities of a type, mentioned": lambda: view.entities(
            entity_type="Department", mentioned=True),
        "get_entity": lambda: view.get_entity("place:77"), "find_entities": lambda: view.find_entities("the p77"),
        "near_names": lambda: view.near_names("Departmant of " + WORDS[9]),
        "mentions of a hub": lambda: view.mentions("department:0"),
        "mention_counts (300)": lambda: view.mention_counts([body.id for body in BODIES]),
        "relations of a hub (1000)": lambda: view.relations("department:0"),
        "relations of a department": lambda: view.relations("department:150"),
        "get_relation": lambda: view.get_relation(asks[0].id),
        "search one word": lambda: view.search(WORDS[5]), "search two words": lambda: view.search(words),
        "search every department": lambda: view.search("department", kinds=["entity"]),
        "subgraph 1 hop": lambda: view.subgraph(["department:150"]),
        "subgraph 2 hops": lambda: view.subgraph(["department:150"], max_hops=2),
        "subgraph 2 hops of a hub": lambda: view.subgraph(["department:0"], max_hops=2, register=False),
        "dropped": view.dropped, "unsure": view.unsure,
        "all entities": lambda: sum(1 for _ in view.iter_entities()),
        "all relations": lambda: sum(1 for _ in view.iter_relations()),
    }  # fmt: skip


def run(url: str, relations: int) -> None:
    """Load and ask, and print a table."""
    store, rng = open_store(url), random.Random(7)
    (register_s,) = load(store, iter([make_register(rng)]))
    loads = load(store, (make_document(n, rng) for n in range(relations // 100)))
    print(
        f"\n{relations:,} relations; registers {register_s:.2f} s; a document {1000 * statistics.median(loads):.1f} ms"
    )
    print(f"first tenth {sum(loads[: len(loads) // 10]):.2f} s, last tenth {sum(loads[-(len(loads) // 10) :]):.2f} s")
    with store.view() as view:
        for name, ask in questions(view).items():
            times = []
            for _ in range(5 if "all" in name else 20):
                start = time.perf_counter()
                ask()
                times.append(1000 * (time.perf_counter() - start))
            print(f"{name:32} median {statistics.median(times):9.2f} ms   worst {max(times):9.2f} ms")
        with tempfile.TemporaryDirectory() as folder:
            for name in ExportFormat:
                start = time.perf_counter()
                export_to_path(view, name, Path(folder) / name)
                print(f"export {name:25} {time.perf_counter() - start:16.2f} s")
    store.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("relations", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--store", default="sqlite:///:memory:", help="an empty store for each run")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}")
    for size in options.relations:
        run(options.store, size)

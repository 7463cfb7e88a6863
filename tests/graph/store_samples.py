"""What tests of stores share: loading, the whole state to compare, and documents by number for processes to write."""

from collections.abc import Callable, Iterable

from graph.export.jsonl import iter_jsonl
from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from graph.stores.base import Store, WriteOutcome

Make = Callable[..., GraphBatch]
MakeEntity = Callable[..., Entity]


def load(store: Store, *batches: GraphBatch) -> list[WriteOutcome]:
    outcomes = []
    for batch in batches:
        with store.writer() as writer:
            outcomes.append(writer.put(batch))
    return outcomes


def state(store: Store) -> tuple[object, ...]:
    """Return all that a store shows of itself."""
    with store.view() as view:
        graph = (tuple(view.iter_entities()), tuple(view.iter_relations()))
        return view.version(), view.counts(), *graph, "".join(iter_jsonl(view)), view.pair_counts()


def ids(items: Iterable[Entity | Relation | Document | Passage]) -> list[str]:
    return [item.id for item in items]


def make_numbered(n: int, passages: int) -> GraphBatch:
    """Return document ``doc:00000n``, with a mention and a piece of evidence in each of its ``passages``."""
    document = Document(f"doc:{n:06}", f"Document {n}", "x", "0", "text")
    text = f"Proposition {n} asks the department"
    read = tuple(Passage(f"passage:{n}-{i}", document.id, i, text) for i in range(passages))
    entities = (Entity(f"proposition:{n}", "Proposition", text), Entity("department:x", "Department", "The department"))
    mentions = tuple(Mention("department:x", passage.id, 0, 11, text[:11], "test") for passage in read)
    evidence = tuple(Evidence(passage.id, 0, len(text), text, "test") for passage in read)
    relation = Relation(f"relation:{n}", "ASKS", f"proposition:{n}", "department:x", {}, evidence)
    return GraphBatch(document, read, entities, mentions, (relation,))

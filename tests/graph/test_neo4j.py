"""What the server store promises beyond the contract: plans by index, honest failures, what a browser of it sees."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from graph.check import check_store
from graph.errors import StoreError, StoreUnavailable
from graph.model import Entity, GraphBatch
from graph.ontology import load_ontology
from graph.stores import open_store
from graph.stores.base import Login, Store
from graph.stores.neo4j import Neo4jStore, _parse_version
from graph.stores.neo4j_rows import join_words, split_words, to_key
from graph.stores.neo4j_schema import MIGRATIONS, OWN_TYPES

Make = Callable[..., GraphBatch]


@pytest.fixture
def store(neo4j: Any) -> Iterator[Neo4jStore]:
    with neo4j.open() as opened:
        yield opened


def load(store: Store, *batches: GraphBatch) -> None:
    for batch in batches:
        with store.writer() as writer:
            writer.put(batch)


# Addresses


@pytest.mark.parametrize("url", ["bolt://user:s3cret@host:7687", "neo4j+s://s3cret@host"])
def test_login_in_the_address_is_refused_unshown(url: str) -> None:
    with pytest.raises(StoreError, match="STRATEGY_GRAPH_NEO4J_PASSWORD") as caught:
        open_store(url)
    assert "s3cret" not in str(caught.value)


def test_password_shows_nowhere() -> None:
    login = Login("me", "s3cret")
    assert "s3cret" not in repr(login)
    with open_store("bolt://127.0.0.1:9", login=login, patience_s=0.5) as store:
        assert "s3cret" not in f"{store.url}{store!r}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5.26.12", (5, 26)), ("2025.10.1", (2025, 10)), ("5.27-aura", (5, 27)), ("4.4.9", (4, 4)), ("5", (5,))],
)
def test_versions_are_read(text: str, expected: tuple[int, ...]) -> None:
    assert _parse_version(text) == expected


# Rows


def test_long_ids_have_short_keys_that_differ() -> None:
    one, two = "x" * 10_000 + "1", "x" * 10_000 + "2"
    assert to_key("place:a") == "place:a"
    assert to_key(one) != to_key(two)
    assert len(to_key(one)) < 400


@pytest.mark.parametrize(
    ("text", "words"),
    [("Café, O’Brien & x_y", ["cafe", "o", "brien", "x", "y"]), ("e\u0301 É", ["e", "e"]), ("£5m!", ["5m"]), ("—", [])],
)
def test_words_are_those_of_the_embedded_store(text: str, words: list[str]) -> None:
    assert split_words(text) == words
    assert join_words(text) == f" {' '.join(words)} "


def test_own_names_are_not_those_of_the_ontology() -> None:
    assert not set(OWN_TYPES) & load_ontology().relations.keys()


# What people who browse see


@pytest.mark.neo4j
def test_nodes_and_relations_are_readable(store: Neo4jStore, neo4j: Any, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    ((labels, name, what),) = neo4j.run("MATCH (e:Proposition) RETURN labels(e), e.name, e.what")
    assert (sorted(labels), name, what) == (["Entity", "Proposition"], "Aerospace Skills Hub", "A hub")
    rows = neo4j.run("MATCH (:Proposition)-[r:ASKS]->(d:Department) RETURN r.words, r.amount, r.quotes, d.id")
    assert rows == [["will ask BEIS for £5m", 5_000_000, ["will ask BEIS for £5m"], "department:beis"]]
    neo4j.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    ((found,),) = neo4j.run("CALL db.index.fulltext.queryNodes('passage_text', 'aerospace') YIELD node RETURN node.id")
    assert found == "passage:l1"


@pytest.mark.neo4j
def test_type_of_an_entity_changes_its_label(store: Neo4jStore, neo4j: Any, batch: Make) -> None:
    load(store, batch("a", [], (Entity("x:1", "Place", "One"),), id="doc:a"))
    load(store, batch("a", [], (Entity("x:1", "Sector", "One"),), id="doc:a"))
    assert neo4j.run("MATCH (e:Entity) RETURN labels(e)") == [[["Entity", "Sector"]]]


@pytest.mark.neo4j
def test_migrations_are_recorded_and_indexes_online(store: Neo4jStore, neo4j: Any) -> None:
    with store.view() as view:
        assert view.engine_problems() == ()
    assert neo4j.run("MATCH (s:StrategyGraph) RETURN s.migrations") == [[[name for name, _ in MIGRATIONS]]]
    names = {name for (name,) in neo4j.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'e' RETURN name")}
    assert {"entity_id", "entity_type", "entity_text"} <= names


@pytest.mark.neo4j
def test_damage_is_found_by_the_check(store: Neo4jStore, neo4j: Any, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    neo4j.run("MATCH (e:Entity {id: 'place:lancashire'})<-[n:NAMES]-() DELETE n")
    neo4j.run("MATCH ()-[r:ASKS]->() DELETE r")
    with store.view() as view:
        problems = check_store(view).problems
    assert "1 look-up names belong to no entity" in problems
    assert "1 entities have no look-up name" in problems
    assert "relation 'relation:ask' is missing from the graph" in problems


# Answers on the whole store


@pytest.mark.neo4j
def test_answers_on_the_whole_store_are_worked_out_once_a_state(
    store: Neo4jStore, neo4j: Any, lancashire: GraphBatch, batch: Make
) -> None:
    def ask() -> tuple[object, ...]:
        with store.view() as view:
            return view.version(), view.counts(), view.pair_counts()

    load(store, lancashire)
    first = ask()
    neo4j.run("MATCH (p:Passage) DETACH DELETE p")  # by hand, which no stamp tells
    assert ask() == first
    load(store, batch("a", [("ASKS", "proposition:a", "department:x")]))
    assert [old == new for old, new in zip(first, ask(), strict=True)] == [False, False, False]


@pytest.mark.neo4j
def test_near_names_of_an_older_store_are_found_once_migrated(
    store: Neo4jStore, neo4j: Any, lancashire: GraphBatch, entity: Callable[..., Entity], batch: Make
) -> None:
    odd = (entity("place:x", name="Zürich 😀 & Söhne"), entity("place:y", name="??!"))
    load(store, lancashire, batch("a", [], odd))
    texts = {folded: set(pairs.split()) for folded, pairs in neo4j.run("MATCH (n:Name) RETURN n.folded, n.pairs")}
    neo4j.run("MATCH (n:Name) REMOVE n.pairs")
    neo4j.run("MATCH (s:StrategyGraph) SET s.migrations = ['0001-first']")
    with neo4j.open() as opened, opened.view() as view:
        assert view.near_names("Lancashir") == ("Lancashire",)
        assert view.near_names("?!") == ("??!",)
    again = {folded: set(pairs.split()) for folded, pairs in neo4j.run("MATCH (n:Name) RETURN n.folded, n.pairs")}
    assert again == texts


# Plans


def ask_everything(view: Any, batch: GraphBatch) -> None:
    """Ask every question of the contract."""
    view.version(), view.counts(), view.pair_counts(), view.engine_problems()
    view.property_counts("Proposition", "what"), view.property_counts("Proposition", "odd key")
    view.documents(), view.documents(kind=None, after="doc:a"), view.get_document(batch.document.id)
    view.document_batch(batch.document.id), view.passages(batch.document.id)
    view.get_passages([passage.id for passage in batch.passages])
    view.entities(), view.entities(entity_type="Place", mentioned=True, after="a"), view.get_entity("place:x")
    view.find_entities("Lancashire"), view.near_names("Lancashir"), view.mentions("place:lancashire")
    view.mention_counts(["place:lancashire"]), view.relations("proposition:hub")
    view.relations("proposition:hub", relation_types=["ASKS"]), view.get_relation("relation:ask")
    view.search("lancashire"), view.search("hub", entity_type="Proposition")
    view.subgraph(["proposition:hub"], max_hops=2, entity_types=["Place"], register=False)
    view.dropped(), view.unsure(), list(view.iter_entities()), list(view.iter_relations())


BAD_STEPS = ("AllNodesScan", "CartesianProduct")
SCANS = ("NodeByLabelScan", "DirectedUnionRelationshipTypesScan", "UndirectedUnionRelationshipTypesScan")
# Statements that count or check the whole store, or a type of its relations; all others go by an index.
WHOLE = re.compile(r"count\(|DISTINCT type\(r\)|NOT \(|StrategyGraph\)|e\.documents <>")


def steps(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].split("@")[0]
    for child in plan.get("children", []):
        yield from steps(child)


@pytest.mark.neo4j
def test_every_statement_goes_by_an_index(
    store: Neo4jStore, neo4j: Any, lancashire: GraphBatch, batch: Make, register: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from neo4j import ManagedTransaction, Transaction

    seen: dict[str, Any] = {}

    def spy(kind: Any) -> None:
        plain = kind.run

        def run(self: Any, text: str, parameters: Any = None, **values: Any) -> Any:
            seen.setdefault(text, {**(parameters or {}), **values})
            return plain(self, text, parameters, **values)

        monkeypatch.setattr(kind, "run", run)

    spy(ManagedTransaction)
    spy(Transaction)
    more = batch("m", [("ASKS", "proposition:hub", "department:beis"), ("ASKS", "proposition:own", "department:x")])
    load(store, lancashire, register([("PART_OF", "place:lancashire", "place:england")]), more)
    load(store, replace(more, document=replace(more.document, title="Again")))
    load(store, replace(lancashire, document=replace(lancashire.document, title="Again")))
    with store.view() as view:
        ask_everything(view, lancashire)
    with store.writer() as writer:
        writer.remove(more.document.id)
    monkeypatch.undo()
    assert len(seen) > 40
    bad = []
    for text, values in seen.items():
        if text.startswith(("SHOW", "CALL dbms")):
            continue
        (plan,) = neo4j.explain(text, values)
        found = list(steps(plan))
        allowed = SCANS if WHOLE.search(text) else ()
        bad += [(step, text) for step in found if step in BAD_STEPS or (step in SCANS and step not in allowed)]
    assert bad == [], "\n".join(f"{step}: {text}" for step, text in bad)


# Failures


def test_server_that_is_away_is_told_soon_with_the_remedy() -> None:
    with (
        open_store("bolt://127.0.0.1:9", login=Login("neo4j", "s3cret"), patience_s=1.0) as store,
        pytest.raises(StoreUnavailable, match="start the server") as caught,
        store.view(),
    ):
        pass
    assert "s3cret" not in str(caught.value)


@pytest.mark.neo4j
def test_wrong_password_names_the_settings(neo4j: Any) -> None:
    with (
        open_store(neo4j.url, login=Login("neo4j", "wrong"), patience_s=1.0) as store,
        pytest.raises(StoreUnavailable, match="STRATEGY_GRAPH_NEO4J_PASSWORD"),
        store.view(),
    ):
        pass


@pytest.mark.neo4j
def test_unknown_database_names_the_setting(neo4j: Any) -> None:
    login = replace(neo4j.login, database="nowhere")
    with (
        open_store(neo4j.url, login=login, patience_s=1.0) as store,
        pytest.raises(StoreUnavailable, match="STRATEGY_GRAPH_NEO4J_DATABASE"),
        store.view(),
    ):
        pass


@pytest.mark.neo4j
def test_old_server_is_refused(neo4j: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.stores.neo4j.LEAST_VERSION", (9999, 1))
    with neo4j.open() as store, pytest.raises(StoreUnavailable, match=r"is Neo4j \d.*9999.1 or later"), store.view():
        pass


@pytest.mark.neo4j
def test_database_of_another_program_is_left_alone(neo4j: Any) -> None:
    neo4j.run("MATCH (s:StrategyGraph) DELETE s")
    neo4j.run("CREATE (:Document {id: 'theirs'})")
    try:
        with neo4j.open() as store, pytest.raises(StoreUnavailable, match="another program"), store.writer():
            pass
        assert neo4j.run("MATCH (d:Document) RETURN d.id") == [["theirs"]]
    finally:
        neo4j.run("MATCH (d:Document) DETACH DELETE d")


@pytest.mark.neo4j
def test_newer_schema_is_refused(store: Neo4jStore, neo4j: Any) -> None:
    with store.view() as view:
        view.version()
    neo4j.run("MATCH (s:StrategyGraph) SET s.migrations = s.migrations + ['9999-later']")
    try:
        with neo4j.open() as newer, pytest.raises(StoreUnavailable, match=r"newer version.*9999-later"), newer.view():
            pass
    finally:
        neo4j.run("MATCH (s:StrategyGraph) SET s.migrations = [x IN s.migrations WHERE x <> '9999-later']")


@pytest.mark.neo4j
def test_reading_only_does_not_write(store: Neo4jStore, neo4j: Any, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    with neo4j.open(read_only=True) as reader:
        with reader.view() as view:
            assert view.counts().documents == 1
        with pytest.raises(StoreError, match="reading only"), reader.writer():
            pass


@pytest.mark.neo4j
def test_reading_only_where_there_is_no_graph_names_the_remedy(neo4j: Any) -> None:
    neo4j.run("MATCH (s:StrategyGraph) DELETE s")
    with neo4j.open(read_only=True) as reader, pytest.raises(StoreError, match="holds no graph yet"), reader.view():
        pass
    assert neo4j.run("MATCH (s:StrategyGraph) RETURN count(s)") == [[0]]


@pytest.mark.neo4j
def test_fewer_rows_written_than_asked_fails_with_both_numbers(
    store: Neo4jStore, neo4j: Any, lancashire: GraphBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Entities that are not written leave mentions and relations without their ends.
    monkeypatch.setattr("graph.stores.neo4j_writer._apply_entities", lambda *_: None)
    with pytest.raises(StoreError, match="asked to write 3 rows, the server wrote 0"), store.writer() as writer:
        writer.put(lancashire)
    assert neo4j.run("MATCH (n:Document|Passage|Claim) RETURN count(n)") == [[0]]


@pytest.mark.neo4j
def test_errors_of_the_caller_are_not_taken_for_the_servers(store: Neo4jStore, lancashire: GraphBatch) -> None:
    with pytest.raises(FileNotFoundError), store.writer() as writer:  # noqa: PT012
        writer.put(lancashire)
        raise FileNotFoundError("a file of the caller")
    with pytest.raises(FileNotFoundError), store.view() as view:  # noqa: PT012
        assert view.counts().documents == 0
        raise FileNotFoundError("a file of the caller")


# States


@pytest.mark.neo4j
def test_answers_are_of_one_state_while_others_write(store: Neo4jStore, batch: Make) -> None:
    """Documents change as wholes: their passages and mentions are never seen apart."""
    short = batch("a", [("ASKS", "proposition:a", "department:x")], id="doc:a")
    facts = [("ASKS", f"proposition:{n}", "department:x") for n in range(40)]
    long = replace(batch("b", facts, id="doc:a"), document=short.document)
    load(store, short)
    done = False
    seen: set[tuple[int, int, int]] = set()

    def write() -> None:
        nonlocal done
        for n in range(12):
            load(store, (long, short)[n % 2])
        done = True

    thread = Thread(target=write)
    thread.start()
    with store.view() as view:
        while not done:
            found = view.document_batch("doc:a")
            assert found is not None
            seen.add((len(found.passages), len(found.relations), len(found.mentions)))
    thread.join()
    assert seen <= {(1, 1, 2), (40, 40, 80)}


@pytest.mark.neo4j
def test_second_writer_waits_for_the_first(store: Neo4jStore, neo4j: Any, batch: Make) -> None:
    order: list[str] = []

    def second() -> None:
        with neo4j.open() as other, other.writer() as writer:
            order.append("second begins")
            writer.put(batch("b", [("ASKS", "proposition:a", "department:x")]))

    with store.writer() as writer:
        thread = Thread(target=second)
        thread.start()
        thread.join(timeout=1.0)
        writer.put(batch("a", [("ASKS", "proposition:a", "department:x")]))
        order.append("first ends")
    thread.join(timeout=30)
    assert order == ["first ends", "second begins"]
    with store.view() as view:
        assert view.counts().documents == 2
        assert check_store(view).problems == ()

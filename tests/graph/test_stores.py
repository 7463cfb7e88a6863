"""The contract that every store keeps, whatever its engine."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Thread

import pytest

from graph.batch import sort_batch
from graph.check import check_store
from graph.errors import BadBatch, StoreError
from graph.export.jsonl import iter_jsonl
from graph.model import Document, Dropped, DropReason, Entity, GraphBatch, Passage, Relation
from graph.stores import open_store
from graph.stores.base import Counts, Store, View, WriteOutcome

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


# Writing


def test_put_says_what_it_did(store: Store, lancashire: GraphBatch) -> None:
    changed = replace(lancashire, document=replace(lancashire.document, title="Another title"))
    assert load(store, lancashire, lancashire, changed) == ["added", "unchanged", "replaced"]


def test_put_twice_equals_once(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    once = state(store)
    load(store, lancashire)
    assert state(store) == once


def test_put_in_another_order_of_items_is_unchanged(store: Store, lancashire: GraphBatch) -> None:
    turned = replace(
        lancashire,
        passages=lancashire.passages[::-1],
        entities=lancashire.entities[::-1],
        mentions=(*lancashire.mentions[::-1], lancashire.mentions[0]),
        relations=lancashire.relations[::-1],
    )
    assert load(store, lancashire, turned) == ["added", "unchanged"]


def test_replaced_document_leaves_nothing_behind(
    store: Store, tmp_path: object, batch: Make, entity: MakeEntity
) -> None:
    hub, other = entity("proposition:hub", properties={"what": "old"}), entity("proposition:other")
    before = batch("one", [("ASKS", "proposition:hub", "department:x")], (hub, other))
    after = batch("one", [("ASKS", "proposition:new", "department:x")])
    fresh = open_store(f"sqlite:///{tmp_path}/fresh.db")
    load(store, batch("two", [("ASKS", "proposition:hub", "department:y")]), before, after)
    load(fresh, batch("two", [("ASKS", "proposition:hub", "department:y")]), after)
    assert state(store) == state(fresh)
    with store.view() as view:
        assert [hit.id for hit in view.search("old other")] == []
    fresh.close()


def test_writer_rolls_back_on_any_exception(store: Store, lancashire: GraphBatch, batch: Make) -> None:
    load(store, batch("kept", [("ASKS", "proposition:a", "department:x")]))
    before = state(store)
    with pytest.raises(KeyboardInterrupt), store.writer() as writer:  # noqa: PT012
        writer.put(lancashire)
        raise KeyboardInterrupt
    assert state(store) == before
    load(store, lancashire)


def test_writer_goes_on_after_a_bad_batch(store: Store, lancashire: GraphBatch, batch: Make) -> None:
    bad = replace(lancashire, entities=lancashire.entities[1:])
    good = batch("good", [("ASKS", "proposition:a", "department:x")])
    with store.writer() as writer:
        with pytest.raises(BadBatch):
            writer.put(bad)
        writer.put(good)
    with store.view() as view:
        assert ids(view.documents()) == [good.document.id]


def test_passage_ids_of_another_document_are_refused_whole(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    before = state(store)
    other = replace(lancashire.document, id="doc:other")
    passages = tuple(replace(passage, document_id="doc:other") for passage in lancashire.passages)
    with pytest.raises(StoreError), store.writer() as writer:
        writer.put(replace(lancashire, document=other, passages=passages))
    assert state(store) == before


def test_writer_goes_on_after_a_batch_that_failed_half_way(store: Store, lancashire: GraphBatch, batch: Make) -> None:
    load(store, lancashire)
    clash = replace(batch("clash", [("ASKS", "proposition:a", "department:x")]).passages[0], id="passage:l0")
    fails = replace(
        batch("clash", [], batch("x", [("ASKS", "proposition:a", "department:x")]).entities), passages=(clash,)
    )
    good = batch("good", [("ASKS", "proposition:b", "department:x")])
    with store.writer() as writer:
        with pytest.raises(StoreError):
            writer.put(fails)
        writer.put(good)
    with store.view() as view:
        assert ids(view.documents()) == sorted([lancashire.document.id, good.document.id])
        assert view.get_entity("proposition:a") is None
        assert check_store(view).problems == ()


def test_same_source_under_another_id_is_another_document(store: Store, batch: Make) -> None:
    first = batch("one", id="doc:1")
    second = replace(first, document=replace(first.document, id="doc:2"))
    assert load(store, first, second) == ["added", "added"]


def test_several_batches_in_one_transaction(store: Store, batch: Make) -> None:
    with store.writer() as writer:
        outcomes = [writer.put(batch(name, [("ASKS", "proposition:a", "department:x")])) for name in "abca"]
    assert outcomes == ["added", "added", "added", "unchanged"]


def test_remove_takes_exactly_what_the_document_alone_supported(store: Store, batch: Make, entity: MakeEntity) -> None:
    shared = ("ASKS", "proposition:hub", "department:x")
    first = batch("a", [shared], (entity("proposition:hub", properties={"what": "a hub"}),), id="doc:a")
    second = batch("b", [shared, ("ASKS", "proposition:own", "department:own")], id="doc:b")
    load(store, first)
    before = state(store)
    load(store, second)
    with store.writer() as writer:
        assert writer.remove("doc:b")
    assert state(store) == before
    with store.view() as view:
        assert view.search("own") == ()
        assert view.find_entities("Proposition:Own") == ()


def test_remove_of_the_first_claim_lets_the_next_speak(store: Store, batch: Make, entity: MakeEntity) -> None:
    load(
        store,
        batch("a", [], (entity("proposition:hub", name="First", properties={"what": "a"}),), id="doc:a"),
        batch("b", [], (entity("proposition:hub", name="Second", properties={"what": "b", "why": "b"}),), id="doc:b"),
    )
    with store.view() as view:
        assert view.get_entity("proposition:hub") == entity(
            "proposition:hub", name="First", properties={"what": "a", "why": "b"}
        )
    with store.writer() as writer:
        writer.remove("doc:a")
    with store.view() as view:
        assert view.get_entity("proposition:hub") == entity(
            "proposition:hub", name="Second", properties={"what": "b", "why": "b"}
        )
        assert ids(view.find_entities("first")) == []
        assert ids(view.find_entities("second")) == ["proposition:hub"]


def test_remove_of_an_unknown_document_says_so(store: Store) -> None:
    with store.writer() as writer:
        assert not writer.remove("doc:none")


@pytest.mark.parametrize("register_first", [True, False])
def test_register_speaks_first_whenever_it_is_loaded(
    store: Store, batch: Make, register: Make, entity: MakeEntity, register_first: bool
) -> None:
    official = entity("department:x", name="Department X", register=True, properties={"aliases": ("DX",)})
    said = entity("department:x", name="The dept", register=True, properties={"aliases": ("Dept",), "note": "n"})
    batches = [register([], (official,)), batch("a", [], (said,))]
    load(store, *(batches if register_first else batches[::-1]))
    with store.view() as view:
        assert view.get_entity("department:x") == replace(official, properties={"aliases": ("DX",), "note": "n"})


def test_register_becoming_a_document_loses_its_precedence(store: Store, batch: Make, entity: MakeEntity) -> None:
    one = batch("a", [], (entity("department:x", name="From a"),), id="doc:a")
    two = batch("b", [], (entity("department:x", name="From b"),), id="doc:b", kind="register")
    load(store, one, two)
    assert load(store, replace(two, document=replace(two.document, kind="document"))) == ["replaced"]
    with store.view() as view:
        assert [entity.name for entity in view.iter_entities()] == ["From a"]
        assert view.counts().documents == 2


def test_relation_of_two_documents_is_one_with_all_evidence(store: Store, batch: Make, register: Make) -> None:
    fact = ("PART_OF", "department:x", "department:y")
    load(store, batch("b", [fact], id="doc:b"), batch("a", [fact, fact], id="doc:a"), register([fact]))
    with store.view() as view:
        (relation,) = view.iter_relations()
        passages = view.get_passages([item.passage_id for item in relation.evidence])
    assert [(passage.document_id, passage.ordinal) for passage in passages] == [
        ("doc:a", 0),
        ("doc:a", 1),
        ("doc:b", 0),
    ]
    assert relation.sources == ("https://example.org/list",)


# Reading


def test_counts_and_pair_counts(store: Store, lancashire: GraphBatch, register: Make) -> None:
    load(store, lancashire, register([("PART_OF", "place:lancashire", "place:england")]))
    with store.view() as view:
        assert view.counts() == Counts(
            documents=1,
            passages=3,
            mentions=5,
            entities={"Department": 1, "Place": 2, "Proposition": 1, "Strategy": 1},
            mentioned={"Department": 1, "Place": 1, "Proposition": 1, "Strategy": 1},
            relations={"ASKS": 1, "IN_PLACE": 1, "PART_OF": 1, "PROPOSES": 1},
            quoted={"ASKS": 1, "IN_PLACE": 1, "PROPOSES": 1},
            dropped=2,
            unsure=1,
        )
        assert view.pair_counts() == (
            ("ASKS", "Proposition", "Department", 1),
            ("IN_PLACE", "Proposition", "Place", 1),
            ("PART_OF", "Place", "Place", 1),
            ("PROPOSES", "Strategy", "Proposition", 1),
        )


def test_property_counts_by_number_then_value(store: Store, batch: Make, entity: MakeEntity) -> None:
    rows: list[dict[str, object]] = [
        {"tags": ("b", "a"), "tentative": True, "year": 2019},
        {"tags": ("b", "b"), "tentative": False, "year": 2019},
        {"tags": "c", "year": 1.5},
        {"tags": ()},
    ]
    entities = tuple(entity(f"proposition:{n}", properties=row) for n, row in enumerate(rows))
    load(store, batch("a", [], (*entities, entity("department:x", properties={"tags": "b"}))))
    with store.view() as view:
        assert view.property_counts("Proposition", "tags") == (("b", 2), ("a", 1), ("c", 1))
        assert view.property_counts("Proposition", "tags", limit=1) == (("b", 2),)
        assert view.property_counts("Proposition", "tentative") == (("false", 1), ("true", 1))
        assert view.property_counts("Proposition", "year") == (("2019", 2), ("1.5", 1))
        assert view.property_counts("Proposition", '"; none') == ()


def test_documents_by_kind_and_page(store: Store, batch: Make, register: Make) -> None:
    load(store, batch("b", id="doc:b"), register([]), batch("a", id="doc:a"), batch("c", id="doc:c"))
    with store.view() as view:
        assert ids(view.documents()) == ["doc:a", "doc:b", "doc:c"]
        assert ids(view.documents(after="doc:a", limit=1)) == ["doc:b"]
        assert ids(view.documents(kind="register")) == ["doc:zz-register"]
        assert len(view.documents(kind=None)) == 4


def test_document_comes_back_as_it_was_loaded(store: Store, lancashire: GraphBatch, register: Make) -> None:
    layer = register([("PART_OF", "place:lancashire", "place:england")])
    load(store, lancashire, layer)
    with store.view() as view:
        assert view.get_document("doc:lancashire") == lancashire.document
        assert view.document_batch("doc:lancashire") == sort_batch(lancashire)
        assert view.document_batch("doc:zz-register") == sort_batch(layer)
        assert view.get_document("doc:none") is None
        assert view.document_batch("doc:none") is None


def test_passages_by_ordinal_and_page(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    with store.view() as view:
        assert view.passages("doc:lancashire") == lancashire.passages
        assert ids(view.passages("doc:lancashire", after=0, limit=1)) == ["passage:l1"]
        assert view.passages("doc:none") == ()
        wanted = ["passage:l2", "passage:none", "passage:l0", "passage:l2"]
        assert ids(view.get_passages(wanted)) == ["passage:l2", "passage:l0"]


def test_entities_by_type_mention_and_page(store: Store, lancashire: GraphBatch, register: Make) -> None:
    load(store, lancashire, register([("PART_OF", "place:lancashire", "place:england")]))
    with store.view() as view:
        assert ids(view.entities(entity_type="Place")) == ["place:england", "place:lancashire"]
        assert ids(view.entities(entity_type="Place", mentioned=True)) == ["place:lancashire"]
        assert "place:england" not in ids(view.entities(mentioned=True))
        assert ids(view.entities(after="place:england", limit=2)) == ["place:lancashire", "proposition:hub"]
        assert ids(view.iter_entities()) == ids(view.entities())
        assert view.get_entity("place:none") is None


@pytest.mark.parametrize(
    "name",
    [
        "department:beis",
        "Department for Business, Energy & Industrial Strategy",
        "the department for business energy AND industrial strategy",
        "BEIS",
        "beis ",
        "Dept. for Business’s Strategy",
    ],
)
def test_find_entities_by_id_name_or_alias(store: Store, register: Make, entity: MakeEntity, name: str) -> None:
    aliases = ("BEIS", "The Dept for Business's strategy")
    official = "Department for Business, Energy & Industrial Strategy"
    load(store, register([], (entity("department:beis", name=official, properties={"aliases": aliases}),)))
    with store.view() as view:
        assert ids(view.find_entities(name)) == ["department:beis"]
        assert view.find_entities("department") == ()


def test_find_entities_puts_the_mentioned_first(store: Store, batch: Make, register: Make, entity: MakeEntity) -> None:
    both = tuple(entity(f"place:{n}", name="Newport") for n in "abc")
    load(store, register([], both), batch("x", [], both[2:]))
    with store.view() as view:
        assert ids(view.find_entities("newport")) == ["place:c", "place:a", "place:b"]
        assert ids(view.find_entities("newport", limit=1)) == ["place:c"]


def test_near_names_of_a_misspelling(store: Store, batch: Make, entity: MakeEntity) -> None:
    names = ["Lancashire", "Lancaster", "Leicestershire", "Greater Manchester Combined Authority", "Poole"]
    load(store, batch("a", [], tuple(entity(f"place:{n}", name=name) for n, name in enumerate(names))))
    with store.view() as view:
        assert view.near_names("Lancashir")[:2] == ("Lancashire", "Lancaster")
        assert view.near_names("Manchester Combind Authority", limit=1) == ("Greater Manchester Combined Authority",)
        assert view.near_names("xyzzy") == ()
        assert view.near_names("") == ()


def test_mentions_in_order_and_counted(store: Store, lancashire: GraphBatch, batch: Make) -> None:
    load(store, lancashire, batch("a", [("ASKS", "proposition:a", "department:beis")], id="doc:a"))
    with store.view() as view:
        found = view.mentions("department:beis")
        assert [item.text for item in found] == ["department:beis", "BEIS", "BEIS"]
        assert found[1].start < found[2].start
        assert view.mentions("department:beis", limit=2) == found[:2]
        assert view.mentions("department:none") == ()
        counts = view.mention_counts(["department:beis", "place:lancashire", "department:none"])
        assert counts == {"department:beis": 3, "department:none": 0, "place:lancashire": 2}


def test_relations_either_way_by_type(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    with store.view() as view:
        assert ids(view.relations("proposition:hub")) == ["relation:ask", "relation:place", "relation:proposes"]
        assert ids(view.relations("proposition:hub", relation_types=["PROPOSES", "ASKS"])) == [
            "relation:ask",
            "relation:proposes",
        ]
        assert ids(view.relations("proposition:hub", limit=1)) == ["relation:ask"]
        assert ids(view.relations("department:beis")) == ["relation:ask"]
        assert view.relations("department:none") == ()
        assert view.get_relation("relation:ask") == lancashire.relations[0]
        assert view.get_relation("relation:none") is None
        assert tuple(view.iter_relations()) == sort_batch(lancashire).relations


def test_relation_to_itself_comes_once(store: Store, batch: Make) -> None:
    load(store, batch("a", [("PART_OF", "place:x", "place:x")]))
    with store.view() as view:
        assert len(view.relations("place:x")) == 1


def test_relation_counts_are_capped_each_way(store: Store, batch: Make) -> None:
    asks = [("ASKS", f"proposition:{n}", "department:x") for n in range(4)]
    load(store, batch("one", asks))
    wanted = ["department:x", "proposition:0", "nobody"]
    with store.view() as view:
        assert view.relation_counts(wanted, most=9) == {"department:x": 4, "nobody": 0, "proposition:0": 1}
        assert view.relation_counts(wanted[:1], most=3) == {"department:x": 3}
        assert view.relation_counts([], most=3) == {}


def test_ends_are_of_one_type_and_what_documents_state(store: Store, batch: Make, register: Make) -> None:
    load(
        store,
        register([("PART_OF", "place:a", "place:b")]),
        batch("two", [("ASKS", "proposition:b", "department:x"), ("ASKS", "proposition:a", "department:y")]),
        batch("one", [("ASKS", "proposition:a", "department:y")]),
    )
    with store.view() as view:
        assert list(view.ends("ASKS")) == [("proposition:a", "department:y"), ("proposition:b", "department:x")]
        assert list(view.ends("PART_OF")) == []
        assert list(view.ends("NO_SUCH_TYPE")) == []


def test_version_is_of_the_state_that_a_view_shows(store: Store, batch: Make) -> None:
    load(store, batch("one", [("ASKS", "proposition:a", "department:y")]))
    with store.view() as view:
        first = view.version()
        assert view.version() == first
    load(store, batch("two", [("ASKS", "proposition:b", "department:y")]))
    with store.view() as view:
        second = view.version()
        assert second != first
    with store.writer() as writer:
        writer.remove(batch("two", []).document.id)
    with store.view() as view:
        assert view.version() == first


def test_dropped_and_unsure_by_document(store: Store, lancashire: GraphBatch, batch: Make) -> None:
    more = replace(batch("a", id="doc:a"), dropped=(Dropped("x", DropReason.OVER_LIMIT),))
    load(store, lancashire, more)
    with store.view() as view:
        assert view.dropped() == (
            ("doc:a", more.dropped[0]),
            *(("doc:lancashire", item) for item in lancashire.dropped),
        )
        assert view.unsure() == lancashire.unsure
        assert view.unsure(limit=0) == ()


# Search


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("aerospace hub", ["proposition:hub", "passage:l1"]),
        ("AEROSPACE ask", ["passage:l1"]),
        ("cafe", ["passage:l2"]),
        ("CAFÉ", ["passage:l2"]),
        ("innov", ["passage:l2"]),
        ("innov lancashire", []),  # only the last word may be a beginning
        ("business & energy", ["department:beis"]),
        ("aerospace OR innovation", []),
        ('"skills hub"', ["proposition:hub", "passage:l1"]),
        ("nothing", []),
        ("", []),
        ("& — * 🙂", []),
    ],
)
def test_search_takes_words_literally(store: Store, lancashire: GraphBatch, query: str, expected: list[str]) -> None:
    load(store, lancashire)
    with store.view() as view:
        assert [hit.id for hit in view.search(query)] == expected


def test_search_by_kind_type_and_page(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    with store.view() as view:
        everything = [hit.id for hit in view.search("lancashire")]
        assert everything[:2] == ["place:lancashire", "strategy:lancashire"]
        assert sorted(everything[2:]) == ["passage:l0", "passage:l2"]
        assert [hit.id for hit in view.search("lancashire", kinds=["passage"])] == everything[2:]
        assert [hit.id for hit in view.search("lancashire", kinds=["entity"])] == everything[:2]
        of_type = view.search("lancashire", kinds=["entity"], entity_type="Strategy")
        assert [hit.id for hit in of_type] == ["strategy:lancashire"]
        pages = [view.search("lancashire", offset=n, limit=1)[0].id for n in range(4)]
        assert pages == everything
        assert view.search("lancashire", offset=4) == ()


def test_search_marks_matches_and_names_the_document(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    with store.view() as view:
        (hit,) = view.search("beis agr", kinds=["passage"])
    assert hit.snippet == "An Aerospace Skills Hub will ask [BEIS] for £5m. [BEIS] [agreed]."
    assert (hit.kind, hit.title, hit.document_id) == ("passage", "Lancashire’s Plan", "doc:lancashire")


@pytest.mark.parametrize(
    "query",
    [
        '"', "'", "a\0b", "NEAR(a b)", "a* OR b^", "text:a", "-", "(((", "🙂🙂", "x" * 10_000, "ab " * 3_300, "\ud800",
        "%_",
        "proposition:hub\0", "a\tb",
    ],
)  # fmt: skip
def test_search_survives_any_query(store: Store, lancashire: GraphBatch, query: str) -> None:
    load(store, lancashire)
    with store.view() as view:
        assert view.search(query) == ()
        view.find_entities(query)
        view.near_names(query)
        assert view.get_entity(query) is None
        assert view.subgraph([query]).entities == ()
        assert view.relations(query, relation_types=[query]) == ()


def test_search_finds_a_whole_pasted_passage(store: Store, batch: Make) -> None:
    text = " ".join(f"word{n}" for n in range(1_500))
    long = batch("a", id="doc:a")
    load(store, replace(long, passages=(Passage("passage:1", "doc:a", 0, text),)))
    with store.view() as view:
        (hit,) = view.search(text)
    assert hit.snippet.startswith("[word0] [word1] ")


def test_search_ties_go_by_id_whatever_was_loaded_first(store: Store, batch: Make) -> None:
    for name in "cab":
        entities = (Entity(f"place:{name}", "Place", "Equal"),)
        passage = Passage(f"passage:{name}", f"doc:{name}", 0, "equal words")
        load(store, replace(batch("x", [], entities, id=f"doc:{name}"), passages=(passage,)))
    with store.view() as view:
        found = [hit.id for hit in view.search("equal")]
    assert found == ["place:a", "place:b", "place:c", "passage:a", "passage:b", "passage:c"]


def test_search_puts_whole_names_then_mentioned_ones_first(
    store: Store, batch: Make, register: Make, entity: MakeEntity
) -> None:
    names = ["Aero One", "Aero Two of a longer name", "Aero"]
    layer = tuple(entity(f"place:{n}", name=name) for n, name in enumerate(names))
    load(store, register([], layer), batch("a", [], layer[1:2]))
    with store.view() as view:
        assert [hit.id for hit in view.search("aero")] == ["place:2", "place:1", "place:0"]


# Subgraph


@pytest.fixture
def chain(store: Store, batch: Make, register: Make) -> Store:
    """place:a - place:b - place:c - place:d by documents, place:b - place:z by a register, place:c in department:x."""
    links = [("PART_OF", f"place:{a}", f"place:{b}") for a, b in [("a", "b"), ("b", "c"), ("c", "d")]]
    load(
        store,
        batch("a", [*links, ("PART_OF", "department:x", "place:c")]),
        register([("PART_OF", "place:z", "place:b")]),
    )
    return store


def walk(store: Store, *start: str, **bounds: object) -> tuple[str, int, bool]:
    with store.view() as view:
        sub = view.subgraph(start, **bounds)  # type: ignore[arg-type]
    return " ".join(entity.id.partition(":")[2] for entity in sub.entities), len(sub.relations), sub.truncated


def test_subgraph_grows_by_hops_nearer_first(chain: Store) -> None:
    assert walk(chain, "place:b", max_hops=0) == ("b", 0, False)
    assert walk(chain, "place:b") == ("b a c z", 3, False)
    assert walk(chain, "place:b", max_hops=2) == ("b a c z x d", 5, False)
    assert walk(chain, "place:b", max_hops=8) == ("b a c z x d", 5, False)
    assert walk(chain, "place:d", "place:a") == ("a d b c", 2, False)
    assert walk(chain, "place:none") == ("", 0, False)


def test_subgraph_by_type_and_support(chain: Store) -> None:
    assert walk(chain, "place:b", max_hops=3, entity_types=["Place"]) == ("b a c z d", 4, False)
    assert walk(chain, "place:b", max_hops=3, relation_types=["ASKS"]) == ("b", 0, False)
    assert walk(chain, "place:b", max_hops=3, register=False) == ("b a c x d", 4, False)
    assert walk(chain, "department:x", max_hops=1, entity_types=["Place"]) == ("x c", 1, False)


def test_subgraph_flags_each_bound_that_bites(chain: Store) -> None:
    assert walk(chain, "place:b", max_hops=2, max_entities=3) == ("b a c", 2, True)
    assert walk(chain, "place:b", max_hops=2, max_entities=6) == ("b a c z x d", 5, False)
    assert walk(chain, "place:b", max_hops=2, max_relations=4) == ("b a c z x d", 4, True)
    assert walk(chain, "place:b", max_hops=2, max_relations=5) == ("b a c z x d", 5, False)
    assert walk(chain, "place:a", "place:b", max_entities=1) == ("a", 0, True)


def test_subgraph_relations_are_nearest_first_with_evidence(chain: Store) -> None:
    with chain.view() as view:
        sub = view.subgraph(["place:b"], max_hops=2, max_relations=3)
    assert [(relation.source_id, relation.target_id) for relation in sub.relations] == [
        ("place:a", "place:b"),
        ("place:b", "place:c"),
        ("place:z", "place:b"),
    ]
    assert [len(relation.evidence) for relation in sub.relations] == [1, 1, 0]


# States


def test_view_reads_during_a_write_without_waiting(store: Store, lancashire: GraphBatch) -> None:
    with store.writer() as writer:
        writer.put(lancashire)
        with store.view() as view:
            assert view.counts().documents == 0
    with store.view() as view:
        assert view.counts().documents == 1


def test_views_in_threads(store: Store, lancashire: GraphBatch) -> None:
    load(store, lancashire)
    versions: list[str] = []

    def read() -> None:
        for _ in range(20):
            with store.view() as view:
                versions.append(view.version() + str(len(view.search("lancashire"))))

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(versions) == 80
    assert len(set(versions)) == 1


def test_version_tells_content_not_order(store: Store, tmp_path: object, batch: Make) -> None:
    one, two = batch("a", [("ASKS", "proposition:a", "department:x")]), batch("b")
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    load(store, one, two)
    load(other, two, one)
    assert state(store) == state(other)
    with store.writer() as writer:
        writer.remove(one.document.id)
    assert state(store) != state(other)
    other.close()


# Odd values

ODD = [
    'O\'Brien "quoted" `ticks` ; DROP TABLE entity; --',
    "back\\slash \\u0041 %s {x} $param",
    "emoji 🏭👩‍🔬 and ﬁ ligature",
    "שלום עולם مرحبا",
    "NUL\0inside",
    "line\nbreak\ttab\u2028separator\x85next",
    "a" * 100_000,
    "e\u0301 combining, \ufffe noncharacter",
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_texts_are_kept_exactly(store: Store, batch: Make, odd: str) -> None:
    own = odd.replace("\0", "")  # ids hold no NUL
    base = batch(odd, [("ASKS", "proposition:a", "department:x")], id=f"doc:{own}", genre=odd)
    strange = replace(
        base.entities[0], id=f"proposition:{own}", name=odd, properties={odd: odd, "aliases": (odd, "other")}
    )
    passage = Passage(f"passage:{own}", base.document.id, 9, odd, path=(odd,), label=odd)
    loaded = replace(base, entities=(*base.entities, strange), passages=(*base.passages, passage))
    load(store, loaded)
    with store.view() as view:
        assert view.document_batch(base.document.id) == sort_batch(loaded)
        assert view.get_entity(strange.id) == strange
        assert strange.id in ids(view.find_entities(odd))
        assert view.property_counts("Proposition", odd) == ((odd, 1),)
        assert check_store(view).problems == ()
    with store.writer() as writer:
        assert writer.remove(base.document.id)
    with store.view() as view:
        assert list(view.iter_entities()) == []


def test_sound_store_passes_the_check(store: Store, lancashire: GraphBatch, register: Make) -> None:
    load(store, lancashire, register([("PART_OF", "place:lancashire", "place:england")]))
    with store.view() as view:
        report = check_store(view)
    assert report.ok
    assert (report.documents, report.relations, report.evidence, report.mentions) == (2, 4, 4, 5)


def test_store_closes_twice_and_then_refuses(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"), store.view():
        pass
    with pytest.raises(StoreError, match="closed"), store.writer():
        pass


def test_view_type_is_the_contract(store: Store) -> None:
    def accept(view: View) -> str:
        return view.version()

    with store.view() as view:
        assert len(accept(view)) == 64

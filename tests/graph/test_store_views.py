"""What a view of every store answers, whatever its engine: reading, search and the subgraph."""

from dataclasses import replace

import pytest

from graph.batch import sort_batch
from graph.model import Dropped, DropReason, Entity, GraphBatch, Passage
from graph.stores.base import Counts, Store
from tests.graph.store_samples import Make, MakeEntity, ids, load

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

"""What every store keeps to, whatever its engine: writing, removal, its states and odd values."""

from dataclasses import replace
from threading import Thread

import pytest

from graph.batch import sort_batch
from graph.check import check_store
from graph.errors import BadBatch, StoreError
from graph.model import GraphBatch, Passage
from graph.stores import open_store
from graph.stores.base import Store, View
from tests.graph.store_samples import Make, MakeEntity, ids, load, state

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


@pytest.mark.parametrize("before", [[], ["a", "b"]])
def test_writer_goes_on_after_a_batch_that_failed_half_way(
    store: Store, lancashire: GraphBatch, batch: Make, before: list[str]
) -> None:
    load(store, lancashire)
    clash = replace(batch("clash", [("ASKS", "proposition:a", "department:x")]).passages[0], id="passage:l0")
    fails = replace(
        batch("clash", [], batch("x", [("ASKS", "proposition:a", "department:x")]).entities), passages=(clash,)
    )
    good = [batch(name, [("ASKS", f"proposition:{name}0", "department:x")]) for name in (*before, "good")]
    with store.writer() as writer:
        for one in good[:-1]:
            writer.put(one)
        with pytest.raises(StoreError):
            writer.put(fails)
        writer.put(good[-1])
    with store.view() as view:
        assert ids(view.documents()) == sorted([lancashire.document.id, *(one.document.id for one in good)])
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

"""The bench of the questions at scale: papers that do not change with the size, questions that are never the same."""

from collections import Counter
from itertools import islice

import pytest

from bench import generated, questions_scale
from graph.stores import open_store
from graph.validate import validate_batch
from ingest.registers import load_registers


@pytest.fixture(scope="module")
def world() -> generated.World:
    return generated.make_world(load_registers())


def test_a_document_is_the_same_whatever_is_loaded_beside_it(world: generated.World) -> None:
    few, many = (list(generated.iter_documents(world, size)) for size in (5_000, 8_000))
    assert many[: len(few)] == few
    assert 5_000 <= sum(len(batch.relations) for batch in few) < 5_200
    for batch in few[:3]:
        validate_batch(batch)


def test_the_papers_asked_about_come_first_and_hubs_are_uneven(world: generated.World) -> None:
    batches = list(islice(generated.iter_documents(world, 10_000), 60))
    assert [batch.document.describes for batch in batches[: len(world.asked)]] == [area.id for area in world.asked]
    named = Counter(item.target_id for batch in batches for item in batch.relations if item.type == "ASKS")
    assert named.most_common(1)[0][1] > 5 * sum(named.values()) / len(named)  # than the one named on average


def test_a_store_is_filled_with_the_relations_asked_for(world: generated.World) -> None:
    with open_store("sqlite:///:memory:") as store:
        documents, relations = generated.fill(store, world, 1_000)
        with store.view() as view:
            counts = view.counts()
    assert documents == counts.documents == len(world.asked)
    assert sum(counts.quoted.values()) == relations


@pytest.mark.parametrize("kind", questions_scale.KINDS)
def test_no_question_is_asked_twice_and_runs_ask_the_same(world: generated.World, kind: str) -> None:
    first, again = (list(islice(questions_scale.iter_questions(kind, world, 7), 60)) for _ in range(2))
    assert first == again
    assert len(set(first)) == 60


def test_the_table_says_growth_and_whether_the_goal_is_met() -> None:
    def timed(*times: float) -> tuple[questions_scale.Timed, questions_scale.Timed]:
        return questions_scale.Timed(9.0, times, 2_000, 4.0), questions_scale.Timed(0.0, (1.0,), 2_000)

    found = {10: {("compare", 1): timed(1, 2, 3)}, 1_000: {("compare", 1): timed(2, 4, 12)}}
    lines = questions_scale.to_table(found)
    assert "| compare | 1 | 2, 3 | 4, 12 | 4; 4 | 2; 4 | 4.0 | 2,000; 2,000 | 9; 9 |" in lines
    assert lines[-1].endswith("not met (4.0).")
    page = questions_scale.renew(f"a\n{questions_scale.BEGIN}\nold\n{questions_scale.END}\nb", ["new"])
    assert page == f"a\n{questions_scale.BEGIN}\n\nnew\n\n{questions_scale.END}\nb"

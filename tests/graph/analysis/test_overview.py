"""What is kept of a version, and what a graph too large to compare whole is chosen by.

Fifty areas with two propositions each: one on a subject of its own (two words that nobody else uses), agreed by the
department in every second area; one on careers. All name the department; the last area asks.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.analysis import overview, select
from graph.analysis.ask import (
    CompareRequest,
    HmgRequest,
    PartnersRequest,
    ask_compare,
    ask_hmg,
    ask_nearest,
    ask_partners,
    ask_paths,
    ask_roles,
)
from graph.analysis.model import to_json
from graph.model import GraphBatch
from graph.stores import open_store
from graph.stores.base import Store, View

AREAS = 50
ToBatches = Callable[[Any], Iterator[GraphBatch]]


def scene(draw: Any) -> Any:
    draw.entity("dept:beis", "Department", "Business Department")
    draw.entity("programme:fund", "Programme", "Shared Fund")
    draw.entity("inst:u", "Institution", "Littleton University", kind="university")
    for number in range(AREAS):
        area = f"area{number:02}"
        draw.strategy(area)
        subject = f"subject{number % 25}x special{number % 25}y"
        own = draw.proposition(
            f"own{number:02}", f"Own {number}", area=area, what=f"{subject} demonstrator", ask=subject
        )
        careers = draw.proposition(
            f"careers{number:02}", f"Careers {number}", area=area, what="careers advice in schools"
        )
        at = f"doc:{area}"
        if number % 2:
            draw.relate("dept:beis", "COMMITS", own, document=at)
        else:
            draw.relate(own, "ASKS", "dept:beis", document=at, words=subject)
        draw.relate("inst:u", "PARTNERS_IN", careers if number % 2 else own, document=at)
    draw.entity("dept:other", "Department", "Other Department")
    draw.relate("prop:own48", "ASKS", "dept:other", document="doc:area48", words="help")
    draw.relate("prop:own48", "ALIGNS_WITH", "programme:fund", document="doc:area48")
    draw.relate("prop:careers47", "ALIGNS_WITH", "programme:fund", document="doc:area47")
    draw.relate("dept:beis", "COMMITS", "prop:careers47", document="doc:area47")
    return draw


@pytest.fixture(scope="module")
def store(
    new_drawing: Callable[[], Any], to_batches: ToBatches, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("overview") / "graph.db"
    with open_store(f"sqlite:///{path}") as opened:
        with opened.writer() as writer:
            for batch in to_batches(scene(new_drawing())):
                writer.put(batch)
        yield opened


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the graph count as too large to compare whole."""
    monkeypatch.setattr(select, "FEW", 10)
    monkeypatch.setattr(select, "NEAR", 12)
    monkeypatch.setattr(select, "NEAR_AN_ASK", 4)


def test_parts_are_read_once_a_version(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.view() as view:
        first = overview.overview_of(view)
        assert first.documents(view) is overview.overview_of(view).documents(view)
        assert len(first.documents(view)) == AREAS
    monkeypatch.setattr(overview, "KEPT", 1)
    with open_store("sqlite:///:memory:") as other, other.view() as view:
        assert overview.overview_of(view) is not first
        assert dict(overview.overview_of(view).documents(view)) == {}


def test_a_loaded_document_makes_a_new_overview(
    new_drawing: Callable[[], Any], to_batches: ToBatches, tmp_path: Path
) -> None:
    first, *rest = to_batches(scene(new_drawing()))
    with open_store(f"sqlite:///{tmp_path}/grow.db") as store:
        seen: list[int] = []
        for batch in (first, *rest[:2]):
            put(store, batch)
            with store.view() as view:
                seen.append(len(overview.overview_of(view).about(view)))
    assert seen == [0, 1, 2]


def put(store: Store, batch: GraphBatch) -> None:
    with store.writer() as writer:
        writer.put(batch)


@pytest.mark.usefixtures("large")
def test_nearest_in_a_large_graph_is_the_twin(store: Store) -> None:
    with store.view() as view:
        assert [item.id for item in ask_nearest(view, "prop:own00", CompareRequest(nearest=1)).found] == ["prop:own25"]


@pytest.mark.usefixtures("large")
def test_precedents_in_a_large_graph_come_by_words_and_by_programme(store: Store) -> None:
    with store.view() as view:
        answer = ask_compare(view, "lis:area48", CompareRequest(others=("lis:area01",)))
    assert [item.proposition for item in answer.precedents[0].found] == ["prop:own23", "prop:careers47"]
    assert answer.truncated
    assert answer.notes == (
        "Of 26 propositions that Government agreed to, those were looked at for precedents that share the rarest words "
        "with an ask or build on its programme.",
    )


def test_a_choice_weighs_words_as_the_whole_graph_does(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twins score the same whether all propositions are compared or a choice of them."""
    scores = []
    for few in (1_000, 10):
        monkeypatch.setattr(select, "FEW", few)
        with store.view() as view:
            found = ask_nearest(view, "prop:own00", CompareRequest(nearest=1)).found
            scores.append((found[0].id, round(found[0].score, 2)))
    assert scores[0] == scores[1]


@pytest.mark.usefixtures("large")
def test_partners_and_roles_answer_from_a_choice(store: Store) -> None:
    with store.view() as view:
        found = ask_partners(view, "prop:own00", PartnersRequest())
        assert found.truncated
        assert found.notes[0] == ("Of 100 propositions, those were compared that share the rarest words with this one.")
        roles = ask_roles(view, "inst:u", PartnersRequest())
    assert roles.truncated
    assert roles.candidates


def test_asks_of_an_area_are_those_of_all_narrowed(store: Store) -> None:
    with store.view() as view:
        one = ask_hmg(view, HmgRequest(area="lis:area48"))
        every = ask_hmg(view, HmgRequest())
    asks = [ask for ask in to_json(every.asks) if ask["area"] == "lis:area48"]  # type: ignore[union-attr, index, call-overload]
    assert to_json(one.asks) == asks


def test_one_department_is_answered_for_where_all_would_be_too_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(select, "MAX_PROPOSITIONS", 4)
    with store.view() as view:
        assert [ask.proposition for ask in ask_hmg(view, HmgRequest(department="Other Department")).asks] == [
            "prop:own48"
        ]


def test_paths_do_not_lead_through_what_all_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The department has 51 relations: as an end it is reached, between two others it is left out."""
    with store.view() as view:
        through = ask_paths(view, "prop:own00", "prop:own02").shortest
        monkeypatch.setattr(select, "HUB", 20)
        around = ask_paths(view, "prop:own00", "prop:own02").shortest
        reached = ask_paths(view, "prop:own00", "dept:beis").shortest
    assert {step.target.id for path in through for step in path.steps} >= {"dept:beis"}
    assert [step.target.id for step in reached[0].steps] == ["dept:beis"]
    assert around


class Moving:
    """A view of a server: what it shows moves on while it is read."""

    def __init__(self, view: View, versions: list[str]) -> None:
        self._view, self._versions = view, versions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    def version(self) -> str:
        return self._versions.pop(0) if len(self._versions) > 1 else self._versions[0]


def test_what_was_read_while_the_data_moved_on_is_not_kept(store: Store) -> None:
    with store.view() as view:
        moved: Any = Moving(view, ["before", "after"])
        found = overview.overview_of(moved)
        first = found.documents(moved)
        assert found.documents(moved) is not first
        steady: Any = Moving(view, ["before"])
        assert found.documents(steady) is found.documents(steady)
        around = found.around(moved, "dept:beis", ("COMMITS",), ("Proposition",), 5)
        assert found.around(moved, "dept:beis", ("COMMITS",), ("Proposition",), 5) is not around
        again = found.around(steady, "dept:beis", ("COMMITS",), ("Proposition",), 5)
        assert found.around(steady, "dept:beis", ("COMMITS",), ("Proposition",), 5) is again

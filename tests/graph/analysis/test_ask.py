"""Names in, answers out, over a real store: resolving, fetching, filters and errors.

Here (lis:here, in development) covers the county, published by Here LEP; There (published, Wave 1)
prop:p Drones, prop:twin Drones (of There), prop:q Careers
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.analysis import ask
from graph.analysis.ask import CompareRequest, HmgRequest, PartnersRequest
from graph.analysis.model import Filters
from graph.analysis.names import resolve_area, resolve_name, resolve_proposition, resolve_theme, split_areas
from graph.errors import AmbiguousEntity, NothingToCompare, UnknownEntity
from graph.model import GraphBatch
from graph.stores import open_store
from graph.stores.base import View


def scene(draw: Any) -> Any:
    draw.strategy("here", status="in-development", wave=3)
    draw.strategy("there")
    draw.strategy("quiet", read=False)
    draw.strategy("umbrella", read=False)
    draw.relate("lis:there", "PART_OF", "lis:umbrella", register=True)
    draw.entity("lep:here", "LEP", "Here Local Enterprise Partnership", aliases=("Here LEP",))
    draw.entity("place:county", "Place", "Here")
    draw.entity("place:town", "Place", "Littleton")
    draw.entity("sector:aero", "Sector", "Aerospace")
    draw.entity("foundation:people", "Foundation", "People", cue_terms=("skills", "careers"))
    draw.entity("dept:beis", "Department", "Business Department", acronym="BEIS", aliases=("BEIS",), end="2023-02-07")
    draw.entity("dept:dbt", "Department", "Department for Business and Trade")
    draw.entity("inst:u", "Institution", "Littleton University", kind="university")
    draw.relate("lis:here", "COVERS", "place:county", register=True)
    draw.relate("place:town", "PART_OF", "place:county", register=True)
    draw.relate("lep:here", "PUBLISHES", "lis:here", register=True)
    draw.relate("inst:u", "IN_PLACE", "place:town", register=True)
    draw.relate("inst:u", "IN_SECTOR", "sector:aero", register=True)
    draw.relate("dept:beis", "SUCCEEDED_BY", "dept:dbt", register=True, date="2023-02-07")
    draw.proposition("p", "Drones", area="here", ask="Lift the rules for drones")
    draw.proposition("twin", "Drones", area="there", what="Drones over the rules")
    draw.proposition("q", "Careers", area="here")
    for key in ("prop:p", "prop:twin"):
        draw.relate(key, "IN_SECTOR", "sector:aero", document="doc:here" if key == "prop:p" else "doc:there")
    draw.relate("prop:p", "ASKS", "dept:beis", document="doc:here", words="Lift the rules for drones")
    draw.relate("dept:beis", "COMMITS", "prop:twin", document="doc:there")
    return draw


@pytest.fixture(scope="module")
def view(
    new_drawing: Callable[[], Any],
    to_batches: Callable[[Any], Iterator[GraphBatch]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[View]:
    path: Path = tmp_path_factory.mktemp("ask") / "graph.db"
    with open_store(f"sqlite:///{path}") as store:
        with store.writer() as writer:
            for batch in to_batches(scene(new_drawing())):
                writer.put(batch)
        with store.view() as held:
            yield held


@pytest.mark.parametrize(
    "name", ["here", "Here", "Here LEP", "lis:here", "Here Local Industrial Strategy", "place:county", "Littleton"]
)
def test_an_area_goes_by_any_of_its_names(view: View, name: str) -> None:
    assert resolve_area(view, name).id == "lis:here"


def test_an_unknown_area_answers_with_near_names(view: View) -> None:
    with pytest.raises(UnknownEntity) as caught:
        resolve_area(view, "Thire Local Industrial Strategy")
    assert "There Local Industrial Strategy" in caught.value.near


def test_a_name_of_several_answers_with_the_choices(view: View) -> None:
    with pytest.raises(AmbiguousEntity) as caught:
        resolve_proposition(view, "Drones")
    assert caught.value.choices == ("prop:p", "prop:twin")
    assert resolve_proposition(view, "Drones", area_id="lis:there").id == "prop:twin"


def test_a_name_may_be_narrowed_by_type(view: View) -> None:
    assert resolve_name(view, "BEIS", types=("Department",)).id == "dept:beis"
    with pytest.raises(UnknownEntity):
        resolve_name(view, "BEIS", types=("Sector",))


@pytest.mark.parametrize(("text", "expected"), [("Aerospace", "sector:aero"), ("skills", "foundation:people")])
def test_a_theme_goes_by_its_name_or_a_term_of_the_register(view: View, text: str, expected: str) -> None:
    assert resolve_theme(view, text).id == expected


def test_compare_defaults_to_published_strategies_of_wave_1_without_umbrellas(view: View) -> None:
    found = ask.ask_compare(view, "here", CompareRequest())
    assert [area.id for area in found.areas] == ["lis:here", "lis:quiet", "lis:there"]
    assert found.version == view.version()
    assert {item.id for item in found.shared} == {"dept:beis", "sector:aero"}


def test_compare_with_named_areas(view: View) -> None:
    found = ask.ask_compare(view, "there", CompareRequest(others=("Here LEP",)))
    assert [area.id for area in found.areas] == ["lis:there", "lis:here"]


def test_filters_take_areas_out(view: View) -> None:
    found = ask.ask_compare(view, "here", CompareRequest(published=True, filters=Filters(areas=("lis:quiet",))))
    assert [area.id for area in found.areas] == ["lis:here", "lis:quiet"]


def test_an_area_without_documents_says_what_to_do(view: View) -> None:
    with pytest.raises(NothingToCompare, match="ingest one"):
        ask.ask_compare(view, "quiet", CompareRequest())


def test_precedents_similar_nearest_and_editions(view: View) -> None:
    (precedent,) = ask.ask_precedents(view, "here", CompareRequest())
    assert [item.proposition for item in precedent.found] == ["prop:twin"]
    assert [item.area for item in ask.ask_similar(view, "here", CompareRequest())] == ["lis:there"]
    assert [item.id for item in ask.ask_nearest(view, "prop:p", CompareRequest()).found] == ["prop:twin"]
    assert ask.ask_editions(view, "here") == ()


def test_partners_finds_a_body_of_the_register_in_the_area(view: View) -> None:
    found = ask.ask_partners(view, "Drones", PartnersRequest(area="here"))
    assert [item.id for item in found.candidates] == ["inst:u", "lep:here"]
    assert {"sector", "place"} <= {part.name for part in found.candidates[0].parts}


def test_filters_that_leave_nothing_of_a_proposition_say_so(view: View) -> None:
    with pytest.raises(NothingToCompare, match="filters leave nothing"):
        ask.ask_partners(view, "prop:p", PartnersRequest(filters=Filters(genres=("news",))))


def test_roles_finds_the_propositions_of_a_body(view: View) -> None:
    found = ask.ask_roles(view, "Littleton University", PartnersRequest())
    assert found.candidates[0].id == "prop:p"


def test_hmg_follows_names_and_dates(view: View) -> None:
    found = ask.ask_hmg(view, HmgRequest(department="BEIS", theme="aerospace", as_of="2024"))
    assert [(item.proposition, [ref.id for ref in item.holders]) for item in found.asks] == [("prop:p", ["dept:dbt"])]


def test_paths_between_two_names(view: View) -> None:
    found = ask.ask_paths(view, "inst:u", "BEIS")
    assert [step.target.id for step in found.shortest[0].steps] == ["sector:aero", "prop:p", "dept:beis"]


def test_the_same_question_gives_the_same_answer(view: View) -> None:
    assert ask.ask_compare(view, "here", CompareRequest()) == ask.ask_compare(view, "here", CompareRequest())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Here, There", ["Here", "There"]),
        ("Up, Down and Under", ["Up, Down and Under"]),
        ("Here,Up, Down and Under,There", ["Here", "Up, Down and Under", "There"]),
        ("Up, Nowhere", ["Up", "Nowhere"]),
        (" , ", []),
    ],
)
def test_a_name_with_a_comma_stays_whole_in_a_list(
    text: str, names: list[str], new_drawing: Callable[[], Any], to_batches: Callable[[Any], Iterator[GraphBatch]]
) -> None:
    draw = scene(new_drawing())
    draw.strategy("up")
    draw.entity("lep:up", "LEP", "Up, Down and Under")
    with open_store("sqlite:///:memory:") as store:
        with store.writer() as writer:
            for batch in to_batches(draw):
                writer.put(batch)
        with store.view() as view:
            assert split_areas(view, text) == names


def test_precedents_and_similar_alone_are_those_of_the_comparison(view: View) -> None:
    request = CompareRequest(published=True)
    whole = ask.ask_compare(view, "Here", request)
    assert whole.precedents
    assert whole.similar
    assert ask.ask_precedents(view, "Here", request) == whole.precedents
    assert ask.ask_similar(view, "Here", request) == whole.similar

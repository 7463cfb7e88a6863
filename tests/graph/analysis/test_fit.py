"""Each part of the score of a body for a proposition, on a graph in which the body has one thing in common with it.

lis:here --PROPOSES--> prop:p <--PARTNERS_IN-- inst:in        inst:new: the body scored
"""

from typing import Any

import pytest

from graph.analysis.fit import ELSEWHERE, FIT_WEIGHTS, FULL_LIKENESS, IN_AREA, OFF_SUBJECT, THROUGH
from graph.analysis.likeness import PARENT
from graph.analysis.model import Reason
from graph.analysis.partners import prepare


@pytest.fixture
def one(draw: Any) -> Any:
    draw.strategy("here")
    draw.proposition("p", "Drones", area="here")
    draw.entity("inst:in", "Institution", "Inside", kind="university")
    draw.entity("inst:new", "Institution", "Newcomer", kind="company")
    draw.relate("inst:in", "PARTNERS_IN", "prop:p")
    return draw


def scored(draw: Any, body: str = "inst:new") -> tuple[dict[str, float], dict[str, Reason]]:
    bench = prepare(draw.material())
    parts, reasons = bench.fit.score(body, bench.target("prop:p"))
    values = {part.name: part.value for part in parts if part.name != "reach"}
    return values, {reason.part: reason for reason in reasons}


def chain(reason: Reason) -> list[str]:
    return [reason.path[0].source.id, *(step.target.id for step in reason.path)]


def test_nothing_in_common_scores_nothing(one: Any) -> None:
    assert scored(one) == ({}, {})


def test_nearest_is_the_likeness_of_a_proposition_it_is_in(one: Any) -> None:
    """inst:new --> prop:q, which is in the same words as prop:p: likeness 0.6, full from 0.5"""
    one.strategy("there")
    one.proposition("q", "Drones", area="there")
    one.relate("inst:new", "PARTNERS_IN", "prop:q")
    values, reasons = scored(one)
    assert FULL_LIKENESS <= 0.6
    assert values == {"nearest": FIT_WEIGHTS.nearest}
    assert chain(reasons["nearest"]) == ["inst:new", "prop:q"]
    assert reasons["nearest"].says == "already in “Drones”, which is like this one (0.60)"


@pytest.mark.parametrize(("sector", "worth"), [("aero", 1.0), ("making", PARENT)])
def test_sector_of_the_register_outside_the_area(one: Any, sector: str, worth: float) -> None:
    """inst:new --> sector, prop:p --> aero --> making"""
    one.entity("aero", "Sector", "Aerospace")
    one.entity("making", "Sector", "Making")
    one.relate("aero", "PART_OF", "making", register=True)
    one.relate("prop:p", "IN_SECTOR", "aero")
    one.relate("inst:new", "IN_SECTOR", sector, register=True)
    values, reasons = scored(one)
    assert values == {"sector": pytest.approx(FIT_WEIGHTS.sector * worth * ELSEWHERE)}
    assert reasons["sector"].path[0].sources == ("https://example.org/register",)


def test_sector_inside_the_area_counts_whole(one: Any) -> None:
    one.entity("aero", "Sector", "Aerospace")
    one.entity("town", "Place", "Town")
    one.relate("prop:p", "IN_SECTOR", "aero")
    one.relate("inst:new", "IN_SECTOR", "aero", register=True)
    one.relate("lis:here", "COVERS", "town", register=True)
    one.relate("inst:new", "IN_PLACE", "town", register=True)
    values, reasons = scored(one)
    assert values["sector"] == FIT_WEIGHTS.sector
    assert values["place"] == pytest.approx(FIT_WEIGHTS.place * IN_AREA)
    assert chain(reasons["sector"]) == ["inst:new", "aero", "prop:p"]


def test_sector_through_another_proposition_counts_half(one: Any) -> None:
    """inst:new --> prop:q --> aero <-- prop:p"""
    one.entity("aero", "Sector", "Aerospace")
    one.proposition("q", "Ceramics")
    one.relate("prop:p", "IN_SECTOR", "aero")
    one.relate("prop:q", "IN_SECTOR", "aero")
    one.relate("inst:new", "PARTNERS_IN", "prop:q")
    values, reasons = scored(one)
    assert values["sector"] == pytest.approx(FIT_WEIGHTS.sector * THROUGH * ELSEWHERE)
    assert chain(reasons["sector"]) == ["inst:new", "prop:q", "aero", "prop:p"]
    assert reasons["sector"].says == "both in Aerospace, through “Ceramics”"


def test_area_is_the_body_that_publishes_the_strategy(one: Any) -> None:
    """inst:new --PUBLISHES--> lis:here --PROPOSES--> prop:p"""
    one.relate("inst:new", "PUBLISHES", "lis:here", register=True)
    values, reasons = scored(one)
    assert values == {"area": FIT_WEIGHTS.area}
    assert chain(reasons["area"]) == ["inst:new", "lis:here", "prop:p"]


def test_place_of_the_proposition_itself(one: Any) -> None:
    """prop:p --> town <-- inst:new, and nothing that tells what the body is about: half"""
    one.entity("town", "Place", "Town")
    one.relate("prop:p", "IN_PLACE", "town")
    one.relate("inst:new", "IN_PLACE", "town", register=True)
    values, reasons = scored(one)
    assert values == {"place": pytest.approx(FIT_WEIGHTS.place * OFF_SUBJECT)}
    assert chain(reasons["place"]) == ["inst:new", "town", "prop:p"]


def test_place_in_a_town_of_the_area(one: Any) -> None:
    """lis:here --COVERS--> county <-- town <-- inst:new"""
    one.entity("county", "Place", "County")
    one.entity("town", "Place", "Town")
    one.relate("lis:here", "COVERS", "county", register=True)
    one.relate("town", "PART_OF", "county", register=True)
    one.relate("inst:new", "IN_PLACE", "town", register=True)
    values, reasons = scored(one)
    assert values == {"place": pytest.approx(FIT_WEIGHTS.place * IN_AREA * OFF_SUBJECT)}
    assert chain(reasons["place"]) == ["inst:new", "town", "county"]


def test_programme_that_the_body_leads(one: Any) -> None:
    """inst:new --LEADS--> fund <--ALIGNS_WITH-- prop:p"""
    one.entity("fund", "Programme", "Flight Fund")
    one.relate("prop:p", "ALIGNS_WITH", "fund")
    one.relate("inst:new", "LEADS", "fund", register=True)
    values, reasons = scored(one)
    assert values == {"programme": FIT_WEIGHTS.programme}
    assert chain(reasons["programme"]) == ["inst:new", "fund", "prop:p"]


def test_programme_of_another_proposition_it_is_in(one: Any) -> None:
    """inst:new --> prop:q --> fund <-- prop:p: half"""
    one.entity("fund", "Programme", "Flight Fund")
    one.proposition("q", "Ceramics")
    one.relate("prop:p", "ALIGNS_WITH", "fund")
    one.relate("prop:q", "ALIGNS_WITH", "fund")
    one.relate("inst:new", "PARTNERS_IN", "prop:q")
    values, reasons = scored(one)
    assert values["programme"] == pytest.approx(FIT_WEIGHTS.programme * THROUGH)
    assert chain(reasons["programme"]) == ["inst:new", "prop:q", "fund", "prop:p"]


def test_capability_is_what_the_register_says_of_the_body(one: Any) -> None:
    """Its only field is "drones", of which the proposition speaks; its name is a word the proposition has not."""
    one.entity("inst:new", "Institution", "Drones", kind="company", fields=("drones",))
    values, reasons = scored(one)
    assert values == {"capability": FIT_WEIGHTS.capability}
    assert reasons["capability"].says == "the register describes it with “drones”"


def test_words_for_kinds_of_body_are_no_capability(one: Any) -> None:
    one.entity("prop:p", "Proposition", "Drone college")
    one.entity("inst:new", "Institution", "Newcomer College", kind="college")
    assert scored(one)[0] == {}


def test_family_of_a_body_that_is_already_in_it(one: Any) -> None:
    """inst:new --PART_OF--> inst:in --PARTNERS_IN--> prop:p"""
    one.relate("inst:new", "PART_OF", "inst:in", register=True)
    values, reasons = scored(one)
    assert values == {"family": pytest.approx(FIT_WEIGHTS.family * OFF_SUBJECT)}
    assert chain(reasons["family"]) == ["inst:new", "inst:in", "prop:p"]


def test_reach_is_whole_for_the_body_that_the_walk_visits_most(one: Any) -> None:
    """prop:p -- inst:in only: every other body has less."""
    bench = prepare(one.material())
    parts, _ = bench.fit.score("inst:in", bench.target("prop:p"))
    assert {part.name: part.value for part in parts}["reach"] == FIT_WEIGHTS.reach


def test_removing_the_evidence_removes_the_reason(one: Any) -> None:
    one.entity("fund", "Programme", "Flight Fund")
    one.relate("prop:p", "ALIGNS_WITH", "fund")
    one.relate("inst:new", "LEADS", "fund", register=True)
    assert "programme" in scored(one)[1]
    one.relations = [item for item in one.relations if item.type != "LEADS"]
    assert scored(one) == ({}, {})


def test_the_weights_add_up_to_one() -> None:
    assert sum(getattr(FIT_WEIGHTS, name) for name in FIT_WEIGHTS.__slots__) == pytest.approx(1.0)

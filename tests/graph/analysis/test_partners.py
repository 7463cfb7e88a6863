"""Partners, roles and areas to team up with.

lis:here --> prop:p (drones) --> aero       lis:there --> prop:q (drones) --> aero
inst:in, lep:here are in prop:p             inst:u is in prop:q; inst:v is in aero by the register
prop:p --ASKS--> beis                       beis --COMMITS--> prop:q
"""

from typing import Any

import pytest

from graph.analysis.model import PartnerAnswer, to_json
from graph.analysis.partners import PartnerOptions, partners, roles


@pytest.fixture
def scene(draw: Any) -> Any:
    draw.strategy("here", status="in-development")
    draw.strategy("there")
    draw.entity("aero", "Sector", "Aerospace")
    draw.entity("beis", "Department", "BEIS")
    draw.proposition("p", "Drones", area="here")
    draw.proposition("q", "Drones", area="there")
    for key, kind in (("inst:in", "university"), ("inst:u", "university"), ("inst:v", "company")):
        draw.entity(key, "Institution", key, kind=kind)
    draw.entity("lep:here", "LEP", "Here LEP")
    for key in ("prop:p", "prop:q"):
        draw.relate(key, "IN_SECTOR", "aero")
    draw.relate("inst:in", "PARTNERS_IN", "prop:p")
    draw.relate("lep:here", "LEADS", "prop:p")
    draw.relate("inst:u", "PARTNERS_IN", "prop:q")
    draw.relate("inst:v", "IN_SECTOR", "aero", register=True)
    draw.relate("prop:p", "ASKS", "beis")
    draw.relate("beis", "COMMITS", "prop:q")
    return draw


def answer(draw: Any, **options: Any) -> PartnerAnswer:
    return partners(draw.material(), "prop:p", PartnerOptions(**options))


def test_those_already_in_it_stand_apart_with_their_role(scene: Any) -> None:
    found = answer(scene)
    assert [(item.id, item.kind, item.role) for item in found.existing] == [
        ("inst:in", "university", "partner"),
        ("lep:here", "local enterprise partnership", "lead"),
    ]
    assert {"inst:in", "lep:here"}.isdisjoint(item.id for item in found.candidates)
    assert all(item.evidence for item in found.existing)


def test_candidates_come_best_first_and_each_has_reasons(scene: Any) -> None:
    found = answer(scene).candidates
    assert [item.id for item in found] == ["inst:u", "inst:v"]
    assert all(item.score == pytest.approx(sum(part.value for part in item.parts)) for item in found)
    assert all(len(item.reasons) == len(item.parts) for item in found)


@pytest.mark.parametrize(
    ("kinds", "expected"), [(("company",), ["inst:v"]), (("LEP",), []), (("universit",), ["inst:u"])]
)
def test_kinds_narrow_the_candidates(scene: Any, kinds: tuple[str, ...], expected: list[str]) -> None:
    assert [item.id for item in answer(scene, kinds=kinds).candidates] == expected


def test_near_keeps_those_of_the_area(scene: Any) -> None:
    scene.entity("town", "Place", "Town")
    scene.relate("lis:here", "COVERS", "town", register=True)
    scene.relate("inst:v", "IN_PLACE", "town", register=True)
    assert [item.id for item in answer(scene, near=True).candidates] == ["inst:v"]


def test_limit_and_min_score(scene: Any) -> None:
    found = answer(scene, limit=1)
    assert [item.id for item in found.candidates] == ["inst:u"]
    assert "The first 1 of 2 candidates are shown." in found.notes
    assert answer(scene, min_score=0.99).candidates == ()


def test_areas_to_team_up_with_and_the_departments_of_both(scene: Any) -> None:
    (team,) = answer(scene).team_up
    assert (team.area, [match.id for match in team.matches]) == ("lis:there", ["prop:q"])
    assert team.says == "There has “Drones”, which is like it (0.74); both deal with BEIS."
    assert [ref.id for ref in team.departments] == ["beis"]


def test_propositions_named_in_reasons_have_cards_and_documents(scene: Any) -> None:
    found = answer(scene)
    assert [card.id for card in found.propositions] == ["prop:q"]
    assert {item.id for item in found.documents} == {"doc:here", "doc:there"}


def test_roles_are_the_propositions_a_body_could_help_with(scene: Any) -> None:
    found = roles(scene.material(), "inst:u", PartnerOptions())
    assert [card.id for card in found.already] == ["prop:q"]
    (candidate,) = found.candidates
    assert (candidate.id, candidate.type, candidate.area) == ("prop:p", "Proposition", "lis:here")
    assert {"nearest", "sector", "reach"} == {part.name for part in candidate.parts}


def test_the_answer_is_plain_json(scene: Any) -> None:
    body = to_json(answer(scene))
    assert isinstance(body, dict)
    assert {"proposition", "existing", "candidates", "version"} <= body.keys()
    candidates = body["candidates"]
    assert isinstance(candidates, list)
    assert {"id", "name", "kind", "score", "parts", "reasons"} <= candidates[0].keys()  # type: ignore[union-attr]


def test_reach_names_what_lies_between(draw: Any) -> None:
    """prop:p - inst:in - inst:out: what lies between is told; a body that nothing leads to has no such part."""
    draw.strategy("here")
    draw.proposition("p", "Drones", area="here")
    draw.entity("inst:in", "Institution", "Inner", kind="company")
    draw.entity("inst:out", "Institution", "Outer", kind="company")
    draw.entity("inst:far", "Institution", "Far", kind="company")
    draw.entity("prop:q", "Proposition", "Kelp")
    draw.relate("inst:in", "PARTNERS_IN", "prop:p")
    draw.relate("inst:out", "PART_OF", "inst:in", register=True)
    draw.relate("inst:far", "PARTNERS_IN", "prop:q")
    found = {item.id: item for item in partners(draw.material(), "prop:p", PartnerOptions()).candidates}
    why = next(part.why for part in found["inst:out"].parts if part.name == "reach")
    assert why == "loosely linked with it, by way of Inner"
    assert "inst:far" not in found

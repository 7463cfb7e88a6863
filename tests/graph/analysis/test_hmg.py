"""Cross-HMG links on two areas, three departments and one fund.

lis:here  --> prop:a --ASKS--> beis, dfe      prop:a --> fund <--LEADS-- dwp
lis:there --> prop:b --ASKS--> beis           dfe --COMMITS--> prop:b --> skills
              prop:c --ASKS--> hmg            beis --> dbt 2023-02-07 (trade), --> desnz (energy)
"""

from typing import Any

import pytest

from graph.analysis.hmg import HmgOptions, hmg
from graph.analysis.model import HmgAnswer


@pytest.fixture
def scene(draw: Any) -> Any:
    draw.strategy("here")
    draw.strategy("there")
    draw.entity("hmg", "Department", "HM Government", kind="collective")
    draw.entity("beis", "Department", "Business Department", acronym="BEIS", end="2023-02-07")
    for key, name in (("dfe", "Education"), ("dwp", "Pensions"), ("dbt", "Trade"), ("desnz", "Energy")):
        draw.entity(key, "Department", name)
    draw.entity("fund", "Programme", "Social Fund")
    draw.entity("skills", "Sector", "Skills")
    draw.proposition("a", "Trade school", area="here")
    draw.proposition("b", "Ceramics", area="there")
    draw.proposition("c", "Town centre", area="there")
    words = "BEIS to promote it\nA school place for all"
    draw.relate("prop:a", "ASKS", "beis", document="doc:here", words=words)
    draw.relate("prop:a", "ASKS", "dfe", document="doc:here", words=words)
    draw.relate("prop:a", "ALIGNS_WITH", "fund", document="doc:here")
    draw.relate("prop:b", "ASKS", "beis", document="doc:there", words="Money for kilns")
    draw.relate("prop:b", "IN_SECTOR", "skills", document="doc:there")
    draw.relate("prop:c", "ASKS", "hmg", document="doc:there", words="Powers")
    draw.relate("dfe", "COMMITS", "prop:b", document="doc:there")
    draw.relate("dwp", "LEADS", "fund", register=True)
    draw.relate(
        "beis", "SUCCEEDED_BY", "dbt", register=True, date="2023-02-07", what_moved="trade; sponsorship of dept:x"
    )
    draw.relate("beis", "SUCCEEDED_BY", "desnz", register=True, date="2023-02-07", what_moved="energy")
    return draw


def answer(draw: Any, **options: str) -> HmgAnswer:
    return hmg(draw.material(), HmgOptions(**options))


def test_a_department_counts_asks_and_agreements_by_area_and_theme(scene: Any) -> None:
    lines = {line.id: line for line in answer(scene).departments}
    assert (lines["beis"].asked, lines["beis"].agreed) == (("prop:a", "prop:b"), ())
    assert (lines["dfe"].asked, lines["dfe"].agreed) == (("prop:a",), ("prop:b",))
    assert [(item.name, item.propositions) for item in lines["beis"].areas] == [
        ("Here", ("prop:a",)),
        ("There", ("prop:b",)),
    ]
    assert [(item.id, item.propositions) for item in lines["dfe"].themes] == [("skills", ("prop:b",))]


def test_an_ask_shows_the_point_that_names_the_department(scene: Any) -> None:
    words = {(ask.proposition, ask.department.id): ask.words for ask in answer(scene).asks}
    assert words["prop:a", "beis"] == "BEIS to promote it"
    assert words["prop:a", "dfe"] == "BEIS to promote it\nA school place for all"
    assert words["prop:b", "beis"] == "Money for kilns"


def test_asks_carry_area_date_and_quote(scene: Any) -> None:
    ask = next(item for item in answer(scene).asks if item.proposition == "prop:b")
    assert (ask.area, ask.date, ask.evidence[0].quote) == ("lis:there", "2019", "prop:b ASKS beis")


def test_several_departments_and_who_else_leads_what_it_builds_on(scene: Any) -> None:
    (found,) = answer(scene).several_departments
    assert found.proposition == "prop:a"
    assert found.says == "Asks Business Department and Education; also builds on Social Fund, which Pensions leads."


def test_departments_asked_together_are_weighted_by_propositions(scene: Any) -> None:
    scene.relate("prop:b", "ASKS", "dfe", document="doc:there")
    (pair,) = answer(scene).asked_together
    assert (pair.first.id, pair.second.id, pair.weight) == ("beis", "dfe", 2)
    assert pair.propositions == ("prop:a", "prop:b")


def test_leads_name_the_propositions_that_do_not_ask_the_leader(scene: Any) -> None:
    (lead,) = answer(scene).leads
    assert (lead.department.id, lead.lever.id, lead.propositions, lead.unasked) == (
        "dwp",
        "fund",
        ("prop:a",),
        ("prop:a",),
    )
    assert lead.sources == ("https://example.org/register",)


def test_a_proposition_that_asks_the_leader_is_not_unasked(scene: Any) -> None:
    scene.relate("prop:a", "ASKS", "dwp", document="doc:here")
    (lead,) = answer(scene).leads
    assert (lead.propositions, lead.unasked) == (("prop:a",), ())


def test_a_leader_that_has_ended_stands_for_its_heir_at_the_time(scene: Any) -> None:
    """old --> dwp 2010: the register says that old leads the fund, the proposition is of 2019."""
    scene.entity("old", "Department", "Old", end="2010-01-01")
    scene.relate("old", "SUCCEEDED_BY", "dwp", register=True, date="2010-01-01")
    scene.relations = [item for item in scene.relations if item.type != "LEADS"]
    scene.relate("old", "LEADS", "fund", register=True)
    assert [lead.department.id for lead in answer(scene).leads] == ["dwp"]


def test_never_asked_leads_a_lever_and_is_named_by_nobody(scene: Any) -> None:
    (found,) = answer(scene).never_asked
    assert (found.id, found.propositions) == ("dwp", ("prop:a",))
    assert found.says == "Leads Social Fund; 1 proposition builds on it with an ask of Government, and none names it."
    scene.relate("prop:b", "ASKS", "dwp", document="doc:there")
    assert answer(scene).never_asked == ()


def test_holders_come_only_for_a_date(scene: Any) -> None:
    assert answer(scene).holders == ()
    held = {item.department.id: [ref.id for ref in item.holders] for item in answer(scene, as_of="2024").holders}
    assert held == {"beis": ["dbt", "desnz"], "dfe": ["dfe"]}


def test_the_words_of_a_proposition_choose_among_heirs(scene: Any) -> None:
    """ "Trade school" speaks of trade, which went to dbt; "Ceramics" of neither."""
    holders = {
        ask.proposition: [ref.id for ref in ask.holders] for ask in answer(scene, as_of="2024", department="beis").asks
    }
    assert holders == {"prop:a": ["dbt"], "prop:b": ["dbt", "desnz"]}


def test_one_department_one_area_one_theme(scene: Any) -> None:
    assert {ask.department.id for ask in answer(scene, department="dfe").asks} == {"dfe"}
    assert {ask.proposition for ask in answer(scene, area="lis:there").asks} == {"prop:b", "prop:c"}
    assert {ask.proposition for ask in answer(scene, theme="skills").asks} == {"prop:b"}


def test_a_theme_holds_what_is_part_of_it(scene: Any) -> None:
    scene.entity("people", "Sector", "People")
    scene.relate("skills", "PART_OF", "people", register=True)
    assert {ask.proposition for ask in answer(scene, theme="people").asks} == {"prop:b"}


def test_notes_count_asks_that_name_nobody_and_warn_of_few(scene: Any) -> None:
    assert answer(scene).notes == (
        "1 proposition asks Government without naming a department.",
        "Only 1 proposition asks several departments: who is central says little.",
    )


def test_central_shares_pairs_and_says_how_stable(scene: Any) -> None:
    """beis-dfe from prop:a (doc:here), beis-dwp from prop:b (doc:there): beis is in both of two pairs."""
    scene.relate("prop:b", "ASKS", "dwp", document="doc:there")
    found = {item.id: item for item in answer(scene).central}
    assert (found["beis"].value, found["beis"].rank, found["beis"].lowest, found["beis"].highest) == (1.0, 1, 1, 1)
    assert (found["dfe"].value, found["dfe"].rank, found["dfe"].highest) == (0.5, 2, 4)
    assert found["dfe"].says == (
        "In 50% of the pairs of departments asked together, with 1 other; rank 2, 1 to 4 with one document left out."
    )

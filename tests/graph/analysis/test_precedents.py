"""Precedents: what Government agreed to elsewhere, for one ask of one area.

lis:here --> prop:ask --ASKS--> dit       dit --COMMITS--> prop:done <-- lis:there (published)
"""

from typing import Any

import pytest

from graph.analysis.index import build_index
from graph.analysis.likeness import make_likeness
from graph.analysis.model import Precedent
from graph.analysis.precedents import ASK, DEPARTMENT, LEVER, LIKENESS, find_commitments, find_precedents
from graph.analysis.profiles import make_profiles


def precedents(draw: Any, *, limit: int = 3) -> tuple[Precedent, ...]:
    index = build_index(draw.material())
    profiles = make_profiles(index)
    ours = [key for key, item in profiles.items() if item.card.area == "lis:here"]
    return find_precedents(make_likeness(index, profiles), ours, find_commitments(index, profiles), limit=limit)


@pytest.fixture
def asked(draw: Any) -> Any:
    draw.strategy("here", status="in-development")
    draw.strategy("there")
    draw.entity("dit", "Department", "Department for International Trade")
    draw.proposition("ask", "Fuel park", area="here", what="Fuel park", ask="Promote hydrogen abroad")
    draw.relate("prop:ask", "ASKS", "dit", words="Promote hydrogen abroad")
    return draw


def add_commitment(draw: Any, what: str, *, area: str = "there", department: str = "dit", key: str = "done") -> None:
    draw.proposition(key, what, area=area, what=what)
    draw.relate(department, "COMMITS", f"prop:{key}", document="doc:there")


def test_a_commitment_of_the_department_asked_in_the_words_of_the_ask(asked: Any) -> None:
    add_commitment(asked, "Promote hydrogen abroad")
    (found,) = precedents(asked)[0].found
    parts = {part.name: part.value for part in found.parts}
    assert parts["department"] == DEPARTMENT
    assert parts["ask"] == ASK
    assert 0 < parts["wording"] <= LIKENESS * 0.6
    assert found.score == pytest.approx(sum(parts.values()))
    assert found.agreed_in is not None
    assert (found.agreed_in.name, found.department.id) == ("There Local Industrial Strategy", "dit")
    assert [citation.quote for citation in found.evidence] == ["dit COMMITS prop:done"]


def test_another_department_gives_no_department_part(asked: Any) -> None:
    asked.entity("beis", "Department")
    add_commitment(asked, "Promote hydrogen abroad", department="beis")
    (found,) = precedents(asked)[0].found
    assert "department" not in {part.name for part in found.parts}


def test_nothing_alike_says_so_with_the_number_of_documents(asked: Any) -> None:
    asked.entity("dfe", "Department")
    add_commitment(asked, "Teach ceramics", department="dfe")
    (precedent,) = precedents(asked)
    assert precedent.found == ()
    assert precedent.says == "None found in 1 document with commitments of Government."


def test_a_draft_is_no_precedent(asked: Any) -> None:
    asked.strategy("draft", status="drafted-not-published")
    add_commitment(asked, "Promote hydrogen abroad", area="draft")
    assert precedents(asked)[0].found == ()


def test_a_sector_deal_is_one(asked: Any) -> None:
    """dit --COMMITS--> prop:done --ALIGNS_WITH--> deal, put forward by no strategy"""
    asked.entity("deal", "SectorDeal", "Hydrogen Sector Deal", published="2018-06-27")
    asked.proposition("done", "Promote hydrogen abroad", what="Promote hydrogen abroad")
    asked.relate("prop:done", "ALIGNS_WITH", "deal", document="doc:there")
    asked.relate("dit", "COMMITS", "prop:done", document="doc:there")
    (found,) = precedents(asked)[0].found
    assert found.agreed_in is not None
    assert (found.agreed_in.id, found.published) == ("deal", "2018-06-27")
    assert precedents(asked)[0].says == (
        "Department for International Trade (nationally, Hydrogen Sector Deal, 2018-06-27): “Promote hydrogen abroad”"
    )


def test_our_own_commitments_are_no_precedents(asked: Any) -> None:
    asked.strategy("here")
    asked.relate("dit", "COMMITS", "prop:ask")
    assert precedents(asked)[0].found == ()


def test_a_proposition_without_an_ask_has_no_entry(asked: Any) -> None:
    asked.proposition("other", "Ceramics", area="here")
    assert [item.proposition for item in precedents(asked)] == ["prop:ask"]


def test_one_programme_on_which_both_build_makes_a_precedent(asked: Any) -> None:
    """prop:ask --> fund <-- prop:done, with hardly a word in common"""
    asked.entity("fund", "Programme", "Hydrogen Fund")
    asked.entity("beis", "Department")
    add_commitment(asked, "Fuel cells", department="beis")
    asked.relate("prop:ask", "ALIGNS_WITH", "fund", document="doc:here")
    asked.relate("prop:done", "ALIGNS_WITH", "fund", document="doc:there")
    (found,) = precedents(asked)[0].found
    part = next(part for part in found.parts if part.name == "programme")
    assert (part.value, part.why) == (LEVER, "both build on Hydrogen Fund")
    assert [citation.document for citation in part.evidence] == ["doc:here", "doc:there"]

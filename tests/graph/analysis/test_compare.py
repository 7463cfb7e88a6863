"""Compare: coverage, matrix, findings, similar, on a graph of four areas.

Here:  prop:h1 --> aero, --> deal     Alpha: prop:a1 --> aero     Beta: prop:b1 --> rail     Gamma: no document
       prop:h2 (says "careers")              prop:a2 --> rail           prop:b2 --> people
"""

from typing import Any

import pytest

from graph.analysis.compare import CompareOptions, compare
from graph.analysis.model import Comparison, MatrixCell, RowKind
from graph.errors import NothingToCompare

OTHERS = ("lis:alpha", "lis:beta", "lis:gamma")


@pytest.fixture
def four(draw: Any) -> Any:
    draw.strategy("here", status="in-development", wave=3)
    draw.strategy("alpha")
    draw.strategy("beta", wave=2)
    draw.strategy("gamma", read=False)
    draw.entity("aero", "Sector", "Aerospace")
    draw.entity("rail", "Sector", "Rail")
    draw.entity("deal", "SectorDeal", "Aerospace Sector Deal")
    draw.entity("people", "Foundation", "People", cue_terms=("careers",))
    for key, area, name in (
        ("h1", "here", "Drones"),
        ("h2", "here", "Careers for all"),
        ("a1", "alpha", "Wings"),
        ("a2", "alpha", "Trains"),
        ("b1", "beta", "Signals"),
        ("b2", "beta", "Technicians"),
    ):
        draw.proposition(key, name, area=area)
    for key, sector in (("h1", "aero"), ("a1", "aero"), ("a2", "rail"), ("b1", "rail")):
        draw.relate(f"prop:{key}", "IN_SECTOR", sector)
    draw.relate("prop:h1", "ALIGNS_WITH", "deal")
    draw.relate("prop:b2", "ADDRESSES", "people")
    return draw


def answer(draw: Any, **options: Any) -> Comparison:
    return compare(draw.material(), "lis:here", OTHERS, CompareOptions(**options))


def cells(found: Comparison, row_id: str) -> dict[str, MatrixCell]:
    return {cell.area: cell for row in found.matrix.rows if row.id == row_id for cell in row.cells}


def test_areas_come_chosen_first_then_published_by_wave(four: Any) -> None:
    found = answer(four)
    assert [area.id for area in found.areas] == ["lis:here", "lis:alpha", "lis:gamma", "lis:beta"]
    assert [area.label for area in found.areas][:2] == ["Here", "Alpha"]


def test_coverage_says_where_silence_is_not_absence(four: Any) -> None:
    says = {item.area: item.says for item in answer(four).coverage}
    assert says["lis:gamma"] == "Gamma: no document was read; its cells are empty, which says nothing about the area."
    assert says["lis:here"] == "Here: 2 propositions from 1 document (strategy)."


def test_a_cell_counts_its_propositions_and_their_share(four: Any) -> None:
    rail = cells(answer(four), "rail")
    assert (rail["lis:alpha"].propositions, rail["lis:alpha"].count, rail["lis:alpha"].share) == (("prop:a2",), 1, 0.5)
    assert (rail["lis:here"].count, rail["lis:here"].share) == (0, 0.0)
    assert (rail["lis:gamma"].count, rail["lis:gamma"].share) == (None, None)


def test_a_cell_shows_what_words_only_imply_without_counting_it(four: Any) -> None:
    people = cells(answer(four), "people")["lis:here"]
    assert (people.count, people.implied) == (0, ("prop:h2",))


def test_rows_are_of_the_kinds_chosen(four: Any) -> None:
    assert {row.kind for row in answer(four, rows=(RowKind.SECTOR,)).matrix.rows} == {RowKind.SECTOR}


def test_shared_has_its_strength_and_quotes(four: Any) -> None:
    (found,) = answer(four).shared
    assert (found.id, found.strength, found.ours) == ("aero", 0.5, ("prop:h1",))
    assert found.says == "Sector Aerospace: 1 proposition of Here; also Alpha (1)."
    assert [citation.quote for citation in found.evidence] == ["prop:h1 IN_SECTOR aero", "prop:a1 IN_SECTOR aero"]


def test_distinctive_is_what_hardly_any_other_has(four: Any) -> None:
    (found,) = answer(four).distinctive
    assert (found.id, found.strength) == ("deal", 1.0)
    assert found.says == "Programme or deal Aerospace Sector Deal: 1 proposition of Here; none of the 2 others."


def test_missing_is_what_several_have_and_nobody_here_speaks_of(four: Any) -> None:
    """Rail: both others have it. People: only one has it, and Here speaks of careers."""
    (found,) = answer(four).missing
    assert (found.id, found.strength) == ("rail", 1.0)
    assert (
        found.says
        == "Sector Rail: 2 of 2 others have it, Alpha (1) and Beta (1); no proposition read of Here names it."
    )


def test_what_is_spoken_of_in_other_words_is_not_missing(four: Any) -> None:
    four.relate("prop:a1", "ADDRESSES", "people")
    assert [item.id for item in answer(four).missing] == ["rail"]
    four.entity("prop:h2", "Proposition", "Something else")
    assert {item.id for item in answer(four).missing} == {"rail", "people"}


def test_what_others_speak_of_in_other_words_is_less_distinctive(four: Any) -> None:
    """Deal is Here's alone; a foundation of Here's that both others hint at counts half for each: 1 - 2 x 0.5 / 2."""
    four.entity("ideas", "Foundation", "Ideas", cue_terms=("wings", "signals"))
    four.relate("prop:h1", "ADDRESSES", "ideas")
    assert "ideas" not in {item.id for item in answer(four).distinctive}


def test_a_strategy_that_names_a_row_as_a_whole_counts_as_having_it(four: Any) -> None:
    four.entity("growth", "GrandChallenge", "Clean Growth")
    four.relate("lis:alpha", "ADDRESSES", "growth")
    four.relate("lis:beta", "ADDRESSES", "growth")
    found = {item.id: item for item in answer(four).missing}["growth"]
    assert "Alpha (the strategy itself)" in found.says


def test_government_as_a_whole_is_no_finding(four: Any) -> None:
    four.entity("hmg", "Department", "HM Government", kind="collective")
    four.relate("prop:h1", "ASKS", "hmg")
    found = answer(four)
    assert "hmg" in {row.id for row in found.matrix.rows}
    assert "hmg" not in {item.id for item in (*found.shared, *found.distinctive, *found.missing)}


def test_similar_puts_the_area_of_the_same_sectors_first(four: Any) -> None:
    """Here and Alpha share Aerospace: cosine of (1/2) and (1/2, 1/2) is 1/sqrt(2), times the weight 0.25 of sectors."""
    found = answer(four).similar
    assert [item.area for item in found] == ["lis:alpha", "lis:beta"]
    assert {part.name: part.value for part in found[0].parts} == {"sector": pytest.approx(0.25 / 2**0.5, abs=1e-6)}
    assert found[0].says == "Alpha puts weight on the same sectors: Aerospace (50% here, 50% there)."


def test_government_as_a_whole_makes_no_two_areas_similar(four: Any) -> None:
    four.entity("hmg", "Department", "HM Government", kind="collective")
    before = answer(four).similar
    for key in ("h1", "a1", "b1"):
        four.relate(f"prop:{key}", "ASKS", "hmg")
    assert answer(four).similar == before


def test_nearest_names_what_is_far_from_everything(four: Any) -> None:
    assert [(item.name, item.found) for item in answer(four).nearest] == [("Careers for all", ()), ("Drones", ())]


def test_min_score_holds_for_nearest(four: Any) -> None:
    for key in ("h1", "a1"):
        four.entity(f"prop:{key}", "Proposition", "Drones")
    (near,) = [item for item in answer(four).nearest if item.proposition == "prop:h1"]
    assert [match.id for match in near.found] == ["prop:a1"]
    assert not any(item.found for item in answer(four, min_score=0.99).nearest)


def test_an_area_without_documents_has_nothing_to_compare(four: Any) -> None:
    with pytest.raises(NothingToCompare, match="no document of Gamma Local Industrial Strategy"):
        compare(four.material(), "lis:gamma", ("lis:alpha",), CompareOptions())


def test_the_answer_names_data_version_documents_and_meanings(four: Any) -> None:
    found = answer(four)
    assert found.version == "v1"
    assert {item.id for item in found.documents} == {"doc:here", "doc:alpha", "doc:beta"}
    assert {"share", "shared", "distinctive", "missing", "nearest", "precedents"} <= {
        item.name for item in found.meanings
    }
    assert found.notes == ("No document was read of Gamma; their silence is not absence.",)


def test_every_proposition_that_a_cell_names_has_a_card(four: Any) -> None:
    found = answer(four)
    named = {item for row in found.matrix.rows for cell in row.cells for item in (*cell.propositions, *cell.implied)}
    assert named <= {card.id for card in found.propositions}


def test_a_sector_near_it_elsewhere_makes_a_row_less_distinctive(draw: Any) -> None:
    """Here has Low Carbon, part of Energy; of four others one has Energy: 1 - 0.5 / 4 is left of the strength."""
    draw.entity("energy", "Sector", "Energy")
    draw.entity("carbon", "Sector", "Low Carbon")
    draw.relate("carbon", "PART_OF", "energy", register=True)
    for area in ("here", "alpha", "beta", "gamma", "delta"):
        draw.strategy(area)
        draw.proposition(area, f"Plan {area}", area=area)
    draw.relate("prop:here", "IN_SECTOR", "carbon", document="doc:here")
    draw.relate("prop:alpha", "IN_SECTOR", "energy", document="doc:alpha")
    others = tuple(f"lis:{area}" for area in ("alpha", "beta", "gamma", "delta"))
    (found,) = compare(draw.material(), "lis:here", others, CompareOptions()).distinctive
    assert found.strength == pytest.approx(0.875)
    assert found.says == (
        "Sector Low Carbon: 1 proposition of Here; none of the 4 others; "
        "1 more speaks of it in other words or of a sector near it."
    )

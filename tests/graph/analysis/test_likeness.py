"""Each part of the likeness of two propositions, on two propositions that share one thing."""

from typing import Any

import pytest

from graph.analysis.index import build_index
from graph.analysis.likeness import PARENT, SIBLING, WEIGHTS, Likeness, make_likeness, total
from graph.analysis.profiles import IMPLIED, make_profiles


def likeness(draw: Any) -> Likeness:
    index = build_index(draw.material())
    return make_likeness(index, make_profiles(index))


def parts(draw: Any, first: str = "prop:1", second: str = "prop:2") -> dict[str, float]:
    return {part.name: part.value for part in likeness(draw).parts(first, second)}


@pytest.fixture
def two(draw: Any) -> Any:
    """prop:1 of Here and prop:2 of There, with no word in common:

    lis:here --> prop:1        lis:there --> prop:2
    """
    draw.strategy("here")
    draw.strategy("there")
    draw.proposition("1", "Drones", area="here")
    draw.proposition("2", "Ceramics", area="there")
    return draw


def test_nothing_shared_scores_nothing(two: Any) -> None:
    assert parts(two) == {}


@pytest.mark.parametrize(
    ("kind", "relation", "part"),
    [
        ("Sector", "IN_SECTOR", "sector"),
        ("Foundation", "ADDRESSES", "foundation"),
        ("GrandChallenge", "ADDRESSES", "challenge"),
        ("Programme", "ALIGNS_WITH", "programme"),
        ("SectorDeal", "ALIGNS_WITH", "programme"),
        ("Department", "ASKS", "department"),
    ],
)
def test_a_shared_thing_is_worth_its_part(two: Any, kind: str, relation: str, part: str) -> None:
    """prop:1 --> x <-- prop:2"""
    two.entity("x", kind)
    two.relate("prop:1", relation, "x")
    two.relate("prop:2", relation, "x")
    assert parts(two) == {part: getattr(WEIGHTS, part)}


def test_partners_of_one_kind_are_worth_the_part(two: Any) -> None:
    """university A --> prop:1, university B --> prop:2"""
    for key in "ab":
        two.entity(key, "Institution", kind="university")
    two.relate("a", "PARTNERS_IN", "prop:1")
    two.relate("b", "PARTNERS_IN", "prop:2")
    assert parts(two) == {"partner": WEIGHTS.partner}


def test_government_as_a_whole_is_no_shared_department(two: Any) -> None:
    two.entity("hmg", "Department", kind="collective")
    two.relate("prop:1", "ASKS", "hmg")
    two.relate("hmg", "COMMITS", "prop:2")
    assert parts(two) == {}


def test_asked_here_and_agreed_there_is_a_shared_department(two: Any) -> None:
    two.entity("beis", "Department")
    two.relate("prop:1", "ASKS", "beis")
    two.relate("beis", "COMMITS", "prop:2")
    assert parts(two) == {"department": WEIGHTS.department}


@pytest.mark.parametrize(("second", "worth"), [("aero", 1.0), ("making", PARENT), ("cars", SIBLING), ("space", 0.0)])
def test_sectors_count_with_their_parents(two: Any, second: str, worth: float) -> None:
    """aero --> making <-- cars, space apart; prop:1 in aero, prop:2 in another"""
    for sector in ("aero", "making", "cars", "space"):
        two.entity(sector, "Sector")
    two.relate("aero", "PART_OF", "making", register=True)
    two.relate("cars", "PART_OF", "making", register=True)
    two.relate("prop:1", "IN_SECTOR", "aero")
    two.relate("prop:2", "IN_SECTOR", second)
    assert parts(two).get("sector", 0.0) == pytest.approx(WEIGHTS.sector * worth)


def test_what_words_alone_imply_counts_half(draw: Any) -> None:
    """prop:1 --> People; prop:2 only says "apprenticeship", a term that the register lists for People"""
    draw.strategy("here")
    draw.strategy("there")
    draw.entity("people", "Foundation", "People", cue_terms=("apprenticeship",))
    draw.proposition("1", "Drones", area="here")
    draw.proposition("2", "Apprenticeship", area="there")
    draw.relate("prop:1", "ADDRESSES", "people")
    assert parts(draw) == {"foundation": pytest.approx(WEIGHTS.foundation * IMPLIED)}


def test_the_strongest_of_several_ties_counts(two: Any) -> None:
    """Both in space and, as siblings, in aero and cars: the same sector counts, not the sibling."""
    for sector in ("aero", "making", "cars", "space"):
        two.entity(sector, "Sector", sector.title())
    for sector in ("aero", "cars"):
        two.relate(sector, "PART_OF", "making", register=True)
    for key, sector in (("prop:1", "aero"), ("prop:1", "space"), ("prop:2", "cars"), ("prop:2", "space")):
        two.relate(key, "IN_SECTOR", sector)
    (part,) = likeness(two).parts("prop:1", "prop:2")
    assert (part.value, part.why) == (WEIGHTS.sector, "both Space")


def test_wording_is_full_for_equal_texts_and_shows_the_words(draw: Any) -> None:
    draw.strategy("here")
    draw.strategy("there")
    draw.proposition("1", "Drone demonstrator", area="here")
    draw.proposition("2", "Drone demonstrator", area="there")
    (part,) = likeness(draw).parts("prop:1", "prop:2")
    assert (part.name, part.value) == ("wording", WEIGHTS.wording)
    assert "“drone”" in part.why


def test_names_of_bodies_and_places_are_no_shared_words(draw: Any) -> None:
    """Both say "Preston", to which both are tied: that says where, not what."""
    draw.strategy("here")
    draw.strategy("there")
    draw.entity("preston", "Place", "Preston")
    for key, name in (("1", "Preston drones"), ("2", "Preston ceramics")):
        draw.proposition(key, name, area="here" if key == "1" else "there")
        draw.relate(f"prop:{key}", "IN_PLACE", "preston")
    assert parts(draw) == {}


def test_the_score_is_the_sum_of_its_parts(two: Any) -> None:
    two.entity("aero", "Sector")
    two.entity("deal", "SectorDeal")
    for key in ("prop:1", "prop:2"):
        two.relate(key, "IN_SECTOR", "aero")
        two.relate(key, "ALIGNS_WITH", "deal")
    match = likeness(two).match("prop:1", "prop:2")
    assert match.score == pytest.approx(WEIGHTS.sector + WEIGHTS.programme)
    assert match.score == total(match.parts)


def test_the_weights_add_up_to_one() -> None:
    assert sum(getattr(WEIGHTS, name) for name in WEIGHTS.__slots__) == pytest.approx(1.0)


def test_nearest_shows_what_an_area_says_twice_once(draw: Any) -> None:
    draw.strategy("here")
    draw.strategy("there")
    draw.proposition("1", "Hydrogen buses", area="here")
    draw.proposition("2", "Hydrogen buses", area="there")
    draw.proposition("3", "Hydrogen buses", area="there")
    found = likeness(draw).nearest("prop:1", ["prop:3", "prop:2"], limit=5)
    assert [match.id for match in found] == ["prop:2"]

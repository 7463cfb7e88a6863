"""What changed between two documents of one strategy.

2019: Drone zone, Careers hub, Ceramics        2020: Drone zone (other ask), Careers hub, Hydrogen buses
"""

from typing import Any

import pytest

from graph.analysis.compare import CompareOptions, compare
from graph.analysis.editions import find_editions
from graph.analysis.index import build_index
from graph.analysis.likeness import make_likeness
from graph.analysis.model import Editions
from graph.analysis.profiles import make_profiles


def editions(draw: Any) -> tuple[Editions, ...]:
    index = build_index(draw.material())
    return find_editions(make_likeness(index, make_profiles(index)), "lis:here")


@pytest.fixture
def two(draw: Any) -> Any:
    draw.strategy("here", read=False)
    draw.document("doc:old", about="lis:here", date="2019")
    draw.document("doc:new", about="lis:here", date="2020-01", genre="draft strategy")
    for key, name, ask, document in (
        ("o1", "Drone zone over Warton", "Rules lifted", "doc:old"),
        ("o2", "Careers hub", "", "doc:old"),
        ("o3", "Ceramics", "", "doc:old"),
        ("n1", "Drone zone over Warton", "Rules waived", "doc:new"),
        ("n2", "Careers hub", "", "doc:new"),
        ("n3", "Hydrogen buses", "", "doc:new"),
    ):
        draw.proposition(key, name, area="here", document=document, ask=ask)
    return draw


def test_kept_changed_added_and_left_out(two: Any) -> None:
    (found,) = editions(two)
    assert [item.name for item in found.kept] == ["Careers hub"]
    assert [(item.name, item.fields) for item in found.changed] == [
        ("Drone zone over Warton", (("ask", "Rules lifted", "Rules waived"),))
    ]
    assert [card.name for card in found.added] == ["Hydrogen buses"]
    assert [card.name for card in found.left_out] == ["Ceramics"]
    assert found.says.endswith("1 proposition kept, 1 changed, 1 added, 1 no longer there.")


def test_each_side_of_a_change_opens_its_words(two: Any) -> None:
    (found,) = editions(two)
    assert {citation.document for citation in found.changed[0].evidence} == {"doc:old", "doc:new"}


@pytest.mark.parametrize("genre", ["news", "minutes", "statement", "letter"])
def test_a_report_is_no_edition(two: Any, genre: str) -> None:
    two.document("doc:new", about="lis:here", date="2020-01", genre=genre)
    assert editions(two) == ()


def test_an_undated_document_is_left_out(two: Any) -> None:
    two.document("doc:new", about="lis:here", date="")
    assert editions(two) == ()


def test_shared_department_and_programme_pair_what_is_worded_anew(draw: Any) -> None:
    """One word in common is too little for wording; with the same department and programme the pair is told."""
    draw.strategy("here", read=False)
    draw.document("doc:a", about="lis:here", date="2019")
    draw.document("doc:b", about="lis:here", date="2020")
    draw.entity("dept:x", "Department", "Department X")
    draw.entity("programme:y", "Programme", "Programme Y")
    draw.proposition("old", "Costs", area="here", document="doc:a", what="station platforms ceramics quantum")
    draw.proposition("new", "Rail", area="here", document="doc:b", what="station rebuilding tidal screen")
    draw.proposition("rest", "Kelp", area="here", document="doc:b", what="careers advice")

    def pairs() -> list[tuple[str, str]]:
        edition = compare(draw.material(), "lis:here", (), CompareOptions()).editions[0]
        return [(item.before, item.after) for item in edition.changed]

    assert pairs() == []
    for key, document in (("prop:old", "doc:a"), ("prop:new", "doc:b")):
        draw.relate(key, "ASKS", "dept:x", document=document)
        draw.relate(key, "ALIGNS_WITH", "programme:y", document=document)
    assert pairs() == [("prop:old", "prop:new")]

"""Filters leave out documents, strategies and propositions, and whatever loses all its support."""

from typing import Any

import pytest

from graph.analysis.filters import keep
from graph.analysis.model import Filters


@pytest.fixture
def scene(draw: Any) -> Any:
    """lis:a (published, wave 1, 2019), lis:b (draft, wave 3, 2020-05); prop:a firm, prop:b tentative"""
    draw.strategy("a")
    draw.strategy("b", status="in-development", wave=3)
    draw.document("doc:b", about="lis:b", date="2020-05", genre="board paper")
    draw.proposition("a", "A", area="a", tentative=False)
    draw.proposition("b", "B", area="b", tentative=True)
    draw.entity("national", "Strategy", "National Strategy")
    draw.relate("prop:a", "ALIGNS_WITH", "national", document="doc:a")
    return draw


def kept(draw: Any, **fields: Any) -> set[str]:
    return {
        entity.id for entity in keep(draw.material(), Filters(**fields)).sub.entities if entity.id.startswith("prop:")
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"prop:a", "prop:b"}),
        ({"waves": (1,)}, {"prop:a"}),
        ({"areas": ("lis:b",)}, {"prop:b"}),
        ({"published": True}, {"prop:a"}),
        ({"published": False}, {"prop:b"}),
        ({"tentative": False}, {"prop:a"}),
        ({"tentative": True}, {"prop:b"}),
        ({"genres": ("board paper",)}, {"prop:b"}),
        ({"since": "2020-01-01"}, {"prop:b"}),
        ({"until": "2020-04-30"}, {"prop:a"}),
        ({"since": "2019", "until": "2020"}, {"prop:a", "prop:b"}),
    ],
)
def test_what_stays(scene: Any, fields: dict[str, Any], expected: set[str]) -> None:
    assert kept(scene, **fields) == expected


def test_the_strategy_asked_about_always_stays(scene: Any) -> None:
    found = keep(scene.material(), Filters(waves=(1,)), always=("lis:b",))
    assert {"lis:b", "prop:b"} <= {entity.id for entity in found.sub.entities}


def test_national_strategies_have_no_wave_and_stay(scene: Any) -> None:
    found = keep(scene.material(), Filters(waves=(1,)))
    assert "national" in {entity.id for entity in found.sub.entities}


def test_relations_lose_the_quotes_of_excluded_documents(scene: Any) -> None:
    scene.relate("prop:a", "ALIGNS_WITH", "national", document="doc:b")
    found = keep(scene.material(), Filters(until="2019"))
    assert [item.type for item in found.sub.relations] == ["PROPOSES", "ALIGNS_WITH"]
    assert {passage.document_id for passage in found.passages} == {"doc:a"}


def test_the_input_stays_as_it_was(scene: Any) -> None:
    material = scene.material()
    keep(material, Filters(tentative=False))
    assert material == scene.material()

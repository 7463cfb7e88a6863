"""Who holds a department's work on a date.

bis --2016-07-14--> beis --2023-02-07--> dbt, desnz        dbt --2026-07--> bist
dfe: still there; skills to dwp on 2025-09-16
"""

from typing import Any

import pytest

from graph.analysis.index import Index, build_index
from graph.analysis.model import Holder
from graph.analysis.succession import find_holder


@pytest.fixture
def moves(draw: Any) -> Any:
    for key, start, end in (
        ("bis", "2009-06-05", "2016-07-14"),
        ("beis", "2016-07-14", "2023-02-07"),
        ("dbt", "2023-02-07", "2026-07"),
        ("desnz", "2023-02-07", ""),
        ("bist", "2026-07", ""),
        ("dfe", "2010-05-12", ""),
        ("dwp", "2001-06-08", ""),
    ):
        draw.entity(key, "Department", key.upper(), start=start, end=end)
    for source, target, date, moved in (
        ("bis", "beis", "2016-07-14", "most of it"),
        ("beis", "dbt", "2023-02-07", "business"),
        ("beis", "desnz", "2023-02-07", "energy"),
        ("dbt", "bist", "2026-07", ""),
        ("dfe", "dwp", "2025-09-16", "skills; sponsorship of dept:citb"),
    ):
        draw.relate(source, "SUCCEEDED_BY", target, register=True, date=date, what_moved=moved)
    return draw


def holder(draw: Any, department: str, on: str, **options: str) -> Holder:
    index: Index = build_index(draw.material())
    return find_holder(index, department, on, **options)


@pytest.mark.parametrize(
    ("department", "on", "expected"),
    [
        ("beis", "2019-12", ["beis"]),
        ("beis", "2023", ["dbt", "desnz"]),
        ("beis", "2023-02-06", ["beis"]),
        ("beis", "2026-11-24", ["bist", "desnz"]),
        ("bis", "2019", ["beis"]),
        ("bis", "2026-11-24", ["bist", "desnz"]),
        ("beis", "2012", ["bis"]),
        ("dfe", "2026-11-24", ["dfe"]),
    ],
)
def test_the_holder_on_a_date(moves: Any, department: str, on: str, expected: list[str]) -> None:
    assert [ref.id for ref in holder(moves, department, on).holders] == expected


def test_every_move_on_the_way_is_a_step_with_its_source(moves: Any) -> None:
    steps = holder(moves, "beis", "2026-11-24").steps
    assert [(step.before.id, step.after.id, step.date, step.moved) for step in steps] == [
        ("beis", "dbt", "2023-02-07", "business"),
        ("beis", "desnz", "2023-02-07", "energy"),
        ("dbt", "bist", "2026-07", ""),
    ]
    assert all(step.sources for step in steps)


def test_a_body_that_is_there_says_what_left_it_since(moves: Any) -> None:
    found = holder(moves, "dfe", "2026-11-24")
    assert found.says == "DFE: holds its work itself on 2026-11-24; to DWP on 2025-09-16: skills."
    assert holder(moves, "dfe", "2026-11-24", since="2026").steps == ()


def test_a_partial_move_before_the_end_is_no_heir(moves: Any) -> None:
    moves.relate("beis", "SUCCEEDED_BY", "dwp", register=True, date="2020-01-01", what_moved="a unit")
    assert [ref.id for ref in holder(moves, "beis", "2024").holders] == ["dbt", "desnz"]


def test_a_move_without_a_date_happened_when_the_heir_began(moves: Any) -> None:
    moves.relate("bis", "SUCCEEDED_BY", "dbt")
    assert [ref.id for ref in holder(moves, "bis", "2019").holders] == ["beis"]


def test_what_register_and_document_tell_is_one_step(moves: Any) -> None:
    moves.relate("dbt", "SUCCEEDED_BY", "bist", date="2026-07")
    (step,) = holder(moves, "dbt", "2026-11-24").steps
    assert step.sources
    assert step.evidence


def test_one_that_ended_without_an_heir_says_so(draw: Any) -> None:
    draw.entity("x", "Department", "X", end="2015-01-01")
    assert holder(draw, "x", "2020").says == "X: ended on 2015-01-01; no successor is known by 2020."


def test_succession_that_turns_in_a_circle_ends(draw: Any) -> None:
    for one, two in (("a", "b"), ("b", "a")):
        draw.entity(one, "Department", one, end="2015")
        draw.relate(one, "SUCCEEDED_BY", two, register=True, date="2015")
    assert holder(draw, "a", "2020").holders == ()


def test_work_that_came_by_a_split_goes_on_with_what_it_is_about(draw: Any) -> None:
    """beis --science--> dsit --science, research--> bist; dsit also had digital from dcms, which went to media."""
    for key, start, end in (
        ("beis", "2016", "2023-02"),
        ("dcms", "2017", "2023-02"),
        ("dsit", "2023-02", "2026-07"),
        ("bist", "2026-07", ""),
        ("media", "2026-07", ""),
    ):
        draw.entity(key, "Department", key.upper(), start=start, end=end)
    for source, target, date, moved in (
        ("beis", "dsit", "2023-02", "science and research; sponsorship of dept:ukri"),
        ("dcms", "dsit", "2023-02", "digital and telecoms"),
        ("dsit", "bist", "2026-07", "science (inferred from the name)"),
        ("dsit", "media", "2026-07", "digital government: dept:gds"),
    ):
        draw.relate(source, "SUCCEEDED_BY", target, register=True, date=date, what_moved=moved)
    assert [ref.id for ref in holder(draw, "beis", "2026-11").holders] == ["bist"]
    assert [ref.id for ref in holder(draw, "dcms", "2026-11").holders] == ["media"]
    both = holder(draw, "dsit", "2026-11")
    assert both.says == "DSIT: its work is with BIST (science) and MEDIA (digital government) on 2026-11."

"""docs/questions.md shows what the code answers over the bundled corpus; the shipped rankings are the best measured."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import questions
from bench.worked import EXAMPLES
from graph.analysis.select import whole_material
from graph.stores.base import View

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
RENEW = "run `python -m bench.questions --write docs/questions.md` and read what changed"


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with questions.corpus_view(questions.CORPUS) as held:
        yield held


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_worked_examples_are_up_to_date(view: View, page: str, name: str) -> None:
    assert questions.renew(page, {name: EXAMPLES[name](view)}) == page, RENEW


def test_the_measured_pairs_are_up_to_date(view: View, page: str) -> None:
    assert questions.renew(page, {"nearest": questions.nearest_table(whole_material(view))}) == page, RENEW


def _figures(page: str, name: str) -> dict[str, list[float]]:
    part = page.partition(f"<!-- {name} begins -->")[2].partition(f"<!-- {name} ends -->")[0]
    rows = re.findall(r"^\| (.+?) \| ((?:\d\.\d+(?: \| )?)+) \|$", part, re.MULTILINE)
    return {method: [float(cell) for cell in cells.split(" | ")] for method, cells in rows}


@pytest.mark.parametrize(("name", "noise"), [("nearest", 0.03), ("partners-found", 0.01)])
def test_what_is_shipped_is_the_best_measured(page: str, name: str, noise: float) -> None:
    """Within what one or two hits more or less would change."""
    figures = _figures(page, name)
    (shipped,) = [cells for method, cells in figures.items() if "shipped" in method]
    for column, value in enumerate(shipped):
        assert value >= max(cells[column] for cells in figures.values()) - noise


def test_there_are_enough_judged_pairs_of_both_kinds() -> None:
    with questions.PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 60
    assert min(sum(row["similar"] == kind for row in rows) for kind in "01") >= 60
    assert len({(row["query"], row["other"]) for row in rows}) == len(rows)


def test_leaving_a_partner_out_leaves_its_name_out_too(view: View) -> None:
    """The board paper names UCLan in the Drone Zone's text."""
    (zone,) = view.find_entities("Drone Zone")
    body = view.get_entity("inst:university-of-central-lancashire")
    assert body is not None
    material = questions.leave_out(questions.partner_material(view, zone.id), zone.id, body)
    (left,) = [entity for entity in material.sub.entities if entity.id == zone.id]
    assert "UCLan" in str(zone.properties)
    assert "UCLan" not in str(left.properties)
    assert not [item for item in material.sub.relations if (item.source_id, item.target_id) == (body.id, zone.id)]


def test_a_page_without_the_place_for_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="no part 'nearest'"):
        questions.renew("# Page", {"nearest": []})

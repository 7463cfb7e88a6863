"""What is extracted stays as good as it was: the bundled corpus by its gold, the Lancashire report row by row."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from paper_samples import Desk

from corpus import DOCUMENTS
from graph.model import Entity
from ingest.evaluation.gold import load_gold
from ingest.evaluation.runner import Run, score_batches

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "data" / "gold" / "corpus"
SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED") or ROOT / ".." / "shared").resolve()
REPORT = "lancashire-lis-board-report-2019-12"


@pytest.fixture(scope="module")
def run(desk: Desk) -> Run:
    gold = load_gold(GOLD)
    batches = [desk.extractor.extract_file(path.read_bytes(), path.name) for path in sorted(DOCUMENTS.iterdir())]
    return score_batches(gold, batches)


def test_corpus_is_read_and_every_quote_stands(run: Run) -> None:
    assert run.sound


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("all_entities", 0.95), ("closed_entities", 0.97), ("propositions", 0.93), ("all_relations", 0.85)],
)
def test_corpus_figures_stay_above_their_floors(run: Run, figure: str, floor: float) -> None:
    assert getattr(run.score, figure).f1 >= floor


@pytest.fixture(scope="module")
def report(desk: Desk) -> tuple[dict[str, Any], list[Entity]]:
    path = SHARED / "documents" / f"{REPORT}.txt"
    if not path.is_file():
        pytest.skip(f"no Lancashire report at {path}; set STRATEGY_GRAPH_SHARED to the folder that holds it")
    gold: dict[str, Any] = json.loads((SHARED / "gold" / f"{REPORT}.json").read_text(encoding="utf-8"))
    batch = desk.extractor.extract_file(path.read_bytes(), path.name)
    return gold, [entity for entity in batch.entities if entity.type == "Proposition"]


def test_report_has_its_twelve_propositions_and_no_other(report: tuple[dict[str, Any], list[Entity]]) -> None:
    gold, found = report
    assert sorted(entity.name for entity in found) == sorted(wanted["name"] for wanted in gold["propositions"])
    assert len(found) == 12


@pytest.mark.parametrize("role", ["what", "ask"])
def test_report_cells_are_those_of_its_table(report: tuple[dict[str, Any], list[Entity]], role: str) -> None:
    gold, found = report
    said = {entity.name: " ".join(str(entity.properties[role]).split()) for entity in found}
    wanted = {item["name"]: " ".join(item[f"{role}_starts"].split()) for item in gold["propositions"]}
    assert {name: said.get(name, "")[: len(start)] for name, start in wanted.items()} == wanted


def test_report_rows_say_why_and_how(report: tuple[dict[str, Any], list[Entity]]) -> None:
    _, found = report
    assert [entity.name for entity in found if not {"why", "how"} <= set(entity.properties)] == []


def test_report_is_scored_without_a_wrong_or_missed_proposition(desk: Desk) -> None:
    path = SHARED / "documents" / f"{REPORT}.txt"
    if not path.is_file():
        pytest.skip(f"no Lancashire report at {path}; set STRATEGY_GRAPH_SHARED to the folder that holds it")
    gold = [item for item in load_gold(SHARED / "gold") if item.stem == REPORT]
    score = score_batches(gold, [desk.extractor.extract_file(path.read_bytes(), path.name)]).score
    assert (score.propositions.right, score.propositions.wrong, score.propositions.missed) == (12, 0, 0)
    assert score.all_entities.missed == 0
    assert score.all_relations.missed == 0
    assert score.all_entities.precision >= 0.95

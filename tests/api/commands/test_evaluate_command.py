"""`evaluate` prints figures, writes a page, and fails where quotes do not stand where they say."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.commands.evaluate import evaluate
from api.errors import Misuse
from graph.jsonl import write_batch
from graph.model import Document, Entity, GraphBatch, Mention, Passage

TEXT = "Leeds is a city."
BATCH = GraphBatch(
    Document("doc:x", "", "a.txt", "", "text"),
    (Passage("p0", "doc:x", 0, TEXT),),
    (Entity("place:leeds", "Place", "Leeds"),),
    (Mention("place:leeds", "p0", 0, 5, "Leeds", "rule"),),
)
GOLD = {"document": "a.txt", "entities": [{"type": "Place", "name": "Leeds", "surface": ["Leeds"]}]}
app = typer.Typer()
app.command()(evaluate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "out.jsonl").write_text("".join(write_batch(BATCH)), encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> tuple[int, str]:
    arguments = ["--gold", str(folder / "gold"), "--extracted", str(folder / "out.jsonl"), *options]
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.stdout


def test_evaluate_prints_tables(folder: Path) -> None:
    code, out = run(folder, "--by-rule", "--errors")
    assert code == 0
    assert "| entities (micro)  | 1.000 | 1.000 | 1.000 |" in out
    assert "### Rules" in out


def test_evaluate_prints_json(folder: Path) -> None:
    code, out = run(folder, "--json")
    assert code == 0
    assert json.loads(out)["entities"]["types"]["Place"]["f1"] == 1.0


def test_evaluate_renews_figures_and_keeps_prose(folder: Path) -> None:
    page = folder / "evaluation.md"
    page.write_text("# Evaluation\n\nProse that stays.\n", encoding="utf-8")
    run(folder, "--markdown", str(page))
    first = page.read_text(encoding="utf-8")
    run(folder, "--markdown", str(page))
    assert page.read_text(encoding="utf-8") == first
    assert "Prose that stays." in first
    assert "### Summary" in first


def test_evaluate_fails_on_a_broken_quote(folder: Path) -> None:
    mention = Mention("place:leeds", "p0", 5, 10, "Leeds", "rule")
    (folder / "out.jsonl").write_text("".join(write_batch(replace(BATCH, mentions=(mention,)))), encoding="utf-8")
    code, _ = run(folder)
    assert code == 1


def test_evaluate_needs_documents_or_output(folder: Path) -> None:
    result = CliRunner().invoke(app, ["--gold", str(folder / "gold")])
    assert isinstance(result.exception, Misuse)

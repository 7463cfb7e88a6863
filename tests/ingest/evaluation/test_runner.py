"""A set is run document by document; what is missing or unreadable is said and counts as missed."""

import json
from pathlib import Path

import pytest

from graph.errors import UnreadableDocument
from graph.model import Document, Entity, GraphBatch, Mention, Passage
from ingest.evaluation import report, runner
from ingest.evaluation.gold import BadGold, GoldDocument, GoldEntity
from ingest.evaluation.systems import MissingPackage, UnknownSystem, build_system

GOLD = tuple(
    GoldDocument(name, genre="letter", entities=(GoldEntity("Place", "Leeds", surfaces=("Leeds",)),))
    for name in ("a.txt", "b.txt")
)


def batch_of(text: str, source: str) -> GraphBatch:
    passage = Passage("p0", "doc:x", 0, text)
    mention = Mention("place:leeds", "p0", 0, 5, text[:5], "rule")
    entity = Entity("place:leeds", "Place", "Leeds")
    return GraphBatch(Document("doc:x", "", source, "", "text"), (passage,), (entity,), (mention,))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("Leeds is a city.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")

    def extract(content: bytes, source: str) -> GraphBatch:
        if not content:
            raise UnreadableDocument(source, "is empty", "give one with text")
        return batch_of(content.decode(), source)

    monkeypatch.setattr(runner, "build_system", lambda name, registers: extract)  # noqa: ARG005
    return tmp_path


def test_unreadable_document_counts_as_missed_and_fails_the_run(folder: Path) -> None:
    run = runner.run_system("product", GOLD, folder, jobs=1)
    tally = run.score.all_entities
    assert (tally.right, tally.wrong, tally.missed) == (1, 0, 1)
    assert not run.sound
    assert [line[:6] for line in runner.iter_failures(run)] == ["b.txt:"]


def test_same_failure_of_many_documents_is_one_line() -> None:
    assert list(runner.iter_failures(runner.score_batches(GOLD, []))) == ["2 documents: not among what was extracted"]


def test_missing_document_is_named(folder: Path) -> None:
    (folder / "b.txt").unlink()
    with pytest.raises(BadGold, match=r"b\.txt"):
        runner.run_system("product", GOLD, folder, jobs=1)


def test_batches_are_scored_by_the_stem_of_their_source() -> None:
    run = runner.score_batches(GOLD, [batch_of("Leeds", "papers/a.docx"), batch_of("Leeds", "b.txt")])
    assert run.sound
    assert run.score.all_entities.f1 == 1.0


def test_document_that_was_not_extracted_fails_the_run() -> None:
    run = runner.score_batches(GOLD, [batch_of("Leeds", "a.txt")])
    assert not run.sound


def test_broken_quote_fails_the_run() -> None:
    batch = batch_of("Leeds", "a.txt")
    broken = GraphBatch(batch.document, batch.passages, batch.entities, (Mention("e", "p0", 0, 5, "Leads", "rule"),))
    assert not runner.score_batches(GOLD[:1], [broken]).sound


def test_unknown_system_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownSystem, match="product, registers, stock-ner"):
        build_system("magic")


def test_missing_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.evaluation.systems.STOCK_PACKAGE", "no_such_package")
    with pytest.raises(MissingPackage, match="pip install"):
        build_system("stock-ner")


def test_json_holds_the_figures_of_the_tables() -> None:
    run = runner.score_batches(GOLD, [batch_of("Leeds", "a.txt")])
    answer = json.loads(json.dumps(report.to_json(run)))
    assert answer["entities"]["micro"]["recall"] == 0.5
    assert answer["sound"] is False
    assert [fault["name"] for fault in answer["faults"]] == ["Leeds"]


def test_tables_read_as_markdown() -> None:
    text = report.to_markdown(report.make_tables(runner.score_batches(GOLD, [batch_of("Leeds", "a.txt")])))
    assert "### Entities by type" in text
    assert "| Place | 1.000 | 0.500 | 0.667 | 1     | 0     | 1      |" in text


def test_rule_of_one_document_is_marked() -> None:
    run = runner.score_batches(GOLD, [batch_of("Leeds", "a.txt")])
    _, _, rows = report.make_rule_table(run.score)
    assert rows == [["entity", "rule", "1.000", "1", "0", "0", "1", "one document only"]]


def test_fault_lines_show_the_passage() -> None:
    gold = GoldDocument("a.txt", entities=(GoldEntity("Place", "York", surfaces=("York",)),))
    run = runner.score_batches([gold], [batch_of("Leeds and York", "a.txt")])
    assert list(report.iter_fault_lines(run)) == [
        "\n== a.txt",
        "  - missed entity Place: York",
        "      Leeds and York",
        "  + wrong entity Place: Leeds  [not in gold; rule]",
        "      Leeds and York",
    ]


def test_figures_are_renewed_between_their_marks() -> None:
    page = report.replace_figures("# Evaluation\n\nProse.\n", "old")
    assert report.replace_figures(page + "\nMore prose.\n", "new") == page.replace("old", "new") + "\nMore prose.\n"

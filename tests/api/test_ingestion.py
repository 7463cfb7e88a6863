import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from api import ingestion
from api.ingestion import Known, Outcome, Refusal, Tally, iter_outcomes, knows, load_outcomes, load_registers_layer
from api.runtime import Runtime
from api.settings import Settings
from graph.errors import UnreadableDocument
from graph.model import Document, DropReason, GraphBatch
from graph.stores.base import WriteOutcome
from ingest.sources import SourceFile


class FakeExtractor:
    """Reads a text as a document of that title; `bad` cannot be read, `broken` meets a defect, `killer` dies."""

    def extract_file(self, content: bytes, source: str) -> GraphBatch:
        text = content.decode()
        if text == "bad":
            raise UnreadableDocument(source, "it is bad", "mend it")
        if text == "broken":
            raise ZeroDivisionError("one by nought")
        if text == "killer":
            os._exit(9)
        return GraphBatch(Document(f"doc:{text}", text, source, "0", "fake"))


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    with Runtime(Settings(store=f"sqlite:///{tmp_path / 'graph.db'}")) as runtime:
        runtime.__dict__["extractor"] = FakeExtractor()
        yield runtime


def _sources(*texts: str) -> list[SourceFile]:
    return [SourceFile(f"{place}.txt", content=text.encode()) for place, text in enumerate(texts)]


def _shown(outcomes: Sequence[Outcome]) -> list[str]:
    return [
        outcome.document.title if isinstance(outcome, GraphBatch) else type(outcome).__name__ for outcome in outcomes
    ]


def test_outcomes_come_in_the_order_of_the_sources(runtime: Runtime) -> None:
    assert _shown(list(iter_outcomes(runtime, _sources("a", "bad", "c")))) == ["a", "Refusal", "c"]


def test_a_batch_says_which_rules_read_it(runtime: Runtime) -> None:
    (batch,) = iter_outcomes(runtime, _sources("a"))
    assert isinstance(batch, GraphBatch)
    assert batch.document.rules == runtime.rules_version


def test_an_unreadable_file_costs_itself_alone(runtime: Runtime) -> None:
    refusal, batch = iter_outcomes(runtime, _sources("bad", "b"))
    assert isinstance(refusal, Refusal)
    assert str(refusal) == "0.txt: it is bad; mend it"
    assert isinstance(batch, GraphBatch)


def test_a_defect_costs_one_document_and_says_which(runtime: Runtime) -> None:
    refusal, batch = iter_outcomes(runtime, _sources("broken", "b"))
    assert isinstance(refusal, Refusal)
    assert "ZeroDivisionError" in str(refusal)
    assert isinstance(batch, GraphBatch)


def test_the_same_bytes_are_read_once(runtime: Runtime) -> None:
    first, second = iter_outcomes(runtime, _sources("a", "a"))
    assert isinstance(first, GraphBatch)
    assert isinstance(second, Refusal)
    assert (second.reason, second.is_loss) == (DropReason.DUPLICATE_DOCUMENT, False)


def test_what_cannot_be_opened_is_named(runtime: Runtime, tmp_path: Path) -> None:
    (refusal,) = iter_outcomes(runtime, [SourceFile("gone.txt", tmp_path / "gone.txt")])
    assert isinstance(refusal, Refusal)
    assert "cannot be opened" in refusal.detail


def test_a_huge_file_is_refused_unread(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(10**9)
    (refusal,) = iter_outcomes(runtime, [SourceFile("huge.pdf", path)])
    assert isinstance(refusal, Refusal)
    assert refusal.reason is DropReason.OVER_LIMIT


def test_known_documents_are_passed_over(runtime: Runtime) -> None:
    sources = _sources("a", "b")
    tally = Tally()
    load_outcomes(runtime.store, iter_outcomes(runtime, sources[:1]), tally=tally)
    with runtime.store.view() as view:
        (document,) = view.documents()
    assert knows(runtime)(document.id)
    known, new = iter_outcomes(runtime, sources, is_known=lambda _: _ == ingestion.make_document_id(b"a"))
    assert isinstance(known, Known)
    assert isinstance(new, GraphBatch)


def test_a_document_read_by_other_rules_is_not_known(runtime: Runtime) -> None:
    (batch,) = iter_outcomes(runtime, _sources("a"))
    assert isinstance(batch, GraphBatch)
    older = replace(batch, document=replace(batch.document, rules="of old"))
    load_outcomes(runtime.store, [older], tally=Tally())
    assert not knows(runtime)(batch.document.id)


def test_rules_version_follows_the_users_registers(tmp_path: Path) -> None:
    plain = Runtime(Settings()).rules_version
    (tmp_path / "institutions.csv").write_text("id\n")
    one = Runtime(Settings(registers=tmp_path)).rules_version
    (tmp_path / "institutions.csv").write_text("id,name\n")
    assert len({plain, one, Runtime(Settings(registers=tmp_path)).rules_version}) == 3
    assert Runtime(Settings()).rules_version == plain


def test_tally_counts_a_run(runtime: Runtime) -> None:
    tally = Tally()
    load_outcomes(runtime.store, iter_outcomes(runtime, _sources("a", "a", "bad")), tally=tally)
    assert (tally.documents, tally.outcomes[WriteOutcome.ADDED], len(tally.refused)) == (1, 1, 2)
    assert tally.is_partial


def test_a_second_name_alone_makes_no_run_partial(runtime: Runtime) -> None:
    tally = Tally()
    load_outcomes(runtime.store, iter_outcomes(runtime, _sources("a", "a")), tally=tally)
    assert not tally.is_partial


def test_the_reference_layer_is_loaded_once_and_replaced(runtime: Runtime) -> None:
    load_registers_layer(runtime)
    load_registers_layer(runtime)
    with runtime.store.view() as view:
        (layer,) = view.documents(kind="register")
        before = view.version()
    with runtime.store.writer() as writer:
        writer.put(GraphBatch(Document("doc:old", "Registers", "registers", "0", "registers", kind="register")))
    load_registers_layer(runtime)
    with runtime.store.view() as view:
        assert [item.id for item in view.documents(kind="register")] == [layer.id]
        assert view.version() == before


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pools fork, so that their processes have this module's fake."""

    def pool(_: Runtime, jobs: int) -> ingestion.ProcessPoolExecutor:
        return ingestion.ProcessPoolExecutor(
            jobs, mp_context=ingestion.get_context("fork"), initializer=_adopt, initargs=()
        )

    monkeypatch.setattr(ingestion, "_pool", pool)


def _adopt() -> None:
    ingestion._worker = Runtime(Settings())
    ingestion._worker.__dict__["extractor"] = FakeExtractor()


@pytest.mark.usefixtures("forking")
def test_processes_give_the_same_outcomes_in_the_same_order(runtime: Runtime) -> None:
    texts = ["a", "b", "bad", "c", "a", "broken", "d", "e", "f"]
    alone = list(iter_outcomes(runtime, _sources(*texts)))
    assert list(iter_outcomes(runtime, _sources(*texts), jobs=3)) == alone


@pytest.mark.usefixtures("forking")
def test_a_process_that_dies_costs_one_document(runtime: Runtime) -> None:
    outcomes = list(iter_outcomes(runtime, _sources("a", "killer", "c", "d", "e", "f"), jobs=2))
    assert _shown(outcomes) == ["a", "Refusal", "c", "d", "e", "f"]
    assert "died" in str(outcomes[1])

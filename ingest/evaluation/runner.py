"""Running a system over a set of documents and scoring what it gives, a document a task, in processes of their own."""

import multiprocessing
import os
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import KgError
from graph.model import Document, GraphBatch
from ingest.evaluation.compare import score_document
from ingest.evaluation.gold import BadGold, GoldDocument
from ingest.evaluation.score import Score
from ingest.evaluation.systems import build_system

Extract = Callable[[bytes, str], GraphBatch]


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What came of one document: its score, or why it could not be read; then all its gold counts as missed."""

    gold: GoldDocument
    score: Score
    seconds: float = 0.0
    words: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How one system did on a set."""

    system: str
    results: tuple[DocumentResult, ...]
    seconds: float

    @property
    def score(self) -> Score:
        return sum((result.score for result in self.results), Score())

    @property
    def sound(self) -> bool:
        """Whether every document was read and every quote stands where it says."""
        return self.score.sound and not any(result.failure for result in self.results)

    def groups(self, key: Callable[[GoldDocument], str]) -> dict[str, Score]:
        """Return scores summed over documents of one key, by key."""
        found: dict[str, Score] = {}
        for result in sorted(self.results, key=lambda result: key(result.gold)):
            found[key(result.gold)] = found.get(key(result.gold), Score()) + result.score
        return found


@dataclass(slots=True)
class _Worker:
    """A process's own copy of the system, built once."""

    extract: Extract | None = field(default=None)


_worker = _Worker()


def find_documents(gold: Sequence[GoldDocument], folder: Path) -> list[tuple[GoldDocument, Path]]:
    """Pair gold with its document anywhere under `folder`: by file name, else by stem, the first by path.

    Raises: BadGold: a document that is not there, named.
    """
    by_name: dict[str, Path] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        by_name.setdefault(path.name, path)
        by_name.setdefault(path.stem, path)
    pairs = []
    for item in gold:
        found = by_name.get(Path(item.document).name) or by_name.get(item.stem)
        if found is None:
            raise BadGold(
                folder, f"has no document {item.document}, which gold describes; give the folder with --documents"
            )
        pairs.append((item, found))
    return pairs


def run_system(
    system: str, gold: Sequence[GoldDocument], documents: Path, *, registers: Path | None = None, jobs: int = 0
) -> Run:
    """Extract every document of `gold` by the named system and score it; results come in the order of gold.

    Args: jobs: processes; 0 takes one a core, at most one for each four documents; 1 stays in this process.
    Raises: BadGold: a document is missing. A document that cannot be read is a result with `failure`.
    """
    pairs = find_documents(gold, documents)
    count = jobs or max(1, min(os.cpu_count() or 1, len(pairs) // 4))
    started = time.perf_counter()
    if count == 1:
        _start_worker(system, registers)
        results = tuple(map(_score_one, pairs))
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(count, context, _start_worker, (system, registers)) as pool:
            results = tuple(pool.map(_score_one, pairs))
    return Run(system, results, time.perf_counter() - started)


def score_batches(gold: Sequence[GoldDocument], batches: Iterable[GraphBatch]) -> Run:
    """Score what was extracted before; a document without a batch counts as missed whole."""
    by_stem = {Path(batch.document.source).stem: batch for batch in batches}
    started = time.perf_counter()
    results = tuple(_score_batch(item, by_stem.get(item.stem)) for item in gold)
    return Run("extracted", results, time.perf_counter() - started)


def _score_batch(gold: GoldDocument, batch: GraphBatch | None) -> DocumentResult:
    if batch is None:
        return DocumentResult(gold, _missed(gold), failure="not among what was extracted")
    return DocumentResult(gold, score_document(gold, batch), words=_count_words(batch))


def _start_worker(system: str, registers: Path | None) -> None:
    _worker.extract = build_system(system, registers)


def _score_one(pair: tuple[GoldDocument, Path]) -> DocumentResult:
    gold, path = pair
    started = time.perf_counter()
    try:
        batch = _require_extract()(path.read_bytes(), path.name)
    except KgError as error:
        return DocumentResult(gold, _missed(gold), time.perf_counter() - started, failure=str(error))
    except Exception as error:  # a fault of the system measured: it costs this document and fails the run, no more
        frame = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__}: {error} ({Path(frame.filename).name}, line {frame.lineno})"
        return DocumentResult(gold, _missed(gold), time.perf_counter() - started, failure=failure)
    seconds = time.perf_counter() - started
    return DocumentResult(gold, score_document(gold, batch), seconds, _count_words(batch))


def _require_extract() -> Extract:
    if _worker.extract is None:
        raise RuntimeError("a worker was asked for a document before its system was built")
    return _worker.extract


def _missed(gold: GoldDocument) -> Score:
    """Return the score of an output that says nothing."""
    return score_document(gold, GraphBatch(Document("", "", gold.document, "", "")))


def _count_words(batch: GraphBatch) -> int:
    return sum(len(passage.text.split()) for passage in batch.passages)


def iter_failures(run: Run) -> Iterator[str]:
    """Yield what could not be read, a line a document; a line for all where they failed alike."""
    failures = [(result.gold.document, result.failure) for result in run.results if result.failure]
    if len(failures) > 1 and len({failure for _, failure in failures}) == 1:
        yield f"{len(failures)} documents: {failures[0][1]}"
        return
    for document, failure in failures:
        yield f"{document}: {failure}"

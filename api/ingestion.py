"""From files to committed batches: the run that `ingest`, `extract` and `demo` share.

Documents are read in the order given, whatever the number of processes; one writer commits one document at a time, so
the store after a run does not depend on `jobs`. A document is counted and reported once the disk has it.
"""

import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context

from api.runtime import Runtime
from api.settings import Settings
from graph.errors import UnreadableDocument
from graph.ids import make_document_id
from graph.model import DocumentStatus, DropReason, GraphBatch
from graph.stores.base import Store, WriteOutcome
from graph.stores.group import Group
from ingest.readers.limits import ReadLimits
from ingest.sources import SourceFile

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that gives no batch: which, why and what to do."""

    source: str
    reason: DropReason
    detail: str
    remedy: str = ""

    @property
    def is_loss(self) -> bool:
        """Say whether anything is missing for it; a second name for the same bytes takes nothing away."""
        return self.reason is not DropReason.DUPLICATE_DOCUMENT

    def __str__(self) -> str:
        return f"{self.source}: {self.detail}" + (f"; {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Known:
    """A source whose bytes the store holds already, read by the same code and rules."""

    source: str
    document_id: str


Outcome = GraphBatch | Refusal | Known
Job = tuple[str, bytes]  # source and content


@dataclass(slots=True)
class Tally:
    """What a run did and found; entities and relations count once however many documents hold them."""

    outcomes: Counter[WriteOutcome] = field(default_factory=Counter)
    known: int = 0
    partial: int = 0
    refused: list[Refusal] = field(default_factory=list)
    entities: dict[str, set[str]] = field(default_factory=dict)
    relations: set[str] = field(default_factory=set)
    mentions: int = 0
    dropped: int = 0
    unsure: int = 0
    words: int = 0
    started: float = field(default_factory=time.perf_counter)

    @property
    def documents(self) -> int:
        """The documents that the run read or found already loaded."""
        return self.outcomes.total() + self.known

    @property
    def is_partial(self) -> bool:
        """Say whether anything was left out."""
        return bool(self.partial or self.dropped or any(refusal.is_loss for refusal in self.refused))

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self.started

    def add(self, batch: GraphBatch, outcome: WriteOutcome) -> None:
        """Count one loaded batch."""
        self.outcomes[outcome] += 1
        self.partial += batch.document.status is DocumentStatus.PARTIAL
        for entity in batch.entities:
            self.entities.setdefault(entity.type, set()).add(entity.id)
        self.relations.update(relation.id for relation in batch.relations)
        self.mentions += len(batch.mentions)
        self.dropped += len(batch.dropped)
        self.unsure += len(batch.unsure)
        self.words += sum(passage.text.count(" ") + 1 for passage in batch.passages)


def summarise(tally: Tally) -> dict[str, int | float | dict[str, int]]:
    """Return what a run did and found, in the order in which it is shown."""
    entities = {name: len(ids) for name, ids in sorted(tally.entities.items())}
    return {
        "documents": tally.documents,
        "documents added": tally.outcomes[WriteOutcome.ADDED],
        "documents replaced": tally.outcomes[WriteOutcome.REPLACED],
        "documents unchanged": tally.outcomes[WriteOutcome.UNCHANGED] + tally.known,
        "documents left out": len(tally.refused),
        "documents read in part": tally.partial,
        "entities": entities,
        "propositions": entities.get("Proposition", 0),
        "relations": len(tally.relations),
        "mentions": tally.mentions,
        "dropped": tally.dropped,
        "unsure": tally.unsure,
        "seconds": round(tally.seconds, 1),
    }


def iter_outcomes(
    runtime: Runtime,
    sources: Iterable[SourceFile],
    *,
    jobs: int = 1,
    is_known: Callable[[str], bool] = lambda _: False,
) -> Iterator[Outcome]:
    """Yield what became of each source, in the order of the sources.

    Args: jobs: processes that read documents, from 1.  is_known: says of a document id whether it may be passed over.
    """
    items = _sift(sources, is_known)
    if jobs > 1:
        yield from _iter_parallel(runtime, items, jobs)
    else:
        for item in items:
            yield _extract(runtime, *item) if isinstance(item, tuple) else item


def _sift(sources: Iterable[SourceFile], is_known: Callable[[str], bool]) -> Iterator[Outcome | Job]:
    """Yield a job for each source that must be read, and what became of the others."""
    limit = ReadLimits().max_bytes
    seen: dict[str, str] = {}
    for source in sources:
        try:
            size = source.find_size()
            content = source.read_bytes() if size <= limit else b""
        except OSError as error:
            reason = f"cannot be opened ({error.strerror})"
            yield Refusal(source.shown, DropReason.UNREADABLE_FILE, reason, "check the file and your rights to it")
            continue
        if size > limit:
            reason = f"{size} bytes is over the limit max_bytes = {limit}"
            yield Refusal(source.shown, DropReason.OVER_LIMIT, reason, "split the document")
            continue
        document_id = make_document_id(content)
        first = seen.setdefault(document_id, source.shown)
        if first != source.shown:
            yield Refusal(source.shown, DropReason.DUPLICATE_DOCUMENT, f"the same bytes as {first}, read once")
        elif is_known(document_id):
            yield Known(source.shown, document_id)
        else:
            yield source.shown, content


def load_outcomes(
    store: Store, outcomes: Iterable[Outcome], *, tally: Tally, report: Callable[[Outcome], None] = lambda _: None
) -> None:
    """Commit each batch in a transaction of its own and count it in `tally`; `report` hears of each outcome.

    Both come when the disk has what was committed, a few documents together (`graph.stores.group`).
    """

    def acknowledge(settled: tuple[Outcome, WriteOutcome | None]) -> None:
        outcome, done = settled
        match outcome:
            case GraphBatch() if done is not None:
                tally.add(outcome, done)
            case Refusal():
                tally.refused.append(outcome)
            case Known():
                tally.known += 1
        report(outcome)

    with Group(store, acknowledge) as group:
        for outcome in outcomes:
            done = None
            if isinstance(outcome, GraphBatch):
                with store.writer(durable=False) as writer:
                    done = writer.put(outcome)
            group.add((outcome, done))


def load_registers_layer(runtime: Runtime) -> None:
    """Put the reference layer into the store in place of an earlier one, unless the same one is there."""
    from ingest.registers import registers_batch

    version = runtime.rules_version
    with runtime.store.view() as view:
        layers = view.documents(kind="register")
    if len(layers) == 1 and layers[0].rules == version:
        return
    batch = registers_batch(runtime.registers)
    with runtime.store.writer() as writer:
        for layer in layers:
            if layer.id != batch.document.id:
                writer.remove(layer.id)
        writer.put(replace(batch, document=replace(batch.document, rules=version)))


def knows(runtime: Runtime) -> Callable[[str], bool]:
    """Return a test of whether the store holds a document as today's code and rules read it."""

    def is_known(document_id: str) -> bool:
        with runtime.store.view() as view:
            document = view.get_document(document_id)
        return document is not None and document.rules == runtime.rules_version

    return is_known


def _extract(runtime: Runtime, source: str, content: bytes) -> Outcome:
    try:
        batch = runtime.extractor.extract_file(content, source)
    except UnreadableDocument as error:
        return Refusal(error.path, DropReason.UNREADABLE_FILE, error.reason, error.remedy)
    except Exception as error:  # a defect of ours met by one document must not cost the others
        log.exception("defect while reading %s", source)
        what = f"a defect of this program ({type(error).__name__}: {error})"
        return Refusal(source, DropReason.UNREADABLE_FILE, what, "please report it; the rest was read")
    return replace(batch, document=replace(batch.document, rules=runtime.rules_version))


_worker: Runtime


def _start_worker(settings: Settings) -> None:
    global _worker
    _worker = Runtime(settings)
    _ = _worker.extractor


def _extract_in_worker(source: str, content: bytes) -> Outcome:
    return _extract(_worker, source, content)


def _iter_parallel(runtime: Runtime, items: Iterable[Outcome | Job], jobs: int) -> Iterator[Outcome]:
    """Read in `jobs` processes with at most `2 * jobs` documents under way, and yield in order."""
    waiting: deque[tuple[Outcome | Job, Future[Outcome]]] = deque()
    with _pool(runtime, jobs) as pool:
        for item in items:
            waiting.append((item, _submit(pool, item)))
            if len(waiting) >= 2 * jobs:
                yield _settle(runtime, *waiting.popleft())
        while waiting:
            yield _settle(runtime, *waiting.popleft())


def _submit(pool: ProcessPoolExecutor, item: Outcome | Job) -> Future[Outcome]:
    settled: Future[Outcome] = Future()
    if not isinstance(item, tuple):
        settled.set_result(item)
        return settled
    try:
        return pool.submit(_extract_in_worker, *item)
    except BrokenProcessPool as error:
        settled.set_exception(error)
        return settled


def _settle(runtime: Runtime, item: Outcome | Job, result: Future[Outcome]) -> Outcome:
    try:
        return result.result()
    except BrokenProcessPool:
        if not isinstance(item, tuple):
            raise
        return _extract_apart(runtime, *item)


def _extract_apart(runtime: Runtime, source: str, content: bytes) -> Outcome:
    """Read one document in a process of its own, after one of the pool died: it may be the one that killed it."""
    with _pool(runtime, 1) as pool:
        try:
            return pool.submit(_extract_in_worker, source, content).result()
        except BrokenProcessPool:
            return Refusal(
                source,
                DropReason.UNREADABLE_FILE,
                "the process that read it died, most likely for want of memory",
                "split it, or give the machine more",
            )


def _pool(runtime: Runtime, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(runtime.settings,)
    )

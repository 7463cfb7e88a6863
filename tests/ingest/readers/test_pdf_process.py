import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_samples import Sheet, make_pdf

from graph.errors import UnreadableDocument
from ingest.readers import ReadLimits, pdf, pdf_process
from ingest.readers.pdf_document import read_pieces
from ingest.readers.pdf_process import PdfWorker, WorkerFailure


def _page(sheet: Sheet) -> None:
    sheet.text(60, 100, "A page of letters.")


CONTENT = make_pdf(_page)
_HANGS = "import sys, time; sys.stdin.buffer.readline(); time.sleep(60)"
_DIES = "import os, sys; sys.stdin.buffer.readline(); os.abort()"
_EATS = "from ingest.readers import pdf_process as p; p._limit_memory(); print(len(bytes(10**10)))"


@pytest.fixture
def worker() -> Iterator[PdfWorker]:
    one = PdfWorker()
    yield one
    one.close()


def _read(worker: PdfWorker, max_seconds: float = 20.0) -> str:
    return str(worker.read(CONTENT, max_pages=10, max_seconds=max_seconds)["pieces"][0][1])


def test_pdf_worker_reads_as_the_caller_itself_would(worker: PdfWorker) -> None:
    found = worker.read(CONTENT, max_pages=10, max_seconds=20)
    assert found == json.loads(json.dumps(read_pieces(CONTENT, 10, 20)))


def test_pdf_worker_is_started_once(worker: PdfWorker) -> None:
    _read(worker)
    start = time.monotonic()
    for _ in range(5):
        assert _read(worker) == "A page of letters."
    assert time.monotonic() - start < 1.0


@pytest.mark.parametrize(
    ("program", "message"),
    [(_HANGS, "longer than 0.2 seconds"), (_DIES, "crashed, or went over"), (_EATS, "crashed, or went over")],
)
def test_pdf_worker_that_hangs_or_dies_costs_one_document(
    worker: PdfWorker, program: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pdf_process, "_START", program)
        patch.setattr(pdf_process, "_GRACE_S", 0.0)
        with pytest.raises(WorkerFailure, match=message):
            _read(worker, 0.2 if program == _HANGS else 20.0)
    assert _read(worker) == "A page of letters."


def test_read_pdf_names_the_file_that_killed_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = PdfWorker()
    monkeypatch.setattr(pdf, "_WORKER", worker)
    monkeypatch.setattr(pdf_process, "_START", _DIES)
    with pytest.raises(UnreadableDocument, match=r"bad\.pdf: reading it crashed"):
        pdf.read_pdf(CONTENT, "bad.pdf", ReadLimits())
    worker.close()


def test_pdf_worker_imports_nothing_from_the_folder_it_starts_in(
    worker: PdfWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ingest", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    assert _read(worker) == "A page of letters."


def test_pdf_worker_takes_turns_between_threads(worker: PdfWorker) -> None:
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(_read(worker))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["A page of letters."] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="no fork on Windows")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_pdf_worker_is_not_shared_over_a_fork(worker: PdfWorker) -> None:
    _read(worker)
    parents = worker._process
    child = multiprocessing.get_context("fork").Process(target=_read, args=(worker,))
    child.start()
    child.join(20)
    assert child.exitcode == 0
    assert parents is not None
    assert parents.poll() is None
    assert _read(worker) == "A page of letters."


def test_pdf_worker_ends_with_its_caller(worker: PdfWorker) -> None:
    _read(worker)
    process = worker._process
    assert process is not None
    worker.close()
    assert process.returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)

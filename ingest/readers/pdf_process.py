"""A process apart for PDFium: a file that hangs or crashes it costs itself alone.

PDFium is not safe in threads and documents come from strangers, so each caller's process keeps one worker that reads
one document at a time; it is killed at the time limit and started anew for the next document. Answers come back as
JSON: nothing that a broken worker sends is run.
"""

import atexit
import gc
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from typing import IO, Any

from ingest.readers.pdf_document import PdfRefusal, read_pieces

MAX_MEMORY_BYTES = 3_000_000_000
_GRACE_S = 5.0  # beyond the time limit, which the worker itself keeps between pages
_PIPE_BYTES = 1 << 16  # no more comes at once
_MAX_ANSWER_BYTES = 1_000_000_000
_START = "from ingest.readers.pdf_process import serve; serve()"


class WorkerFailure(Exception):
    """The worker died or was killed: the message says how."""


class PdfWorker:
    """Reads documents in a process of its own, one at a time; safe to share between threads and over a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def read(self, content: bytes, *, max_pages: int, max_seconds: float) -> dict[str, Any]:
        """Return what `read_pieces` gives.

        Raises: PdfRefusal: the file cannot be read. WorkerFailure: the time or memory limit, or a crash."""
        with self._lock:
            header = {"size": len(content), "max_pages": max_pages, "max_seconds": max_seconds}
            process = self._running()
            try:
                answer = _ask(process, header, content, max_seconds + _GRACE_S)
            except WorkerFailure:
                self.close()
                raise
        if "refusal" in answer:
            raise PdfRefusal(*answer["refusal"])
        return answer

    def close(self) -> None:
        """End the worker; the next `read` starts another."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # bytes that the killed worker never took
                    continue
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # after a fork the pipes are the parent's
            self._process = None
        if self._process is None or self._process.poll() is not None:
            self.close()
            paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
            self._owner = os.getpid()
            atexit.register(self.close)
        return self._process


def _ask(process: subprocess.Popen[bytes], header: dict[str, Any], content: bytes, seconds: float) -> dict[str, Any]:
    until = time.monotonic() + seconds
    assert process.stdin is not None  # both are pipes: for the type checker
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(header).encode() + b"\n" + content)
        process.stdin.flush()
    except OSError as error:
        raise WorkerFailure("the reading process ended") from error
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not answer.endswith(b"\n"):
            if not selector.select(max(0.0, until - time.monotonic())):
                raise WorkerFailure(f"reading took longer than {seconds - _GRACE_S:g} seconds")
            more = os.read(process.stdout.fileno(), _PIPE_BYTES)
            if not more:
                raise WorkerFailure("reading it crashed, or went over the memory limit")
            answer += more
            if len(answer) > _MAX_ANSWER_BYTES:
                raise WorkerFailure("it gives more text than can be taken")
    result: dict[str, Any] = json.loads(answer)
    return result


def serve() -> None:
    """Answer requests on standard input until it closes: the worker's whole life.

    Garbage is collected between documents: reading one makes hardly any, and looking for it would cost a tenth."""
    _limit_memory()
    gc.disable()
    gc.freeze()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    while header := requests.readline():
        answers.write(json.dumps(_answer(json.loads(header), requests)).encode() + b"\n")
        answers.flush()
        gc.collect()


def _answer(header: dict[str, Any], requests: IO[bytes]) -> dict[str, Any]:
    content = requests.read(header["size"])
    try:
        return read_pieces(content, header["max_pages"], header["max_seconds"])
    except PdfRefusal as refusal:
        return {"refusal": [refusal.reason, refusal.remedy, refusal.limit]}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: only the time limit holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

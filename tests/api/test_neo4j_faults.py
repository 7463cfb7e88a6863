"""A Neo4j server of its own that is killed, stopped, filled and starved: nothing acknowledged is lost, nothing half."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread, Timer
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create_app
from api.settings import Settings
from graph.batch import sort_batch
from graph.check import check_store
from graph.errors import StoreUnavailable
from graph.model import Document, Entity, Evidence, GraphBatch, Mention, Passage, Relation
from graph.stores import open_store
from graph.stores.base import Login, Store
from graph.stores.neo4j import Neo4jStore

pytestmark = pytest.mark.neo4j
ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "neo4j-server"
DOCUMENTS = 40


def make(n: int) -> GraphBatch:
    """Return a document of 50 passages that ask one department, which all documents share."""
    document = Document(f"doc:{n:04}", f"Document {n}", "x", "0", "text")
    text = f"Proposition {n} asks the department"
    passages = tuple(Passage(f"passage:{n}-{i}", document.id, i, text) for i in range(50))
    entities = (Entity(f"proposition:{n}", "Proposition", text), Entity("department:x", "Department", "The department"))
    mentions = tuple(Mention("department:x", passage.id, 0, 11, text[:11], "test") for passage in passages)
    evidence = tuple(Evidence(passage.id, 0, len(text), text, "test") for passage in passages)
    relation = Relation(f"relation:{n}", "ASKS", f"proposition:{n}", "department:x", {}, evidence)
    return GraphBatch(document, passages, entities, mentions, (relation,))


@dataclass
class OwnServer:
    """A server that a test may harm."""

    home: Path
    port: int

    def script(self, verb: str, *settings: str) -> str:
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        home = Path(os.environ.get("NEO4J_HOME_DIR", cache / "strategy-graph" / "neo4j"))
        environment = {
            **os.environ, "NEO4J_HOME_DIR": str(self.home), "NEO4J_PORT": str(self.port), "NEO4J_HEAP": "512m",
            "NEO4J_LIB_DIR": os.environ.get("NEO4J_LIB_DIR", str(home / "lib")), "NEO4J_VIA": "maven",
            "NEO4J_SETTINGS": "\n".join(settings),
        }  # fmt: skip
        done = subprocess.run([SCRIPT, verb], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    @property
    def pid(self) -> int:
        return int((self.home / "run" / "neo4j.pid").read_text())

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid, number)
        if number is signal.SIGKILL:
            time.sleep(0.3)

    def fill_disk(self) -> None:
        """Let no file grow beyond a page, of which the server sees what it sees on a full disk: a write that fails."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))

    @property
    def url(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def login(self) -> Login:
        return Login(password=(self.home / "password").read_text())

    def open(self, patience_s: float = 60.0) -> Store:
        return open_store(self.url, login=self.login, patience_s=patience_s)

    @property
    def settings(self) -> Settings:
        return Settings(store=self.url, neo4j_password=SecretStr(self.login.password))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, neo4j_server: Any) -> Iterator[OwnServer]:  # noqa: ARG001 - skips without one
    if shutil.which("java") is None:
        required = os.environ.get("STRATEGY_GRAPH_TEST_NEO4J") == "required"
        (pytest.fail if required else pytest.skip)("no Java here to run a server that tests may harm")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = OwnServer(tmp_path_factory.mktemp("neo4j"), port)
    own.script("start")
    yield own
    own.script("stop")


@pytest.fixture
def empty(server: OwnServer) -> OwnServer:
    with server.open() as store:
        with store.view() as view:
            known = [document.id for document in view.documents(kind=None)]
        with store.writer() as writer:
            for document_id in known:
                writer.remove(document_id)
    return server


def require_whole(store: Store, acknowledged: list[str]) -> None:
    """Fail unless every acknowledged document is there and everything there is whole."""
    with store.view() as view:
        there = {document.id for document in view.documents()}
        assert set(acknowledged) <= there
        for document_id in there:
            assert view.document_batch(document_id) == sort_batch(make(int(document_id.removeprefix("doc:"))))
        assert check_store(view).problems == ()


class Loader(Thread):
    """Loads documents, one a transaction, and notes each that is acknowledged."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store, self.acknowledged = store, list[str]()
        self.error: StoreUnavailable | None = None

    def run(self) -> None:
        try:
            for n in range(DOCUMENTS):
                with self.store.writer() as writer:
                    writer.put(make(n))
                self.acknowledged.append(f"doc:{n:04}")
        except StoreUnavailable as error:
            self.error = error

    def wait_for(self, documents: int) -> None:
        until = time.monotonic() + 60
        while len(self.acknowledged) < documents and self.is_alive() and time.monotonic() < until:
            time.sleep(0.005)
        assert documents <= len(self.acknowledged) < DOCUMENTS


def test_patient_ingest_outlives_a_server_killed_in_mid_write(empty: OwnServer) -> None:
    with empty.open() as store:
        loader = Loader(store)
        loader.start()
        loader.wait_for(5)
        empty.kill()
        empty.script("start")
        loader.join(timeout=90)
        assert (loader.error, len(loader.acknowledged)) == (None, DOCUMENTS)
        require_whole(store, loader.acknowledged)


def test_impatient_ingest_fails_and_loses_nothing_acknowledged(empty: OwnServer) -> None:
    with empty.open(patience_s=1.0) as store:
        loader = Loader(store)
        loader.start()
        loader.wait_for(5)
        empty.kill()
        loader.join(timeout=30)
        assert isinstance(loader.error, StoreUnavailable)
        empty.script("start")
        require_whole(store, loader.acknowledged)


def test_pages_tell_of_a_killed_server_soon_and_recover_without_a_restart(empty: OwnServer) -> None:
    with TestClient(create_app(empty.settings), base_url="http://127.0.0.1") as client:
        assert client.get("/api/v1/readiness").status_code == 200
        empty.kill()
        started = time.monotonic()
        answer = client.get("/api/v1/readiness")
        assert (answer.status_code, answer.json()["error"]) == (503, "store-unavailable")
        assert time.monotonic() - started < 5
        assert client.get("/api/v1/health").status_code == 200
        empty.script("start")
        assert client.get("/api/v1/readiness").status_code == 200


def test_pages_tell_of_a_stopped_server_soon_and_recover(empty: OwnServer) -> None:
    with TestClient(create_app(empty.settings), base_url="http://127.0.0.1") as client:
        assert client.get("/api/v1/documents").status_code == 200
        time.sleep(1.2)  # longer than a connection is trusted without a question
        empty.kill(signal.SIGSTOP)
        try:
            started = time.monotonic()
            answer = client.get("/api/v1/documents")
            assert (answer.status_code, answer.json()["error"]) == (503, "store-unavailable")
            assert time.monotonic() - started < 5
        finally:
            empty.kill(signal.SIGCONT)
        assert client.get("/api/v1/documents").status_code == 200


@pytest.mark.parametrize("pause_s", [6 if os.environ.get("STRATEGY_GRAPH_TEST_NEO4J") != "required" else 20])
def test_ingest_waits_for_a_stopped_server(empty: OwnServer, pause_s: int) -> None:
    with empty.open() as store:
        loader = Loader(store)
        loader.start()
        loader.wait_for(5)
        empty.kill(signal.SIGSTOP)
        time.sleep(pause_s)
        empty.kill(signal.SIGCONT)
        loader.join(timeout=60)
        assert (loader.error, len(loader.acknowledged)) == (None, DOCUMENTS)
        require_whole(store, loader.acknowledged)


def test_full_disk_is_told_and_nothing_acknowledged_is_lost(empty: OwnServer) -> None:
    with TestClient(create_app(empty.settings), base_url="http://127.0.0.1") as client, empty.open() as store:
        loader = Loader(store)
        loader.start()
        loader.wait_for(5)
        empty.fill_disk()
        loader.join(timeout=30)
        assert "its disk is full; free some space there and start it anew" in str(loader.error)
        started = time.monotonic()
        answer = client.get("/api/v1/documents")
        assert (answer.status_code, answer.json()["error"]) == (503, "store-unavailable")
        assert "full disk" in answer.json()["detail"]
        assert client.get("/api/v1/health").status_code == 200
        assert time.monotonic() - started < 5
        empty.script("stop")
        empty.script("start")
        assert client.get("/api/v1/readiness").status_code == 200
        require_whole(store, loader.acknowledged)
        again = Loader(store)
        again.start()
        again.join(timeout=60)
        assert (again.error, len(again.acknowledged)) == (None, DOCUMENTS)
        require_whole(store, again.acknowledged)


def test_memory_limits_are_told_and_nothing_acknowledged_is_lost(empty: OwnServer) -> None:
    small = make(0)
    passages = tuple(Passage(f"passage:big-{n}", "doc:0001", n, f"{n}") for n in range(5000))
    big = GraphBatch(replace(small.document, id="doc:0001"), passages)
    with TestClient(create_app(empty.settings), base_url="http://127.0.0.1") as client, empty.open(1.0) as store:
        try:
            for limit in ("db.memory.transaction.max=3m", "dbms.memory.transaction.total.max=10m"):
                empty.script("stop")
                empty.script("start", limit)
                with store.writer() as writer:
                    writer.put(small)
                setting = f"raise {limit.partition('=')[0]}"
                with pytest.raises(StoreUnavailable, match=setting), store.writer() as writer:
                    writer.put(big)
                require_whole(store, [small.document.id])
                assert client.get("/api/v1/documents/doc:0001").status_code == 404
                assert client.get("/api/v1/stats").status_code == 200
        finally:
            empty.script("stop")
            empty.script("start")
        with store.writer() as writer:
            writer.put(big)
        assert client.get("/api/v1/documents/doc:0001").status_code == 200


def test_pages_give_up_a_server_that_stops_in_the_middle_of_an_answer(empty: OwnServer) -> None:
    with TestClient(create_app(empty.settings), base_url="http://127.0.0.1") as client:
        assert client.get("/api/v1/documents").status_code == 200  # by a connection that is trusted for a second
        empty.kill(signal.SIGSTOP)
        try:
            for _ in range(2):
                started = time.monotonic()
                answer = client.get("/api/v1/documents")
                assert (answer.status_code, answer.json()["error"]) == (503, "store-unavailable")
                assert time.monotonic() - started < 5
        finally:
            empty.kill(signal.SIGCONT)
        assert client.get("/api/v1/documents").status_code == 200


LONG = "UNWIND range(1, 2000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n)"


def test_long_question_is_given_up_when_the_server_stops(empty: OwnServer) -> None:
    with empty.open(patience_s=1.0) as store:
        assert isinstance(store, Neo4jStore)
        stop = Timer(2.5, lambda: empty.kill(signal.SIGSTOP))  # after the server was found alive
        stop.start()
        started = time.monotonic()
        try:
            with pytest.raises(StoreUnavailable, match="stopped in the middle of an answer") as caught:
                store.query(LONG, {}, max_rows=1, timeout_s=60)
        finally:
            stop.join()
            empty.kill(signal.SIGCONT)
        assert 2.5 < time.monotonic() - started < 2.5 + 5
        assert "start it anew" in str(caught.value)


def test_long_question_to_a_living_server_is_not_given_up(empty: OwnServer) -> None:
    with empty.open(patience_s=0.5) as store:
        assert isinstance(store, Neo4jStore)
        with pytest.raises(StoreUnavailable, match="took too long and was stopped"):
            store.query(LONG, {}, max_rows=1, timeout_s=4)  # by the server, at its time limit


WRITER = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
import test_neo4j_faults as faults
from graph.stores import open_store
from graph.stores.base import Login
store = open_store(sys.argv[3], login=Login(password=sys.stdin.readline().strip()))
for n in range(faults.DOCUMENTS):
    with store.writer() as writer:
        writer.put(faults.make(n))
    print(f"doc:{n:04}", flush=True)
"""


def test_killed_writer_leaves_whole_documents_and_no_lock(empty: OwnServer) -> None:
    arguments = [sys.executable, "-c", WRITER, str(ROOT), str(Path(__file__).parent), empty.url]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{empty.login.password}\n")
        process.stdin.flush()
        acknowledged = [process.stdout.readline().strip() for _ in range(5)]
        time.sleep(0.02)
        process.kill()
        acknowledged += process.stdout.read().split()
    with empty.open() as store:
        require_whole(store, acknowledged)
        with store.writer() as writer:
            writer.put(make(DOCUMENTS))
        require_whole(store, [*acknowledged, f"doc:{DOCUMENTS:04}"])

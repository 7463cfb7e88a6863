"""Documents that are made durable in groups: what is acknowledged is on disk, whatever fails and whenever."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.check import check_store
from graph.errors import StoreError
from graph.model import GraphBatch
from graph.stores.base import Store
from graph.stores.group import MOST, Group
from graph.stores.sqlite import SqliteStore

Make = Callable[..., GraphBatch]
REPOSITORY = Path(__file__).parents[2]

# Loads small documents for ever, and says the id of each when it is acknowledged.
WRITER = """
import sys
from graph.stores import open_store
from graph.stores.group import Group
from tests.graph.store_samples import make_numbered

store = open_store(sys.argv[1])
with Group(store, lambda document_id: print(document_id, flush=True)) as group:
    for n in range(1_000_000):
        with store.writer(durable=False) as writer:
            writer.put(make_numbered(n, 20))
        group.add(f"doc:{n:06}")
"""


class SpyStore(SqliteStore):
    """Counts how often it waits for the disk, and keeps a copy of the files as the last wait left them."""

    def __init__(self, path: str) -> None:
        self.syncs = 0
        super().__init__(path)

    def sync(self) -> None:
        super().sync()
        self.syncs += 1
        for file in (self._path, self._log):
            shutil.copy(file, file.with_name(f"after-{file.name}"))

    def documents_after_a_power_cut(self) -> list[str]:
        return documents(str(self._path.with_name(f"after-{self._path.name}")))


def documents(path: str) -> list[str]:
    with SqliteStore(path) as store, store.view() as view:
        assert check_store(view).problems == ()
        return [document.source for document in view.documents()]


def put(store: Store, batch: GraphBatch, *, durable: bool = False) -> None:
    with store.writer(durable=durable) as writer:
        writer.put(batch)


@pytest.fixture
def spy(tmp_path: Path) -> SpyStore:
    return SpyStore(str(tmp_path / "store.db"))


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that goes only as the test says."""
    now = [0.0]
    monkeypatch.setattr("graph.stores.group.monotonic", lambda: now[0])
    return now


def test_documents_of_a_group_wait_for_the_disk_once(spy: SpyStore, batch: Make, still_clock: list[float]) -> None:
    said: list[int] = []
    with Group(spy, said.append) as group:
        for n in range(5):
            put(spy, batch(f"a{n}"))
            group.add(n)
        assert said == []
    assert said == [0, 1, 2, 3, 4]
    assert (spy.syncs, still_clock) == (1, [0.0])


def test_group_ends_after_a_while_or_many_items(spy: SpyStore, still_clock: list[float]) -> None:
    said: list[int] = []
    with Group(spy, said.append) as group:
        group.add(0)
        still_clock[0] += 0.3
        group.add(1)
        assert said == [0, 1]
        for n in range(MOST):
            group.add(n)
        assert len(said) == MOST + 2
    assert spy.syncs == 2


@pytest.mark.usefixtures("still_clock")
def test_group_acknowledges_what_was_committed_before_an_error(spy: SpyStore, batch: Make) -> None:
    said: list[str] = []
    with pytest.raises(KeyboardInterrupt), Group(spy, said.append) as group:  # noqa: PT012
        put(spy, batch("a"))
        group.add("a")
        with spy.writer(durable=False) as writer:
            writer.put(batch("b"))
            raise KeyboardInterrupt
    assert said == ["a"]
    assert spy.documents_after_a_power_cut() == ["a.txt"]


def test_power_cut_keeps_all_that_was_acknowledged(
    spy: SpyStore, batch: Make, still_clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.group.MOST", 7)
    connection = spy._require_writer()
    connection.execute("PRAGMA wal_autocheckpoint = 40")  # so that the log begins anew several times
    said: list[str] = []

    def acknowledge(source: str) -> None:
        said.append(source)
        assert set(said) <= set(spy.documents_after_a_power_cut())

    with Group(spy, acknowledge) as group:
        for n in range(50):
            put(spy, batch(f"a{n}", [("ASKS", f"proposition:{n}", "department:x")]))
            group.add(f"a{n}.txt")
            still_clock[0] += 0.001
    assert len(said) == 50
    assert spy.syncs == 8


def test_durable_transaction_after_others_waits_by_itself(spy: SpyStore) -> None:
    levels = []
    for durable in (True, False, True):
        with spy.writer(durable=durable):
            levels.append(spy._require_writer().execute("PRAGMA synchronous").fetchone()[0])
    assert levels == [2, 1, 2]


def test_unchanged_is_said_only_of_what_is_on_disk(spy: SpyStore, batch: Make) -> None:
    put(spy, batch("a"))
    assert spy.syncs == 0
    put(spy, batch("a"), durable=True)
    assert spy.syncs == 1
    assert spy.documents_after_a_power_cut() == ["a.txt"]


@pytest.mark.usefixtures("still_clock")
def test_failing_disk_acknowledges_nothing_and_ends_the_writing(
    spy: SpyStore, batch: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    said: list[str] = []
    group = Group(spy, said.append)
    put(spy, batch("a"))
    group.add("a")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StoreError, match=r"may not be on disk \(Input/output error\); check the disk"):
            group.flush()
    assert said == []
    with pytest.raises(StoreError, match="lost what it wrote last"), spy.writer():
        pass
    with pytest.raises(StoreError, match="lost what it wrote last"):
        spy.sync()


@pytest.mark.parametrize("delay_s", [0.05, 0.15, 0.4])
def test_writer_killed_at_any_moment_keeps_whole_documents_and_all_acknowledged(store_url: str, delay_s: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, store_url], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    )
    assert process.stdout is not None
    first = process.stdout.readline().strip()
    time.sleep(delay_s)
    process.send_signal(signal.SIGKILL)
    acknowledged = [first, *process.communicate()[0].split()]
    with SqliteStore(store_url.removeprefix("sqlite:///")) as store, store.view() as view:
        report = check_store(view)
        stored = [document.id for document in view.documents(limit=1_000_000)]
    assert report.problems == ()
    assert report.evidence == report.mentions == 20 * len(stored)
    assert stored[: len(acknowledged)] == acknowledged
    assert stored == [f"doc:{n:06}" for n in range(len(stored))]  # none is left out between


@pytest.mark.parametrize("durable", [True, False])
def test_store_of_any_engine_takes_both_kinds_of_transaction(store: Store, batch: Make, durable: bool) -> None:
    put(store, batch("a"), durable=durable)
    store.sync()
    with store.view() as view:
        assert [document.source for document in view.documents()] == ["a.txt"]

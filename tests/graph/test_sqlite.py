"""What the embedded store alone promises: its file, its locks, and what a crash leaves."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from graph.check import check_store
from graph.errors import StoreError, StoreUnavailable
from graph.model import GraphBatch
from graph.stores import open_store
from graph.stores.base import Store
from graph.stores.sqlite import SqliteStore
from graph.stores.sqlite_schema import MIGRATIONS

Make = Callable[..., GraphBatch]
REPOSITORY = Path(__file__).parents[2]

# Loads a document a transaction, says its id when it is acknowledged, and in the end waits inside a transaction.
WRITER = """
import sys, time
from graph.stores import open_store
from tests.graph.store_samples import make_numbered

store = open_store(sys.argv[1])
for n in range(int(sys.argv[2])):
    with store.writer() as writer:
        writer.put(make_numbered(n, 200))
    print(f"doc:{n:06}", flush=True)
with store.writer() as writer:
    writer.put(make_numbered(9999, 200))
    print("inside", flush=True)
    time.sleep(60)
"""


def start_writer(url: str, documents: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, str(documents)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)


def kill(process: subprocess.Popen[str]) -> list[str]:
    process.send_signal(signal.SIGKILL)
    lines = (process.communicate()[0] or "").split()
    assert process.returncode == -signal.SIGKILL
    return lines


def require_whole(url: str, acknowledged: list[str]) -> None:
    with SqliteStore(url.removeprefix("sqlite:///")) as store, store.view() as view:
        report = check_store(view)
        stored = [document.id for document in view.documents()]
    assert report.problems == ()
    assert report.evidence == report.mentions == 200 * len(stored)
    # The last one may have been on disk before it could be acknowledged.
    assert stored[: len(acknowledged)] == acknowledged
    assert len(stored) <= len(acknowledged) + 1


def test_killed_writer_leaves_what_was_acknowledged_and_no_more(store_url: str) -> None:
    process = start_writer(store_url, 3)
    assert process.stdout is not None
    seen = [process.stdout.readline().strip() for _ in range(4)]
    assert seen[-1] == "inside"
    kill(process)
    require_whole(store_url, seen[:-1])


@pytest.mark.parametrize("delay_s", [0.005, 0.02, 0.05])
def test_writer_killed_at_any_moment_leaves_whole_documents(store_url: str, delay_s: float) -> None:
    process = start_writer(store_url, 10_000)
    assert process.stdout is not None
    first = process.stdout.readline().strip()
    time.sleep(delay_s)
    require_whole(store_url, [first, *kill(process)])


def test_acknowledged_commits_are_synced(store_url: str) -> None:
    store = SqliteStore(store_url.removeprefix("sqlite:///"))
    connection = store._writer
    assert connection is not None
    pragmas = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert pragmas == ["wal", 2, 1]
    store.close()


def test_second_process_waits_then_says_the_store_is_busy(store_url: str, batch: Make) -> None:
    path = store_url.removeprefix("sqlite:///")
    with SqliteStore(path) as first, SqliteStore(path, busy_timeout_s=0.05) as second:
        with first.writer(), pytest.raises(StoreUnavailable, match="another process"), second.writer():
            pass
        with second.writer() as writer:
            assert writer.put(batch("a")) == "added"


def test_second_thread_waits_for_the_first(store_url: str, batch: Make) -> None:
    outcomes = []
    with SqliteStore(store_url.removeprefix("sqlite:///"), busy_timeout_s=5) as store:

        def write() -> None:
            with store.writer() as writer:
                outcomes.append(writer.put(batch("b")))

        thread = Thread(target=write)
        with store.writer() as writer:
            thread.start()
            time.sleep(0.05)
            assert outcomes == []
            writer.put(batch("a"))
        thread.join()
    assert outcomes == ["added"]


def test_writer_of_a_writing_thread_does_not_wait_for_ever(store_url: str) -> None:
    store = SqliteStore(store_url.removeprefix("sqlite:///"), busy_timeout_s=0.05)
    with store.writer(), pytest.raises(StoreUnavailable, match="another thread"), store.writer():
        pass
    store.close()


def test_full_disk_says_so_and_keeps_nothing(store_url: str, batch: Make) -> None:
    store = SqliteStore(store_url.removeprefix("sqlite:///"))
    assert store._writer is not None
    (pages,) = store._writer.execute("PRAGMA page_count").fetchone()
    store._writer.execute(f"PRAGMA max_page_count = {pages}")
    large = batch("a", [("ASKS", f"proposition:{n}", "department:x") for n in range(500)])
    with pytest.raises(StoreError, match="no room left on its disk"), store.writer() as writer:
        writer.put(large)
    with pytest.raises(StoreError, match="start a new one"), store.writer() as writer:  # noqa: PT012
        with suppress(StoreError):
            writer.put(replace(large, document=replace(large.document, genre="x" * 10_000_000)))
        writer.put(large)
    with store.view() as view:
        assert view.counts().documents == 0
    store._writer.execute("PRAGMA max_page_count = 1000000")
    with store.writer() as writer:
        assert writer.put(large) == "added"
    store.close()


# Opening


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        yield opened


def load(store: Store, batch: GraphBatch) -> None:
    with store.writer() as writer:
        writer.put(batch)


def test_view_keeps_its_state_while_others_write(store: Store, lancashire: GraphBatch, batch: Make) -> None:
    load(store, lancashire)
    with store.view() as old:
        version = old.version()
        load(store, batch("a", [("ASKS", "proposition:a", "department:x")]))
        with store.view() as new:
            assert new.version() != version
            assert old.version() == version
            assert old.counts().documents == 1
            assert new.counts().documents == 2


def test_view_begins_when_it_is_opened_not_when_it_is_read(store: Store, lancashire: GraphBatch) -> None:
    with store.view() as view:
        load(store, lancashire)
        assert view.counts().documents == 0


def test_relative_absolute_and_memory_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: Make) -> None:
    monkeypatch.chdir(tmp_path)
    for url, path in [
        ("sqlite:///a b/ü%?#.db", tmp_path / "a b" / "ü%?#.db"),
        (f"sqlite:///{tmp_path}/x.db", tmp_path / "x.db"),
    ]:
        open_store(url).close()
        assert path.exists()
    memory = open_store("sqlite:///:memory:")
    with memory.writer() as writer:
        writer.put(batch("a"))
    with memory.view() as view:
        assert view.counts().documents == 1
    memory.close()
    assert not any(path.name.startswith(":memory:") for path in tmp_path.iterdir())


@pytest.mark.parametrize("url", ["", "store.db", "sqlite:///", "sqlite://x.db", "postgres://x", "sqlite:store.db"])
def test_unknown_address_is_answered_with_the_known_ones(url: str) -> None:
    with pytest.raises(StoreError, match=r"sqlite:///PATH"):
        open_store(url)


def test_reading_only_where_there_is_no_store_names_the_remedy(store_url: str) -> None:
    with pytest.raises(StoreError, match="strategy-graph ingest"):
        open_store(store_url, read_only=True)
    assert not Path(store_url.removeprefix("sqlite:///")).exists()


def test_reading_only_refuses_to_write(store_url: str, lancashire: GraphBatch) -> None:
    store = open_store(store_url)
    with store.writer() as writer:
        writer.put(lancashire)
    reader = SqliteStore(store_url.removeprefix("sqlite:///"), read_only=True)
    with pytest.raises(StoreError, match="reading only"), reader.writer():
        pass
    with reader.view() as view:
        assert view.counts().documents == 1
        with pytest.raises(sqlite3.OperationalError):
            view._db.execute("DELETE FROM document")
    reader.close()
    store.close()


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("content", [b"%PDF-1.7 not a database" * 100, b"x", b"SQLite format 3\0" + b"\xff" * 4096])
def test_file_that_is_no_database_is_refused_unchanged(tmp_path: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is not a database"):
        open_store(f"sqlite:///{path}", read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [True, False])
def test_database_of_another_program_is_refused_unchanged(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks(url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store of strategy-graph"):
        open_store(f"sqlite:///{path}", read_only=read_only)
    assert path.read_bytes() == before


def test_folder_as_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}")


def test_newer_schema_is_refused(store_url: str) -> None:
    open_store(store_url).close()
    with sqlite3.connect(store_url.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO migration VALUES('9999-future')")
    connection.close()
    for read_only in (True, False):
        with pytest.raises(StoreError, match=r"newer version .*9999-future"):
            open_store(store_url, read_only=read_only)


def test_migrations_run_once_and_are_recorded(
    store_url: str, lancashire: GraphBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqliteStore(store_url.removeprefix("sqlite:///")) as store, store.writer() as writer:
        writer.put(lancashire)
    later = ("0002-later", ("CREATE TABLE later(x)",))
    monkeypatch.setattr("graph.stores.sqlite.MIGRATIONS", (*MIGRATIONS, later))
    with pytest.raises(StoreError, match="older version"):
        open_store(store_url, read_only=True)
    for _ in range(2):
        with SqliteStore(store_url.removeprefix("sqlite:///")) as store, store.view() as view:
            names = [name for (name,) in view._db.execute("SELECT name FROM migration ORDER BY name")]
            assert names[-2:] == ["0001-first", "0002-later"]
            assert view.counts().documents == 1


def test_failed_migration_leaves_the_file_as_it_was(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(store_url).close()
    broken = ("0002-broken", ("CREATE TABLE half(x)", "CREATE NONSENSE"))
    with monkeypatch.context() as patch:
        patch.setattr("graph.stores.sqlite.MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(StoreError, match="failed"):
            open_store(store_url)
    with SqliteStore(store_url.removeprefix("sqlite:///")) as store, store.view() as view:
        tables = [name for (name,) in view._db.execute("SELECT name FROM sqlite_master")]
    assert "half" not in tables


# The superuser may write anywhere, so the child gives that right up once everything is imported.
READ_THERE = """
import os, sys
from graph.errors import StoreError
from graph.stores import open_store
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
with open_store(sys.argv[1], read_only=True).view() as view:
    print(view.counts().documents)
try:
    open_store(sys.argv[1])
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX rights")
@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(lancashire: GraphBatch, file_mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        path = Path(folder) / "store.db"
        with SqliteStore(str(path)) as store, store.writer() as writer:
            writer.put(lancashire)
        path.chmod(file_mode)
        path.parent.chmod(0o555)
        command = [sys.executable, "-c", READ_THERE, f"sqlite:///{path}"]
        result = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
        path.parent.chmod(0o755)
    assert result.returncode == 0, result.stderr
    documents, reason = result.stdout.splitlines()
    assert documents == "1"
    assert "change the rights" in reason or "check the path and the rights" in reason


def test_damage_is_found_by_the_check(store_url: str, lancashire: GraphBatch) -> None:
    path = store_url.removeprefix("sqlite:///")
    with SqliteStore(path) as store, store.writer() as writer:
        writer.put(lancashire)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE passage SET text = 'Rewritten by hand' WHERE id = 'passage:l1'")
        connection.execute(
            "INSERT INTO passage_text(passage_text, rowid, text) VALUES('delete', 1, 'A plan for Lancashire')"
        )
        connection.execute("DELETE FROM entity_claim WHERE name = 'Lancashire'")
        connection.execute("UPDATE relation_claim SET item = 77 WHERE type = 'PROPOSES'")
    connection.close()
    with SqliteStore(path) as store, store.view() as view:
        problems = "\n".join(check_store(view).problems)
    for part in (
        "quotes 'BEIS' from passage 'passage:l1'",
        "full-text index passage_text lacks 1 rows",
        "entity 'place:lancashire' is in the graph, but no document says so",
        "refers to a row of relation that is not there",
        "relation 'relation:proposes' (PROPOSES) is in the graph, but no document says so",
    ):
        assert part in problems


def test_overwritten_pages_are_told_as_damage(store_url: str, batch: Make) -> None:
    path = Path(store_url.removeprefix("sqlite:///"))
    with SqliteStore(str(path)) as store, store.writer() as writer:
        writer.put(batch("a", [("ASKS", f"proposition:{n}", "department:x") for n in range(300)]))
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * (path.stat().st_size - 4096 * 2))
    with (
        pytest.raises(StoreError, match=r"is damaged; restore a copy"),
        SqliteStore(str(path)) as store,
        store.view() as view,
    ):
        list(view.iter_entities())

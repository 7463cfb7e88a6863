"""The watch over sessions, with sessions and pings that are played; a real server is stopped in `test_neo4j_faults`."""

import socket
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from graph.stores.neo4j_watch import TICK_S, Watch, pinger

Session = Any


@pytest.fixture
def session() -> Session:
    return make_session()


class Played(SimpleNamespace):
    __hash__ = object.__hash__


def make_session(port: int = 7687) -> Session:
    cut = threading.Event()
    return Played(cut=cut, _connection=SimpleNamespace(kill=cut.set, unresolved_address=("127.0.0.1", port)))


def count_threads() -> int:
    return sum(thread.name == "neo4j-watch" for thread in threading.enumerate())


def wait_until(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


def test_session_of_a_server_that_does_not_say_that_it_lives_is_cut(session: Session) -> None:
    watch = Watch(lambda _: False, after_s=0.1)
    with watch.over(session):
        assert session.cut.wait(5)
        assert watch.has_cut(session)
    assert not watch.has_cut(session)


def test_session_of_a_living_server_is_asked_after_again_and_not_cut(session: Session) -> None:
    asked: list[Session] = []
    watch = Watch(lambda one: asked.append(one) or True, after_s=0.1)  # type: ignore[func-returns-value]
    with watch.over(session):
        assert wait_until(lambda: len(asked) >= 2)
        assert not session.cut.is_set()


def test_short_session_is_not_asked_after(session: Session) -> None:
    asked: list[Session] = []
    watch = Watch(lambda one: bool(asked.append(one)), after_s=2 * TICK_S)  # type: ignore[func-returns-value]
    with watch.over(session):
        pass
    time.sleep(4 * TICK_S)
    assert asked == []


def test_session_that_ended_while_its_server_was_asked_is_left_alone(session: Session) -> None:
    asked, answer = threading.Event(), threading.Event()

    def ping(_: Session) -> bool:
        asked.set()
        answer.wait(5)
        return False

    watch = Watch(ping, after_s=0.1)
    with watch.over(session):
        assert asked.wait(5)
    answer.set()
    time.sleep(2 * TICK_S)
    assert not session.cut.is_set()


@pytest.mark.parametrize(("answer", "lives"), [(b"\x00\x00\x04\x05", True), (b"\x00\x00\x00\x00", True), (b"", False)])
def test_server_that_greets_lives(answer: bytes, lives: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            line, _ = server.accept()
            with line:
                assert line.recv(20)[:4] == b"\x60\x60\xb0\x17"
                line.sendall(answer)

        thread = threading.Thread(target=greet)
        thread.start()
        assert pinger("bolt://127.0.0.1")(server.getsockname()[:2]) == lives
        thread.join()


def test_server_that_is_silent_or_away_does_not_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.stores.neo4j_watch.PING_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()[:2]
        assert not pinger("bolt://127.0.0.1")(address)
        assert not pinger("bolt+s://127.0.0.1")(address)
    assert not pinger("bolt://127.0.0.1")(address)


def test_no_thread_stays_once_nothing_is_watched(session: Session) -> None:
    watch = Watch(lambda _: True, after_s=0.1)
    assert wait_until(lambda: count_threads() == 0)
    with watch.over(session), watch.over(make_session()):
        assert count_threads() == 1
    assert wait_until(lambda: count_threads() == 0)


def test_sessions_of_one_server_share_its_answer() -> None:
    asked: list[tuple[str, int]] = []

    def ping(address: tuple[str, int]) -> bool:
        asked.append(address)
        time.sleep(0.2)
        return address[1] == 2

    watch = Watch(ping, after_s=0.1)
    one, two, other, late = make_session(1), make_session(1), make_session(2), make_session(1)
    with watch.over(one), watch.over(two), watch.over(other):
        assert wait_until(lambda: bool(asked))
        with watch.over(late):
            assert all(session.cut.wait(1) for session in (one, two, late))
        assert not other.cut.is_set()
    assert sorted(asked)[:2] == [("127.0.0.1", 1), ("127.0.0.1", 2)]

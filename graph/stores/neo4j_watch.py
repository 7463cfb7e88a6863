"""Gives up a server that hangs in the middle of an answer, and none that is only slow.

The driver waits for an answer for as long as the connection stands, which a stopped server leaves standing. So where a
session lasts longer than its patience, the server that it talks to is asked over a new connection whether it lives; if
it does not say so soon, the session's connection is cut, and what waits on it fails.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graph.stores.base import Login

if TYPE_CHECKING:
    from neo4j import Session

PING_S = 1.5  # a server that lives takes a new connection within this time
TICK_S = 0.25


class Watch:
    """Watches the sessions of one store from a thread that lasts while there are any."""

    def __init__(self, ping: Callable[["Session"], bool], *, patience_s: float) -> None:
        """Prepare to watch.

        Args: ping: says whether the server of a session lives.  patience_s: when it is asked first, and how often then.
        """
        self._ping, self._patience_s = ping, patience_s
        self._lock = threading.Lock()
        self._next: dict[Session, float] = {}  # when the server of a session is asked next
        self._cut: set[Session] = set()
        self._is_running = False

    @contextmanager
    def over(self, session: "Session") -> Iterator["Session"]:
        """Watch a session until the block ends."""
        with self._lock:
            self._next[session] = time.monotonic() + self._patience_s
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="neo4j-watch", daemon=True).start()
        try:
            yield session
        finally:
            with self._lock:
                self._next.pop(session, None)
                self._cut.discard(session)

    def has_cut(self, session: "Session") -> bool:
        """Say whether a session that is being watched was given up."""
        return session in self._cut

    def _run(self) -> None:
        while True:
            time.sleep(TICK_S)
            with self._lock:
                if not self._next:
                    self._is_running = False
                    return
                late = [session for session, due in self._next.items() if due < time.monotonic()]
            for session in late:
                self._look_at(session)

    def _look_at(self, session: "Session") -> None:
        lives = self._ping(session)
        with self._lock:
            if session not in self._next:
                return
            self._next[session] = time.monotonic() + self._patience_s
            connection = getattr(session, "_connection", None)  # the driver has no public way to give up an answer
            if lives or connection is None:
                return
            self._cut.add(session)
        connection.kill()


def pinger(url: str, login: Login) -> Callable[["Session"], bool]:
    """Return what says whether the server of a session, one of those at `url`, takes a new connection in time."""

    def ping(session: "Session") -> bool:
        from neo4j import GraphDatabase
        from neo4j.exceptions import DriverError, Neo4jError

        address: Any = getattr(getattr(session, "_connection", None), "unresolved_address", None)
        if address is None:
            return True  # it is being connected, which has a time limit of its own
        scheme = urlsplit(url).scheme.replace("neo4j", "bolt")
        host = f"[{address[0]}]" if ":" in address[0] else address[0]
        try:
            with GraphDatabase.driver(
                f"{scheme}://{host}:{address[1]}", auth=(login.user, login.password), connection_timeout=PING_S,
                connection_acquisition_timeout=PING_S, max_transaction_retry_time=0, user_agent="strategy-graph",
            ) as driver:  # fmt: skip
                driver.verify_connectivity()
        except Neo4jError:
            return True  # it answers, whatever it says
        except DriverError:
            return False
        return True

    return ping

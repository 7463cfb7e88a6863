"""Gives up a server that hangs in the middle of an answer, and none that is only slow.

The driver waits for an answer for as long as the connection stands, which a stopped server leaves standing. So where a
session lasts for long, the server that it talks to is asked over a new connection whether it lives; if it does not say
so in time, the session's connection is cut, and what waits on it fails.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from neo4j import Session

Address = tuple[str, int]

PING_S = 3.0  # a server that lives greets a new connection within this time
TICK_S = 0.25
HELLO = b"\x60\x60\xb0\x17" + b"\x00\x00\x04\x05" + bytes(12)  # of Bolt: which versions the client speaks


class Watch:
    """Watches the sessions of one store from a thread that lasts while there are any."""

    def __init__(self, ping: Callable[[Address], bool], *, after_s: float) -> None:
        """Prepare to watch.

        Args: ping: says whether a server lives.  after_s: when that of a session is asked first, and how often then.
        """
        self._ping, self._after_s = ping, after_s
        self._lock = threading.Lock()
        self._due: dict[Session, float] = {}  # when the server of a session is asked next
        self._cut: set[Session] = set()
        self._is_running = False

    @contextmanager
    def over(self, session: "Session") -> Iterator["Session"]:
        """Watch a session until the block ends."""
        with self._lock:
            self._due[session] = time.monotonic() + self._after_s
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="neo4j-watch", daemon=True).start()
        try:
            yield session
        finally:
            with self._lock:
                self._due.pop(session, None)
                self._cut.discard(session)

    def has_cut(self, session: "Session") -> bool:
        """Say whether a session that is being watched was given up."""
        return session in self._cut

    def _run(self) -> None:
        while True:
            time.sleep(TICK_S)
            with self._lock:
                if not self._due:
                    self._is_running = False
                    return
            found: dict[Address, bool] = {}
            for address in {address for address, _ in self._late()}:
                found[address] = self._ping(address)
            for address, session in self._late():  # with those that became late meanwhile
                if address in found:
                    self._settle(session, lives=found[address])

    def _late(self) -> list[tuple[Address, "Session"]]:
        """Return the sessions that are due and connected; connecting has a time limit of its own."""
        now = time.monotonic()
        with self._lock:
            due = [session for session, at in self._due.items() if at < now]
        return [(address, session) for session in due if (address := _address(session)) is not None]

    def _settle(self, session: "Session", *, lives: bool) -> None:
        with self._lock:
            if session not in self._due:
                return
            self._due[session] = time.monotonic() + self._after_s
            if lives:
                return
            self._cut.add(session)
            connection: Any = session._connection
        if connection is not None:
            connection.kill()


def _address(session: "Session") -> Address | None:
    """Return where a session is connected to; the driver has no public way to it, nor to give up an answer."""
    address = getattr(getattr(session, "_connection", None), "unresolved_address", None)
    return None if address is None else (str(address[0]), int(address[1]))


def pinger(url: str) -> Callable[[Address], bool]:
    """Return what says whether one of the servers at `url` greets a new connection in time.

    It says no word of its own and logs nobody in, so that a busy server does it soon.
    """
    context: ssl.SSLContext | None = None
    if "+" in urlsplit(url).scheme:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is told or believed here

    def ping(address: Address) -> bool:
        try:
            with (
                socket.create_connection(address, PING_S) as plain,
                context.wrap_socket(plain) if context else nullcontext(plain) as line,
            ):
                line.sendall(HELLO)
                return bool(line.recv(4))
        except OSError:
            return False

    return ping

"""Loading many documents: each is a transaction of its own, and many wait for the disk together.

What is told of a document is held back until the disk has it. So a crash at any moment, even of the machine, loses
nothing that was acknowledged, and leaves every document whole or not at all.
"""

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Generic, Self, TypeVar

from graph.stores.base import Store

WAIT_S = 0.25
MOST = 64  # items that wait together

Item = TypeVar("Item")


class Group(Generic[Item]):
    """Acknowledges items in their order, once everything that was committed before them is on disk.

    Use it as a context around transactions opened with `store.writer(durable=False)`, and `add` what to say of each.
    Leaving it, by an error too, acknowledges what still waits.
    """

    def __init__(self, store: Store, acknowledge: Callable[[Item], None]) -> None:
        self._store, self._acknowledge = store, acknowledge
        self._waiting: list[Item] = []
        self._synced_at = monotonic()

    def add(self, item: Item) -> None:
        """Acknowledge `item` with the group, at once where the last group was a quarter of a second or 64 items ago.

        Raises: StoreError: the disk failed; what waited is never acknowledged.
        """
        self._waiting.append(item)
        if len(self._waiting) >= MOST or monotonic() - self._synced_at >= WAIT_S:
            self.flush()

    def flush(self) -> None:
        """Wait for the disk and acknowledge all that waits; raise StoreError where the disk failed."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._store.sync()
        self._synced_at = monotonic()
        for item in waiting:
            self._acknowledge(item)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()

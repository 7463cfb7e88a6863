"""Answers that were given already: the same question to the same data need not be worked out again.

A page, the figures opened from it and its report ask the same. The key holds the data's version, so a loaded or removed
document makes every answer new; what a question takes from the clock must be in the key too.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

AnswerT = TypeVar("AnswerT")
MOST = 32


class Remembered:
    """The answers used last, each by its key; several threads may ask."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[str, ...], object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...], ask: Callable[[], AnswerT]) -> AnswerT:
        """Return the answer of a key, which always stands for one type of answer; failures are not kept.

        Two threads that ask the same at once both work it out.
        """
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast("AnswerT", self._answers[key])
        answer = ask()
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

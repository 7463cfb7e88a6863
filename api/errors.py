"""What an error means to a caller: the HTTP status and the exit code of each class, said here alone."""

from enum import IntEnum

from graph.errors import (
    AmbiguousEntity,
    BadBatch,
    BadQuery,
    ExportError,
    KgError,
    NothingToCompare,
    StoreUnavailable,
    UnknownDocument,
    UnknownEntity,
    UnreadableDocument,
)
from ingest.sources import MissingSourceError


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    MISUSED = 2
    PARTIAL = 3


class Misuse(KgError):
    """A command or request asks for something that cannot be meant; the message says what can."""


class UnknownRelation(KgError):
    """No relation has this id."""

    def __init__(self, relation_id: str) -> None:
        self.relation_id = relation_id
        super().__init__(f"no relation {relation_id!r} in this graph; an entity's relations carry their ids")


class UnknownPassage(KgError):
    """No passage has this id."""

    def __init__(self, passage_id: str) -> None:
        self.passage_id = passage_id
        super().__init__(f"no passage {passage_id!r} in this store; the citations of an answer carry the ids there are")


class BadCursor(Misuse):
    """A `next` value that no answer of this server holds."""

    def __init__(self) -> None:
        super().__init__("`after` is not a `next` value of an earlier answer; leave it out to start again")


# First match wins, so a subclass stands before its base.
_MEANINGS: tuple[tuple[type[KgError], int, ExitCode], ...] = (
    (UnknownEntity, 404, ExitCode.FAILED),
    (UnknownDocument, 404, ExitCode.FAILED),
    (UnknownPassage, 404, ExitCode.FAILED),
    (UnknownRelation, 404, ExitCode.FAILED),
    (NothingToCompare, 404, ExitCode.FAILED),
    (AmbiguousEntity, 409, ExitCode.FAILED),
    (MissingSourceError, 400, ExitCode.MISUSED),
    (Misuse, 400, ExitCode.MISUSED),
    (BadQuery, 400, ExitCode.MISUSED),
    (UnreadableDocument, 422, ExitCode.FAILED),
    (BadBatch, 422, ExitCode.FAILED),
    (ExportError, 400, ExitCode.FAILED),
    (StoreUnavailable, 503, ExitCode.FAILED),
    (KgError, 500, ExitCode.FAILED),
)


def http_status(error: KgError) -> int:
    """Return the HTTP status that stands for an error."""
    return next(status for kind, status, _ in _MEANINGS if isinstance(error, kind))


def exit_code(error: KgError) -> ExitCode:
    """Return the exit code that stands for an error."""
    return next(code for kind, _, code in _MEANINGS if isinstance(error, kind))


def error_name(error: KgError) -> str:
    """Return the name an answer gives an error by: `unknown-entity` for UnknownEntity."""
    name = type(error).__name__
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")

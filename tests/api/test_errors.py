import pytest

from api import errors
from api.errors import BadCursor, ExitCode, Misuse, UnknownRelation, error_name, exit_code, http_status
from graph.errors import (
    AmbiguousEntity,
    KgError,
    StoreError,
    StoreUnavailable,
    UnknownDocument,
    UnknownEntity,
    UnreadableDocument,
)


@pytest.mark.parametrize(
    ("error", "status", "code", "name"),
    [
        (UnknownEntity("x"), 404, ExitCode.FAILED, "unknown-entity"),
        (UnknownDocument("x"), 404, ExitCode.FAILED, "unknown-document"),
        (UnknownRelation("x"), 404, ExitCode.FAILED, "unknown-relation"),
        (AmbiguousEntity("x", ["a", "b"]), 409, ExitCode.FAILED, "ambiguous-entity"),
        (BadCursor(), 400, ExitCode.MISUSED, "bad-cursor"),
        (Misuse("x"), 400, ExitCode.MISUSED, "misuse"),
        (UnreadableDocument("p", "r", "m"), 422, ExitCode.FAILED, "unreadable-document"),
        (StoreUnavailable("x"), 503, ExitCode.FAILED, "store-unavailable"),
        (StoreError("x"), 500, ExitCode.FAILED, "store-error"),
        (KgError("x"), 500, ExitCode.FAILED, "kg-error"),
    ],
)
def test_an_error_means_one_status_and_one_exit_code(error: KgError, status: int, code: ExitCode, name: str) -> None:
    assert (http_status(error), exit_code(error), error_name(error)) == (status, code, name)


def test_no_meaning_is_hidden_behind_that_of_its_base() -> None:
    kinds = [kind for kind, _, _ in errors._MEANINGS]
    for place, kind in enumerate(kinds):
        assert not any(issubclass(kind, earlier) for earlier in kinds[:place]), kind

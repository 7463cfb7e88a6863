"""Opaque places in a list: a cursor holds the key after which the next part begins; readers must not look inside."""

import base64
import binascii
import json

from api.errors import BadCursor


def to_cursor(key: str | int) -> str:
    """Return the cursor of a key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def text_key(cursor: str | None) -> str:
    """Return the text key of a cursor, empty at the start of a list; raise BadCursor for anything else."""
    key = "" if cursor is None else _key(cursor)
    if not isinstance(key, str):
        raise BadCursor
    return key


def number_key(cursor: str | None, *, start: int) -> int:
    """Return the number in a cursor, `start` at the start of a list; raise BadCursor for anything else."""
    key = start if cursor is None else _key(cursor)
    if not isinstance(key, int) or isinstance(key, bool) or not -1 <= key < 2**31:
        raise BadCursor
    return key


def _key(cursor: str) -> object:
    try:
        return json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error

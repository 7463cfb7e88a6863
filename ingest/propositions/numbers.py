"""Numbers of propositions: which row "proposal 3" is, wherever a paper speaks of it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.propositions.types import Draft, Form, Reading

KINDS = frozenset(
    kind + ending
    for kind in ("proposition", "proposal", "ask", "action", "project", "initiative", "recommendation", "commitment")
    for ending in ("", "s")
)
_NUMBERS = r"\d{1,2}(?:(?:, | and |, and | to | & )\d{1,2})*"
REFERENCE = re.compile(rf"(?i)\b(?:{'|'.join(sorted(KINDS))})\s+(?P<numbers>{_NUMBERS})\b(?!\.\d)")
_ROW_NUMBER = re.compile(r"[A-Za-z]{0,2}(\d{1,2})\W*$|(?:[A-Za-z]+ )?(\d{1,2})[.:)]?\s")


def number_rows(drafts: Sequence[Draft], reading: Reading) -> Mapping[int, int]:
    """Return number -> place in `drafts` of the rows of the longest table; those without one count from above."""
    tables: dict[int, list[int]] = {}
    for at, draft in enumerate(drafts):
        cell = reading.passages[draft.what.passage].cell
        if draft.form is Form.ROW and cell:
            tables.setdefault(cell.table, []).append(at)
    rows = max(tables.values(), key=len, default=[])
    return {_own_number(drafts[at], reading) or place: at for place, at in enumerate(rows, 1)}


def _own_number(draft: Draft, reading: Reading) -> int | None:
    texts = [reading.text(span) for span in (*draft.parts.get("ref", ()), *([draft.name] if draft.name else []))]
    found = next((match for text in texts if (match := _ROW_NUMBER.match(text.strip()))), None)
    return int(found[1] or found[2]) if found else None


def read_numbers(text: str) -> Iterator[int]:
    """Yield the numbers of "1 and 2", "3, 4 and 6", "1 to 3"."""
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", text):
        yield from range(int(first), int(last or first) + 1)

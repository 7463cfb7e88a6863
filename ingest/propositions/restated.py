"""Rows of a table that sum up what the prose of the same paper proposes: one proposition told twice."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.propositions.numbers import REFERENCE, number_rows, read_numbers
from ingest.propositions.types import Draft, Form, Reading, Span, join_parts

_WORD = re.compile(r"[a-z][a-z-]{2,}")
_FEWEST, _SHARE = 2, 0.9  # words of a row that tell, and the share of them that the prose must have too
_SMALL = frozenset(
    ["and", "the", "for", "with", "from", "into", "will", "new", "its", "our", "their", "that", "this", "are", "per"]
)


def join_restated(drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """Return the drafts with each row given to the proposition in prose that has nearly all words of its name.

    A row that fits several, or one to which another row fits as well, stays its own. Cost: rows times propositions.
    """
    drafts = _join_numbered(drafts, reading)
    rows = [draft for draft in drafts if _is_tabled(draft, reading)]
    others = [draft for draft in drafts if not _is_tabled(draft, reading)]
    if not rows or not others:
        return list(drafts)
    told = [_words(reading.text(draft.what)) for draft in others]
    fits: dict[int, list[Draft]] = {}
    for row in rows:
        wanted = _words(reading.text(row.name or row.what))
        found = [at for at, words in enumerate(told) if len(wanted & words) >= max(_FEWEST, _SHARE * len(wanted))]
        if len(found) == 1:
            fits.setdefault(found[0], []).append(row)
    same = {at: found[0] for at, found in fits.items() if len(found) == 1}
    joined = {id(others[at]): _join(others[at], row, reading) for at, row in same.items()}
    gone = set(map(id, same.values()))
    return [joined.get(id(draft), draft) for draft in drafts if id(draft) not in gone]


def _join_numbered(drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """Give a row what a sentence proposes of it by number: "If proposal 1 is agreed, the council will lend £2m"."""
    numbered = number_rows(drafts, reading)
    joined = list(drafts)
    gone: set[int] = set()
    for at, draft in enumerate(drafts) if numbered else ():
        if draft.form is not Form.SENTENCE or _is_tabled(draft, reading):
            continue
        text = reading.passages[draft.what.passage].text
        start, end = next(place for place in reading.sentences(draft.what.passage) if draft.what.start < place[1])
        told = [number for found in REFERENCE.finditer(text, start, end) for number in read_numbers(found["numbers"])]
        if len(told) == 1 and told[0] in numbered:
            row = joined[numbered[told[0]]]
            joined[numbered[told[0]]] = replace(
                row, scope=(*row.scope, draft.what), actors=(*row.actors, *draft.actors)
            )
            gone.add(at)
    return [draft for at, draft in enumerate(joined) if at not in gone]


def _is_tabled(draft: Draft, reading: Reading) -> bool:
    return draft.form is Form.ROW or reading.passages[draft.what.passage].cell is not None


def _join(draft: Draft, row: Draft, reading: Reading) -> Draft:
    told = {role: spans for role, spans in row.parts.items() if role not in ("what", "name")}
    return replace(
        draft,
        parts=join_parts(draft.parts, told),
        scope=(*draft.scope, *(row.scope if row.parts else _cells(row.what, reading))),
    )


def _cells(span: Span, reading: Reading) -> tuple[Span, ...]:
    """Return the cells of the row that a cell stands in."""
    own = reading.passages[span.passage].cell
    return tuple(
        reading.whole(ordinal)
        for ordinal, passage in enumerate(reading.passages)
        if own and passage.cell and (passage.cell.table, passage.cell.row) == (own.table, own.row)
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.lower())) - _SMALL

"""A passage cut into stretches, plain and marked, so that a template can draw each and escape all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import Entity, Evidence, Mention

HOLDER = "Proposition"  # the type whose mentions are whole clauses, with names inside


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text: plain, the name of `entity`, or `marked` as a quote or match.

    The words of a proposition hold names in turn: `inner` are the pieces of such a stretch.
    """

    text: str
    entity: Entity | None = None
    marked: bool = False
    inner: tuple["Stretch", ...] = ()


def mark_mentions(text: str, mentions: Iterable[tuple[Mention, Entity]]) -> tuple[Stretch, ...]:
    """Cut `text` at its mentions, names inside the words of a proposition too.

    Of two names that overlap the one that begins first wins, then the longer one; so with two propositions.
    """
    found = sorted(mentions, key=lambda pair: (pair[0].start, -pair[0].end, pair[1].id))
    outer = [pair for pair in found if pair[1].type == HOLDER]
    names = [pair for pair in found if pair[1].type != HOLDER]
    pieces: list[Stretch] = []
    at = 0
    for mention, entity in outer:
        if mention.start >= at and mention.end > mention.start:
            pieces += _cut(text, at, mention.start, names)
            inner = _cut(text, mention.start, mention.end, names)
            pieces.append(Stretch(text[mention.start : mention.end], entity, inner=inner))
            at = mention.end
    return (*pieces, *_cut(text, at, len(text), names))


def _cut(text: str, start: int, end: int, names: Iterable[tuple[Mention, Entity]]) -> tuple[Stretch, ...]:
    pieces: list[Stretch] = []
    at = start
    for mention, entity in names:
        if at <= mention.start < mention.end <= end:
            pieces += [Stretch(text[at : mention.start]), Stretch(text[mention.start : mention.end], entity)]
            at = mention.end
    return tuple(piece for piece in [*pieces, Stretch(text[at:end])] if piece.text)


def mark_quote(text: str, evidence: Evidence, *, around: int = 160) -> tuple[Stretch, ...]:
    """Return the quote, marked, with up to `around` characters of its passage on each side, cut between words."""
    before, after = text[: evidence.start], text[evidence.end :]
    if len(before) > around:
        before = "… " + before[-around:].split(" ", 1)[-1]
    if len(after) > around:
        after = after[:around].rsplit(" ", 1)[0] + " …"
    pieces = [Stretch(before), Stretch(text[evidence.start : evidence.end], marked=True), Stretch(after)]
    return tuple(piece for piece in pieces if piece.text)


def mark_snippet(snippet: str) -> tuple[Stretch, ...]:
    """Cut a search result's snippet where `[` and `]` mark its matches."""
    parts = re.split(r"\[([^\[\]]*)\]", snippet)
    return tuple(Stretch(part, marked=bool(index % 2)) for index, part in enumerate(parts) if part)

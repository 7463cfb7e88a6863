"""A passage cut into stretches, plain and marked, so that a template can draw each and escape all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import Entity, Evidence, Mention


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text: plain, the name of `entity`, or `marked` as a quote or match."""

    text: str
    entity: Entity | None = None
    marked: bool = False


def mark_mentions(text: str, mentions: Iterable[tuple[Mention, Entity]]) -> tuple[Stretch, ...]:
    """Cut `text` at its mentions. Of two that overlap the one that begins first wins, then the longer one."""
    found = sorted(mentions, key=lambda pair: (pair[0].start, -pair[0].end, pair[1].id))
    pieces: list[Stretch] = []
    at = 0
    for mention, entity in found:
        if mention.start >= at and mention.end > mention.start:
            pieces += [Stretch(text[at : mention.start]), Stretch(text[mention.start : mention.end], entity)]
            at = mention.end
    return tuple(piece for piece in [*pieces, Stretch(text[at:])] if piece.text)


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

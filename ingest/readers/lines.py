"""Lines of plain text: which of them belong together, and what each piece is."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.marks import is_bullet, is_capitals, is_caption, split_label

_WIDEST_WRAP = 130  # a text with longer lines keeps each paragraph on one line
_NARROWEST_WRAP = 40
_LEAST_OF_WIDTH = 0.7  # a block of shorter lines is a list or an address, not wrapped prose
_STOP_WITHIN = re.compile(r"[a-z)][.!?] [A-Z]")
_LONG_LINE = 40  # letters: shorter lines of a block may be names and addresses
_NEEDS_MORE = frozenset(
    {"the", "a", "an", "of", "and", "or", "in", "to", "for", "by", "with", "from", "on", "at", "that", "its", "our"}
)
_FULL_SHARE = 0.7
_PAGE_LINE = re.compile(
    r"\S.*?\s{3,}(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?|(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?\s{3,}\S.*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = (".", ":", ";", "?", "!", "”", '"')


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines; `gap` counts the blank lines before it, `page` is set in files with page breaks."""

    lines: tuple[str, ...]
    gap: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or list point: its lines joined by line breaks, so that words cut at a line end can be mended."""

    text: str
    label: str = ""
    indent: int = 0


def find_blocks(text: str) -> list[Block]:
    """Return the blocks of `text`, without what stands at the top or foot of page after page."""
    pages = _without_page_lines(text).split("\f")
    furniture = _find_furniture(pages)
    blocks: list[Block] = []
    for number, page in enumerate(pages, start=1):
        lines: list[str] = []
        gap = 1
        for line in [*page.split("\n"), ""]:
            if line.strip() and line.strip() not in furniture:
                lines.append(line.rstrip("\r"))
                continue
            # A line of nothing but a tab is an empty cell where tabs mark cells.
            if line.startswith("\t") and (lines or gap):
                lines.append(line)
                continue
            if lines:
                blocks.append(Block(tuple(lines), gap, number if len(pages) > 1 else None))
                lines, gap = [], 0
            gap += not line.strip()
    return [block for block in blocks if any(line.strip() for line in block.lines)]


def _without_page_lines(text: str) -> str:
    """Return `text` without the lines that end its pages ("Title      11 of 46"): told by coming again with another
    number behind a wide gap. A sentence that such a line cut goes on."""
    lines = text.split("\n")
    found = {at: _DIGITS.sub("#", line.strip()) for at, line in enumerate(lines) if _PAGE_LINE.fullmatch(line.strip())}
    kinds = Counter(found.values())
    for at in sorted((at for at, kind in found.items() if kinds[kind] > 1), reverse=True):
        start, end = at, at + 1
        while start > 0 and not lines[start - 1].strip():
            start -= 1
        while end < len(lines) and not lines[end].strip():
            end += 1
        is_cut = start > 0 and end < len(lines) and not lines[start - 1].rstrip().endswith(_SENTENCE_END)
        lines[start:end] = [] if is_cut and lines[end].lstrip()[:1].islower() else [""]
    return "\n".join(lines)


def _find_furniture(pages: Sequence[str]) -> frozenset[str]:
    if len(pages) < 3:
        return frozenset()
    ends: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        ends.update({*lines[:2], *lines[-2:]})
    return frozenset(line for line, count in ends.items() if count >= 3 and count * 2 > len(pages))


def find_wrap_width(blocks: Sequence[Block]) -> int:
    """Return the width at which the text breaks its lines, 0 where it keeps each paragraph on a line."""
    if max((len(line) for block in blocks for line in block.lines), default=0) > _WIDEST_WRAP:
        return 0
    lengths = sorted(len(line.rstrip()) for block in blocks for line in block.lines[:-1])
    return max(lengths[len(lengths) * 4 // 5], _NARROWEST_WRAP) if lengths else _WIDEST_WRAP


def find_pieces(lines: Sequence[str], *, wrap_width: int) -> list[Piece]:
    """Return the paragraphs and list points of one block.

    A line goes on with the next where the break was forced by the width, where the next begins in lower case or, after
    a list label, is indented; lines that could have held the next line's first word end where their writer ended them.
    """
    pieces: list[Piece] = []
    rows = [line.expandtabs(4) for line in lines if line.strip()]
    full = _find_full(rows, wrap_width)
    full = [was_full or hangs for was_full, hangs in zip(full, _find_hanging(rows), strict=True)]
    current: list[str] = []
    label, indent = "", 0
    for number, row in enumerate(rows):
        stripped = row.strip()
        found = split_label(stripped)
        if found and current and _is_dash_in_prose(found[0], current[-1], label):
            found = None
        here = len(row) - len(row.lstrip())
        goes_on = (
            bool(current) and not found and _goes_on(current[-1], row, bool(label), here > indent, full[number - 1])
        )
        if goes_on:
            current.append(row)
            continue
        if current:
            pieces.append(Piece("\n".join(current), label, indent))
        label, text = found or ("", stripped)
        current, indent = [text], here
    if current:
        pieces.append(Piece("\n".join(current), label, indent))
    return pieces


def _goes_on(last: str, row: str, in_item: bool, is_indented: bool, was_full: bool) -> bool:
    stripped = row.strip()
    if is_caption(stripped) or stripped.startswith(("http://", "https://")):
        return False
    if last.rstrip().endswith("-") and last.rstrip()[-2:-1].isalpha():
        return True
    if stripped[0].islower() and not (last.rstrip().endswith((";", ":")) and not was_full):
        return True
    return was_full or (in_item and is_indented) or (is_capitals(last) and is_capitals(stripped))


def _is_dash_in_prose(label: str, last: str, open_label: str) -> bool:
    """A dash or number that only happens to begin a wrapped line is no list label."""
    if open_label and is_bullet(label):
        return False
    return label in ("-", "–", "—") and not last.rstrip().endswith(_SENTENCE_END) and not open_label


def _find_hanging(rows: Sequence[str]) -> list[bool]:
    """Tell for each line whether its sentence plainly runs on: it ends in a word that needs more, or stands in prose.

    Lines of an uneven width, as people break them by hand, are no list where sentences end within them."""
    is_prose = any(_STOP_WITHIN.search(row) for row in rows)
    hanging = []
    for row in rows:
        line = row.strip()
        ended = not line or line.endswith((*_SENTENCE_END, ";", ":"))
        last = line.rsplit(None, 1)[-1].lower() if line else ""
        hanging.append(not ended and (last in _NEEDS_MORE or (is_prose and len(line) >= _LONG_LINE)))
    return hanging


def _find_full(rows: Sequence[str], wrap_width: int) -> list[bool]:
    """Tell for each line whether it had no room for the first word of the next, given the widest line of the block."""
    width = max((len(row.rstrip()) for row in rows), default=0)
    if not wrap_width or width < _LEAST_OF_WIDTH * wrap_width:
        return [False] * len(rows)
    full = []
    for row, below in pairwise(rows):
        first = below.split(maxsplit=1)[:1]
        full.append(bool(first) and len(row.rstrip()) + 1 + len(first[0]) > width)
    # In a list without signs only the longest lines look full.
    if full and sum(full) < _FULL_SHARE * len(full):
        full = [False] * len(full)
    return [*full, False]

"""What blocks are: headings and their levels, items and their nesting, notes and captions, told by look and place."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf_blocks import Block, is_stopped
from ingest.readers.pdf_lines import BOLD, is_bullet
from ingest.readers.pdf_model import PageContent

_NOTE_SIZE = 0.92  # of the body: notes are set smaller
_HEADING_SIZE = 1.12
_MAX_HEADING = 220
_NUMBERED = re.compile(r"\d{1,3}\.?")
_NOTE_START = re.compile(r"(\d{1,3})\s+(?=[A-Z‘“(]|https?:|www\.)")
_WORD = re.compile(r"[^\W\d_]{2}")
_MAX_FIGURES = 60
_MAX_CAPTION = 200
_NUMBERED_CAPTION = re.compile(
    r"(?=[cfgmt])(?:Figure|Fig\.|Table|Chart|Map|Graph)\s+[A-Z]?\d{1,3}(?:\.\d{1,2})?\s?[:.–—]\s", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?=[b-gmst])(?:Figure|Fig\.|Table|Chart|Box|Diagram|Map|Exhibit|Graph|Source)\s*[\d:.A-Z]", re.IGNORECASE
)
_COUNTED = re.compile(r"\d{1,3}\.?")
_PARTS = re.compile(r"\d{1,2}(?:\.\d{1,2})+")


@dataclass(frozen=True, slots=True)
class Style:
    """What most text of the document looks like; letters of weight `bold_from` stand out beside it."""

    size: float
    bold: bool
    colour: int
    bold_from: int = BOLD


def find_style(pages: Sequence[PageContent]) -> Style:
    """Return the style of most text."""
    looks: dict[tuple[float, int, int], int] = defaultdict(int)
    for page in pages:
        for run in page.runs:
            looks[run.size, run.weight, run.colour] += len(run.text)
    styles: Counter[tuple[float, int, int]] = Counter()
    for (size, weight, colour), letters in looks.items():
        styles[(round(size * 2) / 2, weight, colour)] += letters
    if not styles:
        return Style(10.0, False, 0)
    size, weight, colour = min(styles, key=lambda style: (-styles[style], style))
    bold_from = min(BOLD, max(300, weight) + 200)
    return Style(size, weight >= bold_from, colour, bold_from)


def name_kinds(blocks: list[Block], style: Style, outline: dict[str, int]) -> None:
    """Tell headings, notes, captions and items from paragraphs."""
    noted = False
    region = -1
    for block, following in zip(blocks, _following(blocks), strict=True):
        noted, region = noted and block.region == region, block.region
        if not block.lines:
            continue
        if len(block.text) < _MAX_FIGURES and not block.label and not _WORD.search(block.text):
            block.kind = "caption"  # figures of a chart
            continue
        small = block.size <= _NOTE_SIZE * style.size
        if small and not block.box:
            mark = block.lines[0].mark
            if mark or (noted and not block.label) or _NUMBERED.fullmatch(block.label):
                block.kind, noted = "note", True
                block.label = mark or block.label
                continue
            if found := _NOTE_START.match(block.text):
                block.kind, noted = "note", True
                block.label, block.text = found.group(1), block.text[found.end() :]
                continue
        noted = False
        if _is_heading(block, following, style, outline):
            block.kind = "heading"
            if block.label and not is_bullet(block.label):
                block.text, block.label = f"{block.label} {block.text}", ""
        elif block.label and not block.lines[0].mark:
            block.kind = "item"
        elif len(block.text) < _MAX_CAPTION and (
            _NUMBERED_CAPTION.match(block.text) or (_CAPTION.match(block.text) and (small or block.bold))
        ):
            block.kind = "caption"


def _following(blocks: list[Block]) -> list[Block | None]:
    """Return for each block the next one of its box, or of the page around it."""
    following: list[Block | None] = []
    nearest: dict[int, Block] = {}
    for block in reversed(blocks):
        following.append(nearest.get(block.box))
        nearest[block.box] = block
    return following[::-1]


def _is_heading(block: Block, following: Block | None, style: Style, outline: dict[str, int]) -> bool:
    text = block.text.strip()
    if not 3 <= len(text) <= _MAX_HEADING or len(block.lines) > 4 or (block.label and is_bullet(block.label)):
        return False
    if not any(map(str.isalpha, text)) or (block.size < _HEADING_SIZE * style.size and _CAPTION.match(text)):
        return False
    words = len(text.split())
    if outline and words < 30 and _heading_key(text) in outline:
        return True
    if text.endswith((",", ";")) or (is_stopped(text) and not text.endswith("?") and words > 6):
        return False
    if block.size >= _HEADING_SIZE * style.size:
        return words <= (30 if block.size >= 1.4 * style.size else 18)
    if following is None or abs(following.page - block.page) > 1 or text.endswith(":") or words > 22:
        return False
    if block.size < (0.85 if block.bold else 0.93) * style.size:
        return False
    if following.bold and block.bold and following.kind != "heading" and len(following.lines) > 2:
        return following.size < block.size
    if block.bold and not style.bold:
        return not is_stopped(text) or words <= 3
    return _is_coloured_heading(block, following, style)


def _is_coloured_heading(block: Block, following: Block, style: Style) -> bool:
    """Whether a block of body size is a heading by its colour alone: one or two lines above plain text."""
    colours = {line.colour for line in block.lines}
    if len(colours) != 1 or style.colour in colours or len(block.lines) > 2 or is_stopped(block.text):
        return False
    return block.text[:1].isupper() and (not following.lines or following.lines[0].colour == style.colour)


def _heading_key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def outline_levels(titles: list[tuple[str, int]]) -> dict[str, int]:
    """Return the level of each title of the file's outline (bookmarks)."""
    return {key: level for title, level in reversed(titles) if len(key := _heading_key(title)) > 3}


def set_levels(blocks: list[Block]) -> None:
    """Give headings their level: larger letters stand above smaller ones, then bold above plain."""
    headings = [block for block in blocks if block.kind == "heading" and not block.box]
    sizes = sorted({round(block.size * 2) / 2 for block in headings}, reverse=True)
    steps: list[float] = []
    for size in sizes:
        if not steps or size < 0.94 * steps[-1]:
            steps.append(size)
    looks = [(_step(block.size, steps), not block.bold) for block in headings]
    levels = {look: min(level, 6) for level, look in enumerate(sorted(set(looks)), start=1)}
    for block, look in zip(headings, looks, strict=True):
        block.level = levels[look]
    current = 0
    largest: dict[int, float] = {}  # of the headings of each box
    for block in blocks:
        if block.kind != "heading":
            continue
        if block.box:
            below = block.size < 0.94 * largest.setdefault(block.box, block.size)
            block.level = min(current + 1 + below, 7)
            continue
        current = block.level


def _step(size: float, steps: list[float]) -> int:
    for index, step in enumerate(steps):
        if size >= 0.94 * step:
            return index
    return len(steps) - 1


def set_item_levels(blocks: list[Block]) -> None:
    """Give items their nesting by indent, and numbered paragraphs of a long count back to paragraphs."""
    numbers: list[Block] = []
    for block in blocks:
        if block.kind == "item" and block.label[:1].isdigit():
            if _PARTS.fullmatch(block.label):
                block.kind = "paragraph"
            elif _COUNTED.fullmatch(block.label):
                numbers.append(block)
    highest = max((int(block.label.rstrip(".")) for block in numbers), default=0)
    if highest >= 20 or (len(numbers) >= 8 and highest >= 8):
        for block in numbers:
            block.kind = "paragraph"
    stack: list[float] = []
    for block in blocks:
        if block.kind in ("note", "caption", "table"):
            continue
        if block.kind != "item":
            stack = []
            continue
        indent = block.lines[0].label_x - block.left
        while stack and indent < stack[-1] - 0.6 * block.size:
            stack.pop()
        if not stack or indent > stack[-1] + 0.6 * block.size:
            stack.append(indent)
        block.level = len(stack)

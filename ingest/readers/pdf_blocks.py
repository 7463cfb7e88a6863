"""From ordered lines to blocks of one paragraph each, and over column and page ends without breaking a sentence."""

from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_lines import STRONG_BULLETS
from ingest.readers.pdf_model import Line, Region

_STOPS = (".", "!", "?")
_ENDS = (*_STOPS, ":", ";")
_CLOSERS = "\"'”’)]"
_HYPHENS = frozenset("\ufffe\x02\u00ad-\u2010")


@dataclass(slots=True)
class Block:
    """A paragraph, item, heading, note or caption; `kind` as in `PassageKind`."""

    lines: list[Line]
    page: int
    box: int
    left: float  # of the column it begins in
    x0: float  # left and right edge of the column it ends in
    x1: float
    kind: str = "paragraph"
    level: int = 0
    label: str = ""
    text: str = ""
    region: int = 0
    size: float = 0.0  # of its longest line's letters

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def is_stopped(text: str, stops: tuple[str, ...] = _STOPS) -> bool:
    """Say whether a sentence ends with `text`, quotes and brackets behind its stop."""
    if text[-1:].isalnum():  # most lines end in a word
        return False
    return text.rstrip(_CLOSERS).endswith(stops)


def find_blocks(region: Region) -> list[Block]:
    """Return the blocks of a region from top to bottom."""
    lines = region.lines
    if not lines:
        return []
    x0 = min([line.label_x if line.label else line.x0 for line in lines])
    x1 = max([line.x1 for line in lines])
    leading = _leading(lines)
    blocks: list[Block] = []
    for line in lines:
        if blocks and not _begins(line, blocks[-1], leading, x1):
            if line.label:  # a number or dash inside a sentence
                line.text = f"{line.label} {line.text}"
            blocks[-1].lines.append(line)
            continue
        blocks.append(Block([line], region.page, region.box, x0, x0, x1, label=line.label))
    for block in blocks:
        block.text, block.size = block.lines[0].text, block.lines[0].size
        if len(block.lines) > 1:
            texts = [line.text for line in block.lines]
            lengths = list(map(len, texts))
            block.text, block.size = join_text(texts), block.lines[lengths.index(max(lengths))].size
    return blocks


def _leading(lines: list[Line]) -> float:
    """Return the usual distance of baselines, in letter sizes."""
    steps = [
        (after.base - before.base) / after.size
        for before, after in pairwise(lines)
        if abs(before.size - after.size) < 0.6 and 0.8 * after.size < after.base - before.base < 2.2 * after.size
    ]
    if not steps:
        return 1.25
    steps.sort()
    middle = (steps[len(steps) // 2] + steps[(len(steps) - 1) // 2]) / 2
    return min(middle, steps[len(steps) // 4] * 1.15)


def _begins(line: Line, block: Block, leading: float, right: float) -> bool:
    """Say whether `line` begins a new block after `block`."""
    last = block.lines[-1]
    size = line.size if line.size > last.size else last.size
    step = line.base - last.base
    if line.mark or abs(line.size - last.size) > 0.08 * size:
        return True
    ended = is_stopped(last.text, _ENDS)
    if not 0 <= step <= leading * size + 0.28 * size and _is_apart(step, block, leading, size):
        return ended or bool(line.label) or not line.text[:1].islower() or step > 2.2 * leading * size or step < 0
    if line.label:
        return line.label in STRONG_BULLETS or ended or step > 1.1 * leading * size or _is_next_label(line, block, size)
    if last.bold and not line.bold_start and _is_short(last, line, right) and line.text[:1].isupper():
        return all(item.bold for item in block.lines) and not block.label
    stands_out = line.bold and line.bold_start and not last.bold and ended
    if stands_out and (line.colour != last.colour or line.x0 < last.x0 - 0.5 * size or _is_short(last, line, right)):
        return True
    if line.colour != last.colour and line.bold != last.bold and all(item.bold for item in block.lines):
        return is_stopped(last.text) and not block.label
    return ended and _is_indented(line, block, last, size, right)


def _is_apart(step: float, block: Block, leading: float, size: float) -> bool:
    """Whether a line is further below than its column's leading and than the block's own; or above."""
    own = block.lines[1].base - block.lines[0].base if len(block.lines) > 1 else leading * size
    return step > max(leading * size, min(own, 1.6 * size)) + 0.28 * size or step < 0


def _is_next_label(line: Line, block: Block, size: float) -> bool:
    """Whether a label stands left of the block, or where the label of the block stands."""
    shift = line.label_x - block.lines[0].start
    return shift < -0.5 * size or (bool(block.label) and abs(shift) < 0.5 * size)


def _is_short(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` would have fitted behind `last`."""
    width = (line.x1 - line.x0) / max(1, len(line.text))
    word = len(line.text.split(" ", 1)[0]) + 2
    return last.x1 + word * width < right - 0.5 * line.size


def _is_indented(line: Line, block: Block, last: Line, size: float, right: float) -> bool:
    margin = min(item.x0 for item in block.lines[1:]) if len(block.lines) > 1 else block.lines[0].x0
    if line.x0 < margin - 0.9 * size and block.label and not line.label:
        return line.x0 < block.lines[0].label_x + 0.5 * size and len(block.lines) > 1
    if line.x0 > last.x0 + 0.8 * size and len(block.lines) > 1:
        return True
    return _is_short(last, line, right - 2.5 * size) and line.text[:1].isupper()


def join_text(texts: list[str]) -> str:
    """Join lines with a space; a hyphen at a line end stays as PDFium marks it, for `normalise` to decide."""
    if _HYPHENS.isdisjoint([text[-1:] for text in texts]):
        return " ".join(texts)
    pieces: list[str] = []
    for index, text in enumerate(texts):
        pieces.append(text)
        if index == len(texts) - 1:
            break
        if text.endswith(("\ufffe", "\x02", "\u00ad")):
            continue
        pieces.append("\n" if text.endswith(("-", "\u2010")) and text[-2:-1].isalpha() else " ")
    return "".join(pieces)


_LOOK_BACK = 12  # blocks: charts and boxes between the halves of a sentence


def join_broken(blocks: list[Block]) -> list[Block]:
    """Join what a column or page end broke: a block goes on where the last of its kind and style was left open."""
    kept: list[Block] = []
    flows: dict[bool, list[Block]] = {False: [], True: []}
    region = -1
    before: Block | None = None
    for block in blocks:
        starts_region, region = block.region != region, block.region
        if block.kind in ("note", "caption", "table"):
            kept.append(block)
            continue
        flow = flows[block.box > 0]
        if before is not None and _is_one_heading(before, block):
            before.text = join_text([before.text, block.text])
            before.lines = [*before.lines, *block.lines]
            continue
        tail = None
        if starts_region or before is None or not _alike(before, block):
            tail = _find_tail(flow, block)
        if tail is not None:
            tail.text = join_text([tail.text, block.text])
            tail.lines = [*tail.lines, *block.lines]
            tail.x0, tail.x1 = block.x0, block.x1
            before = tail
            continue
        kept.append(block)
        flow.append(block)
        before = block
    return kept


def _is_one_heading(block: Block, following: Block) -> bool:
    """Whether a heading goes on in the next one: of one look, left edge and leading, parted by columns below."""
    if block.kind != "heading" or following.kind != "heading" or block.page != following.page or following.label:
        return False
    last, first = block.lines[-1], following.lines[0]
    same = abs(last.size - first.size) < 0.3 and last.bold == first.bold and last.colour == first.colour
    return same and abs(last.x0 - first.x0) < 4 and 0 < first.base - last.base < 1.35 * first.size


def _alike(one: Block, other: Block) -> bool:
    return abs(one.size - other.size) <= 0.06 * other.size


def _find_tail(flow: list[Block], block: Block) -> Block | None:
    """Return the block that `block` goes on from: the last one, or for words that begin small the last of its style."""
    if block.label or block.kind == "heading" or not flow or (block.lines and block.lines[0].mark):
        return None
    is_small = block.text.lstrip("\"'“‘(")[:1].islower()
    for number, tail in enumerate(reversed(flow[-_LOOK_BACK:])):
        if number and not is_small:
            return None
        if tail.kind == "heading" or not _alike(tail, block) or (number and len(tail.text) < 40):
            continue
        return tail if _is_open(tail, block, is_small) else None
    return None


def _is_open(tail: Block, block: Block, is_small: bool) -> bool:
    if block.page - tail.page > (1 if block.box else 3):
        return False
    if tail.text.endswith(("\ufffe", "\x02")):
        return True
    if is_stopped(tail.text) or tail.text.endswith(":"):
        return False
    last = tail.lines[-1]
    if is_small:
        is_prose = len(tail.lines) > 2 or last.x1 > tail.x1 - 0.35 * (tail.x1 - tail.x0)
        return is_prose and len(tail.text) >= 40
    fills = last.x1 > tail.x1 - 0.2 * (tail.x1 - tail.x0)
    return fills and not tail.text.endswith(";") and not (tail.bold and len(tail.lines) < 3)

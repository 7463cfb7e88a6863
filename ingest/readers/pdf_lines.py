"""From runs to lines: labels joined to their words, drop caps to their line, runs of one baseline in order."""

import re
from itertools import pairwise
from operator import attrgetter

from ingest.readers.pdf_model import Line, Run

BULLETS = "•●▪■◦○‣▸►➢✓❖◆⁃∙·–—-*›»▶⮚"
STRONG_BULLETS = frozenset(BULLETS) - frozenset("∙·–—-*›»✓")  # these mark items and nothing else
_BULLET = rf"[{re.escape(BULLETS)}\ue000-\uf8ff]"
_NUMBER = r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[A-H])[.)]|\[\d{1,3}\]"
_LABEL = re.compile(
    rf"(?P<label>{_BULLET}{{1,2}}|{_NUMBER}|o)[\s\ue000-\uf8ff]+(?=\S)"
    r"|(?P<part>\d{1,2}(?:\.\d{1,2}){1,2})\s+(?=[A-Z“‘][a-z ])"
)
_LABEL_ALONE = re.compile(rf"(?:{_BULLET}{{1,2}}|o|{_NUMBER}|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?|[*†‡])")
_IS_BULLET = re.compile(rf"{_BULLET}+|o")
_SYMBOL = re.compile(r"\S{1,2}(?:\s+|$)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
BOLD = 600  # weight of letters that stand out where the body is set in an ordinary weight
_SAME_LINE = 0.35  # of the letter size
_LABEL_REACH = 6.0  # letter sizes from a label to its words
_DROP_CAP = 1.8
_RAISED = 0.85


def is_bullet(label: str) -> bool:
    """Say whether a label is a bullet and not a number."""
    return bool(_IS_BULLET.fullmatch(label))


def find_lines(runs: list[Run], bold_from: int = BOLD) -> list[Line]:
    """Return a line for each run, but for a label (and a drop cap) that stands beside its words: one line for both."""
    lines: list[Line] = []
    alone: list[Line] = []
    for run in runs:
        line = _to_line(run, bold_from)
        if not line.text or (len(line.text) <= 8 and _LABEL_ALONE.fullmatch(line.text)):
            alone.append(line)
        else:
            lines.append(line)
    for label in alone:
        if not _give_label(label, lines):
            if not label.text and label.label not in STRONG_BULLETS:  # a tick or dash that is all there is
                label.text, label.label = label.label, ""
            lines += [label] if label.text else []
    return _join_drop_caps(lines)


def _to_line(run: Run, bold_from: int) -> Line:
    text, label, x0 = run.text, "", run.x0
    if run.symbol and (found := _SYMBOL.match(text)):
        label, text = "•", text[found.end() :]
    elif found := _LABEL.match(text):
        label, text = found.group("label") or found.group("part"), text[found.end() :]
        label = "•" if _PRIVATE.match(label) else label
    if label:
        x0 = run.x0 + min(1.5 * run.size, (run.x1 - run.x0) * 0.2)
    bold_end = run.weight_end >= bold_from
    bold_start = bold_end if run.symbol else run.weight >= bold_from
    bold, size, colour = bold_start and bold_end, run.size, run.colour
    return Line(
        x0, run.top, run.x1, run.bottom, run.base, text, size, bold, bold_start, colour, label, run.x0, run.mark
    )


def _give_label(label: Line, lines: list[Line]) -> bool:
    """Join a lone label to the nearest words at its right; say whether there were any."""
    best: Line | None = None
    is_number = label.text.isdigit()
    for line in lines:
        size = line.size if line.size > label.size else label.size
        if abs(line.base - label.base) > 0.7 * size:
            continue
        raised = is_number and label.size < _RAISED * line.size
        if raised and -0.2 * size < label.x0 - line.x1 < 0.6 * size and 0 < line.base - label.base < 0.7 * size:
            return True  # a footnote mark behind a word
        if (
            abs(line.base - label.base) > (0.7 if raised else 0.45) * size
            or not label.x0 < line.x0 <= label.x1 + _LABEL_REACH * size
        ):
            continue
        if best is None or line.x0 < best.x0:
            best = line
    if best is None or best.label:
        return False
    text = label.text
    if text.isdigit() and label.size < _RAISED * best.size:
        best.mark = text
        return True
    best.label = label.label if not text else ("•" if _PRIVATE.match(text) else text)
    best.label_x = label.label_x if label.label else label.x0
    best.bold = best.bold and (label.bold or is_bullet(best.label))
    return True


def _join_drop_caps(lines: list[Line]) -> list[Line]:
    caps = [line for line in lines if len(line.text) == 1 and line.text.isupper() and not line.label]
    for cap in caps:
        beside = [
            line
            for line in lines
            if line is not cap
            and cap.size > _DROP_CAP * line.size
            and 0 <= line.x0 - cap.x1 < 2 * line.size
            and cap.top - line.size <= line.top <= cap.bottom
        ]
        if beside:
            first = min(beside, key=lambda line: line.top)
            apart = cap.text in "AI" and first.x0 - cap.x1 > 0.5 * first.size
            first.text = cap.text + (" " if apart else "") + first.text
            first.x0 = cap.x0
            for line in beside[1:]:
                line.x0 = min(line.x0, cap.x0)
            lines = [line for line in lines if line is not cap]
    return lines


def join_baselines(lines: list[Line]) -> list[Line]:
    """Return the lines of one column from top to bottom, pieces of one baseline joined from left to right."""
    if len(lines) < 2:
        return lines
    rows: list[list[Line]] = []
    row: list[Line] = []
    base = size = 0.0  # of the largest line of the row
    for line in sorted(lines, key=attrgetter("base", "x0")):
        larger = size if size > line.size else line.size
        if row and line.base - base <= _SAME_LINE * larger and _has_room(row, line, larger):
            row.append(line)
        else:
            row = [line]
            rows.append(row)
        if len(row) == 1 or line.size > size:
            base, size = line.base, line.size
    return [row[0] if len(row) == 1 else _joined(sorted(row, key=lambda line: line.start)) for row in rows]


def _has_room(row: list[Line], line: Line, size: float) -> bool:
    return all(line.x0 >= other.x1 - 0.3 * size or line.x1 <= other.x0 + 0.3 * size for other in row)


def _joined(row: list[Line]) -> Line:
    first = row[0]
    main = max(row, key=lambda line: len(line.text))
    text = first.text
    gaps = 0
    for before, line in pairwise(row):
        gap = line.start - before.x1
        gaps += gap > 1.1 * main.size
        label = f"{line.label} " if line.label else ""
        glued = gap < 0.1 * main.size or line.text[:1] in ",.;:)"
        text += ("" if glued and not label and not line.mark else " ") + label + line.text
    return Line(
        x0=first.x0,
        top=min(line.top for line in row),
        x1=row[-1].x1,
        bottom=max(line.bottom for line in row),
        base=main.base,
        text=text,
        size=main.size,
        bold=all(line.bold for line in row),
        bold_start=first.bold_start,
        colour=main.colour,
        label=first.label,
        label_x=first.label_x,
        mark=first.mark,
        gaps=gaps,
        tail=row[-1].text if gaps else "",
    )

"""Bullets that a PDF draws as small discs or squares instead of writing them, as browsers print lists."""

from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_model import Area, Run
from ingest.readers.pdf_view import upright

_SMALLEST, _LARGEST = 0.15, 0.75  # of the letters' size: the width of a bullet
_HIGHEST = 0.55  # of it: how high above the base a bullet stands
_NEAREST, _FARTHEST = 0.2, 2.5  # of it: the gap between a bullet and the words
_FEWEST = 2  # bullets under one another; a lone dot belongs to a drawing


def with_bullets(runs: list[Run], dots: Sequence[Area], turn: int, frame: Area) -> list[Run]:
    """Return the runs with a "•" for each small shape that stands at the left of a line's first words.

    Args: dots: areas of page space, y up; `turn` and `frame` stand them upright. Cost: runs times dots.
    """
    found: dict[tuple[float, float], list[Area]] = {}
    places = {}
    for dot in dots:
        area = upright(dot, turn, frame)
        run = _words_of(area, runs)
        if run:
            found.setdefault((run.x0, run.base), []).append(area)
            places[run.x0, run.base] = run
    alone = [(areas[0], places[place]) for place, areas in found.items() if len(areas) == 1]
    alike = Counter(_setting(dot, run) for dot, run in alone)
    return [*runs, *(_bullet(dot, run) for dot, run in alone if alike[_setting(dot, run)] >= _FEWEST)]


def _setting(dot: Area, run: Run) -> tuple[int, ...]:
    """Return how a dot stands to its words, in half points: the same for the bullets of one list."""
    middle = (dot[1] + dot[3]) / 2
    return tuple(round(2 * place) for place in (dot[0], dot[2] - dot[0], run.x0, run.base - middle))


def _words_of(dot: Area, runs: Sequence[Run]) -> Run | None:
    """Return the run that begins at the right of a dot, where no other run stands at the dot's left on its line."""
    middle = (dot[1] + dot[3]) / 2
    line = [run for run in runs if run.top <= middle <= run.bottom]
    right = min((run for run in line if run.x0 > dot[2]), key=lambda run: run.x0, default=None)
    if (
        right is None
        or not 0 < right.base - middle < _HIGHEST * right.size
        or not _SMALLEST * right.size <= dot[2] - dot[0] <= _LARGEST * right.size
    ):
        return None
    gap = right.x0 - dot[2]
    near = (run for run in line if run.x1 > dot[0] - _FARTHEST * right.size and run.x0 < dot[2])
    return right if _NEAREST * right.size <= gap <= _FARTHEST * right.size and not any(True for _ in near) else None


def _bullet(dot: Area, run: Run) -> Run:
    return Run(dot[0], run.top, dot[2], run.bottom, run.base, "•", run.size, colour=run.colour)

"""Bullets that a page draws: discs and squares of one list make items, other dots do not."""

from collections.abc import Callable

import pytest
from pdf_samples import HEIGHT, Sheet, make_pdf

from ingest.readers import ReadLimits
from ingest.readers.pdf import read_pdf

LINES = ["Build a quay at Lytham for ships", "Begin a school beside the quay", "Bring the road to the harbour"]
TOP, LEADING, LEFT = 110, 24, 80
Draw = Callable[[Sheet], None]


def disc(sheet: Sheet, x: float, y: float, radius: float = 2) -> None:
    sheet.canvas.circle(x, HEIGHT - y, radius, stroke=0, fill=1)


def rect(sheet: Sheet, x: float, y: float, width: float = 4, height: float = 4) -> None:
    sheet.canvas.rect(x - width / 2, HEIGHT - y - height / 2, width, height, stroke=0, fill=1)


def middles(count: int = len(LINES)) -> list[float]:
    """Return where the small letters of the lines have their middle."""
    return [TOP + LEADING * row - 4 for row in range(count)]


def read_kinds(draw: Draw) -> list[tuple[str, str, str]]:
    """Return kind, label and words of the lines below a lead, with what is drawn beside them."""

    def page(sheet: Sheet) -> None:
        sheet.text(60, 80, "The harbour board of Lytham agreed on what it is to do next year:")
        for row, line in enumerate(LINES):
            sheet.text(LEFT, TOP + LEADING * row, line)
        draw(sheet)

    document = read_pdf(make_pdf(page), "a.pdf", ReadLimits(), isolate=False)
    return [(passage.kind.value, passage.label, passage.text) for passage in document.passages[1:]]


@pytest.mark.parametrize("shape", [disc, rect])
def test_dots_at_one_distance_before_lines_are_bullets(shape: Callable[[Sheet, float, float], None]) -> None:
    def draw(sheet: Sheet) -> None:
        for y in middles():
            shape(sheet, 68, y)

    assert read_kinds(draw) == [("item", "•", line) for line in LINES]


def lone(sheet: Sheet) -> None:
    disc(sheet, 68, middles()[0])


def at_distances(sheet: Sheet) -> None:
    for row, y in enumerate(middles()):
        disc(sheet, 68 + 3 * row, y)


def of_a_chart(sheet: Sheet) -> None:
    for y in middles():
        for x in (56, 62, 68):
            disc(sheet, x, y)


def behind(sheet: Sheet) -> None:
    for y in middles():
        disc(sheet, 368, y)


def of_a_size(radius: float) -> Draw:
    def draw(sheet: Sheet) -> None:
        for y in middles():
            disc(sheet, 66, y, radius)

    return draw


def at(x: float, down: float) -> Draw:
    def draw(sheet: Sheet) -> None:
        for y in middles():
            disc(sheet, x, y + down)

    return draw


def oblong(sheet: Sheet) -> None:
    for y in middles():
        rect(sheet, 68, y, 8, 4)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lone, id="lone"),
        pytest.param(at_distances, id="at different distances"),
        pytest.param(of_a_chart, id="several beside a line"),
        pytest.param(behind, id="behind the words"),
        pytest.param(of_a_size(6), id="large"),
        pytest.param(of_a_size(0.6), id="tiny"),
        pytest.param(at(48, 0), id="far off"),
        pytest.param(at(68, -5), id="too high"),
        pytest.param(at(68, 5), id="below the line"),
        pytest.param(oblong, id="oblong"),
    ],
)
def test_other_dots_are_no_bullets(draw: Draw) -> None:
    assert read_kinds(draw) == read_kinds(lambda _: None) == [("paragraph", "", " ".join(LINES))]


def test_dot_behind_a_word_of_its_line_is_no_bullet() -> None:
    def words(sheet: Sheet) -> None:
        for row in range(len(LINES)):
            sheet.text(50, TOP + LEADING * row, "so")

    def draw(sheet: Sheet) -> None:
        words(sheet)
        for y in middles():
            disc(sheet, 71, y)

    assert read_kinds(draw) == read_kinds(words)

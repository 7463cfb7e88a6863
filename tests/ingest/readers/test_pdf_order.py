import pytest

from ingest.readers.pdf_blocks import is_stopped
from ingest.readers.pdf_grids import find_grids
from ingest.readers.pdf_lines import find_lines, join_baselines
from ingest.readers.pdf_model import Area, PageContent, Run, Shape
from ingest.readers.pdf_order import find_gutter, order_page


def _run(x0: float, base: float, text: str, *, width: float = 200, size: float = 11) -> Run:
    return Run(x0, base - size * 0.8, x0 + width, base + size * 0.2, base, text, size)


def _lines(x0: float, x1: float, count: int, *, top: float = 100) -> list[Area]:
    return [(x0, top + 14 * index, x1, top + 14 * index + 10) for index in range(count)]


@pytest.mark.parametrize(
    ("edges", "gutter"),
    [
        ([*_lines(50, 280, 6), *_lines(310, 540, 6)], 308.5),
        ([*_lines(50, 540, 6)], None),
        ([*_lines(50, 540, 6), *_lines(50, 280, 1, top=200), *_lines(310, 540, 1, top=200)], None),  # a gap by chance
        ([*_lines(50, 540, 2), *_lines(50, 280, 6, top=140), *_lines(310, 540, 6, top=140)], 308.5),
        ([*_lines(50, 540, 9), *_lines(50, 280, 3, top=300), *_lines(310, 540, 3, top=300)], 308.5),  # more are cut
        ([*_lines(50, 400, 8), *_lines(530, 540, 8)], None),  # the page numbers of a contents list
        ([*_lines(50, 280, 6, top=100), *_lines(310, 540, 6, top=300)], None),  # not side by side
    ],
)
def test_find_gutter_parts_columns_and_nothing_else(edges: list[Area], gutter: float | None) -> None:
    assert find_gutter(edges) == gutter


@pytest.mark.parametrize(
    ("text", "is_end"),
    [
        ("It ends.", True),
        ("(It ends!)”", True),
        ("It goes on", False),
        ("as follows:", False),
        ("", False),
        ("”", False),
    ],
)
def test_is_stopped_looks_behind_quotes_and_brackets(text: str, is_end: bool) -> None:
    assert is_stopped(text) == is_end


def test_order_page_reads_bands_of_columns_between_full_width_lines() -> None:
    runs = [
        *(_run(310, 100 + 14 * index, f"b{index}") for index in range(4)),
        *(_run(50, 100 + 14 * index, f"a{index}") for index in range(4)),
        _run(50, 180, "full", width=460),
        *(_run(310, 210 + 14 * index, f"d{index}") for index in range(4)),
        *(_run(50, 210 + 14 * index, f"c{index}") for index in range(4)),
    ]
    page = PageContent(1, 595, 842, runs)
    text = "".join(line.text[0] for region in order_page(page, find_lines(runs), []) for line in region.lines)
    assert text == "aaaabbbbfccccdddd"


def test_order_page_is_the_same_whatever_order_the_file_draws_in() -> None:
    runs = [_run(x, 100 + 14 * index, f"{x}{index}") for index in range(6) for x in (50, 310)]
    page = PageContent(1, 595, 842, runs, shapes=[Shape(45, 88, 255, 160, filled=True)])

    def texts(some: list[Run]) -> list[list[str]]:
        return [[line.text for line in region.lines] for region in order_page(page, find_lines(some), [])]

    assert texts(runs) == texts(runs[::-1])


def test_find_lines_gives_labels_to_the_words_beside_them() -> None:
    lines = find_lines(
        [_run(50, 100, "71.", width=15), _run(90, 100, "In order to act"), _run(50, 130, "2019 was good")]
    )
    assert sorted((line.label, line.text) for line in lines) == [("", "2019 was good"), ("71.", "In order to act")]


def test_join_baselines_joins_pieces_from_left_to_right() -> None:
    lines = join_baselines(find_lines([_run(300, 100, "right"), _run(50, 100.5, "left"), _run(50, 120, "below")]))
    assert [line.text for line in lines] == ["left right", "below"]


def test_find_grids_wants_text_in_several_columns_of_several_rows() -> None:
    shapes = [Shape(x, 100, x, 160) for x in (50, 250, 450)] + [Shape(50, y, 450, y) for y in (100, 130, 160)]
    runs = [_run(60, 120, "one", width=50), _run(260, 120, "two", width=50), _run(60, 150, "three", width=50)]
    page = PageContent(1, 595, 842, [*runs, _run(60, 300, "below")], shapes=list(shapes))
    (grid,) = find_grids(page)
    assert [(cell.row, cell.column, [run.text for run in cell.runs]) for cell in grid.cells] == [
        (0, 0, ["one"]),
        (0, 1, ["two"]),
        (1, 0, ["three"]),
        (1, 1, []),
    ]
    assert [run.text for run in page.runs] == ["below"]
    assert find_grids(PageContent(1, 595, 842, [_run(60, 120, "alone")], shapes=list(shapes))) == []


def test_find_grids_takes_lines_between_rows_alone_for_a_table() -> None:
    shapes = [Shape(50, y, 450, y) for y in (100, 130, 160, 190)]
    runs = [_run(x, 120 + 30 * row, f"{row}", width=60) for row in range(3) for x in (60, 300)]
    (grid,) = find_grids(PageContent(1, 595, 842, runs, shapes=shapes))
    assert (grid.rows, len(grid.columns)) == (3, 2)

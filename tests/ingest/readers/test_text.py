from collections.abc import Callable

import pytest

from graph.model import ReadDocument

Read = Callable[..., ReadDocument]
Show = Callable[[ReadDocument], list[str]]
WRAPPED = """\
The partnership has looked at a range of options for the future of the
county and agrees that there are strong grounds for a new way to manu-
facture things. The work goes on.
"""


def test_read_text_joins_wrapped_lines_and_cut_words(read: Read, show: Show) -> None:
    (line,) = show(read(WRAPPED))
    assert "future of the county" in line
    assert line.endswith("to manufacture things. The work goes on.")


def test_read_text_keeps_short_lines_apart(read: Read, show: Show) -> None:
    lines = show(read(WRAPPED + "\nThe Leader, Kirklees Council\nThe Leader, City of Bradford Council\nThe Chair\n"))
    assert lines[1:] == [
        "paragraph | The Leader, Kirklees Council",
        "paragraph | The Leader, City of Bradford Council",
        "paragraph | The Chair",
    ]


def test_read_text_finds_titles_and_headings_by_their_form(read: Read) -> None:
    text = f"BOARD PAPER\n\n12 March 2020\n\n1. Background\n\n{WRAPPED}\nWhat comes next\n\n{WRAPPED}"
    passages = read(text).passages
    assert [(p.text, p.level) for p in passages if p.kind.value == "heading"] == [
        ("BOARD PAPER", 1),
        ("1. Background", 2),
        ("What comes next", 2),
    ]
    assert passages[-1].path == ("BOARD PAPER", "What comes next")


@pytest.mark.parametrize(
    "line", ["13 June 2019", "It ends in a stop.", "first of all", "Resolved:", "Report of: The Chair", "N/A"]
)
def test_read_text_takes_no_date_sentence_stem_or_last_line_for_a_heading(read: Read, show: Show, line: str) -> None:
    after = "" if line == "N/A" else f"\n\n{WRAPPED}"
    assert f"paragraph | {line}" in show(read(f"{WRAPPED}\n{line}{after}"))


def test_read_text_nests_points_by_label_and_indentation(read: Read, show: Show) -> None:
    text = "5. The steps are:\n\n(i) First;\n(ii) Second\n     over a line.\n    - inner\n\n6. Then:\n\n(a) Third."
    assert show(read(text)) == [
        "item1 5. | The steps are:",
        "item2 (i) | First;",
        "item2 (ii) | Second over a line.",
        "item3 - | inner",
        "item1 6. | Then:",
        "item2 (a) | Third.",
    ]


def test_read_text_tells_roman_i_from_the_letter(read: Read, show: Show) -> None:
    letters = "".join(f"({letter}) Point.\n" for letter in "abcdefghij")
    assert {line.split()[0] for line in show(read(letters))} == {"item1"}


def test_read_text_leaves_out_contents_page_numbers_and_lines_to_sign_on(read: Read, show: Show) -> None:
    text = f"Contents\n\n1. Background ..... 2\nAnnex A          9\n\n{WRAPPED}\n  3\n\nPage 4 of 9\n\n"
    text += "Chair ........ Date ........\n"
    assert len(show(read(text))) == 1


def test_read_text_leaves_out_what_stands_on_page_after_page(read: Read) -> None:
    pages = [
        f"LEP Board\n\nThis is what page {n} says of it.\n\nIt says it well.{'!' * n}\n\nPage {n}\n"
        for n in range(1, 5)
    ]
    passages = read("\f".join(pages)).passages
    assert [p.page for p in passages] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert not [p.text for p in passages if p.text.startswith(("LEP", "Page"))]


def test_read_text_leads_back_over_line_ends(read: Read) -> None:
    (passage,) = read(WRAPPED).passages
    at = passage.text.index("manufacture")
    assert passage.source_quote(at, at + len("manufacture")) == "manu-\nfacture"


PIPES = "| Scheme | Cost | Year |\n| Alpha | £2m | 2020 |\n| Beta | £3m | 2021 |"
TABS = "Scheme\tCost\tYear\nAlpha\t£2m\t2020\nBeta\t£3m\t2021"
COLUMNS = "Scheme   Cost   Year\nAlpha    £2m    2020\nBeta     £3m    2021"
GRID = """\
+-------+------+------+
| Scheme| Cost | Year |
+=======+======+======+
| Al-   | £2m  | 2020 |
| pha   |      |      |
+-------+------+------+
| Beta  | £3m  | 2021 |
+-------+------+------+"""
FLAT = "\tScheme\n\tCost\n\tYear\n\n\tAlpha\n\t£2m\n\t2020\n\n\tBeta\n\t£3m\n\t2021"
PLAIN = "Table 1: Schemes\n\nScheme\nCost\nYear\n\nAlpha\n£2m\n2020\n\nBeta\n£3m\n2021"


@pytest.mark.parametrize("table", [PIPES, TABS, COLUMNS, GRID, FLAT, PLAIN])
def test_read_text_reads_tables_of_every_form(read: Read, show: Show, table: str) -> None:
    lines = [line for line in show(read(f"{WRAPPED}\n{table}\n\n{WRAPPED}")) if line.startswith("cell")]
    assert lines == [
        "cell 1.1h | Scheme",
        "cell 1.2h | Cost",
        "cell 1.3h | Year",
        "cell 2.1 [Scheme] | Alpha",
        "cell 2.2 [Cost] | £2m",
        "cell 2.3 [Year] | 2020",
        "cell 3.1 [Scheme] | Beta",
        "cell 3.2 [Cost] | £3m",
        "cell 3.3 [Year] | 2021",
    ]


def test_read_text_keeps_blank_lines_and_points_inside_flattened_cells(read: Read, show: Show) -> None:
    table = (
        "\tName\n\tWhy\n\tAsk\n\n\tLong\nname\n\tOne reason\nAnother reason\n\n\tFund it\n\n"
        "\tSecond\n\tIt works\n\tBack it\n\nand keep to it\n\n\n\n12. The next paragraph."
    )
    assert show(read(table))[3:] == [
        "cell 2.1 [Name] | Long name",
        "cell 2.2 [Why] | One reason\nAnother reason",
        "cell 2.3 [Ask] | Fund it",
        "cell 3.1 [Name] | Second",
        "cell 3.2 [Why] | It works",
        "cell 3.3 [Ask] | Back it and keep to it",
        "item1 12. | The next paragraph.",
    ]


def test_read_text_takes_no_list_or_equal_blocks_for_a_table(read: Read, show: Show) -> None:
    text = "(i)    First point\n(ii)   Second point\n(iii)  Third point\n\n"
    text += "Jane Smith\nChair\nThe LEP\n\nJohn Jones\nMember\nThe Council\n\nAnn Lee\nClerk\nThe LEP\n"
    assert not [line for line in show(read(text)) if line.startswith("cell")]


def test_read_text_reads_columns_under_headings_that_stand_apart_with_wrapped_cells(read: Read) -> None:
    table = (
        "Measure                   Who leads           Theme            Start\n\n"
        "Build a quay for the      Lytham Council      Infrastructure   2021\n"
        "ships of the county\n"
        "Let workshops to firms    Lytham University   Business         2022\n"
        "in the old harbour                            environment\n"
    )
    cells = [(p.cell.row, p.text) for p in read(f"{WRAPPED}\n{table}\n{WRAPPED}").passages if p.cell]
    assert cells == [
        *((1, heading) for heading in ("Measure", "Who leads", "Theme", "Start")),
        *(
            (2, text)
            for text in ("Build a quay for the ships of the county", "Lytham Council", "Infrastructure", "2021")
        ),
        (3, "Let workshops to firms in the old harbour"),
        *((3, text) for text in ("Lytham University", "Business environment", "2022")),
    ]


def test_read_text_goes_on_with_a_sentence_that_a_page_line_cut(read: Read, show: Show) -> None:
    page = "\n\nLytham Strategy : draft          {} of 46\n\n"
    text = f"We shall build a quay with the help{page.format(11)}of the port.\n"
    text += f"{page.format(12)}It opens in May. Then ships come."
    assert show(read(text)) == [
        "paragraph | We shall build a quay with the help of the port.",
        "paragraph | It opens in May. Then ships come.",
    ]

import pytest

from ingest.sentences import find_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ports matter. Rail matters.", ["Ports matter.", "Rail matters."]),
        ("Why now? Because it pays! We act.", ["Why now?", "Because it pays!", "We act."]),
        ("A plan… It grows.", ["A plan…", "It grows."]),
        ("Growth was 2.5 per cent. It fell to 1.9.", ["Growth was 2.5 per cent.", "It fell to 1.9."]),
        ("It ends. £5 million follows.", ["It ends.", "£5 million follows."]),
        ("no capital follows. so it is one", ["no capital follows. so it is one"]),
        ("no stop at the end", ["no stop at the end"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_stop_before_a_capital_or_figure_ends_a_sentence(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Trains to St. Helens are slow.",
        "Use e.g. Harbour funds.",
        "See para. 12 of it.",
        "It is No. 10 on the list.",
        "The Rt. Hon. Jane Smith spoke.",
        "Dr. Brown and Prof. Green led it.",
        "It opened on 5 Sept. 2018 there.",
        "The reply of J. B. Hartley came late.",
    ],
)
def test_abbreviation_or_initial_ends_no_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize("ending", ["Ltd.", "plc.", "etc.", "Inc.", "Co."])
def test_company_endings_may_end_a_sentence(ending: str) -> None:
    assert split(f"It was built by Harbour {ending} The town paid.") == [
        f"It was built by Harbour {ending}",
        "The town paid.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It leads the UK.4 The town follows.", "It leads the UK.4"),
        ('They said "yes." The town follows.', 'They said "yes."'),
        ("(It was so.) The town follows.", "(It was so.)"),
        ("As found before.12 The town follows.", "As found before.12"),
    ],
)
def test_footnote_digit_or_closing_mark_stays_with_its_sentence(text: str, first: str) -> None:
    assert split(text) == [first, "The town follows."]


def test_line_break_ends_a_sentence() -> None:
    assert split("Build the quay\n\nOpen a school\nby 2030") == ["Build the quay", "Open a school", "by 2030"]


def test_ranges_are_in_order_and_leave_out_white_space_alone() -> None:
    text = "  One goes.  Two goes!\nThree goes  "
    ranges = find_sentences(text)
    assert ranges == sorted(ranges)
    assert "".join(text[start:end] for start, end in ranges) == "One goes.Two goes!Three goes"

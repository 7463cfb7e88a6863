import csv
import io

from api.tables import Rows, to_csv


def test_csv_quotes_what_needs_it_and_ends_lines_as_the_format_says() -> None:
    text = to_csv(Rows(("name", "count"), (('a "b", c', 2), ("d\ne", 0.5))))
    assert text.startswith("name,count\r\n")
    assert list(csv.reader(io.StringIO(text)))[1:] == [['a "b", c', "2"], ["d\ne", "0.5"]]


def test_csv_text_is_no_formula_but_numbers_stay_numbers() -> None:
    text = to_csv(Rows(("=head", "n"), (("=1+1", -1), ("@x", 0), ("-y", 1.5))))
    assert list(csv.reader(io.StringIO(text))) == [["'=head", "n"], ["'=1+1", "-1"], ["'@x", "0"], ["'-y", "1.5"]]

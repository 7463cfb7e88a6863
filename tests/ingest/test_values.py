import pytest

from ingest.values import find_values, iter_dates, iter_money, iter_targets


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a grant of £40 million", ['GBP 40000000 | "£40 million"']),
        ("£1,250,000 for roads", ['GBP 1250000 | "£1,250,000"']),
        ("£2.5bn", ['GBP 2500000000 | "£2.5bn"']),
        ("£95k for it", ['GBP 95000 | "£95k"']),
        ("$3m and €4m", ['USD 3000000 | "$3m"', 'EUR 4000000 | "€4m"']),
        ("forty million pounds", []),
        ("40 million people", []),
    ],
)
def test_money_is_in_whole_units_of_its_currency(text: str, values: list[str]) -> None:
    assert list(iter_money(text)) == values


@pytest.mark.parametrize("bound", ["up to", "at least", "more than", "over", "around", "a further", "nearly"])
def test_money_keeps_its_bound(bound: str) -> None:
    assert list(iter_money(f"We invest {bound} £6m.")) == [f'GBP 6000000 | {bound} | "{bound} £6m"']


@pytest.mark.parametrize(
    "period",
    ["over three years", "over the next 5 years", "a year", "per year", "annually", "from 2021 to 2024", "in 2020/21"],
)
def test_money_keeps_its_period(period: str) -> None:
    assert list(iter_money(f"£9 million {period} for quays")) == [f'GBP 9000000 | {period} | "£9 million {period}"']


def test_period_of_a_later_sum_is_not_that_of_an_earlier_one() -> None:
    assert list(iter_money("£2m for a mast and £3m over two years")) == [
        'GBP 2000000 | "£2m"',
        'GBP 3000000 | over two years | "£3m over two years"',
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("open by 2030", ['2030 | by | "by 2030"']),
        ("from April 2021", ['2021-04 | from | "from April 2021"']),
        ("on 3rd March 2022", ['2022-03-03 | on | "on 3rd March 2022"']),
        ("by the end of 2024", ['2024 | by | "by the end of 2024"']),
        ("in autumn 2023", ['2023-09 | in | "in autumn 2023"']),
        ("until Sept 2025", ['2025-09 | until | "until Sept 2025"']),
        ("in 2019/20", ['2019/20 | in | "in 2019/20"']),
        ("during 2019-2020", ['2019/20 | during | "during 2019-2020"']),
        ("in 2021–22", ['2021/22 | in | "in 2021–22"']),
        ("2,030 homes", []),
        ("room 2145 of it", []),
        ("20301 homes", []),
    ],
)
def test_date_has_its_sense_and_as_much_as_is_said(text: str, values: list[str]) -> None:
    assert list(iter_dates(text)) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("create 1,200 new jobs", ['1200 new jobs | "1,200 new jobs"']),
        ("reach 65%", ['65 per cent | "reach 65%"']),
        ("to 60 percent", ['60 per cent | "to 60 percent"']),
        ("3 GW of wind", ['3 gw | "3 GW"']),
        ("400 apprenticeships a year", ['400 apprenticeships | "400 apprenticeships"']),
        ("12 quays", []),
    ],
)
def test_target_is_a_count_of_what_plans_count(text: str, values: list[str]) -> None:
    assert list(iter_targets(text)) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("raise it from 48 to 60 per cent", '60 per cent | from 48 per cent | "to 60 per cent"'),
        ("raise it from 48% to 60%", '60 per cent | from 48 per cent | "to 60%"'),
        ("go from 2,000 to 3,500 homes", '3500 homes | from 2000 homes | "to 3,500 homes"'),
    ],
)
def test_target_keeps_its_baseline(text: str, value: str) -> None:
    assert list(iter_targets(text)) == [value]


def test_baseline_of_an_earlier_figure_is_not_taken_on() -> None:
    assert list(iter_targets("from 10 to 20 per cent and 300 homes"))[-1] == '300 homes | "300 homes"'


def test_values_come_once_in_order_and_columns_add_to_them() -> None:
    assert find_values(["£2m by 2021", "£2m again"], money=["£1m", "£2m"], dates=["2022"]) == {
        "money": ('GBP 2000000 | "£2m"', 'GBP 1000000 | "£1m"'),
        "dates": ('2021 | by | "by 2021"', '2022 | "2022"'),
    }


def test_text_without_values_has_no_keys() -> None:
    assert find_values(["Build a quay with partners."]) == {}

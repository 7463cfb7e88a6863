"""Typed values of a proposition: money with its period, dates with what they bound, targets with unit and baseline.

Each value is one string in a fixed form, so that it reads in a table and can be parsed back:
money `GBP 40000000 | up to | over three years | "up to £40 million over three years"`, dates `2030 | by | "by 2030"`,
targets `60 per cent | from 48 per cent | "raise UK content from 48 to 60 per cent"`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from graph.model import PropertyValue

_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9, "b": 10**9, "trillion": 10**12}  # fmt: skip
_CURRENCIES = {"£": "GBP", "$": "USD", "€": "EUR"}
_BOUNDS = r"(?:up to|at least|more than|over|nearly|almost|around|about|just (?:under|over)|some|a further|an additional|as much as|less than|approximately)"
_NUMBER_WORDS = "one two three four five six seven eight nine ten twelve fifteen twenty twenty-five thirty".split()  # noqa: SIM905
_COUNT = rf"(?:\d+|{'|'.join(_NUMBER_WORDS)})"
_PERIOD = rf"(?:over (?:the )?(?:next |coming |first |last )?{_COUNT} (?:years?|months?)|(?:a|per|each|every) year|annually|(?:in|for|from|during) \d{{4}}(?:[-/–]\d{{2,4}})?(?: (?:to|until|and) \d{{4}}(?:[-/–]\d{{2,4}})?)?)"
_MONEY = re.compile(
    rf"(?P<bound>{_BOUNDS}\s+)?(?P<currency>[£$€])\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})?\b"
    rf"(?P<after>[^.;£$€]{{0,60}}?\b(?P<period>{_PERIOD}))?",
    re.IGNORECASE,
)
_MONTHS = {name: number for number, names in enumerate(("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1) for name in names.split()}  # fmt: skip
_SEASONS = {"spring": "03", "summer": "06", "autumn": "09", "winter": "12"}
_DATE = re.compile(
    r"(?:\b(?P<sense>by|from|in|until|before|after|since|during|starting(?: from| in)?|to|on)\s+)?(?:the )?(?:(?:early|late|mid|end of|start of|end)[ -])?(?:the )?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?:(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,?\s+|(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?)?(?P<year>(?:19|20)\d{{2}})(?![\d,]*\d)(?P<fiscal>[-/–](?:\d{{4}}|\d{{2}})(?!\d))?",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:\b(?P<sense>from|to|by|of|at least|up to|as much as|reach(?:ing)?|a total of)\s+)?(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?P<unit>%|(?:per cent|percent|percentage points|GW|MW|gigawatts?|megawatts?|(?:new |full-time |high-value |additional |more )*(?:jobs|homes|apprenticeships?|apprentices|places|learners|qualifications|businesses|firms|companies|schools|people|students|miles|hectares|square metres|kilometres|tonnes|visitors|graduates|SMEs|actions|charge ?points|premises|buses|trains))\b)",
    re.IGNORECASE,
)
_BASELINE = re.compile(r"(?i)\bfrom\s+(?P<from>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|per cent)?\s+to\s+(?=\d)")
_TO_FIGURE = re.compile(r"\s+to\s+\d")


def find_values(
    texts: Sequence[str], *, money: Sequence[str] = (), dates: Sequence[str] = ()
) -> Mapping[str, PropertyValue]:
    """Return `money`, `dates` and `targets` found in a proposition's words and in the cells of those columns.

    A key without a value is left out; values come in the order of the text, each once. Cost: linear.
    """
    found: dict[str, PropertyValue] = {}
    for key, values in (
        ("money", _each_once(texts, money, iter_money)),
        ("dates", _each_once(texts, dates, iter_dates)),
        ("targets", _each_once(texts, (), iter_targets)),
    ):
        if values:
            found[key] = values
    return found


def _each_once(texts: Sequence[str], cells: Sequence[str], iterate: Callable[[str], Iterator[str]]) -> tuple[str, ...]:
    values = (value for text in (*texts, *cells) for value in iterate(text))
    return tuple(dict.fromkeys(values))


def iter_money(text: str) -> Iterator[str]:
    """Yield `GBP amount | bound | period | "words"`; amounts in whole units of the currency."""
    for match in _MONEY.finditer(text):
        amount = float(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
        bound, period = (match["bound"] or "").strip().lower(), (match["period"] or "").strip()
        words = (
            match.group()
            if period
            else text[match.start() : match.end("scale") if match["scale"] else match.end("number")]
        )
        parts = [f"{_CURRENCIES[match['currency']]} {amount:.0f}", bound, period, f'"{words.strip()}"']
        yield " | ".join(part for part in parts if part)


def iter_dates(text: str) -> Iterator[str]:
    """Yield `YYYY[-MM[-DD]] | by, from, ... | "words"`; a financial year is `2019/20`."""
    for match in _DATE.finditer(text):
        date = match["year"]
        if match["fiscal"]:
            date = f"{match['year']}/{match['fiscal'][1:][-2:]}"
        elif match["month"]:
            date += f"-{_MONTHS[match['month'].lower()]:02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
        elif match["season"]:
            date += f"-{_SEASONS[match['season'].lower()]}"
        sense = (match["sense"] or "").lower()
        yield " | ".join(part for part in (date, sense, f'"{match.group().strip()}"') if part)


def iter_targets(text: str) -> Iterator[str]:
    """Yield `number unit | from baseline | "words"`: shares, capacities and counts of things that a plan counts."""
    for match in _TARGET.finditer(text):
        if (match["sense"] or "").lower() == "from" and _TO_FIGURE.match(text, match.end()):
            continue  # where it stands now, not where it is to go
        baseline = _BASELINE.search(text[max(0, match.start() - 40) : match.end()])
        if baseline and baseline.end() != match.start("number") - max(0, match.start() - 40):
            baseline = None  # of an earlier figure
        number, unit = match["number"].replace(",", ""), match["unit"].lower().replace("%", "per cent")
        parts = [f"{number} {unit.replace('percent', 'per cent')}"]
        if baseline:
            stated = (baseline["unit"] or unit).replace("%", "per cent")
            parts.append(f"from {baseline['from'].replace(',', '')} {stated}")
        yield " | ".join([*parts, f'"{match.group().strip()}"'])

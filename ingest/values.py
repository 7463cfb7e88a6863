"""Typed values of a proposition: money with its period, dates with what they bound, targets with unit and baseline.

Each value is one string in a fixed form, so that it reads in a table and can be parsed back:
money `GBP 40000000 | up to | over three years | "up to £40 million over three years"`, dates `2030 | by | "by 2030"`,
targets `60 per cent | from 48 per cent | "to 60 per cent"`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from graph.model import PropertyValue

_THOUSAND, _MILLION, _BILLION = 10**3, 10**6, 10**9
_SCALES = {
    "k": _THOUSAND,
    "thousand": _THOUSAND,
    "m": _MILLION,
    "mn": _MILLION,
    "million": _MILLION,
    "b": _BILLION,
    "bn": _BILLION,
    "billion": _BILLION,
    "trillion": 10**12,
}
_CURRENCIES = {"£": "GBP", "$": "USD", "€": "EUR"}
_BOUNDS = (
    r"(?:up to|at least|more than|over|nearly|almost|around|about|just (?:under|over)|some|a further|an additional"
    r"|as much as|less than|approximately)"
)
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty(?:-five)?|thirty)"
_YEARS = r"\d{4}(?:[-/–]\d{2,4})?"
_PERIOD = (
    rf"(?:over (?:the )?(?:next |coming |first |last )?{_COUNT} (?:years?|months?)|(?:a|per|each|every) year|annually"
    rf"|(?:in|for|from|during) {_YEARS}(?: (?:to|until|and) {_YEARS})?)"
)
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_MONEY = re.compile(
    rf"(?P<bound>{_BOUNDS}\s+)?(?P<currency>[£$€])\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>{_SCALE})?\b"
    rf"(?P<after>[^.;£$€]{{0,60}}?\b(?P<period>{_PERIOD}))?",
    re.IGNORECASE,
)
_MONTH_NAMES = (
    "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
    "sep sept september", "oct october", "nov november", "dec december",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_SEASONS = {"spring": "03", "summer": "06", "autumn": "09", "winter": "12"}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    r"(?:\b(?P<sense>by|from|in|until|before|after|since|during|starting(?: from| in)?|to|on)\s+)?"
    r"(?:the )?(?:(?:early|late|mid|end of|start of|end)[ -])?(?:the )?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?"
    rf"(?:(?P<month>{_MONTH})\.?,?\s+|(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?)?"
    r"(?P<year>(?:19|20)\d{2})(?![\d,]*\d)(?P<fiscal>[-/–](?:\d{4}|\d{2})(?!\d))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # no date without one
_COUNTED = (
    r"(?:new |full-time |high-value |additional |more )*(?:jobs|homes|apprenticeships?|apprentices|places|learners"
    r"|qualifications|businesses|firms|companies|schools|people|students|miles|hectares|square metres|kilometres|tonnes"
    r"|visitors|graduates|SMEs|actions|charge ?points|premises|buses|trains)"
)
_TARGET = re.compile(
    r"(?:\b(?:from|to|by|of|at least|up to|as much as|reach(?:ing)?|a total of)\s+)?(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    rf"(?P<unit>per cent|percent|%|percentage points|GW|MW|gigawatts?|megawatts?|{_COUNTED})(?!\w)",
    re.IGNORECASE,
)
_BASELINE = re.compile(r"(?i)\bfrom\s+(?P<from>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|per cent)?\s+to\s+(?=\d)")
_DIGIT = re.compile(r"[^\x00-/:-\x7f]")  # or what is not ASCII; found much sooner than \d
_BASELINE_REACH = 40  # characters before a target in which its baseline stands


def find_values(
    texts: Sequence[str], *, money: Sequence[str] = (), dates: Sequence[str] = ()
) -> Mapping[str, PropertyValue]:
    """Return `money`, `dates` and `targets` found in a proposition's words and in the cells of those columns.

    A key without a value is left out; values come in the order of the text, each once. Cost: linear.
    """
    found = {
        "money": _each_once((*texts, *money), iter_money),
        "dates": _each_once((*texts, *dates), iter_dates),
        "targets": _each_once(texts, iter_targets),
    }
    return {key: values for key, values in found.items() if values}


def _each_once(texts: Sequence[str], iterate: Callable[[str], Iterator[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for text in texts for value in iterate(text)))


def _value(*parts: str, words: str) -> str:
    return " | ".join([*filter(None, parts), f'"{words.strip()}"'])


def iter_money(text: str) -> Iterator[str]:
    """Yield `GBP amount | bound | period | "words"`; amounts in whole units of the currency."""
    for match in _MONEY.finditer(text) if any(sign in text for sign in _CURRENCIES) else ():
        amount = float(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
        period = (match["period"] or "").strip()
        end = match.end() if period else match.end("scale" if match["scale"] else "number")
        currency = f"{_CURRENCIES[match['currency']]} {amount:.0f}"
        yield _value(currency, (match["bound"] or "").strip().lower(), period, words=text[match.start() : end])


def iter_dates(text: str) -> Iterator[str]:
    """Yield `YYYY[-MM[-DD]] | by, from, ... | "words"`; a financial year is `2019/20`."""
    for match in _DATE.finditer(text) if _YEAR.search(text) else ():
        date = match["year"]
        if match["fiscal"]:
            date = f"{match['year']}/{match['fiscal'][1:][-2:]}"
        elif match["month"]:
            date += f"-{_MONTHS[match['month'].lower()]:02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
        elif match["season"]:
            date += f"-{_SEASONS[match['season'].lower()]}"
        yield _value(date, (match["sense"] or "").lower(), words=match.group())


def iter_targets(text: str) -> Iterator[str]:
    """Yield `number unit | from baseline | "words"`: shares, capacities and counts of things that a plan counts."""
    if not _DIGIT.search(text):
        return
    starts = {baseline.start() for baseline in _BASELINE.finditer(text)}
    for match in _TARGET.finditer(text):
        if match.start() in starts:  # "from 48 per cent": where the target sets out from
            continue
        unit = re.sub("%|percent(?!age)", "per cent", match["unit"].lower())
        before = max(0, match.start("number") - _BASELINE_REACH)
        number = match.start("number")
        of_it = (found for found in _BASELINE.finditer(text, before, match.end()) if found.end() == number)
        baseline, start = next(of_it, None), ""
        if baseline:
            start = f"from {baseline['from'].replace(',', '')} {(baseline['unit'] or unit).replace('%', 'per cent')}"
        yield _value(f"{match['number'].replace(',', '')} {unit}", start, words=match.group())

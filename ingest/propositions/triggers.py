"""The words of `rules/clauses.toml` as expressions: triggers of a promise and what may stand around them."""

import re
import tomllib
from enum import StrEnum
from importlib import resources

from graph.errors import RuleError

_FILE = "rules/clauses.toml"
_AROUND = {"adverbs", "leading_verbs", "relatives", "appositions", "openings", "reports", "forecasts"}


class Trigger(StrEnum):
    """How a clause promises."""

    WILL = "will"
    AGREED = "agreed"  # has agreed to, commits to, pledges to
    INTENDS = "intends"  # intends to, proposes to, seeks to, would like to
    GIVING = "giving"  # is investing, is funding
    EXPLORES = "explores"  # is exploring, is considering; what follows is a thing
    COULD = "could"
    WOULD = "would"  # a promise where it is reported ("confirmed that it would …") or hangs on something
    SHOULD = "should"
    ASKS = "asks"  # asks Government to, calls on X to; found by `asks`, not by a word


def _load() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    raw = tomllib.loads(resources.files("ingest").joinpath(_FILE).read_text(encoding="utf-8"))
    unknown = set(raw["triggers"]) - set(Trigger.__members__) | set(raw["around"]) ^ _AROUND
    if unknown:
        raise RuleError(f"{_FILE}: unknown or missing {sorted(unknown)}; known: {sorted(_AROUND)} and {list(Trigger)}")
    return raw["triggers"], raw["around"]


def _any_of(phrases: list[str]) -> str:
    return "(?:" + "|".join(phrase.replace(" ", r"\s") for phrase in phrases) + ")"


_TRIGGERS, _WORDS = _load()
_ADVERB = rf"(?:{_any_of(_WORDS['adverbs'])}\s+)"

# Where no word begins, nothing is tried; the edge of a word, which both cases have, is the cheapest test for it.
TRIGGER = re.compile(
    "|".join(f"(?P<{name}>{_any_of(found)})" for name, found in _TRIGGERS.items())
    .join([r"\b(?:(?<![\w-])|(?='(?:ll|d\b)))(?:", r")(?:\s+|(?=,\s))"]),
    re.IGNORECASE,
)  # fmt: skip
SKIPPED = re.compile(rf"(?:{_ADVERB}|{_any_of(_WORDS['leading_verbs'])}\s*to(?=\s+\w)\s+)*", re.IGNORECASE)
ENDS_IN_ADVERB = re.compile(rf"{_ADVERB}+$", re.IGNORECASE)
RELATIVE = re.compile(
    rf"(?:\b{_any_of(_WORDS['relatives'])}(?:\s+(?:also|then|we|it|they|(?:the )?government|you|he|she))?"
    r"|\bso (?:that )?(?:we|it|they)|\bthan(?:\s+[\w'-]+){1,4})\s*$",
    re.IGNORECASE,
)
REPORT = re.compile(  # the last one before a trigger, with its "that"
    rf"\b(?:{_any_of(_WORDS['reports'])}(?:,[^,]{{3,40}},)?\s+that\s+(?!.*\bthat\b)"
    rf"|{_any_of(_WORDS['forecasts'])}\s+(?=(?:this|it|these|they|there)\b))",
    re.IGNORECASE,
)
APPOSITION = re.compile(rf"\s*{_any_of(_WORDS['appositions'])}\b", re.IGNORECASE)
OPENINGS = frozenset(_WORDS["openings"])
_NOT = re.compile(r"\b(?:not|never)\b", re.IGNORECASE)


def find_trigger(match: re.Match[str]) -> tuple[Trigger, bool]:
    """Return which trigger a match of `TRIGGER` is, and whether it says not."""
    name = next(name for name in _TRIGGERS if match[name] is not None)
    return Trigger[name], _NOT.search(match[name]) is not None

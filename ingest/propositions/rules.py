"""The rules of `rules/propositions.toml`, checked and compiled once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from graph.errors import RuleError
from ingest.words import find_words, first_words

_FILE = "rules/propositions.toml"
_IRREGULAR = {
    verb: tuple(forms.split())
    for verb, forms in {
        "build": "built", "make": "made", "give": "given gave", "bring": "brought", "take": "taken took", "lead": "led",
        "hold": "held", "find": "found", "keep": "kept", "spend": "spent", "draw": "drawn", "write": "written",
        "grow": "grown", "show": "shown", "buy": "bought", "seek": "sought", "undertake": "undertaken", "bid": "bid",
        "put": "put", "set": "set", "cut": "cut", "run": "run", "let": "let", "be": "been", "see": "seen",
        "tell": "told", "win": "won", "go": "gone", "get": "got", "become": "become", "lay": "laid", "have": "had",
        "pay": "paid", "drive": "driven", "deal": "dealt", "meet": "met", "choose": "chosen", "rebuild": "rebuilt",
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verbs:
    """Verb lists as sets of base forms; `forms` leads from any written form to (base form, which form)."""

    action: frozenset[str]
    procedural: frozenset[str]
    effect: frozenset[str]
    creation: frozenset[str]
    giving: frozenset[str]
    forms: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Subjects:
    """Head nouns of subjects by what their future means."""

    doers: frozenset[str]
    plans: frozenset[str]
    states: frozenset[str]
    papers: frozenset[str]
    results: frozenset[str]


@dataclass(frozen=True, slots=True)
class Points:
    """Words that tell how a point begins."""

    no_verbs: frozenset[str]
    after_nouns: frozenset[str]
    prepositional: frozenset[str]
    joint_verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases as one expression, tried where a text has a word with which one of them begins."""

    pattern: re.Pattern[str]
    needs: frozenset[str]

    def are_in(self, text: str) -> bool:
        """Say whether a text has one of them."""
        return not self.needs.isdisjoint(find_words(text)) and self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class PropositionRules:
    """All that `propositions.toml` says."""

    verbs: Verbs
    subjects: Subjects
    points: Points
    tentative: Phrases
    conditional: Phrases
    promising: re.Pattern[str]
    refusing: re.Pattern[str]
    roles: Mapping[str, re.Pattern[str]]
    labels: Mapping[str, re.Pattern[str]]
    refused_headings: re.Pattern[str]
    other_tables: re.Pattern[str]
    naming_headings: re.Pattern[str]
    empty_cell: re.Pattern[str]
    done_cell: re.Pattern[str]
    off_cell: re.Pattern[str]
    total_cell: re.Pattern[str]
    procedural_phrase: re.Pattern[str]
    procedural_sentence: re.Pattern[str]


_KEYS = {
    "": ("verbs", "subjects", "modality", "stems", "points", "tables", "labels", "procedure"),
    "procedure": ("verb_phrases", "sentence"),
    "verbs": tuple(field.name for field in fields(Verbs) if field.name != "forms"),
    "subjects": tuple(field.name for field in fields(Subjects)),
    "modality": ("tentative", "conditional"),
    "points": tuple(field.name for field in fields(Points)),
    "stems": ("promising", "refusing"),
    "tables": ("roles", "refuse"),
    "tables.refuse": ("headings", "any", "naming", "empty", "done", "off", "total"),
}


@cache
def load_rules() -> PropositionRules:
    """Read the packaged rules; raise RuleError for an unknown or missing key or a bad pattern."""
    raw = tomllib.loads(resources.files("ingest").joinpath(_FILE).read_text(encoding="utf-8"))
    for section, keys in _KEYS.items():
        table = raw
        for part in filter(None, section.split(".")):
            table = table[part]
        if set(table) != set(keys):
            wrong = sorted(set(table) ^ set(keys))
            raise RuleError(f"{_FILE} [{section}]: unknown or missing {wrong}; it holds {', '.join(keys)}")
    words = {key: _words(value) for section in ("verbs", "subjects", "points") for key, value in raw[section].items()}
    verbs = {field: words[field] for field in _KEYS["verbs"]}
    refuse = raw["tables"]["refuse"]
    return PropositionRules(
        verbs=Verbs(**verbs, forms=_forms(frozenset().union(*verbs.values()))),
        subjects=Subjects(**{field: words[field] for field in _KEYS["subjects"]}),
        points=Points(**{field: words[field] for field in _KEYS["points"]}),
        tentative=_any_of(raw["modality"]["tentative"]),
        conditional=_any_of(raw["modality"]["conditional"]),
        promising=_compile(raw["stems"]["promising"]),
        refusing=_compile(raw["stems"]["refusing"]),
        roles={role: _compile(pattern) for role, pattern in raw["tables"]["roles"].items()},
        labels={role: _compile(pattern) for role, pattern in raw["labels"].items()},
        refused_headings=_compile(refuse["headings"]),
        other_tables=_compile(refuse["any"]),
        naming_headings=_compile(refuse["naming"]),
        empty_cell=_compile(refuse["empty"]),
        done_cell=_compile(refuse["done"]),
        off_cell=_compile(refuse["off"]),
        total_cell=_compile(refuse["total"]),
        procedural_phrase=_compile("(?i)(?:" + "|".join(raw["procedure"]["verb_phrases"]) + ")"),
        procedural_sentence=_compile(raw["procedure"]["sentence"]),
    )


def _words(value: str | list[str]) -> frozenset[str]:
    return frozenset(value.split() if isinstance(value, str) else value)


def _compile(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(f"{_FILE}: pattern {pattern!r} is not a regular expression: {error}") from error


def _any_of(phrases: list[str]) -> Phrases:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile(rf"(?i)\b(?<!-)(?<!as )(?<!where )(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
    return Phrases(pattern, first_words(phrases))


def _forms(bases: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Return written form -> (base, "base" | "gerund" | "third" | "past"); a base wins over another verb's form."""
    forms: dict[str, tuple[str, str]] = {}
    for base in sorted(bases):
        stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
        doubled = base + base[-1] if re.fullmatch(r"[\w-]*[^aeiou][aeiou][bdglmnprt]", base) else base
        for gerund in {stem + "ing", doubled + "ing", base + "ing"}:
            forms.setdefault(gerund, (base, "gerund"))
        past = base[:-1] + "ied" if re.fullmatch(r".*[^aeiou]y", base) else stem + "ed"
        for done in {past, doubled + "ed", *_IRREGULAR.get(base, ())}:
            forms.setdefault(done, (base, "past"))
        third = (
            base[:-1] + "ies"
            if re.fullmatch(r".*[^aeiou]y", base)
            else base + ("es" if base.endswith(("s", "sh", "ch", "x", "o", "z")) else "s")
        )
        forms.setdefault(third, (base, "third"))
    for base in bases:
        forms[base] = (base, "base")
    return forms

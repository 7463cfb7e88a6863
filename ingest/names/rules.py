"""Rule files of the name finder as checked values: unknown keys and wrong shapes raise `RuleError` on load."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TypeVar

from graph.errors import RuleError
from graph.ontology import load_ontology

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AliasRules:
    """Corrections to the spellings of the registers (`names_aliases.toml`)."""

    dropped: frozenset[str]
    dropped_of: frozenset[tuple[str, str]]
    cued: frozenset[str]
    any_case: frozenset[str]
    added: Mapping[str, tuple[str, ...]]


def read_rules(name: str, known: frozenset[str]) -> dict[str, object]:
    """Return the tables of `ingest/rules/<name>.toml`; a key not in `known` raises `RuleError`."""
    text = files("ingest").joinpath("rules", f"{name}.toml").read_text(encoding="utf-8")
    try:
        table: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"rules/{name}.toml is not valid TOML: {error}") from error
    unknown = sorted(set(table) - known)
    if unknown:
        raise RuleError(f"rules/{name}.toml has unknown key {unknown[0]!r}; known: {', '.join(sorted(known))}")
    missing = sorted(known - set(table))
    if missing:
        raise RuleError(f"rules/{name}.toml lacks the key {missing[0]!r}")
    return table


def require_words(file: str, key: str, value: object) -> tuple[str, ...]:
    """Return `value` as a tuple of strings, or raise `RuleError`."""
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise RuleError(f"rules/{file}.toml, {key}: a list of non-empty strings is wanted")
    return tuple(value)


def require_table(file: str, key: str, value: object) -> dict[str, tuple[str, ...]]:
    """Return `value` as a table of string lists, or raise `RuleError`."""
    if not isinstance(value, dict):
        raise RuleError(f"rules/{file}.toml, {key}: a table of lists is wanted")
    return {name: require_words(file, f"{key}.{name}", words) for name, words in value.items()}


@cache
def load_alias_rules() -> AliasRules:
    """Return `names_aliases.toml`, checked."""
    name = "names_aliases"
    table = read_rules(name, frozenset(field.name for field in fields(AliasRules)))
    dropped_of = require_table(name, "dropped_of", table["dropped_of"])
    return AliasRules(
        dropped=frozenset(require_words(name, "dropped", table["dropped"])),
        dropped_of=frozenset((row, form) for row, forms in dropped_of.items() for form in forms),
        cued=frozenset(require_words(name, "cued", table["cued"])),
        any_case=frozenset(require_words(name, "any_case", table["any_case"])),
        added=require_table(name, "added", table["added"]),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists (`names_words.toml`)."""

    starters: frozenset[str]
    verbs: frozenset[str]
    titles: tuple[str, ...]
    directions: frozenset[str]
    ordinary_places: frozenset[str]
    small: frozenset[str]
    possessives: frozenset[str]
    before_of: frozenset[str]
    calendar: frozenset[str]
    brand_verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that makes a name: `is_weak` heads need a modifier that names something."""

    type: str
    is_weak: bool


@dataclass(frozen=True, slots=True)
class OpenRules:
    """Open classes by their head noun (`names_open.toml`)."""

    generic: frozenset[str]
    lower_stop: frozenset[str]
    no_names: frozenset[str]
    proper: frozenset[str]
    organs: frozenset[str]
    concepts: frozenset[str]
    sites: frozenset[str]
    classes: frozenset[str]
    lower_tails: frozenset[str]
    tails: Mapping[str, Head]
    fronts: Mapping[str, Head]
    pairs: Mapping[str, str]
    lower: Mapping[str, str]


@cache
def load_words() -> Words:
    """Return `names_words.toml`, checked."""
    name = "names_words"
    table = read_rules(name, frozenset(field.name for field in fields(Words)))
    lists = {key: require_words(name, key, value) for key, value in table.items()}
    return Words(
        starters=frozenset(lists["starters"]),
        verbs=frozenset(lists["verbs"]),
        titles=lists["titles"],
        directions=frozenset(lists["directions"]),
        ordinary_places=frozenset(lists["ordinary_places"]),
        small=frozenset(lists["small"]),
        possessives=frozenset(lists["possessives"]),
        before_of=frozenset(lists["before_of"]),
        calendar=frozenset(lists["calendar"]),
        brand_verbs=frozenset(lists["brand_verbs"]),
    )


@cache
def load_open_rules() -> OpenRules:
    """Return `names_open.toml`, checked."""
    name = "names_open"
    table = read_rules(name, frozenset(field.name for field in fields(OpenRules)))
    pairs = table["pairs"]
    if not isinstance(pairs, dict):
        raise RuleError(f"rules/{name}.toml, pairs: a table of types is wanted")
    lower = require_table(name, "lower", table["lower"])
    return OpenRules(
        generic=frozenset(require_words(name, "generic", table["generic"])),
        lower_stop=frozenset(require_words(name, "lower_stop", table["lower_stop"])),
        proper=frozenset(require_words(name, "proper", table["proper"])),
        no_names=frozenset(require_words(name, "no_names", table["no_names"])),
        organs=frozenset(require_words(name, "organs", table["organs"])),
        sites=frozenset(require_words(name, "sites", table["sites"])),
        classes=frozenset(require_words(name, "classes", table["classes"])),
        concepts=frozenset(require_words(name, "concepts", table["concepts"])),
        lower_tails=frozenset(require_words(name, "lower_tails", table["lower_tails"])),
        tails=_heads(name, "tails", table["tails"]),
        fronts=_heads(name, "fronts", table["fronts"]),
        pairs={pair: _known_type(name, f"pairs.{pair}", type_) for pair, type_ in pairs.items()},
        lower={word: _known_type(name, "lower", type_) for type_, words in lower.items() for word in words},
    )


def _heads(file: str, key: str, value: object) -> dict[str, Head]:
    if not isinstance(value, dict):
        raise RuleError(f"rules/{file}.toml, {key}: a table of types is wanted")
    heads = {}
    for type_, strengths in value.items():
        lists = require_table(file, f"{key}.{type_}", strengths)
        unknown = sorted(set(lists) - {"strong", "weak"})
        if unknown:
            raise RuleError(f"rules/{file}.toml, {key}.{type_} has unknown key {unknown[0]!r}; known: strong, weak")
        for strength, words in lists.items():
            heads.update({word: Head(_known_type(file, key, type_), strength == "weak") for word in words})
    return heads


def _known_type(file: str, key: str, type_: object) -> str:
    if type_ not in load_ontology().entities:
        raise RuleError(f"rules/{file}.toml, {key}: {type_!r} is not an entity type of the ontology")
    return str(type_)


@dataclass(frozen=True, slots=True)
class CueRules:
    """What must, or must not, stand beside a name (`names_cues.toml`)."""

    other_governments: frozenset[str]
    other_government_uses: tuple[str, ...]
    loose_sectors: frozenset[str]
    sector_nouns: tuple[str, ...]
    trusted_acronyms: frozenset[str]
    place_prepositions: frozenset[str]
    site_words: frozenset[str]


@cache
def load_cue_rules() -> CueRules:
    """Return `names_cues.toml`, checked."""
    name = "names_cues"
    table = read_rules(name, frozenset(field.name for field in fields(CueRules)))
    lists = {key: require_words(name, key, value) for key, value in table.items()}
    return CueRules(
        other_governments=frozenset(lists["other_governments"]),
        other_government_uses=lists["other_government_uses"],
        loose_sectors=frozenset(lists["loose_sectors"]),
        sector_nouns=lists["sector_nouns"],
        trusted_acronyms=frozenset(lists["trusted_acronyms"]),
        place_prepositions=frozenset(lists["place_prepositions"]),
        site_words=frozenset(lists["site_words"]),
    )


@dataclass(frozen=True, slots=True)
class AnaphorRule:
    """A noun that stands for something named before (`names_anaphora.toml`)."""

    nouns: tuple[str, ...]
    types: tuple[str, ...]
    words: tuple[str, ...] = ()


@cache
def load_standing_nouns() -> frozenset[str]:
    """Return the nouns of `names_anaphora.toml` in small letters: they stand for names and are none of their own."""
    return frozenset(noun.lower() for rule in load_anaphor_rules() for noun in rule.nouns)


@cache
def load_anaphor_rules() -> tuple[AnaphorRule, ...]:
    """Return `names_anaphora.toml`, checked."""
    name = "names_anaphora"
    rows = read_rules(name, frozenset(("noun",)))["noun"]
    if not isinstance(rows, list):
        raise RuleError(f"rules/{name}.toml, noun: an array of tables is wanted")
    known = {field.name for field in fields(AnaphorRule)}
    rules = []
    for number, row in enumerate(rows, start=1):
        unknown = sorted(set(row) - known)
        if unknown:
            raise RuleError(
                f"rules/{name}.toml, noun {number} has unknown key {unknown[0]!r}; known: {', '.join(sorted(known))}"
            )
        lists = {key: require_words(name, f"noun {number}.{key}", value) for key, value in row.items()}
        types = tuple(_known_type(name, f"noun {number}", type_) for type_ in lists["types"])
        rules.append(AnaphorRule(lists["nouns"], types, lists.get("words", ())))
    return tuple(rules)


@dataclass(frozen=True, slots=True)
class ListRules:
    """Names made known by their company (`names_lists.toml`)."""

    body_cues: tuple[str, ...]
    lever_cues: tuple[str, ...]
    plain: frozenset[str]
    countries: frozenset[str]
    not_last: frozenset[str]
    apposition: Mapping[str, str]


@cache
def load_list_rules() -> ListRules:
    """Return `names_lists.toml`, checked."""
    name = "names_lists"
    table = read_rules(name, frozenset(field.name for field in fields(ListRules)))
    apposition = table["apposition"]
    if not isinstance(apposition, dict):
        raise RuleError(f"rules/{name}.toml, apposition: a table of types is wanted")
    return ListRules(
        lever_cues=require_words(name, "lever_cues", table["lever_cues"]),
        body_cues=require_words(name, "body_cues", table["body_cues"]),
        plain=frozenset(require_words(name, "plain", table["plain"])),
        not_last=frozenset(require_words(name, "not_last", table["not_last"])),
        countries=frozenset(require_words(name, "countries", table["countries"])),
        apposition={noun: _known_type(name, f"apposition.{noun}", type_) for noun, type_ in apposition.items()},
    )


@dataclass(frozen=True, slots=True)
class UnlistedRules:
    """What makes an unknown capitalised name known by its neighbours (`names_unlisted.toml`)."""

    place_before: tuple[str, ...]
    body_before: tuple[str, ...]
    body_after: tuple[str, ...]
    lever_before: tuple[str, ...]
    body_columns: tuple[str, ...]
    place_columns: tuple[str, ...]
    first_names: frozenset[str]
    not_first: frozenset[str]


@cache
def load_unlisted_rules() -> UnlistedRules:
    """Return `names_unlisted.toml`, checked."""
    name = "names_unlisted"
    table = read_rules(name, frozenset(field.name for field in fields(UnlistedRules)))
    lists = {key: require_words(name, key, value) for key, value in table.items()}
    return UnlistedRules(
        place_before=lists["place_before"],
        body_before=lists["body_before"],
        body_after=lists["body_after"],
        lever_before=lists["lever_before"],
        body_columns=lists["body_columns"],
        place_columns=lists["place_columns"],
        first_names=frozenset(lists["first_names"]),
        not_first=frozenset(lists["not_first"]),
    )

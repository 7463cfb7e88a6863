"""Rule files of the name finder as checked values: unknown keys and wrong shapes raise `RuleError` on load."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TypeVar

from graph.errors import RuleError

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

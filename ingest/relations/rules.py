"""The patterns of `rules/relations.toml`, checked against the ontology and compiled once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from graph.errors import RuleError
from graph.ontology import load_ontology

_FILE = "rules/relations.toml"
_REQUIRED = {"id", "type", "source", "target", "between", "reason"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words between two names that state a relation; `reversed` where the target is named first."""

    id: str
    type: str
    source: frozenset[str]
    target: frozenset[str]
    between: re.Pattern[str]
    reason: str
    reversed: bool = False
    apart_from: re.Pattern[str] | None = None  # names of the target at which the words mean something else


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over names that stand in a relation to the first name of their row."""

    type: str
    heading: re.Pattern[str]
    source: frozenset[str]
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class RelationRules:
    """Patterns and columns in file order, the cue words beside which a register's fact counts as stated, and
    the words by which a proposition is of a sector that its paper names."""

    patterns: tuple[Pattern, ...]
    columns: tuple[Column, ...]
    cues: Mapping[str, re.Pattern[str]]
    sector_words: Mapping[str, frozenset[str]]


@cache
def load_rules() -> RelationRules:
    """Read the packaged patterns; raise RuleError for an unknown key, type or bad expression, with the rule's place."""
    raw = tomllib.loads(resources.files("ingest").joinpath(_FILE).read_text(encoding="utf-8"))
    ontology = load_ontology()
    patterns = []
    for number, row in enumerate(raw["pattern"], 1):
        where = f"{_FILE}, rule {number} ({row.get('id', 'without id')})"
        unknown = set(row) - _REQUIRED - {"reversed", "apart_from"}
        if unknown or _REQUIRED - set(row):
            raise RuleError(f"{where}: unknown or missing {sorted(unknown | (_REQUIRED - set(row)))}")
        if row["type"] not in ontology.relations:
            known = ", ".join(ontology.relations)
            raise RuleError(f"{where}: relation type {row['type']!r} is not in ontology.toml; known: {known}")
        for name in (*row["source"], *row["target"]):
            ontology.require_entity_type(name)
        try:
            between = re.compile(row["between"], re.IGNORECASE)
            apart_from = re.compile(row["apart_from"]) if "apart_from" in row else None
        except re.error as error:
            raise RuleError(f"{where}: {row['between']!r} is not a regular expression: {error}") from error
        patterns.append(
            Pattern(
                row["id"],
                row["type"],
                frozenset(row["source"]),
                frozenset(row["target"]),
                between,
                row["reason"],
                row.get("reversed", False),
                apart_from,
            )
        )
    for row in (*raw["column"], *({"type": type_} for type_ in raw["cues"])):
        ontology.require_relation_type(row["type"])
    columns = tuple(
        Column(row["type"], re.compile(row["heading"]), frozenset(row["source"]), row.get("reversed", False))
        for row in raw["column"]
    )
    cues = {type_: re.compile(cue) for type_, cue in sorted(raw["cues"].items())}
    sector_words = {f"sector:{key}": frozenset(words.split()) for key, words in sorted(raw["sector_words"].items())}
    return RelationRules(tuple(patterns), columns, cues, sector_words)

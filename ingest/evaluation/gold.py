"""Gold: what a document is known to say, read from one JSON file a document and checked on load.

A name in a relation is that of an entity or a proposition of the same file; a misspelt one stops the run, since it
would silently count as missed for ever.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from graph.errors import KgError

EVERY = "*every proposition above*"
EVERY_OTHER = "*every other proposition*"
_LIST_RELATIONS = {
    "departments": (("ASKS", False), ("COMMITS", True), ("PARTNERS_IN", True), ("LEADS", True)),
    "partners": (("PARTNERS_IN", True), ("LEADS", True)),
    "sectors": (("IN_SECTOR", False),),
    "places": (("IN_PLACE", False),),
    "programmes": (("ALIGNS_WITH", False), ("FUNDED_BY", False)),
}  # the second value says that the listed name is the source of the relation
_KEYS = {
    "document": "document genre date note sources facts entities propositions relations tables milestones absent "
    "not_propositions optional_propositions not_entities",
    "entity": "type name id surface optional alt_types alt_names any_name_ok ambiguous note",
    "proposition": "name starts what_starts ask_starts also_starts foundation tentative optional note "
    "departments partners sectors places programmes",
    "relation": "type source target optional type_any source_any target_any date why note",
}


class BadGold(KgError):
    """A gold file cannot be used: `file` says which, the message why."""

    def __init__(self, file: Path, problem: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity that the document names, counted once."""

    type: str
    name: str
    id: str = ""
    other_ids: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    alt_types: tuple[str, ...] = ()
    alt_names: tuple[str, ...] = ()
    optional: bool = False
    any_name: bool = False


@dataclass(frozen=True, slots=True)
class GoldProposition:
    """A proposition: `starts` are the first words of the spans it comes from, `foundations` the acceptable answers."""

    name: str
    starts: tuple[str, ...] = ()
    ask_starts: str = ""
    foundations: tuple[str, ...] = ()
    tentative: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation by names; every type, source and target given is as right as the others."""

    types: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.sources[0]} {self.types[0]} {self.targets[0]}"


@dataclass(frozen=True, slots=True)
class GoldTable:
    """A table: its header and the number of rows below it; of all rows where `layout` (label and value) is set."""

    header: tuple[str, ...]
    rows: int
    layout: bool = False


@dataclass(frozen=True, slots=True)
class GoldTrap:
    """Words that look like an entity and are not one in these contexts."""

    type: str
    name: str
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """All that is known of one document; `part` is the folder that its gold file came from."""

    document: str
    part: str = ""
    genre: str = ""
    entities: tuple[GoldEntity, ...] = ()
    propositions: tuple[GoldProposition, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    tables: tuple[GoldTable, ...] = ()
    traps: tuple[GoldTrap, ...] = ()
    not_propositions: tuple[str, ...] = ()
    optional_propositions: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        return Path(self.document).stem


def load_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """Read every `*.json` under `folder` (or that one file), by path.

    Raises: BadGold: no file, broken JSON, an unknown key, or a relation with a name that the file does not have.
    """
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.json"))
    if not files:
        raise BadGold(folder, "holds no gold (*.json)")
    return tuple(
        _read(file, part=file.parent.relative_to(folder).as_posix() if folder.is_dir() else "") for file in files
    )


def _read(file: Path, *, part: str) -> GoldDocument:
    try:
        return parse_gold(file.read_text(encoding="utf-8"), part="" if part == "." else part)
    except (KeyError, TypeError) as error:
        raise BadGold(file, f"lacks or misuses a key: {error!r}") from error
    except (OSError, ValueError) as error:
        raise BadGold(file, str(error)) from error


def parse_gold(text: str, *, part: str = "") -> GoldDocument:
    """Return the gold that a JSON text holds; ValueError says what is wrong with it, KeyError what it lacks."""
    raw = json.loads(text)
    _check_keys("document", raw)
    entities = tuple(_entity(row) for row in raw["entities"])
    propositions = tuple(_proposition(row) for row in raw.get("propositions", ()))
    names = {*(entity.name for entity in entities), *(proposition.name for proposition in propositions)}
    relations = tuple(_relations(raw, propositions))
    for relation in relations:
        unknown = {*relation.sources, *relation.targets} - names
        if unknown:
            raise ValueError(f"relation `{relation}` names {sorted(unknown)}, which is no entity or proposition here")
    return GoldDocument(
        document=raw["document"], part=part, genre=raw.get("genre", ""),
        entities=entities, propositions=propositions, relations=relations,
        tables=tuple(GoldTable(tuple(t["header"]), t["rows"], t.get("layout", False)) for t in raw.get("tables", ())),
        traps=tuple(GoldTrap(t["type"], t["name"], tuple(t["contexts"])) for t in raw.get("not_entities", ())),
        not_propositions=tuple(raw.get("not_propositions", ())),
        optional_propositions=tuple(raw.get("optional_propositions", ())),
        absent=tuple(raw.get("absent", ())),
    )  # fmt: skip


def _check_keys(kind: str, row: Mapping[str, Any]) -> None:
    known = _KEYS[kind].split()
    unknown = set(row) - set(known)
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)} in {kind} {row.get('name', '')!r}; known: {sorted(known)}")


def _entity(row: Mapping[str, Any]) -> GoldEntity:
    _check_keys("entity", row)
    # `ambiguous` is a note for people, but where it names a second register row, that row is as right.
    others = tuple(
        word.rstrip(",;.") for word in row.get("ambiguous", "").split() if row.get("id", "").split(":")[0] + ":" in word
    )
    return GoldEntity(
        type=row["type"], name=row["name"], id=row.get("id", ""), other_ids=others if row.get("id") else (),
        surfaces=tuple(row.get("surface", ())), alt_types=tuple(row.get("alt_types", ())),
        alt_names=tuple(row.get("alt_names", ())), optional=row.get("optional", False),
        any_name=row.get("any_name_ok", False),
    )  # fmt: skip


def _proposition(row: Mapping[str, Any]) -> GoldProposition:
    _check_keys("proposition", row)
    starts = [row.get("starts", ""), row.get("what_starts", ""), *row.get("also_starts", ())]
    return GoldProposition(
        name=row["name"], starts=tuple(dict.fromkeys(filter(None, starts))), ask_starts=row.get("ask_starts", ""),
        foundations=tuple(row.get("foundation", ())), tentative=row.get("tentative", False),
        optional=row.get("optional", False),
    )  # fmt: skip


def _relations(raw: Mapping[str, Any], propositions: Iterable[GoldProposition]) -> Iterable[GoldRelation]:
    """Yield the relations, those over every (other) proposition written out, then what the lists allow besides.

    "Other" leaves out the propositions for which the same type and the same other end are given by name.
    """
    rows = raw.get("relations", ())
    everything = [proposition.name for proposition in propositions]
    named = {(row["type"], row["source"], row["target"]) for row in rows}
    for row in rows:
        _check_keys("relation", row)
        for source in everything if row["source"] in (EVERY, EVERY_OTHER) else [row["source"]]:
            for target in everything if row["target"] in (EVERY, EVERY_OTHER) else [row["target"]]:
                expanded = EVERY_OTHER in (row["source"], row["target"])
                if not expanded or (row["type"], source, target) not in named:
                    yield GoldRelation(
                        types=_ordered(row["type"], row.get("type_any", ())),
                        sources=_ordered(source, row.get("source_any", ())),
                        targets=_ordered(target, row.get("target_any", ())),
                        optional=row.get("optional", False),
                    )
    joined = {frozenset(pair) for row in rows for pair in product(_ends(row, "source"), _ends(row, "target"))}
    for row in raw.get("propositions", ()):
        for key, types in _LIST_RELATIONS.items():
            for name in row.get(key, ()):
                if {row["name"], name} not in joined and {EVERY_OTHER, name} not in joined:
                    for relation_type, listed_first in types:
                        ends = (name, row["name"]) if listed_first else (row["name"], name)
                        yield GoldRelation((relation_type,), (ends[0],), (ends[1],), optional=True)


def _ends(row: Mapping[str, Any], end: str) -> tuple[str, ...]:
    return _ordered(row[end], row.get(f"{end}_any", ()))


def _ordered(first: str, others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((first, *others)))

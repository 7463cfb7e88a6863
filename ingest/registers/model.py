"""The values a register gives: rows that become entities, and relations between them.

An address in `sources` is where a row comes from; `unverified` names the fields (or `row`, the whole row) that no
address bears out. A row always has one or the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Properties


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One known thing: `type` is an entity type, `kind` what it is within it; dates may be partial."""

    id: str
    type: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    properties: Properties = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class RegisterRelation:
    """A relation between two rows; `sources` is never empty, and holds `unverified` where no address bears it out."""

    type: str
    source_id: str
    target_id: str
    date: str | None = None
    properties: Properties = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registers:
    """All rows by id, in order of id, and all relations in order; `digest` is the SHA-256 of the CSV files read."""

    rows: Mapping[str, RegisterRow]
    relations: tuple[RegisterRelation, ...]
    digest: str

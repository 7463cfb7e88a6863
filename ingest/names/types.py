"""Values of the name finder: what it looks for (`Target`, `Form`), what it meets (`Hit`), what it gives (`Names`)."""

from dataclasses import dataclass
from typing import NamedTuple

from graph.ids import make_id
from graph.model import Entity, Mention, Unsure

_ID_KINDS = {
    "Institution": "inst",
    "Programme": "programme",
    "Place": "place",
    "Strategy": "strategy",
    "SectorDeal": "deal",
    "LocalAuthority": "la",
    "CombinedAuthority": "ca",
    "LEP": "lep",
    "Department": "dept",
    "Sector": "sector",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a name can stand for; `register` says that the id is a register row's."""

    id: str
    type: str
    name: str
    kind: str = ""
    register: bool = True
    start: str = ""
    end: str = ""
    population: int = 0
    lep: str = ""  # of a place: the id of the local enterprise partnership it lay in


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, lower-cased in `key`, with all it can stand for, best first.

    `surfaces` are the spellings of the register: an acronym counts only as it stands there (or in capitals).
    """

    key: str
    surfaces: frozenset[str]
    targets: tuple[Target, ...]
    case: str  # "exact", "capital" or "any"
    is_cued: bool = False  # an ordinary word, or too short: counts only beside a cue


class Hit(NamedTuple):  # made by the thousand: a named tuple is made three times as fast as a frozen dataclass
    """A stretch of a passage that may name one of `targets`; longer hits win over those inside them."""

    start: int
    end: int
    text: str
    targets: tuple[Target, ...]
    rule: str
    is_cued: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one document.

    `entities` are sorted by id, `mentions` by passage and place in it. `published` is a partial ISO date; `describes`
    the strategy, deal or programme that the document is or is about; `owners` the bodies that 'we' stands for.
    """

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    published: str | None = None
    describes: str | None = None
    owners: tuple[str, ...] = ()


def make_target(type_: str, name: str, kind: str = "") -> Target:
    """Return a target for a name that no register knows; its id is that of the name in small letters."""
    return Target(make_id(_ID_KINDS[type_], name.lower()), type_, name, kind, register=False)

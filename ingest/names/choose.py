"""Which of several things a name stands for: by the document's date, its own definitions, and what else it names."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.names.types import Hit, Target

_CITY = 200_000  # a city of this size is meant by its name before the region that bears it
_AREA_TAIL = re.compile(r" (?:(?:Local )?Enterprise Partnership|(?:Mayoral |County )*Combined (?:County )?Authority)$")
_CLEARLY = 2  # times as often as the next candidate
_LATEST = "9999"


@dataclass(frozen=True, slots=True)
class Choice:
    """One target, or several that nothing tells apart."""

    target: Target | None
    candidates: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole document tells about names: `named` counts targets named in full, `leps` its areas."""

    date: str | None = None
    named: Mapping[str, int] = field(default_factory=dict)
    leps: frozenset[str] = frozenset()
    names: Mapping[str, int] = field(default_factory=dict)  # names in small letters, with counts


def infer_date(targets: Iterable[Target]) -> str | None:
    """Return the start of the youngest ministry of `targets`: a text that names BEIS is not older than BEIS."""
    starts = [
        target.start for target in targets if target.type == "Department" and target.kind == "ministerial department"
    ]
    return max((start for start in starts if start), default=None)


def choose(hit: Hit, around: Surroundings) -> Choice:
    """Return the one target of `hit`, or its candidates where the document does not say."""
    targets = hit.targets
    if len(targets) == 1:
        return Choice(targets[0])
    first_type = targets[0].type
    same = tuple(target for target in targets if target.type == first_type)
    if first_type != "Place":
        full = tuple(target for target in targets if target.id in around.named)
        if full and not (first_type == "Department" and len({target.name for target in same}) == 1):
            same = tuple(target for target in full if target.type == full[0].type)
    if first_type == "Place":
        same = tuple(target for target in same if target.register) or same
    exact = tuple(target for target in same if target.name.lower() == hit.text.lower())
    same = exact or same
    if len(same) == 1:
        return Choice(same[0])
    if same[0].type == "Place":
        return Choice(_by_size(same, around.leps))
    if any(target.start or target.end for target in same):
        return _by_date(same, around.date)
    areas = Counter({target.id: _area_weight(target, around) for target in same}).most_common(2)
    if areas[0][1] > _CLEARLY * areas[1][1]:
        return Choice(next(target for target in same if target.id == areas[0][0]))
    best = Counter({target.id: around.named.get(target.id, 0) for target in same}).most_common(2)
    if best[0][1] > best[1][1]:
        return Choice(next(target for target in same if target.id == best[0][0]))
    return Choice(None, same)


def _area_weight(target: Target, around: Surroundings) -> int:
    """How often the document names something of the body's area: "LCR LEP" in a paper on Liverpool City Region."""
    if target.type not in ("LEP", "CombinedAuthority"):
        return 0
    area = _AREA_TAIL.sub("", target.name).lower()
    return sum(count for name, count in around.names.items() if area in name)


def _by_date(targets: tuple[Target, ...], date: str | None) -> Choice:
    """The body that existed on `date`; where none or several did, the nearest in time; undated namesakes are unsure."""
    if date is None:
        names = {target.name for target in targets}
        return Choice(None, targets) if len(names) > 1 or len(targets) > 1 else Choice(targets[0])
    alive = [
        target
        for target in targets
        if _begins(target) <= date[: len(_begins(target))] and date < (target.end or _LATEST)
    ]
    if len(alive) == 1:
        return Choice(alive[0])
    pool = alive or list(targets)
    if len({target.name.lower() for target in pool}) > 1 and alive:
        return Choice(None, tuple(pool))
    return Choice(min(pool, key=lambda target: (_distance(target, date), target.id)))


def _begins(target: Target) -> str:
    return target.start or "0000"


def _distance(target: Target, date: str) -> int:
    year = int(date[:4])
    start, end = int(_begins(target)[:4]), int((target.end or _LATEST)[:4])
    return max(start - year, year - end, 0)


def _by_size(targets: tuple[Target, ...], leps: frozenset[str]) -> Target:
    """The county or region, else the one in an area that the document speaks of, else the largest."""
    return min(
        targets,
        key=lambda target: (
            target.kind == "settlement" and target.population < _CITY,
            target.lep not in leps or not target.lep,
            -target.population,
            target.id,
        ),
    )

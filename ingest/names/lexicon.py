"""Registers as a table of written forms: every spelling of every row, its case rule, and what it can stand for.

A form is looked up by its lower-cased text, so one pass of a phrase matcher finds them all; the table then says
whether the spelling met in the text counts (`Form.case`) and whether it needs a cue beside it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from graph.ids import make_id
from graph.model import Properties
from ingest.names.rules import AliasRules, load_alias_rules
from ingest.names.types import Form, Target

_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z0-9]){2})(?=[^a-z]*[a-z]?[^a-z]*[a-z]?[^a-z]*$)[\w&.:/-]+$")
_BODY_WORDS = re.compile(r"\b(?:LEP|Partnership|Business Board|Combined Authority|CA|Council|Authority|Corporation)\b")
_STRATEGY_WORDS = re.compile(r"\b(?:Strategy|Strategies|LIS|[A-Z]*LIS|Plan)\b")
_LEP_TAIL = re.compile(r" (?:Local )?Enterprise Partnership$")
_CA_TAIL = re.compile(r" (?:Mayoral |County )*Combined (?:County )?Authority$")
_JOINED_PLACE = re.compile(r" (?:in|on|upon|under|le|by|super|en le|on the|in the|by the) ")  # Barrow in Furness
_COUNCIL_TAIL = re.compile(r" (?:(?:Metropolitan |London )?(?:City|County|Borough|District)(?: and County)? )?Council$")
_DEPARTMENT = re.compile(r"^(?:Department|Ministry|Office) (?:for|of) ")

# What a form means first when rows of several types share it: a body of the state before its copy among institutions,
# a place before a body that is only called by the place's name.
_ORDER = (
    "Department",
    "SectorDeal",
    "GrandChallenge",
    "Foundation",
    "Programme",
    "Place",
    "Sector",
    "Strategy",
    "CombinedAuthority",
    "LEP",
    "LocalAuthority",
    "Institution",
)


class Row(Protocol):
    """What the lexicon reads of a register row."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def start(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...
    @property
    def properties(self) -> Properties: ...


def is_acronym(text: str) -> bool:
    """Say whether `text` is one word of capitals and digits, give or take two small letters (BEIS, DfT, HotSW)."""
    return bool(_ACRONYM.match(text))


def build_lexicon(rows: Collection[Row]) -> Mapping[str, Form]:
    """Return lower-cased text -> form over all `rows`, in a fixed order.

    Cost: O(forms), about 25,000 for the bundled registers.
    """
    rules = load_alias_rules()
    surfaces: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, dict[str, Target]] = defaultdict(dict)
    places = frozenset(name.lower() for row in rows if row.type == "Place" for name in (row.name, *row.aliases))
    for row in sorted(rows, key=lambda row: row.id):
        target = _target(row)
        spelled = tuple(_surfaces(row, rules))
        for surface in spelled:
            key = surface.lower()
            if key in rules.dropped or (row.id, key) in rules.dropped_of:
                continue
            if surface.startswith("the ") and surface[4:] in spelled:
                continue
            if _is_bare_area(row, surface, places):
                continue
            surfaces[key].add(surface)
            targets[key][row.id] = target
    for surface, place in _areas(rows, targets):
        surfaces[surface.lower()].add(surface)
        targets[surface.lower()][place.id] = place
    forms = {}
    for key in sorted(targets):
        found = sorted(targets[key].values(), key=lambda target: (_ORDER.index(target.type), target.id))
        forms[key] = Form(
            key,
            frozenset(surfaces[key]),
            tuple(found),
            _case(key, surfaces[key], found, rules),
            key in rules.cued,
        )
    return MappingProxyType(forms)


def _is_bare_area(row: Row, surface: str, places: frozenset[str]) -> bool:
    """Say whether a body's alias is only the name of its place: "The Solent" names the place."""
    if row.type not in ("LEP", "CombinedAuthority", "LocalAuthority") or _BODY_WORDS.search(surface):
        return False
    bare = surface.lower().removeprefix("the ")
    halves = bare.split(" and ")
    return bare in places or (row.type == "LEP" and len(halves) > 1 and places.issuperset(halves))


def _areas(rows: Iterable[Row], known: Mapping[str, Mapping[str, Target]]) -> Iterator[tuple[str, Target]]:
    """The areas of bodies that no place register lists: "Aylesbury Vale" is first of all a place."""
    for row in rows:
        area = row.properties.get("short_name")
        if row.type not in ("LEP", "CombinedAuthority", "LocalAuthority") or not isinstance(area, str):
            continue
        if _BODY_WORDS.search(area) or is_acronym(area):
            continue
        spellings = (area.lower(), area.lower().replace("-", " "))
        if not any(target.type == "Place" for key in spellings for target in known.get(key, {}).values()):
            place = Target(make_id("place", area.lower()), "Place", area, "area", register=False)
            for form in _variants(area):
                yield form, place


def _target(row: Row) -> Target:
    population, lep = row.properties.get("population", 0), row.properties.get("lep", "")
    return Target(
        row.id,
        row.type,
        row.name,
        row.kind,
        start=row.start or "",
        end=row.end or "",
        population=population if isinstance(population, int) else 0,
        lep=lep if isinstance(lep, str) else "",
    )


def _case(key: str, surfaces: set[str], targets: list[Target], rules: AliasRules) -> str:
    if all(is_acronym(surface) for surface in surfaces):
        return "exact"
    if key in rules.any_case or targets[0].type in ("Sector", "Foundation", "GrandChallenge", "SectorDeal"):
        return "any"
    if targets[0].kind == "fund" and key.endswith(" fund") and key.count(" ") > 1:
        return "any"  # three words or more name a fund in small letters too ("stronger towns fund")
    return "capital"


def _surfaces(row: Row, rules: AliasRules) -> Iterator[str]:
    names = [row.name, *row.aliases, *rules.added.get(row.id, ())]
    for name in dict.fromkeys(names):
        if row.kind == "Local Industrial Strategy" and not _STRATEGY_WORDS.search(name):
            continue
        for form in _derived(row, name):
            yield from _variants(form, row.type)


def _derived(row: Row, name: str) -> Iterator[str]:
    yield name
    if row.type == "LEP":
        area = _LEP_TAIL.sub("", name)
        if is_acronym(area):
            yield area
        if area != name:
            yield from (f"{area} LEP", f"{area} Local Enterprise Partnership", f"{area} Enterprise Partnership")
    elif row.type == "CombinedAuthority":
        area = _CA_TAIL.sub("", name)
        if area != name:
            yield from (f"{area} CA", f"{area} Combined Authority", f"{area} Mayoral Combined Authority")
    elif row.type == "LocalAuthority":
        area = _COUNCIL_TAIL.sub("", name)
        if area != name and not name.startswith(("City of ", "Royal ", "London ")):
            yield f"{area} Council"
    elif row.type == "Strategy":
        area = name.removesuffix(" Local Industrial Strategy")
        if area != name:
            yield from (f"{area} LIS", f"{area}'s Local Industrial Strategy", f"{area} Industrial Strategy")
            yield f"Local Industrial Strategy for {area}"
            if not area.startswith("The "):
                yield f"Local Industrial Strategy for the {area}"
    elif row.type == "SectorDeal" and name.endswith(" Sector Deal"):
        sector = name.removesuffix(" Sector Deal")
        yield from (f"Sector Deal for {sector}", f"Sector Deal for the {sector} sector")
    elif row.type == "Department" and _DEPARTMENT.match(name):
        yield _DEPARTMENT.sub(lambda match: match.group().replace(" for ", " of "), name)
        yield _DEPARTMENT.sub(lambda match: match.group().replace(" of ", " for "), name)


def _variants(name: str, row_type: str = "") -> Iterator[str]:
    forms = [name]
    if name.startswith("The "):
        forms.append(name[4:])
    if " & " in name:
        forms += [form.replace(" & ", " and ") for form in forms]
    elif " and " in name:
        forms += [form.replace(" and ", " & ") for form in forms]
    if ", " in name:
        forms += [re.sub(r", (?=[^,]* (?:and|&) )", " ", form) for form in list(forms)]
        forms += [re.sub(r" (and|&) ", r", \1 ", form) for form in list(forms)[:1]]
    if row_type == "Place" and _JOINED_PLACE.search(name):
        forms += [_JOINED_PLACE.sub(lambda match: match.group().replace(" ", "-"), name)]
    if re.search(r"\w-\w", name):
        forms += [form.replace("-", "–") for form in list(forms)] + [form.replace("-", " ") for form in list(forms)]
    yield from dict.fromkeys(form for form in forms if len(form) > 1)
